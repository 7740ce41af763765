"""Stand-ins for arrays: called with them, lines of NumPy leave the list of what they compute.

Each operation becomes a node on a tape, known by how often its value changes. A bounded search
(`repeated`) becomes one node with a body of its own. What asks a stand-in for its number is
`Untraceable`.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from optimizers.repetition import repeated
from schedules.formulas import at_least, chosen, cosine, whole
from surfaces.spline import looked_up

Operation = Callable[..., Any]

LIMIT = 1e12
"""A lane with a coordinate beyond this, or one that is not finite, has diverged."""


class Untraceable(TypeError):
    """Raised when a computation asks a stand-in for something only a number can answer."""


class Pace(IntEnum):
    """How often a value changes: never in a run, once a step, with the point, and so on.

    A trial is one look of a repetition, a row one pair of numbers of the data.
    """

    RUN = 0
    STEP = 1
    POINT = 2
    TRIAL = 3
    ROW = 4


class Asks(NamedTuple):
    """How often one step asks for the value, the gradient and the Hessian."""

    values: int
    gradients: int
    hessians: int


def leading_to(
    nodes: Sequence[Node], *outputs: Any, known: Container[int] = ()
) -> tuple[Node, ...]:
    """Return those nodes that lead to these outputs, in an order in which they can be run.

    What is `known`, by its id, is left out with all that leads to it alone.
    """
    wanted = {id(node) for node in outputs if isinstance(node, Node)}
    for node in reversed(nodes):
        if id(node) in wanted and id(node) not in known:
            wanted |= {id(part) for part in node.parts if isinstance(part, Node)}
    return tuple(node for node in nodes if id(node) in wanted and id(node) not in known)


@dataclass(frozen=True, eq=False)
class Repetition:
    """The operation of a node that repeats: its parts are the first value, then what it reads.

    `body` leads from `variable` to `again` and `change`; each look asks for `asks`.
    """

    most: int
    variable: Node
    again: Any
    change: Any
    body: tuple[Node, ...]
    asks: Asks


class SearchEnd(IntEnum):
    """What else a repetition gives: where it had not ended, and how often it looked."""

    UNFINISHED = 0
    TRIES = 1


class Node(NDArrayOperatorsMixin):
    """A stand-in for an array: an operation and what it is applied to.

    `paired` says whether the array has the coordinates as its first axis, shape (2, ...).
    """

    __slots__ = ("operation", "pace", "paired", "parts", "tape")
    __hash__ = object.__hash__

    def __init__(
        self,
        tape: Tape,
        operation: Any,
        parts: tuple[Any, ...],
        paired: bool,
        pace: Pace,
    ) -> None:
        """Stand for `operation` applied to `parts`, nodes and plain numbers; None for an input."""
        self.tape, self.operation, self.parts = tape, operation, parts
        self.paired, self.pace = paired, pace

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **keywords: Any) -> Any:
        if method != "__call__" or keywords or ufunc.nout != 1 or ufunc.signature:
            raise Untraceable(f"{ufunc.__name__}.{method}")
        return self.tape.apply(ufunc, *inputs)

    def __array_function__(
        self, function: Operation, types: Any, args: Sequence[Any], keywords: Mapping[str, Any]
    ) -> Any:
        if function not in _ARRAY_FUNCTIONS:
            raise Untraceable(getattr(function, "__name__", "an array function"))
        return _ARRAY_FUNCTIONS[function](self.tape, *args, **keywords)

    @property
    def ndim(self) -> int:
        """Return how many axes the array has that is stood for, an axis of steps among them."""
        return 1 + self.paired

    def __getitem__(self, index: int) -> Any:
        if not self.paired or index not in (0, 1):
            raise Untraceable("only the two coordinates can be taken apart")
        return self.tape.coordinate(self, index)

    def __iter__(self) -> Iterator[Any]:
        return iter((self[0], self[1]))

    def _refuse(self, *args: Any, **keywords: Any) -> Any:
        raise Untraceable("the course of the rule depends on a number")

    __bool__ = __float__ = __int__ = __index__ = __len__ = __complex__ = _refuse
    __array__ = _refuse


def stack(x: Any, y: Any) -> Any:
    """Put two coordinates together: the operation of a node that holds a gradient."""
    return np.array((x, y))


@dataclass
class Tape:
    """The operations recorded so far; asking for the same one twice gives the same node."""

    nodes: list[Node] = field(default_factory=list)
    known: dict[Any, Node] = field(default_factory=dict)
    points: set[int] = field(default_factory=set)
    asked: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Asks._fields, 0))

    def input(self, paired: bool, pace: Pace) -> Node:
        """Return a new stand-in that nothing leads to."""
        return self._new(None, (), paired, pace)

    def apply(self, operation: Operation, *parts: Any) -> Any:
        """Return the node of an elementwise operation, or a shorter way to the same numbers."""
        parts = tuple(p.item() if isinstance(p, np.ndarray) and not p.ndim else p for p in parts)
        given = [part for part in parts if isinstance(part, Node)]
        if len(parts) == 2 and len(given) == 1:
            short = self._shortcut(operation, *parts, given[0])
            if short is not None:
                return short
        if len(given) < len(parts) and not all(map(_is_plain, parts)):
            raise Untraceable("an array of its own meets the stand-ins")
        paired = any(node.paired for node in given)
        return self._shared(operation, parts, paired, max(node.pace for node in given))

    def _shortcut(self, operation: Operation, x: Any, y: Any, node: Node) -> Any:
        """Leave out adding 0, times 1, over 1, and 0 times what is finite while a lane lives."""
        number = y if node is x else x
        finite = node.pace < Pace.POINT or id(node) in self.points
        if operation is np.multiply and finite and number == 0:
            return 0.0
        taken: dict[Operation, float] = {np.add: 0, np.multiply: 1}
        if node is x:
            taken |= {np.subtract: 0, np.true_divide: 1}
        return node if operation in taken and number == taken[operation] else None

    def point(self) -> Node:
        """Return the stand-in for the point that moves; beyond the limit its lane has ended."""
        node = self.input(True, Pace.POINT)
        self.points |= {id(part) for part in (node, node[0], node[1])}
        return node

    def stack(self, x: Any, y: Any) -> Node:
        """Return the pair of two coordinates."""
        paces = [part.pace for part in (x, y) if isinstance(part, Node)]
        return self._shared(stack, (x, y), True, max(paces, default=Pace.RUN))

    def coordinate(self, pair: Node, index: int) -> Any:
        """Return one coordinate of a pair."""
        if pair.operation is stack:
            return pair.parts[index]
        return self._shared(operator.getitem, (pair, index), False, pair.pace)

    def repeat(self, start: Node, most: int, again: Operation, change: Operation) -> Node:
        """Return the node of a repetition; what its looks ask for is counted apart."""
        before, first = dict(self.asked), len(self.nodes)
        variable = self.input(start.paired, Pace.TRIAL)
        ends = again(variable), change(variable)
        asks = Asks(**{name: count - before[name] for name, count in self.asked.items()})
        self.asked.update(before)
        body = leading_to(computed(self.nodes[first:], Pace.TRIAL), *ends)
        read = [p for node in body for p in node.parts if isinstance(p, Node)]
        read += [end for end in ends if isinstance(end, Node)]
        outside = {id(p): p for p in read if p.pace < Pace.TRIAL}
        if start.paired or start.pace == Pace.TRIAL or not isinstance(ends[0], Node):
            raise Untraceable("a repetition of this kind")
        operation = Repetition(most, variable, *ends, body, asks)
        return self._new(operation, (start, *outside.values()), False, Pace.POINT)

    def outcome(self, repetition: Node, which: SearchEnd) -> Node:
        """Return what else a repetition gives."""
        return self._shared(which, (repetition,), False, Pace.POINT)

    def shared(self, operation: Any, *parts: Any) -> Node:
        """Return the node of an operation of one number; what changes with a row is within it."""
        paces = [part.pace for part in parts if isinstance(part, Node) and part.pace < Pace.ROW]
        return self._shared(operation, parts, False, max(paces, default=Pace.RUN))

    def _shared(self, operation: Any, parts: tuple[Any, ...], paired: bool, pace: Pace) -> Node:
        key = (operation, *(id(p) if isinstance(p, Node) else (type(p), repr(p)) for p in parts))
        if key not in self.known:
            self.known[key] = self._new(operation, parts, paired, pace)
        return self.known[key]

    def _new(self, operation: Any, parts: tuple[Any, ...], paired: bool, pace: Pace) -> Node:
        self.nodes.append(Node(self, operation, parts, paired, pace))
        return self.nodes[-1]


def computed(nodes: Sequence[Node], pace: Pace) -> list[Node]:
    """Return the nodes of one pace that an operation leads to."""
    return [node for node in nodes if node.pace == pace and node.operation is not None]


@repeated.register
def _(value: Node, most: int, again: Operation, change: Operation) -> tuple[Node, Node]:
    found = value.tape.repeat(value, most, again, change)
    return found, value.tape.outcome(found, SearchEnd.UNFINISHED)


chosen.register(Node, lambda condition, yes, no: condition.tape.apply(np.where, condition, yes, no))
at_least.register(Node, lambda value, least: value.tape.apply(np.maximum, value, least))
whole.register(Node, lambda value: value.tape.apply(np.rint, value))
cosine.register(Node, lambda angle: angle.tape.apply(np.cos, angle))
looked_up.register(Node, lambda place, kept: place.tape.apply(kept, place))


def _is_plain(part: Any) -> bool:
    return isinstance(part, Node | bool | int | float | np.bool_ | np.number)


def _where(tape: Tape, condition: Any, x: Any, y: Any) -> Any:
    return tape.apply(np.where, condition, x, y)


def _clip(tape: Tape, x: Any, low: Any, high: Any) -> Any:
    return tape.apply(np.minimum, tape.apply(np.maximum, x, low), high)


def _stack(tape: Tape, parts: Sequence[Any], axis: int = 0) -> Node:
    x, y = parts
    if axis or any(isinstance(part, Node) and part.paired for part in (x, y)):
        raise Untraceable("stack along another axis")
    return tape.stack(x, y)


def _filled(value: float) -> Operation:
    return lambda tape, like: tape.apply(np.where, False, like, value)


def _across(operation: Operation) -> Operation:
    def reduce(tape: Tape, pair: Node, axis: int | None = None) -> Any:
        if axis != 0 or not pair.paired:
            raise Untraceable("only the two coordinates can be gathered")
        return tape.apply(operation, pair[0], pair[1])

    return reduce


_ARRAY_FUNCTIONS: Mapping[Operation, Operation] = {
    np.where: _where,
    np.ndim: lambda tape, node: node.ndim,
    np.clip: _clip,
    np.stack: _stack,
    np.zeros_like: _filled(0.0),
    np.ones_like: _filled(1.0),
    np.sum: _across(np.add),
    np.max: _across(np.maximum),
    np.min: _across(np.minimum),
    np.all: _across(np.logical_and),
    np.any: _across(np.logical_or),
}
