"""A rule's arithmetic at every step of a run: its formula, and the same with numbers put in.

The page sets the MathML once and then only writes numbers into it: every `<mn data-slot="k">`
shows `values[k, t]`, written by `significant`. With `data-wrap="sign"` a negative number stands in
parentheses, with `data-wrap="power"` also one that is written with a power of ten. A row
`<mtr data-chosen="k">` is a case that applies at step t if `values[k, t]` is 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from engine.notation import Assignment, Symbol, display, mathml, parse_expression
from engine.notation.evaluation import Evaluation
from engine.notation.printed import (
    Comparison,
    Loss,
    Point,
)
from engine.notation.rules import NOISE, carried_out, known, noisy, parsed
from engine.run.trajectory import Trajectory
from optimizers.base import Optimizer
from packets.slots import Slots
from packets.substitution import NotShown, Numbers
from surfaces.base import Array, Landscape, Surface

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


def _settled(value: Any) -> Any:
    """Return a rate that is the same at every step as one number, anything else as it is."""
    steady = np.ndim(value) == 1 and len(value) and np.all(value == value[0])
    return float(value[0]) if steady else value


def _line(line: Assignment, known: Evaluation, slots: Slots) -> Line:
    result = known.values[line.name]
    coordinates = (0, 1) if np.ndim(result) == 2 else (None,)
    rows = "".join(_row(line, known, slots, coordinate) for coordinate in coordinates)
    table = f'<mtable displaystyle="true">{rows}</mtable>'
    return Line(display(mathml(line)), display(table))


def _row(line: Assignment, known: Evaluation, slots: Slots, coordinate: int | None) -> str:
    label = "" if coordinate is None else f"<mi>{'xy'[coordinate]}</mi>"
    try:
        body = mathml(Numbers(known, slots, coordinate).line(line.expression))
    except NotShown:
        body = ""
    result = mathml(slots.of(line.name, known.values[line.name], coordinate))
    return (
        f"<mtr>{_cell(label, 'left')}{_cell(body, 'right')}{_cell(_EQUALS + result, 'left')}</mtr>"
    )


def _cell(content: str, side: str) -> str:
    return f'<mtd style="text-align: {side}">{content}</mtd>'
