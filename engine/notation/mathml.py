"""Formulas as MathML, which browsers set themselves: no script, no fonts, no network.

Only elements of MathML Core are used (https://www.w3.org/TR/mathml-core/).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, singledispatch

from engine.notation.letters import ACCENTS, LETTERS
from engine.notation.printed import (
    Assignment,
    Branch,
    Call,
    Cases,
    Comparison,
    Constant,
    Fenced,
    Fraction,
    Junction,
    Least,
    Loss,
    Partial,
    Point,
    Power,
    Printed,
    Product,
    Ratio,
    Root,
    Series,
    Slot,
    Sum,
    Symbol,
)

_RELATIONS: Mapping[str, str] = {"<": "&lt;", ">": "&gt;", r"\le": "≤", r"\ge": "≥", r"\ne": "≠"}
_CLOSING: Mapping[str, str] = {"(": ")", "[": "]", "|": "|", "‖": "‖", "⌊": "⌋"}
_TALL = ("<mfrac", "<msqrt", "<mtable", "<munderover")
_TIMES = "<mo>×</mo>"
_NOTHING = "<mo>&#8290;</mo>"
_THIN = '<mspace width="0.17em"></mspace>'


def display(content: str) -> str:
    """Return MathML content as a formula that stands on a line of its own."""
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">{content}</math>'


@lru_cache(maxsize=2048)
def mathml(node: Printed) -> str:
    """Return a formula as MathML content, one element; `display` makes a formula of it.

    A `Slot` becomes an empty `<mn data-slot="index">` whose number the page writes; `data-wrap`
    says when it puts parentheses around it. A case that depends on the step is a row with
    `data-chosen`, the slot that is 1 while it applies.
    """
    return _set(node)


@singledispatch
def _set(node: Printed) -> str:
    raise TypeError(f"{type(node).__name__} cannot be set")


@_set.register
def _(node: Assignment) -> str:
    return _row(_set(node.name), _sign("="), _set(node.expression))


@_set.register
def _(node: Symbol) -> str:
    core = _letter(node.letter)
    if node.accent:
        mark = f'<mo stretchy="false">{ACCENTS[node.accent]}</mo>'
        core = f'<mover accent="true">{core}{mark}</mover>'
    low = _subscript(node)
    if low and node.mark:
        return f"<msubsup>{core}{low}{_label(node.mark)}</msubsup>"
    if low:
        return f"<msub>{core}{low}</msub>"
    return f"<msup>{core}{_label(node.mark)}</msup>" if node.mark else core


@_set.register
def _(node: Constant) -> str:
    return f"<mn>{node.text}</mn>"


@_set.register
def _(node: Slot) -> str:
    wrap = f' data-wrap="{node.wrap}"' if node.wrap else ""
    return f'<mn data-slot="{node.index}"{wrap}></mn>'


@_set.register
def _(node: Sum) -> str:
    sign, first = node.terms[0]
    parts = [_set(first)] if sign == "+" else [_prefix("−"), _set(first)]
    for sign, term in node.terms[1:]:
        parts += [_sign("−" if sign == "-" else "+"), _set(term)]
    return _row(*parts)


@_set.register
def _(node: Product) -> str:
    parts = [_set(node.factors[0])]
    pairs = zip(node.joints, node.factors, node.factors[1:], strict=False)
    for joint, left, right in pairs:
        parts += [_joint(joint, left, right), _set(right)]
    return _row(*parts)


@_set.register
def _(node: Fraction) -> str:
    return f"<mfrac>{_set(node.above)}{_set(node.below)}</mfrac>"


@_set.register
def _(node: Ratio) -> str:
    return _row(_set(node.left), "<mo>/</mo>", _set(node.right))


@_set.register
def _(node: Root) -> str:
    return f"<msqrt>{_set(node.body)}</msqrt>"


@_set.register
def _(node: Power) -> str:
    exponent = _set(node.exponent)
    if isinstance(node.base, Symbol) and _subscript(node.base) and not node.base.mark:
        bare = _set(Symbol(node.base.letter, node.base.accent))
        return f"<msubsup>{bare}{_subscript(node.base)}{exponent}</msubsup>"
    if isinstance(node.base, Fenced) and not _grows(body := _set(node.base.body)):
        return _fenced(node.base.fence, body, exponent)
    return f"<msup>{_set(node.base)}{exponent}</msup>"


@_set.register
def _(node: Fenced) -> str:
    return _fenced(node.fence, _set(node.body))


@_set.register
def _(node: Call) -> str:
    name = f"<mi>{node.name}</mi>" if len(node.name) > 1 else f"<mo>{node.name}</mo>"
    if node.power is not None:
        name = f"<msup>{name}{_set(node.power)}</msup>"
    inside = _sign(",").join(map(_set, node.arguments))
    if node.bare:
        return _row(name, "<mo>&#8289;</mo>", _THIN, inside)
    return _row(name, "<mo>&#8289;</mo>", _fenced("(", inside))


@_set.register
def _(node: Loss) -> str:
    nabla = ("", _prefix("∇"), f"<msup>{_prefix('∇')}<mn>2</mn></msup>")[node.order]
    return _row(nabla, "<mi>f</mi>", "<mo>&#8289;</mo>", _fenced("(", _set(node.point)))


@_set.register
def _(node: Point) -> str:
    return _row(_set(node.x), '<mo separator="true">,</mo>', _set(node.y))


@_set.register
def _(node: Partial) -> str:
    above = _row(_prefix("∂"), "<mi>f</mi>")
    below = _row(_prefix("∂"), f"<mi>{node.variable}</mi>")
    return _row(f"<mfrac>{above}{below}</mfrac>", _fenced("(", _set(node.point)))


@_set.register
def _(node: Comparison) -> str:
    parts = [_set(node.parts[0])]
    for relation, part in zip(node.relations, node.parts[1:], strict=True):
        parts += [_sign(_RELATIONS.get(relation, relation)), _set(part)]
    return _row(*parts)


@_set.register
def _(node: Junction) -> str:
    return _row(f"<mtext>&#160;{node.word}&#160;</mtext>".join(map(_set, node.conditions)))


@_set.register
def _(node: Cases) -> str:
    rows = "".join(map(_branch, node.branches))
    return _row('<mo fence="true" form="prefix">{</mo>', f'<mtable class="cases">{rows}</mtable>')


@_set.register
def _(node: Least) -> str:
    inside = (_set(node.variable), _sign("≥"), _set(node.first), _sign(":"))
    return _row("<mi>min</mi>", _braced(*inside, _set(node.condition)))


@_set.register
def _(node: Series) -> str:
    below = _row(_set(node.variable), _sign("="), _set(node.first))
    return _row(f"<munderover><mo>∑</mo>{below}{_set(node.last)}</munderover>", _set(node.body))


def _row(*parts: str) -> str:
    return f"<mrow>{''.join(parts)}</mrow>"


def _sign(text: str) -> str:
    return f"<mo>{text}</mo>"


def _prefix(text: str) -> str:
    return f'<mo form="prefix" rspace="0">{text}</mo>'


def _letter(letter: str) -> str:
    if letter.startswith(r"\mathrm"):
        return f'<mi mathvariant="normal">{letter[8:-1]}</mi>'
    return f"<mi>{LETTERS.get(letter, letter)}</mi>"


def _label(text: str) -> str:
    """Set what stands in a subscript: names of functions upright, the rest as it is."""
    name = text.removeprefix("\\")
    if text.isdigit():
        return f"<mn>{text}</mn>"
    if text in ("+", "-", "*"):
        return f'<mo lspace="0" rspace="0">{text.replace("-", "−")}</mo>'
    if text.startswith(r"\mathrm"):
        return f"<mtext>{text[8:-1]}</mtext>"
    return f"<mi>{LETTERS.get(text, name)}</mi>"


def _subscript(node: Symbol) -> str:
    parts = [_label(part) for part in node.subscript.split(",") if part]
    parts += [] if node.time is None else [_moment(node.time)]
    comma = '<mo separator="true" lspace="0" rspace="0">,</mo>'
    return parts[0] if len(parts) == 1 else _row(comma.join(parts)) if parts else ""


def _moment(time: int) -> str:
    if not time:
        return "<mi>t</mi>"
    sign = "−" if time < 0 else "+"
    return _row("<mi>t</mi>", f'<mo lspace="0" rspace="0">{sign}</mo>', f"<mn>{abs(time)}</mn>")


def _joint(joint: str, left: Printed, right: Printed) -> str:
    if joint == "×" or _starts_with_number(right):
        return _TIMES
    if joint:
        return _sign("⋅")
    return _THIN if _is_wide(left) or _is_wide(right) else _NOTHING


def _starts_with_number(node: Printed) -> bool:
    if isinstance(node, Product):
        return _starts_with_number(node.factors[0])
    if isinstance(node, Power | Ratio):
        return _starts_with_number(node.base if isinstance(node, Power) else node.left)
    return isinstance(node, Constant | Slot)


def _is_wide(node: Printed) -> bool:
    """Whether a factor needs air around it: a name with a subscript, a fraction, a function."""
    if isinstance(node, Power):
        return _is_wide(node.base)
    if isinstance(node, Symbol):
        return bool(node.subscript or node.time is not None)
    return isinstance(node, Fraction | Call | Loss | Root)


def _fenced(fence: str, inside: str, exponent: str = "") -> str:
    """Put fences around a formula; an exponent stands at the closing one."""
    grow = "" if _grows(inside) else ' stretchy="false"'
    opening = f'<mo fence="true" form="prefix"{grow}>{fence}</mo>'
    closing = f'<mo fence="true" form="postfix"{grow}>{_CLOSING[fence]}</mo>'
    return _row(opening, inside, f"<msup>{closing}{exponent}</msup>" if exponent else closing)


def _grows(inside: str) -> bool:
    """Return whether fences grow: around what is taller than a line."""
    return any(tall in inside for tall in _TALL)


def _braced(*parts: str) -> str:
    brace = '<mo form="{}" stretchy="false">{}</mo>'
    return _row(brace.format("prefix", "{"), *parts, brace.format("postfix", "}"))


def _branch(branch: Branch) -> str:
    chosen = "" if branch.chosen is None else f' data-chosen="{branch.chosen}"'
    word = "<mtext>otherwise</mtext>"
    if branch.condition is not None:
        word = _row("<mtext>if&#160;</mtext>", _set(branch.condition))
    value = f'<mtd style="text-align: left">{_set(branch.value)}</mtd>'
    return f'<mtr{chosen}>{value}<mtd style="text-align: left">{word}</mtd></mtr>'
