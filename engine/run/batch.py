"""Many runs of which only the end is kept: sweeps of settings, maps of starting points."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from engine.run.loop import moved
from engine.run.outcome import Goal
from engine.run.run import Run
from engine.run.watch import Divergence, stays
from surfaces.base import Array, Whole


class Outcomes(NamedTuple):
    """The ends of many runs; `...` is the shape of the lanes.

    `x` (2, ...) and `loss` (...) after the last step, NaN for a lane that left the numbers. All
    others are steps, (...) and -1 for never: `passed`, the first with a loss within the goal;
    `arrived`, the one from which on it stays within to the end; `away`, the one from which on it
    is below; and `diverged`, which a lane that ran away downhill has not.
    """

    x: Array
    loss: Array
    passed: Whole
    arrived: Whole
    away: Whole
    diverged: Whole

    def reached(self, goal: Goal) -> Whole:
        """Return since when each run has done what there is to do: arrive, or leave downhill."""
        return self.away if goal.leaving else self.arrived

    def strayed(self, goal: Goal) -> Whole:
        """Return since when each run has run away from a minimum, where there is one."""
        return np.full(self.away.shape, -1) if goal.leaving else self.away


def best(steps: Whole, loss: Array, away: Whole) -> int:
    """Return the run that got there in the fewest steps, else the lowest that stayed, or -1.

    Of equals it is the first.
    """
    height = np.where(np.isnan(loss) | (away >= 0), np.inf, loss)
    found = int(np.lexsort((height, steps, steps < 0))[0])
    return found if steps[found] >= 0 or np.isfinite(height[found]) else -1


class Descents(NamedTuple):
    """Many runs of which only the last points are kept, `x` (2, ...), and the loss on the way.

    `loss` has shape (steps + 1, ...), NaN from the step `diverged` (...) on, which is -1 for never.
    """

    x: Array
    loss: Array
    diverged: Whole


def descents(run: Run) -> Descents:
    """Run many lanes."""
    w, whole = run.lanes(), run.surface.swept
    lost, loss = Divergence(w), np.empty((run.steps + 1, *w.shape[1:]))
    with np.errstate(all="ignore"):
        for state in moved(run, w, run.noise()):
            lost.look(state.t, state.w)
            loss[state.t] = whole.value(state.w)
    return Descents(state.w, loss, lost.steps)


def outcomes(run: Run, goal: Goal) -> Outcomes:
    """Keep the last row of what `trajectory` would give.

    The `goal` broadcasts against the lanes.
    """
    x, loss, lost = descents(run)
    passed, since = stays(goal.inside(loss), loss)
    away = ran_away(goal, loss)
    arrived, diverged = np.where(lost < 0, since, -1), np.where(away < 0, lost, -1)
    return Outcomes(x, loss[-1], passed, arrived, away, diverged)


def ran_away(goal: Goal, loss: Array) -> Whole:
    """Return since when each lane is below all that its surface has there, or -1."""
    if goal.bounded:
        return np.full(loss.shape[1:], -1)
    return stays(goal.below(loss), loss)[1]
