"""The critical points of a smooth surface made of squares: Newton's method from each of them."""

from __future__ import annotations

import numpy as np

from surfaces.base import GRID, Array, Critical, Kind, Landscape, Window

STEPS = 14
PER_SIDE = 2
"""Starts along each side of a square."""

MOST_FOUND = 40
STILL, APART = 1e-9, 2e-3
"""How small a last step is, and how far two points are apart, as shares of the window."""

_ORDER: tuple[Kind, ...] = ("local minimum", "saddle", "maximum")


def critical_points(surface: Landscape, window: Window, squares: int) -> tuple[Critical, ...]:
    """Return what is found in a window of so many squares a side, minima first, lowest first.

    The lowest minimum is called global if a grid over the window finds nothing lower.
    """
    low, high = np.transpose(window)[..., None]
    size = high - low
    with np.errstate(all="ignore"):
        points = _starts(window, squares)
        for _ in range(STEPS):
            step = _newton(surface, points)
            reach = np.maximum(np.max(np.abs(step / size), axis=0) * squares, 1.0)
            points = points - step / reach
        step = _newton(surface, points)
        still = np.max(np.abs(step / size), axis=0) < STILL
        points = points[:, still & np.all((low < points) & (points < high), axis=0)]
        _, first = np.unique(np.round(points / size, 6), axis=1, return_index=True)
        points = points[:, first]
        values, (xx, xy, yy) = surface.value(points), surface.hessian(points)
    found = [
        Critical(float(x), float(y), float(value), _kind(a, b, c))
        for x, y, value, a, b, c in zip(*points, values, xx, xy, yy, strict=True)
        if a * c != b * b
    ]
    found.sort(key=lambda c: (_ORDER.index(c.kind), c.value, c.x, c.y))
    kept = _told_apart(found, float(np.min(size)))
    if kept and kept[0].kind == "local minimum" and kept[0].value <= _lowest(surface, window):
        kept[0] = kept[0]._replace(kind="global minimum")
    return tuple(kept)


def _starts(window: Window, squares: int) -> Array:
    inside = (np.arange(PER_SIDE * squares) + 0.5) / (PER_SIDE * squares)
    sides = (low + inside * (high - low) for low, high in window)
    return np.array(np.meshgrid(*sides)).reshape(2, -1)


def _newton(surface: Landscape, w: Array) -> Array:
    (fx, fy), (xx, xy, yy) = surface.gradient(w), surface.hessian(w)
    return np.array((yy * fx - xy * fy, xx * fy - xy * fx)) / (xx * yy - xy * xy)


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


def _lowest(surface: Landscape, window: Window) -> float:
    """Return the lowest value on a grid over the window, its edges included."""
    points = np.array(np.meshgrid(*(np.linspace(*side, GRID) for side in window)))
    return float(np.min(surface.value(points)))
