"""Where runs from every point of a window end: the basins of attraction of an update rule.

For gradient flow a basin belongs to the surface alone; every real rule, with its rate and its
memory, draws its own borders.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from engine.run.batch import losses
from engine.run.cancel import Check, unchecked
from engine.run.outcome import Goal, goal
from engine.run.run import Run
from engine.run.standstill import at_the_bottom, near
from engine.run.watch import Divergence, Stay
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


def lane_basins(experiment: Experiment, k: int, starts: Array, check: Check = unchecked) -> Basins:
    """Return where lane k of an experiment ends from `starts`, shape (2, ...)."""
    window, tolerance = experiment.surface.window, experiment.tolerance
    run = replace(experiment.run(k), start=starts)
    return basins(run, window=window, tolerance=tolerance, check=check)


def basins(run: Run, *, window: Window, tolerance: float, check: Check = unchecked) -> Basins:
    """Run from every start, shape (2, ...), and say in which minimum each run ends.

    A run ends at the destination that it comes close to; else, if its loss is within the tolerance
    of the lowest, at the nearest that is as low (it may be a whole valley); else ELSEWHERE if it
    rests at the bottom of some other bowl. `check` is called at every step and may raise Stopped.
    """
    surface, starts = run.surface, np.asarray(run.start, dtype=float)
    known = destinations(surface, window)
    heights = np.array([c.value + tolerance for c in known.minima])
    flat = replace(run, start=starts.reshape(2, -1))
    descent = _Descent(flat, np.unique(heights), goal(surface, tolerance), check)
    with np.errstate(all="ignore"):
        descent.run_down()
        end = _ends(surface, descent.w, descent.loss, known, window, tolerance)
        ended = descent.result(end, heights)
    shape = starts.shape[1:]
    return Basins(ended.end.reshape(shape), ended.steps.reshape(shape), ended.loss.reshape(shape))


def shares(found: Basins) -> dict[int, float]:
    """Return the share of the starts at each end, the largest first."""
    ends, counts = np.unique(found.end, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    return {int(ends[k]): float(counts[k] / found.end.size) for k in order}


class _Descent:
    """What is watched while the starts move: who is lost, and who is how low.

    A lane's bracket is the number of levels below its loss; `since[j]` is the step at which it
    last came down to level j. Few lanes change their bracket in a step.
    """

    def __init__(self, run: Run, levels: Array, goal: Goal, check: Check) -> None:
        self.run, self.levels, self.goal, self.check = run, levels, goal, check
        self.w = start = run.lanes()
        self.bounds = np.concatenate([[-np.inf], levels, [np.inf]])
        self.bracket = np.full(start.shape[1], len(levels))
        self.low, self.high = self.bounds[self.bracket], self.bounds[self.bracket + 1]
        self.since = np.zeros((len(levels), start.shape[1]), dtype=np.int32)
        self.lost, self.away = Divergence(start), Stay(start.shape[1:])
        self.loss = np.empty(0)

    def run_down(self) -> None:
        for state, loss in losses(self.run, self.w, self.lost, self.check):
            self._sort(state.t, loss)
            if not self.goal.bounded:
                self.away.look(state.t, self.goal.below(loss), loss)
        self.w, self.loss = state.w, np.array(loss)

    def _sort(self, t: int, loss: Array) -> None:
        """Put the lanes whose loss has crossed a level into their new bracket."""
        crossed = np.flatnonzero((loss > self.high) | (loss <= self.low))
        if not crossed.size:
            return
        before, now = self.bracket[crossed], np.searchsorted(self.levels, loss[crossed])
        down = np.maximum(before - now, 0)
        passed = np.arange(down.sum()) - np.repeat(np.cumsum(down) - down, down)
        self.since[np.repeat(now, down) + passed, np.repeat(crossed, down)] = t
        self.bracket[crossed] = now
        self.low[crossed], self.high[crossed] = self.bounds[now], self.bounds[now + 1]

    def result(self, end: Whole, heights: Array) -> Basins:
        away, lost = self.away.since, self.lost.steps
        end = np.where(away >= 0, RAN_AWAY, np.where(lost >= 0, DIVERGED, end))
        steps = np.where(away >= 0, away, lost)
        lane = np.flatnonzero(end >= 0)
        level = np.searchsorted(self.levels, heights)[end[lane]] if lane.size else lane
        steps[lane] = np.where(self.bracket[lane] <= level, self.since[level, lane], -1)
        return Basins(end, steps, self.loss)


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
