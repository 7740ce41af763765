"""Writes a rule's recorded step as a loop over many lanes, for maps that a browser computes itself.

What a step needs besides the lanes' own rows stands in two tables of numbers, filled in before the
lanes move. Lanes that follow one another share a row of the one, but for the inputs that differ
*along* them; what is dear and rests on these (a power of beta, say) stands in the other, where each
has a row. So the loop reads arrays alone and keeps nothing, and what is the same for many lanes is
computed once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from engine.compile.javascript import (
    JAVASCRIPT,
    methods_text,
    module_text,
    numbers_of,
    step_names,
    stored,
)
from engine.compile.lines import Lines
from engine.compile.recording import EVEN, Form, Program, open_form, record_open
from engine.compile.tracing import LIMIT, Node, Pace, leading_to, stack
from optimizers.base import Optimizer
from surfaces.base import Surface

CHEAP = frozenset(
    {
        *(np.add, np.subtract, np.multiply, np.true_divide, np.negative, np.positive, np.square),
        *(np.absolute, np.maximum, np.minimum, np.sign, np.sqrt, np.where, np.invert),
        *(np.greater, np.greater_equal, np.less, np.less_equal, np.equal, np.not_equal),
        *(np.bitwise_and, np.bitwise_or, np.logical_and, np.logical_or, np.logical_not),
        *(np.isnan, np.isfinite, np.reciprocal),
    }
)
"""Operations that cost a lane no more than to look up what they give."""

ROWS = "rows"
"""The input of a loss of data that no table of numbers holds."""


def batch_module(
    optimizer: Optimizer, surface: Surface, along: frozenset[str], columns: int = EVEN
) -> str:
    """Return the module that moves lanes of which some inputs differ from lane to lane.

    `batch(numbers, functions)` gives methods. `begin(rows, from, to, table, at, each, j)` puts
    fresh memory behind the points of lanes `from` to `to`; `move(rows, from, to, table, at, each,
    j, losses)` moves them, writes the loss at the point that each leaves, and returns how many have
    left the limit. A lane's row is x, y and the memory, `lane` numbers. What the lanes share stands
    in `table` from `at` on, what is each lane's own in `each` from `j` on, row after row. On a loss
    of data `move` takes other rows of data as well, which step and loss are then of.
    `shared` and `own` say of each number in these rows on which inputs it rests (`needs`), which
    input it is (`given`), or which method writes it into a row (`by`, called with t, lr, noise_x,
    noise_y, row): all that rest on the same are written by one. Raises Untraceable.
    """
    return _batch(open_form(optimizer), open_form(surface, columns), along)


class Slot(NamedTuple):
    """A number of a table: whose it is, which half of a pair, and which inputs lead to it."""

    node: Node
    half: int
    needs: tuple[str, ...]


class Tables(NamedTuple):
    """What lanes share, and what is each lane's own."""

    shared: tuple[Slot, ...]
    own: tuple[Slot, ...]

    def fills(self) -> dict[tuple[str, ...], str]:
        """Return the methods that write numbers, by what these rest on."""
        computed = [
            slot.needs for slot in (*self.shared, *self.own) if slot.node.operation is not None
        ]
        return {needs: f"fill{n}" for n, needs in enumerate(dict.fromkeys(computed))}

    def names(self) -> dict[int, tuple[str, ...]]:
        """Return what the loops call each node that stands in a table."""
        found: dict[int, tuple[str, ...]] = {}
        for letter, slots in (("s", self.shared), ("o", self.own)):
            for k, slot in enumerate(slots):
                found[id(slot.node)] = (*found.get(id(slot.node), ()), f"{letter}{k}")
        return found


@lru_cache(maxsize=512)
def _batch(rule: Form, loss: Form, along: frozenset[str]) -> str:
    program = record_open(rule, loss)
    nodes = [node for node in program.state[0].tape.nodes if node.pace < Pace.TRIAL]
    outputs = (*program.next_state, program.loss)
    tables = _tables(program, nodes, (*program.fresh, *outputs), along)
    names = tables.names()
    first, move = (
        Lines(TABLE, (*program.state, *_rows(program)), leading_to(nodes, *of, known=names), names)
        for of in (program.fresh, outputs)
    )
    return _text(program, tables, first, move)


def _tables(
    program: Program, nodes: Sequence[Node], outputs: Sequence[Any], along: frozenset[str]
) -> Tables:
    """Return what the lanes' own lines read and do not compute: all that is dear, or is shared."""
    needs = _needs(program)
    shared, own, waiting, seen = set[int](), set[int](), list(outputs), set[int]()
    while waiting:
        node = waiting.pop()
        if not isinstance(node, Node) or id(node) in seen:
            continue
        seen.add(id(node))
        if node.pace < Pace.POINT and ROWS in needs[id(node)]:
            waiting += node.parts
        elif node.pace < Pace.POINT and along.isdisjoint(needs[id(node)]):
            shared.add(id(node))
        elif node.pace < Pace.POINT and _dear(node):
            own.add(id(node))
        elif node.operation is not None:
            waiting += node.parts
    found = (
        tuple(
            Slot(node, half, needs[id(node)])
            for node in nodes
            if id(node) in chosen
            for half in range(1 + node.paired)
        )
        for chosen in (shared, own)
    )
    return Tables(*found)


def _rows(program: Program) -> list[Node]:
    return [node for key, node in program.inputs.items() if key == ROWS]


def _dear(node: Node) -> bool:
    return node.operation is None or (node.operation is not stack and node.operation not in CHEAP)


def _needs(program: Program) -> dict[int, tuple[str, ...]]:
    """Return the names of the inputs that lead to each node."""
    found = {id(node): {name} for name, node in program.inputs.items()}
    for node in program.state[0].tape.nodes:
        before = (found.get(id(part), set()) for part in node.parts if isinstance(part, Node))
        found.setdefault(id(node), set()).update(*before)
    return {key: tuple(name for name in program.inputs if name in of) for key, of in found.items()}


def _text(program: Program, tables: Tables, first: Lines, move: Lines) -> str:
    inputs = Lines(TABLE, program.inputs.values(), ())
    state = [name for node in program.state for name in move.names[id(node)]]
    fresh = first.all(program.fresh, program.state[1:])
    begun = [*_body(first), *stored("rows[i", fresh, first=2)]
    moved = _loop(tables, state, _moved(program, move))
    data = [(inputs.operand(node), move.operand(node)) for node in _rows(program)]
    more = "".join(f", data = {kept}" for kept, _ in data)
    taken = [f"const {name} = data;" for _, name in data]
    given = step_names(program.inputs, inputs)
    fills = tables.fills()
    filled = {
        f"{method}({', '.join(given)}, row)": _filled(program, tables, needs)
        for needs, method in fills.items()
    }
    lanes = "rows, from, to, table, at, each, j"
    methods = {
        **filled,
        f"begin({lanes})": _loop(tables, state, begun),
        f"move({lanes}, losses{more})": [*taken, "let lost = 0;", *moved, "return lost;"],
    }
    said = {
        "lane": len(state),
        "shared": [_said(program, slot, fills) for slot in tables.shared],
        "own": [_said(program, slot, fills) for slot in tables.own],
    }
    body = methods_text(methods)
    return module_text("batch", numbers_of(program.inputs, inputs), [], body, said)


def _loop(tables: Tables, state: Sequence[str], body: Sequence[str]) -> list[str]:
    """Return the loop over lanes, and before it what they share."""
    lane, own = len(state), len(tables.own)
    step = f"lane++, i += {lane}" + (f", j += {own}" if own else "")
    within = [
        *_read("each[j", [f"o{k}" for k in range(own)], body),
        *_read("rows[i", state, body),
        *body,
    ]
    return [
        *_read("table[at", [f"s{k}" for k in range(len(tables.shared))], body),
        f"for (let lane = from, i = {lane} * from; lane < to; {step}) {{",
        *(f"  {line}" for line in within),
        "}",
    ]


def _filled(program: Program, tables: Tables, needs: tuple[str, ...]) -> list[str]:
    """Return the lines that compute what rests on the same inputs, and write it in its places."""
    found = {
        (slot.node, slot.half): k
        for slots in tables
        for k, slot in enumerate(slots)
        if slot.needs == needs and slot.node.operation is not None
    }
    nodes = leading_to(program.state[0].tape.nodes, *(node for node, _ in found))
    lines = Lines(TABLE, program.inputs.values(), nodes)
    writes = [f"row[{k}] = {lines.operand(*of)};" for of, k in found.items()]
    return [*lines.of[Pace.RUN], *lines.of[Pace.STEP], *writes]


def _moved(program: Program, move: Lines) -> list[str]:
    """Return the lines that move one lane and count it where it leaves the limit."""
    after = move.all(program.next_state, program.state)
    inside = " && ".join(f"Math.abs({name}) <= {LIMIT!r}" for name in after[:2])
    loss = f"losses[lane] = {move.operand(program.loss)};"
    return [*_body(move), loss, *stored("rows[i", after), f"if (!({inside})) lost += 1;"]


def _said(program: Program, slot: Slot, fills: Mapping[tuple[str, ...], str]) -> dict[str, Any]:
    """Return what a module says of a number in its tables."""
    if slot.node.operation is not None:
        return {"needs": slot.needs, "by": fills[slot.needs]}
    (key,) = (key for key, node in program.inputs.items() if node is slot.node)
    return {"needs": slot.needs, "given": f"{key}_{'xy'[slot.half]}" if slot.node.paired else key}


def _body(lines: Lines) -> list[str]:
    return [line for pace in (Pace.RUN, Pace.STEP, Pace.POINT) for line in lines.of[pace]]


def _read(place: str, names: Sequence[str], used: Sequence[str]) -> list[str]:
    """Return the lines that read those of some numbers, one after the other, that are used."""
    words = set(re.findall(r"\w+", " ".join(used)))
    return [f"const {name} = {place} + {k}];" for k, name in enumerate(names) if name in words]


def _constant(pace: Pace, name: str, formula: str) -> str:
    return f"const {name} = {formula};"


TABLE = JAVASCRIPT._replace(line=_constant)
"""JavaScript in which every value is computed where it stands."""
