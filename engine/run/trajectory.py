"""A whole run with everything kept: a single path in plain floats, many lanes as written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, repeat
from typing import Any, NamedTuple

import numpy as np

from engine.compile.floats import Row, scalar_step
from engine.compile.tracing import LIMIT, Asks, Untraceable
from engine.run.loop import moved
from engine.run.run import Run
from engine.run.seen import part_seen, spread_over
from engine.run.watch import first_true, lost
from surfaces.base import Array, Flags, Whole


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
    diverged: Whole
    evaluations: Whole


def trajectory(run: Run) -> Trajectory:
    """Run from fresh memory and keep everything."""
    with np.errstate(all="ignore"):
        record = _Recorder(run)
        try:
            record.single()
        except Untraceable:
            record.many()
        return record.finish()


class _Recorder:
    """The arrays a trajectory is written into, a row a step."""

    def __init__(self, run: Run) -> None:
        self.run, self.steps, self.draws = run, run.steps, run.noise()
        self.start = w = run.lanes()
        self.fresh = memory = run.optimizer.start(w)
        steps = run.steps
        self.x = np.empty((steps + 1, *w.shape))
        self.lr = np.empty((steps, *w.shape[1:]))
        self.memory = {
            name: np.empty((steps + 1, *np.shape(part)))
            for name, part in zip(memory._fields, memory, strict=True)
        }
        self.evaluations = np.zeros((steps + 1, 3), dtype=np.int64)

    def single(self) -> None:
        """Fill in a single path with floats; raises Untraceable where that cannot be done."""
        if self.start.ndim > 1:
            raise Untraceable("many lanes")
        run, noise = self.run, self.draws
        step = scalar_step(run.optimizer, run.surface, noisy=noise is not None)
        row = _row(self.start, self.fresh)
        rows, looks, taken = [row], [], []
        plan = run.rates(lambda: run.surface.value(np.array(row[:2])))
        times = range(1, self.steps + 1)
        try:
            for t, lr, (east, north) in zip(times, map(float, plan), _draws(noise), strict=False):
                found = step.step(t, lr, east, north, *row)
                row = found[: len(row)]
                rows.append(row)
                looks.append(found[len(row) :])
                taken.append(lr)
                if not run.schedule.watches_loss and not _inside(row):
                    break
        except (ArithmeticError, ValueError) as problem:
            raise Untraceable(str(problem)) from problem
        self.lr[:] = [*taken, *map(float, plan)]
        self._keep_rows(rows)
        self.evaluations += np.arange(self.steps + 1)[:, None] * step.asks
        if step.looks:
            self._count(looks, step.looks)

    def _keep_rows(self, rows: list[Row]) -> None:
        table = np.fromiter(chain.from_iterable(rows), float, len(rows) * len(rows[0]))
        columns = iter(table.reshape(len(rows), -1).T)
        for part in (self.x, *self.memory.values()):
            part[len(rows) :] = np.nan
            for column in part.reshape(self.steps + 1, -1).T:
                column[: len(rows)] = next(columns)

    def _count(self, looks: list[Row], asks: tuple[Asks, ...]) -> None:
        """Add what the repetitions of each step have asked for; none after the limit."""
        counts = np.zeros((self.steps + 1, len(asks)), dtype=np.int64)
        counts[1 : len(looks) + 1] = looks
        self.evaluations += np.cumsum(counts, axis=0) @ np.array(asks)

    def many(self) -> None:
        """Fill in the paths of any number of lanes."""
        for state in moved(self.run, self.start, self.draws):
            self.x[state.t] = state.w
            self.evaluations[state.t] = state.asked
            for rows, part in zip(self.memory.values(), state.memory, strict=True):
                rows[state.t] = part
            if state.t:
                self.lr[state.t - 1] = state.lr

    def finish(self) -> Trajectory:
        surface, noise = self.run.surface, self.draws
        if self.run.schedule.watches_loss:
            self.evaluations[:, 0] += np.arange(self.steps + 1)
        diverged = first_true(lost(self.x, axis=1))
        gone = (diverged >= 0) & (
            np.arange(len(self.x)).reshape(-1, *(1,) * np.ndim(diverged)) >= diverged
        )
        self.x[np.broadcast_to(gone[:, None], self.x.shape)] = np.nan
        for rows in self.memory.values():
            _blank(rows, gone)
        points = np.moveaxis(self.x, 1, 0)
        if surface.changes:
            each = [part_seen(surface, t + 1).gradient(w) for t, w in enumerate(self.x)]
            gradient = np.array(each)
        else:
            gradient = np.moveaxis(surface.gradient(points), 0, 1)
        if noise is not None:
            gradient = gradient + spread_over(noise, gradient.ndim)
        return Trajectory(
            self.x,
            surface.value(points),
            gradient,
            self.memory,
            self.lr,
            diverged,
            self.evaluations,
        )


def _row(w: Array, memory: Any) -> Row:
    return tuple(float(number) for part in (w, *memory) for number in np.ravel(part))


def _inside(row: Row) -> bool:
    return -LIMIT <= row[0] <= LIMIT and -LIMIT <= row[1] <= LIMIT


def _draws(noise: Array | None) -> Iterator[tuple[float, float]]:
    return repeat((0.0, 0.0)) if noise is None else iter(noise.tolist())


def _blank(rows: Array, gone: Flags) -> None:
    mask = gone if rows.ndim == gone.ndim else gone[:, None]
    if np.broadcast_shapes(mask.shape, rows.shape) == rows.shape:
        rows[np.broadcast_to(mask, rows.shape)] = np.nan
