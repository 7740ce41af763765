"""Sharp valleys: where a few directions all rise, a loss may still fall along the valley's floor.

The floor of a valley with a kink is a line. Around a point on it the loss is lowest in two narrow
directions, which are found by search on a circle.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from surfaces.base import Array, Window

Value = Callable[[Array], Array]

_ANGLES = np.arange(180) * (2 * np.pi / 180)
_CIRCLE = np.array([np.cos(_ANGLES), np.sin(_ANGLES)])
_BEFORE, _BEHIND = np.arange(-1, 179), np.arange(1, 181) % 180
_LOWEST = 2
_WITHIN = np.arange(1, 41) / 41
_NARROWED = 4
"""How often a dip is narrowed to two of 41 parts around its lowest place."""
_ROUNDS = 160
_STEPS_DOWN = 12
WHOLE = np.ones(1)
FIRST, LAST = 0.01, 1e-12
"""The reach of a walk along a floor at first and at last, as shares of the window."""


def followed(value: Value, points: Array, window: Window) -> Array:
    """Return where walks from points of shape (2, n) end that go to the lowest place around.

    A walk that finds nothing lower looks a quarter as far; one that leaves the window is over.
    """
    low, high = np.transpose(window)[..., None]
    size = high - low
    reach = np.full(points.shape[1], FIRST)
    height = value(points)
    points = points.copy()
    for _ in range(_ROUNDS):
        inside = np.all((points >= low) & (points <= high), axis=0)
        walks = np.flatnonzero(inside & (reach >= LAST))
        if not walks.size:
            break
        places, heights = lowest_around(value, points[:, walks], reach[walks] * size)
        better = heights < height[walks]
        gone = walks[better]
        points[:, gone], height[gone] = places[:, better], heights[better]
        reach[walks[~better]] /= 4
    return points


def lowered(
    value: Value,
    gradient: Value,
    points: Array,
    floor: tuple[Array, float],
    shares: Array = WHOLE,
) -> Array:
    """Return where steps lead that come down to a floor's height where slopes stay as they are.

    `floor` is the size of the window, shape (2, 1), and the height. On both sides of a kink slopes
    hardly change, so few steps go straight to its floor. Of several shares of a step the one is
    taken that leads lowest.
    """
    size, height = floor
    for _ in range(_STEPS_DOWN):
        slope = gradient(points) * size
        above, steep = np.maximum(value(points) - height, 0.0), np.sum(slope * slope, axis=0)
        step = np.where((above > 0) & (steep > 0), above / steep, 0.0)
        if shares.size == 1:
            points = points - step * slope * size
            continue
        tried = points[:, :, None] - (step * slope * size)[:, :, None] * shares
        heights = value(tried.reshape(2, -1)).reshape(tried.shape[1:])
        best = np.argmin(np.where(np.isfinite(heights), heights, np.inf), axis=1)
        points = np.take_along_axis(tried, best[None, :, None], axis=2)[:, :, 0]
    return points


def falling(value: Value, points: Array, size: Array, noise: Array) -> np.ndarray[Any, Any]:
    """Say from which points of shape (2, n) the loss falls in some direction, however narrow."""
    found = np.zeros(points.shape[1], dtype=bool)
    if not points.size:
        return found
    level = value(points)
    for share in (1e-4, 1e-3):
        _, heights = lowest_around(
            value, points, share * np.broadcast_to(size[:, None], points.shape)
        )
        found |= heights < level - noise
    return found


def lowest_around(value: Value, points: Array, reach: Array) -> tuple[Array, Array]:
    """Return the lowest places on ellipses around points, and how high they are."""

    def on(circle: Array) -> tuple[Array, Array]:
        places = points[:, :, None] + reach[:, :, None] * circle
        heights = value(places.reshape(2, -1)).reshape(places.shape[1:])
        return places, np.where(np.isfinite(heights), heights, np.inf)

    def at(angles: Array) -> tuple[Array, Array]:
        return on(np.array([np.cos(angles), np.sin(angles)]))

    gap = _ANGLES[1]
    _, heights = on(_CIRCLE[:, None])
    dips = (heights <= heights[:, _BEFORE]) & (heights <= heights[:, _BEHIND])
    order = np.argsort(np.where(dips, heights, np.inf), axis=1)[:, :_LOWEST]
    middle = _ANGLES[order]
    low, wide = middle - gap, np.full(middle.shape, 2 * gap)
    for _ in range(_NARROWED):
        within = low[:, :, None] + wide[:, :, None] * _WITHIN
        _, heights = at(within.reshape(len(within), -1))
        low = low + wide * (np.argmin(heights.reshape(within.shape), axis=2) / 41)
        wide = wide * (2 / 41)
    places, heights = at(np.concatenate([low + wide / 2, middle], axis=1))
    best = np.arange(len(heights)), np.argmin(heights, axis=1)
    return places[:, *best], heights[best]
