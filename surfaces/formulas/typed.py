"""What a typed formula consists of, as frozen values: parentheses follow from the nesting."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Expression:
    """A part of a typed formula."""


@dataclass(frozen=True)
class Number(Expression):
    """A number, with its digits as they were typed."""

    text: str


@dataclass(frozen=True)
class Name(Expression):
    """A variable, a parameter, or one of the constants pi and e."""

    text: str


@dataclass(frozen=True)
class Sum(Expression):
    """Terms, each behind its sign + or -."""

    terms: tuple[tuple[str, Expression], ...]


@dataclass(frozen=True)
class Product(Expression):
    """Factors."""

    factors: tuple[Expression, ...]


@dataclass(frozen=True)
class Quotient(Expression):
    """A division."""

    above: Expression
    below: Expression


@dataclass(frozen=True)
class Power(Expression):
    """A base raised to an exponent."""

    base: Expression
    exponent: Expression


@dataclass(frozen=True)
class Call(Expression):
    """A named function of one or several arguments; |u| is `abs`."""

    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True)
class Comparison(Expression):
    """A chain of relations, each between its neighbors, such as 0 < x <= 1."""

    parts: tuple[Expression, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True)
class Junction(Expression):
    """Conditions joined by `and` or by `or`."""

    word: str
    conditions: tuple[Expression, ...]


@dataclass(frozen=True)
class Piece(Expression):
    """One formula where a condition holds, another elsewhere."""

    condition: Expression
    then: Expression
    otherwise: Expression
