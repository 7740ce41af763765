"""All stops of one handle at once: what the scrubber slides through and the fan view draws.

Each lane that the handle moves is run as one batch over the stops; lanes that it does not move
are not run at all, for their paths stand already.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from engine.run.trajectory import trajectory
from engine.run.watch import Steps
from engine.setup.experiment import Experiment, Lane
from engine.setup.handles import Handle, between, find, reach, turned
from schedules.abreast import Abreast
from surfaces.base import Array

MOST_STOPS, FEWEST_STOPS = 41, 11
MOST_POINTS = 200_000
"""Points of all paths of a fan together; long runs of many lanes get fewer stops."""


class Course(NamedTuple):
    """One lane's runs at all n stops, read-only.

    `x` (steps + 1, 2, n), `loss` (steps + 1, n), `diverged` (n,) the step or -1, and
    `evaluations` (steps + 1, 3), the values, gradients and Hessians asked for at each stop.
    """

    x: Array
    loss: Array
    diverged: Steps
    evaluations: Steps


class Fan(NamedTuple):
    """A handle, its stops in rising order, shape (n,), and the lanes that it moves."""

    handle: Handle
    stops: Array
    courses: Mapping[int, Course]


@lru_cache(maxsize=8)
def fan(experiment: Experiment, key: str, low: float | None, high: float | None) -> Fan:
    """Run all stops of the handle `key` between `low` and `high`; None for a range worth trying.

    An end outside the declared range is taken to its edge. KeyError for a name that is no handle.
    """
    handle = find(experiment, key)
    if handle is None:
        raise KeyError(key)
    moved = range(len(experiment.lanes)) if handle.lane is None else (handle.lane,)
    count = MOST_POINTS // (len(moved) * (experiment.steps + 1))
    count = min(max(count, FEWEST_STOPS), MOST_STOPS)
    stops = between(handle, *ends(experiment, handle, low, high), count)
    stops.setflags(write=False)
    courses = {k: _course(experiment, k, handle, stops) for k in moved}
    return Fan(handle, stops, MappingProxyType(courses))


def ends(
    experiment: Experiment, handle: Handle, low: float | None, high: float | None
) -> tuple[float, float]:
    """Return the range to walk through, in rising order and within the declared one."""
    side = experiment.surface.window[1 if handle.key == "y" else 0]
    usual = reach(handle, side)
    wanted = sorted(
        end if given is None else given for given, end in zip((low, high), usual, strict=True)
    )
    declared = handle.declaration
    first, last = (min(max(end, declared.low), declared.high) for end in wanted)
    return first, last


def _course(experiment: Experiment, k: int, handle: Handle, stops: Array) -> Course:
    many = turned(experiment, {handle.key: stops})
    if handle.key.split(".")[1:2] == ["schedule"]:
        lanes = list(many.lanes)
        lanes[k] = _with_schedules(experiment.lanes[k], lanes[k], handle, stops)
        many = replace(many, lanes=tuple(lanes))
    run = trajectory(many.run(k))
    course = Course(run.x, run.loss, run.diverged, run.evaluations)
    for rows in course:
        rows.setflags(write=False)
    return course


def _with_schedules(single: Lane, lane: Lane, handle: Handle, stops: Array) -> Lane:
    """Return the lane with a rate for each stop: a schedule is a formula of single numbers."""
    rate: Any = np.full(stops.shape, single.optimizer.lr)
    lane = replace(lane, optimizer=replace(single.optimizer, lr=rate))
    if single.schedule.watches_loss:
        return lane
    name = handle.key.rsplit(".", 1)[1]
    schedules = tuple(replace(single.schedule, **{name: float(stop)}) for stop in stops)
    return replace(lane, schedule=Abreast(schedules, stops.shape))
