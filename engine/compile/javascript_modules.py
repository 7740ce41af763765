"""Turns recorded steps, losses and schedules into JavaScript modules, for the hand to feel.

A browser that runs the rule itself answers a dragged start before the next frame. What it runs is
the recording that the engine runs, written once more: values that stay in a run, values of a
step, which many lanes share, and values of the point. All numbers stay open, so that one module
serves every setting of a rule on a surface.

Each module exports `names`, the numbers it takes in order, and one function that takes them and
the functions of `stage/run/arithmetic.js`, which do what NumPy's do where JavaScript's differ.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from engine.compile.javascript import (
    lines_after,
    listed,
    literal,
    method,
    methods_text,
    module_text,
    numbers_of,
    shared_lines,
    step_names,
    stored,
)
from engine.compile.lines import Lines
from engine.compile.recording import (
    EVEN,
    Form,
    Program,
    example,
    loss_stand_in,
    open_form,
    record_open,
    stand_in,
    tracing,
)
from engine.compile.tracing import Node, Pace, Tape, Untraceable
from optimizers.base import Optimizer
from optimizers.dynamics import on_even_slope
from schedules.base import Schedule
from surfaces.base import Surface

SEEN = ("level", "slope_x", "slope_y")
"""Where a move keeps the loss and the gradient that it has seen."""


@lru_cache(maxsize=512)
def _rule(rule: Form, loss: Form) -> str:
    program = record_open(rule, loss)
    return _rule_text(program, _linear(program, rule))


class _Linear(NamedTuple):
    """What is known of a rule as a linear recursion, after the step that led to a point.

    `rated` says how each weight's learning rate is known, and `rates` are both where it is
    recorded; `dynamics` are the numbers of `Dynamics`, and `scaling` says what its scale is like.
    """

    rated: str
    rates: tuple[Any, ...] = ()
    dynamics: tuple[Any, ...] = ()
    scaling: str = ""


def _linear(program: Program, rule: Form) -> _Linear:
    """Record a rule's recursion.

    Of a rule without one, rates are measured from the path; one that cannot be recorded leaves
    them unknown.
    """
    inputs, state, kind = dict(program.inputs), program.state, type(program.fresh)
    optimizer = stand_in(state[0].tape, rule, inputs)
    try:
        with tracing():
            found = optimizer.dynamics(inputs["t"], inputs["lr"], kind(*state[1:]))
            if found is None:
                return _Linear("measured")
            rate = on_even_slope(found, inputs["t"], inputs["lr"])
    except Untraceable:
        return _Linear("unknown")
    first = math.nan if found.first is None else found.first
    numbers = (found.gain, found.beta, found.ahead, found.penalty, found.decay, first)
    scaling = "even" if isinstance(found.scale, float) else "scaled"
    return _Linear("recorded", _sides(rate), (*numbers, *_sides(found.scale)), scaling)


def _sides(value: Any) -> tuple[Any, Any]:
    """Return what a value is for x and for y."""
    return (value[0], value[1]) if getattr(value, "paired", False) else (value, value)


def rule_module(optimizer: Optimizer, surface: Surface) -> str:
    """Return the module of one rule on one surface. Raises Untraceable.

    `rule(numbers, functions)` gives `begin(rows, at)`, which puts fresh memory behind a point;
    `step(t, lr, noise_x, noise_y)`, before all that move; and `move(from, i, to, j)`, which
    writes the next row; `rate(from, i)` gives each weight's learning rate in the step that led to
    row i, and `dynamics(from, i)` its numbers as a linear recursion where it is one, NaN for a
    `first` that does not differ. A row is x, y, the memory, and how often each repetition has
    looked. On a loss of data `step` takes other rows as well, and `seen()` is the loss and the
    gradient of these rows at the point that the latest move has left.
    """
    return _rule(open_form(optimizer), open_form(surface))


def surface_module(surface: Surface, columns: int = EVEN) -> str:
    """Return the module of a surface, of data whose rows have so many numbers. Raises Untraceable.

    `surface(numbers, functions)` gives `value(x, y)`, `gradient(x, y)`, `hessian(x, y)`
    and, for a surface that measures its own, `distance(x, y)`; for one of which every step sees
    another part, `seen(t, x, y)`, the gradient that step t sees.
    """
    return _surface(open_form(surface, columns))


def schedule_module(schedule: Schedule) -> str:
    """Return the module of a schedule. Raises Untraceable.

    `schedule(numbers, steps, functions)` gives `fresh`, its memory at the start, `factor(t,
    memory)` and, where it watches the loss, `observe(loss, memory)`, which changes the memory.
    """
    return _schedule(open_form(schedule))


def _rule_text(program: Program, linear: _Linear) -> str:
    after, rates = (*program.next_state, *program.tries), linear.rates
    seen = (program.loss, *program.slope) if program.slope else ()
    bends = linear.dynamics
    nodes = [node for node in program.state[0].tape.nodes if node.pace < Pace.TRIAL]
    given = (*program.inputs.values(), *program.state)
    shared = shared_lines(given, nodes, (*program.fresh, *after, *rates, *bends), Pace.STEP)
    ends = (program.fresh, (*after, *seen), rates, bends)
    first, move, rate, bend = (lines_after(shared, nodes, found) for found in ends)
    state = [name for node in program.state for name in shared.names[id(node)]]
    read = [f"const {name} = from[i + {k}];" for k, name in enumerate(state)]
    began = [f"const {name} = rows[at + {k}];" for k, name in enumerate(state[:2])]
    fresh = stored("rows[at", first.all(program.fresh, program.state[1:]), first=2)
    moved = stored("to[j", move.all(after, (*program.state, *program.tries)))
    recursion = [*read, *bend.of[Pace.POINT], _returned(bend, bends)]
    kept = SEEN[: len(seen)]
    felt = [f"{name} = {move.operand(one)};" for name, one in zip(kept, seen, strict=True)]
    methods = {
        "begin(rows, at)": [*began, *first.of[Pace.POINT], *fresh],
        **_step(program, shared),
        "move(from, i, to, j)": [*read, *move.of[Pace.POINT], *moved, *felt],
        "rate(from, i)": [*read, *rate.of[Pace.POINT], _returned(rate, rates)],
        **({"dynamics(from, i)": recursion} if bends else {}),
        **({"seen()": [f"return {listed(SEEN)};"]} if seen else {}),
    }
    changing = [*step_names(program.inputs, shared), *shared.defined[Pace.STEP], *kept]
    memory = zip(program.fresh._fields, program.state[1:], strict=True)
    begun = f"let {', '.join(f'{name} = 0' for name in changing)};"
    said = {
        "memory": {name: 1 + part.paired for name, part in memory},
        "rated": linear.rated,
        "scaling": linear.scaling,
        "asks": list(program.asks),
        "looks": [list(asks) for asks in program.looks],
    }
    body = [*shared.of[Pace.RUN], begun, *methods_text(methods)]
    return module_text("rule", numbers_of(program.inputs, shared), [], body, said)


def _step(program: Program, shared: Lines) -> dict[str, list[str]]:
    """Return what takes in a step's numbers and computes what all lanes share of it."""
    step = step_names(program.inputs, shared)
    rows = [shared.operand(node) for key, node in program.inputs.items() if key == "rows"]
    anew = [*(f"{name}_" for name in step), *(f"{name}_ = {name}" for name in rows)]
    taken = [f"{name} = {name}_;" for name in (*step, *rows)]
    return {f"step({', '.join(anew)})": [*taken, *shared.of[Pace.STEP]]}


@lru_cache(maxsize=128)
def _surface(form: Form) -> str:
    tape, inputs = Tape(), dict[str, Node]()
    with tracing():
        loss = loss_stand_in(tape, form, inputs, Pace.RUN)
        point = tape.point()
        answers: dict[str, Sequence[Any]] = {
            "value": (loss.f(*point),),
            "gradient": loss.df(*point),
            "hessian": loss.d2f(*point),
        }
        t = tape.input(False, Pace.POINT)
        if loss.changes:
            answers["seen"] = loss.seen(t).df(*point)
        if form.kind.distance is not Surface.distance:
            answers["distance"] = (loss.distance(point),)
    outputs = [output for answer in answers.values() for output in answer]
    shared = shared_lines((*inputs.values(), t, point), tape.nodes, outputs, Pace.RUN)
    methods = {}
    for name, answer in answers.items():
        lines = lines_after(shared, tape.nodes, answer)
        found = [lines.operand(output) for output in answer]
        told = found[0] if len(found) == 1 else listed(found)
        given = [*(shared.names[id(t)] if name == "seen" else ()), *shared.names[id(point)]]
        head = f"{name}({', '.join(given)})"
        methods[head] = [*lines.of[Pace.POINT], f"return {told};"]
    body = [*shared.of[Pace.RUN], *methods_text(methods)]
    return module_text("surface", numbers_of(inputs, shared), [], body, {})


@lru_cache(maxsize=64)
def _schedule(form: Form) -> str:
    tape, inputs = Tape(), dict[str, Node]()
    steps = tape.input(False, Pace.RUN)
    t, loss = (tape.input(False, Pace.POINT) for _ in range(2))
    fresh: Any = example(form).start() or ()
    with tracing():
        plan = stand_in(tape, form, inputs)
        memory = [tape.input(False, Pace.POINT) for _ in fresh]
        kept = type(fresh)(*memory) if memory else None
        factor = plan.factor(t, steps, kept)
        after = plan.observe(loss, kept) or ()
    given = (*inputs.values(), steps, t, loss, *memory)
    shared = shared_lines(given, tape.nodes, (factor, *after), Pace.RUN)
    now, later = (lines_after(shared, tape.nodes, found) for found in ((factor,), after))
    names = [shared.operand(node) for node in memory]
    read = [f"const {name} = memory[{k}];" for k, name in enumerate(names)]
    answer = f"return {now.operand(factor)};"
    told = [f"memory[{k}] = {later.operand(part)};" for k, part in enumerate(after)]
    body = [
        *shared.of[Pace.RUN],
        "return {",
        f"  fresh: {listed(literal(part.item()) for part in fresh)},",
        *method(f"factor({now.operand(t)}, memory)", [*read, *now.of[Pace.POINT], answer]),
        *method(f"observe({later.operand(loss)}, memory)", [*read, *later.of[Pace.POINT], *told]),
        "};",
    ]
    said = {"watches": form.kind.watches_loss}
    return module_text("schedule", numbers_of(inputs, shared), [shared.operand(steps)], body, said)


def _returned(lines: Lines, values: Sequence[Any]) -> str:
    return f"return {listed(lines.operand(value) for value in values)};"
