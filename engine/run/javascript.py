"""Turns recorded steps, losses and schedules into JavaScript modules, for the hand to feel.

A browser that runs the rule itself answers a dragged start before the next frame. What it runs is
the recording that the engine replays, written once more: values that stay in a run, values of a
step, which many lanes share, and values of the point. All numbers stay open, so that one module
serves every setting of a rule on a surface.

Each module exports `names`, the numbers it takes in order, and one function that takes them and
the functions of `stage/run/arithmetic.js`, which do what NumPy's do where JavaScript's differ.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from engine.run.averages import Count
from engine.run.floats import SAME_NAME
from engine.run.lines import Language, Lines, Loop, Summing
from engine.run.operators import in_effect
from engine.run.recording import Form, Program, loss_stand_in, open_form, recorded, stand_in
from engine.run.tracing import Node, Pace, Tape, Untraceable, leading_to
from optimizers.base import Optimizer
from optimizers.dynamics import on_even_slope
from schedules.base import Schedule
from surfaces.base import Surface

FORMULAS: Mapping[Any, str] = {
    np.add: "{0} + {1}",
    np.subtract: "{0} - {1}",
    np.multiply: "{0} * {1}",
    np.true_divide: "{0} / {1}",
    np.floor_divide: "floorDivide({0}, {1})",
    np.remainder: "remainder({0}, {1})",
    np.power: "power({0}, {1})",
    np.negative: "-{0}",
    np.positive: "+{0}",
    np.square: "{0} * {0}",
    np.reciprocal: "1 / {0}",
    np.absolute: "Math.abs({0})",
    np.sign: "({0} > 0 ? 1 : {0} < 0 ? -1 : {0} + 0)",
    np.maximum: "({0} >= {1} || {0} !== {0} ? {0} : {1})",
    np.minimum: "({0} <= {1} || {0} !== {0} ? {0} : {1})",
    np.where: "({0} ? {1} : {2})",
    np.greater: "{0} > {1}",
    np.greater_equal: "{0} >= {1}",
    np.less: "{0} < {1}",
    np.less_equal: "{0} <= {1}",
    np.equal: "{0} === {1}",
    np.not_equal: "{0} !== {1}",
    np.isnan: "{0} !== {0}",
    np.isfinite: "Number.isFinite({0})",
    np.bitwise_and: "({0} && {1})",
    np.bitwise_or: "({0} || {1})",
    np.invert: "!{0}",
    np.logical_and: "truth({0}) && truth({1})",
    np.logical_or: "truth({0}) || truth({1})",
    np.logical_not: "!truth({0})",
    np.rint: "rint({0})",
    np.floor: "Math.floor({0})",
    np.arctan2: "Math.atan2({0}, {1})",
    np.hypot: "Math.hypot({0}, {1})",
    np.copysign: "copysign({0}, {1})",
    np.sqrt: "Math.sqrt({0})",
    np.deg2rad: "{0} * (Math.PI / 180)",
    np.exp2: "power(2, {0})",
    **{getattr(np, name): f"Math.{name}({{0}})" for name in SAME_NAME if name != "exp2"},
}
"""What each NumPy function is in JavaScript, NaN, infinities and signed zeros included."""

IN_STEP = ("t", "lr", "noise")
"""The inputs of a recording that are given anew at each step, in the order they are given."""

SLOPE = ("slope_x", "slope_y")
"""Where a move keeps the gradient that it has seen."""

FUNCTIONS = ("copysign", "floorDivide", "power", "remainder", "rint", "truth")
"""What a module may ask of the functions that it is given."""


@lru_cache(maxsize=512)
def _rule(rule: Form, loss: Form) -> str:
    optimizer = _example(rule)
    fresh = optimizer.start(np.zeros(2))
    paired = tuple(np.ndim(part) == 1 for part in fresh)
    program = recorded(rule, loss, (type(fresh), paired), True)
    rated, rates = _rates(program, rule, type(fresh))
    memory = dict(zip(fresh._fields, paired, strict=True))
    return _rule_text(program, memory, rated, rates)


def _rates(program: Program, rule: Form, kind: Any) -> tuple[str, tuple[Any, ...]]:
    """Return how each weight's learning rate is known after a step, and both where it is recorded.

    Of a rule without a linear recursion it is measured from the path; one that cannot be recorded
    leaves it unknown.
    """
    inputs, state = dict(program.inputs), program.state
    optimizer = stand_in(state[0].tape, rule, inputs)
    try:
        found = optimizer.dynamics(inputs["t"], inputs["lr"], kind(*state[1:]))
        if found is None:
            return "measured", ()
        rate = on_even_slope(found, inputs["t"], inputs["lr"])
    except (TypeError, ValueError, AttributeError, ArithmeticError):
        return "unknown", ()
    return "recorded", tuple(rate) if getattr(rate, "paired", False) else (rate, rate)


def rule_module(optimizer: Optimizer, surface: Surface) -> str:
    """Return the module of one rule on one surface. Raises Untraceable.

    `rule(numbers, functions)` gives `begin(rows, at)`, which puts fresh memory behind a point;
    `step(t, lr, noise_x, noise_y)`, before all that move; and `move(from, i, to, j)`, which
    writes the next row; `rate(from, i)` gives each weight's learning rate in the step that led to
    row i. A row is x, y, the memory, and how often each repetition has looked. On a loss of data
    `step` takes other rows as well, and `slope()` is the gradient that the latest move has seen.
    """
    return _rule(open_form(optimizer), open_form(surface))


def surface_module(surface: Surface) -> str:
    """Return the module of a surface. Raises Untraceable.

    `surface(numbers, functions)` gives `value(x, y)`, `gradient(x, y)`, `hessian(x, y)`
    and, for a surface that measures its own, `distance(x, y)`; for one of which every step sees
    another part, `seen(t, x, y)`, the gradient that step t sees.
    """
    return _surface(open_form(surface))


def schedule_module(schedule: Schedule) -> str:
    """Return the module of a schedule. Raises Untraceable.

    `schedule(numbers, steps, functions)` gives `fresh`, its memory at the start, `factor(t,
    memory)` and, where it watches the loss, `observe(loss, memory)`, which changes the memory.
    """
    return _schedule(open_form(schedule))


def _example(form: Form) -> Any:
    """Return an object of a form with the numbers of the menu."""
    return replace(form.kind(), **dict(form.fixed))


def _rule_text(
    program: Program, memory: Mapping[str, bool], rated: str, rates: tuple[Any, ...]
) -> str:
    given = (*program.inputs.values(), *program.state)
    after = (*program.next_state, *program.tries)
    nodes = [node for node in program.state[0].tape.nodes if node.pace < Pace.TRIAL]
    shared = _shared(given, nodes, (*program.fresh, *after, *rates), Pace.STEP)
    ends = (program.fresh, (*after, *program.slope), rates)
    first, move, rate = (_rest(shared, nodes, of) for of in ends)
    state = [name for node in program.state for name in shared.names[id(node)]]
    step = [name for key in IN_STEP for name in shared.names[id(program.inputs[key])]]
    rows = [shared.operand(node) for key, node in program.inputs.items() if key == "rows"]
    given_anew = [*(f"{name}_" for name in step), *(f"{name}_ = {name}" for name in rows)]
    read = [f"const {name} = from[i + {k}];" for k, name in enumerate(state)]
    felt = [f"{side} = {move.operand(g)};" for side, g in zip(SLOPE, program.slope, strict=False)]
    changing = [*step, *shared.defined[Pace.STEP], *(SLOPE if program.slope else ())]
    fresh = first.all(program.fresh, program.state[1:])
    result = move.all(after, (*program.state, *program.tries))
    began = [f"const {name} = rows[at + {k}];" for k, name in enumerate(state[:2])]
    body = [
        *shared.of[Pace.RUN],
        f"let {', '.join(f'{name} = 0' for name in changing)};",
        "return {",
        *_method(
            "begin(rows, at)",
            [*began, *first.of[Pace.POINT], *_stored("rows[at", fresh, first=2)],
        ),
        *_method(
            f"step({', '.join(given_anew)})",
            [*(f"{name} = {name}_;" for name in (*step, *rows)), *shared.of[Pace.STEP]],
        ),
        *_method(
            "move(from, i, to, j)",
            [*read, *move.of[Pace.POINT], *_stored("to[j", result), *felt],
        ),
        *_method(
            "rate(from, i)",
            [*read, *rate.of[Pace.POINT], _returned(rate, rates)],
        ),
        *(_method("slope()", [f"return {_list(SLOPE)};"]) if program.slope else ()),
        "};",
    ]
    said = {
        "memory": {name: 1 + pair for name, pair in memory.items()},
        "rated": rated,
        "asks": list(program.asks),
        "looks": [list(asks) for asks in program.looks],
    }
    return _module("rule", _numbers(program.inputs, shared), [], body, said)


@lru_cache(maxsize=128)
def _surface(form: Form) -> str:
    tape, inputs = Tape(), dict[str, Node]()
    loss = _recorded(lambda: loss_stand_in(tape, form, inputs, Pace.RUN))
    point = tape.point()
    answers: dict[str, Sequence[Any]] = {
        "value": _recorded(lambda: (loss.f(*point),)),
        "gradient": _recorded(lambda: loss.df(*point)),
        "hessian": _recorded(lambda: loss.d2f(*point)),
    }
    t = tape.input(False, Pace.POINT)
    if loss.changes:
        answers["seen"] = _recorded(lambda: loss.seen(t).df(*point))
    if form.kind.distance is not Surface.distance:
        answers["distance"] = _recorded(lambda: (loss.distance(point),))
    outputs = [output for answer in answers.values() for output in answer]
    shared = _shared((*inputs.values(), t, point), tape.nodes, outputs, Pace.RUN)
    methods: list[str] = []
    for name, answer in answers.items():
        lines = _rest(shared, tape.nodes, answer)
        found = [lines.operand(output) for output in answer]
        told = found[0] if len(found) == 1 else _list(found)
        given = [*(shared.names[id(t)] if name == "seen" else ()), *shared.names[id(point)]]
        head = f"{name}({', '.join(given)})"
        methods += _method(head, [*lines.of[Pace.POINT], f"return {told};"])
    body = [*shared.of[Pace.RUN], "return {", *methods, "};"]
    return _module("surface", _numbers(inputs, shared), [], body, {})


@lru_cache(maxsize=64)
def _schedule(form: Form) -> str:
    tape, inputs = Tape(), dict[str, Node]()
    steps = tape.input(False, Pace.RUN)
    t, loss = (tape.input(False, Pace.POINT) for _ in range(2))
    plan = _recorded(lambda: stand_in(tape, form, inputs))
    fresh: Any = _example(form).start() or ()
    memory = [tape.input(False, Pace.POINT) for _ in fresh]
    kept = type(fresh)(*memory) if memory else None
    factor = _recorded(lambda: plan.factor(t, steps, kept))
    after = _recorded(lambda: plan.observe(loss, kept)) or ()
    given = (*inputs.values(), steps, t, loss, *memory)
    shared = _shared(given, tape.nodes, (factor, *after), Pace.RUN)
    now, later = (_rest(shared, tape.nodes, found) for found in ((factor,), after))
    names = [shared.operand(node) for node in memory]
    read = [f"const {name} = memory[{k}];" for k, name in enumerate(names)]
    answer = f"return {now.operand(factor)};"
    told = [f"memory[{k}] = {later.operand(part)};" for k, part in enumerate(after)]
    body = [
        *shared.of[Pace.RUN],
        "return {",
        f"  fresh: {_list(_literal(part.item()) for part in fresh)},",
        *_method(f"factor({now.operand(t)}, memory)", [*read, *now.of[Pace.POINT], answer]),
        *_method(f"observe({later.operand(loss)}, memory)", [*read, *later.of[Pace.POINT], *told]),
        "};",
    ]
    said = {"watches": form.kind.watches_loss}
    return _module("schedule", _numbers(inputs, shared), [shared.operand(steps)], body, said)


def _shared(
    given: Sequence[Node], nodes: Sequence[Node], outputs: Sequence[Any], most: Pace
) -> Lines:
    """Return the lines of what changes no oftener than this, which several functions share."""
    needed = leading_to(nodes, *outputs)
    return Lines(JAVASCRIPT, given, [node for node in needed if node.pace <= most])


def _rest(shared: Lines, nodes: Sequence[Node], outputs: Sequence[Any]) -> Lines:
    """Return the lines that lead on from what is shared to some outputs."""
    return Lines(JAVASCRIPT, (), leading_to(nodes, *outputs), shared.names)


def _returned(lines: Lines, values: Sequence[Any]) -> str:
    return f"return {_list(lines.operand(value) for value in values)};"


def _stored(place: str, values: Sequence[str], first: int = 0) -> list[str]:
    return [f"{place} + {k}] = {value};" for k, value in enumerate(values, start=first)]


def numbers_module(
    nodes: Sequence[Node],
    inputs: Mapping[str, Node],
    state: Sequence[Node],
    outputs: Sequence[Any],
    said: Mapping[str, Any],
) -> str:
    """Return a module that fills in numbers which a step, recorded by someone else, leads to.

    `numbers(numbers, functions)` gives `fill(t, lr, noise_x, noise_y, from, i, to, j, stride)`: the
    outputs of the step that leaves row i, each a stride after the one before.
    """
    needed = leading_to(nodes, *outputs)
    given = (*inputs.values(), *state)
    shared = _shared(given, needed, outputs, Pace.RUN)
    lines = _rest(shared, needed, outputs)
    step = [name for key in IN_STEP for name in shared.names[id(inputs[key])]]
    rows = [name for node in state for name in shared.names[id(node)]]
    body = [
        *shared.of[Pace.RUN],
        "return {",
        *_method(
            f"fill({', '.join(step)}, from, i, to, j, stride)",
            [
                *(f"const {name} = from[i + {k}];" for k, name in enumerate(rows)),
                *(f"const {line}" for line in lines.of[Pace.STEP]),
                *lines.of[Pace.POINT],
                *(f"to[j + {k} * stride] = {lines.operand(v)};" for k, v in enumerate(outputs)),
            ],
        ),
        "};",
    ]
    return _module("numbers", _numbers(inputs, shared), [], body, said)


def _recorded(ask: Any) -> Any:
    try:
        return ask()
    except (TypeError, ValueError, AttributeError, ArithmeticError) as problem:
        raise Untraceable(str(problem)) from problem


def _numbers(inputs: Mapping[str, Node], lines: Lines) -> dict[str, str]:
    return {key: lines.names[id(node)][0] for key, node in inputs.items() if key not in IN_STEP}


def _module(
    name: str,
    numbers: Mapping[str, str],
    more: Sequence[str],
    body: Sequence[str],
    said: Mapping[str, Any],
) -> str:
    text = "\n".join(f"  {line}" for line in body)
    asked = [function for function in FUNCTIONS if f"{function}(" in text]
    given = [_list(numbers.values()), *more, f"{{ {', '.join(asked)} }}"]
    constants = {"names": list(numbers), **said}
    exported = [f"export const {key} = {json.dumps(value)};" for key, value in constants.items()]
    head = f"export function {name}({', '.join(given)}) {{"
    return "\n".join([*exported, head, text, "}", ""])


def _method(head: str, lines: Sequence[str]) -> list[str]:
    return [f"  {head} {{", *(f"    {line}" for line in lines), "  },"]


def _list(parts: Any) -> str:
    return f"[{', '.join(parts)}]"


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else f"{'-' if value < 0 else ''}Infinity"
    return repr(value)


def _line(pace: Pace, name: str, formula: str) -> str:
    return f"{'' if pace == Pace.STEP else 'const '}{name} = {formula};"


def _repetition(loop: Loop) -> list[str]:
    return [
        f"let {loop.value} = {loop.first};",
        f"let {loop.tries} = 0;",
        f"let {loop.goes_on} = true;",
        f"while ({loop.goes_on} && {loop.tries} < {loop.most}) {{",
        *(f"  {line}" for line in loop.body),
        f"  {loop.tries} += 1;",
        f"  {loop.goes_on} = {loop.again};",
        f"  if ({loop.goes_on}) {loop.value} = {loop.change};",
        "}",
    ]


def _in_effect(node: Node) -> Any:
    return in_effect(node) if node.pace >= Pace.POINT else node.operation


def _sums(found: Summing) -> list[str]:
    rows, (u, v) = found.rows, found.row
    return [
        f"let {', '.join(f'{total} = 0' for total in found.totals)};",
        f"for (let row = 0; row < {rows}.length; row += 2) {{",
        f"  const {u} = {rows}[row];",
        f"  const {v} = {rows}[row + 1];",
        *(f"  {line}" for line in found.body),
        *(f"  {t} += {part};" for t, part in zip(found.totals, found.parts, strict=True)),
        "}",
    ]


OPERATIONS = {**FORMULAS, Count(): "{0}.length / 2"}

JAVASCRIPT = Language(OPERATIONS, _literal, _line, _repetition, _in_effect, _sums)
