"""What a slider, a link, a formula and a test need to know about a number, said once.

Everything adjustable is a field of a frozen dataclass, and each field carries its declaration:
symbol, range, scale, default and help. Controls, links, error messages, sweeps and contract
tests are generated from it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache, lru_cache
from typing import Any, ClassVar, Literal, cast, get_args

import numpy as np

Scale = Literal["linear", "log", "towards one"]

FARTHEST = 1e9
NARROWEST = 1e-9
"""A rectangle of the plane ends before the one, and each of its sides is longer than the other."""

MOST_STOPS = 1000
"""A range too wide for its step is walked in longer strides."""

_MANTISSAS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)


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
    scale: Scale = "linear"
    step: float = 0.1
    smallest: float = 1e-6
    whole: bool = False
    searched: bool = True

    def stops(self) -> tuple[float, ...]:
        """Return the slider's stops in rising order, all of them allowed values."""
        return _stops(self)

    def _spread(self) -> tuple[float, ...]:
        if self.scale == "linear":
            return self._linear_stops()
        if self.scale == "log":
            return self._log_stops(self.low or self.smallest, self.high)
        gaps = _decades(1 - self.high, 1.0)
        return tuple(
            sorted({self.low, *(_rounded(1 - gap) for gap in gaps if 1 - gap >= self.low)})
        )

    def _linear_stops(self) -> tuple[float, ...]:
        step = max(1, int(self.step)) if self.whole else self.step
        count = math.floor((self.high - self.low) / step + 1e-9)
        stops = range(0, count + 1, math.ceil(count / MOST_STOPS))
        if self.whole:
            return tuple(int(self.low) + k * int(step) for k in stops)
        return tuple(_rounded(self.low + k * step) for k in stops)

    def _log_stops(self, low: float, high: float) -> tuple[float, ...]:
        found = set(_decades(low, high)) | {self.low, self.high}
        return tuple(sorted(_whole(found) if self.whole else found))

    def problem(self, value: Any) -> str | None:
        """Say in words what is wrong with `value` (a number or an array of them), or None."""
        if isinstance(value, bool | np.bool_) or not _is_number(value):
            return f"{value!r} is not a number"
        values = np.asarray(value, dtype=float)
        if not np.all((values >= self.low) & (values <= self.high)):
            return f"{value!r} is outside {say(self.low)} to {say(self.high)}"
        if self.whole and np.any(values != np.floor(values)):
            return f"{value!r} is not a whole number"
        return None

    def read(self, text: str) -> float:
        """Read a value typed or linked by a person; ValueError says what would be allowed."""
        try:
            value: float = float(text)
        except ValueError:
            raise ValueError(f"{text!r} is not a number") from None
        problem = self.problem(value)
        if problem:
            raise ValueError(problem)
        return int(value) if self.whole else value

    def write(self, value: float) -> str:
        """Write a value so that `read` gives back exactly the same one."""
        return say(value)


@dataclass(frozen=True)
class Switch:
    """A choice between off and on that belongs to a rule's definition (as `centered` does)."""

    label: str
    help: str
    symbol: str = ""

    def problem(self, value: Any) -> str | None:
        """Say in words what is wrong with `value`, or None."""
        return None if isinstance(value, bool) else f"{value!r} is neither on nor off"

    def read(self, text: str) -> bool:
        """Read `on` or `off`."""
        if text not in ("on", "off"):
            raise ValueError(f"{text!r} is neither on nor off")
        return text == "on"

    def write(self, value: bool) -> str:
        """Write `on` or `off`."""
        return "on" if value else "off"


@dataclass(frozen=True)
class Choice:
    """One of a few words; `titles`, if given, say what each option is called on screen."""

    label: str
    options: tuple[str, ...]
    help: str
    symbol: str = ""
    titles: tuple[str, ...] = ()

    def titled(self, option: str) -> str:
        """Return what an option is called on screen."""
        return self.titles[self.options.index(option)] if self.titles else option

    def problem(self, value: Any) -> str | None:
        """Say in words what is wrong with `value`, or None."""
        return None if value in self.options else f"{value!r} is none of {', '.join(self.options)}"

    def read(self, text: str) -> str:
        """Read one of the options."""
        problem = self.problem(text)
        if problem:
            raise ValueError(problem)
        return text

    def write(self, value: str) -> str:
        """Write the option as it stands."""
        return value


@dataclass(frozen=True)
class Several:
    """Any of a few words, in their own order; linked as `loss,rate`, none of them as `none`."""

    label: str
    options: tuple[str, ...]
    help: str
    symbol: str = ""

    def problem(self, value: Any) -> str | None:
        """Say in words what is wrong with `value`, or None."""
        if isinstance(value, tuple) and value == tuple(o for o in self.options if o in value):
            return None
        return f"{value!r} is not a choice from {', '.join(self.options)}"

    def read(self, text: str) -> tuple[str, ...]:
        """Read words separated by commas."""
        words = () if text == "none" else tuple(text.split(","))
        chosen = tuple(option for option in self.options if option in words)
        if len(chosen) != len(words):
            raise ValueError(f"{text!r} is not a choice from {', '.join(self.options)}")
        return chosen

    def write(self, value: tuple[str, ...]) -> str:
        """Write the words separated by commas."""
        return ",".join(value) or "none"


@dataclass(frozen=True)
class Word:
    """The link name of a setting, such as `a.lr` or `surface.kappa`, or nothing."""

    label: str
    help: str
    symbol: str = ""

    def problem(self, value: Any) -> str | None:
        """Say in words what is wrong with `value`, or None."""
        if isinstance(value, str) and _NAME.fullmatch(value):
            return None
        return f"{value!r} is not the name of a setting"

    def read(self, text: str) -> str:
        """Read a name, `none` for nothing."""
        problem = self.problem(text)
        if problem:
            raise ValueError(problem)
        return "" if text == "none" else text

    def write(self, value: str) -> str:
        """Write the name as it stands."""
        return value or "none"


@dataclass(frozen=True)
class Span:
    """A setting's link name and the range it is looked at over, as `a.lr,0.001,0.1`, or nothing."""

    label: str
    help: str
    symbol: str = ""

    def problem(self, value: Any) -> str | None:
        """Say in words what is wrong with `value`, or None."""
        if value == ():
            return None
        named = isinstance(value, tuple) and len(value) == 3 and isinstance(value[0], str)
        if named and _NAME.fullmatch(value[0]) and all(map(_is_finite, value[1:])):
            return None
        return f"{value!r} is not a setting and its range"

    def read(self, text: str) -> tuple[()] | tuple[str, float, float]:
        """Read a name and two numbers, the smaller one first, or `none` for nothing."""
        if text == "none":
            return ()
        try:
            name, low, high = text.split(",")
            found = (name, *sorted((float(low), float(high))))
        except ValueError:
            found = (text,)
        problem = self.problem(found)
        if problem:
            raise ValueError(f"{text!r} is not a setting and its range")
        return cast(tuple[str, float, float], found)

    def write(self, value: tuple[()] | tuple[str, float, float]) -> str:
        """Write the name and both ends separated by commas."""
        return ",".join([value[0], *map(say, value[1:])]) if value else "none"


@dataclass(frozen=True)
class Rectangle:
    """A part of the plane as `x0,x1,y0,y1`, or nothing."""

    label: str
    help: str
    symbol: str = ""

    def problem(self, value: Any) -> str | None:
        """Say in words what is wrong with `value`, or None."""
        if value == ():
            return None
        if not (isinstance(value, tuple) and len(value) == 4 and all(map(_is_finite, value))):
            return f"{value!r} is not a rectangle x0,x1,y0,y1"
        x0, x1, y0, y1 = value
        if max(map(abs, value)) > FARTHEST or min(x1 - x0, y1 - y0) <= NARROWEST:
            return (
                f"{value!r} is not a rectangle x0,x1,y0,y1 with x0 < x1 and y0 < y1 "
                f"between {say(-FARTHEST)} and {say(FARTHEST)}"
            )
        return None

    def read(self, text: str) -> tuple[()] | tuple[float, float, float, float]:
        """Read four numbers separated by commas, or `none` for nothing."""
        if text == "none":
            return ()
        try:
            x0, x1, y0, y1 = (float(part) for part in text.split(","))
        except ValueError:
            raise ValueError(f"{text!r} is not a rectangle x0,x1,y0,y1") from None
        problem = self.problem((x0, x1, y0, y1))
        if problem:
            raise ValueError(problem)
        return x0, x1, y0, y1

    def write(self, value: tuple[()] | tuple[float, float, float, float]) -> str:
        """Write the four numbers separated by commas."""
        return ",".join(map(say, value)) or "none"


@dataclass(frozen=True)
class Text:
    """A short text that a person types; `check` raises a ValueError that says what is wrong."""

    label: str
    help: str
    longest: int
    check: Callable[[str], None]
    symbol: str = ""

    def problem(self, value: Any) -> str | None:
        """Say in words what is wrong with `value`, or None."""
        if not isinstance(value, str):
            return f"{value!r} is not a text"
        if len(value) > self.longest:
            return f"{len(value)} characters are too many; at most {self.longest}"
        try:
            self.check(value)
        except ValueError as problem:
            return str(problem)
        return None

    def read(self, text: str) -> str:
        """Read a text typed or linked by a person; ValueError says what is wrong with it."""
        if len(text) > self.longest:
            raise ValueError(f"{len(text)} characters are too many; at most {self.longest}")
        self.check(text)
        return text

    def write(self, value: str) -> str:
        """Write the text as it stands."""
        return value


Declaration = Number | Switch | Choice | Several | Word | Span | Rectangle | Text

_NAME = re.compile(r"[a-z0-9_]{0,30}(?:\.[a-zA-Z0-9_]{1,30}){0,2}")


def number(default: float, symbol: str, label: str, low: float, high: float, **rest: Any) -> Any:
    """Declare a dataclass field as a `Number`; the keywords are those of `Number`."""
    declaration = Number(symbol, label, low, high, **rest)
    if declaration.scale not in get_args(Scale) or declaration.problem(default):
        raise ValueError(f"{label}: the declaration contradicts itself")
    return field(default=default, metadata={"declaration": declaration})


def switch(default: bool, label: str, help: str) -> Any:
    """Declare a dataclass field as a `Switch`."""
    return field(default=default, metadata={"declaration": Switch(label, help)})


def choice(
    default: str, options: tuple[str, ...], label: str, help: str, titles: tuple[str, ...] = ()
) -> Any:
    """Declare a dataclass field as a `Choice`."""
    declaration = Choice(label, options, help, titles=titles)
    return field(default=default, metadata={"declaration": declaration})


def several(default: tuple[str, ...], options: tuple[str, ...], label: str, help: str) -> Any:
    """Declare a dataclass field as a `Several`."""
    return field(default=default, metadata={"declaration": Several(label, options, help)})


def word(default: str, label: str, help: str) -> Any:
    """Declare a dataclass field as a `Word`."""
    return field(default=default, metadata={"declaration": Word(label, help)})


def typed(
    default: str, label: str, *, longest: int, check: Callable[[str], None], help: str
) -> Any:
    """Declare a dataclass field as a `Text`."""
    return field(default=default, metadata={"declaration": Text(label, help, longest, check)})


def span(label: str, help: str) -> Any:
    """Declare a dataclass field as a `Span`, at first nothing."""
    return field(default=(), metadata={"declaration": Span(label, help)})


def rectangle(label: str, help: str) -> Any:
    """Declare a dataclass field as a `Rectangle`, at first nothing."""
    return field(default=(), metadata={"declaration": Rectangle(label, help)})


@dataclass(frozen=True)
class Declared:
    """A value whose adjustable fields are declared, and which refuses values outside them."""

    title: ClassVar[str]

    def __post_init__(self) -> None:
        """Refuse a value outside its declared range with a ValueError that names all three."""
        for name, declaration in declarations(type(self)).items():
            problem = declaration.problem(getattr(self, name))
            if problem:
                raise ValueError(f"{type(self).__name__}.{name}: {problem}")

    def unused(self) -> frozenset[str]:
        """Return the names of fields that change nothing as the others stand."""
        return frozenset()

    def settings(self) -> dict[str, Any]:
        """Return the adjustable fields by name, in the order they are declared."""
        return {name: getattr(self, name) for name in declarations(type(self))}


def declarations(kind: type[Declared]) -> Mapping[str, Declaration]:
    """Return the declarations of a dataclass's adjustable fields by name, in order."""
    return _declarations(cast(Hashable, kind))


@cache
def _declarations(kind: Any) -> Mapping[str, Declaration]:
    return {f.name: f.metadata["declaration"] for f in fields(kind) if "declaration" in f.metadata}


def defaults(kind: type[Declared]) -> dict[str, Any]:
    """Return the declared defaults by field name."""
    return {f.name: f.default for f in fields(kind) if "declaration" in f.metadata}


@lru_cache(maxsize=512)
def _stops(declaration: Number) -> tuple[float, ...]:
    return declaration._spread()


@lru_cache(maxsize=8192)
def say(value: float) -> str:
    """Write a number in the fewest digits that read back as exactly the same number."""
    if float(value).is_integer() and abs(value) < 1e6:
        return str(int(value))
    return repr(float(value)).replace("e-0", "e-").replace("e+0", "e").replace("e+", "e")


def _is_number(value: Any) -> bool:
    try:
        return bool(np.asarray(value).dtype.kind in "iuf")
    except (TypeError, ValueError):
        return False


def _is_finite(value: Any) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)


def _decades(low: float, high: float) -> list[float]:
    first, last = math.floor(math.log10(low) - 1e-9), math.ceil(math.log10(high) + 1e-9)
    marks = (float(f"{m}e{k}") for k in range(first, last + 1) for m in _MANTISSAS)
    return [m for m in marks if low * (1 - 1e-12) <= m <= high * (1 + 1e-12)]


def _rounded(value: float) -> float:
    return float(f"{value:.12g}")


def _whole(values: set[float]) -> set[float]:
    return {int(v) for v in values if float(v).is_integer()}
