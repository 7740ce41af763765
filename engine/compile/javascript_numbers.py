"""Turns a recorded step into a JavaScript module that gives the numbers of the printed rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.compile.javascript import (
    lines_after,
    methods_text,
    module_text,
    numbers_of,
    shared_lines,
    step_names,
)
from engine.compile.tracing import Node, Pace, leading_to


def numbers_module(
    nodes: Sequence[Node],
    inputs: Mapping[str, Node],
    state: Sequence[Node],
    outputs: Sequence[Any],
    said: Mapping[str, Any],
) -> str:
    """Return a module that fills in numbers which a step, recorded by someone else, leads to.

    `numbers(numbers, functions)` gives `fill(t, lr, noise_x, noise_y, from, i, to, j, stride)`: the
    outputs of the step that leaves row i, each a stride after the one before.
    """
    needed = leading_to(nodes, *outputs)
    given = (*inputs.values(), *state)
    shared = shared_lines(given, needed, outputs, Pace.RUN)
    lines = lines_after(shared, needed, outputs)
    step = step_names(inputs, shared)
    rows = [name for node in state for name in shared.names[id(node)]]
    fill = [
        *(f"const {name} = from[i + {k}];" for k, name in enumerate(rows)),
        *(f"const {line}" for line in lines.of[Pace.STEP]),
        *lines.of[Pace.POINT],
        *(f"to[j + {k} * stride] = {lines.operand(v)};" for k, v in enumerate(outputs)),
    ]
    head = f"fill({', '.join(step)}, from, i, to, j, stride)"
    body = [*shared.of[Pace.RUN], *methods_text({head: fill})]
    return module_text("numbers", numbers_of(inputs, shared), [], body, said)
