"""The slopes of a term: each rule of differentiation once, shared parts derived once.

Where a formula is not smooth a subgradient is taken: |u| and the sign have slope 0 at u = 0, a
root has slope 0 where it is 0, and where two sides of max or min are equal the first one counts;
at the border of a piece, the piece whose condition holds there. Of a power whose exponent is a
parameter the slope is 0 where that is 0, for the power is constant then, at the base 0 as well.
"""

from __future__ import annotations

from surfaces.formulas.algebra import Algebra, Entry, Term, entries_of


class Slopes:
    """Derives terms by one variable."""

    def __init__(self, algebra: Algebra, variable: str) -> None:
        """Derive by `variable`, making terms of `algebra`."""
        self.algebra, self.variable = algebra, variable
        self._known: dict[Term, Term] = {}

    def of(self, term: Term) -> Term:
        """Return the derivative of a term."""
        if term not in self._known:
            self._known[term] = self._derived(term)
        return self._known[term]

    def _derived(self, term: Term) -> Term:
        algebra = self.algebra
        match term.kind:
            case "name":
                return algebra.number(1.0 if term.data == self.variable else 0.0)
            case "sum":
                _, entries = entries_of(term)
                return algebra.sum(Entry(c, self.of(part)) for c, part in entries)
            case "product":
                return self._product(term.parts)
            case "power":
                return self._power(term, *term.parts)
            case "choice":
                condition, then, otherwise = term.parts
                return algebra.choice(condition, self.of(then), self.of(otherwise))
            case "guarded":
                return algebra.guarded(term.parts[0], self.of(term.parts[1]))
            case "call":
                return self._call(term)
        return algebra.number(0.0)

    def _product(self, factors: tuple[Term, ...]) -> Term:
        terms = [
            self.algebra.product(*factors[:k], self.of(factor), *factors[k + 1 :])
            for k, factor in enumerate(factors)
        ]
        return self.algebra.sum(Entry(1.0, term) for term in terms)

    def _power(self, term: Term, base: Term, exponent: Term) -> Term:
        """Derive u^v: v u^(v-1) u' + u^v log(u) v'."""
        algebra, inner, outer = self.algebra, self.of(base), self.of(exponent)
        terms = []
        if not _is_zero(inner):
            less = algebra.sum([Entry(1.0, exponent)], -1.0)
            slope = algebra.product(exponent, algebra.power(base, less))
            if _has_end(exponent):
                slope = algebra.guarded(base, slope)
            elif exponent.kind != "number" and not varies(exponent):
                slope = algebra.guarded(exponent, slope)
            terms.append(algebra.product(slope, inner))
        if not _is_zero(outer):
            rate = algebra.number(1.0) if base.data == "e" else algebra.call("log", base)
            terms.append(algebra.product(term, rate, outer))
        return algebra.sum(Entry(1.0, part) for part in terms)

    def _call(self, term: Term) -> Term:
        algebra, (u, *others) = self.algebra, term.parts
        if others:
            sign = ">=" if term.data == "max" else "<="
            return algebra.choice(
                algebra.relation(sign, u, others[0]), self.of(u), self.of(others[0])
            )
        inner = self.of(u)
        if _is_zero(inner):
            return inner
        return algebra.product(self._slope(term, u), inner)

    def _slope(self, term: Term, u: Term) -> Term:
        """Return the derivative of a function of one argument by that argument."""
        algebra = self.algebra
        square = algebra.number(2.0)
        match term.data:
            case "sin":
                return algebra.call("cos", u)
            case "cos":
                return algebra.scaled(-1.0, algebra.call("sin", u))
            case "tan":
                return algebra.sum([Entry(1.0, algebra.power(term, square))], 1.0)
            case "tanh":
                return algebra.sum([Entry(-1.0, algebra.power(term, square))], 1.0)
            case "sinh":
                return algebra.call("cosh", u)
            case "cosh":
                return algebra.call("sinh", u)
            case "log":
                return algebra.power(u, algebra.number(-1.0))
            case "atan":
                below = algebra.sum([Entry(1.0, algebra.power(u, square))], 1.0)
                return algebra.power(below, algebra.number(-1.0))
            case "abs":
                return algebra.call("sign", u)
        return algebra.number(0.0)


def _is_zero(term: Term) -> bool:
    return term.kind == "number" and term.data == 0


def _has_end(exponent: Term) -> bool:
    """Say whether a power's slope grows without end at 0, where the power itself does not."""
    return exponent.kind == "number" and 0 < exponent.data < 1


def varies(term: Term) -> bool:
    """Say whether x or y is in a term; the other names are parameters."""
    return term.data in ("x", "y") if term.kind == "name" else any(map(varies, term.parts))
