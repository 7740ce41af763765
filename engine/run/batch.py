"""Many runs of which only the end is kept: sweeps of settings, maps of starting points.

The lanes are cut into chunks, so that what a chunk works on stays in the processor's caches and
the memory needed does not grow with the number of lanes; large chunks run on several threads,
for NumPy lets go of Python's lock while it computes.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

import numpy as np

from declarations import Declared
from engine.run.landscapes import noise_draws
from engine.run.loop import LIMIT, lanes, many, moved
from engine.run.stopping import Check, unchecked
from optimizers.base import Optimizer
from schedules import Constant, Schedule
from surfaces.base import Array, Surface

Steps = np.ndarray[Any, np.dtype[np.int64]]
Part = TypeVar("Part", bound=Declared)

CHUNK = 20_000
"""Lanes worked on at once: fewer cost more calls than they save memory traffic."""


class Outcomes(NamedTuple):
    """The ends of many runs; `...` is the shape of the lanes.

    `x` (2, ...) and `loss` (...) after the last step, NaN for a lane that diverged; the first
    step at which the loss was at most the target, and the step at which the lane diverged, each
    (...) and -1 for never.
    """

    x: Array
    loss: Array
    steps_to_target: Steps
    diverged: Steps


def outcomes(
    optimizer: Optimizer,
    surface: Surface,
    start: Array | tuple[float, float],
    steps: int,
    *,
    schedule: Schedule | None = None,
    sigma: float = 0.0,
    seed: int = 0,
    target: float | Array | None = None,
    check: Check = unchecked,
) -> Outcomes:
    """Run a rule from fresh memory and keep the last row of what `trajectory` would give.

    `start` has shape (2, ...); hyperparameters, surface parameters and start broadcast against
    each other, and so does `target`. ValueError if they cannot. `check` is called at every step
    and may raise Stopped.
    """
    schedule = Constant() if schedule is None else schedule
    noise = noise_draws(sigma, seed, steps) if sigma else None
    w = lanes(optimizer, surface, np.asarray(start, dtype=float))
    pieces = _chunks(w.shape[1:])

    def run(piece: tuple[slice, ...]) -> Outcomes:
        course = _Course(w[:, *piece], _aim(target, w.shape[1:], piece), check)
        with np.errstate(all="ignore"):
            return course.run(_cut(optimizer, piece), _cut(surface, piece), steps, schedule, noise)

    if len(pieces) == 1:
        return _joined(w.shape[1:], pieces, [run(pieces[0])])
    with ThreadPoolExecutor(min(len(pieces), os.cpu_count() or 1)) as threads:
        return _joined(w.shape[1:], pieces, list(threads.map(run, pieces)))


class _Course:
    """What is watched while a chunk of lanes moves: who has diverged, who has arrived."""

    def __init__(self, start: Array, target: float | Array | None, check: Check) -> None:
        self.start, self.target, self.check = start, target, check
        self.diverged = np.full(start.shape[1:], -1)
        self.arrived = np.full(start.shape[1:], -1)
        self.waiting = np.ones(start.shape[1:], dtype=bool)
        self.inside = start.size

    def run(
        self,
        optimizer: Optimizer,
        surface: Surface,
        steps: int,
        schedule: Schedule,
        noise: Array | None,
    ) -> Outcomes:
        noisy, with_loss = noise is not None, self.target is not None
        mover = many(optimizer, surface, self.start, schedule, noisy=noisy, with_loss=with_loss)
        for state in moved(mover, optimizer, surface, steps, schedule, noise):
            self.check()
            if state.t and mover.loss is not None:
                self._arrive(state.t - 1, mover.loss)
            self._lose(state.t, state.w)
        loss = np.array(surface.value(mover.w))
        self._arrive(steps, loss)
        return Outcomes(mover.w, loss, self.arrived, self.diverged)

    def _lose(self, t: int, w: Array) -> None:
        """Make lanes that have left the limit NaN, which they stay; usually there is none."""
        if w.size and w.min() >= -LIMIT and w.max() <= LIMIT:
            return
        inside = np.abs(w) <= LIMIT
        if np.count_nonzero(inside) == self.inside:
            return
        outside = ~inside.all(axis=0)
        self.diverged[outside & (self.diverged < 0)] = t
        np.copyto(w, np.nan, where=outside)
        self.inside = w.size - 2 * int(np.count_nonzero(self.diverged >= 0))

    def _arrive(self, t: int, loss: Array) -> None:
        if self.target is None:
            return
        here = (loss <= self.target) & self.waiting
        if here.any():
            self.arrived[here] = t
            self.waiting &= ~here


def _aim(
    target: float | Array | None, shape: tuple[int, ...], piece: tuple[slice, ...]
) -> float | Array | None:
    if target is None or np.ndim(target) == 0:
        return target
    return np.broadcast_to(target, shape)[piece]


def _chunks(shape: tuple[int, ...]) -> list[tuple[slice, ...]]:
    """Cut the longest axis into the fewest equal pieces of at most CHUNK lanes, if it can be."""
    if not shape:
        return [()]
    axis = int(np.argmax(shape))
    pieces = min(shape[axis], -(-int(np.prod(shape)) // CHUNK)) or 1
    ends = np.linspace(0, shape[axis], pieces + 1).astype(int).tolist()
    whole = [slice(None)] * len(shape)
    return [(*whole[:axis], slice(low, high), *whole[axis + 1 :]) for low, high in pairwise(ends)]


def _cut(declared: Part, piece: tuple[slice, ...]) -> Part:
    """Return the same rule or loss with only this piece of the settings that have lanes."""
    found = {}
    for name, value in declared.settings().items():
        shape = np.shape(value)
        if shape:
            near = piece[len(piece) - len(shape) :]
            found[name] = value[
                tuple(cut if n > 1 else slice(None) for n, cut in zip(shape, near, strict=True))
            ]
    return replace(declared, **found)


def _joined(
    shape: tuple[int, ...], pieces: list[tuple[slice, ...]], parts: list[Outcomes]
) -> Outcomes:
    whole = Outcomes(
        np.empty((2, *shape)), np.empty(shape), np.empty(shape, int), np.empty(shape, int)
    )
    for piece, part in zip(pieces, parts, strict=True):
        whole.x[(slice(None), *piece)] = part.x
        whole.loss[piece] = part.loss
        whole.steps_to_target[piece] = part.steps_to_target
        whole.diverged[piece] = part.diverged
    return whole
