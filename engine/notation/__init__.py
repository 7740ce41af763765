"""Formulas as LaTeX lines: read them, put numbers in, and set them as MathML."""

from engine.notation.evaluation import evaluate
from engine.notation.mathml import display, mathml
from engine.notation.nodes import Assignment, Node, Symbol
from engine.notation.parser import parse, parse_expression, symbol

__all__ = [
    "Assignment",
    "Node",
    "Symbol",
    "display",
    "evaluate",
    "mathml",
    "parse",
    "parse_expression",
    "symbol",
]
