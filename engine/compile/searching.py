"""Runs a recorded repetition over many lanes, looking again only where the search goes on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from engine.compile.operators import as_written
from engine.compile.tracing import Node, Repetition, SearchEnd


class Search:
    """A repetition with the arrays that it reads in place; `run` writes the value that it finds.

    A trial costs as much as there are lanes still searching.
    """

    def __init__(self, node: Node, parts: Sequence[Any]) -> None:
        """Bind a repetition's node to the arrays of its parts, the first value among them."""
        self.repetition: Repetition = node.operation
        self.start = parts[0]
        self.read = [
            (id(part), array)
            for part, array in zip(node.parts[1:], parts[1:], strict=True)
            if isinstance(part, Node)
        ]
        self.found = {SearchEnd.UNFINISHED: np.zeros(()), SearchEnd.TRIES: np.zeros(())}

    def run(self, out: Any) -> None:
        """Write the value at which each lane's search ends."""
        repetition = self.repetition
        out[...] = self.start
        tries, searching = np.zeros(out.shape), np.ones(out.shape, dtype=bool)
        for _ in range(repetition.most):
            again, change = self._look(out[searching], searching)
            tries += searching
            searching[searching] = again
            if not searching.any():
                break
            out[searching] = change[again]
        self.found = {SearchEnd.UNFINISHED: searching, SearchEnd.TRIES: tries}

    def tell(self, which: SearchEnd, out: Any) -> None:
        """Write what else the latest search gave."""
        out[...] = self.found[which]

    def _look(self, value: Any, searching: Any) -> tuple[Any, Any]:
        """Return, for the lanes still searching, whether to go on and the value to go on with."""
        repetition = self.repetition
        values: dict[int, Any] = {
            key: array[..., searching] if array.ndim else array for key, array in self.read
        }
        values[id(repetition.variable)] = value
        for node in repetition.body:
            parts = [values[id(p)] if isinstance(p, Node) else p for p in node.parts]
            values[id(node)] = as_written(node)(*parts)
        ends = (repetition.again, repetition.change)
        again, change = (values[id(end)] if isinstance(end, Node) else end for end in ends)
        return again, np.broadcast_to(change, value.shape)
