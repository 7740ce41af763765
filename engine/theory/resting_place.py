"""Where a run comes to rest, and the rate at which it is seen to get there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np

from engine.run.trajectory import Trajectory
from engine.theory.stability import Roots
from surfaces.base import Array, Kind, Surface

WINDOW = 20
"""Over how many steps a rate is measured, unless one swing lasts longer."""

LONGEST = 400
_MINIMA = ("global minimum", "local minimum")
_NEWTON_STEPS = 40


class Place(NamedTuple):
    """A point of shape (2,) that stays where it is while a run moves, and what it is."""

    kind: Kind | Literal["start", "rest"]
    point: Array


def resting_place(surface: Surface, run: Trajectory, penalty: float) -> Place | None:
    """Return the minimum nearest to where a run ends, or else the nearest saddle or maximum.

    Weight decay in the gradient pulls the place where a run rests off the minimum; it is found
    by Newton's method on the penalized loss.
    """
    found = surface.critical_points
    known = [c for c in found if c.kind in _MINIMA] or list(found)
    if not known:
        return None
    end = run.x[np.isfinite(run.x[:, 0])][-1]
    nearest = min(known, key=lambda c: float(np.hypot(c.x - end[0], c.y - end[1])))
    place = Place(nearest.kind, np.array([nearest.x, nearest.y]))
    return place if not penalty else _pulled(surface, place, penalty)


def _pulled(surface: Surface, place: Place, penalty: float) -> Place:
    w = place.point
    for _ in range(_NEWTON_STEPS):
        xx, xy, yy = (float(part) for part in surface.hessian(w))
        matrix = np.array([[xx + penalty, xy], [xy, yy + penalty]])
        slope = surface.gradient(w) + penalty * w
        if not np.all(np.isfinite(matrix)) or abs(np.linalg.det(matrix)) < 1e-12:
            return place
        w = w - np.linalg.solve(matrix, slope)
    settled = bool(np.all(np.abs(surface.gradient(w) + penalty * w) < 1e-9))
    return Place("rest", w) if settled else place


def window(slow: Roots, steps: int) -> int:
    """Return over how many steps to measure: whole half swings where the slow direction swings."""
    half = _half_swing(slow)
    if half is None:
        return min(WINDOW, steps)
    return int(min(round(np.ceil(WINDOW / half) * half), LONGEST, steps))


def swing(directions: Sequence[Roots]) -> int:
    """Return how many steps the longest half swing of several directions takes, 0 for none."""
    halves = [half for half in map(_half_swing, directions) if half is not None]
    return int(min(np.ceil(max(halves)), LONGEST)) if halves else 0


def _half_swing(found: Roots) -> float | None:
    inside, total = float(found.discriminant), float(found.sum)
    return float(np.pi / np.arctan2(np.sqrt(-inside), total)) if inside < 0 else None


def measured(run: Trajectory, place: Place | None, span: int, swing: int = 0) -> Array:
    """Return the factor per step of the distance to a place over the last `span` steps, (T + 1,).

    Of a run that swings it is the reach of a half swing that shrinks, the largest distance within
    it. NaN before there were so many steps, and where the distance is not known in its digits.
    """
    factor = np.full(len(run.x), np.nan)
    if place is None or not 0 < span < len(run.x):
        return factor
    swing = min(swing, len(run.x) - 1 - span)
    distance = np.hypot(*(run.x - place.point).T)
    distance[distance < 1e-12 * (1 + np.abs(place.point).max())] = np.nan
    reach = np.lib.stride_tricks.sliding_window_view(distance, swing + 1).max(axis=1)
    factor[span + swing :] = (reach[span:] / reach[:-span]) ** (1 / span)
    return factor
