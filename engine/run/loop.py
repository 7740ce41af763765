"""The one loop: everything moves here, and whoever consumes it decides what to keep.

A rule is called as it is written, and NumPy broadcasts it over as many lanes as there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from engine.compile.tracing import Asks
from engine.run.run import Run
from engine.run.seen import Seen, part_seen
from surfaces.base import Array, Landscape


class State(NamedTuple):
    """One moment of a run: the point after t steps, the memory, and the rate that led here.

    `asked` is what the rule has asked for so far, one ask for all lanes.
    """

    t: int
    w: Array
    memory: Any
    lr: float | Array
    asked: Asks


def moved(run: Run, w: Array, noise: Array | None = None) -> Iterator[State]:
    """Yield the state of lanes that start at `w`, shape (2, ...), and that after each step.

    `noise` has shape (steps + 1, 2), the same for all lanes, or (steps + 1, 2, ...), and is added
    to the gradient. Nothing is clipped or checked here: a lane that blows up carries inf and NaN
    along and disturbs no other. Many lanes run on the loss that is kept for sweeps, and so does a
    schedule that watches theirs.
    """
    rule, surface = run.optimizer, run.surface
    whole: Landscape = surface if w.ndim == 1 else surface.swept
    memory, asked = rule.start(w), Counter(dict.fromkeys(Asks._fields, 0))
    yield State(0, w, memory, rule.lr, Asks(**asked))
    rates = run.rates(lambda: whole.value(w))
    for t, lr in enumerate(rates, start=1):
        draw = None if noise is None else noise[t - 1]
        part = part_seen(surface, t) if surface.changes else whole
        w, memory = rule.step(t, lr, w, memory, Seen(part, draw, asked))
        yield State(t, w, memory, lr, Asks(**asked))
