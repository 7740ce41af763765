"""The printed rule with a place for each of its numbers, and the script that fills them in.

The printed formula is carried out once with stand-ins: what comes of it is recorded like a rule is,
and becomes a module for the browser, so that the numbers follow the hand.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from declarations import declarations
from engine.compile.javascript_numbers import numbers_module
from engine.compile.recording import (
    Form,
    RecordedLandscape,
    loss_stand_in,
    open_form,
    stand_in,
    tracing,
)
from engine.compile.tracing import Pace, Tape
from engine.notation.parser import symbol
from engine.notation.rules import NOISE, POINT, TIME, noisy, parameters, parsed
from optimizers.base import Optimizer
from packets.arithmetic import shown
from packets.slots import Slots
from surfaces.base import Surface


class _Places(Slots):
    """Slots that keep the stand-ins themselves."""

    def row(self, value: Any) -> Any:
        """Return the stand-in, or a plain number."""
        return value


def numbers(optimizer: Optimizer, surface: Surface, *, off: bool) -> str:
    """Return the module for a rule on a surface. Raises Untraceable.

    With `off` the draw of noise stands beside the gradient. It exports `lines`, pairs of MathML as
    a race packet has them, and `count`, how many slots they have; every number is a slot here.
    """
    with tracing(KeyError):
        return _numbers(open_form(optimizer), open_form(surface), optimizer, off)


def _numbers(rule: Form, loss: Form, optimizer: Optimizer, off: bool) -> str:
    tape = Tape()
    inputs = {name: tape.input(name == "noise", Pace.STEP) for name in ("t", "lr", "noise")}
    inner = stand_in(tape, rule, inputs)
    outer = loss_stand_in(tape, loss, inputs, Pace.RUN)
    fresh = optimizer.start(np.zeros(2))
    memory = [tape.input(np.ndim(part) == 1, Pace.POINT) for part in fresh]
    state = (tape.point(), *memory)
    values: dict[Any, Any] = {
        **parameters(inner),
        TIME: inputs["t"],
        symbol(declarations(rule.kind)["lr"].symbol): inputs["lr"],
        POINT.at(-1): state[0],
    }
    for name, node in zip(fresh._fields, memory, strict=True):
        values[symbol(optimizer.memory_symbols[name]).at(-1)] = node
    places = _Places(0)
    if off:
        values[NOISE] = inputs["noise"]
    printed = noisy(optimizer) if off else parsed(optimizer)
    lines = shown(printed, values, RecordedLandscape(tape, outer, None), places)
    said = {"lines": [list(line) for line in lines], "count": len(places.rows)}
    return numbers_module(tape.nodes, inputs, state, places.rows, said)
