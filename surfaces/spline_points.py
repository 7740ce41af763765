"""The critical points of a smooth surface made of squares: Newton's method from each of them."""

from __future__ import annotations

import numpy as np

from surfaces.base import GRID, Array, Critical, Kind, Landscape, Window, rounding
from surfaces.formulas.search import MOST_FOUND, grid, named, newton, rank
from surfaces.plateaus import middles

STEPS = 14
PER_SIDE = 2
"""Starts along each side of a square."""

STILL, APART = 1e-9, 2e-3
"""How small a last step is, and how far two points are apart, as shares of the window."""

FLAT = 1e-16
"""A smaller determinant of the Hessian is what rounding makes of a plain."""


def critical_points(surface: Landscape, window: Window, squares: int) -> tuple[Critical, ...]:
    """Return what is found in a window of so many squares a side, minima first, lowest first.

    The lowest minima are called global if a grid over the window finds nothing lower.
    """
    low, high = np.transpose(window)[..., None]
    size = high - low
    with np.errstate(all="ignore"):
        points = _starts(window, squares)
        for _ in range(STEPS):
            step = newton(surface, points)
            reach = np.maximum(np.max(np.abs(step / size), axis=0) * squares, 1.0)
            points = points - step / reach
        step = newton(surface, points)
        still = np.max(np.abs(step / size), axis=0) < STILL
        points = points[:, still & np.all((low < points) & (points < high), axis=0)]
        _, first = np.unique(np.round(points / size, 6), axis=1, return_index=True)
        points = np.round(points[:, first], 12) + 0.0
        values, (xx, xy, yy) = surface.value(points), surface.hessian(points)
    found = [
        Critical(float(x), float(y), float(value), _kind(a, b, c))
        for x, y, value, a, b, c in zip(*points, values, xx, xy, yy, strict=True)
        if abs(a * c - b * b) > FLAT
    ]
    kept = _told_apart(sorted(found, key=rank), float(np.min(size)))
    lowest = _lowest(surface, kept, window)
    if lowest is None:
        plateaus = _plateaus(surface, window, squares)
        lowest = plateaus[0].value if plateaus else None
        kept = [*plateaus, *kept][:MOST_FOUND]
    return tuple(named(c, lowest) for c in kept)


def _plateaus(surface: Landscape, window: Window, squares: int) -> list[Critical]:
    """Return a place on each plateau that is lowest of all, as paint makes that can go no lower."""
    points = grid(window, PER_SIDE * squares + 1)
    values = np.asarray(surface.value(points))
    least, side = float(np.min(values)), PER_SIDE * squares + 1
    low = (values <= least + rounding(least)).reshape(side, side)
    nodes = [row * side + column for row, column in middles(low)]
    places = ((float(points[0, k]), float(points[1, k])) for k in nodes)
    return [Critical(x, y, least, "local minimum") for x, y in places]


def _starts(window: Window, squares: int) -> Array:
    inside = (np.arange(PER_SIDE * squares) + 0.5) / (PER_SIDE * squares)
    sides = (low + inside * (high - low) for low, high in window)
    return np.array(np.meshgrid(*sides)).reshape(2, -1)


def _kind(xx: float, xy: float, yy: float) -> Kind:
    if xx * yy < xy * xy:
        return "saddle"
    return "local minimum" if xx > 0 else "maximum"


def _told_apart(found: list[Critical], size: float) -> list[Critical]:
    kept: list[Critical] = []
    for c in found:
        if len(kept) == MOST_FOUND:
            break
        if all(np.hypot(c.x - k.x, c.y - k.y) > APART * size for k in kept):
            kept.append(c)
    return kept


def _lowest(surface: Landscape, found: list[Critical], window: Window) -> float | None:
    """Return the height of the lowest minimum if nothing on a grid over the window is lower."""
    lowest = min((c.value for c in found if c.kind == "local minimum"), default=np.inf)
    below = float(np.min(surface.value(grid(window, GRID))))
    return lowest if below >= lowest - rounding(lowest) else None
