"""How a lane ends at every learning rate of a range, and which of those rates work."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from declarations import Number, declarations
from engine.run.batch import Steps
from engine.run.stopping import Check, unchecked
from engine.setup.experiment import Experiment
from engine.setup.handles import turned
from engine.setup.link import SLOTS
from surfaces.base import Array

COUNT = 121
"""How many rates a curve is made of."""

SHARE = 0.1
"""Without a global minimum, a rate works that falls at least this share of the lane's best fall."""

Flags = np.ndarray[Any, np.dtype[np.bool_]]


class Sensitivity(NamedTuple):
    """How one lane ends at each of n learning rates, in rising order; every array is (n,).

    `loss` and `distance` to the nearest global minimum after the last step, NaN where the run
    diverged; `steps`, the first step within the tolerance, and `diverged`, the step at which the
    run diverged, are -1 for never. `works` says where a run counts as a success.
    """

    rates: Array
    loss: Array
    distance: Array
    steps: Steps
    diverged: Steps
    works: Flags


class Stretch(NamedTuple):
    """Neighboring rates that all work: the indices of the first and the last of them."""

    first: int
    last: int


def sensitivity(
    experiment: Experiment, k: int, rates: Array, check: Check = unchecked
) -> Sensitivity:
    """Run lane k at every rate, shape (n,), with all else as it is; all runs in one batch."""
    ends = turned(experiment, {f"{SLOTS[k]}.lr": rates}).ends(k, check)
    with np.errstate(all="ignore"):
        distance = experiment.surface.distance(ends.x)
        works = working(experiment, ends.loss)
    return Sensitivity(rates, ends.loss, distance, ends.steps_to_target, ends.diverged, works)


def working(experiment: Experiment, loss: Array) -> Flags:
    """Say which final losses, shape (n,), count as a success.

    Those within the tolerance of the global minimum: it is not enough to have passed through.
    Without a global minimum, those that fell at least a tenth as far as the best.
    """
    if experiment.target is not None:
        return np.asarray(loss <= experiment.target)
    fall = experiment.surface.value(np.array(experiment.start)) - loss
    best = np.nanmax(fall, initial=0.0)
    return np.asarray((fall > 0) & (fall >= SHARE * best))


def stretches(works: Flags) -> tuple[Stretch, ...]:
    """Return the runs of neighboring rates that work, in rising order."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], works, [False])).astype(int)))
    return tuple(Stretch(int(a), int(b) - 1) for a, b in list(pairwise(edges))[::2])


def grid(low: float, high: float, count: int = COUNT) -> Array:
    """Return about `count` rates from low to high, evenly spread on a logarithmic scale.

    They have few digits, so that each can be written into a link as it is. Equal ends give one
    rate.
    """
    digits = _digits(low, high, count)
    values = np.geomspace(low, high, count)
    return np.unique([min(max(float(f"{v:.{digits}g}"), low), high) for v in values])


def _digits(low: float, high: float, count: int) -> int:
    """Return how many significant digits keep neighboring rates apart."""
    step = math.log(high / low) / max(count - 1, 1)
    return 3 if step > 0.02 else min(2 + math.ceil(-math.log10(max(step, 1e-12))), 15)


def allowed(experiment: Experiment) -> tuple[float, float]:
    """Return the lowest and the highest rate that every lane's rule allows."""
    declared = [declarations(type(lane.optimizer))["lr"] for lane in experiment.lanes]
    numbers = [number for number in declared if isinstance(number, Number)]
    return max(number.low for number in numbers), min(number.high for number in numbers)
