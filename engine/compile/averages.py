"""Records a loss of data without its data: what one row gives, and the mean over all rows.

The rows are an input of the recording, so that one module serves every table and every batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from engine.compile.tracing import Node, Pace, Tape, computed, leading_to


class OneRow(NamedTuple):
    """A stand-in for rows, as if there were one: a pair of stand-ins for its numbers."""

    row: tuple[Node, Node]


@dataclass(frozen=True, eq=False)
class Sums:
    """The operation of a node that adds up `parts`, each a formula of one row, over all rows.

    The node's own parts are the rows, then what `body`, which leads from one row to `parts`, reads
    from outside.
    """

    row: tuple[Node, Node]
    parts: tuple[Any, ...]
    body: tuple[Node, ...]


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
    changes: ClassVar[bool] = False
    """Whether a step sees a part of it by itself: here, by the rows that it is given."""

    def f(self, x: Any, y: Any) -> Any:
        """Return the loss."""
        return self._means((self.loss.mean_cost(x, y, self.one),))[0]

    def df(self, x: Any, y: Any) -> tuple[Any, ...]:
        """Return the partial derivatives."""
        return self._means(self.loss.mean_slope(x, y, self.one))

    def d2f(self, x: Any, y: Any) -> tuple[Any, ...]:
        """Return the second derivatives."""
        return self._means(self.loss.mean_bend(x, y, self.one))

    def _means(self, found: Sequence[Any]) -> tuple[Any, ...]:
        over, count = self._sums(tuple(found)), self.tape.shared(Count(), self.rows)
        return tuple(self.tape.shared(Sum(k), over) / count for k in range(len(found)))

    def _sums(self, found: tuple[Any, ...]) -> Node:
        """Return the node that adds up what was found of one row; the same for the same."""
        key = (Sums, id(self.rows), *(id(part) for part in found))
        if key not in self.tape.known:
            body = leading_to(computed(self.tape.nodes, Pace.ROW), *found)
            read = [p for node in body for p in node.parts if isinstance(p, Node)]
            read += [part for part in found if isinstance(part, Node)]
            outside = {id(p): p for p in read if p.pace < Pace.ROW}
            operation = Sums(self.one.row, found, body)
            self.tape.known[key] = self.tape.shared(operation, self.rows, *outside.values())
        return self.tape.known[key]


def of_rows(tape: Tape, loss: Any, rows: Node) -> OfRows:
    """Return a loss of data as it is recorded, of whatever rows `rows` stands for."""
    row = tape.input(False, Pace.ROW), tape.input(False, Pace.ROW)
    return OfRows(tape, loss, rows, OneRow(row))
