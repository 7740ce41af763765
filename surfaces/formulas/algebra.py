"""Formulas as shared terms in a normal form, small enough to be differentiated and computed.

Asking twice for the same term gives the same object, so that what f, its gradient and its Hessian
have in common is there once. Sums gather equal terms and products equal bases; nothing is
multiplied out, so that a formula keeps the shape in which it was typed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, NamedTuple

from surfaces.formulas.words import VARIABLES

MOST_TERMS = 2500
MOST_FACTORS = 4


class Term:
    """A number, a name, a sum, a product, a power, a call, a choice or a relation; never changed.

    `parts` are the terms it is made of, `data` what else it is: a value, a name, coefficients.
    """

    __slots__ = ("data", "kind", "number", "parts")

    def __init__(self, kind: str, data: Any, parts: tuple[Term, ...], number: int) -> None:
        """Make the `number`-th term of its formula."""
        self.kind, self.data, self.parts, self.number = kind, data, parts, number


class Entry(NamedTuple):
    """A term of a sum and what it is multiplied by."""

    coefficient: float
    term: Term


class Unfit(ValueError):
    """Raised where a formula has more terms, or larger numbers, than are computed here."""


class Algebra:
    """Makes terms, each once."""

    def __init__(self) -> None:
        """Begin with none."""
        self._known: dict[tuple[Any, ...], Term] = {}

    def number(self, value: float) -> Term:
        """Return a number."""
        if not math.isfinite(value):
            raise Unfit("a number in it is too large or not defined")
        return self._term("number", float(value))

    def name(self, text: str) -> Term:
        """Return a variable, a parameter or a constant."""
        return self._term("name", text)

    def sum(self, entries: Iterable[Entry], constant: float = 0.0) -> Term:
        """Return the sum of entries and a constant, equal terms gathered."""
        found: dict[Term, float] = {}
        for coefficient, term in _flat(entries):
            if term.kind == "number":
                constant += coefficient * term.data
            else:
                found[term] = found.get(term, 0.0) + coefficient
        kept = [Entry(c, term) for term, c in found.items() if c]
        if not kept:
            return self.number(constant)
        if len(kept) == 1 and not constant and kept[0].coefficient == 1:
            return kept[0].term
        numbers = (constant, *(entry.coefficient for entry in kept))
        if not all(map(math.isfinite, numbers)):
            raise Unfit("a number in it is too large or not defined")
        return self._term("sum", numbers, *(entry.term for entry in kept))

    def scaled(self, coefficient: float, term: Term) -> Term:
        """Return a multiple of a term."""
        return self.sum([Entry(coefficient, term)])

    def product(self, *factors: Term) -> Term:
        """Return a product: numbers in front, equal bases gathered into powers."""
        coefficient, powers = 1.0, dict[tuple[Term, bool], float]()
        for factor in (part for whole in factors for part in _factors(whole)):
            number, term = _split(factor)
            coefficient *= number
            if term is None:
                continue
            for part in _factors(term):
                base, exponent = _power(part)
                place = (base, exponent > 0)
                powers[place] = powers.get(place, 0.0) + exponent
        if not coefficient:
            return self.number(0.0)
        parts = [self.power(base, self.number(p)) for (base, _), p in powers.items()]
        parts.sort(key=_rank)
        return self.scaled(coefficient, self._joined(parts))

    def power(self, base: Term, exponent: Term) -> Term:
        """Return a power; whole numbers of a power are multiplied, numbers computed."""
        if exponent.kind == "number":
            if exponent.data == 0:
                return self.number(1.0)
            if exponent.data == 1:
                return base
            if base.kind == "number":
                value = _computed(base.data, exponent.data)
                if value is not None:
                    return self.number(value)
            whole = float(exponent.data).is_integer()
            if whole and base.kind == "power" and base.parts[1].kind == "number":
                inner = base.parts[1].data
                if float(inner).is_integer():
                    return self.power(base.parts[0], self.number(inner * exponent.data))
        return self._term("power", None, base, exponent)

    def call(self, name: str, *arguments: Term) -> Term:
        """Return a function of terms."""
        return self._term("call", name, *arguments)

    def relation(self, sign: str, *sides: Term) -> Term:
        """Return a comparison of two terms (`<`), or conditions joined (`and`, `or`)."""
        return self._term("relation", sign, *sides)

    def choice(self, condition: Term, then: Term, otherwise: Term) -> Term:
        """Return one term where a condition holds and another elsewhere."""
        if then is otherwise:
            return then
        return self._term("choice", None, condition, then, otherwise)

    def guarded(self, zero: Term, term: Term) -> Term:
        """Return a slope that counts as 0 where `zero` is 0, which is where it has no end."""
        coefficient, rest = _split(term)
        if rest is None:
            return term
        return self.scaled(coefficient, self._term("guarded", None, zero, rest))

    def _joined(self, parts: list[Term]) -> Term:
        if not parts:
            return self.number(1.0)
        while len(parts) > MOST_FACTORS:
            half = len(parts) // 2
            parts = [self._joined(parts[:half]), self._joined(parts[half:])]
        return parts[0] if len(parts) == 1 else self._term("product", None, *parts)

    def _term(self, kind: str, data: Any, *parts: Term) -> Term:
        key = (kind, data, *(part.number for part in parts))
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= MOST_TERMS:
                raise Unfit("its derivatives have too many terms; write a shorter formula")
            found = self._known[key] = Term(kind, data, parts, len(self._known))
        return found


def entries_of(term: Term) -> tuple[float, list[Entry]]:
    """Return a sum's constant and its entries; any other term is a sum of one."""
    if term.kind != "sum":
        return 0.0, [Entry(1.0, term)]
    constant, *coefficients = term.data
    return constant, list(map(Entry, coefficients, term.parts))


def _flat(entries: Iterable[Entry]) -> Iterable[Entry]:
    for coefficient, term in entries:
        constant, inner = entries_of(term)
        if term.kind == "sum" and (coefficient == 1 or (len(inner) == 1 and not constant)):
            yield from (Entry(coefficient * c, part) for c, part in inner)
            if constant:
                yield Entry(coefficient * constant, _ONE)
        else:
            yield Entry(coefficient, term)


_ONE = Term("number", 1.0, (), -1)


def _factors(term: Term) -> tuple[Term, ...]:
    return term.parts if term.kind == "product" else (term,)


def _split(term: Term) -> tuple[float, Term | None]:
    """Return a factor's number and the rest of it."""
    if term.kind == "number":
        return term.data, None
    constant, inner = entries_of(term)
    if term.kind == "sum" and len(inner) == 1 and not constant:
        return inner[0]
    return 1.0, term


def _power(term: Term) -> tuple[Term, float]:
    """Return the base and exponent of a whole power; roots stay as they are, with their domain."""
    if term.kind == "power" and term.parts[1].kind == "number":
        exponent = term.parts[1].data
        if float(exponent).is_integer():
            return term.parts[0], exponent
    return term, 1.0


def _rank(term: Term) -> int:
    """Order factors as they are read: constants and parameters, variables, then the rest."""
    base = term.parts[0] if term.kind == "power" else term
    if base.kind != "name":
        return 2
    return 1 if base.data in VARIABLES else 0


def _computed(base: float, exponent: float) -> float | None:
    try:
        found = base**exponent
    except (OverflowError, ZeroDivisionError):
        return None
    return found if isinstance(found, float) and math.isfinite(found) else None
