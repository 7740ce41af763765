"""From a printed line to its meaning: recursive descent over the tokens of one formula."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from engine.notation import printed
from engine.notation.evaluation import FUNCTIONS, RELATIONS
from engine.notation.printed import Assignment, Printed, Symbol
from engine.notation.reader import Reader

_CLOSES = {"(": ")", "[": "]", "left|": "right|", "left‖": "right‖", r"\lfloor": r"\rfloor"}
_SPECIAL = (r"\frac", r"\sqrt", r"\nabla", r"\sum", "begin cases")
_ENDS = frozenset({")", "]", "}", "right|", "right‖", r"\rfloor", r"\}", ",", ":", "&", r"\\"})


@lru_cache(maxsize=1024)
def parse(line: str) -> Assignment:
    """Read a line `name = expression`; ValueError shows the place where it cannot be read."""
    reader = _Parser(line)
    name = reader.name()
    reader.expect("=")
    return Assignment(name, reader.whole(reader.expression))


@lru_cache(maxsize=1024)
def parse_expression(text: str) -> Printed:
    """Read a formula without a left-hand side; ValueError shows the place."""
    reader = _Parser(text)
    return reader.whole(reader.expression)


@lru_cache(maxsize=1024)
def symbol(text: str) -> Symbol:
    r"""Read one name, such as \beta_1 or v_{\max,t}; ValueError shows the place."""
    reader = _Parser(text)
    return reader.whole(reader.name)


class _Parser(Reader):
    """Formulas, read by recursive descent."""

    def expression(self) -> Printed:
        signs = [self.take() if self.here in ("+", "-") else "+"]
        terms = [self.term()]
        while self.here in ("+", "-"):
            signs.append(self.take())
            terms.append(self.term())
        if len(terms) == 1 and signs == ["+"]:
            return terms[0]
        return printed.Sum(tuple(zip(signs, terms, strict=True)))

    def term(self, stop: frozenset[str] = frozenset()) -> Printed:
        factors, joints = [self.factor()], list[str]()
        while self.continues() and self.here not in stop:
            if self.skip("/"):
                factors = [printed.Ratio(_product(factors, joints), self.factor())]
                joints = []
                continue
            joints.append("·" if self.skip(r"\cdot") else "")
            factors.append(self.factor())
        return _product(factors, joints)

    def continues(self) -> bool:
        if not self.here or self.here in _ENDS or self.here in RELATIONS:
            return False
        return self.here not in ("and", "or", "+", "-", "end cases", *self.bars[-1:])

    def factor(self) -> Printed:
        base = self.atom()
        while self.skip("^"):
            base = printed.Power(base, self.argument())
        return base

    def argument(self) -> Printed:
        r"""Read what stands behind ^ or \frac: a group in braces, or one token."""
        if not self.skip("{"):
            if self.kind == "number" and len(self.here) > 1:
                self.fail("a number of several digits needs braces here")
            return self.atom()
        body = self.apart(self.expression)
        self.expect("}")
        return body

    def atom(self) -> Printed:
        here, kind = self.here, self.kind
        if kind == "number":
            return printed.Constant(self.take())
        if here in _CLOSES or here in ("|", "‖"):
            return self.fenced()
        if kind == "function" or here.removeprefix("\\") in FUNCTIONS:
            return self.function()
        if here in _SPECIAL:
            return self.special(self.take())
        if here == "f" and self.ahead(2)[1:] == ["("]:
            self.take()
            return printed.Loss(0, self.point())
        return self.name()

    def fenced(self) -> Printed:
        opening = self.take()
        closing = _CLOSES.get(opening, opening)
        self.bars.append(closing)
        body = self.expression()
        self.bars.pop()
        self.expect(closing)
        return printed.Fenced(opening.removeprefix("left").replace(r"\lfloor", "⌊"), body)

    def point(self) -> Printed:
        self.expect("(")
        body = self.apart(self.expression)
        self.expect(")")
        return body

    def function(self) -> Printed:
        name = self.take().removeprefix("\\")
        if name not in FUNCTIONS:
            self.next -= 1
            self.fail(f"{name} is no function known here")
        power = self.argument() if self.skip("^") else None
        if self.here == r"\{":
            return self.braced(name)
        if self.here != "(":
            bare = self.term(frozenset({"(", *("\\" + name for name in FUNCTIONS)}))
            return printed.Call(name, (bare,), power, bare=True)
        self.take()
        arguments = self.apart(self.arguments)
        self.expect(")")
        return printed.Call(name, arguments, power)

    def arguments(self) -> tuple[Printed, ...]:
        found = [self.expression()]
        while self.skip(","):
            found.append(self.expression())
        return tuple(found)

    def braced(self, name: str) -> Printed:
        r"""Read \max\{a, b\}, or \min\{k \ge 0 : condition\}."""
        self.expect(r"\{")
        start = self.next
        arguments = self.apart(self.arguments)
        if name == "min" and self.here == r"\ge":
            self.next = start
            variable = self.name()
            self.expect(r"\ge")
            first = self.expression()
            self.expect(":")
            node: Printed = printed.Least(variable, first, self.condition())
        else:
            node = printed.Call(name, arguments)
        self.expect(r"\}")
        return node

    def special(self, command: str) -> Printed:
        match command:
            case r"\frac":
                return printed.Fraction(self.argument(), self.argument())
            case r"\sqrt":
                return printed.Root(self.argument())
            case r"\nabla":
                return self.nabla()
            case r"\sum":
                return self.series()
        return printed.Cases(tuple(self.apart(self.branches)))

    def nabla(self) -> Printed:
        order = 1
        if self.skip("^"):
            self.expect("2")
            order = 2
        self.expect("f")
        return printed.Loss(order, self.point())

    def series(self) -> Printed:
        self.expect("_")
        self.expect("{")
        variable = self.name()
        self.expect("=")
        first = self.expression()
        self.expect("}")
        self.expect("^")
        return printed.Series(variable, first, self.argument(), self.term())

    def branches(self) -> list[printed.Branch]:
        branches = []
        while not self.skip("end cases"):
            branches.append(self.branch())
            if not self.skip(r"\\") and self.here != "end cases":
                self.fail(r"expected \\ or \end{cases}")
        return branches

    def branch(self) -> printed.Branch:
        value = self.expression()
        self.skip(",")
        self.expect("&")
        word = self.take() if self.kind == "text" else ""
        if word in ("otherwise", "else"):
            return printed.Branch(value, None)
        if word not in ("", "if"):
            self.next -= 1
            self.fail("expected if or otherwise")
        return printed.Branch(value, self.condition())

    def condition(self) -> Printed:
        return self.joined("or", lambda: self.joined("and", self.comparison))

    def joined(self, word: str, read: Callable[[], Printed]) -> Printed:
        conditions = [read()]
        while self.skip(word):
            conditions.append(read())
        return printed.Junction(word, tuple(conditions)) if len(conditions) > 1 else conditions[0]

    def comparison(self) -> Printed:
        parts, relations = [self.expression()], list[str]()
        while self.here in RELATIONS:
            relations.append(self.take())
            parts.append(self.expression())
        if not relations:
            self.fail("expected a relation such as = or <")
        return printed.Comparison(tuple(parts), tuple(relations))


def _product(factors: list[Printed], joints: list[str]) -> Printed:
    return printed.Product(tuple(factors), tuple(joints)) if joints else factors[0]
