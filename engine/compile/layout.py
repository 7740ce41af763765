"""Where each operation of a recorded step writes: arrays that are kept, and used again."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from engine.compile.operators import as_written, in_effect
from engine.compile.recording import Program
from engine.compile.tracing import Node, Pace, Untraceable, computed, stack
from surfaces.spline import Kept

_AFTER_THE_STEP = 1 << 30

Instruction = Callable[[], Any]
"""A NumPy function with all its arrays in place, the one for the result among them."""


class _Place(NamedTuple):
    """Rows of one of the kept arrays: both for a pair, one for a number a lane."""

    block: int
    rows: tuple[int, ...]

    @property
    def paired(self) -> bool:
        return len(self.rows) == 2


class _Blocks:
    """The arrays that are kept, of one or two rows of lanes, and which rows are taken."""

    def __init__(self, lanes: tuple[int, ...], kind: Any) -> None:
        self.lanes, self.kind = lanes, np.dtype(kind)
        self.blocks: list[Any] = []
        self.common: list[int] = []
        self.taken: set[tuple[int, int]] = set()

    def array(self, place: _Place) -> Any:
        """Return the array at a place."""
        return self.blocks[place.block] if place.paired else self.blocks[place.block][place.rows[0]]

    def own(self, start: Any, paired: bool) -> _Place:
        """Return a taken place of its own for a part of the state."""
        self.blocks.append(
            np.array(start, dtype=self.kind).reshape(2 if paired else 1, *self.lanes)
        )
        return self.take(_Place(len(self.blocks) - 1, (0, 1) if paired else (0,)))

    def take(self, place: _Place) -> _Place:
        """Mark a place as taken and return it."""
        self.taken |= {(place.block, row) for row in place.rows}
        return place

    def release(self, place: _Place) -> None:
        """Mark a place as idle."""
        self.taken -= {(place.block, row) for row in place.rows}

    def idle(self, place: _Place) -> bool:
        """Say whether nobody has taken any row of a place."""
        return not any((place.block, row) in self.taken for row in place.rows)

    def find(self, paired: bool) -> _Place:
        """Return an idle place, preferring the other half of one that is taken."""
        shapes = [(0, 1)] if paired else [(0,), (1,)]
        places = [_Place(block, rows) for block in self.common for rows in shapes]
        places = [place for place in places if self.idle(place)]
        if not places:
            self.blocks.append(np.empty((2, *self.lanes), self.kind))
            self.common.append(len(self.blocks) - 1)
            return _Place(self.common[-1], shapes[0])
        return max(places, key=lambda place: not self.idle(_Place(place.block, (0, 1))))


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
        self.places: dict[int, _Place] = {}
        self.cells: dict[int, Any] = {}
        self.instructions: list[Instruction] = []
        self.blocks = {np.dtype(kind): _Blocks(self.shape[1:], kind) for kind in (float, bool)}
        self.nodes = computed(nodes, Pace.POINT)
        self.halves = _halves(self.nodes)
        self.last_reading = self._last_readings(outputs)
        self.state = tuple(map(self._kept, program.state, start))
        self.homes = {
            id(new): self.places[id(old)]
            for new, old in reversed(list(zip(program.next_state, program.state, strict=True)))
        }
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
        blocks = self.blocks[np.dtype(float)]
        self.places[id(node)] = blocks.own(start, node.paired)
        self.arrays[id(node)] = blocks.array(self.places[id(node)])
        return self.arrays[id(node)]

    def _add(self, index: int, node: Node) -> None:
        if node.operation is operator.getitem:
            pair, coordinate = node.parts
            self.arrays[id(node)] = self._operand(pair)[coordinate]
            return
        parts = [self._operand(part) for part in node.parts]
        kind = _kind(node, parts)
        reads_while_writing = node.operation in (np.where, stack) or not callable(node.operation)
        left = [] if reads_while_writing else self._release(index, node)
        out = self.arrays[id(node)] = self._place(node, kind, left)
        self.instructions.extend(self._instructions(node, parts, out))
        if reads_while_writing:
            self._release(index, node)

    def _release(self, index: int, node: Node) -> list[tuple[Any, _Place]]:
        """Give back what is read for the last time, and return it."""
        owners = {id(self._owner(p)) for p in node.parts if isinstance(p, Node)}
        last = [key for key in owners if self.last_reading[key] == index and key in self.places]
        left = [(self.arrays[key].dtype, self.places[key]) for key in last]
        for kind, place in left:
            self.blocks[kind].release(place)
        return left

    def _place(self, node: Node, kind: Any, left: list[tuple[Any, _Place]]) -> Any:
        blocks = self.blocks[kind]
        if id(node) in self.halves:
            pair, half = self.halves[id(node)]
            if id(pair) not in self.arrays:
                self.arrays[id(pair)] = self._place(pair, kind, left)
            return self.arrays[id(pair)][half]
        if id(node) not in self.arrays:
            home = self.homes.get(id(node))
            near = [place for of, place in left if of == kind and place.paired == node.paired]
            wanted = [home, *near] if home and kind == np.dtype(float) else near
            fitting = [p for p in wanted if p.paired == node.paired and blocks.idle(p)]
            self.places[id(node)] = blocks.take(fitting[0] if fitting else blocks.find(node.paired))
            return blocks.array(self.places[id(node)])
        return self.arrays[id(node)]

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
