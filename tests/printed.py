"""What SymPy reads in a surface's printed formula: an outside oracle for what is computed."""

from functools import cache

import sympy
from sympy.parsing.latex import parse_latex

from declarations import declarations
from surfaces import KNOWN

X, Y = sympy.symbols("x y", real=True)


@cache
def symbols(kind):
    """Each parameter's symbol as printed."""
    named = {k: d.symbol for k, d in declarations(kind).items() if d.symbol}
    return {k: parse_latex(symbol, backend="antlr") for k, symbol in named.items()}


@cache
def printed(kind):
    """The printed formula, x and y taken as real and the letters e and pi as the numbers."""
    formula = parse_latex(kind.formula, backend="antlr")
    formula = formula.replace(sympy.Function("max"), sympy.Max)
    known = {"x": X, "y": Y, "e": sympy.E, "pi": sympy.pi}
    letters = formula.free_symbols - set(symbols(kind).values())
    return formula.subs({letter: known[letter.name] for letter in letters})


def quadratics():
    """The keys of published surfaces that are printed as a polynomial of degree two in x and y."""
    return tuple(key for key, kind in KNOWN.items() if degree(printed(kind)) == 2)


def degree(formula):
    """The degree of a polynomial in x and y, or None for any other formula."""
    try:
        return sympy.Poly(formula, X, Y).total_degree()
    except sympy.PolynomialError:
        return None
