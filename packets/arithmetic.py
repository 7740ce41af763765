"""A rule's arithmetic at every step of a run: its formula, and the same with numbers put in.

The page sets the MathML once and then only writes numbers into it: every `<mn data-slot="k">`
shows `values[k, t]`, written by `significant`. With `data-wrap="sign"` a negative number stands in
parentheses, with `data-wrap="power"` also one that is written with a power of ten. A row
`<mtr data-chosen="k">` is a case that applies at step t if `values[k, t]` is 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import singledispatch
from typing import Any, NamedTuple

import numpy as np

from engine.notation import Assignment, Node, Symbol, display, mathml, parse_expression
from engine.notation.evaluation import IDENTITY, Evaluation
from engine.notation.nodes import (
    Branch,
    Call,
    Cases,
    Comparison,
    Constant,
    Fenced,
    Fraction,
    Junction,
    Loss,
    Partial,
    Point,
    Power,
    Product,
    Ratio,
    Root,
    Slot,
    Sum,
)
from engine.notation.rules import NOISE, carried_out, known, noisy, parsed
from engine.run.trajectory import Trajectory
from optimizers.base import Optimizer
from packets.significant import DIGITS, significant
from surfaces.base import Array, Landscape, Surface

SETTING = 12
"""The digits of a setting: all it has, for 1 - 0.999975 is not 1 - 0.99998."""

_EQUALS = '<mo form="infix">=</mo>'


class Line(NamedTuple):
    """One line of a rule as MathML: as it is printed, and with slots for a step's numbers."""

    formula: str
    numbers: str


class Arithmetic(NamedTuple):
    """A rule's lines, and the numbers for their slots.

    `values` has shape (slots, steps + 1): column t holds the step from t - 1 to t, column 0 is
    NaN, and so is what is not known once the lane has diverged.
    """

    lines: tuple[Line, ...]
    values: Array


def arithmetic(
    optimizer: Optimizer, surface: Surface, run: Trajectory, noise: Array | None = None
) -> Arithmetic:
    """Return one lane's arithmetic; `noise` (steps + 1, 2) is by what the run's gradients are off.

    With noise the gradient stands as it is and the draw beside it, so that both are true. The
    numbers come from carrying out the printed formula, not from the code behind it.
    """
    slots = Slots(len(run.x))
    rule = parsed(optimizer) if noise is None else noisy(optimizer)
    with np.errstate(all="ignore"):
        start = {name: _settled(value) for name, value in known(optimizer, run).items()}
        if noise is not None:
            start[NOISE] = noise[:-1].T
        lines = shown(rule, start, surface, slots)
    return Arithmetic(lines, np.array(slots.rows))


def shown(
    rule: tuple[Assignment, ...], start: Mapping[Symbol, Any], seen: Landscape, slots: Slots
) -> tuple[Line, ...]:
    """Return a rule's lines with slots for all numbers that change, which `slots` keeps."""
    steps = carried_out(rule, start, seen)
    return tuple(_line(line, Evaluation(now, seen), slots) for line, now in steps)


def surface_mathml(surface: Surface) -> str:
    """Return a surface's formula as MathML, with f(x, y) on its left."""
    name = parse_expression("f(x)")
    assert isinstance(name, Loss)
    left = replace(name, point=Point(Symbol("x"), Symbol("y")))
    equation = Comparison((left, parse_expression(surface.formula)), ("=",))
    return display(mathml(equation))


class _NotShown(Exception):
    """A formula that cannot be written coordinate by coordinate."""


@dataclass
class Slots:
    """The numbers that change with time, each kept once: a row of (steps + 1) for each."""

    length: int
    rows: list[Any] = field(default_factory=list)
    places: dict[tuple[Any, int | None], int] = field(default_factory=dict)

    def of(self, key: Any, value: Any, coordinate: int | None, wrap: str = "") -> Node:
        """Return a slot for a value, or the number itself where it never changes.

        The value is a number, (steps,) for a scalar, or (2, steps).
        """
        if np.ndim(value) == 0:
            return _written(float(value), wrap)
        if np.ndim(value) == 1:
            coordinate = None
        return Slot(self.index(key, value, coordinate), wrap)

    def index(self, key: Any, value: Any, coordinate: int | None) -> int:
        """Return the index of the row with this value, adding it when it is new."""
        place = (key, coordinate)
        if place not in self.places:
            self.places[place] = len(self.rows)
            self.rows.append(self.row(value if coordinate is None else value[coordinate]))
        return self.places[place]

    def row(self, value: Any) -> Any:
        """Return what is kept of a value: a row that begins a step later."""
        row = np.full(self.length, np.nan)
        row[1:] = value
        return row


def _settled(value: Any) -> Any:
    """Return a rate that is the same at every step as one number, anything else as it is."""
    steady = np.ndim(value) == 1 and len(value) and np.all(value == value[0])
    return float(value[0]) if steady else value


def _written(value: float, wrap: str, digits: int = DIGITS) -> Node:
    text = significant(value, digits)
    number = Constant(text)
    return Fenced("(", number) if wrap and _needs_fence(text, wrap) else number


def _needs_fence(text: str, wrap: str) -> bool:
    return text.startswith("−") or (wrap == "power" and "×" in text)


def _line(line: Assignment, known: Evaluation, slots: Slots) -> Line:
    result = known.values[line.name]
    coordinates = (0, 1) if np.ndim(result) == 2 else (None,)
    rows = "".join(_row(line, known, slots, coordinate) for coordinate in coordinates)
    table = f'<mtable displaystyle="true">{rows}</mtable>'
    return Line(display(mathml(line)), display(table))


def _row(line: Assignment, known: Evaluation, slots: Slots, coordinate: int | None) -> str:
    label = "" if coordinate is None else f"<mi>{'xy'[coordinate]}</mi>"
    try:
        body = mathml(_Numbers(known, slots, coordinate).line(line.expression))
    except _NotShown:
        body = ""
    result = mathml(slots.of(line.name, known.values[line.name], coordinate))
    return (
        f"<mtr>{_cell(label, 'left')}{_cell(body, 'right')}{_cell(_EQUALS + result, 'left')}</mtr>"
    )


def _cell(content: str, side: str) -> str:
    return f'<mtd style="text-align: {side}">{content}</mtd>'


@dataclass(frozen=True)
class _Numbers:
    """A formula with numbers in place of its names, for one coordinate (None: a scalar)."""

    known: Evaluation
    slots: Slots
    coordinate: int | None

    def line(self, node: Node) -> Node:
        """Return a whole right-hand side; a gradient that stands alone names its point."""
        if isinstance(node, Loss) and node.order == 1 and self.coordinate is not None:
            return Partial("xy"[self.coordinate], self.point(node.point))
        return self.put(node, "")

    def point(self, node: Node) -> Point:
        """Return both coordinates of a point."""
        value = self.known.of(node)
        if np.ndim(value) != 2:
            raise _NotShown
        return Point(self.slots.of(node, value, 0), self.slots.of(node, value, 1))

    def value(self, node: Node, wrap: str) -> Node:
        """Return what a part is worth."""
        value = self.known.of(node)
        if np.ndim(value) == 2 and self.coordinate is None:
            raise _NotShown
        if np.ndim(value) == 0 and isinstance(node, Symbol):
            return _written(float(value), wrap, SETTING)
        return self.slots.of(node, value, self.coordinate, wrap)

    def put(self, node: Node, wrap: str) -> Node:
        """Return a node with its numbers; `wrap` says when its first one needs parentheses."""
        return _put(node, wrap, self)

    def branch(self, branch: Branch, chosen: Any) -> Branch:
        """Return a case with its numbers and the slot that says when it is the one chosen."""
        condition = None if branch.condition is None else self.put(branch.condition, "")
        coordinate = self.coordinate if np.ndim(chosen) == 2 else None
        index = self.slots.index(branch, chosen, coordinate)
        return Branch(self.put(branch.value, ""), condition, index)


@singledispatch
def _put(node: Node, wrap: str, to: _Numbers) -> Node:
    raise _NotShown


@_put.register
def _(node: Constant, wrap: str, to: _Numbers) -> Node:
    return node


@_put.register
def _(node: Symbol, wrap: str, to: _Numbers) -> Node:
    if node == IDENTITY:
        raise _NotShown
    return to.value(node, wrap) if node in to.known.values else node


@_put.register
def _(node: Loss, wrap: str, to: _Numbers) -> Node:
    if node.order == 2:
        raise _NotShown
    return to.value(node, wrap)


@_put.register
def _(node: Sum, wrap: str, to: _Numbers) -> Node:
    (sign, first), *rest = node.terms
    leading = to.put(first, wrap if sign == "+" else "sign")
    return Sum(((sign, leading), *((s, to.put(term, "sign")) for s, term in rest)))


@_put.register
def _(node: Product, wrap: str, to: _Numbers) -> Node:
    first, *rest = node.factors
    factors = (to.put(first, wrap), *(to.put(factor, "sign") for factor in rest))
    return Product(factors, ("×",) * len(rest))


@_put.register
def _(node: Fraction, wrap: str, to: _Numbers) -> Node:
    return Fraction(to.put(node.above, ""), to.put(node.below, ""))


@_put.register
def _(node: Ratio, wrap: str, to: _Numbers) -> Node:
    return Ratio(to.put(node.left, wrap), to.put(node.right, "sign"))


@_put.register
def _(node: Root, wrap: str, to: _Numbers) -> Node:
    return Root(to.put(node.body, ""))


@_put.register
def _(node: Power, wrap: str, to: _Numbers) -> Node:
    return Power(to.put(node.base, "power"), to.put(node.exponent, ""))


@_put.register
def _(node: Fenced, wrap: str, to: _Numbers) -> Node:
    if node.fence == "‖":
        return Fenced(node.fence, to.point(node.body))
    return Fenced(node.fence, to.put(node.body, ""))


@_put.register
def _(node: Call, wrap: str, to: _Numbers) -> Node:
    return replace(node, arguments=tuple(to.put(a, "") for a in node.arguments), bare=False)


@_put.register
def _(node: Comparison, wrap: str, to: _Numbers) -> Node:
    return replace(node, parts=tuple(to.put(part, "") for part in node.parts))


@_put.register
def _(node: Junction, wrap: str, to: _Numbers) -> Node:
    return replace(node, conditions=tuple(to.put(c, "") for c in node.conditions))


@_put.register
def _(node: Cases, wrap: str, to: _Numbers) -> Node:
    free: Any = True
    branches = []
    for branch in node.branches:
        holds = to.known.holds(branch)
        branches.append(to.branch(branch, np.logical_and(free, holds)))
        free = np.logical_and(free, np.logical_not(holds))
    return Cases(tuple(branches))
