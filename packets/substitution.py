"""A formula with numbers in place of its names, coordinate by coordinate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from engine.notation import Printed, Symbol, printed
from engine.notation.evaluation import IDENTITY, Evaluation
from packets.slots import Slots, written

SETTING = 12
"""The digits of a setting: all it has, for 1 - 0.999975 is not 1 - 0.99998."""


class NotShown(Exception):
    """A formula that cannot be written coordinate by coordinate."""


@dataclass(frozen=True)
class Numbers:
    """A formula with numbers in place of its names, for one coordinate (None: a scalar)."""

    known: Evaluation
    slots: Slots
    coordinate: int | None

    def line(self, node: Printed) -> Printed:
        """Return a whole right-hand side; a gradient that stands alone names its point."""
        if isinstance(node, printed.Loss) and node.order == 1 and self.coordinate is not None:
            return printed.Partial("xy"[self.coordinate], self.point(node.point))
        return self.put(node, "")

    def point(self, node: Printed) -> printed.Point:
        """Return both coordinates of a point."""
        value = self.known.of(node)
        if np.ndim(value) != 2:
            raise NotShown
        return printed.Point(self.slots.of(node, value, 0), self.slots.of(node, value, 1))

    def value(self, node: Printed, wrap: str) -> Printed:
        """Return what a part is worth."""
        value = self.known.of(node)
        if np.ndim(value) == 2 and self.coordinate is None:
            raise NotShown
        if np.ndim(value) == 0 and isinstance(node, Symbol):
            return written(float(value), wrap, SETTING)
        return self.slots.of(node, value, self.coordinate, wrap)

    def put(self, node: Printed, wrap: str) -> Printed:
        """Return a node with its numbers; `wrap` says when its first one needs parentheses."""
        match node:
            case printed.Constant():
                return node
            case Symbol() if node != IDENTITY:
                return self.value(node, wrap) if node in self.known.values else node
            case printed.Loss(order=0 | 1):
                return self.value(node, wrap)
            case printed.Sum(((sign, first), *rest)):
                leading = sign, self.put(first, wrap if sign == "+" else "sign")
                others = ((sign, self.put(term, "sign")) for sign, term in rest)
                return printed.Sum((leading, *others))
            case printed.Product((first, *others)):
                factors = (self.put(first, wrap), *self._each(others, "sign"))
                return printed.Product(factors, ("×",) * len(others))
            case printed.Fraction(above, below):
                return printed.Fraction(*self._each((above, below)))
            case printed.Ratio(left, right):
                return printed.Ratio(self.put(left, wrap), self.put(right, "sign"))
            case printed.Root(body):
                return printed.Root(self.put(body, ""))
            case printed.Power(base, exponent):
                return printed.Power(self.put(base, "power"), self.put(exponent, ""))
            case printed.Fenced(fence, body):
                inside = self.point(body) if fence == "‖" else self.put(body, "")
                return printed.Fenced(fence, inside)
            case printed.Call(arguments=arguments):
                return replace(node, arguments=self._each(arguments), bare=False)
            case printed.Comparison(parts=parts):
                return replace(node, parts=self._each(parts))
            case printed.Junction(conditions=conditions):
                return replace(node, conditions=self._each(conditions))
            case printed.Cases(branches):
                return self.cases(branches)
        raise NotShown

    def _each(self, nodes: Iterable[Printed], wrap: str = "") -> tuple[Printed, ...]:
        return tuple(self.put(node, wrap) for node in nodes)

    def cases(self, branches: Iterable[printed.Branch]) -> printed.Cases:
        """Return a case distinction; a branch is chosen if it holds and none before it does."""
        free: Any = True
        found = []
        for branch in branches:
            holds = self.known.holds(branch)
            found.append(self.branch(branch, np.logical_and(free, holds)))
            free = np.logical_and(free, np.logical_not(holds))
        return printed.Cases(tuple(found))

    def branch(self, branch: printed.Branch, chosen: Any) -> printed.Branch:
        """Return a case with its numbers and the slot that says when it is the one chosen."""
        condition = None if branch.condition is None else self.put(branch.condition, "")
        coordinate = self.coordinate if np.ndim(chosen) == 2 else None
        index = self.slots.index(branch, chosen, coordinate)
        return printed.Branch(self.put(branch.value, ""), condition, index)
