"""What a printed formula consists of, as frozen values that can be compared and rewritten."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Node:
    """A part of a formula."""


@dataclass(frozen=True)
class Symbol(Node):
    r"""A name such as \hat{m}_{1,t-1}: letter, accent, subscript, superscript mark and time.

    `time` is the step relative to t (0 for t, -1 for t - 1), None for what carries no time.
    """

    letter: str
    accent: str = ""
    subscript: str = ""
    mark: str = ""
    time: int | None = None

    def at(self, time: int | None) -> Symbol:
        """Return the same name at another time."""
        return Symbol(self.letter, self.accent, self.subscript, self.mark, time)

    def __str__(self) -> str:
        moment = "" if self.time is None else "t" + (f"{self.time:+d}" if self.time else "")
        low = ",".join(part for part in (self.subscript, moment) if part)
        core = f"{self.accent}{{{self.letter}}}" if self.accent else self.letter
        return core + (f"_{{{low}}}" if low else "") + (f"^{{{self.mark}}}" if self.mark else "")


@dataclass(frozen=True)
class Constant(Node):
    """A number as it is printed."""

    text: str


@dataclass(frozen=True)
class Slot(Node):
    """A place for a number that changes with time; `wrap` says when it needs parentheses.

    "" never, "sign" when the number is negative, "power" also when it is written with a power
    of ten.
    """

    index: int
    wrap: str = ""


@dataclass(frozen=True)
class Sum(Node):
    """Terms, each behind its sign + or -."""

    terms: tuple[tuple[str, Node], ...]


@dataclass(frozen=True)
class Product(Node):
    """Factors; `joints` has the sign between each two of them, "" for none."""

    factors: tuple[Node, ...]
    joints: tuple[str, ...]


@dataclass(frozen=True)
class Fraction(Node):
    """A quotient with a bar."""

    above: Node
    below: Node


@dataclass(frozen=True)
class Ratio(Node):
    """A quotient with a slash."""

    left: Node
    right: Node


@dataclass(frozen=True)
class Root(Node):
    """A square root."""

    body: Node


@dataclass(frozen=True)
class Power(Node):
    """A power; exponent -1 of a matrix is its inverse."""

    base: Node
    exponent: Node


@dataclass(frozen=True)
class Fenced(Node):
    """A part between ( or [ (grouping), | (magnitude), ‖ (Euclidean norm), ⌊ (rounding down)."""

    fence: str
    body: Node


@dataclass(frozen=True)
class Call(Node):
    """A named function, perhaps with a power on its name as in sin² x."""

    name: str
    arguments: tuple[Node, ...]
    power: Node | None = None
    bare: bool = False


@dataclass(frozen=True)
class Loss(Node):
    """The loss (order 0), its gradient (1) or its Hessian (2) at a point."""

    order: int
    point: Node


@dataclass(frozen=True)
class Point(Node):
    """A pair of coordinates."""

    x: Node
    y: Node


@dataclass(frozen=True)
class Partial(Node):
    """The partial derivative of the loss by one variable, at a point."""

    variable: str
    point: Point


@dataclass(frozen=True)
class Comparison(Node):
    """A chain of relations, each between its neighbors, such as 0 < a ≤ b."""

    parts: tuple[Node, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True)
class Junction(Node):
    """Conditions joined by `and` or by `or`."""

    word: str
    conditions: tuple[Node, ...]


@dataclass(frozen=True)
class Branch(Node):
    """One row of a case distinction; without a condition it is what holds otherwise.

    `chosen` is the index of the slot that is 1 while this row is the one that applies.
    """

    value: Node
    condition: Node | None
    chosen: int | None = None


@dataclass(frozen=True)
class Cases(Node):
    """A case distinction: the first branch whose condition holds."""

    branches: tuple[Branch, ...]


@dataclass(frozen=True)
class Least(Node):
    """The smallest whole number from `first` on for which a condition holds."""

    variable: Symbol
    first: Node
    condition: Node


@dataclass(frozen=True)
class Series(Node):
    """A sum over a whole number from `first` to `last`."""

    variable: Symbol
    first: Node
    last: Node
    body: Node


@dataclass(frozen=True)
class Assignment(Node):
    """One printed line: a name and the expression it stands for."""

    name: Symbol
    expression: Node
