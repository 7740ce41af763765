"""Settings and ranges that a link names: a setting, one with a range, a part of the plane."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from declarations.number import say

FARTHEST = 1e9
NARROWEST = 1e-9
"""A rectangle of the plane ends before the one, and each of its sides is longer than the other."""

NEAREST_EYE, FARTHEST_EYE = 0.1, 20.0

_NAME = re.compile(r"[a-z0-9_]{0,30}(?:\.[a-zA-Z0-9_]{1,30}){0,2}")


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
class _Numbers:
    """A few numbers separated by commas, or nothing; `form` names them as a link has them."""

    form: ClassVar[str]
    more: ClassVar[str] = ""
    """Further numbers that may follow, all or none, as a link has them."""

    label: str
    help: str
    symbol: str = ""

    def problem(self, value: Any) -> str | None:
        """Say in words what is wrong with `value`, or None."""
        if value == ():
            return None
        if not (isinstance(value, tuple) and self._fits(value) and all(map(_is_finite, value))):
            return f"{value!r} is not a {self.form}"
        outside = self._outside(*value)
        return outside and f"{value!r} is not a {self.form}{outside}"

    def _fits(self, value: tuple[float, ...]) -> bool:
        least = self.form.count(",") + 1
        return len(value) in (least, least + self.more.count(","))

    def _outside(self, *value: float) -> str | None:
        """Return what is asked of these numbers where they are not so, or None."""
        raise NotImplementedError

    def read(self, text: str) -> tuple[float, ...]:
        """Read numbers separated by commas, or `none` for nothing."""
        if text == "none":
            return ()
        try:
            found = tuple(float(part) for part in text.split(","))
        except ValueError:
            raise ValueError(f"{text!r} is not a {self.form}") from None
        if not self._fits(found):
            raise ValueError(f"{text!r} is not a {self.form}")
        problem = self.problem(found)
        if problem:
            raise ValueError(problem)
        return found

    def write(self, value: tuple[float, ...]) -> str:
        """Write the numbers separated by commas."""
        return ",".join(map(say, value)) or "none"


@dataclass(frozen=True)
class Rectangle(_Numbers):
    """A part of the plane as `x0,x1,y0,y1`, or nothing."""

    form: ClassVar[str] = "rectangle x0,x1,y0,y1"

    def _outside(self, *value: float) -> str | None:
        x0, x1, y0, y1 = value
        if max(map(abs, value)) <= FARTHEST and min(x1 - x0, y1 - y0) > NARROWEST:
            return None
        return f" with x0 < x1 and y0 < y1 between {say(-FARTHEST)} and {say(FARTHEST)}"


@dataclass(frozen=True)
class Outlook(_Numbers):
    """From where something in relief is seen, as `round,up,far` or with `,x,y,z`, or nothing.

    Degrees round it and up from its level, how far away the eye is, in its widths, and how far
    aside of its middle the eye looks.
    """

    form: ClassVar[str] = "camera round,up,far"
    more: ClassVar[str] = ",x,y,z"

    def _outside(self, *value: float) -> str | None:
        around, up, far, *aside = value
        turned = abs(around) <= 360 and abs(up) <= 90
        if (
            turned
            and NEAREST_EYE <= far <= FARTHEST_EYE
            and max(map(abs, aside), default=0) <= FARTHEST_EYE
        ):
            return None
        return (
            ": degrees from -360 to 360 and from -90 to 90, "
            f"a distance from {say(NEAREST_EYE)} to {say(FARTHEST_EYE)}, and no more aside"
        )


def _is_finite(value: Any) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)
