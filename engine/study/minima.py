"""The minima that runs on a surface may end in: those it declares, and the others near its window.

A surface such as Rastrigin's has a hundred local minima and declares the best known. The others
are found once, by Newton's method from every low point of a grid.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.run.standstill import near, shorter
from surfaces.base import Array, Critical, Surface, Window

BEYOND = 0.1
"""How far outside its window a surface is searched, as a share of the window's sides."""

MOST = 1000
GRID = 280
NEWTON_STEPS = 20


def declared_minima(surface: Surface) -> tuple[Critical, ...]:
    """Return the minima that the surface declares, global ones first."""
    local = (c for c in surface.critical_points if c.kind == "local minimum")
    return (*surface.minima, *local)


@lru_cache(maxsize=64)
def all_minima(surface: Surface, window: Window) -> tuple[Critical, ...]:
    """Return the declared minima and then the other isolated ones in and near the window.

    The others are sorted by their loss, at most MOST; a surface that declares none has none.
    """
    declared = declared_minima(surface)
    if not declared:
        return ()
    with np.errstate(all="ignore"):
        points = _polished(surface, _low_points(surface, wider(window)), window)
        found = _apart(points, surface.value(points), declared, near(window))
    return (*declared, *found)


def wider(window: Window) -> Window:
    """Return the window with a margin of BEYOND on every side."""
    (x0, x1), (y0, y1) = window
    across, up = BEYOND * (x1 - x0), BEYOND * (y1 - y0)
    return (x0 - across, x1 + across), (y0 - up, y1 + up)


def radii(minima: tuple[Critical, ...], window: Window) -> Array:
    """Return how close to each minimum is close: never half way to another, shape (n,)."""
    places = np.array([(c.x, c.y) for c in minima], dtype=float)
    gaps = np.hypot(*(places[:, None] - places[None]).T)
    np.fill_diagonal(gaps, np.inf)
    reach: Array = np.minimum(near(window), gaps.min(axis=0) / 2)
    return reach


def _low_points(surface: Surface, window: Window) -> Array:
    """Return the nodes of a grid that lie lower than their eight neighbors, shape (2, n)."""
    points = np.array(np.meshgrid(*(np.linspace(*side, GRID) for side in window)))
    loss = surface.value(points)
    inner, low = loss[1:-1, 1:-1], np.ones((GRID - 2, GRID - 2), dtype=bool)
    for i in (0, 1, 2):
        for j in (0, 1, 2):
            if (i, j) != (1, 1):
                low &= inner <= loss[i : i + GRID - 2, j : j + GRID - 2]
    found: Array = points[:, 1:-1, 1:-1][:, low]
    return found


def _polished(surface: Surface, seeds: Array, window: Window) -> Array:
    """Follow Newton's method from each seed; keep what stays near it and is a strict minimum."""
    points = seeds.copy()
    for _ in range(NEWTON_STEPS):
        points = points - _newton(surface, points)
    xx, xy, yy = surface.hessian(points)
    strict = (xx + yy > 0) & (xx * yy - xy * xy > 1e-6 * (xx + yy) ** 2)
    still = np.hypot(*_newton(surface, points)) < 1e-9 * shorter(window)
    stayed = np.hypot(*(points - seeds)) < 4 * near(window)
    return points[:, strict & still & stayed]


def _newton(surface: Surface, points: Array) -> Array:
    xx, xy, yy = surface.hessian(points)
    gx, gy = surface.gradient(points)
    return np.array([yy * gx - xy * gy, xx * gy - xy * gx]) / (xx * yy - xy * xy)


def _apart(
    points: Array, loss: Array, declared: tuple[Critical, ...], gap: float
) -> list[Critical]:
    """Return the points as minima, lowest first, leaving out what is known already."""
    taken = [(float(c.x), float(c.y)) for c in declared]
    found: list[Critical] = []
    for k in np.argsort(loss, kind="stable"):
        x, y, height = float(points[0, k]), float(points[1, k]), float(f"{loss[k]:.12g}")
        if len(found) == MOST:
            break
        if all(np.hypot(x - a, y - b) > gap for a, b in taken):
            taken.append((x, y))
            found.append(Critical(x, y, height, "local minimum"))
    return found
