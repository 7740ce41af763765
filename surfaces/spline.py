"""A bicubic spline over a grid of heights: a smooth surface through what somebody drew.

On each square between four heights it is a cubic in x and a cubic in y, and neighbours meet with
the same slope and the same curvature. The heights are its control points (de Boor, 1978, A
Practical Guide to Splines, chapter IX): it never goes beyond the lowest and the highest of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, singledispatch
from typing import Any

import numpy as np

from surfaces.base import Array

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"
"""A height is one letter: A is the lowest, _ the highest of 63."""

TOP = len(LETTERS) - 1
BORDER = 2
"""How often the outermost heights are repeated beyond the edge."""

Four = tuple[Any, Any, Any, Any]


@dataclass(frozen=True)
class Kept:
    """Heights between 0 and 1, one letter each, row by row; called with places it returns them."""

    text: str

    @cached_property
    def levels(self) -> Array:
        """Return the heights in one row."""
        return np.array([LETTERS.index(letter) for letter in self.text]) / TOP

    @cached_property
    def listed(self) -> list[float]:
        """Return the same as Python's own numbers."""
        found: list[float] = self.levels.tolist()
        return found

    def at(self, place: float) -> float:
        """Return one height; NaN stands nowhere."""
        return self.listed[int(place)] if place == place else place

    def __call__(self, place: Array) -> Array:
        """Return the heights at places of any shape."""
        there = np.nan_to_num(np.asarray(place)).astype(np.intp)
        return np.where(np.isnan(place), np.nan, self.levels[there])


@singledispatch
def looked_up(place: Any, kept: Kept) -> Any:
    """Return the heights that are kept at places, which are whole numbers as floats."""
    return kept(place)[()]


def bordered(text: str, side: int) -> str:
    """Return the letters of a square with its outermost rows and columns repeated."""
    rows = [text[k * side : (k + 1) * side] for k in range(side)]
    wide = [row[0] * BORDER + row + row[-1] * BORDER for row in rows]
    return "".join([wide[0] * BORDER, *wide, wide[-1] * BORDER])


def square(q: Array, side: int) -> tuple[Array, Array]:
    """Return which of a bordered grid's squares q lies in, and how far along it, from 0 to 1.

    Beyond the edge it is held where all that counts is the outermost height.
    """
    held = np.minimum(np.maximum(q, 1.0), side + 2.0)
    first = np.minimum(np.floor(held), side + 1.0)
    return first, held - first


def weights(t: Array) -> Four:
    """Return how much each of four neighbouring heights counts."""
    s = 1.0 - t
    return (
        s * s * s / 6.0,
        (4.0 + t * t * (3.0 * t - 6.0)) / 6.0,
        (4.0 + s * s * (3.0 * s - 6.0)) / 6.0,
        t * t * t / 6.0,
    )


def slopes(t: Array) -> Four:
    """Return the derivatives of the weights."""
    s = 1.0 - t
    return -s * s / 2.0, t * (3.0 * t - 4.0) / 2.0, s * (4.0 - 3.0 * s) / 2.0, t * t / 2.0


def bends(t: Array) -> Four:
    """Return the second derivatives of the weights."""
    return 1.0 - t, 3.0 * t - 2.0, 1.0 - 3.0 * t, t
