"""A formula with numbers in place of its names, coordinate by coordinate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import singledispatch
from typing import Any

import numpy as np

from engine.notation import Node, Symbol
from engine.notation.evaluation import IDENTITY, Evaluation
from engine.notation.nodes import (
    Branch,
    Call,
    Cases,
    Comparison,
    Constant,
    Fenced,
    Fraction,
    Junction,
    Loss,
    Partial,
    Point,
    Power,
    Product,
    Ratio,
    Root,
    Sum,
)
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

    def line(self, node: Node) -> Node:
        """Return a whole right-hand side; a gradient that stands alone names its point."""
        if isinstance(node, Loss) and node.order == 1 and self.coordinate is not None:
            return Partial("xy"[self.coordinate], self.point(node.point))
        return self.put(node, "")

    def point(self, node: Node) -> Point:
        """Return both coordinates of a point."""
        value = self.known.of(node)
        if np.ndim(value) != 2:
            raise NotShown
        return Point(self.slots.of(node, value, 0), self.slots.of(node, value, 1))

    def value(self, node: Node, wrap: str) -> Node:
        """Return what a part is worth."""
        value = self.known.of(node)
        if np.ndim(value) == 2 and self.coordinate is None:
            raise NotShown
        if np.ndim(value) == 0 and isinstance(node, Symbol):
            return written(float(value), wrap, SETTING)
        return self.slots.of(node, value, self.coordinate, wrap)

    def put(self, node: Node, wrap: str) -> Node:
        """Return a node with its numbers; `wrap` says when its first one needs parentheses."""
        return _put(node, wrap, self)

    def branch(self, branch: Branch, chosen: Any) -> Branch:
        """Return a case with its numbers and the slot that says when it is the one chosen."""
        condition = None if branch.condition is None else self.put(branch.condition, "")
        coordinate = self.coordinate if np.ndim(chosen) == 2 else None
        index = self.slots.index(branch, chosen, coordinate)
        return Branch(self.put(branch.value, ""), condition, index)


@singledispatch
def _put(node: Node, wrap: str, to: Numbers) -> Node:
    raise NotShown


@_put.register
def _(node: Constant, wrap: str, to: Numbers) -> Node:
    return node


@_put.register
def _(node: Symbol, wrap: str, to: Numbers) -> Node:
    if node == IDENTITY:
        raise NotShown
    return to.value(node, wrap) if node in to.known.values else node


@_put.register
def _(node: Loss, wrap: str, to: Numbers) -> Node:
    if node.order == 2:
        raise NotShown
    return to.value(node, wrap)


@_put.register
def _(node: Sum, wrap: str, to: Numbers) -> Node:
    (sign, first), *rest = node.terms
    leading = to.put(first, wrap if sign == "+" else "sign")
    return Sum(((sign, leading), *((s, to.put(term, "sign")) for s, term in rest)))


@_put.register
def _(node: Product, wrap: str, to: Numbers) -> Node:
    first, *rest = node.factors
    factors = (to.put(first, wrap), *(to.put(factor, "sign") for factor in rest))
    return Product(factors, ("×",) * len(rest))


@_put.register
def _(node: Fraction, wrap: str, to: Numbers) -> Node:
    return Fraction(to.put(node.above, ""), to.put(node.below, ""))


@_put.register
def _(node: Ratio, wrap: str, to: Numbers) -> Node:
    return Ratio(to.put(node.left, wrap), to.put(node.right, "sign"))


@_put.register
def _(node: Root, wrap: str, to: Numbers) -> Node:
    return Root(to.put(node.body, ""))


@_put.register
def _(node: Power, wrap: str, to: Numbers) -> Node:
    return Power(to.put(node.base, "power"), to.put(node.exponent, ""))


@_put.register
def _(node: Fenced, wrap: str, to: Numbers) -> Node:
    if node.fence == "‖":
        return Fenced(node.fence, to.point(node.body))
    return Fenced(node.fence, to.put(node.body, ""))


@_put.register
def _(node: Call, wrap: str, to: Numbers) -> Node:
    return replace(node, arguments=tuple(to.put(a, "") for a in node.arguments), bare=False)


@_put.register
def _(node: Comparison, wrap: str, to: Numbers) -> Node:
    return replace(node, parts=tuple(to.put(part, "") for part in node.parts))


@_put.register
def _(node: Junction, wrap: str, to: Numbers) -> Node:
    return replace(node, conditions=tuple(to.put(c, "") for c in node.conditions))


@_put.register
def _(node: Cases, wrap: str, to: Numbers) -> Node:
    free: Any = True
    branches = []
    for branch in node.branches:
        holds = to.known.holds(branch)
        branches.append(to.branch(branch, np.logical_and(free, holds)))
        free = np.logical_and(free, np.logical_not(holds))
    return Cases(tuple(branches))
