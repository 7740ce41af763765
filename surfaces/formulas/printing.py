r"""A formula's tree as LaTeX, with the parentheses that its nesting asks for.

A function is set with its argument in parentheses, a quotient as a fraction, pieces as cases.
"""

from __future__ import annotations

from surfaces.formulas import typed
from surfaces.formulas.typed import Expression

_SUM, _PRODUCT, _POWER, _ATOM = range(4)
_RELATIONS = {"<": "<", ">": ">", "<=": r"\le", ">=": r"\ge"}
_BASES = {"log10": "10", "log2": "2"}


def latex(node: Expression) -> str:
    """Return a formula as LaTeX."""
    return _written(node)[0]


def _written(node: Expression) -> tuple[str, int]:
    """Return LaTeX and how tightly it binds."""
    match node:
        case typed.Number(text):
            return _number(text)
        case typed.Name(text):
            return (r"\pi" if text == "pi" else text), _ATOM
        case typed.Sum(terms):
            return _sum(terms), _SUM
        case typed.Product(factors):
            return _product(factors), _PRODUCT
        case typed.Quotient(above, below):
            return rf"\frac{{{latex(above)}}}{{{latex(below)}}}", _PRODUCT
        case typed.Power(base, exponent):
            return _power(base, exponent)
        case typed.Call(name, arguments):
            return _call(name, arguments)
        case typed.Piece(condition, then, otherwise):
            rows = rf"{latex(then)} & \text{{if }} {latex(condition)} \\ {latex(otherwise)}"
            return rf"\begin{{cases}} {rows} & \text{{otherwise}} \end{{cases}}", _SUM
        case typed.Comparison(parts, relations):
            signs = [_RELATIONS[relation] for relation in relations]
            rest = zip(signs, map(latex, parts[1:]), strict=True)
            return " ".join([latex(parts[0]), *(f"{s} {part}" for s, part in rest)]), _SUM
        case typed.Junction(word, conditions):
            return rf" \text{{ {word} }} ".join(map(latex, conditions)), _SUM
    raise TypeError(f"{type(node).__name__} cannot be printed")


def _tight(node: Expression, least: int) -> str:
    text, bound = _written(node)
    return text if bound >= least else rf"({text})"


def _number(text: str) -> tuple[str, int]:
    mantissa, _, exponent = text.lower().partition("e")
    whole, dot, rest = mantissa.partition(".")
    plain = (whole or "0") + (dot + rest if rest else "")
    if not exponent:
        return plain, _ATOM
    power = f"10^{{{int(exponent)}}}"
    return (power, _POWER) if plain == "1" else (rf"{plain} \cdot {power}", _PRODUCT)


def _sum(terms: tuple[tuple[str, Expression], ...]) -> str:
    parts = []
    for k, (sign, term) in enumerate(terms):
        bare = isinstance(term, typed.Piece) and k == len(terms) - 1
        text = latex(term) if bare else _tight(term, _PRODUCT)
        parts += [f"{sign} {text}" if k or sign == "-" else text]
    return " ".join(parts)


def _product(factors: tuple[Expression, ...]) -> str:
    found = ""
    for factor in factors:
        text = _tight(
            factor, _POWER if found and not isinstance(factor, typed.Quotient) else _PRODUCT
        )
        plain = found and not text[0].isdigit() and not text.startswith((r"\frac", "(", "|"))
        joint = " " if plain or (text[:1] == "(" and found[-1:].isdigit()) else r" \cdot "
        found += joint + text if found else text
    return found


def _power(base: Expression, exponent: Expression) -> tuple[str, int]:
    match base:
        case typed.Call(name, (body,)) if name in _NAMED:
            return rf"\{_NAMED[name]}^{{{latex(exponent)}}}({latex(body)})", _POWER
    return rf"{_tight(base, _ATOM)}^{{{latex(exponent)}}}", _POWER


_NAMED = {name: name for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "exp", "log")}
_NAMED |= {"atan": "arctan", "min": "min", "max": "max"}


def _call(name: str, arguments: tuple[Expression, ...]) -> tuple[str, int]:
    inner = ", ".join(map(latex, arguments))
    if name == "abs":
        return f"|{inner}|", _ATOM
    if name == "sqrt":
        return rf"\sqrt{{{inner}}}", _ATOM
    if name == "sign":
        return rf"\operatorname{{sign}}({inner})", _POWER
    if name in _BASES:
        return rf"\frac{{\log({inner})}}{{\log({_BASES[name]})}}", _PRODUCT
    if name == "sigmoid":
        return rf"\frac{{1}}{{1 + \exp(-{_tight(arguments[0], _PRODUCT)})}}", _PRODUCT
    if name == "relu":
        return rf"\max(0, {inner})", _POWER
    return rf"\{_NAMED[name]}({inner})", _POWER
