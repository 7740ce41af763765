"""The surface that is drawn: SymPy's B-splines beside it, what is found, what is refused."""

from dataclasses import replace

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.run.outcome import End, outcome
from engine.setup.experiment import Experiment, Lane
from engine.setup.link import from_json, query, read, to_json, write
from optimizers import OPTIMIZERS
from packets.drawing import drawing
from packets.modules import modules
from surfaces.drawn import EDGE, MOST, SIDE, Drawn, letters
from surfaces.spline import BORDER, LETTERS, TOP

INSIDE = st.floats(-EDGE, EDGE - 1e-9)
DRAWINGS = st.integers(4, 7).flatmap(
    lambda side: st.text(LETTERS, min_size=side * side, max_size=side * side)
)


def basis(side):
    """SymPy's cubic B-splines on the grid's knots, as functions of x, with their derivatives."""
    x = sympy.Symbol("x")
    width = side + 2 * BORDER
    step = sympy.Rational(int(2 * EDGE), side - 1)
    knots = [-2 + (k - BORDER - 2) * step for k in range(width + 4)]
    pieces = sympy.bspline_basis_set(3, knots, x)
    return [[sympy.lambdify(x, sympy.diff(b, x, n)) for b in pieces] for n in range(3)]


BASES = {side: basis(side) for side in (4, 6)}


def told_by_sympy(surface, x, y, nx, ny):
    """The derivative of these orders, summed over SymPy's products of B-splines."""
    side = surface.side
    rows = np.array([LETTERS.index(c) for c in surface.heights]).reshape(side, side) / TOP
    control = np.pad(rows, BORDER, mode="edge")
    across, up = ([b(v) for b in BASES[side][n]] for v, n in ((x, nx), (y, ny)))
    return surface.height * np.array(up, dtype=float) @ control @ np.array(across, dtype=float)


@pytest.mark.parametrize("side", BASES)
@settings(max_examples=25, deadline=None)
@given(x=INSIDE, y=INSIDE, seed=st.integers(0, 9))
def test_the_spline_and_all_its_derivatives_are_those_of_sympy(side, x, y, seed):
    heights = letters(np.random.default_rng(seed).random((side, side)))
    surface, point = Drawn(heights=heights, height=3.0), (np.float64(x), np.float64(y))
    found = [surface.f(*point), *surface.df(*point), *surface.d2f(*point)]
    orders = ((0, 0), (1, 0), (0, 1), (2, 0), (1, 1), (0, 2))
    told = [told_by_sympy(surface, x, y, *order) for order in orders]
    np.testing.assert_allclose(found, told, rtol=1e-9, atol=1e-9)


@settings(max_examples=25, deadline=None)
@given(text=DRAWINGS, seed=st.integers(0, 99))
def test_slopes_and_curvatures_are_differences_beyond_the_edge_too(text, seed):
    surface, step = Drawn(heights=text), 1e-5
    w = np.random.default_rng(seed).uniform(-3.0, 3.0, (2, 40))
    xx, xy, yy = surface.hessian(w)
    for axis, bends in enumerate(((xx, xy), (xy, yy))):
        aside = step * np.eye(2)[axis][:, None]
        slope = (surface.value(w + aside) - surface.value(w - aside)) / (2 * step)
        bend = (surface.gradient(w + aside) - surface.gradient(w - aside)) / (2 * step)
        np.testing.assert_allclose(surface.gradient(w)[axis], slope, atol=1e-6)
        np.testing.assert_allclose(bends, bend, atol=2e-3)


@settings(max_examples=25, deadline=None)
@given(text=DRAWINGS)
def test_it_stays_between_the_lowest_and_the_highest_height(text):
    surface = Drawn(heights=text, height=1.0)
    grid = np.array(np.meshgrid(*[np.linspace(-EDGE, EDGE, 40)] * 2))
    low, high = (LETTERS.index(pick(text)) / TOP for pick in (min_letter, max_letter))
    assert np.all((low - 1e-12 <= surface.value(grid)) & (surface.value(grid) <= high + 1e-12))


def min_letter(text):
    return min(text, key=LETTERS.index)


def max_letter(text):
    return max(text, key=LETTERS.index)


@settings(max_examples=25, deadline=None)
@given(text=DRAWINGS)
def test_what_is_found_has_no_slope_and_is_what_it_is_called(text):
    surface = Drawn(heights=text)
    for c in surface.critical_points:
        w = np.array((c.x, c.y))
        assert np.all(np.abs(surface.gradient(w)) < 1e-6)
        assert surface.value(w) == pytest.approx(c.value, abs=1e-9)
        (xx, xy, yy), around = surface.hessian(w), 1e-3 * np.array([[1, -1, 0, 0], [0, 0, 1, -1]])
        if c.kind in ("global minimum", "local minimum"):
            assert np.all(surface.value(w[:, None] + around) >= c.value - 1e-12)
        assert (xx * yy < xy * xy) == (c.kind == "saddle")
    grid = np.array(np.meshgrid(*[np.linspace(-EDGE, EDGE, 101)] * 2))
    assert all(c.value <= surface.value(grid).min() + 1e-12 for c in surface.minima)


def test_the_two_valleys_of_the_menu_are_found():
    kinds = [c.kind for c in Drawn().critical_points]
    assert kinds == ["global minimum", "local minimum", "saddle"]


def test_two_valleys_of_equal_depth_are_both_the_lowest():
    x, y = np.meshgrid(*[np.linspace(-EDGE, EDGE, SIDE)] * 2)
    wells = [0.6 * np.exp(-2 * ((x - side) ** 2 + y**2)) for side in (-1, 1)]
    minima = Drawn(heights=letters(0.8 - sum(wells))).minima
    assert [(c.x, c.y, c.kind) for c in minima] == [
        (-1.0, 0.0, "global minimum"),
        (1.0, 0.0, "global minimum"),
    ]


def test_a_valley_painted_to_the_bottom_is_a_minimum_in_its_middle():
    """Paint goes no lower than the lowest height, so what is painted long enough is a plateau."""
    x, y = np.meshgrid(*[np.linspace(-EDGE, EDGE, SIDE)] * 2)
    deep = np.exp(-1.2 * ((x - 0.8) ** 2 + (y + 0.5) ** 2))
    surface = Drawn(heights=letters(0.6 - 0.9 * deep))
    (c,) = surface.minima
    assert np.hypot(c.x - 0.8, c.y + 0.5) < 0.1
    assert surface.lowest == surface.value(np.array([c.x, c.y])) == 0
    lane = Lane(OPTIMIZERS["gradient_descent"](lr=0.1))
    experiment = replace(Experiment(lanes=(lane,), steps=400).on(surface), x=1.2, y=0.0)
    run = experiment.runs()[0]
    assert outcome((run.x, run.loss, run.diverged), surface, 1e-3).end is End.ARRIVED
    hill = Drawn(heights=letters(0.5 + 0.3 * deep))
    assert [c.kind for c in hill.critical_points] == ["maximum"]


def test_a_flat_drawing_has_nothing_to_find():
    surface = Drawn(heights="f" * SIDE * SIDE)
    assert Drawn(heights="0" * 16).critical_points == ()
    assert surface.critical_points == ()
    assert surface.lowest is None
    assert Experiment().on(surface).runs()[0].diverged < 0


@given(text=DRAWINGS)
def test_a_drawing_travels_in_the_link_and_in_the_file(text):
    experiment = Experiment().on(Drawn(heights=text))
    assert read(write(experiment)) == (experiment, ())
    assert from_json(to_json(experiment))[0] == experiment


def test_the_finest_picture_fits_a_link_and_runs_in_the_browser():
    fine = letters(np.random.default_rng(0).random((MOST, MOST)))
    experiment = Experiment().on(Drawn(heights=fine))
    assert len(query(experiment)) < 4000
    assert modules(experiment, 0)[0] is not None
    assert drawing(experiment.surface)["fine"] == MOST


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A" * 15, "15 heights are no square"),
        ("A" * 9, "4 to 48"),
        ("A" * 15 + "-", "'-' is no height"),
        ("A" * 15 + "é", "'é' is no height"),
        ("A" * 49 * 49, "2401 characters are too many"),
        ("", "0 heights are no square"),
    ],
)
def test_what_is_no_drawing_is_refused_in_a_sentence(text, said):
    with pytest.raises(ValueError, match=r"Drawn\.heights: ") as refusal:
        Drawn(heights=text)
    assert said in str(refusal.value)


def test_a_run_begins_on_a_slope_wherever_a_picture_is_plain():
    across = np.linspace(-EDGE, EDGE, SIDE)
    x, y = np.meshgrid(across, across)
    hole = 1 - np.exp(-((x - 1.2) ** 2 + (y + 0.2) ** 2) / 0.02)
    surface = Drawn(heights=letters(hole))
    assert np.hypot(*surface.gradient(np.array(surface.start))) > 1e-3
    plain = Drawn(heights=letters(np.ones_like(hole)))
    assert all(low < w < high for w, (low, high) in zip(plain.start, plain.window, strict=True))
