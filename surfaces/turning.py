"""Points turned about the origin, in few enough digits that a link can hold them."""

from typing import Any

import numpy as np

from surfaces.base import Array

DIGITS, FEW = 8, 5
"""Decimals of a turned coordinate, and the fewer that it takes where they say the same."""

ALIKE = 1e-7
"""How near fewer decimals must be: turned to and fro, a point is where it was."""


def turned(point: tuple[Any, Any], degrees: Any) -> tuple[Any, Any]:
    """Return a point turned about the origin, counterclockwise.

    Arrays of angles give arrays of coordinates. The browser does the same in `run/turning.js`.
    """
    angle = np.deg2rad(degrees)
    cosine, sine = np.cos(angle), np.sin(angle)
    x, y = point
    return _rounded(cosine * x - sine * y), _rounded(sine * x + cosine * y)


def _rounded(value: Array) -> Any:
    few, many = np.round(value, FEW), np.round(value, DIGITS)
    found = np.where(np.abs(value - few) < ALIKE, few, many) + 0.0
    return float(found) if found.ndim == 0 else found
