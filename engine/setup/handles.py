"""Every number of an experiment that can be turned, by the name it has in a link.

A handle is what the scrubber slides, what a sweep map has on its axes and what a search tries:
`a.lr`, `b.schedule.gamma`, `surface.kappa`, `x`, `noise`. Its stops follow its declared scale.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from declarations import Declared, Number, declarations
from declarations.scale import Scale
from engine.setup.experiment import Experiment, Lane
from engine.setup.labels import labels
from engine.setup.link import SLOTS
from surfaces.base import Array

FREE = ("x", "y", "noise")
"""The experiment's own numbers that change a run without changing its length or its dice."""

DECADES = 1.0
"""How far stops on a logarithmic scale reach to either side of the present value."""


class Handle(NamedTuple):
    """A number that can be turned: its link name, whose it is, its declaration and its value."""

    key: str
    owner: str
    lane: int | None
    declaration: Number
    value: float


def handles(experiment: Experiment) -> tuple[Handle, ...]:
    """Return all handles: the lanes' in order, then the surface's, the start's and the noise."""
    return tuple(_handles(experiment))


def lane_handles(experiment: Experiment, k: int) -> tuple[Handle, ...]:
    """Return the handles of lane k: its rule's hyperparameters and its schedule's."""
    return tuple(_lane(experiment, k))


def find(experiment: Experiment, key: str) -> Handle | None:
    """Return the handle of that link name, or None."""
    return next((handle for handle in _handles(experiment) if handle.key == key), None)


def turned(experiment: Experiment, settings: Mapping[str, Any]) -> Experiment:
    """Return the experiment with handles at other values: numbers, or arrays that broadcast.

    A surface that is turned may take the start along; a coordinate that is given stays as given.
    KeyError for a name that is no handle; ValueError for a value outside its declared range.
    """
    for key in sorted(settings, key=lambda key: not key.startswith("surface.")):
        value = settings[key]
        experiment = _turned(experiment, key.split("."), value)
    return experiment


def reach(handle: Handle, window: tuple[float, float]) -> tuple[float, float]:
    """Return the lowest and the highest value worth trying.

    On a logarithmic scale that is a decade to either side, on any other the whole range; `window`
    is the side of the map that a coordinate of the start walks along.
    """
    if handle.key in ("x", "y"):
        return min(window[0], handle.value), max(window[1], handle.value)
    return handle.declaration.axis.around(handle.value, DECADES)


def between(handle: Handle, low: float, high: float, count: int) -> Array:
    """Return about `count` values on the declared scale, rising, the handle's own among them."""
    declared, axis = handle.declaration, handle.declaration.axis
    first, last = axis.place([low, high])
    spread = axis.value(np.linspace(first, last, count))
    digits = _digits(axis, spread)
    values = np.array([axis.rounded(v, digits) for v in spread])
    if declared.whole:
        values = np.round(values)
    values = np.unique(np.clip(values, declared.low, declared.high))
    if low <= handle.value <= high:
        nearest = np.argmin(np.abs(axis.place(values) - axis.place(handle.value)))
        values[nearest] = handle.value
    return np.unique(values)


def _digits(axis: Scale, spread: Array) -> int:
    """Return how many significant digits tell the values apart: three, unless they lie close."""
    sizes = axis.size(spread)
    apart = np.abs(np.diff(spread)) / np.maximum(np.maximum(sizes[1:], sizes[:-1]), 1e-300)
    close = apart[apart > 0]
    return min(max(3, 1 - math.floor(math.log10(close.min()))), 12) if close.size else 12


def _handles(experiment: Experiment) -> Iterator[Handle]:
    for k in range(len(experiment.lanes)):
        yield from _lane(experiment, k)
    surface = experiment.surface
    yield from _numbers("surface.", surface.title, None, surface)
    own = _numbers("", "", None, experiment)
    yield from (handle for handle in own if handle.key in FREE)


def _lane(experiment: Experiment, k: int) -> Iterator[Handle]:
    lane, label = experiment.lanes[k], labels(experiment)[k]
    yield from _numbers(f"{SLOTS[k]}.", label, k, lane.optimizer)
    yield from _numbers(f"{SLOTS[k]}.schedule.", label, k, lane.schedule)


def _numbers(prefix: str, owner: str, lane: int | None, value: Declared) -> Iterator[Handle]:
    for name, declaration in value.used().items():
        if isinstance(declaration, Number):
            yield Handle(prefix + name, owner, lane, declaration, getattr(value, name))


def _turned(experiment: Experiment, path: list[str], value: Any) -> Experiment:
    match path:
        case [name] if name in FREE:
            return replace(experiment, **{name: value})
        case ["surface", name]:
            surface = _with(experiment.surface, name, value)
            x, y = experiment.carried(surface)
            return replace(experiment, surface=surface, x=x, y=y)
        case [slot, *rest] if slot in SLOTS[: len(experiment.lanes)] and 1 <= len(rest) <= 2:
            k = SLOTS.index(slot)
            lanes = list(experiment.lanes)
            lanes[k] = _turned_lane(lanes[k], rest, value)
            return replace(experiment, lanes=tuple(lanes))
    raise KeyError(".".join(path))


def _turned_lane(lane: Lane, rest: list[str], value: Any) -> Lane:
    if rest[0] == "schedule" and len(rest) == 2:
        return replace(lane, schedule=_with(lane.schedule, rest[1], value))
    if len(rest) == 1:
        return replace(lane, optimizer=_with(lane.optimizer, rest[0], value))
    raise KeyError(".".join(rest))


def _with(declared: Any, name: str, value: Any) -> Any:
    if not isinstance(declarations(type(declared)).get(name), Number):
        raise KeyError(name)
    return replace(declared, **{name: value})
