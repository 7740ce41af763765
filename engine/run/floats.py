"""Turns a recorded step into plain Python on floats, for a single path.

NumPy needs about half a microsecond to add two numbers, Python a fiftieth of that. So for one
ball the recorded operations become a Python function of floats, line by line, compiled once per
rule and loss; the hyperparameters are its arguments, and moving a slider compiles nothing. A
path of 500 Adam steps, everything kept, took 1.3 ms instead of 7.3 ms. The
source is made from the names of our own operations, never from text that somebody typed.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from engine.run.tracing import (
    Asks,
    Node,
    Operation,
    Pace,
    Program,
    Untraceable,
    in_effect,
    record,
    run_values,
    stack,
)
from optimizers.base import Optimizer
from surfaces.base import Surface

Row = tuple[float, ...]

_SAME_NAME = (
    *("exp", "exp2", "expm1", "log", "log1p", "log2", "log10"),
    *("sin", "cos", "tan", "sinh", "cosh", "tanh", "cbrt"),
)

FORMULAS: Mapping[Operation, str] = {
    np.add: "{0} + {1}",
    np.subtract: "{0} - {1}",
    np.multiply: "{0} * {1}",
    np.true_divide: "({0} / {1} if {1} else over_zero({0}, {1}))",
    np.remainder: "{0} % {1}",
    np.power: "pow({0}, {1})",
    np.negative: "-{0}",
    np.positive: "+{0}",
    np.square: "{0} * {0}",
    np.reciprocal: "(1.0 / {0} if {0} else over_zero(1.0, {0}))",
    np.absolute: "abs({0})",
    np.sign: "(1.0 if {0} > 0.0 else -1.0 if {0} < 0.0 else {0} + 0.0)",
    np.maximum: "({0} if {0} >= {1} or {0} != {0} else {1})",
    np.minimum: "({0} if {0} <= {1} or {0} != {0} else {1})",
    np.where: "({1} if {0} else {2})",
    np.greater: "{0} > {1}",
    np.greater_equal: "{0} >= {1}",
    np.less: "{0} < {1}",
    np.less_equal: "{0} <= {1}",
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
    **{getattr(np, name): f"{name}({{0}})" for name in _SAME_NAME},
}
"""What each NumPy function is on floats; NaN goes through as it does in NumPy."""


class ScalarStep(NamedTuple):
    """`step(t, lr, noise_x, noise_y, x, y, *memory) -> (x, y, *memory)` on floats, and its asks.

    Memory of shape (2,) takes two places. Where NumPy would go on with inf or NaN, Python may
    raise an ArithmeticError or a ValueError instead.
    """

    step: Callable[..., Row]
    asks: Asks


def scalar_step(optimizer: Optimizer, surface: Surface, memory: Any, *, noisy: bool) -> ScalarStep:
    """Return one step of a rule for a single path; `memory` is fresh. Raises Untraceable."""
    program = record(optimizer, surface, memory, 1, noisy)
    source = _compiled(program)
    values = run_values(program, source.nodes, optimizer, surface)
    step = source.bind(*(_plain(values[id(node)]) for node in source.constants))
    return ScalarStep(step, program.asks)


@dataclass(frozen=True)
class _Compiled:
    """The function that takes the constants of a run and returns its step."""

    nodes: tuple[Node, ...]
    constants: tuple[Node, ...]
    bind: Callable[..., Any]


@lru_cache(maxsize=256)
def _compiled(program: Program) -> _Compiled:
    source = _Source(program)
    found: dict[str, Any] = {**vars(math), "over_zero": over_zero}
    exec(compile(source.text(), "<recorded step>", "exec"), found)
    return _Compiled(source.nodes, source.constants, found["bind"])


def over_zero(x: float, zero: float) -> float:
    """Divide by a zero as NumPy does: inf with the sign of both, or NaN."""
    return x * math.copysign(math.inf, zero)


class _Source:
    """The text of one step, a line an operation; each node has one name, a pair has two."""

    def __init__(self, program: Program) -> None:
        """Name all nodes and write down what each is."""
        self.program = program
        self.nodes = program.needed(*program.next_state)
        self.names: dict[int, tuple[str, ...]] = {}
        self.lines: list[str] = []
        self.constants = tuple(node for node in self.nodes if node.pace == Pace.RUN)
        if any(node.paired for node in self.constants):
            raise Untraceable("a pair of constants")
        for number, node in enumerate((*program.inputs.values(), *program.state, *self.nodes)):
            self._name(number, node)

    def text(self) -> str:
        """Return the source of `bind`, which keeps the constants and returns `step`."""
        inputs, zero = self.program.inputs, ("noise_x", "noise_y")
        noise = self.names[id(inputs["noise"])] if "noise" in inputs else zero
        given = (self.names[id(inputs["t"])], self.names[id(inputs["lr"])], noise)
        state = [self.names[id(node)] for node in self.program.state]
        result = [
            self._operand(new, half)
            for new, old in zip(self.program.next_state, self.program.state, strict=True)
            for half in range(len(self.names[id(old)]))
        ]
        return "\n".join(
            [
                f"def bind({_listed(self.names[id(node)] for node in self.constants)}):",
                f"    def step({_listed((*given, *state))}):",
                *(f"        {line}" for line in self.lines),
                f"        return {', '.join(result)}",
                "    return step",
            ]
        )

    def _name(self, number: int, node: Node) -> None:
        if id(node) in self.names:
            return
        names: tuple[str, ...] = (f"x{number}", f"y{number}") if node.paired else (f"n{number}",)
        if node.operation is operator.getitem:
            names = (self._operand(*node.parts),)
        elif node.operation is stack:
            names = tuple(self._operand(part, 0) for part in node.parts)
        elif node.operation is not None and node.pace > Pace.RUN:
            self.lines += [f"{n} = {self._formula(node, half)}" for half, n in enumerate(names)]
        self.names[id(node)] = names

    def _formula(self, node: Node, half: int) -> str:
        operation: Any = in_effect(node) if node.pace == Pace.POINT else node.operation
        if operation not in FORMULAS:
            raise Untraceable(f"no formula on floats for {operation}")
        return FORMULAS[operation].format(*(self._operand(part, half) for part in node.parts))

    def _operand(self, part: Any, half: int) -> str:
        if isinstance(part, Node):
            names = self.names[id(part)]
            return names[half] if part.paired else names[0]
        return repr(_plain(part))


def _listed(names: Iterable[tuple[str, ...]]) -> str:
    return ", ".join(name for several in names for name in several)


def _plain(value: Any) -> Any:
    """Return a NumPy number of one element as Python's own."""
    return value.item() if isinstance(value, np.generic | np.ndarray) else value
