"""Records what one step of a rule computes, so that it can be computed faster.

Rules and surfaces are written to be read: `g * g` makes a new array each time it is met. Called
once with stand-ins instead of arrays, the very same lines leave a list of the operations they
ask for. `floats` turns that list into plain Python for a single path, `javascript` into a module
for browsers. A rule whose course depends on the numbers in another way than by a bounded search
cannot be recorded and is `Untraceable`; the engine then calls it step by step.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import Field, dataclass, fields, replace
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from declarations import Declared, Number
from engine.compile.averages import of_groups, of_rows
from engine.compile.operators import as_written
from engine.compile.tracing import (
    Asks,
    Node,
    Pace,
    Repetition,
    SearchEnd,
    Tape,
    Untraceable,
    computed,
    leading_to,
)
from optimizers.base import Optimizer
from schedules.base import Schedule
from surfaces.base import Surface
from surfaces.data.regression import Regression

EVEN, WEIGHTED = 2, 3
"""How many numbers a row of data has: u and v, or a weight as well."""

TILT = ("tilt.level", "tilt.along", "tilt.up")
"""The plane that is laid on a loss of rows that stand for more: its height at 0, its slopes."""


class Form(NamedTuple):
    """What of an optimizer or surface decides its course: the class, and all but its numbers.

    A number that is 0 counts as decided, for it switches something off (weight decay).
    """

    kind: Any
    fixed: tuple[tuple[str, Any], ...]
    numbers: tuple[str, ...]
    columns: int = 0
    """How many numbers has each row of a loss of data, which stays open: u, v, and a weight."""


OWNERS: Mapping[type[Declared], str] = {
    Optimizer: "optimizer",
    Surface: "surface",
    Schedule: "schedule",
}
"""Whose number an input of a recording is: `optimizer.lr`, `surface.kappa`."""


@dataclass(frozen=True, eq=False)
class Program:
    """One recorded step: its operations in order, what goes in and what comes out.

    `fresh` is the memory at the start and `loss` belongs to the point before the step. An output
    that does not depend on anything is a plain number. `asks` is what every step asks for;
    `tries` says how often each repetition looks, and asks, beside it. Where every step may see
    other rows, `slope` is the gradient before the step as it sees it, without noise,
    which one pass gives together with the loss.
    """

    nodes: tuple[Node, ...]
    inputs: Mapping[str, Node]
    state: tuple[Node, ...]
    fresh: Any
    next_state: tuple[Any, ...]
    loss: Any
    asks: Asks
    tries: tuple[Node, ...]
    slope: tuple[Any, ...] = ()

    @property
    def looks(self) -> tuple[Asks, ...]:
        """Return what one look of each repetition asks for."""
        return tuple(node.parts[0].operation.asks for node in self.tries)

    def needed(self, *outputs: Any) -> tuple[Node, ...]:
        """Return the nodes that lead to these outputs, in an order in which they can be run."""
        return leading_to(self.nodes, *outputs)


@dataclass
class RecordedLandscape:
    """The landscape a rule sees while it is recorded: it answers with formulas and counts."""

    tape: Tape
    surface: Any
    noise: Node | None
    part: Any = None

    @property
    def seen(self) -> Any:
        """Return what the step sees of the surface: all of it, or a part."""
        return self.surface if self.part is None else self.part

    def value(self, w: Any) -> Any:
        """Return the loss."""
        self.tape.asked["values"] += 1
        return self.seen.f(*w)

    def gradient(self, w: Any) -> Any:
        """Return the gradient, its noise included."""
        self.tape.asked["gradients"] += 1
        exact = self.tape.stack(*self.seen.df(*w))
        return exact if self.noise is None else exact + self.noise

    def hessian(self, w: Any) -> Any:
        """Return the second derivatives."""
        self.tape.asked["hessians"] += 1
        return self.seen.d2f(*w)


def form(declared: Declared) -> Form:
    """Return what decides the course of an optimizer or surface, apart from its numbers."""
    values = {f.name: getattr(declared, f.name) for f in fields(declared)}
    numbers = tuple(
        f.name for f in fields(declared) if _is_number(f) and not _is_zero(values[f.name])
    )
    fixed = tuple((name, value) for name, value in values.items() if name not in numbers)
    return Form(type(declared), fixed, numbers)


def open_form(declared: Declared, columns: int = EVEN) -> Form:
    """Return the form of which every number stays open, whatever it is now, and so do rows.

    Of a surface, what does not stand in its formula is left out. `columns` are those of its rows,
    if it has any.
    """
    numbers = tuple(f.name for f in fields(declared) if _is_number(f))
    open_ = frozenset(numbers) | (declared.beside if isinstance(declared, Surface) else frozenset())
    fixed = tuple(pair for pair in form(declared).fixed if pair[0] not in open_)
    return Form(type(declared), fixed, numbers, columns * isinstance(declared, Regression))


def _is_number(of: Field[Any]) -> bool:
    return isinstance(of.metadata.get("declaration"), Number)


def _is_zero(value: Any) -> bool:
    return isinstance(value, int | float) and value == 0


@contextmanager
def tracing(*more: type[Exception]) -> Iterator[None]:
    """Make what stand-ins fail at Untraceable, and further errors, if these are named."""
    usual = (TypeError, ValueError, AttributeError, ArithmeticError)
    failures: tuple[type[Exception], ...] = (*usual, *more)
    try:
        yield
    except failures as problem:
        raise Untraceable(str(problem)) from problem


def record(optimizer: Optimizer, surface: Surface, *, noisy: bool) -> Program:
    """Record one step of a rule on a surface. Raises Untraceable.

    The numbers of both stay open, so one recording serves all settings.
    """
    return _recorded(form(optimizer), form(surface), optimizer, noisy)


def record_open(rule: Form, loss: Form) -> Program:
    """Record one step with noise from open forms. Raises Untraceable."""
    return _recorded(rule, loss, example(rule), True)


def _recorded(rule: Form, loss: Form, optimizer: Optimizer, noisy: bool) -> Program:
    fresh = optimizer.start(np.zeros(2))
    paired = tuple(np.ndim(part) == 1 for part in fresh)
    with tracing():
        return _record(rule, loss, fresh.__class__, paired, noisy)


def example(form: Form) -> Any:
    """Return an object of a form with the numbers of the menu."""
    return replace(form.kind(), **dict(form.fixed))


@lru_cache(maxsize=256)
def _record(rule: Form, loss: Form, kind: Any, paired: tuple[bool, ...], noisy: bool) -> Program:
    tape = Tape()
    inputs = {"t": tape.input(False, Pace.STEP), "lr": tape.input(False, Pace.STEP)}
    if noisy:
        inputs["noise"] = tape.input(True, Pace.STEP)
    optimizer = stand_in(tape, rule, inputs)
    surface = loss_stand_in(tape, loss, inputs, Pace.STEP)
    state = (tape.point(), *(tape.input(pair, Pace.POINT) for pair in paired))
    if "rows" in inputs:
        surface.told(*state[0])
    part = surface.seen(inputs["t"]) if surface.changes else None
    asked = RecordedLandscape(tape, surface, inputs.get("noise"), part)
    w, memory = optimizer.step(inputs["t"], inputs["lr"], state[0], kind(*state[1:]), asked)
    asks = Asks(**tape.asked)
    fresh = optimizer.start(state[0])
    loss = surface.f(*state[0])
    slope = tuple(surface.df(*state[0])) if "rows" in inputs else ()
    repetitions = tuple(node for node in tape.nodes if isinstance(node.operation, Repetition))
    tries = tuple(tape.outcome(node, SearchEnd.TRIES) for node in repetitions)
    nodes = tuple(node for node in tape.nodes if node.pace < Pace.TRIAL)
    return Program(nodes, inputs, state, fresh, (w, *memory), loss, asks, tries, slope)


def run_values(
    program: Program, nodes: Sequence[Node], optimizer: Optimizer, surface: Surface
) -> dict[int, Any]:
    """Return the values of what stays the same during a run, by the id of its node."""
    values = {
        id(program.inputs[_input_name(type(declared), name)]): getattr(declared, name)
        for declared in (optimizer, surface)
        for name in form(declared).numbers
    }
    for node in computed(nodes, Pace.RUN):
        parts = (values[id(p)] if isinstance(p, Node) else p for p in node.parts)
        values[id(node)] = as_written(node)(*parts)
    return values


def stand_in(tape: Tape, which: Form, inputs: dict[str, Node]) -> Any:
    """Return an object of a form whose open numbers are inputs; new ones join `inputs`."""
    blank = object.__new__(which.kind)
    for name, value in which.fixed:
        object.__setattr__(blank, name, value)
    for name in which.numbers:
        key = _input_name(which.kind, name)
        inputs[key] = inputs[key] if key in inputs else tape.input(False, Pace.RUN)
        object.__setattr__(blank, name, inputs[key])
    return blank


def loss_stand_in(tape: Tape, which: Form, inputs: dict[str, Node], pace: Pace) -> Any:
    """Return the stand-in of a loss; open rows are an input that changes at this pace."""
    loss = stand_in(tape, which, inputs)
    if not which.columns:
        return loss
    inputs["rows"] = tape.input(False, pace)
    if which.columns == EVEN:
        return of_rows(tape, loss, inputs["rows"])
    inputs |= {name: tape.input(False, Pace.RUN) for name in TILT}
    return of_groups(tape, loss, inputs["rows"], tuple(inputs[name] for name in TILT))


def _input_name(kind: type, name: str) -> str:
    owner = next(owner for base, owner in OWNERS.items() if issubclass(kind, base))
    return f"{owner}.{name}"
