"""What every surface on the menu must do, whatever its formula."""

import importlib
import inspect
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import surfaces
from declarations import Number, declarations
from engine.compile.recording import Program, record
from optimizers import OPTIMIZERS
from surfaces import SURFACES, Surface
from tests.strategies import settings_of

every_surface = pytest.mark.parametrize("kind", SURFACES.values(), ids=SURFACES)


def surfaces_in_files():
    for path in sorted(Path(surfaces.__file__).parent.glob("*.py")):
        module = importlib.import_module(f"surfaces.{path.stem}")
        for _, kind in inspect.getmembers(module, inspect.isclass):
            if issubclass(kind, Surface) and not inspect.isabstract(kind):
                yield kind


def test_every_surface_written_is_on_the_menu():
    assert set(surfaces_in_files()) == set(SURFACES.values())


def test_keys_are_fit_for_links_and_titles_differ():
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", key) for key in SURFACES)
    assert len({kind.title for kind in SURFACES.values()}) == len(SURFACES)


@every_surface
def test_says_where_it_comes_from_and_what_it_teaches(kind):
    assert len(kind.source) > 10
    assert len(inspect.getdoc(kind).split("\n")[0]) > 30
    assert kind().scale in ("linear", "log", "rank")


def window_points(kind, n, seed=0):
    low, high = np.transpose(kind().window)
    return np.random.default_rng(seed).uniform(low, high, (n, 2)).T


@every_surface
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_start_and_global_minima_lie_in_the_window(kind, data):
    surface = kind(**data.draw(settings_of(kind)))
    low, high = np.transpose(surface.window)
    for place in (surface.start, *((c.x, c.y) for c in surface.minima)):
        assert np.all((low < place) & (place < high))


@every_surface
def test_start_lies_on_no_line_of_symmetry_and_has_a_slope(kind):
    x, y = kind().start
    assert 0 not in (x, y)
    assert abs(x) != abs(y)
    fx, fy = kind().df(np.float64(x), np.float64(y))
    assert fx != 0 != fy


@every_surface
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_is_finite_all_over_the_window_for_all_parameters(kind, data):
    surface = kind(**data.draw(settings_of(kind)))
    (x0, x1), (y0, y1) = surface.window
    w = np.stack(np.meshgrid(np.linspace(x0, x1, 41), np.linspace(y0, y1, 41)))
    for part in (surface.value(w), surface.gradient(w), *surface.hessian(w)):
        assert np.isfinite(part).all()


@every_surface
@pytest.mark.parametrize("shape", [(), (7,), (2, 3), (1, 4, 2)])
def test_answers_in_the_shape_of_the_points(kind, shape):
    surface = kind()
    w = window_points(kind, int(np.prod(shape))).reshape(2, *shape)
    assert surface.value(w).shape == shape
    assert surface.gradient(w).shape == (2, *shape)
    assert [part.shape for part in surface.hessian(w)] == [shape] * 3
    assert np.shape(surface.distance(w)) == shape


@every_surface
def test_answers_on_rows_and_columns_as_on_their_grid(kind):
    surface = kind()
    x, y = window_points(kind, 5)
    rows, columns = x[None, :], y[:, None]
    grid = np.stack(np.meshgrid(x, y))
    np.testing.assert_array_equal(surface.f(rows, columns), surface.value(grid))
    for part, whole in zip(surface.d2f(rows, columns), surface.hessian(grid), strict=True):
        np.testing.assert_array_equal(part, whole)


@every_surface
def test_arrays_of_parameters_answer_as_each_by_itself(kind):
    names = numbers(kind)
    draws = np.random.default_rng(1)
    rows = {k: anywhere(draws, d, 4) for k, d in names.items()}
    many = kind(**rows)
    w = np.broadcast_to(window_points(kind, 3)[:, :, None], (2, 3, 4)).copy()
    for lane in range(4):
        one = kind(**{k: v[lane] for k, v in rows.items()})
        v = w[..., lane]
        same(many.value(w)[..., lane], one.value(v))
        same(many.gradient(w)[..., lane], one.gradient(v))
        same([h[..., lane] for h in many.hessian(w)], one.hessian(v))
        same(many.distance(w)[..., lane], one.distance(v))


def numbers(kind):
    return {k: d for k, d in declarations(kind).items() if isinstance(d, Number)}


def anywhere(draws, declaration, count):
    found = draws.uniform(declaration.low, declaration.high, count)
    return np.floor(found) if declaration.whole else found


def same(many, one):
    np.testing.assert_allclose(many, one, rtol=1e-12, atol=1e-12)


@every_surface
def test_does_not_change_the_points(kind):
    w = window_points(kind, 6)
    before = w.copy()
    surface = kind()
    surface.value(w), surface.gradient(w), surface.hessian(w), surface.distance(w)
    np.testing.assert_array_equal(w, before)


@every_surface
@pytest.mark.parametrize("rule", ["gradient_descent", "newton"])
def test_a_step_on_it_can_be_recorded(kind, rule):
    """Nothing in f, df or d2f asks a number for the way on."""
    assert isinstance(record(OPTIMIZERS[rule](), kind(), noisy=False), Program)


@every_surface
def test_a_point_that_is_nan_gives_nan(kind):
    surface = kind()
    w = np.array([[np.nan, 0.5, np.nan], [0.5, np.nan, np.nan]])
    assert np.isnan(surface.value(w)).all()
    assert np.isnan(surface.distance(w)).all()
    assert np.isnan(surface.gradient(w)).any(axis=0).all()


@every_surface
def test_refuses_parameters_outside_their_range_by_name(kind):
    for name, declaration in numbers(kind).items():
        for bad in (declaration.low - 1, declaration.high * 1.01, np.nan, np.inf, "steep"):
            with pytest.raises(ValueError, match=rf"{kind.__name__}\.{name}: ") as refusal:
                kind(**{name: bad})
            told = str(refusal.value).split(": ")[1].split(" is ")[0]
            assert told == repr(bad) or float(told) == bad
        with pytest.raises(
            ValueError, match=f"outside {declaration.low:g} to {declaration.high:g}"
        ):
            kind(**{name: declaration.high + 1})
