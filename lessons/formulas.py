"""Formulas set for print."""

from __future__ import annotations

from engine.notation import display, mathml
from engine.notation.rules import parsed
from optimizers import Optimizer


def rule_lines(optimizer: Optimizer) -> tuple[str, ...]:
    """Return the printed rule's lines as MathML, one formula each."""
    return tuple(display(mathml(line)) for line in parsed(optimizer))
