"""A formula with its gradient and Hessian as lists of array operations, one after another.

The operations are NumPy's own, so that they run on arrays, on plain numbers, and on the engine's
stand-ins, which turn them into faster code. Nothing typed is ever evaluated as code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import numpy as np

from surfaces.formulas.algebra import Algebra, Term, Unfit, entries_of
from surfaces.formulas.derivative import Slopes, varies
from surfaces.formulas.grammar import parse
from surfaces.formulas.meaning import term
from surfaces.formulas.typed import Expression
from surfaces.formulas.words import CONSTANTS, PARAMETERS, VARIABLES, FormulaError

MULTIPLIED_UP_TO = 16


class Step(NamedTuple):
    """One operation; its parts are numbers, or places in the list of all values so far."""

    operation: Callable[..., Any]
    parts: tuple[float | Place, ...]


class Place(int):
    """The place of a value: first x, y and the parameters, then one for each step."""


INPUTS = (*VARIABLES, *PARAMETERS)
_Laid = tuple[list[float], list[tuple[Callable[..., Any], list[int]]], list[int]]


@dataclass(frozen=True, eq=False)
class Program:
    """Steps that lead to several results, each of them a place or a number."""

    steps: tuple[Step, ...]
    results: tuple[float | Place, ...]

    def run(self, inputs: Sequence[Any]) -> tuple[Any, ...]:
        """Return the results for x, y, a, b, c, d: arrays of one shape, or that broadcast."""
        numbers, steps, results = self._laid
        values = [*inputs, *numbers]
        for operation, parts in steps:
            values.append(operation(*[values[p] for p in parts]))
        return tuple([values[r] for r in results])

    @cached_property
    def _laid(self) -> _Laid:
        """Return the program with its numbers in a row behind the inputs, to be taken by place."""
        told = [*(part for step in self.steps for part in step.parts), *self.results]
        numbers = [part for part in told if not isinstance(part, Place)]
        behind = iter(range(len(INPUTS), len(INPUTS) + len(numbers)))

        def place(part: float | Place) -> int:
            if not isinstance(part, Place):
                return next(behind)
            return int(part) if part < len(INPUTS) else int(part) + len(numbers)

        steps = [(operation, [place(p) for p in parts]) for operation, parts in self.steps]
        return numbers, steps, [place(r) for r in self.results]


@dataclass(frozen=True, eq=False)
class Compiled:
    """A typed formula: its tree, the terms of f, f_x, f_y, f_xx, f_xy, f_yy, and their programs.

    `used` names the parameters it mentions, `kinks` the operations at which it is not smooth.
    """

    tree: Expression
    terms: tuple[Term, ...]
    value: Program
    slopes: Program
    bends: Program
    used: tuple[str, ...]
    kinks: tuple[str, ...]


@lru_cache(maxsize=256)
def compiled(text: str) -> Compiled:
    """Read, derive and compile a formula; FormulaError says in a sentence why it cannot be."""
    tree = parse(text)
    try:
        algebra = Algebra()
        f = term(tree, algebra)
        by_x, by_y = Slopes(algebra, "x"), Slopes(algebra, "y")
        fx, fy = by_x.of(f), by_y.of(f)
        terms = (f, fx, fy, by_x.of(fx), by_y.of(fx), by_y.of(fy))
        value, slopes, bends = _program(terms[:1]), _program(terms[1:3]), _program(terms[3:])
    except Unfit as problem:
        raise FormulaError(f"this formula cannot be used: {problem}", 0) from None
    found = _all(terms)
    names = {t.data for t in found if t.kind == "name"}
    kinks = {_KINKS[name] for t in _all((f,)) for name in (t.kind, t.data) if name in _KINKS}
    if any(t.kind == "guarded" and varies(t.parts[0]) for t in found):
        kinks.add("root")
    used = tuple(name for name in PARAMETERS if name in names)
    return Compiled(tree, terms, value, slopes, bends, used, tuple(sorted(kinks)))


_KINKS: Mapping[Any, str] = {
    **{name: name for name in ("abs", "sign", "max", "min")},
    "choice": "pieces",
}


def _all(terms: Sequence[Term]) -> set[Term]:
    found, waiting = set[Term](), list(terms)
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += here.parts
    return found


def _program(terms: Sequence[Term]) -> Program:
    writer = _Writer()
    results = tuple(writer.spread(writer.value(t), t) for t in terms)
    return Program(tuple(writer.steps), results)


def choose(condition: Any, then: Any, otherwise: Any) -> Any:
    """Return `then` where a condition holds; of plain numbers, a plain number."""
    found = np.where(condition, then, otherwise)
    return found[()] if isinstance(found, np.ndarray) and not found.ndim else found


def arctangent(u: Any) -> Any:
    """Return the arctangent, by the function that the engine knows on plain numbers too."""
    return np.arctan2(u, 1.0)


_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    **{name: getattr(np, name) for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "log")},
    "abs": np.absolute,
    "sign": np.sign,
    "max": np.maximum,
    "min": np.minimum,
    "atan": arctangent,
}
_RELATIONS: Mapping[str, Callable[..., Any]] = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "and": np.logical_and,
    "or": np.logical_or,
}


class _Writer:
    """Writes the steps of terms, each once."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._done: dict[Any, float | Place] = {}

    def value(self, found: Term) -> float | Place:
        if found not in self._done:
            self._done[found] = self._written(found)
        return self._done[found]

    def spread(self, value: float | Place, found: Term) -> float | Place:
        """Give a result the shape of both variables, and NaN where one of them is NaN."""
        below = _all((found,))
        chosen = any(t.kind in ("choice", "guarded") for t in below)
        names = {t.data for t in below if t.kind == "name"}
        for k, name in enumerate(VARIABLES):
            if chosen or name not in names:
                value = self._do(np.add, value, self._do(np.multiply, 0.0, Place(k)))
        return value

    def _do(self, operation: Callable[..., Any], *parts: float | Place) -> float | Place:
        key = (operation, *((type(part), part) for part in parts))
        if key not in self._done:
            self.steps.append(Step(operation, parts))
            self._done[key] = Place(len(INPUTS) + len(self.steps) - 1)
        return self._done[key]

    def _written(self, found: Term) -> float | Place:
        match found.kind:
            case "number":
                return float(found.data)
            case "name":
                if found.data in CONSTANTS:
                    return CONSTANTS[found.data]
                return Place(INPUTS.index(found.data))
            case "sum":
                return self._sum(found)
            case "product" | "power":
                return self._multiple(1.0, found)
            case "choice":
                return self._do(choose, *map(self.value, found.parts))
            case "guarded":
                zero, slope = map(self.value, found.parts)
                return self._do(choose, self._do(np.equal, zero, 0.0), 0.0, slope)
            case "relation":
                return self._do(_RELATIONS[found.data], *map(self.value, found.parts))
        return self._do(_FUNCTIONS[found.data], *map(self.value, found.parts))

    def _sum(self, found: Term) -> float | Place:
        constant, entries = entries_of(found)
        if constant > 0 and entries[0].coefficient < 0:
            total: float | Place = constant
            rest = entries
        else:
            first, *rest = sorted(entries, key=lambda entry: entry.coefficient < 0)
            total = self._multiple(first.coefficient, first.term)
        for coefficient, part in rest:
            total = self._added(total, coefficient, self._multiple(abs(coefficient), part))
        if constant and rest is not entries:
            total = self._added(total, constant, abs(constant))
        return total

    def _added(self, total: float | Place, sign: float, part: float | Place) -> float | Place:
        return self._do(np.subtract if sign < 0 else np.add, total, part)

    def _multiple(self, coefficient: float, found: Term) -> float | Place:
        """Return a multiple of a product, what has a negative power divided by."""
        factors = found.parts if found.kind == "product" else (found,)
        above, below = list[float | Place](), list[float | Place]()
        for factor in factors:
            value, inverse = self._factor(factor)
            (below if inverse else above).append(value)
        over = self._multiplied(above, coefficient)
        if not below:
            return over
        return self._do(np.true_divide, over, self._multiplied(below, 1.0))

    def _multiplied(self, values: list[float | Place], coefficient: float) -> float | Place:
        if not values:
            return coefficient
        total, rest = values[0], values[1:]
        if coefficient == -1:
            total = self._do(np.negative, total)
        elif coefficient != 1:
            total = self._do(np.multiply, coefficient, total)
        for value in rest:
            total = self._do(np.multiply, total, value)
        return total

    def _factor(self, factor: Term) -> tuple[float | Place, bool]:
        """Return a factor's value, or its inverse's, and whether it is to be divided by."""
        if factor.kind != "power":
            return self.value(factor), False
        base, exponent = factor.parts
        if exponent.kind != "number":
            power = self.value(exponent)
            if base.kind == "name" and base.data == "e":
                return self._do(np.exp, power), False
            return self._do(np.power, self.value(base), power), False
        value = self._raised(self.value(base), abs(exponent.data))
        return value, exponent.data < 0

    def _raised(self, base: float | Place, exponent: float) -> float | Place:
        whole, rest = divmod(exponent, 1.0)
        if rest not in (0.0, 0.5) or whole > MULTIPLIED_UP_TO:
            return self._do(np.power, base, exponent)
        if not rest:
            return self._whole(base, int(whole))
        root = self._do(np.sqrt, base)
        return self._do(np.multiply, self._whole(base, int(whole)), root) if whole else root

    def _whole(self, base: float | Place, exponent: int) -> float | Place:
        if exponent == 1:
            return base
        half = self._whole(base, exponent // 2)
        square = self._do(np.multiply, half, half)
        return self._do(np.multiply, square, base) if exponent % 2 else square
