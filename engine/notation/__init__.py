"""Formulas as LaTeX lines: read them, put numbers in, and set them as MathML."""

from engine.notation.evaluation import evaluate
from engine.notation.mathml import display, mathml
from engine.notation.parser import parse, parse_expression, symbol
from engine.notation.printed import Assignment, Printed, Symbol

__all__ = [
    "Assignment",
    "Printed",
    "Symbol",
    "display",
    "evaluate",
    "mathml",
    "parse",
    "parse_expression",
    "symbol",
]
