"""The one loop: everything moves here, and whoever consumes it decides what to keep.

`AsWritten` calls a rule as it is written and says what is meant; `Replay` gives the same path of
many lanes sooner, into arrays that are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from engine.compile.replay import Replay
from engine.compile.tracing import Untraceable
from engine.run.run import Run
from engine.run.seen import Counted, Noisy, Swept, part_seen
from optimizers.base import Optimizer
from surfaces.base import Array, Landscape


class State(NamedTuple):
    """One moment of a run: the point after t steps, the memory, and the rate that led here."""

    t: int
    w: Array
    memory: Any
    lr: float | Array


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
        return tally["values"], tally["gradients"], tally["hessians"]

    def step(self, t: int, lr: float | Array, noise: Array | None = None) -> None:
        """Take step t >= 1 at rate `lr`; the draw, (2,) or (2, ...), is added to the gradient."""
        whole = self.surface.surface
        if self.with_loss:
            self.loss = whole.value(self.w)
        asked = Counted(part_seen(whole, t), self.surface.tally)
        seen: Landscape = asked if noise is None else Noisy(asked, noise)
        self.w, self.memory = self.optimizer.step(t, lr, self.w, self.memory, seen)


Mover = AsWritten | Replay
"""A run that is moved a step at a time; the next step may write into the same arrays.

`loss`, where it was asked for, belongs to the point before the latest step.
"""


def many(run: Run, w: Array, *, noisy: bool, with_loss: bool = False) -> Mover:
    """Return the quickest way to move lanes that stand at `w` which the rule allows."""
    rule, surface = run.optimizer, run.surface
    if w.ndim == 1:
        return AsWritten(rule, surface, w, with_loss=with_loss)
    whole = surface.swept
    if whole is not surface:
        return AsWritten(rule, Swept(surface, whole), w, with_loss=with_loss)
    lr: Any = np.ones(w.shape[1:]) if run.schedule.watches_loss else rule.lr
    try:
        return Replay(rule, surface, w, lr, noisy=noisy, with_loss=with_loss)
    except Untraceable:
        return AsWritten(rule, surface, w, with_loss=with_loss)


def moved(mover: Mover, run: Run, noise: Array | None = None) -> Iterator[State]:
    """Yield the state before the first step and after each.

    `noise` has shape (steps + 1, 2), the same for all lanes, or (steps + 1, 2, ...). Nothing is
    clipped or checked here: a lane that blows up carries inf and NaN along and disturbs no other.
    A schedule that watches many lanes sees the loss that they run on.
    """
    yield State(0, mover.w, mover.memory, run.optimizer.lr)
    whole = run.surface if mover.w.ndim == 1 else run.surface.swept
    plan = run.rates(lambda: whole.value(mover.w))
    for t, lr in enumerate(plan, start=1):
        mover.step(t, lr, None if noise is None else noise[t - 1])
        yield State(t, mover.w, mover.memory, lr)
