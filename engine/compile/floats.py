"""Turns a recorded step into plain Python on floats, for a single path.

NumPy needs about half a microsecond to add two numbers, Python a fiftieth of that. So for one
ball the recorded operations become a Python function of floats, line by line, compiled once per
rule and loss; the hyperparameters are its arguments, and moving a slider compiles nothing. A
path of 500 Adam steps, everything kept, took 1.3 ms instead of 7.3 ms. The
source is made from the names of our own operations, never from text that somebody typed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from engine.compile.lines import ALIKE, SAME_NAME, Language, Lines, Loop, apart, plain
from engine.compile.recording import Program, record, run_values
from engine.compile.tracing import Asks, Node, Operation, Pace, Untraceable
from optimizers.base import Optimizer
from surfaces.base import Surface
from surfaces.spline import Kept

Row = tuple[float, ...]

FORMULAS: Mapping[Operation, str] = {
    **ALIKE,
    np.true_divide: "({0} / {1} if {1} else over_zero({0}, {1}))",
    np.remainder: "{0} % {1}",
    np.power: "pow({0}, {1})",
    np.reciprocal: "(1.0 / {0} if {0} else over_zero(1.0, {0}))",
    np.absolute: "abs({0})",
    np.sign: "(1.0 if {0} > 0.0 else -1.0 if {0} < 0.0 else {0} + 0.0)",
    np.maximum: "({0} if {0} >= {1} or {0} != {0} else {1})",
    np.minimum: "({0} if {0} <= {1} or {0} != {0} else {1})",
    np.where: "({1} if {0} else {2})",
    np.equal: "{0} == {1}",
    np.not_equal: "{0} != {1}",
    np.isnan: "{0} != {0}",
    np.isfinite: "isfinite({0})",
    np.bitwise_and: "{0} & {1}",
    np.bitwise_or: "{0} | {1}",
    np.invert: "not {0}",
    np.logical_and: "bool({0} and {1})",
    np.logical_or: "bool({0} or {1})",
    np.logical_not: "not {0}",
    np.rint: "float(round({0}))",
    np.floor: "float(floor({0}))",
    np.arctan2: "atan2({0}, {1})",
    np.hypot: "hypot({0}, {1})",
    np.copysign: "copysign({0}, {1})",
    np.sqrt: "(sqrt({0}) if {0} >= 0.0 else nan)",
    **{getattr(np, name): f"{name}({{0}})" for name in SAME_NAME},
}
"""What each NumPy function is on floats; NaN goes through as it does in NumPy."""


class ScalarStep(NamedTuple):
    """`step(t, lr, noise_x, noise_y, x, y, *memory) -> (x, y, *memory, *tries)` on floats.

    Memory of shape (2,) takes two places; `tries` counts the looks of each repetition in this
    step. `asks` is what every step asks for and `looks` what each look asks for beside it. Where
    NumPy would go on with inf or NaN, Python may raise an ArithmeticError or a ValueError.
    """

    step: Callable[..., Row]
    asks: Asks
    looks: tuple[Asks, ...]


def scalar_step(optimizer: Optimizer, surface: Surface, *, noisy: bool) -> ScalarStep:
    """Return one step of a rule for a single path. Raises Untraceable."""
    program = record(optimizer, surface, noisy=noisy)
    source = _compiled(program)
    values = run_values(program, source.nodes, optimizer, surface)
    step = source.bind(*(plain(values[id(node)]) for node in source.constants))
    return ScalarStep(step, program.asks, program.looks)


@dataclass(frozen=True)
class _Compiled:
    """The function that takes the constants of a run and returns its step."""

    nodes: tuple[Node, ...]
    constants: tuple[Node, ...]
    bind: Callable[..., Any]


@lru_cache(maxsize=256)
def _compiled(program: Program) -> _Compiled:
    nodes = program.needed(*program.next_state, *program.tries)
    constants = tuple(node for node in nodes if node.pace == Pace.RUN)
    if any(node.paired for node in constants):
        raise Untraceable("a pair of constants")
    found: dict[str, Any] = {**vars(math), "over_zero": over_zero}
    source, kept = apart(_source(program, nodes, constants))
    found |= {name: Kept(text) for name, text in kept.items()}
    exec(compile(source, "<recorded step>", "exec"), found)
    return _Compiled(nodes, constants, found["bind"])


def over_zero(x: float, zero: float) -> float:
    """Divide by a zero as NumPy does: inf with the sign of both, or NaN."""
    return x * math.copysign(math.inf, zero)


def _source(program: Program, nodes: Sequence[Node], constants: Sequence[Node]) -> str:
    """Return the source of `bind`, which keeps the constants and returns `step`."""
    inputs = program.inputs
    given = (inputs["t"], inputs["lr"], *program.state, *inputs.values(), *constants)
    lines = Lines(PYTHON, given, nodes)
    noise = lines.names[id(inputs["noise"])] if "noise" in inputs else ("noise_x", "noise_y")
    state = (lines.names[id(node)] for node in program.state)
    arguments = (*(lines.names[id(inputs[name])] for name in ("t", "lr")), noise, *state)
    result = lines.all((*program.next_state, *program.tries), (*program.state, *program.tries))
    return "\n".join(
        [
            f"def bind({_listed(lines.names[id(node)] for node in constants)}):",
            f"    def step({_listed(arguments)}):",
            *(f"        {line}" for pace in (Pace.STEP, Pace.POINT) for line in lines.of[pace]),
            f"        return {', '.join(result)}",
            "    return step",
        ]
    )


def _listed(names: Iterable[tuple[str, ...]]) -> str:
    return ", ".join(name for several in names for name in several)


def _repetition(loop: Loop) -> list[str]:
    return [
        f"{loop.value} = {loop.first}",
        f"{loop.tries}, {loop.goes_on} = 0, True",
        f"while {loop.goes_on} and {loop.tries} < {loop.most}:",
        *(f"    {line}" for line in loop.body),
        f"    {loop.tries} += 1",
        f"    {loop.goes_on} = {loop.again}",
        f"    if {loop.goes_on}: {loop.value} = {loop.change}",
    ]


def _line(pace: Pace, name: str, formula: str) -> str:
    return f"{name} = {formula}"


PYTHON = Language({**FORMULAS, Kept: "{1}.at({0})"}, repr, _line, _repetition)
