"""Formulas as MathML, which browsers set themselves: no script, no fonts, no network.

Only elements of MathML Core are used (https://www.w3.org/TR/mathml-core/).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import chain

from engine.notation import printed
from engine.notation.letters import ACCENTS, LETTERS
from engine.notation.printed import Printed, Symbol

_RELATIONS: Mapping[str, str] = {"<": "&lt;", ">": "&gt;", r"\le": "≤", r"\ge": "≥", r"\ne": "≠"}
_CLOSING: Mapping[str, str] = {"(": ")", "[": "]", "|": "|", "‖": "‖", "⌊": "⌋"}
_TALL = ("<mfrac", "<msqrt", "<mtable", "<munderover")
_TIMES = "<mo>×</mo>"
_APPLIED = "<mo>&#8289;</mo>"
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


def _set(node: Printed) -> str:
    match node:
        case printed.Assignment(name, expression):
            return _row(_set(name), _sign("="), _set(expression))
        case Symbol():
            return _symbol(node)
        case printed.Constant(text):
            return f"<mn>{text}</mn>"
        case printed.Slot(index, wrap):
            wrapped = f' data-wrap="{wrap}"' if wrap else ""
            return f'<mn data-slot="{index}"{wrapped}></mn>'
        case printed.Sum(terms):
            return _sum(terms)
        case printed.Product(factors, joints):
            return _product(factors, joints)
        case printed.Fraction(above, below):
            return f"<mfrac>{_set(above)}{_set(below)}</mfrac>"
        case printed.Ratio(left, right):
            return _row(_set(left), "<mo>/</mo>", _set(right))
        case printed.Root(body):
            return f"<msqrt>{_set(body)}</msqrt>"
        case printed.Power(base, exponent):
            return _power(base, _set(exponent))
        case printed.Fenced(fence, body):
            return _fenced(fence, _set(body))
        case printed.Call():
            return _call(node)
    return _set_beyond_arithmetic(node)


def _set_beyond_arithmetic(node: Printed) -> str:
    """Set what is more than arithmetic: the loss at a point, conditions, cases, whole numbers."""
    match node:
        case printed.Loss(order, point):
            nabla = ("", _prefix("∇"), f"<msup>{_prefix('∇')}<mn>2</mn></msup>")[order]
            return _row(nabla, "<mi>f</mi>", _APPLIED, _fenced("(", _set(point)))
        case printed.Point(x, y):
            return _row(_set(x), '<mo separator="true">,</mo>', _set(y))
        case printed.Partial(variable, point):
            above = _row(_prefix("∂"), "<mi>f</mi>")
            below = _row(_prefix("∂"), f"<mi>{variable}</mi>")
            return _row(f"<mfrac>{above}{below}</mfrac>", _fenced("(", _set(point)))
        case printed.Comparison((first, *others), relations):
            signs = (_sign(_RELATIONS.get(relation, relation)) for relation in relations)
            return _row(_set(first), *chain(*zip(signs, map(_set, others), strict=True)))
        case printed.Junction(word, conditions):
            return _row(f"<mtext>&#160;{word}&#160;</mtext>".join(map(_set, conditions)))
        case printed.Cases(branches):
            rows = "".join(map(_branch, branches))
            table = f'<mtable class="cases">{rows}</mtable>'
            return _row('<mo fence="true" form="prefix">{</mo>', table)
        case printed.Least(variable, first, condition):
            inside = (_set(variable), _sign("≥"), _set(first), _sign(":"))
            return _row("<mi>min</mi>", _braced(*inside, _set(condition)))
        case printed.Series(variable, first, last, body):
            below = _row(_set(variable), _sign("="), _set(first))
            return _row(f"<munderover><mo>∑</mo>{below}{_set(last)}</munderover>", _set(body))
    raise TypeError(f"{type(node).__name__} cannot be set")


def _symbol(node: Symbol) -> str:
    core = _letter(node.letter)
    if node.accent:
        mark = f'<mo stretchy="false">{ACCENTS[node.accent]}</mo>'
        core = f'<mover accent="true">{core}{mark}</mover>'
    low = _subscript(node)
    return f"<msub>{core}{low}</msub>" if low else core


def _sum(terms: tuple[tuple[str, Printed], ...]) -> str:
    (sign, first), *rest = terms
    parts = [_set(first)] if sign == "+" else [_prefix("−"), _set(first)]
    for sign, term in rest:
        parts += [_sign("−" if sign == "-" else "+"), _set(term)]
    return _row(*parts)


def _product(factors: tuple[Printed, ...], joints: tuple[str, ...]) -> str:
    parts = [_set(factors[0])]
    for joint, left, right in zip(joints, factors, factors[1:], strict=False):
        parts += [_joint(joint, left, right), _set(right)]
    return _row(*parts)


def _power(base: Printed, exponent: str) -> str:
    if isinstance(base, Symbol) and _subscript(base):
        bare = _set(Symbol(base.letter, base.accent))
        return f"<msubsup>{bare}{_subscript(base)}{exponent}</msubsup>"
    if isinstance(base, printed.Fenced) and not _grows(body := _set(base.body)):
        return _fenced(base.fence, body, exponent)
    return f"<msup>{_set(base)}{exponent}</msup>"


def _call(node: printed.Call) -> str:
    name = f"<mi>{node.name}</mi>" if len(node.name) > 1 else f"<mo>{node.name}</mo>"
    if node.power is not None:
        name = f"<msup>{name}{_set(node.power)}</msup>"
    inside = _sign(",").join(map(_set, node.arguments))
    return _row(name, _APPLIED, *((_THIN, inside) if node.bare else (_fenced("(", inside),)))


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
    if isinstance(node, printed.Product):
        return _starts_with_number(node.factors[0])
    if isinstance(node, printed.Power | printed.Ratio):
        return _starts_with_number(node.base if isinstance(node, printed.Power) else node.left)
    return isinstance(node, printed.Constant | printed.Slot)


def _is_wide(node: Printed) -> bool:
    """Whether a factor needs air around it: a name with a subscript, a fraction, a function."""
    if isinstance(node, printed.Power):
        return _is_wide(node.base)
    if isinstance(node, Symbol):
        return bool(node.subscript or node.time is not None)
    return isinstance(node, printed.Fraction | printed.Call | printed.Loss | printed.Root)


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


def _branch(branch: printed.Branch) -> str:
    chosen = "" if branch.chosen is None else f' data-chosen="{branch.chosen}"'
    word = "<mtext>otherwise</mtext>"
    if branch.condition is not None:
        word = _row("<mtext>if&#160;</mtext>", _set(branch.condition))
    value = f'<mtd style="text-align: left">{_set(branch.value)}</mtd>'
    return f'<mtr{chosen}>{value}<mtd style="text-align: left">{word}</mtd></mtr>'
