"""The one loop: everything moves here, and whoever consumes it decides what to keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from engine.landscapes import Counted, Noisy, noise_draws
from engine.schedules import Constant, Schedule
from optimizers.base import Optimizer
from surfaces.base import Array, Landscape, Surface

LIMIT = 1e12
"""A lane with a coordinate beyond this, or one that is not finite, has diverged."""


class State(NamedTuple):
    """One moment of a run: the point after t steps, the memory, and the rate that led here."""

    t: int
    w: Array
    memory: Any
    lr: float | Array


class Trajectory(NamedTuple):
    """A whole run; `...` is the shape of the lanes, () for a single one.

    `x` (steps + 1, 2, ...), `loss` (steps + 1, ...), `gradient` (steps + 1, 2, ...) as the rule
    saw it, noise included; `memory` by field name, (steps + 1, ...); `lr` (steps, ...), the rate
    in force at each step; `diverged`, the step at which each lane diverged, or -1;
    `evaluations` (steps + 1, 3), the values, gradients and Hessians asked for up to each step.
    From its diverged step on, a lane is NaN.
    """

    x: Array
    loss: Array
    gradient: Array
    memory: Mapping[str, Array]
    lr: Array
    diverged: np.ndarray[Any, np.dtype[np.int64]]
    evaluations: np.ndarray[Any, np.dtype[np.int64]]


def lanes(optimizer: Optimizer, surface: Surface, start: Array) -> Array:
    """Return the start, spread over all lanes: shape (2, ...), contiguous and fresh.

    Hyperparameters, surface parameters and start coordinates broadcast against each other;
    ValueError if they cannot.
    """
    settings = (*optimizer.settings().values(), *surface.settings().values())
    shape = np.broadcast_shapes(np.shape(start)[1:], *(np.shape(s) for s in settings))
    start = np.asarray(start, dtype=float)
    start = start.reshape(2, *(1,) * (len(shape) + 1 - start.ndim), *start.shape[1:])
    return np.array(np.broadcast_to(start, (2, *shape)), order="C")


def states(
    optimizer: Optimizer,
    surface: Landscape,
    w: Array,
    steps: int,
    schedule: Schedule,
    noise: Array | None = None,
) -> Iterator[State]:
    """Yield the state before the first step and after each; `noise` has shape (steps + 1, 2).

    `w` has shape (2, ...) and is not changed. Nothing is clipped or checked here: a lane that
    blows up carries inf and NaN along and disturbs no other.
    """
    memory, watched = optimizer.start(w), schedule.start()
    yield State(0, w, memory, optimizer.lr)
    for t in range(steps):
        lr = optimizer.lr * schedule.factor(t, steps, watched)
        if schedule.watches_loss:
            watched = schedule.observe(surface.value(w), watched)
        seen = surface if noise is None else Noisy(surface, noise[t])
        w, memory = optimizer.step(t + 1, lr, w, memory, seen)
        yield State(t + 1, w, memory, lr)


def trajectory(
    optimizer: Optimizer,
    surface: Surface,
    start: Array | tuple[float, float],
    steps: int,
    *,
    schedule: Schedule | None = None,
    sigma: float = 0.0,
    seed: int = 0,
) -> Trajectory:
    """Run a rule from fresh memory and keep everything; `start` has shape (2, ...).

    Gradient noise is Gaussian with standard deviation `sigma`, the same draws for every lane.
    """
    schedule = Constant() if schedule is None else schedule
    noise = noise_draws(sigma, seed, steps) if sigma else None
    w = lanes(optimizer, surface, np.asarray(start, dtype=float))
    counted = Counted(surface)
    with np.errstate(all="ignore"):
        record = _Record(steps, w, optimizer.start(w))
        for state in states(optimizer, counted, w, steps, schedule, noise):
            record.keep(state, counted)
        return record.finish(surface, noise)


class _Record:
    """The arrays a trajectory is written into, a row a step."""

    def __init__(self, steps: int, w: Array, memory: Any) -> None:
        self.x = np.empty((steps + 1, *w.shape))
        self.lr = np.empty((steps, *w.shape[1:]))
        self.memory = {
            name: np.empty((steps + 1, *np.shape(part)))
            for name, part in zip(memory._fields, memory, strict=True)
        }
        self.evaluations = np.zeros((steps + 1, 3), dtype=np.int64)

    def keep(self, state: State, counted: Counted) -> None:
        t, tally = state.t, counted.tally
        self.x[t] = state.w
        self.evaluations[t] = tally.values, tally.gradients, tally.hessians
        for rows, part in zip(self.memory.values(), state.memory, strict=True):
            rows[t] = part
        if t:
            self.lr[t - 1] = state.lr

    def finish(self, surface: Surface, noise: Array | None) -> Trajectory:
        diverged = first_true(~np.all(np.abs(self.x) <= LIMIT, axis=1))
        gone = (diverged >= 0) & (
            np.arange(len(self.x)).reshape(-1, *(1,) * np.ndim(diverged)) >= diverged
        )
        self.x[np.broadcast_to(gone[:, None], self.x.shape)] = np.nan
        for rows in self.memory.values():
            _blank(rows, gone)
        points = np.moveaxis(self.x, 1, 0)
        gradient = np.moveaxis(surface.gradient(points), 0, 1)
        if noise is not None:
            gradient = gradient + noise.reshape(*noise.shape, *(1,) * (gradient.ndim - 2))
        return Trajectory(
            self.x,
            surface.value(points),
            gradient,
            self.memory,
            self.lr,
            diverged,
            self.evaluations,
        )


def first_true(flags: np.ndarray[Any, np.dtype[np.bool_]]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return, along the first axis, the index of the first True, or -1 where there is none."""
    return np.where(flags.any(axis=0), flags.argmax(axis=0), -1)


def _blank(rows: Array, gone: np.ndarray[Any, np.dtype[np.bool_]]) -> None:
    mask = gone if rows.ndim == gone.ndim else gone[:, None]
    if np.broadcast_shapes(mask.shape, rows.shape) == rows.shape:
        rows[np.broadcast_to(mask, rows.shape)] = np.nan
