"""Where runs from every point of a window end: the basins of attraction of an update rule.

For gradient flow a basin belongs to the surface alone; every real rule, with its rate and its
memory, draws its own borders.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from engine.run.batch import descents, ran_away
from engine.run.outcome import goal
from engine.run.run import Run
from engine.run.standstill import at_the_bottom, near
from engine.run.watch import stays
from engine.setup.experiment import Experiment
from engine.study.minima import wider
from labs.basins.destinations import Destinations, destinations
from surfaces.base import Array, Flags, Surface, Whole, Window

NOT_ARRIVED, DIVERGED, ELSEWHERE, RAN_AWAY = -1, -2, -3, -4
"""Ends that are no known minimum; ELSEWHERE is a minimum that nobody listed."""


class Basins(NamedTuple):
    """Where the runs of many starts end; `...` is the shape of the starts.

    `end` (...) counts `destinations` from 0 or is one of the negative words above; `steps` (...) is
    the step from which on the loss stays within the tolerance of that minimum's, or -1, and for
    a run that diverged or ran away the step at which it did; `loss` (...) is the last one, NaN if
    diverged.
    """

    end: Whole
    steps: Whole
    loss: Array


def centers(window: Window, resolution: int) -> Array:
    """Return the middles of resolution x resolution cells, shape (2, rows, columns) by rising y."""
    sides = (
        low + (np.arange(resolution) + 0.5) * (high - low) / resolution for low, high in window
    )
    return np.array(np.meshgrid(*sides))


def lane_basins(experiment: Experiment, k: int, starts: Array) -> Basins:
    """Return where lane k of an experiment ends from `starts`, shape (2, ...)."""
    window, tolerance = experiment.surface.window, experiment.tolerance
    run = replace(experiment.run(k), start=starts)
    return basins(run, window=window, tolerance=tolerance)


def basins(run: Run, *, window: Window, tolerance: float) -> Basins:
    """Run from every start, shape (2, ...), and say in which minimum each run ends.

    A run ends at the destination that it comes close to; else, if its loss is within the tolerance
    of the lowest, at the nearest that is as low (it may be a whole valley); else ELSEWHERE if it
    rests at the bottom of some other bowl.
    """
    surface, starts = run.surface, np.asarray(run.start, dtype=float)
    known = destinations(surface, window)
    x, loss, lost = descents(replace(run, start=starts.reshape(2, -1)))
    away = ran_away(goal(surface, tolerance), loss)
    with np.errstate(all="ignore"):
        end = _ends(surface, x, loss[-1], known, window, tolerance)
    end = np.where(away >= 0, RAN_AWAY, np.where(lost >= 0, DIVERGED, end))
    steps = np.where(away >= 0, away, lost)
    (there,) = np.nonzero(end >= 0)
    if there.size:
        heights = np.array([c.value + tolerance for c in known.minima])[end[there]]
        steps[there] = stays(loss[:, there] <= heights, loss[:, there])[1]
    shape = starts.shape[1:]
    return Basins(end.reshape(shape), steps.reshape(shape), loss[-1].reshape(shape))


def shares(found: Basins) -> dict[int, float]:
    """Return the share of the starts at each end, the largest first."""
    ends, counts = np.unique(found.end, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    return {int(ends[k]): float(counts[k] / found.end.size) for k in order}


def _ends(
    surface: Surface,
    w: Array,
    loss: Array,
    known: Destinations,
    window: Window,
    tolerance: float,
) -> Whole:
    end = np.full(np.shape(loss), NOT_ARRIVED)
    if not known.minima:
        return end
    height = (surface.lowest or 0.0) + tolerance
    at_rest = at_the_bottom(surface.swept, w, near(window), tolerance)
    end[at_rest] = ELSEWHERE
    low = (loss <= height) & (_inside(w, wider(window)) | (surface.distance(w) <= near(window)))
    is_low = np.array([c.value <= height for c in known.places])
    end[low] = _nearest(w[:, low], known, np.where(is_low, np.inf, 0.0))
    close = _nearest(w, known, known.reach)
    return np.where(close >= 0, close, end)


def _nearest(w: Array, known: Destinations, within: Array) -> Whole:
    """Return the destination of the nearest place that is closer than `within`, or NOT_ARRIVED.

    Points sorted by x keep the search for each place to a narrow slice.
    """
    order = np.argsort(w[0])
    x, y = w[:, order]
    nearest, gap = np.full(x.shape, NOT_ARRIVED), np.full(x.shape, np.inf)
    for k, place in enumerate(known.places):
        first, last = np.searchsorted(x, [place.x - within[k], place.x + within[k]])
        near_x = slice(int(first), int(last))
        far = np.hypot(x[near_x] - place.x, y[near_x] - place.y)
        closer = (far < gap[near_x]) & (far < within[k])
        nearest[near_x][closer], gap[near_x][closer] = known.owners[k], far[closer]
    return nearest[np.argsort(order)]


def _inside(w: Array, window: Window) -> Flags:
    (x0, x1), (y0, y1) = window
    x, y = w
    return np.asarray((x >= x0) & (x <= x1) & (y >= y0) & (y <= y1))
