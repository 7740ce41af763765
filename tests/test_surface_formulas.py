"""The formula a person reads is the one that is computed, and so are its derivatives."""

from functools import cache

import numpy as np
import pytest
import sympy

from declarations import Number, declarations
from surfaces import KNOWN
from tests.printed import X, Y, printed, symbols

every_surface = pytest.mark.parametrize("kind", KNOWN.values(), ids=KNOWN)

POINTS = 300


@cache
def derivatives(kind):
    """f, f_x, f_y, f_xx, f_xy, f_yy as SymPy differentiates the printed formula."""
    f = printed(kind)
    fx, fy = f.diff(X), f.diff(Y)
    wanted = [f, fx, fy, fx.diff(X), fx.diff(Y), fy.diff(Y)]
    names = [X, Y, *symbols(kind).values()]
    beside_kinks = {"DiracDelta": lambda t: 0 * t}
    return sympy.lambdify(names, wanted, [beside_kinks, "numpy"], cse=True)


def as_printed(declaration, values):
    """Angles are chosen in degrees; a formula's sine takes radians."""
    return np.deg2rad(values) if declaration.label.endswith("degrees") else values


def drawn_parameters(kind):
    """A value of each parameter for each point: the ends of its range, its default, any other."""
    draws = np.random.default_rng(3)
    numbers = {k: d for k, d in declarations(kind).items() if isinstance(d, Number)}
    for name, d in numbers.items():
        anywhere = draws.uniform(d.low, d.high, POINTS)
        anywhere = np.floor(anywhere) if d.whole else anywhere
        marked = draws.choice([d.low, d.high, getattr(kind, name)], POINTS)
        yield name, np.where(draws.random(POINTS) < 0.5, anywhere, marked)


@every_surface
def test_value_gradient_and_hessian_are_those_of_the_printed_formula(kind):
    parameters = dict(drawn_parameters(kind))
    low, high = np.transpose(kind.window)
    w = np.random.default_rng(4).uniform(low, high, (POINTS, 2)).T
    surface = kind(**parameters)
    got = (surface.value(w), *surface.gradient(w), *surface.hessian(w))
    read = [as_printed(declarations(kind)[k], v) for k, v in parameters.items()]
    for part, wanted in zip(got, derivatives(kind)(*w, *read), strict=True):
        size = np.median(np.abs(part))
        np.testing.assert_allclose(part, wanted + 0 * part, rtol=1e-10, atol=1e-12 * (1 + size))


@every_surface
def test_formula_mentions_both_weights_and_every_parameter_by_its_symbol(kind):
    assert printed(kind).free_symbols == {X, Y, *symbols(kind).values()}
