"""Your own formula: a surface that is text."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, ClassVar, cast

import numpy as np

from declarations import Declaration, Number, declarations, number, typed
from surfaces.base import Array, Critical, DisplayScale, Place, Surface, ValleyFloor, Window
from surfaces.formulas import window as proposal
from surfaces.formulas.code import methods
from surfaces.formulas.descent import Asked
from surfaces.formulas.floors import floors
from surfaces.formulas.memo import once
from surfaces.formulas.printing import latex
from surfaces.formulas.program import Compiled, Program, compiled
from surfaces.formulas.search import critical_points
from surfaces.formulas.words import LONGEST, PARAMETERS

FIRST = "x^2 + 2y^2 + a sin(3x)cos(2y)"


def read_sides(text: str) -> Window | None:
    """Read a window, `-2, 2, -1, 3`, or nothing; ValueError says what would be allowed."""
    if not text.strip():
        return None
    try:
        x0, x1, y0, y1 = (float(part) for part in text.split(","))
    except ValueError:
        raise ValueError(f"{text!r} is not four numbers: left, right, bottom, top") from None
    if not (-1e6 <= x0 < x1 <= 1e6 and -1e6 <= y0 < y1 <= 1e6):
        raise ValueError(f"{text!r}: left below right and bottom below top, within 1e6 of 0")
    if min(x1 - x0, y1 - y0) < 1e-3 or not 1e-3 <= (x1 - x0) / (y1 - y0) <= 1e3:
        raise ValueError(f"{text!r} is too narrow: at least 0.001, at most 1000 times as long")
    return (x0, x1), (y0, y1)


USUAL, WIDEST = (-10.0, 10.0), 1000.0
"""A parameter's range unless another is given, and how far one may reach."""


def read_range(text: str) -> tuple[float, float]:
    """Read a parameter's range, `0, 5`, or nothing; ValueError says what would be allowed."""
    if not text.strip():
        return USUAL
    try:
        low, high = (float(part) for part in text.split(","))
    except ValueError:
        raise ValueError(f"{text!r} is not two numbers: lowest, highest") from None
    if not -WIDEST <= low < high <= WIDEST or high - low < 1e-6:
        raise ValueError(f"{text!r}: the lowest below the highest, within {WIDEST:g} of 0")
    return low, high


def _parameter(symbol: str) -> Any:
    return number(
        1.0,
        symbol,
        f"parameter {symbol}",
        -WIDEST,
        WIDEST,
        step=0.1,
        help=f"The value of {symbol} in the formula.",
    )


def _range(symbol: str) -> Any:
    return typed(
        "",
        f"range of {symbol}",
        longest=40,
        check=read_range,
        help=f"Lowest and highest value of {symbol}'s slider, as 0, 5. Empty: -10, 10.",
        instead="-10, 10",
    )


@lru_cache(maxsize=512)
def _ranged(declared: Number, low: float, high: float) -> Number:
    """Return a parameter with a hundred to two hundred round stops in its range."""
    rough = (high - low) / 200
    size = 10.0 ** math.floor(math.log10(rough))
    step = float(f"{next(m * size for m in (1, 2, 5, 10) if m * size >= 0.999 * rough):.6g}")
    return replace(declared, low=low, high=high, step=step)


@dataclass(frozen=True)
class Formula(Surface):
    """A loss of your own, typed: its slopes are derived, its critical points are searched for.

    Where it is not smooth a subgradient is used: |u|, sign and roots have slope 0 where u is 0,
    max and min take the first side where both are equal. Critical points are found, not known.
    """

    title: ClassVar[str] = "Your own formula"
    source: ClassVar[str] = "Typed by you; critical points found by search from many starts"
    proven: ClassVar[bool] = False

    text: str = typed(
        FIRST,
        "formula",
        longest=LONGEST,
        check=compiled,
        help="A formula of x and y, with the parameters a, b, c, d if you like. Write x^2, 3x, "
        "|x|, pi, e, sin(x), exp(x), log(x), sqrt(x), max(x, y), if(x < 0, y, x) and the like.",
    )
    a: float = _parameter("a")
    a_range: str = _range("a")
    b: float = _parameter("b")
    b_range: str = _range("b")
    c: float = _parameter("c")
    c_range: str = _range("c")
    d: float = _parameter("d")
    d_range: str = _range("d")
    sides: str = typed(
        "",
        "window",
        longest=80,
        check=read_sides,
        help="What is looked at: left, right, bottom, top. Empty: proposed from the formula.",
        instead="left, right, bottom, top",
    )

    @property
    def formula(self) -> str:
        """Return the formula as LaTeX."""
        return latex(self.compiled.tree)

    @property
    def window(self) -> Window:
        """Return the sides given, or else those proposed with all parameters at 1."""
        return read_sides(self.sides) or _window(self.text)

    @property
    def domain(self) -> Window:
        """Return the window: what lies beyond it, nobody has looked at."""
        return self.window

    @property
    def start(self) -> tuple[float, float]:
        """Return a start with a slope."""
        return _start(self.text, self.window)

    @property
    def scale(self) -> DisplayScale:
        """Return how the heights are spread over the colors."""
        return _scale(self.text, self.window)

    @property
    def compiled(self) -> Compiled:
        """Return what the formula was compiled to."""
        return compiled(self.text)

    def lines(self) -> Mapping[str, str]:
        """Return f, df and d2f as NumPy lines."""
        return methods(self.compiled)

    @property
    def beside(self) -> frozenset[str]:
        """Return the window's sides and the sliders' ranges."""
        return frozenset({"sides", *(f"{name}_range" for name in PARAMETERS)})

    def unused(self) -> frozenset[str]:
        """Return the parameters that the formula does not mention."""
        idle = set(PARAMETERS) - set(self.compiled.used)
        return frozenset(idle | {f"{name}_range" for name in idle})

    def declared(self) -> Mapping[str, Declaration]:
        """Return the declarations, each parameter with its own range and its value within."""
        found = dict(declarations(type(self)))
        for name in PARAMETERS:
            given, value = read_range(getattr(self, f"{name}_range")), getattr(self, name)
            ends = (*given, *np.ravel(value).tolist())
            found[name] = _ranged(cast(Number, found[name]), min(ends), max(ends))
        return found

    def f(self, x: Array, y: Array) -> Array:
        found: Array = self._run(self.compiled.value, x, y)[0]
        return found

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        fx, fy = self._run(self.compiled.slopes, x, y)
        return fx, fy

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        xx, xy, yy = self._run(self.compiled.bends, x, y)
        return xx, xy, yy

    @property
    def critical_points(self) -> tuple[Critical, ...]:
        values = [self.settings()[name] for name in self.compiled.used]
        if not any(map(np.ndim, values)):
            return _found(self.text, tuple(map(float, values)), self.window)
        return self._abreast(values)

    @property
    def valleys(self) -> Mapping[Place, ValleyFloor]:
        """Return the floor at every minimum that lies on one."""
        values = [self.settings()[name] for name in self.compiled.used]
        if any(map(np.ndim, values)):
            return {}
        return _floors(self.text, tuple(map(float, values)), self.window)

    def _run(self, program: Program, x: Any, y: Any) -> tuple[Any, ...]:
        with np.errstate(all="ignore"):
            return program.run((x, y, self.a, self.b, self.c, self.d))

    def _abreast(self, values: list[Any]) -> tuple[Critical, ...]:
        """Return the global minimum for arrays of parameters, NaN where none is found."""
        wide = np.broadcast_arrays(*values)
        rows = zip(*(part.ravel().tolist() for part in wide), strict=True)
        each = [_found(self.text, row, self.window) for row in rows]
        lowest = [next((c for c in row if c.kind == "global minimum"), _NONE) for row in each]
        places: Any = np.array([c[:3] for c in lowest]).T.reshape(3, *wide[0].shape)
        x, y, value = places
        return (Critical(x, y, value, "global minimum"),)


_NONE = Critical(np.nan, np.nan, np.nan, "global minimum")


def _asked(text: str, values: tuple[float, ...]) -> Asked:
    made = compiled(text)
    given = dict(zip(made.used, values, strict=True))
    numbers = tuple(given.get(name, 1.0) for name in PARAMETERS)
    return Asked(
        lambda w: made.value.run((*w, *numbers))[0],
        lambda w: np.array(made.slopes.run((*w, *numbers))),
        lambda w: np.array(made.bends.run((*w, *numbers))),
    )


def _plain(text: str) -> Asked:
    return _asked(text, (1.0,) * len(compiled(text).used))


@once(2048)
def _found(text: str, values: tuple[float, ...], window: Window) -> tuple[Critical, ...]:
    return critical_points(_asked(text, values), window)


@once(256)
def _floors(text: str, values: tuple[float, ...], window: Window) -> Mapping[Place, ValleyFloor]:
    minima = [c for c in _found(text, values, window) if "minimum" in c.kind]
    return floors(_asked(text, values), minima, window)


@once(256)
def _window(text: str) -> Window:
    return proposal.proposed(_plain(text))


@lru_cache(maxsize=256)
def _start(text: str, window: Window) -> tuple[float, float]:
    return proposal.start(_plain(text), window)


@lru_cache(maxsize=256)
def _scale(text: str, window: Window) -> DisplayScale:
    return proposal.scale(_plain(text), window)
