"""The minima that runs on a surface may end in: those it declares, and the others near its window.

A surface such as Rastrigin's has a hundred local minima and declares the best known. The others
are found once, by Newton's method from every cell of a grid in which both slopes change sign.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.run.standstill import near, shorter
from surfaces.base import Array, Critical, Flags, Landscape, Surface, Whole, Window
from surfaces.formulas.search import newton

BEYOND = 0.1
"""How far outside its window a surface is searched, as a share of the window's sides."""

MOST = 1000
GRID = 560
"""Nodes along each side: twice as many find no further minimum on any surface of the menu."""

STRIPS = 8
"""Parts in which the slopes are computed: a loss over data needs memory for each of its terms."""

SAME = 1e-4
"""Closer than this share of the window's shorter side, two ends of the search are one minimum."""

NEWTON_STEPS = 20


def declared_minima(surface: Surface) -> tuple[Critical, ...]:
    """Return the minima that the surface declares, global ones first."""
    local = (c for c in surface.critical_points if c.kind == "local minimum")
    return (*surface.minima, *local)


@lru_cache(maxsize=64)
def all_minima(surface: Surface, window: Window) -> tuple[Critical, ...]:
    """Return the declared minima and then the other isolated ones in and near the window.

    The others are sorted by their loss, at most MOST; a surface that declares none has none, nor
    has a convex one.
    """
    declared = declared_minima(surface)
    if not declared or surface.convex:
        return declared
    swept = surface.swept
    with np.errstate(all="ignore"):
        points = _polished(swept, _crossings(swept, wider(window)), window)
        found = _apart(points, swept.value(points), declared, SAME * shorter(window))
    return (*declared, *found)


def wider(window: Window) -> Window:
    """Return the window with a margin of BEYOND on every side."""
    (x0, x1), (y0, y1) = window
    across, up = BEYOND * (x1 - x0), BEYOND * (y1 - y0)
    return (x0 - across, x1 + across), (y0 - up, y1 + up)


def radii(minima: tuple[Critical, ...], window: Window, owners: Whole | None = None) -> Array:
    """Return how close to each minimum is close: never half way to another, shape (n,).

    Those of one owner, (n,), are no others to each other.
    """
    places = np.array([(c.x, c.y) for c in minima], dtype=float)
    gaps = np.hypot(*(places[:, None] - places[None]).T)
    whose = np.arange(len(minima)) if owners is None else owners
    gaps[whose[:, None] == whose] = np.inf
    reach: Array = np.minimum(near(window), gaps.min(axis=0) / 2)
    return reach


def _crossings(surface: Landscape, window: Window) -> Array:
    """Return the middles of a grid's cells in which both slopes change sign, shape (2, n).

    Next to a valley that runs askew a node lower than its neighbors may be missing or mean
    nothing; but where the two curves of slope zero meet, each of them has a side on every cell.
    """
    points = np.array(np.meshgrid(*(np.linspace(*side, GRID) for side in window)))
    strips = np.array_split(points, STRIPS, axis=1)
    along, up = np.concatenate([surface.gradient(strip) for strip in strips], axis=1)
    middles = (points[:, :-1, :-1] + points[:, 1:, 1:]) / 2
    found: Array = middles[:, _changes(along) & _changes(up)]
    return found


def _changes(slope: Array) -> Flags:
    """Say in which cells a slope has both signs, or is zero, at the corners."""
    corners = (slope[:-1, :-1], slope[1:, :-1], slope[:-1, 1:], slope[1:, 1:])
    return np.asarray(
        (np.minimum.reduce(corners) <= 0) & (np.maximum.reduce(corners) >= 0), dtype=bool
    )


def _polished(surface: Landscape, seeds: Array, window: Window) -> Array:
    """Follow Newton's method from each seed; keep what stays near it and is a strict minimum."""
    points = seeds.copy()
    for _ in range(NEWTON_STEPS):
        points = points - newton(surface, points)
    xx, xy, yy = surface.hessian(points)
    strict = (xx + yy > 0) & (xx * yy - xy * xy > 1e-6 * (xx + yy) ** 2)
    still = np.hypot(*newton(surface, points)) < 1e-9 * shorter(window)
    stayed = np.hypot(*(points - seeds)) < 4 * near(window)
    return points[:, strict & still & stayed]


def _apart(
    points: Array, loss: Array, declared: tuple[Critical, ...], gap: float
) -> list[Critical]:
    """Return the points as minima, lowest first, leaving out what is known already."""
    taken = np.full((len(declared) + MOST, 2), np.inf)
    taken[: len(declared)] = np.reshape([(c.x, c.y) for c in declared], (-1, 2))
    found: list[Critical] = []
    for k in np.argsort(loss, kind="stable"):
        known = len(declared) + len(found)
        if len(found) == MOST:
            break
        if np.hypot(*(taken[:known] - points[:, k]).T).min() > gap:
            taken[known] = points[:, k]
            x, y, height = float(points[0, k]), float(points[1, k]), float(f"{loss[k]:.12g}")
            found.append(Critical(x, y, height, "local minimum"))
    return found
