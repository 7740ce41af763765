"""The one loop: everything moves here, and whoever consumes it decides what to keep.

`states` calls a rule as it is written and says what is meant. `trajectory` gives the same path
sooner: a single one in plain floats, many lanes as a replay into arrays that are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain, repeat
from typing import Any, NamedTuple, Protocol

import numpy as np

from engine.run.floats import Row, scalar_step
from engine.run.landscapes import Counted, Noisy, noise_draws, part_seen, spread_over
from engine.run.replay import Replay
from engine.run.tracing import Asks, Untraceable
from engine.run.watch import LIMIT, Steps, first_true, lost
from optimizers.base import Optimizer
from schedules import Constant, Schedule
from surfaces.base import Array, Landscape, Surface


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
    diverged: Steps
    evaluations: Steps


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


def rates(
    optimizer: Optimizer, schedule: Schedule, steps: int, loss: Callable[[], Array]
) -> Iterator[float | Array]:
    """Yield the rate in force at each step; `loss` gives the loss at the point reached so far."""
    watched = schedule.start()
    for t in range(steps):
        rate = optimizer.lr * schedule.factor(t, steps, watched)
        if schedule.watches_loss:
            watched = schedule.observe(loss(), watched)
        yield rate


class Mover(Protocol):
    """A run that is moved a step at a time; the next step may write into the same arrays.

    `loss`, where it was asked for, belongs to the point before the latest step.
    """

    @property
    def w(self) -> Array:
        """Return the point, shape (2, ...)."""
        ...

    @property
    def memory(self) -> Any:
        """Return the rule's memory."""
        ...

    @property
    def loss(self) -> Array | None:
        """Return the loss before the latest step, shape (...)."""
        ...

    @property
    def asked(self) -> tuple[int, int, int]:
        """Return how many values, gradients and Hessians the rule has asked for so far."""
        ...

    def step(self, t: int, lr: float | Array, noise: Array | None = None) -> None:
        """Take step t >= 1 at rate `lr`; the draw, (2,) or (2, ...), is added to the gradient."""
        ...


class AsWritten:
    """A run that calls the rule itself: any rule can move so."""

    def __init__(
        self, optimizer: Optimizer, surface: Landscape, w: Array, *, with_loss: bool = False
    ) -> None:
        """Start at `w`, shape (2, ...), which is not changed."""
        self.optimizer, self.surface, self.with_loss = optimizer, Counted(surface), with_loss
        self.w, self.memory = w, optimizer.start(w)
        self.loss: Array | None = None

    @property
    def asked(self) -> tuple[int, int, int]:
        """Return how many values, gradients and Hessians the rule has asked for so far."""
        tally = self.surface.tally
        return tally.values, tally.gradients, tally.hessians

    def step(self, t: int, lr: float | Array, noise: Array | None = None) -> None:
        """Take step t >= 1 at rate `lr`; the draw, (2,) or (2, ...), is added to the gradient."""
        whole = self.surface.surface
        if self.with_loss:
            self.loss = whole.value(self.w)
        asked = Counted(part_seen(whole, t), self.surface.tally)
        seen: Landscape = asked if noise is None else Noisy(asked, noise)
        self.w, self.memory = self.optimizer.step(t, lr, self.w, self.memory, seen)


def many(
    optimizer: Optimizer,
    surface: Surface,
    w: Array,
    schedule: Schedule,
    *,
    noisy: bool,
    with_loss: bool = False,
) -> Mover:
    """Return the quickest way to move any number of lanes that the rule allows."""
    if w.ndim == 1:
        return AsWritten(optimizer, surface, w, with_loss=with_loss)
    lr: Any = np.ones(w.shape[1:]) if schedule.watches_loss else optimizer.lr
    try:
        return Replay(optimizer, surface, w, lr, noisy=noisy, with_loss=with_loss)
    except Untraceable:
        return AsWritten(optimizer, surface, w, with_loss=with_loss)


def moved(
    mover: Mover,
    optimizer: Optimizer,
    surface: Landscape,
    steps: int,
    schedule: Schedule,
    noise: Array | None = None,
) -> Iterator[State]:
    """Yield the state before the first step and after each.

    `noise` has shape (steps + 1, 2), the same for all lanes, or (steps + 1, 2, ...).
    """
    yield State(0, mover.w, mover.memory, optimizer.lr)
    plan = rates(optimizer, schedule, steps, lambda: surface.value(mover.w))
    for t, lr in enumerate(plan, start=1):
        mover.step(t, lr, None if noise is None else noise[t - 1])
        yield State(t, mover.w, mover.memory, lr)


def states(
    optimizer: Optimizer,
    surface: Landscape,
    w: Array,
    steps: int,
    schedule: Schedule,
    noise: Array | None = None,
) -> Iterator[State]:
    """Yield the state before the first step and after each; `noise` as in `moved`.

    `w` has shape (2, ...) and is not changed. Nothing is clipped or checked here: a lane that
    blows up carries inf and NaN along and disturbs no other.
    """
    yield from moved(AsWritten(optimizer, surface, w), optimizer, surface, steps, schedule, noise)


def trajectory(
    optimizer: Optimizer,
    surface: Surface,
    start: Array | tuple[float, float],
    steps: int,
    *,
    schedule: Schedule | None = None,
    sigma: float | Array = 0.0,
    seed: int = 0,
) -> Trajectory:
    """Run a rule from fresh memory and keep everything; `start` has shape (2, ...).

    Gradient noise is Gaussian with standard deviation `sigma`, the same draws for every lane;
    `sigma` of the start's shape (...) gives each lane its own.
    """
    schedule = Constant() if schedule is None else schedule
    noise = noise_draws(sigma, seed, steps) if np.any(sigma) else None
    w = lanes(optimizer, surface, np.asarray(start, dtype=float))
    with np.errstate(all="ignore"):
        record = _Record(steps, w, optimizer.start(w))
        try:
            record.single(optimizer, surface, schedule, noise)
        except Untraceable:
            record.many(optimizer, surface, schedule, noise)
        return record.finish(surface, schedule, noise)


class _Record:
    """The arrays a trajectory is written into, a row a step."""

    def __init__(self, steps: int, w: Array, memory: Any) -> None:
        self.steps, self.start, self.fresh = steps, w, memory
        self.x = np.empty((steps + 1, *w.shape))
        self.lr = np.empty((steps, *w.shape[1:]))
        self.memory = {
            name: np.empty((steps + 1, *np.shape(part)))
            for name, part in zip(memory._fields, memory, strict=True)
        }
        self.evaluations = np.zeros((steps + 1, 3), dtype=np.int64)

    def single(
        self, optimizer: Optimizer, surface: Surface, schedule: Schedule, noise: Array | None
    ) -> None:
        """Fill in a single path with floats; raises Untraceable where that cannot be done."""
        if self.start.ndim > 1:
            raise Untraceable("many lanes")
        run = scalar_step(optimizer, surface, self.fresh, noisy=noise is not None)
        row = _row(self.start, self.fresh)
        rows, looks, taken = [row], [], []
        plan = rates(optimizer, schedule, self.steps, lambda: surface.value(np.array(row[:2])))
        times = range(1, self.steps + 1)
        try:
            for t, lr, (east, north) in zip(times, map(float, plan), _draws(noise), strict=False):
                found = run.step(t, lr, east, north, *row)
                row = found[: len(row)]
                rows.append(row)
                looks.append(found[len(row) :])
                taken.append(lr)
                if not schedule.watches_loss and not _inside(row):
                    break
        except (ArithmeticError, ValueError) as problem:
            raise Untraceable(str(problem)) from problem
        self.lr[:] = [*taken, *map(float, plan)]
        self._keep_rows(rows)
        self.evaluations += np.arange(self.steps + 1)[:, None] * run.asks
        if run.looks:
            self._count(looks, run.looks)

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

    def many(
        self, optimizer: Optimizer, surface: Surface, schedule: Schedule, noise: Array | None
    ) -> None:
        """Fill in the paths of any number of lanes."""
        mover = many(optimizer, surface, self.start, schedule, noisy=noise is not None)
        for state in moved(mover, optimizer, surface, self.steps, schedule, noise):
            self.x[state.t] = state.w
            self.evaluations[state.t] = mover.asked
            for rows, part in zip(self.memory.values(), state.memory, strict=True):
                rows[state.t] = part
            if state.t:
                self.lr[state.t - 1] = state.lr

    def finish(self, surface: Surface, schedule: Schedule, noise: Array | None) -> Trajectory:
        if schedule.watches_loss:
            self.evaluations[:, 0] += np.arange(self.steps + 1)
        diverged = first_true(lost(self.x, axis=1))
        gone = (diverged >= 0) & (
            np.arange(len(self.x)).reshape(-1, *(1,) * np.ndim(diverged)) >= diverged
        )
        self.x[np.broadcast_to(gone[:, None], self.x.shape)] = np.nan
        for rows in self.memory.values():
            _blank(rows, gone)
        points = np.moveaxis(self.x, 1, 0)
        gradient = np.moveaxis(surface.gradient(points), 0, 1)
        if surface.changes:
            each = [part_seen(surface, t + 1).gradient(w) for t, w in enumerate(self.x)]
            gradient = np.array(each)
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


def _blank(rows: Array, gone: np.ndarray[Any, np.dtype[np.bool_]]) -> None:
    mask = gone if rows.ndim == gone.ndim else gone[:, None]
    if np.broadcast_shapes(mask.shape, rows.shape) == rows.shape:
        rows[np.broadcast_to(mask, rows.shape)] = np.nan
