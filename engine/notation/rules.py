"""A printed update rule carried out: line by line, for every step of a recorded run at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from declarations import Declared, declarations
from engine.notation.evaluation import evaluate
from engine.notation.parser import parse, symbol
from engine.notation.printed import Assignment, Symbol
from engine.run.trajectory import Trajectory
from optimizers.base import Optimizer
from surfaces.base import Landscape

Values = Mapping[Symbol, Any]

TIME = Symbol("t")
POINT = Symbol("w", time=0)
GRADIENT, DRAW = r"\nabla f(w_{t-1})", r"\xi_t"
NOISE = symbol(DRAW)


def parsed(optimizer: Optimizer) -> tuple[Assignment, ...]:
    """Return the printed rule's lines; ValueError shows where one cannot be read."""
    return tuple(parse(line) for line in optimizer.rule)


def noisy(optimizer: Optimizer) -> tuple[Assignment, ...]:
    r"""Return the printed lines for gradients that are off: \nabla f(w_{t-1}) + \xi_t."""
    seen = rf"{GRADIENT} + {DRAW}"
    return tuple(parse(line.replace(GRADIENT, seen)) for line in optimizer.rule)


def parameters(declared: Declared) -> dict[Symbol, Any]:
    """Return the adjustable numbers of an optimizer or surface under their printed names."""
    kinds = declarations(type(declared))
    settings = declared.settings().items()
    return {symbol(kinds[name].symbol): value for name, value in settings if kinds[name].symbol}


def known(optimizer: Optimizer, run: Trajectory) -> dict[Symbol, Any]:
    """Return what is known before each step of one lane's run, under the printed names.

    Points have shape (2, steps), scalars (steps,); hyperparameters are plain numbers, and the
    learning rate is the one in force.
    """
    values = parameters(optimizer)
    values[TIME] = np.arange(1.0, len(run.x))
    values[symbol(declarations(type(optimizer))["lr"].symbol)] = run.lr
    values[POINT.at(-1)] = run.x[:-1].T
    for name, rows in run.memory.items():
        values[symbol(optimizer.memory_symbols[name]).at(-1)] = rows[:-1].T
    return values


def carried_out(
    lines: tuple[Assignment, ...], values: Values, landscape: Landscape
) -> Iterator[tuple[Assignment, dict[Symbol, Any]]]:
    """Yield each line with all values known after it, the lines taken in printed order."""
    now = dict(values)
    for line in lines:
        now[line.name] = evaluate(line.expression, now, landscape)
        yield line, now
