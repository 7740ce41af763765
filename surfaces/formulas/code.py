"""A compiled formula as NumPy lines that a person can read, run and take away."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from surfaces.formulas.program import INPUTS, Compiled, Place, Program, arctangent, choose
from surfaces.formulas.words import VARIABLES

_SIGNS: Mapping[Callable[..., Any], type[ast.operator]] = {
    np.add: ast.Add,
    np.subtract: ast.Sub,
    np.multiply: ast.Mult,
    np.true_divide: ast.Div,
    np.logical_and: ast.BitAnd,
    np.logical_or: ast.BitOr,
}
_RELATIONS: Mapping[Callable[..., Any], type[ast.cmpop]] = {
    np.less: ast.Lt,
    np.less_equal: ast.LtE,
    np.greater: ast.Gt,
    np.greater_equal: ast.GtE,
    np.equal: ast.Eq,
}
MOST_INLINE = 7
"""Longer than this many operations, a value gets a line of its own."""


def methods(made: Compiled) -> dict[str, str]:
    """Return the source of a surface's methods f, df and d2f by name."""
    programs = {"f": made.value, "df": made.slopes, "d2f": made.bends}
    return {name: _method(name, program) for name, program in programs.items()}


def _method(name: str, program: Program) -> str:
    writer = _Writer(program)
    body = [ast.unparse(ast.fix_missing_locations(line)) for line in writer.lines()]
    return "\n".join([f"def {name}(self, x, y):", *(f"    {line}" for line in body)])


class _Writer:
    """The steps of a program as statements; what is used once stands where it is used."""

    def __init__(self, program: Program) -> None:
        self.program = program
        parts = [part for step in program.steps for part in step.parts]
        self.uses = Counter(int(p) for p in (*parts, *program.results) if isinstance(p, Place))
        self.values: list[ast.expr] = [_input(name) for name in INPUTS]
        self.sizes = [0] * len(INPUTS)
        self.plain = [name not in VARIABLES for name in INPUTS]
        self.statements: list[ast.stmt] = []

    def lines(self) -> list[ast.stmt]:
        """Return the statements, the last of which returns the results."""
        for step in self.program.steps:
            self._add(step.operation, step.parts)
        results = [self._operand(part) for part in self.program.results]
        value = results[0] if len(results) == 1 else ast.Tuple(results, ast.Load())
        return [*self.statements, ast.Return(value)]

    def _add(self, operation: Callable[..., Any], parts: tuple[float | Place, ...]) -> None:
        operands = [self._operand(part) for part in parts]
        places = [part for part in parts if isinstance(part, Place)]
        plain = all(self.plain[part] for part in places)
        value = _written(operation, operands, plain)
        size = 1 + sum(self.sizes[part] for part in places)
        here = len(self.values)
        if self.uses[here] > 1 or size > MOST_INLINE:
            name = f"u{len(self.statements) + 1}"
            self.statements.append(ast.Assign([ast.Name(name, ast.Store())], value))
            value, size = ast.Name(name, ast.Load()), 0
        self.values.append(value)
        self.sizes.append(size)
        self.plain.append(plain)

    def _operand(self, part: float | Place) -> ast.expr:
        return self.values[part] if isinstance(part, Place) else _number(part)


def _input(name: str) -> ast.expr:
    if name in VARIABLES:
        return ast.Name(name, ast.Load())
    return ast.Attribute(ast.Name("self", ast.Load()), name, ast.Load())


def _number(value: float) -> ast.expr:
    if value in (np.pi, np.e):
        return _numpy("pi" if value == np.pi else "e")
    size = ast.Constant(abs(value))
    return ast.UnaryOp(ast.USub(), size) if value < 0 else size


def _numpy(name: str) -> ast.expr:
    return ast.Attribute(ast.Name("np", ast.Load()), name, ast.Load())


def _written(operation: Callable[..., Any], operands: list[ast.expr], plain: bool) -> ast.expr:
    """Return an operation as code; of plain numbers a quotient stays NumPy's, which may be inf."""
    if operation is np.negative:
        return ast.UnaryOp(ast.USub(), operands[0])
    if operation in _SIGNS and not (plain and operation is np.true_divide):
        return ast.BinOp(operands[0], _SIGNS[operation](), operands[1])
    if operation in _RELATIONS:
        return ast.Compare(operands[0], [_RELATIONS[operation]()], [operands[1]])
    if operation is choose:
        return ast.Call(_numpy("where"), operands, [])
    if operation is arctangent:
        return ast.Call(_numpy("arctan2"), [*operands, ast.Constant(1.0)], [])
    return ast.Call(_numpy(operation.__name__), operands, [])
