"""Records a loss of data without its data: what one row gives, and the mean over all rows.

The rows are an input of the recording, so that one module serves every table and every batch.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

import numpy as np

from engine.compile.tracing import Node, Pace, Tape, computed, leading_to


class OneRow(NamedTuple):
    """A stand-in for rows, as if there were one: a pair of stand-ins for its numbers."""

    row: tuple[Node, Node]


@dataclass(frozen=True, eq=False)
class Sums:
    """The operation of a node that adds up `parts`, each a formula of one row, over all rows.

    To a part whose place is in `logs`, log1p of what stands there is added, a number from 0 to 1.
    The node's own parts are the rows, then what `body`, which leads from one row to all of these,
    reads from outside.
    """

    row: tuple[Node, ...]
    parts: tuple[Any, ...]
    logs: Mapping[int, Node]
    body: tuple[Node, ...]

    def leading_to(self, places: Collection[int]) -> tuple[Node, ...]:
        """Return what of the body is needed for the parts at these places."""
        wanted = [part for k, part in enumerate(self.parts) if k in places]
        return leading_to(self.body, *wanted, *(w for k, w in self.logs.items() if k in places))


class Sum(NamedTuple):
    """The operation of a node that takes one sum of several."""

    place: int


class Count(NamedTuple):
    """The operation of a node that says how many rows there are."""


@dataclass(frozen=True, eq=False)
class OfRows:
    """A loss as it is recorded: `loss` has stand-ins for its numbers, and so have its rows."""

    tape: Tape
    loss: Any
    rows: Node
    one: OneRow
    weight: Node | None = None
    tilt: tuple[Node, ...] = ()
    """Of rows with weights: what is added to the loss, and what to its slope times x and y."""
    changes: ClassVar[bool] = False
    """Whether a step sees a part of it by itself: here, by the rows that it is given."""

    def f(self, x: Any, y: Any) -> Any:
        """Return the loss."""
        (value,) = self._means((self.loss.mean_cost(x, y, self.one),))
        return self._raised(value, x, y)

    def df(self, x: Any, y: Any) -> tuple[Any, ...]:
        """Return the partial derivatives."""
        return self._bent(*self._means(self.loss.mean_slope(x, y, self.one)))

    def told(self, x: Any, y: Any) -> tuple[Any, ...]:
        """Return the loss and its partial derivatives, from one pass through the rows.

        Whoever asks for either of them there later has them from that pass.
        """
        cost = self.loss.mean_cost(x, y, self.one)
        value, *slope = self._means((cost, *self.loss.mean_slope(x, y, self.one)))
        return self._raised(value, x, y), *self._bent(*slope)

    def d2f(self, x: Any, y: Any) -> tuple[Any, ...]:
        """Return the second derivatives."""
        return self._means(self.loss.mean_bend(x, y, self.one))

    def _raised(self, value: Any, x: Any, y: Any) -> Any:
        if not self.tilt:
            return value
        level, along, up = self.tilt
        return value + (level + (along * x + up * y))

    def _bent(self, across: Any, above: Any) -> tuple[Any, Any]:
        if not self.tilt:
            return across, above
        _, along, up = self.tilt
        return across + along, above + up

    def _means(self, found: Sequence[Any]) -> tuple[Any, ...]:
        if self.weight is not None:
            found = [part * self.weight for part in found]
        keys = [(Sum, id(self.rows), id(part)) for part in found]
        if not all(key in self.tape.known for key in keys):
            over = self._sums(tuple(found))
            for k, key in enumerate(keys):
                self.tape.known[key] = self.tape.shared(Sum(k), over)
        if self.weight is not None:
            return tuple(self.tape.known[key] for key in keys)
        count = self.tape.shared(Count(), self.rows)
        return tuple(self.tape.known[key] / count for key in keys)

    def _sums(self, found: tuple[Any, ...]) -> Node:
        """Return the node that adds up what was found of one row."""
        known: dict[int, Any] = {}
        apart = [_without_log(_without_choices(part, known)) for part in found]
        parts, logs = (tuple(side) for side in zip(*apart, strict=True))
        kept = {k: w for k, w in enumerate(logs) if w is not None}
        body = leading_to(computed(self.tape.nodes, Pace.ROW), *parts, *kept.values())
        read = [p for node in body for p in node.parts if isinstance(p, Node)]
        read += [part for part in parts if isinstance(part, Node)]
        outside = {id(p): p for p in read if p.pace < Pace.ROW}
        row = self.one.row if self.weight is None else (*self.one.row, self.weight)
        operation = Sums(row, parts, kept, body)
        return self.tape.shared(operation, self.rows, *outside.values())


TINY = 1e-300
"""What is added to |z| so that z over it is the sign of z, and 0 for 0."""


def _without_choices(part: Any, known: dict[int, Any]) -> Any:
    """Return a part in which nothing is chosen row by row, which processors guess wrongly.

    max(z, 0) is (z + |z|) / 2, and tanh(z / 2) / 2 + (1/2 - v) is made from the exp(-|z|) that a
    loss with such a slope asks for as well; z is finite, as all points are that a rule looks at.
    """
    if not isinstance(part, Node) or part.pace != Pace.ROW or part.operation is None:
        return part
    if id(part) not in known:
        apply, z, rest = part.tape.apply, _logistic(part), part.parts[-1]
        over, floor = _made_by(np.maximum, part)
        if z is not None:
            size = apply(np.absolute, z)
            fading = apply(np.exp, apply(np.negative, size))
            side = apply(np.true_divide, z, apply(np.add, size, TINY))
            fall, whole = apply(np.subtract, 1.0, fading), apply(np.add, 1.0, fading)
            curve = apply(np.multiply, side, apply(np.true_divide, fall, whole))
            known[id(part)] = apply(np.add, apply(np.multiply, 0.5, curve), rest)
        elif isinstance(over, Node) and isinstance(floor, float) and floor == 0.0:
            twice = apply(np.add, over, apply(np.absolute, over))
            known[id(part)] = apply(np.multiply, 0.5, twice)
        else:
            parts = (_without_choices(one, known) for one in part.parts)
            known[id(part)] = apply(part.operation, *parts)
    return known[id(part)]


def _logistic(node: Node) -> Node | None:
    """Return z where a node is tanh(z / 2) / 2 + (1/2 - v)."""
    curve, level = _made_by(np.add, node)
    half, _ = _made_by(np.subtract, level)
    z = _halved(_made_by(np.tanh, _halved(curve))[0])
    return z if isinstance(z, Node) and _is_half(half) else None


def _halved(node: Any) -> Any:
    half, other = _made_by(np.multiply, node)
    return other if _is_half(half) else None


def _is_half(part: Any) -> bool:
    return isinstance(part, float) and part == 0.5


def _made_by(operation: Any, node: Any) -> tuple[Any, ...]:
    """Return the parts of a node of this operation; of any other, nothing twice."""
    made = isinstance(node, Node) and node.operation is operation
    return node.parts if made else (None, None)


def _without_log(part: Any) -> tuple[Any, Node | None]:
    """Return a part without a log1p(w) that is added to it, and that w if it is from 0 to 1."""
    if not isinstance(part, Node) or part.operation not in (np.add, np.subtract):
        return part, None
    first, second = part.parts
    if _of_unit(first):
        rest = second if part.operation is np.add else part.tape.apply(np.negative, second)
        return rest, first.parts[0]
    rest, log = _without_log(first)
    return (part, None) if log is None else (part.tape.apply(part.operation, rest, second), log)


def _of_unit(node: Any) -> bool:
    """Say whether a node is log1p(exp(-|z|))."""
    for operation in (np.log1p, np.exp, np.negative, np.absolute):
        if not isinstance(node, Node) or node.operation is not operation:
            return False
        node = node.parts[0]
    return True


def of_rows(tape: Tape, loss: Any, rows: Node) -> OfRows:
    """Return a loss of data as it is recorded, of whatever rows `rows` stands for."""
    return OfRows(tape, loss, rows, _one(tape))


def of_groups(tape: Tape, loss: Any, rows: Node, tilt: tuple[Node, ...]) -> OfRows:
    """Return a loss of rows that have weights, which add up to 1, and of a plane laid on it."""
    return OfRows(tape, loss, rows, _one(tape), tape.input(False, Pace.ROW), tilt)


def _one(tape: Tape) -> OneRow:
    return OneRow((tape.input(False, Pace.ROW), tape.input(False, Pace.ROW)))
