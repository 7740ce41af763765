"""Writes a rule's recorded step as a loop over many lanes, for maps that a browser computes itself.

What a step needs besides the lanes' own rows stands in a table of numbers, filled in before the
lanes move: one row for all lanes that share their settings, or a row for each. So the loop reads
arrays alone and keeps nothing, and what is dear (a power of beta, say) is computed once for all
lanes for which it is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

import numpy as np

from engine.compile.javascript import JAVASCRIPT, methods_text, module_text, stored
from engine.compile.javascript_modules import IN_STEP, example, numbers_of
from engine.compile.lines import Lines
from engine.compile.recording import Form, Program, open_form, recorded
from engine.compile.tracing import LIMIT, Node, Pace, Untraceable, leading_to, stack
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


def shared_module(optimizer: Optimizer, surface: Surface) -> str:
    """Return the module that moves lanes of the same settings. Raises Untraceable.

    `batch(numbers, functions)` gives `fill(t, lr, noise_x, noise_y, table, at)`, which writes a row
    of `width` numbers. `begin(rows, count, table, stride)` puts fresh memory behind each lane's
    point; `move(rows, count, table, stride, losses)` moves each lane by the row of the table that
    lies `stride` after the one of the lane before, writes the loss at the point it leaves, and
    returns how many lanes have left the limit. A lane's row is x, y and the memory, `lane` numbers.
    """
    return _batch(open_form(optimizer), open_form(surface), SHARED)


def varied_module(optimizer: Optimizer, surface: Surface) -> str:
    """Return the same for lanes of which each has settings of its own. Raises Untraceable.

    Only what is dear stands in the table: `needs` says on what each of its numbers depends, and
    `given` which input it is, if it is one.
    """
    return _batch(open_form(optimizer), open_form(surface), VARIED)


def _dear(node: Node) -> bool:
    return node.operation is None or (node.operation is not stack and node.operation not in CHEAP)


def _loop_by_one_row(
    lane: int, table: Sequence[str], state: Sequence[str], body: Sequence[str]
) -> list[str]:
    head = f"for (let lane = 0, i = 0; lane < count; lane++, i += {lane}) {{"
    return ["const at = 0;", *table, head, *_indented(state), *_indented(body), "}"]


def _loop_by_rows(
    lane: int, table: Sequence[str], state: Sequence[str], body: Sequence[str]
) -> list[str]:
    head = f"for (let lane = 0, i = 0, at = 0; lane < count; lane++, i += {lane}, at += stride) {{"
    return [head, *_indented(table), *_indented(state), *_indented(body), "}"]


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"  {line}" for line in lines]


class Kind(NamedTuple):
    """A kind of module: what stands in the table, and how a loop over the lanes reads it.

    A loop is written from the numbers of a lane, and lines: those that read the table, those that
    read a lane, and those that work.
    """

    stays: Callable[[Node], bool]
    loop: Callable[[int, Sequence[str], Sequence[str], Sequence[str]], list[str]]


SHARED = Kind(lambda node: True, _loop_by_one_row)
VARIED = Kind(_dear, _loop_by_rows)


@lru_cache(maxsize=256)
def _batch(rule: Form, loss: Form, kind: Kind) -> str:
    fresh = example(rule).start(np.zeros(2))
    paired = tuple(np.ndim(part) == 1 for part in fresh)
    program = recorded(rule, loss, (type(fresh), paired), True)
    if "rows" in program.inputs:
        raise Untraceable("a table of numbers holds no rows of data")
    nodes = [node for node in program.state[0].tape.nodes if node.pace < Pace.TRIAL]
    outputs = (*program.next_state, program.loss)
    edge = _edge(nodes, (*program.fresh, *outputs), kind.stays)
    filled = Lines(TABLE, program.inputs.values(), leading_to(nodes, *edge))
    slots = [name for node in edge for name in filled.names[id(node)]]
    names = {id(node): _slot_names(node, slots, filled) for node in edge}
    first, move = (
        Lines(TABLE, program.state, _after(nodes, of, names), names)
        for of in (program.fresh, outputs)
    )
    return _text(
        kind, program, filled, slots, (first, move), [_needs(program, n) for n in _wide(edge)]
    )


def _edge(
    nodes: Sequence[Node], outputs: Sequence[Any], stays: Callable[[Node], bool]
) -> list[Node]:
    """Return what stands in the table: all that the lanes' own lines read and do not compute."""
    found: dict[int, Node] = {}
    waiting, seen = [o for o in outputs if isinstance(o, Node)], set[int]()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if node.pace < Pace.POINT and stays(node):
            found[id(node)] = node
        elif node.pace < Pace.POINT or node.operation is not None:
            waiting += [part for part in node.parts if isinstance(part, Node)]
    return [node for node in nodes if id(node) in found]


def _after(nodes: Sequence[Node], outputs: Sequence[Any], names: Mapping[int, Any]) -> list[Node]:
    """Return the nodes that lead on from the table to some outputs."""
    wanted = {id(output) for output in outputs if isinstance(output, Node)}
    for node in reversed(nodes):
        if id(node) in wanted and id(node) not in names:
            wanted |= {id(part) for part in node.parts if isinstance(part, Node)}
    return [node for node in nodes if id(node) in wanted and id(node) not in names]


def _slot_names(node: Node, slots: Sequence[str], filled: Lines) -> tuple[str, ...]:
    return tuple(f"v{slots.index(name)}" for name in filled.names[id(node)])


def _wide(edge: Iterable[Node]) -> list[Node]:
    """Return each node as often as it has numbers."""
    return [node for node in edge for _ in range(1 + node.paired)]


def _needs(program: Program, node: Node) -> list[str]:
    """Return the names of the inputs that lead to a node."""
    found = {id(one) for one in (*leading_to(program.state[0].tape.nodes, node), node)}
    return [name for name, given in program.inputs.items() if id(given) in found]


def _text(
    kind: Kind,
    program: Program,
    filled: Lines,
    slots: Sequence[str],
    moving: tuple[Lines, Lines],
    needs: Sequence[Sequence[str]],
) -> str:
    first, move = moving
    state = [name for node in program.state for name in move.names[id(node)]]
    given = [name for key in IN_STEP for name in filled.names[id(program.inputs[key])]]
    table = partial(_read, "table[at", [f"v{k}" for k in range(len(slots))])
    rows = partial(_read, "rows[i", state)
    lines = [*filled.of[Pace.RUN], *filled.of[Pace.STEP]]
    fresh = first.all(program.fresh, program.state[1:])
    begun = [*_body(first), *stored("rows[i", fresh, first=2)]
    moved = _moved(program, move)
    over = partial(kind.loop, len(state))
    moves = ["let lost = 0;", *over(table(moved), rows(moved), moved), "return lost;"]
    body = methods_text(
        {
            f"fill({', '.join(given)}, table, at)": [*lines, *stored("table[at", slots)],
            "begin(rows, count, table, stride)": over(table(begun), rows(begun), begun),
            "move(rows, count, table, stride, losses)": moves,
        }
    )
    said = {
        "lane": len(state),
        "width": len(slots),
        "needs": [list(one) for one in needs],
        "given": [_given(program, filled, name) for name in slots],
    }
    return module_text("batch", numbers_of(program.inputs, filled), [], body, said)


def _moved(program: Program, move: Lines) -> list[str]:
    """Return the lines that move one lane and count it where it leaves the limit."""
    after = move.all(program.next_state, program.state)
    inside = " && ".join(f"Math.abs({name}) <= {LIMIT!r}" for name in after[:2])
    loss = f"losses[lane] = {move.operand(program.loss)};"
    return [*_body(move), loss, *stored("rows[i", after), f"if (!({inside})) lost += 1;"]


def _given(program: Program, filled: Lines, name: str) -> str | None:
    """Return which input a number of the table is, or None for one that is computed."""
    for key, node in program.inputs.items():
        names = filled.names[id(node)]
        if name in names:
            return f"{key}_{'xy'[names.index(name)]}" if node.paired else key
    return None


def _body(lines: Lines) -> list[str]:
    return [line for pace in (Pace.RUN, Pace.STEP, Pace.POINT) for line in lines.of[pace]]


def _read(place: str, names: Sequence[str], used: Sequence[str]) -> list[str]:
    """Return the lines that read those of some numbers, one after the other, that are used."""
    words = set(_words(" ".join(used)))
    return [f"const {name} = {place} + {k}];" for k, name in enumerate(names) if name in words]


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() or c == "_" else " " for c in text).split()


def _constant(pace: Pace, name: str, formula: str) -> str:
    return f"const {name} = {formula};"


TABLE = JAVASCRIPT._replace(line=_constant)
"""JavaScript in which every value is computed where it stands."""
