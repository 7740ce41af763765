"""From typed text to its meaning: recursive descent over the words of one formula.

sum = sign? product (+ or - product)*; product = signed (* or / or nothing, signed)*, from left to
right; power = atom ^ signed, from right to left. A bar closes one that is open wherever it may.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NoReturn

from surfaces.formulas import typed
from surfaces.formulas.typed import Expression
from surfaces.formulas.words import FUNCTIONS, Word, refuse, words

DEEPEST = 24
LARGEST_EXPONENT = 64
_RELATIONS = ("<", "<=", ">", ">=")
_ARGUMENTS = {0: "x, y", 1: "x", 3: "x < 0, y, x"}
"""An example for each number of arguments that a function takes."""


@lru_cache(maxsize=256)
def parse(text: str) -> Expression:
    """Read a formula of x and y; FormulaError says in a sentence what cannot be read, and where."""
    return _Reader(words(text)).whole()


class _Reader:
    """The words of a formula and how far they have been read."""

    def __init__(self, found: list[Word]) -> None:
        self.words = found
        self.next = 0
        self.depth = 0
        self.bars = [0]

    @property
    def here(self) -> Word:
        return self.words[self.next]

    def take(self) -> Word:
        self.next += 1
        return self.words[self.next - 1]

    def skip(self, sign: str) -> bool:
        found = self.here.kind == "sign" and self.here.text == sign
        self.next += found
        return found

    def expect(self, sign: str, after: str) -> None:
        if not self.skip(sign):
            self.refuse(f"expected {sign} after {after}")

    def refuse(self, problem: str) -> NoReturn:
        at = self.here
        if at.kind == "end":
            refuse(f"the formula ends here; {problem}", max(at.place - 1, 0))
        refuse(f"{problem}, not {at.text}", at.place)

    def whole(self) -> Expression:
        if self.here.kind == "end":
            refuse("the formula is empty; write one such as x^2 + 3y^2 + sin(3x)", 0)
        found = self.sum()
        if self.here.text == ",":
            refuse("a comma stands between arguments only; decimals have a point", self.here.place)
        if self.here.text in ("<", ">", "<=", ">="):
            refuse("a comparison stands in if(x < 0, y, x) only", self.here.place)
        if self.here.kind != "end":
            self.refuse("expected a sign or the end")
        return found

    def is_sign(self) -> bool:
        return self.here.kind == "sign" and self.here.text in ("+", "-")

    def sum(self) -> Expression:
        signs = [self.take().text if self.is_sign() else "+"]
        terms = [self.product()]
        while self.is_sign():
            signs.append(self.take().text)
            terms.append(self.product())
        if len(terms) == 1 and signs == ["+"]:
            return terms[0]
        return typed.Sum(tuple(zip(signs, terms, strict=True)))

    def product(self) -> Expression:
        found = self.signed()
        while True:
            if self.skip("*"):
                found = _times(found, self.signed())
            elif self.skip("/"):
                found = typed.Quotient(found, self.signed())
            elif self.starts_factor():
                found = _times(found, self.power())
            else:
                return found

    def starts_factor(self) -> bool:
        if self.here.kind in ("number", "name", "function"):
            return True
        return self.here.text == "(" or (self.here.text == "|" and not self.bars[-1])

    def signed(self) -> Expression:
        if self.is_sign():
            sign = self.take().text
            body = self.deeper(self.signed)
            return body if sign == "+" else typed.Sum((("-", body),))
        return self.power()

    def power(self) -> Expression:
        base = self.atom()
        at = self.here.place
        if not self.skip("^"):
            return base
        exponent = self.deeper(self.signed)
        value = _value(exponent)
        if value is not None and not abs(value) <= LARGEST_EXPONENT:
            refuse(f"an exponent is at most {LARGEST_EXPONENT} in size", at + 1)
        return typed.Power(base, exponent)

    def atom(self) -> Expression:
        kind, text = self.here.kind, self.here.text
        if kind == "number":
            return typed.Number(self.take().text)
        if kind == "name":
            return typed.Name(self.take().text)
        if kind == "function":
            return self.call()
        if text == "(":
            self.take()
            return self.fenced(")", "(")
        if text == "|":
            self.take()
            return typed.Call("abs", (self.fenced("|", "|"),))
        return self.refuse("expected a number, a name, a function or (")

    def fenced(self, closing: str, opening: str) -> Expression:
        self.bars.append(closing == "|")
        body = self.deeper(self.sum)
        self.bars.pop()
        self.expect(closing, f"what stands after {opening}")
        return body

    def call(self) -> Expression:
        name, at = self.take().text, self.words[self.next - 1].place
        power = self.exponent_of_name() if self.here.text == "^" else None
        if not self.skip("("):
            given = _ARGUMENTS[FUNCTIONS[name]]
            self.refuse(f"{name} needs parentheses, as in {name}({given}): expected (")
        self.bars.append(0)
        first = self.deeper(self.condition) if name == "if" else self.deeper(self.sum)
        arguments = [first]
        while self.skip(","):
            arguments.append(self.deeper(self.sum))
        self.bars.pop()
        self.expect(")", f"the arguments of {name}")
        found = _called(name, tuple(arguments), at)
        return found if power is None else typed.Power(found, power)

    def exponent_of_name(self) -> Expression:
        self.take()
        if self.here.kind != "number":
            self.refuse("expected a whole number as the power of a function's name")
        text = self.take().text
        if not text.isdigit() or not 2 <= int(text) <= LARGEST_EXPONENT:
            self.next -= 1
            self.refuse(f"expected a whole number from 2 to {LARGEST_EXPONENT}")
        return typed.Number(text)

    def condition(self) -> Expression:
        return self.joined("or", lambda: self.joined("and", self.comparison))

    def joined(self, word: str, read: Callable[[], Expression]) -> Expression:
        found = [read()]
        while self.skip(word):
            found.append(read())
        return found[0] if len(found) == 1 else typed.Junction(word, tuple(found))

    def comparison(self) -> Expression:
        parts, relations = [self.sum()], list[str]()
        while self.here.text in _RELATIONS:
            relations.append(self.take().text)
            parts.append(self.sum())
        if not relations:
            self.refuse("expected a condition such as x < 0")
        return typed.Comparison(tuple(parts), tuple(relations))

    def deeper(self, read: Callable[[], Expression]) -> Expression:
        self.depth += 1
        if self.depth > DEEPEST:
            refuse(f"this is nested more than {DEEPEST} deep", self.here.place)
        found = read()
        self.depth -= 1
        return found


def _times(left: Expression, right: Expression) -> Expression:
    before = left.factors if isinstance(left, typed.Product) else (left,)
    return typed.Product((*before, right))


def _called(name: str, arguments: tuple[Expression, ...], place: int) -> Expression:
    wanted = FUNCTIONS[name]
    if len(arguments) != wanted and (wanted or len(arguments) < 2):
        said = {0: "two or more arguments", 1: "one argument", 3: "a condition and two formulas"}
        refuse(f"{name} takes {said[wanted]}, {len(arguments)} given", place)
    if name == "if":
        return typed.Piece(*arguments)
    return typed.Call("log" if name == "ln" else name, arguments)


def _value(exponent: Expression) -> float | None:
    """Return the value of an exponent made of numbers alone."""
    match exponent:
        case typed.Number(text):
            return float(text)
        case typed.Sum(terms):
            values = [(sign, _value(term)) for sign, term in terms]
            known = [v if sign == "+" else -v for sign, v in values if v is not None]
            return sum(known) if len(known) == len(values) else None
        case typed.Product(factors):
            return _product([_value(factor) for factor in factors])
        case typed.Quotient(above, below):
            over, under = _value(above), _value(below)
            if over is None or under is None:
                return None
            return over / under if under else float("inf")
        case typed.Power(base, power):
            return _raised(_value(base), _value(power))
    return None


def _raised(base: float | None, power: float | None) -> float | None:
    if base is None or power is None:
        return None
    try:
        found = base**power
    except (OverflowError, ZeroDivisionError):
        return float("inf")
    return found if isinstance(found, float) else float("nan")


def _product(values: list[float | None]) -> float | None:
    found = 1.0
    for value in values:
        if value is None:
            return None
        found *= value
    return found
