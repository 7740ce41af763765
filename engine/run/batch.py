"""Many runs of which only the end is kept: sweeps of settings, maps of starting points.

The lanes are cut into chunks, so that what a chunk works on stays in the processor's caches and
the memory needed does not grow with the number of lanes; large chunks run on several threads,
for NumPy lets go of Python's lock while it computes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple, TypeVar

import numpy as np

from declarations import Declared
from engine.run.cancel import Check, unchecked
from engine.run.loop import Mover, many, moved
from engine.run.outcome import Goal
from engine.run.run import Run
from engine.run.watch import Divergence, Stay
from surfaces.base import Array, Whole

Part = TypeVar("Part", bound=Declared)
Given = TypeVar("Given")
Answer = TypeVar("Answer")

CHUNK = 20_000
"""Lanes worked on at once: fewer cost more calls than they save memory traffic."""


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


def outcomes(run: Run, goal: Goal | None = None, check: Check = unchecked) -> Outcomes:
    """Keep the last row of what `trajectory` would give.

    The `goal` broadcasts against the lanes; without one nobody arrives. `check` is called at
    every step and may raise Stopped.
    """
    w, noise = run.lanes(), run.noise()
    pieces = _chunks(w.shape[1:])

    def ended(piece: tuple[slice, ...]) -> Outcomes:
        part = replace(
            run,
            optimizer=_cut(run.optimizer, piece),
            surface=_cut(run.surface, piece),
            start=w[:, *piece],
        )
        with np.errstate(all="ignore"):
            return _Watched(part, _aim(goal, w.shape[1:], piece), check).ended(noise)

    return _joined(w.shape[1:], pieces, at_once(ended, pieces))


def at_once(work: Callable[[Given], Answer], parts: Sequence[Given]) -> list[Answer]:
    """Return what work gives for each part, done in as many threads as there are processors."""
    if len(parts) == 1:
        return [work(parts[0])]
    with ThreadPoolExecutor(min(len(parts), os.cpu_count() or 1)) as threads:
        return list(threads.map(work, parts))


def losses(
    mover: Mover, run: Run, noise: Array | None, lost: Divergence, check: Check
) -> Iterator[tuple[int, Array]]:
    """Yield each step with the loss there, as far as the mover tells it, the last one in any case.

    Lanes that diverge are told to `lost`, which writes NaN into them.
    """
    for state in moved(mover, run, noise):
        check()
        if state.t and mover.loss is not None:
            yield state.t - 1, mover.loss
        lost.look(state.t, state.w)
    yield run.steps, np.array(run.surface.swept.value(mover.w))


class _Watched:
    """What is watched while a chunk of lanes moves: who has diverged, arrived, or run away."""

    def __init__(self, run: Run, goal: Goal | None, check: Check) -> None:
        self.run, self.goal, self.check = run, goal, check
        self.start = np.asarray(run.start)
        shape = self.start.shape[1:]
        self.lost, self.there, self.away = Divergence(self.start), Stay(shape), Stay(shape)

    def ended(self, noise: Array | None) -> Outcomes:
        run, with_loss = self.run, self.goal is not None
        mover = many(run, self.start, noisy=noise is not None, with_loss=with_loss)
        for t, loss in losses(mover, run, noise, self.lost, self.check):
            self._arrive(t, loss)
        away, lost = self.away.since, self.lost.steps
        arrived = np.where(lost < 0, self.there.since, -1)
        diverged = np.where(away < 0, lost, -1)
        return Outcomes(mover.w, loss, self.there.first, arrived, away, diverged)

    def _arrive(self, t: int, loss: Array) -> None:
        if self.goal is None:
            return
        self.there.look(t, self.goal.inside(loss), loss)
        if not self.goal.bounded:
            self.away.look(t, self.goal.below(loss), loss)


def _aim(goal: Goal | None, shape: tuple[int, ...], piece: tuple[slice, ...]) -> Goal | None:
    if goal is None or not any(map(np.ndim, goal)):
        return goal
    return Goal(*(np.broadcast_to(side, shape)[piece] for side in goal))


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
    never = (np.empty(shape, int) for _ in range(4))
    whole = Outcomes(np.empty((2, *shape)), np.empty(shape), *never)
    for piece, part in zip(pieces, parts, strict=True):
        whole.x[(slice(None), *piece)] = part.x
        for array, found in zip(whole[1:], part[1:], strict=True):
            array[piece] = found
    return whole
