"""A printed update rule carried out: line by line, for every step of a recorded run at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from declarations import Declared, declarations
from engine.notation.evaluation import evaluate
from engine.notation.nodes import Assignment, Symbol
from engine.notation.parser import parse, symbol
from engine.run.loop import Trajectory
from optimizers.base import Optimizer
from surfaces.base import Array, Landscape

Values = Mapping[Symbol, Any]

TIME = Symbol("t")
POINT = Symbol("w", time=0)


@dataclass(frozen=True)
class Observed:
    """A landscape as a run of several steps saw it: row by row, gradient noise included."""

    surface: Landscape
    noise: Array | None

    def value(self, w: Array) -> Array:
        """Return the loss, shape (...)."""
        return self.surface.value(w)

    def gradient(self, w: Array) -> Array:
        """Return the gradient at points of shape (2, steps), each with its step's noise."""
        gradient = self.surface.gradient(w)
        return gradient if self.noise is None else gradient + self.noise

    def hessian(self, w: Array) -> tuple[Array, Array, Array]:
        """Return the second derivatives."""
        return self.surface.hessian(w)


def parsed(optimizer: Optimizer) -> tuple[Assignment, ...]:
    """Return the printed rule's lines; ValueError shows where one cannot be read."""
    return tuple(parse(line) for line in optimizer.rule)


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
