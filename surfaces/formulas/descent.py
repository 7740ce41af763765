"""Descent where a function is smooth: Newton's steps, turned downhill, shortened until lower.

A floor that bends is followed to its end in a few steps; a search without slopes needs hundreds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from surfaces.base import Array

STEPS = 80
SETTLED, STUCK = 1e-9, 1e-4
"""A step that is so small a share of the window is at rest; one shortened so far is at a kink."""

_SHORTENED = 2.0 ** -np.arange(0, 20, 2)


class Asked(NamedTuple):
    """A function to be searched: its value, gradient and Hessian at points of shape (2, n)."""

    value: Callable[[Array], Array]
    gradient: Callable[[Array], Array]
    hessian: Callable[[Array], Array]


def descended(asked: Asked, points: Array, size: Array) -> tuple[Array, np.ndarray[Any, Any]]:
    """Return where descents from points of shape (2, n) end, and which of them came to rest.

    At a kink no step that slope and curvature call for is short, so nothing comes to rest.
    """
    points, height = points.copy(), asked.value(points)
    rests = np.zeros(points.shape[1], dtype=bool)
    walks = np.flatnonzero(np.isfinite(height))
    for _ in range(STEPS):
        if not walks.size:
            break
        step = _downhill(asked, points[:, walks], size)
        length = np.hypot(*(step / size))
        rests[walks[length < SETTLED]] = True
        places = points[:, walks, None] - step[:, :, None] * _SHORTENED
        heights = asked.value(places.reshape(2, -1)).reshape(places.shape[1:])
        chosen = np.argmin(np.where(np.isfinite(heights), heights, np.inf), axis=1)
        best = np.arange(walks.size), chosen
        lower = heights[best] < height[walks]
        points[:, walks[lower]] = places[:, *best][:, lower]
        height[walks[lower]] = heights[best][lower]
        stuck = (chosen > 0) & (length * _SHORTENED[chosen] < STUCK)
        walks = walks[lower & ~stuck & (length >= SETTLED)]
    return points, rests


def _downhill(asked: Asked, points: Array, size: Array) -> Array:
    """Return Newton's step with every curvature taken as positive, in the window's measure."""
    wide, high = size
    xx, xy, yy = asked.hessian(points)
    xx, xy, yy = xx * wide * wide, xy * wide * high, yy * high * high
    gx, gy = asked.gradient(points) * size
    middle, apart = (xx + yy) / 2, np.hypot((xx - yy) / 2, xy)
    first, second = np.abs(middle + apart), np.abs(middle - apart)
    angle = np.arctan2(xy, (xx - yy) / 2) / 2
    c, s = np.cos(angle), np.sin(angle)
    along, across = (c * gx + s * gy) / first, (c * gy - s * gx) / second
    found: Array = np.array([c * along - s * across, s * along + c * across]) * size
    return found
