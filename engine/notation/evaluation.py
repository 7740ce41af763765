"""What a formula is worth: its value at one moment, or at all moments of a run at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any, NamedTuple

import numpy as np

from engine.compile.tracing import Node
from engine.notation import printed
from engine.notation.printed import Printed, Symbol
from optimizers.repetition import repeated
from surfaces.base import Array, Landscape

SEARCH_LIMIT = 500
"""How many whole numbers are tried for the smallest one with a property."""

IDENTITY = Symbol("I")

_CONSTANTS = {Symbol("e"): np.e, Symbol(r"\pi"): np.pi, Symbol(r"\infty"): np.inf}
RELATIONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "=": np.equal,
    "<": np.less,
    ">": np.greater,
    r"\le": np.less_equal,
    r"\ge": np.greater_equal,
    r"\ne": np.not_equal,
}
FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "sign": np.sign,
    "max": lambda *parts: reduce(np.maximum, parts),
    "min": lambda *parts: reduce(np.minimum, parts),
    "clip": np.clip,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tanh": np.tanh,
    "arctan": np.arctan,
    "exp": np.exp,
    "log": np.log,
}
_FENCES: Mapping[str, Callable[[Any], Any]] = {
    "(": lambda value: value,
    "[": lambda value: value,
    "|": abs,
    "⌊": np.floor,
    "‖": lambda value: np.hypot(*value),
}


class Matrix(NamedTuple):
    """A symmetric 2 x 2 matrix, each entry a number or an array of shape (...)."""

    xx: Any
    xy: Any
    yy: Any

    def scaled(self, factor: Any) -> Matrix:
        """Return the matrix times a number."""
        return Matrix(factor * self.xx, factor * self.xy, factor * self.yy)

    def plus(self, other: Matrix) -> Matrix:
        """Return the sum of two matrices."""
        return Matrix(self.xx + other.xx, self.xy + other.xy, self.yy + other.yy)

    def inverse(self) -> Matrix:
        """Return the inverse by Cramer's rule; a singular matrix gives inf or NaN."""
        determinant = self.xx * self.yy - self.xy * self.xy
        return Matrix(self.yy, -self.xy, self.xx).scaled(np.true_divide(1.0, determinant))

    def applied(self, vector: Array) -> Array:
        """Return the matrix times a vector of shape (2, ...)."""
        x, y = vector
        return np.stack((self.xx * x + self.xy * y, self.xy * x + self.yy * y))


def evaluate(
    expression: Printed, values: Mapping[Symbol, Any], landscape: Landscape | None = None
) -> Any:
    """Return the value of an expression; points are arrays of shape (2, ...).

    Numbers may be scalars or arrays of shape (...), one for each step. `landscape` answers f,
    its gradient and its Hessian. A name without a value raises a KeyError that names it.
    """
    return Evaluation(values, landscape).of(expression)


@dataclass(frozen=True)
class Evaluation:
    """The values that names have and the loss in force, by which expressions are valued."""

    values: Mapping[Symbol, Any]
    landscape: Landscape | None

    def of(self, node: Printed) -> Any:
        """Return a node's value: a number, an array, a truth value or a `Matrix`."""
        match node:
            case Symbol():
                return self._named(node)
            case printed.Constant(text):
                return float(text)
            case printed.Sum(terms):
                return self._sum(terms)
            case printed.Product(factors):
                return reduce(_times, map(self.of, factors))
            case printed.Fraction(above, below) | printed.Ratio(above, below):
                return np.true_divide(self.of(above), self.of(below))
            case printed.Root(body):
                return np.sqrt(self.of(body))
            case printed.Power(base, exponent):
                return _power(self.of(base), self.of(exponent))
            case printed.Fenced(fence, body):
                return _FENCES[fence](self.of(body))
            case printed.Call(name, arguments, power):
                value = FUNCTIONS[name](*map(self.of, arguments))
                return value if power is None else value ** self.of(power)
            case printed.Loss(order, point):
                return self._loss(order, self.of(point))
            case printed.Comparison(parts, relations):
                values = [self.of(part) for part in parts]
                links = zip(relations, values, values[1:], strict=False)
                return reduce(np.logical_and, (RELATIONS[sign](a, b) for sign, a, b in links))
            case printed.Junction(word, conditions):
                join = np.logical_and if word == "and" else np.logical_or
                return reduce(join, map(self.of, conditions))
            case printed.Cases(branches):
                return self._cases(branches)
            case printed.Least():
                return self._least(node, float(self.of(node.first)))
            case printed.Series(variable, first, last, body):
                span = range(int(self.of(first)), int(self.of(last)) + 1)
                return sum(self.given(variable, k).of(body) for k in span)
        raise TypeError(f"{type(node).__name__} has no value")

    def holds(self, branch: printed.Branch) -> Any:
        """Return where a branch's condition is true."""
        return True if branch.condition is None else self.of(branch.condition)

    def given(self, variable: Symbol, value: float) -> Evaluation:
        """Return an evaluation in which one more name has a value."""
        return Evaluation({**self.values, variable: value}, self.landscape)

    def _named(self, symbol: Symbol) -> Any:
        if symbol in self.values:
            return self.values[symbol]
        if symbol == IDENTITY:
            return Matrix(1.0, 0.0, 1.0)
        if symbol in _CONSTANTS:
            return _CONSTANTS[symbol]
        raise KeyError(str(symbol))

    def _sum(self, terms: tuple[tuple[str, Printed], ...]) -> Any:
        (sign, first), *rest = terms
        total = self.of(first) if sign == "+" else _times(-1.0, self.of(first))
        for sign, term in rest:
            total = _plus(total, self.of(term), sign)
        return total

    def _loss(self, order: int, point: Any) -> Any:
        if self.landscape is None:
            raise KeyError("f")
        if order == 2:
            return Matrix(*self.landscape.hessian(point))
        return self.landscape.gradient(point) if order else self.landscape.value(point)

    def _cases(self, branches: tuple[printed.Branch, ...]) -> Any:
        value: Any = np.nan
        for branch in reversed(branches):
            value = np.where(self.holds(branch), self.of(branch.value), value)
        return value

    def _least(self, node: printed.Least, k: float) -> Any:
        held = self.given(node.variable, k).of(node.condition)
        if isinstance(held, Node):
            return self._recorded_least(node, held.tape.shared(np.positive, k))
        found = np.where(held, k, np.nan)
        for _ in range(SEARCH_LIMIT):
            if not np.isnan(found).any():
                break
            k += 1
            held = self.given(node.variable, k).of(node.condition)
            found = np.where(np.isnan(found) & held, k, found)
        return found

    def _recorded_least(self, node: printed.Least, first: Node) -> Any:
        """Record the same search, which goes on as long as the condition does not hold."""

        def again(k: Any) -> Any:
            return np.logical_not(self.given(node.variable, k).of(node.condition))

        found, _ = repeated(first, SEARCH_LIMIT, again, lambda k: k + 1.0)
        return found


def _plus(left: Any, right: Any, sign: str) -> Any:
    if isinstance(left, Matrix) != isinstance(right, Matrix):
        raise TypeError("a matrix and a number have no sum")
    if isinstance(left, Matrix):
        return left.plus(right if sign == "+" else right.scaled(-1.0))
    return left + right if sign == "+" else left - right


def _times(left: Any, right: Any) -> Any:
    if isinstance(left, Matrix) and isinstance(right, Matrix):
        raise TypeError("the product of two matrices is not symmetric")
    if isinstance(left, Matrix):
        return left.applied(right)
    return right.scaled(left) if isinstance(right, Matrix) else left * right


def _power(base: Any, exponent: Any) -> Any:
    if isinstance(base, Matrix):
        if np.ndim(exponent) or exponent != -1:
            raise TypeError("a matrix has no power but its inverse here")
        return base.inverse()
    if np.ndim(exponent) == 0 and exponent == 2:
        return base * base
    return np.power(1.0 * base, exponent)
