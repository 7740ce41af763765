"""Where each operation of a recorded step writes: arrays that are kept, and used again."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from engine.compile.operators import as_written, in_effect
from engine.compile.recording import Program
from engine.compile.tracing import Node, Pace, Untraceable, computed, stack
from surfaces.spline import Kept

_AFTER_THE_STEP = 1 << 30

Instruction = Callable[[], Any]
"""A NumPy function with all its arrays in place, the one for the result among them."""


class Layout:
    """Which array each operation writes into; an array is used again after its last reading.

    Where nothing reads the old point and memory any more, the new ones are computed in their
    place; so are the two halves of a gradient in the gradient, and a result in what it is
    computed from.
    """

    def __init__(
        self,
        program: Program,
        outputs: Sequence[Any],
        nodes: Sequence[Node],
        start: Sequence[Any],
        values: dict[int, Any],
    ) -> None:
        """Lay out the nodes that lead to these outputs for lanes that start so."""
        self.shape = np.shape(start[0])
        self.values = values
        self.arrays: dict[int, Any] = {}
        self.cells: dict[int, Any] = {}
        self.instructions: list[Instruction] = []
        self.idle: list[Any] = []
        self.nodes = computed(nodes, Pace.POINT)
        self.halves = _halves(self.nodes)
        self.last_reading = self._last_readings(outputs)
        self.state = tuple(map(self._kept, program.state, start))
        homes = zip(map(id, program.next_state), self.state, strict=True)
        self.homes = dict(reversed(list(homes)))
        for index, node in enumerate(self.nodes):
            self._add(index, node)
        self._bring_home(program)

    def produced(self, node: Any) -> Any:
        """Return the array an output is computed into."""
        if not isinstance(node, Node) or node.operation in (None, operator.getitem, stack):
            raise Untraceable("an output that no operation computes")
        return self._operand(node)

    def _last_readings(self, outputs: Sequence[Any]) -> dict[int, int]:
        last: dict[int, int] = {}
        for index, node in enumerate(self.nodes):
            last.update((id(self._owner(p)), index) for p in node.parts if isinstance(p, Node))
        last.update((id(self._owner(o)), _AFTER_THE_STEP) for o in outputs if isinstance(o, Node))
        return last

    def _owner(self, node: Node) -> Node:
        """Return the node whose array this one is, or is a half of."""
        if node.operation is operator.getitem:
            return self._owner(node.parts[0])
        return self.halves[id(node)][0] if id(node) in self.halves else node

    def _kept(self, node: Node, start: Any) -> Any:
        if np.shape(start) != self._shape(node):
            raise Untraceable("memory narrower than the lanes")
        self.arrays[id(node)] = np.array(start, dtype=float)
        return self.arrays[id(node)]

    def _add(self, index: int, node: Node) -> None:
        if node.operation is operator.getitem:
            pair, coordinate = node.parts
            self.arrays[id(node)] = self._operand(pair)[coordinate]
            return
        parts = [self._operand(part) for part in node.parts]
        kind = _kind(node, parts)
        reads_while_writing = node.operation in (np.where, stack) or not callable(node.operation)
        if not reads_while_writing:
            self._release(index, node)
        out = self.arrays[id(node)] = self._place(node, kind)
        self.instructions.extend(self._instructions(node, parts, out))
        if reads_while_writing:
            self._release(index, node)

    def _release(self, index: int, node: Node) -> None:
        """Give back the arrays that are read for the last time."""
        owners = {id(self._owner(p)) for p in node.parts if isinstance(p, Node)}
        last = [key for key in owners if self.last_reading[key] == index and key in self.arrays]
        self.idle += [self.arrays[key] for key in last]

    def _place(self, node: Node, kind: Any) -> Any:
        if id(node) in self.halves:
            pair, half = self.halves[id(node)]
            if id(pair) not in self.arrays:
                self.arrays[id(pair)] = self._take(pair, kind)
            return self.arrays[id(pair)][half]
        return self.arrays[id(node)] if id(node) in self.arrays else self._take(node, kind)

    def _take(self, node: Node, kind: Any) -> Any:
        """Return an idle array: the node's home, else the one that was given back last."""
        shape, home = self._shape(node), self.homes.get(id(node))
        others = [of for of in self.homes.values() if of is not home]
        fitting = [
            idle
            for idle in self.idle
            if (idle.shape, idle.dtype) == (shape, kind) and not any(idle is of for of in others)
        ]
        if not fitting:
            return np.empty(shape, kind)
        found = home if any(idle is home for idle in fitting) else fitting[-1]
        self.idle = [idle for idle in self.idle if idle is not found]
        return found

    def _shape(self, node: Node) -> tuple[int, ...]:
        lanes: tuple[int, ...] = self.shape[1:]
        return (2, *lanes) if node.paired else lanes

    def _operand(self, part: Any) -> Any:
        """Return the array a part is read from; what changes once a step is read from a cell."""
        if not isinstance(part, Node):
            return _array(part)
        if part.pace == Pace.POINT:
            return self.arrays[id(part)]
        if id(part) not in self.cells:
            value = _array(self.values[id(part)])
            full = value if value.ndim == 0 else np.broadcast_to(value, self._shape(part))
            self.cells[id(part)] = np.array(full, order="C")
        return self.cells[id(part)]

    def _instructions(self, node: Node, parts: list[Any], out: Any) -> list[Instruction]:
        if node.operation is stack:
            return [
                partial(np.copyto, out[half], part)
                for half, part in enumerate(parts)
                if self.halves.get(id(node.parts[half])) != (node, half)
            ]
        if node.operation is np.where:
            return [partial(_choose, out, *parts)]
        if node.operation is np.power:
            return [self._power(node, parts, out)]
        if isinstance(node.operation, Kept):
            return [partial(_look_up, node.operation, out, *parts)]
        if not isinstance(node.operation, np.ufunc):
            raise Untraceable("an operation that cannot write in place")
        return [_into(node.operation, parts, out)]

    def _power(self, node: Node, parts: list[Any], out: Any) -> Instruction:
        exponent = node.parts[1]
        if isinstance(exponent, Node) and exponent.pace == Pace.STEP:
            raise Untraceable("an exponent that changes")
        function: Any = in_effect(node, parts[1].item() if parts[1].ndim == 0 else exponent)
        return _into(function, parts[: function.nin], out)

    def _bring_home(self, program: Program) -> None:
        """Copy into place what could not be computed there, without reading what is written."""
        moves = [
            (home, self._operand(new))
            for home, new in zip(self.state, program.next_state, strict=True)
        ]
        moves = [(home, new) for home, new in moves if new is not home]
        for number, (home, new) in enumerate(moves):
            if any(np.may_share_memory(new, other) for other, _ in moves):
                aside = np.empty(home.shape)
                self.instructions.append(partial(np.copyto, aside, new))
                moves[number] = home, aside
        self.instructions.extend(partial(np.copyto, *move) for move in moves)


def _halves(nodes: Sequence[Node]) -> dict[int, tuple[Node, int]]:
    """Return, for each coordinate that can be computed inside a pair, the pair and the half."""
    computed = {id(n) for n in nodes if n.operation is not operator.getitem and not n.paired}
    found: dict[int, tuple[Node, int]] = {}
    for pair in (node for node in nodes if node.operation is stack):
        for half, part in enumerate(pair.parts):
            if id(part) in computed:
                found.setdefault(id(part), (pair, half))
    return found


def _kind(node: Node, parts: Sequence[Any]) -> Any:
    """Return the type of number an operation gives: truth values or floats."""
    if node.operation is stack:
        return np.dtype(float)
    sample = as_written(node)(*(np.ones(1, part.dtype) for part in parts))
    return np.dtype(bool if sample.dtype == bool else float)


def _array(value: Any) -> Any:
    value = np.asarray(value)
    return value if value.dtype == bool else value.astype(float)


def _into(function: np.ufunc, parts: Sequence[Any], out: Any) -> Instruction:
    """Bind a function to its arrays; a keyword costs time, but these two demand it."""
    if function in (np.maximum, np.minimum):
        return partial(function, *parts, out=out)
    return partial(function, *parts, out)


def _look_up(kept: Kept, out: Any, place: Any) -> None:
    np.copyto(out, kept(place))


def _choose(out: Any, condition: Any, x: Any, y: Any) -> None:
    np.copyto(out, y)
    np.copyto(out, x, where=condition)
