"""A whole range of settings at once: one lane run at every pair of two handles' values.

A sweep has three axes, in this order: panels (a third handle, or one panel), rows (the handle
up) and columns (the handle across). Every result is an array of that shape (p, n, m).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from engine.run.batch import outcomes
from engine.run.outcome import Goal, goal
from engine.setup.experiment import Experiment, Lane
from engine.setup.handles import turned
from labs.sweep.maps import BATCH
from optimizers.base import Optimizer
from schedules import Schedule
from surfaces.base import Array, Surface, Whole
from tests.sweeps.batch_sizes import placed
from tests.sweeps.batched import BatchedSchedule

SHARED = ("noise", BATCH)
"""Settings that lanes which move together have in common: they see the same draws and rows."""


class Ends(NamedTuple):
    """How runs ended, each of shape (p, n, m).

    `loss` and `distance` (to the nearest minimum) after the last step, NaN for a lane that
    diverged; `gap` is the loss above the minimum, NaN where there is none. Each -1 for never are
    `steps`, since when a run has arrived to stay (without a minimum, since when it has left
    downhill), `away`, since when it has run away from its minimum, and `diverged`.
    """

    loss: Array
    gap: Array
    distance: Array
    steps: Whole
    away: Whole
    diverged: Whole


def ends(
    experiment: Experiment,
    lane: int,
    settings: Mapping[str, Array],
    *,
    nudge: float = 0.0,
) -> Ends:
    """Run a lane at every combination of settings, given by link name as arrays that broadcast.

    All arrays have the same number of axes. `nudge` moves the start by that much of its size in
    both coordinates. ValueError for a value outside its declared range; KeyError for a name that
    is no handle.
    """
    for shared in SHARED:
        if shared in settings:
            return _one_by_one(shared, experiment, lane, settings, nudge)
    shape = np.broadcast_shapes(*(np.shape(values) for values in settings.values()))
    varied = turned(experiment, settings)
    optimizer, schedule = _paced(varied.lanes[lane], shape)
    minima = _Minima(experiment, settings)
    run = replace(
        varied.run(lane),
        optimizer=optimizer,
        schedule=schedule,
        start=_start(varied, shape, nudge),
    )
    found = outcomes(run, minima.goal)
    with np.errstate(all="ignore"):
        gap, distance = found.loss - minima.lowest, minima.distance(found.x)
    steps, away = found.reached(minima.goal), found.strayed(minima.goal)
    return Ends(found.loss, gap, distance, steps, away, found.diverged)


def _one_by_one(
    shared: str,
    experiment: Experiment,
    lane: int,
    settings: Mapping[str, Array],
    nudge: float,
) -> Ends:
    """Run one value of a setting after the other, where all lanes that move together share it."""
    values = np.asarray(settings[shared])
    rest = {key: given for key, given in settings.items() if key != shared}
    parts = [
        ends(placed(experiment, {shared: float(value)}), lane, rest, nudge=nudge)
        for value in values.ravel()
    ]
    axis = int(np.argmax(values.shape))
    return Ends(*(np.concatenate(part, axis) for part in zip(*parts, strict=True)))


def _start(experiment: Experiment, shape: tuple[int, ...], nudge: float) -> Array:
    start = np.stack([np.broadcast_to(side, shape) for side in experiment.start]).astype(float)
    return start + nudge * np.maximum(np.abs(start), 1.0) if nudge else start


def _paced(lane: Lane, shape: tuple[int, ...]) -> tuple[Optimizer, Schedule]:
    """Return rule and schedule, the rate as wide as the lanes where the schedule's numbers vary."""
    schedule = lane.schedule
    wide = {name: v for name, v in schedule.settings().items() if np.ndim(v)}
    if not wide:
        return lane.optimizer, schedule
    rate: Any = np.array(np.broadcast_to(lane.optimizer.lr, shape), dtype=float)
    optimizer = replace(lane.optimizer, lr=rate)
    if schedule.watches_loss:
        return optimizer, schedule
    around = np.broadcast_shapes(*map(np.shape, wide.values()))
    ones = tuple(replace(schedule, **pick) for _, pick in _picks(wide, around))
    return optimizer, BatchedSchedule(ones, around)


class _Minima:
    """The minimum of every cell's surface: its value, the goal it makes, the distance to it."""

    def __init__(self, experiment: Experiment, settings: Mapping[str, Array]) -> None:
        own = {key: v for key, v in settings.items() if key.startswith("surface.")}
        self.shape = np.broadcast_shapes(*map(np.shape, own.values())) if own else ()
        self.surfaces: list[tuple[tuple[Any, ...], Surface]] = []
        for index, pick in _picks(own, self.shape):
            self.surfaces.append((index, turned(experiment, pick).surface))
        found = [surface.lowest for _, surface in self.surfaces]
        values = [np.nan if lowest is None else lowest for lowest in found]
        self.lowest: Array = np.array(values, dtype=float).reshape(self.shape)
        goals = [goal(surface, experiment.tolerance) for _, surface in self.surfaces]
        self.goal = Goal(*(np.reshape(side, self.shape) for side in zip(*goals, strict=True)))

    def distance(self, x: Array) -> Array:
        """Return the distance of points of shape (2, p, n, m) to the nearest global minimum."""
        found = np.empty(x.shape[1:])
        for index, surface in self.surfaces:
            cells = tuple(
                slice(k, k + 1) if size > 1 else slice(None)
                for k, size in zip(index, self.shape, strict=True)
            )
            found[cells] = surface.distance(x[(slice(None), *cells)])
        return found


def _picks(
    wide: Mapping[str, Array], shape: tuple[int, ...]
) -> Iterator[tuple[tuple[int, ...], dict[str, Any]]]:
    """Yield each index of the shape that settings broadcast to, and the settings there."""
    spread = {name: np.broadcast_to(values, shape) for name, values in wide.items()}
    for index in np.ndindex(shape):
        yield index, {name: values[index].item() for name, values in spread.items()}
