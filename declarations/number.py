"""Numbers that a person may choose, and how a number is written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from declarations.scale import SCALES, Scale


@dataclass(frozen=True)
class Number:
    """A number that a person may choose: its symbol, closed range, scale and meaning.

    `step` is the distance of a linear slider's stops. On a log scale whose `low` is 0, the stops
    are 0 and then decades from `smallest` on. `towards one` puts the stops at 1 - 10^-k, where
    decay rates such as 0.9, 0.99 and 0.999 differ most. Tuning leaves alone what is not `searched`:
    numbers that guard or limit a rule, or change what it minimizes.
    """

    symbol: str
    label: str
    low: float
    high: float
    help: str
    scale: str = "linear"
    step: float = 0.1
    smallest: float = 1e-6
    whole: bool = False
    searched: bool = True

    @property
    def axis(self) -> Scale:
        """Return the range with its scale: where values lie, and which of them are offered."""
        kind = SCALES[self.scale]
        nearest = self.low or self.smallest
        return kind(self.low, self.high, 1 - self.high if kind.origin else nearest)

    @property
    def allowed(self) -> str:
        """Return the range in words."""
        low, high = (str(int(v)) if _is_short(v) else say(v) for v in (self.low, self.high))
        return f"{low} to {high}"

    def stops(self) -> tuple[float, ...]:
        """Return the slider's stops in rising order, all of them allowed values."""
        return _stops(self)

    def problem(self, value: Any) -> str | None:
        """Say in words what is wrong with `value` (a number or an array of them), or None."""
        if isinstance(value, bool | np.bool_) or not _is_number(value):
            return f"{value!r} is not a number"
        values = np.asarray(value, dtype=float)
        if not np.all((values >= self.low) & (values <= self.high)):
            said = str(int(value)) if _is_short(value) else repr(value)
            return f"{said} is outside {self.allowed}"
        if self.whole and np.any(values != np.floor(values)):
            return f"{value!r} is not a whole number"
        return None

    def read(self, text: str) -> float:
        """Read a value typed or linked by a person; ValueError says what would be allowed."""
        try:
            value: float = float(text)
        except ValueError:
            raise ValueError(f"{text!r} is not a number from {self.allowed}") from None
        problem = self.problem(value)
        if problem:
            raise ValueError(problem)
        return int(value) if self.whole else value

    def write(self, value: float) -> str:
        """Write a value so that `read` gives back exactly the same one."""
        return say(value)


@lru_cache(maxsize=512)
def _stops(declared: Number) -> tuple[float, ...]:
    if not declared.whole:
        return declared.axis.stops(declared.step)
    stops = declared.axis.stops(max(1, int(declared.step)))
    return tuple(int(stop) for stop in stops if float(stop).is_integer())


@lru_cache(maxsize=8192)
def say(value: float) -> str:
    """Write a number in the fewest digits that read back as exactly the same number."""
    if float(value).is_integer() and abs(value) < 1e6:
        return str(int(value))
    return repr(float(value)).replace("e-0", "e-").replace("e+0", "e").replace("e+", "e")


def _is_short(value: Any) -> bool:
    """Whether a number is whole and people read it best with all its digits."""
    return isinstance(value, int | float) and abs(value) < 1e15 and float(value).is_integer()


def _is_number(value: Any) -> bool:
    try:
        return bool(np.asarray(value).dtype.kind in "iuf")
    except (TypeError, ValueError):
        return False
