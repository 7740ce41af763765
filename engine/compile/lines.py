"""Writes a recorded step line by line, in whichever language a table of formulas is for.

Each node has one name, a pair has two. The text is made from the names of our own operations and
from numbers, never from text that somebody typed.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from engine.compile.averages import Sum, Sums
from engine.compile.operators import on_arrays
from engine.compile.tracing import Node, Operation, Pace, Repetition, SearchEnd, Untraceable, stack
from surfaces.spline import Kept

Names = tuple[str, ...]

KEPT = "kept_as_"
"""What heights that are kept are called until they are named, followed by their letters."""


ALIKE: Mapping[Operation, str] = {
    np.add: "{0} + {1}",
    np.subtract: "{0} - {1}",
    np.multiply: "{0} * {1}",
    np.negative: "-{0}",
    np.positive: "+{0}",
    np.square: "{0} * {0}",
    np.greater: "{0} > {1}",
    np.greater_equal: "{0} >= {1}",
    np.less: "{0} < {1}",
    np.less_equal: "{0} <= {1}",
}
"""What is written alike in Python and in JavaScript."""

SAME_NAME = (
    *("exp", "exp2", "expm1", "log", "log1p", "log2", "log10"),
    *("sin", "cos", "tan", "sinh", "cosh", "tanh", "cbrt"),
)
"""Functions that NumPy, Python's `math` and JavaScript's `Math` call the same."""


class Language(NamedTuple):
    """How operations (filled in by position), numbers, assignments and repetitions are written."""

    formulas: Mapping[Any, str]
    literal: Callable[[Any], str]
    line: Callable[[Pace, str, str], str]
    repetition: Callable[[Loop], list[str]]
    sums: Callable[[Summing], list[str]] | None = None


class Loop(NamedTuple):
    """The names and lines of one repetition."""

    value: str
    first: str
    tries: str
    goes_on: str
    again: str
    change: str
    most: int
    body: list[str]


class Summing(NamedTuple):
    """The names and lines of sums over rows.

    `given` is what a row's body reads from outside. `logs` are the totals to which log1p of a
    number from 0 to 1 is added as well, and the numbers.
    """

    rows: str
    given: Names
    row: Names
    totals: list[str]
    parts: list[str]
    logs: dict[str, str]
    body: list[str]


class Lines:
    """The lines of a recording by their pace, and the names of all its nodes."""

    def __init__(
        self,
        language: Language,
        given: Iterable[Node],
        nodes: Sequence[Node],
        known: Mapping[int, Names] = MappingProxyType({}),
    ) -> None:
        """Name what is `given`, then write down what each node is that is not `known`."""
        self.language = language
        self.names: dict[int, Names] = dict(known)
        self.count = len(self.names)
        self.of: dict[Pace, list[str]] = {pace: [] for pace in Pace}
        self.defined: dict[Pace, list[str]] = {pace: [] for pace in Pace}
        self.sums = _asked_for(nodes)
        for node in (*given, *nodes):
            self._name(node)

    def operand(self, part: Any, half: int = 0) -> str:
        """Return how a node, or one half of a pair, or a plain number is written."""
        if isinstance(part, Node):
            names = self.names[id(part)]
            return names[half] if part.paired else names[0]
        return self.language.literal(plain(part))

    def all(self, outputs: Iterable[Any], like: Iterable[Node]) -> list[str]:
        """Return how outputs are written, two for each that is `like` a pair."""
        pairs = zip(outputs, like, strict=True)
        return [self.operand(new, half) for new, old in pairs for half in range(1 + old.paired)]

    def _name(self, node: Node) -> None:
        if id(node) in self.names:
            return
        operation = node.operation
        if operation is operator.getitem:
            self.names[id(node)] = (self.operand(*node.parts),)
        elif operation is stack:
            self.names[id(node)] = tuple(self.operand(part) for part in node.parts)
        elif isinstance(operation, SearchEnd):
            self.names[id(node)] = (f"{self.operand(node.parts[0])}_{operation.name.lower()}",)
        elif isinstance(operation, Repetition):
            self._repeat(node, operation)
        elif isinstance(operation, Sums):
            self._sum(node, operation)
        elif isinstance(operation, Sum):
            self.names[id(node)] = (f"{self.operand(node.parts[0])}_{operation.place}",)
        else:
            self._write(node)

    def _new(self, node: Node) -> Names:
        number = self.count
        self.count += 1
        names = (f"x{number}", f"y{number}") if node.paired else (f"n{number}",)
        self.names[id(node)] = names
        return names

    def _write(self, node: Node) -> None:
        names = self._new(node)
        if node.operation is None:
            return
        formulas = [self._formula(node, half) for half in range(len(names))]
        for name, formula in zip(names, formulas, strict=True):
            self.of[node.pace].append(self.language.line(node.pace, name, formula))
            self.defined[node.pace].append(name)

    def _formula(self, node: Node, half: int) -> str:
        operation = on_arrays(node) if node.pace >= Pace.POINT else node.operation
        if isinstance(operation, Kept):
            place = self.operand(node.parts[0], half)
            return self.language.formulas[Kept].format(place, f"{KEPT}{operation.text}")
        if operation not in self.language.formulas:
            raise Untraceable(f"no formula for {operation}")
        parts = (self.operand(part, half) for part in node.parts)
        return self.language.formulas[operation].format(*parts)

    def _repeat(self, node: Node, repetition: Repetition) -> None:
        (value,) = self._new(node)
        self.names[id(repetition.variable)] = (value,)
        for inner in repetition.body:
            self._name(inner)
        body, self.of[Pace.TRIAL] = self.of[Pace.TRIAL], []
        ends = (self.operand(repetition.again), self.operand(repetition.change))
        names = (value, self.operand(node.parts[0]), f"{value}_tries", f"{value}_unfinished")
        loop = Loop(*names, *ends, repetition.most, body)
        self.of[Pace.POINT] += self.language.repetition(loop)

    def _sum(self, node: Node, sums: Sums) -> None:
        """Write a loop for sums that are asked for; what is named within has that name there."""
        if self.language.sums is None:
            raise Untraceable("sums over rows")
        (name,), outside = self._new(node), dict(self.names)
        row = tuple(self._new(side)[0] for side in sums.row)
        places = sorted(self.sums[id(node)])
        for inner in sums.leading_to(places):
            self._name(inner)
        body, self.of[Pace.ROW] = self.of[Pace.ROW], []
        parts = [self.operand(sums.parts[k]) for k in places]
        totals = [f"{name}_{k}" for k in places]
        logs = {f"{name}_{k}": self.operand(sums.logs[k]) for k in places if k in sums.logs}
        rows, *given = (outside[id(part)] for part in node.parts)
        found = Summing(rows[0], tuple(chain(*given)), row, totals, parts, logs, body)
        self.of[node.pace] += self.language.sums(found)
        self.names = outside


def _asked_for(nodes: Iterable[Node]) -> dict[int, set[int]]:
    """Return which sums are asked for of each node that adds up, within repetitions too."""
    found: dict[int, set[int]] = {}
    for node in nodes:
        if isinstance(node.operation, Sum):
            found.setdefault(id(node.parts[0]), set()).add(node.operation.place)
        elif isinstance(node.operation, Repetition):
            for over, places in _asked_for(node.operation.body).items():
                found.setdefault(over, set()).update(places)
    return found


def apart(source: str) -> tuple[str, dict[str, str]]:
    """Return a source with short names for heights that are kept, and their letters by these."""
    found = dict.fromkeys(re.findall(rf"\b{KEPT}(\w+)", source))
    names = {text: f"kept_{k}" for k, text in enumerate(found)}
    short = re.sub(rf"\b{KEPT}(\w+)", lambda match: names[match[1]], source)
    return short, {name: text for text, name in names.items()}


def plain(value: Any) -> Any:
    """Return a NumPy number of one element as Python's own."""
    return value.item() if isinstance(value, np.generic | np.ndarray) else value
