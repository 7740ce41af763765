"""From a formula as typed to its term, and back from a term to a formula that can be printed."""

from __future__ import annotations

import math
from fractions import Fraction

from declarations import say
from surfaces.formulas import typed
from surfaces.formulas.algebra import Algebra, Entry, Term, entries_of
from surfaces.formulas.typed import Expression

LONG, LARGEST_BELOW = 8, 1000
"""So many digits are set as a fraction, if one with such a denominator is the same number."""

ROUNDED = 4
"""A number so few units in its last place from one of twelve digits is printed as that one."""

MOST_PRINTED = 120
"""A derivative with more parts than this is computed but not printed."""


def term(node: Expression, algebra: Algebra) -> Term:
    """Return what a typed formula means."""
    match node:
        case typed.Number(text):
            return algebra.number(float(text))
        case typed.Name(text):
            return algebra.name(text)
        case typed.Sum(terms):
            signs = [1.0 if sign == "+" else -1.0 for sign, _ in terms]
            parts = [term(part, algebra) for _, part in terms]
            return algebra.sum(map(Entry, signs, parts))
        case typed.Product(factors):
            return algebra.product(*(term(factor, algebra) for factor in factors))
        case typed.Quotient(above, below):
            under = algebra.power(term(below, algebra), algebra.number(-1.0))
            return algebra.product(term(above, algebra), under)
        case typed.Power(base, exponent):
            return algebra.power(term(base, algebra), term(exponent, algebra))
        case typed.Call(name, arguments):
            return _call(name, [term(part, algebra) for part in arguments], algebra)
        case typed.Piece(condition, then, otherwise):
            return algebra.choice(*(term(part, algebra) for part in (condition, then, otherwise)))
        case typed.Comparison(parts, relations):
            sides = [term(part, algebra) for part in parts]
            pairs = zip(relations, sides, sides[1:], strict=False)
            return _joined("and", [algebra.relation(*pair) for pair in pairs], algebra)
        case typed.Junction(word, conditions):
            return _joined(word, [term(part, algebra) for part in conditions], algebra)
    raise TypeError(f"{type(node).__name__} has no meaning")


def _joined(word: str, conditions: list[Term], algebra: Algebra) -> Term:
    found = conditions[0]
    for condition in conditions[1:]:
        found = algebra.relation(word, found, condition)
    return found


def _call(name: str, arguments: list[Term], algebra: Algebra) -> Term:
    """Return a function's term, those that are made of others written out."""
    u = arguments[0]
    if name == "sqrt":
        return algebra.power(u, algebra.number(0.5))
    if name == "exp":
        return algebra.power(algebra.name("e"), u)
    if name in ("log10", "log2"):
        base = algebra.call("log", algebra.number(float(name.removeprefix("log"))))
        return algebra.product(algebra.call("log", u), algebra.power(base, algebra.number(-1.0)))
    if name == "sigmoid":
        tanh = algebra.call("tanh", algebra.scaled(0.5, u))
        return algebra.sum([Entry(0.5, tanh)], 0.5)
    if name == "relu":
        return algebra.call("max", u, algebra.number(0.0))
    if name in ("max", "min"):
        for other in arguments[1:]:
            u = algebra.call(name, u, other)
        return u
    return algebra.call(name, u)


def expression(found: Term) -> Expression | None:
    """Return a term as a formula to print; None where it would be too long to read."""
    budget = [MOST_PRINTED]
    node = _expression(found, budget)
    return node if budget[0] >= 0 else None


def _expression(found: Term, budget: list[int]) -> Expression:
    budget[0] -= 1
    if budget[0] < 0:
        return typed.Number("0")
    match found.kind:
        case "number":
            return _signed(found.data)
        case "name":
            return typed.Name(found.data)
        case "sum":
            return _sum(found, budget)
        case "product" | "power":
            return _fraction(1.0, found, budget)
        case "guarded":
            return _expression(found.parts[1], budget)
        case "choice":
            return typed.Piece(*(_expression(part, budget) for part in found.parts))
        case "relation":
            parts = tuple(_expression(part, budget) for part in found.parts)
            if found.data in ("and", "or"):
                return typed.Junction(found.data, parts)
            return typed.Comparison(parts, (found.data,))
    return typed.Call(found.data, tuple(_expression(part, budget) for part in found.parts))


def _sum(found: Term, budget: list[int]) -> Expression:
    constant, entries = entries_of(found)
    terms = [("-" if c < 0 else "+", _fraction(abs(c), part, budget)) for c, part in entries]
    if constant:
        last = ("-" if constant < 0 else "+", _number(abs(constant)))
        terms = [last, *terms] if terms[0][0] == "-" and constant > 0 else [*terms, last]
    return terms[0][1] if len(terms) == 1 and terms[0][0] == "+" else typed.Sum(tuple(terms))


def _fraction(coefficient: float, found: Term, budget: list[int]) -> Expression:
    """Return a multiple of a product, what has a negative power below the bar."""
    factors = found.parts if found.kind == "product" else (found,)
    above, below = list[Expression](), list[Expression]()
    if coefficient != 1:
        above.append(_number(coefficient))
    for factor in factors:
        side = below if _is_inverse(factor) else above
        side.append(_factor(factor, budget))
    over = _times(above) if above else typed.Number("1")
    return typed.Quotient(over, _times(below)) if below else over


def _times(factors: list[Expression]) -> Expression:
    return factors[0] if len(factors) == 1 else typed.Product(tuple(factors))


def _is_inverse(factor: Term) -> bool:
    factor = factor.parts[1] if factor.kind == "guarded" else factor
    if factor.kind != "power" or factor.parts[1].kind != "number":
        return False
    return bool(factor.parts[1].data < 0)


def _factor(factor: Term, budget: list[int]) -> Expression:
    factor = factor.parts[1] if factor.kind == "guarded" else factor
    if factor.kind == "product":
        return _fraction(1.0, factor, budget)
    if factor.kind != "power":
        return _expression(factor, budget)
    base, exponent = factor.parts
    body = _expression(base, budget)
    if exponent.kind != "number":
        return typed.Power(body, _expression(exponent, budget))
    size = abs(exponent.data)
    if size == 0.5:
        return typed.Call("sqrt", (body,))
    return body if size == 1 else typed.Power(body, _number(size))


def _number(size: float) -> Expression:
    """Return a number as it is read best: 1/3, not its sixteen digits, nor rounding's last one."""
    short = float(f"{size:.12g}")
    if abs(short - size) <= ROUNDED * math.ulp(size):
        size = short
    digits, ratio = say(size).removesuffix(".0"), Fraction(size).limit_denominator(LARGEST_BELOW)
    if len(digits) < LONG or ratio.denominator == 1 or float(ratio) != size:
        return typed.Number(digits)
    return typed.Quotient(typed.Number(str(ratio.numerator)), typed.Number(str(ratio.denominator)))


def _signed(value: float) -> Expression:
    size = _number(abs(value))
    return size if value >= 0 else typed.Sum((("-", size),))
