"""How a range is walked: evenly, or by powers of ten of the distance from one of its ends."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

MOST_STOPS = 1000
"""A range too wide for its step is walked in longer strides."""

BELOW = 10**0.5
"""A value nearer to the origin than the nearest one is shown this much nearer, itself at 0."""

_MANTISSAS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)

Values = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Scale(ABC):
    """A closed range and how it is walked; `nearest` is the smallest distance from the origin."""

    low: float
    high: float
    nearest: float
    origin: ClassVar[float | None]
    walked: ClassVar[str]

    @property
    def first(self) -> float:
        """Return the lowest value that equal steps lead to."""
        return self.low

    @abstractmethod
    def place(self, values: Any) -> Values:
        """Return where values lie, as a length along the axis."""

    @abstractmethod
    def value(self, places: Any) -> Values:
        """Return the values that lie at these places."""

    def size(self, values: Any) -> Values:
        """Return what a value's significant digits are counted of."""
        return np.asarray(np.abs(values), dtype=float)

    def rounded(self, value: float, digits: int) -> float:
        """Return a value in so many significant digits."""
        return short(value, digits)

    @abstractmethod
    def stops(self, step: float) -> tuple[float, ...]:
        """Return the values to halt at in rising order; `step` is their distance where even."""

    def around(self, value: float, decades: float) -> tuple[float, float]:
        """Return the range worth trying beside a value: all, or so many decades to each side."""
        return self.low, self.high


class Linear(Scale):
    """Evenly: a place is the value itself."""

    origin = None
    walked = "evenly"

    def place(self, values: Any) -> Values:
        return np.asarray(values, dtype=float)

    def value(self, places: Any) -> Values:
        return np.asarray(places, dtype=float)

    def stops(self, step: float) -> tuple[float, ...]:
        count = math.floor((self.high - self.low) / step + 1e-9)
        walk = range(0, count + 1, math.ceil(count / MOST_STOPS))
        return tuple(short(self.low + k * step) for k in walk)


class Logarithmic(Scale):
    """By powers of ten; where `low` is 0, it stands below the smallest of them."""

    origin = 0.0
    walked = "by powers of ten"

    @property
    def first(self) -> float:
        return self.nearest

    def place(self, values: Any) -> Values:
        found: Values = np.log10(np.maximum(values, self.nearest / BELOW))
        return found

    def value(self, places: Any) -> Values:
        below = np.asarray(places) < np.log10(self.nearest) - 1e-9
        return np.where(below, self.low, np.power(10.0, places))

    def stops(self, step: float) -> tuple[float, ...]:
        return _rising([*_decades(self.nearest, self.high), self.low, self.high])

    def around(self, value: float, decades: float) -> tuple[float, float]:
        if value < self.nearest:
            return self.low, min(self.high, max(1.0, self.nearest * 1e3))
        factor = 10.0**decades
        return max(self.nearest, value / factor), min(self.high, value * factor)


class TowardsOne(Scale):
    """By powers of ten of what is missing to 1: decay rates such as 0.9, 0.99 and 0.999."""

    origin = 1.0
    walked = "by powers of ten of 1 − {symbol}"

    def place(self, values: Any) -> Values:
        found: Values = -np.log10(np.maximum(self.size(values), self.nearest / BELOW))
        return found

    def value(self, places: Any) -> Values:
        found: Values = 1 - np.power(10.0, -np.asarray(places))
        return found

    def size(self, values: Any) -> Values:
        missing: Values = np.abs(1 - np.asarray(values, dtype=float))
        return missing

    def rounded(self, value: float, digits: int) -> float:
        return short(1 - short(1 - value, digits))

    def stops(self, step: float) -> tuple[float, ...]:
        walk = (short(1 - gap) for gap in _decades(1 - self.high, 1.0))
        return _rising([self.low, *(value for value in walk if value >= self.low)])


SCALES: Mapping[str, type[Scale]] = {
    "linear": Linear,
    "log": Logarithmic,
    "towards one": TowardsOne,
}


def short(value: float, digits: int = 12) -> float:
    """Return a number in so many significant digits."""
    return float(f"{value:.{digits}g}")


def _rising(values: Iterable[float]) -> tuple[float, ...]:
    return tuple(sorted(set(values)))


def _decades(low: float, high: float) -> list[float]:
    first, last = math.floor(math.log10(low) - 1e-9), math.ceil(math.log10(high) + 1e-9)
    marks = (float(f"{m}e{k}") for k in range(first, last + 1) for m in _MANTISSAS)
    return [m for m in marks if low * (1 - 1e-12) <= m <= high * (1 + 1e-12)]
