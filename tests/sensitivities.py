"""How a lane ends at every learning rate by the engine: what the browser curves are held to."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from engine.run.batch import best
from engine.setup.experiment import Experiment
from engine.setup.handles import turned
from engine.setup.link import SLOTS
from labs.sensitivity.rates import MARGIN
from surfaces.base import Array, Flags, Whole


class Sensitivity(NamedTuple):
    """How one lane ends at each of n learning rates, in rising order; every array is (n,).

    `loss` and `distance` to the nearest minimum after the last step, NaN where the run diverged;
    -1 for never are `steps`, since when a run has arrived to stay (where there is no minimum, since
    when it has left downhill), `away`, since when it has run away from the minimum, and
    `diverged`. A rate works that has `steps`; `best` is the quickest of them, else the one that
    ends lowest, or -1.
    """

    rates: Array
    loss: Array
    distance: Array
    steps: Whole
    away: Whole
    diverged: Whole
    works: Flags
    best: int


class Stretch(NamedTuple):
    """Neighboring rates that all work: the indices of the first and the last of them."""

    first: int
    last: int


def sensitivity(experiment: Experiment, k: int, rates: Array) -> Sensitivity:
    """Run lane k at every rate, shape (n,), with all else as it is; all runs in one batch."""
    ends, goal = turned(experiment, {f"{SLOTS[k]}.lr": rates}).ends(k), experiment.goal
    with np.errstate(all="ignore"):
        distance = experiment.surface.distance(ends.x)
    steps, away = ends.reached(goal), ends.strayed(goal)
    return Sensitivity(
        rates,
        ends.loss,
        distance,
        steps,
        away,
        ends.diverged,
        steps >= 0,
        best(steps, ends.loss, away),
    )


def stretches(works: Flags) -> tuple[Stretch, ...]:
    """Return the runs of neighboring rates that work, in rising order."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], works, [False])).astype(int)))
    return tuple(Stretch(int(a), int(b) - 1) for a, b in list(pairwise(edges))[::2])


def chosen(experiment: Experiment) -> tuple[float, float]:
    """Return a range of whole decades well beyond every lane's present rate."""
    rates = [math.log10(lane.optimizer.lr) for lane in experiment.lanes]
    low, high = math.floor(min(rates) - MARGIN), math.ceil(max(rates) + MARGIN)
    return 10.0**low, 10.0**high
