"""One lane under a hundred dice: how far its loss spreads from seed to seed.

A single noisy run is an anecdote. The seeds run as lanes of one batch, each with the draws that
it would have alone, so every one of them is the run that this seed gives on the stage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from engine.run.loop import moved
from engine.run.run import Run
from engine.run.seen import noise_draws
from engine.run.watch import Divergence
from engine.setup.experiment import Experiment, Lane
from surfaces.base import Array, Whole

SEEDS = 100
"""Runs in an ensemble: the experiment's own seed and those that follow it."""

LOW, HIGH = 10, 90
"""The percentiles between which the band lies."""


class Spread(NamedTuple):
    """The loss of many seeds after each step, each of shape (steps + 1,).

    Percentiles count a seed that has diverged as infinitely high; `mean` is NaN from then on, and
    `diverged` counts such seeds.
    """

    low: Array
    median: Array
    high: Array
    mean: Array
    diverged: Whole


def ensemble(experiment: Experiment, lane: Lane) -> Spread:
    """Return the spread of a lane's loss over the seeds, computed once, read-only."""
    return _spread(replace(experiment, lanes=(lane,)).run(0))


def losses(run: Run, seeds: Sequence[int]) -> Array:
    """Return the loss of each seed's run, shape (steps + 1, seeds), NaN once it has diverged."""
    noise = np.stack([noise_draws(run.sigma, seed, run.steps) for seed in seeds], axis=-1)
    w = replace(
        run, start=np.repeat(np.array(run.start, dtype=float).reshape(2, 1), len(seeds), axis=1)
    ).lanes()
    x = np.empty((2, run.steps + 1, len(seeds)))
    with np.errstate(all="ignore"):
        lost = Divergence(w)
        for state in moved(run, w, noise):
            lost.look(state.t, state.w)
            x[:, state.t] = state.w
        return run.surface.value(x)


def spread(loss: Array) -> Spread:
    """Sum up the losses of many seeds, shape (steps + 1, seeds)."""
    gone = np.isnan(loss)
    with np.errstate(invalid="ignore", over="ignore"):
        levels = np.percentile(np.where(gone, np.inf, loss), (LOW, 50, HIGH), axis=1)
        mean = loss.mean(axis=1)
    levels[np.isnan(levels)] = np.inf
    low, median, high = levels
    return Spread(low, median, high, mean, np.count_nonzero(gone, axis=1))


@lru_cache(maxsize=64)
def _spread(run: Run) -> Spread:
    found = spread(losses(run, range(run.seed, run.seed + SEEDS)))
    for part in found:
        part.setflags(write=False)
    return found
