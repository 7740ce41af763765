"""What a formula is worth: its value at one moment, or at all moments of a run at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce, singledispatch
from typing import Any, NamedTuple

import numpy as np

from engine.compile.tracing import Node
from engine.notation.printed import (
    Branch,
    Call,
    Cases,
    Comparison,
    Constant,
    Fenced,
    Fraction,
    Junction,
    Least,
    Loss,
    Power,
    Printed,
    Product,
    Ratio,
    Root,
    Series,
    Sum,
    Symbol,
)
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

    def __abs__(self) -> Matrix:
        """Return the matrix with the same eigenvectors and the magnitudes of the eigenvalues."""
        half, gap = (self.xx + self.yy) / 2, (self.xx - self.yy) / 2
        radius = np.hypot(gap, self.xy)
        low, high = abs(half - radius), abs(half + radius)
        slope = np.where(radius > 0, (high - low) / np.where(radius > 0, 2 * radius, 1), 0)
        mean = (high + low) / 2
        return Matrix(mean + slope * gap, slope * self.xy, mean - slope * gap)


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
        return _value(node, self)

    def holds(self, branch: Branch) -> Any:
        """Return where a branch's condition is true."""
        return True if branch.condition is None else self.of(branch.condition)

    def given(self, variable: Symbol, value: float) -> Evaluation:
        """Return an evaluation in which one more name has a value."""
        return Evaluation({**self.values, variable: value}, self.landscape)

    def _least(self, node: Least, k: float) -> Any:
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

    def _recorded_least(self, node: Least, first: Node) -> Any:
        """Record the same search, which goes on as long as the condition does not hold."""

        def again(k: Any) -> Any:
            return np.logical_not(self.given(node.variable, k).of(node.condition))

        found, _ = repeated(first, SEARCH_LIMIT, again, lambda k: k + 1.0)
        return found


@singledispatch
def _value(node: Printed, scope: Evaluation) -> Any:
    raise TypeError(f"{type(node).__name__} has no value")


@_value.register
def _(node: Symbol, scope: Evaluation) -> Any:
    if node in scope.values:
        return scope.values[node]
    if node == IDENTITY:
        return Matrix(1.0, 0.0, 1.0)
    if node in _CONSTANTS:
        return _CONSTANTS[node]
    raise KeyError(str(node))


@_value.register
def _(node: Constant, scope: Evaluation) -> Any:
    return float(node.text)


@_value.register
def _(node: Sum, scope: Evaluation) -> Any:
    sign, first = node.terms[0]
    total = scope.of(first) if sign == "+" else _times(-1.0, scope.of(first))
    for sign, term in node.terms[1:]:
        total = _plus(total, scope.of(term), sign)
    return total


@_value.register
def _(node: Product, scope: Evaluation) -> Any:
    return reduce(_times, map(scope.of, node.factors))


@_value.register
def _(node: Fraction, scope: Evaluation) -> Any:
    return np.true_divide(scope.of(node.above), scope.of(node.below))


@_value.register
def _(node: Ratio, scope: Evaluation) -> Any:
    return np.true_divide(scope.of(node.left), scope.of(node.right))


@_value.register
def _(node: Root, scope: Evaluation) -> Any:
    return np.sqrt(scope.of(node.body))


@_value.register
def _(node: Power, scope: Evaluation) -> Any:
    base, exponent = scope.of(node.base), scope.of(node.exponent)
    if isinstance(base, Matrix):
        return _matrix_power(base, exponent)
    if np.ndim(exponent) == 0 and exponent == 2:
        return base * base
    return np.power(1.0 * base, exponent)


@_value.register
def _(node: Fenced, scope: Evaluation) -> Any:
    return _FENCES[node.fence](scope.of(node.body))


@_value.register
def _(node: Call, scope: Evaluation) -> Any:
    value = FUNCTIONS[node.name](*map(scope.of, node.arguments))
    return value if node.power is None else value ** scope.of(node.power)


@_value.register
def _(node: Loss, scope: Evaluation) -> Any:
    if scope.landscape is None:
        raise KeyError("f")
    point = scope.of(node.point)
    if node.order == 2:
        return Matrix(*scope.landscape.hessian(point))
    return scope.landscape.gradient(point) if node.order else scope.landscape.value(point)


@_value.register
def _(node: Comparison, scope: Evaluation) -> Any:
    parts = [scope.of(part) for part in node.parts]
    links = zip(node.relations, parts, parts[1:], strict=False)
    return reduce(np.logical_and, (RELATIONS[sign](a, b) for sign, a, b in links))


@_value.register
def _(node: Junction, scope: Evaluation) -> Any:
    join = np.logical_and if node.word == "and" else np.logical_or
    return reduce(join, map(scope.of, node.conditions))


@_value.register
def _(node: Cases, scope: Evaluation) -> Any:
    value: Any = np.nan
    for branch in reversed(node.branches):
        value = np.where(scope.holds(branch), scope.of(branch.value), value)
    return value


@_value.register
def _(node: Least, scope: Evaluation) -> Any:
    return scope._least(node, float(scope.of(node.first)))


@_value.register
def _(node: Series, scope: Evaluation) -> Any:
    first, last = int(scope.of(node.first)), int(scope.of(node.last))
    return sum(scope.given(node.variable, k).of(node.body) for k in range(first, last + 1))


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


def _matrix_power(base: Matrix, exponent: Any) -> Matrix:
    if np.ndim(exponent) or exponent != -1:
        raise TypeError("a matrix has no power but its inverse here")
    return base.inverse()
