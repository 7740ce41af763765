"""Many runs of which only the end is kept: sweeps of settings, maps of starting points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from engine.run.cancel import Check, unchecked
from engine.run.loop import State, moved
from engine.run.outcome import Goal
from engine.run.run import Run
from engine.run.watch import Divergence, Stay
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


def outcomes(run: Run, goal: Goal, check: Check = unchecked) -> Outcomes:
    """Keep the last row of what `trajectory` would give.

    The `goal` broadcasts against the lanes. `check` is called at every step and may raise Stopped.
    """
    w = run.lanes()
    lost, there, away = Divergence(w), Stay(w.shape[1:]), Stay(w.shape[1:])
    with np.errstate(all="ignore"):
        for state, loss in losses(run, w, lost, check):
            there.look(state.t, goal.inside(loss), loss)
            if not goal.bounded:
                away.look(state.t, goal.below(loss), loss)
    arrived = np.where(lost.steps < 0, there.since, -1)
    diverged = np.where(away.since < 0, lost.steps, -1)
    return Outcomes(state.w, np.array(loss), there.first, arrived, away.since, diverged)


def losses(run: Run, w: Array, lost: Divergence, check: Check) -> Iterator[tuple[State, Array]]:
    """Yield each state of lanes that start at `w`, and their loss there.

    Lanes that diverge are told to `lost`, which writes NaN into them.
    """
    whole = run.surface.swept
    for state in moved(run, w, run.noise()):
        check()
        lost.look(state.t, state.w)
        yield state, whole.value(state.w)
