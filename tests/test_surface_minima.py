"""Every point marked on a map is what it is said to be, and nothing lies lower."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from surfaces import KNOWN
from surfaces.two_layer_linear import TwoLayerLinear
from tests.strategies import settings_of

every_surface = pytest.mark.parametrize("kind", KNOWN.values(), ids=KNOWN)
with_any_parameters = given(data=st.data())
few = settings(max_examples=15, deadline=None)

PUBLISHED = {
    # minimizers and minimum, from M. Jamil and X.-S. Yang (2013), arXiv:1308.4008, and
    # S. Surjanovic and D. Bingham, Virtual Library of Simulation Experiments, to the digits there
    "sphere": (0.0, [(0, 0)]),
    "ravine": (0.0, [(0, 0)]),
    "rosenbrock": (0.0, [(1, 1)]),
    "plateau": (0.0, [(1, 1)]),
    "l1_valley": (0.0, [(0, 0)]),
    "booth": (0.0, [(1, 3)]),
    "matyas": (0.0, [(0, 0)]),
    "beale": (0.0, [(3, 0.5)]),
    "himmelblau": (
        0.0,
        [(3, 2), (-2.805118, 3.131312), (-3.779310, -3.283186), (3.584428, -1.848126)],
    ),
    "three_hump_camel": (0.0, [(0, 0)]),
    "six_hump_camel": (-1.0316285, [(0.0898420, -0.7126564), (-0.0898420, 0.7126564)]),
    "styblinski_tang": (-39.16616570377142 * 2, [(-2.903534, -2.903534)]),
    "goldstein_price": (3.0, [(0, -1)]),
    "mccormick": (-1.9132230, [(-0.5471976, -1.5471976)]),
    "branin": (0.3978874, [(-3.1415927, 12.275), (3.1415927, 2.275), (9.4247780, 2.475)]),
    "zakharov": (0.0, [(0, 0)]),
    "dixon_price": (0.0, [(1, 2**-0.5), (1, -(2**-0.5))]),
    "bohachevsky": (0.0, [(0, 0)]),
    "rastrigin": (0.0, [(0, 0)]),
    "ackley": (0.0, [(0, 0)]),
    "griewank": (0.0, [(0, 0)]),
    "levy13": (0.0, [(1, 1)]),
    "schaffer2": (0.0, [(0, 0)]),
    "drop_wave": (-1.0, [(0, 0)]),
    "easom": (-1.0, [(3.1415927, 3.1415927)]),
    "bukin6": (0.0, [(-10, 1)]),
}
UNBOUNDED = [key for key, kind in KNOWN.items() if not kind().minima]


@every_surface
def test_a_surface_marks_its_global_minimum_or_falls_without_end(kind):
    """Which value it has is compared with another source where one is published."""
    assert kind().minima or falls(kind())


def falls(surface):
    wide = np.stack(np.meshgrid(np.linspace(-1e3, 1e3, 11), np.linspace(-1e3, 1e3, 11)))
    return surface.value(wide).min() < -1e5


@pytest.mark.parametrize("key", PUBLISHED)
def test_global_minima_are_the_published_ones(key):
    value, places = PUBLISHED[key]
    minima = KNOWN[key]().minima
    found = sorted((c.x, c.y) for c in minima)
    np.testing.assert_allclose(found, sorted(places), rtol=0, atol=1.01e-6)
    np.testing.assert_allclose([c.value for c in minima], value, rtol=0, atol=1e-7)


@pytest.mark.parametrize("key", UNBOUNDED)
def test_without_a_minimum_there_is_nothing_to_be_near_to(key):
    surface = KNOWN[key]()
    assert surface.lowest is None
    assert np.isnan(surface.distance(np.ones((2, 3)))).all()
    assert falls(surface)


@every_surface
@few
@with_any_parameters
def test_marked_points_have_the_value_said_and_no_slope(kind, data):
    surface = kind(**data.draw(settings_of(kind)))
    for c in surface.critical_points:
        x, y = np.float64(c.x), np.float64(c.y)
        xx, xy, yy = surface.d2f(x, y)
        bend = abs(xx) + abs(xy) + abs(yy)
        size = 1 + abs(c.value) + surface_size(surface, kind)
        assert surface.f(x, y) == pytest.approx(c.value, rel=1e-12, abs=1e-15 * size)
        assert np.hypot(*surface.df(x, y)) <= 1e-14 * (size + bend * (1 + abs(x) + abs(y)))


def surface_size(surface, kind):
    (x0, x1), (y0, y1) = kind.window
    return np.median(np.abs(surface.f(np.linspace(x0, x1, 50), np.linspace(y0, y1, 50))))


@every_surface
@few
@with_any_parameters
def test_marked_points_are_of_their_kind(kind, data):
    """All around a minimum it rises, around a maximum it falls, around a saddle it does both."""
    surface = kind(**data.draw(settings_of(kind)))
    angle = np.linspace(0, 2 * np.pi, 720, endpoint=False)
    for c in surface.critical_points:
        rise = surface.f(c.x + 1e-3 * np.cos(angle), c.y + 1e-3 * np.sin(angle)) - c.value
        low, high = curvatures(surface, c)
        noise = 1e-15 * (1 + abs(c.value))
        if c.kind == "saddle":
            assert rise.min() < -noise
            assert rise.max() > noise
            assert low <= 0 <= high
        elif c.kind == "maximum":
            assert rise.max() < 0
            assert high < 0
        else:
            assert c.kind in ("global minimum", "local minimum")
            assert rise.min() > -noise
            assert low >= 0


def curvatures(surface, c):
    xx, xy, yy = surface.d2f(np.float64(c.x), np.float64(c.y))
    return np.linalg.eigvalsh([[xx, xy], [xy, yy]])


@every_surface
@few
@with_any_parameters
def test_nothing_in_the_window_lies_below_the_global_minimum(kind, data):
    surface = kind(**data.draw(settings_of(kind)))
    (x0, x1), (y0, y1) = kind.window
    w = np.stack(np.meshgrid(np.linspace(x0, x1, 301), np.linspace(y0, y1, 299)))
    lowest = surface.value(w).min()
    for c in surface.minima:
        assert lowest >= c.value - 1e-12
        assert c.value == pytest.approx(surface.lowest, abs=1e-12)
    for c in surface.critical_points:
        if c.kind == "local minimum":
            assert c.value > surface.lowest


@every_surface
def test_marked_points_differ(kind):
    places = np.array([(c.x, c.y) for c in kind().critical_points], dtype=float)
    apart = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    assert np.all(apart[~np.eye(len(places), dtype=bool)] > 0.01)


@every_surface
def test_distance_is_zero_on_the_minima_alone(kind):
    surface = kind()
    for c in surface.minima:
        assert surface.distance(np.array([c.x, c.y])) == pytest.approx(0, abs=1e-12)
    if surface.minima:
        assert surface.distance(np.array(surface.start)) > 0.1


@example(x=2.0, y=2.0)
@example(x=0.0, y=0.0)
@example(x=-25.0, y=25.0)
@given(x=st.floats(-30, 30), y=st.floats(-30, 30))
def test_distance_to_the_curve_of_minima_is_that_of_its_nearest_point(x, y):
    """Against a search over the curve (t, 1/t), both branches, refined around the best point."""
    t = np.concatenate([np.geomspace(1e-3, 1e3, 4001), -np.geomspace(1e-3, 1e3, 4001)])
    for depth in (1, 2):
        best = t[np.argmin(np.hypot(t - x, 1 / t - y))]
        t = best * np.linspace(1 - 0.01**depth, 1 + 0.01**depth, 2001)
    searched = np.hypot(t - x, 1 / t - y).min()
    assert TwoLayerLinear().distance(np.array([x, y])) == pytest.approx(searched, abs=1e-6)


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("ackley", (0.0, 0.0)),
        ("drop_wave", (0.0, 0.0)),
        ("l1_valley", (0.0, 0.0)),
        ("bukin6", (-10.0, 1.0)),
    ],
)
def test_the_gradient_at_a_kink_is_zero_where_it_is_not_defined(key, place):
    surface = KNOWN[key]()
    np.testing.assert_array_equal(surface.gradient(np.array(place)), 0)
    assert np.isfinite(surface.hessian(np.array(place))).all()


def test_subgradients_on_a_kink_keep_the_smooth_part():
    fx, fy = KNOWN["l1_valley"](kappa=7).df(np.array([0.0, 2.0]), np.array([-3.0, 0.0]))
    np.testing.assert_array_equal(np.array([fx, fy]), [[0, 1], [-7, 0]])
    x = np.array([-12.0, -8.0])
    fx, fy = KNOWN["bukin6"]().df(x, 0.01 * x * x)
    np.testing.assert_array_equal(np.array([fx, fy]), [[-0.01, 0.01], [0, 0]])


def test_ackley_is_as_steep_as_said_right_beside_its_cusp():
    fx, fy = KNOWN["ackley"]().df(np.array([1e-9, 1e-150]), np.array([0.0, 0.0]))
    np.testing.assert_allclose(fx, 2 * 2**0.5, rtol=1e-7)
    np.testing.assert_array_equal(fy, 0)


def test_drop_wave_is_smooth_at_its_center():
    """Its curvature there is 72.5 in both directions, the limit of the formula's 0/0."""
    surface = KNOWN["drop_wave"]()
    r = np.array([0.0, 1e-160, 1e-9, 1e-5])
    xx, xy, yy = surface.d2f(r, 0 * r)
    np.testing.assert_allclose([xx, xy, yy], np.outer([72.5, 0, 72.5], 1 + 0 * r), rtol=1e-5)
