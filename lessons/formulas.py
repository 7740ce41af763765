"""Formulas set for print."""

from __future__ import annotations

from engine.notation import display, mathml, parse
from engine.notation.rules import parsed
from optimizers import Optimizer
from schedules import Schedule


def rule_lines(optimizer: Optimizer) -> tuple[str, ...]:
    """Return the printed rule's lines as MathML, one formula each."""
    return tuple(display(mathml(line)) for line in parsed(optimizer))


def schedule_line(schedule: Schedule) -> str:
    """Return a schedule's formula as MathML."""
    return display(mathml(parse(schedule.rule)))
