"""Basin maps: cells are single runs, borders keep the surfaces' symmetries, shares are stable."""

import numpy as np
import pytest

from engine.run.run import Run
from engine.run.standstill import near
from engine.run.trajectory import trajectory
from engine.setup.experiment import Experiment, Lane
from engine.study.minima import all_minima, declared_minima, radii
from labs.basins.destinations import destinations
from labs.basins.study import (
    DIVERGED,
    ELSEWHERE,
    NOT_ARRIVED,
    RAN_AWAY,
    basins,
    centers,
    lane_basins,
    shares,
)
from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from surfaces import SURFACES
from surfaces.formula import Formula

TOLERANCE = 1e-3


def found(
    rule,
    surface,
    resolution=40,
    steps=200,
    tolerance=TOLERANCE,
    starts=None,
    **options,
):
    starts = centers(surface.window, resolution) if starts is None else starts
    return basins(
        Run(rule, surface, starts, steps, **options),
        window=surface.window,
        tolerance=tolerance,
    )


def rule(name, **settings):
    return OPTIMIZERS[name](**settings)


def plainly(surface, run, tolerance):
    """The same answer for one run, written from the definition: (end, steps)."""
    if run.diverged >= 0:
        return DIVERGED, int(run.diverged)
    minima = all_minima(surface, surface.window)
    far = [np.hypot(*(run.x[-1] - (c.x, c.y))) for c in minima]
    k = int(np.argmin(far))
    if far[k] >= radii(minima, surface.window)[k]:
        if not run.loss[-1] <= surface.lowest + tolerance:
            return None, -1
        k = min((far[k], k) for k, c in enumerate(minima) if c.value <= surface.lowest + tolerance)[
            1
        ]
    above = np.flatnonzero(run.loss > minima[k].value + tolerance)
    settled = 0 if not above.size else int(above[-1]) + 1
    return k, settled if settled < len(run.loss) else -1


@pytest.mark.parametrize("noise", [0.0, 0.5])
@pytest.mark.parametrize("loss", ["himmelblau", "six_hump_camel", "two_layer_linear", "rastrigin"])
@pytest.mark.parametrize("name", ["gradient_descent", "momentum", "adam", "lion", "rprop"])
def test_a_cell_is_a_single_run(name, loss, noise):
    surface, optimizer = SURFACES[loss](), rule(name, lr=0.02)
    starts = centers(surface.window, 11)
    schedule = SCHEDULES["cosine"]()
    options = {"schedule": schedule, "sigma": noise, "seed": 4}
    got = found(optimizer, surface, starts=starts, steps=80, **options)
    for i, j in [(0, 0), (2, 9), (5, 5), (7, 3), (10, 10), (4, 8), (9, 1)]:
        run = trajectory(Run(optimizer, surface, tuple(starts[:, i, j]), 80, **options))
        end, steps = plainly(surface, run, TOLERANCE)
        here = int(got.end[i, j])
        assert here == end or (end is None and here in (NOT_ARRIVED, ELSEWHERE)), (i, j)
        assert int(got.steps[i, j]) == steps, (i, j)
        assert np.array_equal(got.loss[i, j], run.loss[-1], equal_nan=True)


def test_gradient_descent_on_the_ravine_has_one_basin():
    got = found(rule("gradient_descent", lr=0.0195), SURFACES["ravine"](), 200, 500)
    assert shares(got) == {0: 1.0}
    assert got.steps.min() > 0


def test_a_rate_beyond_the_stability_limit_diverges_everywhere():
    surface = SURFACES["ravine"]()
    got = found(rule("gradient_descent", lr=0.03), surface, 20, 300)
    assert shares(got) == {DIVERGED: 1.0}
    run = trajectory(
        Run(
            rule("gradient_descent", lr=0.03),
            surface,
            tuple(centers(surface.window, 20)[:, 3, 7]),
            300,
        )
    )
    assert got.steps[3, 7] == run.diverged


def test_shares_on_himmelblau_hardly_depend_on_the_grid():
    """Between 100 x 100, 200 x 200 and a grid moved by half a cell: within a percentage point."""
    surface, optimizer = SURFACES["himmelblau"](), rule("adam", lr=0.05)
    moved = centers(surface.window, 100) + np.reshape([0.06, 0.06], (2, 1, 1))
    maps = [found(optimizer, surface, n, 500) for n in (100, 200)]
    maps.append(found(optimizer, surface, steps=500, starts=moved))
    found_shares = [shares(one) for one in maps]
    for end in range(4):
        values = [share.get(end, 0.0) for share in found_shares]
        assert max(values) - min(values) < 0.01
        assert min(values) > 0.2


def test_two_rules_bring_some_starts_of_himmelblau_to_different_minima():
    """Which minimum is found depends on the rule too: with lr 0.01 a tenth of the starts differ."""
    surface = SURFACES["himmelblau"]()
    maps = [found(rule(name, lr=0.01), surface, 100, 1500) for name in ("gradient_descent", "adam")]
    assert all(one.end.min() >= 0 for one in maps)
    assert 0.05 < np.mean(maps[0].end != maps[1].end) < 0.3


def turned_round(ends, swap):
    """The map seen from the other side: cells turned by half a turn, minima renamed."""
    table = {**swap, NOT_ARRIVED: NOT_ARRIVED, ELSEWHERE: ELSEWHERE, DIVERGED: DIVERGED}
    return np.vectorize(table.get)(ends[::-1, ::-1])


def mirror_images(surface):
    minima = declared_minima(surface)
    places = [(round(c.x, 9), round(c.y, 9)) for c in minima]
    return {k: places.index((-x + 0.0, -y + 0.0)) for k, (x, y) in enumerate(places)}


@pytest.mark.parametrize("name", ["gradient_descent", "momentum", "adam"])
@pytest.mark.parametrize("loss", ["three_hump_camel", "six_hump_camel", "two_layer_linear"])
def test_surfaces_with_point_symmetry_have_basins_with_point_symmetry(loss, name):
    surface = SURFACES[loss]()
    starts = centers(surface.window, 40)
    starts = (starts - starts[:, ::-1, ::-1]) / 2
    got = found(rule(name, lr=0.02), surface, starts=starts, steps=300)
    assert np.array_equal(turned_round(got.end, mirror_images(surface)), got.end)
    assert len(set(got.end.ravel().tolist())) >= 2


def test_two_wells_divide_the_window_by_the_line_between_them_alone():
    """Both wells are round and on one line, so gradient flow is symmetric about that line."""
    surface = SURFACES["two_wells"]()
    deep, shallow = declared_minima(surface)
    along = np.array([deep.x - shallow.x, deep.y - shallow.y])
    along /= np.hypot(*along)
    across = np.array([-along[1], along[0]])
    s, r = np.meshgrid(np.linspace(-1.0, 4.0, 30), np.linspace(0.05, 2.0, 20))
    middle = np.reshape([shallow.x, shallow.y], (2, 1, 1))
    sides = [
        middle + along[:, None, None] * s + sign * across[:, None, None] * r for sign in (1, -1)
    ]
    left, right = (
        found(rule("gradient_descent", lr=0.1), surface, starts=starts, steps=900)
        for starts in sides
    )
    assert np.array_equal(left.end, right.end)
    assert {0, 1} <= set(left.end.ravel().tolist())


def test_a_surface_without_minima_tells_the_final_loss():
    surface = SURFACES["saddle"]()
    starts = centers(surface.window, 30)
    starts = (starts - starts[:, ::-1, ::-1]) / 2
    got = found(rule("gradient_descent", lr=0.1), surface, starts=starts, steps=15)
    left = got.loss < surface.floor
    assert set(shares(got)) == {NOT_ARRIVED, RAN_AWAY}
    assert np.array_equal(got.end == RAN_AWAY, left)
    x, y = starts * np.reshape([0.8**15, 1.2**15], (2, 1, 1))
    np.testing.assert_allclose(got.loss, x * x - y * y, rtol=1e-12)
    assert np.array_equal(got.loss, got.loss[::-1])


def test_a_flat_place_is_no_minimum():
    """Far from the hole the plateau has no slope, and nobody there has arrived."""
    surface = SURFACES["plateau"]()
    got = found(
        rule("gradient_descent", lr=0.1), surface, starts=np.full((2, 1, 1), -3.0), tolerance=0.1
    )
    assert got.end.item() == NOT_ARRIVED


def test_a_saddle_is_no_minimum():
    surface = SURFACES["himmelblau"]()
    saddles = [(c.x, c.y) for c in surface.critical_points if c.kind != "global minimum"]
    starts = np.array(saddles, dtype=float).T
    got = found(rule("gradient_descent", lr=1e-6), surface, starts=starts, steps=1)
    assert got.end.tolist() == [NOT_ARRIVED] * len(saddles)


def test_a_point_of_a_valley_of_minima_belongs_to_its_branch():
    surface = SURFACES["two_layer_linear"]()
    starts = np.array([[0.5, -0.4, 3.0, 0.2], [2.0, -2.5, 1 / 3, 5.0]])
    got = found(rule("gradient_descent", lr=1e-6), surface, starts=starts, steps=1)
    assert got.end.tolist() == [0, 1, 0, 0]


@pytest.mark.parametrize(
    ("text", "count"), [("(x^2 + y^2 - 1)^2", 1), ("(x - y)^2", 1), ("(x y - 1)^2", 2)]
)
def test_a_valley_of_minima_is_one_destination(text, count):
    """However many minima were found along it, and wherever on it a run comes to rest."""
    surface = Formula(text=text, sides="-3, 3, -3, 3")
    assert len(surface.minima) > 10
    lane = Lane(rule("gradient_descent", lr=0.01))
    experiment = Experiment(surface=surface, lanes=(lane,), steps=200)
    assert destinations(surface, surface.window).named == count
    end = lane_basins(experiment, 0, centers(surface.window, 50)).end
    assert set(end.ravel().tolist()) - {NOT_ARRIVED} == set(range(count))
    assert np.mean(end >= 0) > 0.8


def test_near_a_valley_is_near_it_all_along():
    surface = Formula(text="(x - y)^2", sides="-3, 3, -3, 3")
    along = np.linspace(-2.9, 2.9, 200)
    reach = 0.8 * near(surface.window)
    starts = np.array([along + reach / 2**0.5, along - reach / 2**0.5])
    got = found(rule("gradient_descent", lr=1e-6), surface, starts=starts, steps=1, tolerance=1e-9)
    assert set(got.end.tolist()) == {0}


def test_a_rule_that_circles_a_minimum_ends_there():
    """Sign descent never stops: it jumps about the minimum by its rate."""
    surface = SURFACES["himmelblau"]()
    got = found(rule("sign_descent", lr=0.1), surface, 50, 300)
    assert np.mean(got.end >= 0) > 0.99
    assert np.mean(got.steps[got.end >= 0] < 0) > 0.9


def test_other_minima_are_found_and_counted():
    """Rastrigin's dimples lie one apart: 121 of them within 5.5 of the origin in each direction."""
    surface = SURFACES["rastrigin"]()
    known = all_minima(surface, surface.window)
    places = np.array([(c.x, c.y) for c in known])
    assert known[:9] == declared_minima(surface)
    assert np.sum(np.abs(places).max(axis=1) < 5.5) == 121
    slopes = np.hypot(*surface.gradient(places.T))
    assert slopes.max() < 1e-6
    got = found(rule("gradient_descent", lr=1e-3), surface, 60, 500)
    assert got.end.min() >= 0
    assert np.mean(got.end >= 9) == pytest.approx(1 - 9 / 121, abs=0.03)


def inside(surface):
    """Return the places of the known minima that lie in the surface's window, shape (n, 2)."""
    known = np.array([(c.x, c.y) for c in all_minima(surface, surface.window)])
    low, high = np.transpose(surface.window)
    return known[np.all((known >= low) & (known <= high), axis=1)]


def test_all_minima_of_schaffer_are_found():
    """They lie on the axes alone, near x^2 = k pi: five in each direction up to 4, and the origin.

    Off the axes both slopes vanish only where sin 2u and cos 2u do, u = x^2 - y^2.
    """
    places = inside(SURFACES["schaffer2"]())
    assert len(places) == 4 * int(4.0**2 / np.pi) + 1
    assert np.abs(places).min(axis=1).max() < 1e-9


def test_all_minima_of_levy_are_found():
    """For each dent along x its bottom is followed over y; each dip of the loss on it is one."""
    surface = SURFACES["levy13"]()
    y = np.linspace(-4.0, 6.0, 40_001)
    count = 0
    for dent in np.arange(-12, 19) / 3:
        left, right = np.full(y.shape, dent - 0.083), np.full(y.shape, dent + 0.083)
        exists = (surface.df(left, y)[0] < 0) & (surface.df(right, y)[0] > 0)
        for _ in range(50):
            middle = (left + right) / 2
            falls = surface.df(middle, y)[0] < 0
            left, right = np.where(falls, middle, left), np.where(falls, right, middle)
        rises = surface.df(left, y)[1] > 0
        count += np.count_nonzero(exists[:-1] & exists[1:] & ~rises[:-1] & rises[1:])
    assert len(inside(surface)) == count


@pytest.mark.parametrize("loss", SURFACES)
def test_no_two_minima_share_a_place(loss):
    surface = SURFACES[loss]()
    known = all_minima(surface, surface.window)
    reach = radii(known, surface.window) if known else np.zeros(0)
    assert reach.size == len(known)
    assert np.all((reach > 0) & (reach <= near(surface.window)))
