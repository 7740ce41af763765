"""The sensitivity curves: single runs in one batch, and ranges that end where theory says."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.run.batch import best
from engine.run.run import Run
from engine.run.trajectory import trajectory
from engine.setup.experiment import Experiment, Lane
from engine.setup.handles import turned
from engine.setup.link import read
from labs.sensitivity.rates import COUNT, grid
from optimizers import OPTIMIZERS
from surfaces import SURFACES
from surfaces.data.regression import Regression
from tests.sensitivities import Stretch, chosen, sensitivity, stretches
from tests.strategies import experiments


def race(surface, *optimizers, **settings):
    lanes = tuple(Lane(optimizer) for optimizer in optimizers)
    x, y = settings.pop("start", surface.start)
    return Experiment(surface=surface, lanes=lanes, x=x, y=y, **settings)


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_a_curve_is_made_of_single_runs(key):
    names = list(SURFACES)
    surface = SURFACES[names[list(OPTIMIZERS).index(key) % len(names)]]()
    experiment = race(
        surface, OPTIMIZERS["adam"](), OPTIMIZERS[key](), steps=40, noise=0.01, seed=3
    )
    rates = grid(1e-5, 10.0)
    curve = sensitivity(experiment, 1, rates)
    for i in range(0, len(rates), 17):
        run = turned(experiment, {"b.lr": float(rates[i])}).runs()[1]
        assert np.array_equal(curve.loss[i], run.loss[-1], equal_nan=True)
        ran_away = run.loss[np.isfinite(run.loss)][-1] < (surface.floor or -np.inf)
        assert curve.diverged[i] == (-1 if ran_away else run.diverged)
        np.testing.assert_equal(curve.distance[i], surface.distance(run.x[-1]))
    if surface.lowest is not None:
        steps = [stays_within(r.loss, experiment) for r in map(whole(experiment), rates)]
        assert curve.steps.tolist() == steps


def stays_within(loss, experiment):
    """Return the step from which on a loss is within the tolerance of the minimum, or -1."""
    outside = ~(np.abs(loss - experiment.surface.lowest) <= experiment.tolerance)
    if outside[-1]:
        return -1
    return int(np.flatnonzero(outside)[-1]) + 1 if outside.any() else 0


def whole(experiment):
    def run(rate):
        return turned(experiment, {"b.lr": float(rate)}).runs()[1]

    return run


def last_that_works(optimizer, kappa, low, high):
    """Return the last working rate and the next one, of a range that works up to an end."""
    surface = SURFACES["ravine"](kappa=kappa)
    experiment = race(surface, optimizer, start=(1.0, 1.0), steps=2000, tolerance=0.1)
    curve = sensitivity(experiment, 0, grid(low, high))
    found = stretches(curve.works)
    assert len(found) == 1
    assert found[0].last < len(curve.rates) - 1
    return curve.rates[found[0].last], curve.rates[found[0].last + 1]


@pytest.mark.parametrize("kappa", [10.0, 100.0])
def test_the_range_of_gradient_descent_ends_at_two_over_the_largest_curvature(kappa):
    limit = 2 / kappa
    works, fails = last_that_works(OPTIMIZERS["gradient_descent"](), kappa, limit / 3, 1.5 * limit)
    assert works < limit <= fails


@pytest.mark.parametrize("beta", [0.5, 0.8, 0.9])
def test_the_range_of_the_heavy_ball_ends_at_its_own_limit(beta):
    limit = 2 * (1 + beta) / 100
    works, fails = last_that_works(OPTIMIZERS["momentum"](beta=beta), 100.0, limit / 3, 1.5 * limit)
    assert works < limit <= fails


def test_to_have_passed_through_the_tolerance_does_not_count():
    """A sign step orbits with the amplitude of its rate: it goes below and ends above."""
    surface = SURFACES["sphere"]()
    optimizer = OPTIMIZERS["sign_descent"]()
    experiment = race(surface, optimizer, start=(1.0, 1.0), steps=100, tolerance=1e-3)
    curve = sensitivity(experiment, 0, np.array([0.2]))
    assert curve.steps.tolist() == [-1]
    assert curve.works.tolist() == [False]
    assert curve.loss[0] == pytest.approx(0.08, rel=1e-6)


def test_without_a_minimum_the_rates_that_leave_downhill_count():
    experiment = race(SURFACES["saddle"](), OPTIMIZERS["gradient_descent"](), start=(1.0, 0.5))
    curve = sensitivity(experiment, 0, np.array([1e-6, 0.01, 0.1]))
    assert curve.works.tolist() == [False, True, True]
    for rate, step in zip(curve.rates[1:], curve.steps[1:], strict=True):
        run = turned(experiment, {"a.lr": float(rate)}).runs()[0]
        assert run.loss[step] < -4 <= run.loss[step - 1]
    assert curve.best == 2


def test_the_best_rate_is_the_quickest_that_works_or_else_the_lowest_that_stayed():
    """T21: a range that works names its best rate, however alike the final losses are."""
    steps, loss = np.array([90, 40, 40, -1]), np.array([1e-12, 3e-12, 2e-12, 1e-30])
    never = np.full(4, -1)
    assert best(steps, loss, never) == 2
    assert best(never, loss, never) == 3
    assert best(never, loss, np.array([-1, -1, -1, 7])) == 0
    assert best(never, np.full(4, np.nan), never) == -1


@given(st.lists(st.booleans(), max_size=30))
def test_stretches_are_the_runs_that_work(flags):
    found = stretches(np.array(flags, dtype=bool))
    covered = [i for first, last in found for i in range(first, last + 1)]
    assert covered == [i for i, flag in enumerate(flags) if flag]
    assert all(after.first - before.last > 1 for before, after in pairwise(found))


def test_stretches_of_one():
    assert stretches(np.array([True, False, True, True])) == (Stretch(0, 0), Stretch(2, 3))


@given(st.floats(1e-6, 100.0), st.floats(1.0, 1e8))
def test_a_grid_is_rising_even_and_within_its_ends(low, factor):
    rates = grid(low, min(low * factor, 100.0))
    assert low <= rates[0]
    assert rates[-1] <= min(low * factor, 100.0)
    assert len(rates) <= COUNT
    assert np.all(np.diff(rates) > 0)
    if factor > 1.001 and low < 99:
        gaps = np.diff(np.log(rates))
        assert len(rates) == COUNT
        assert gaps.max() < 2 * np.median(gaps)


def test_a_range_of_one_rate_is_one_rate():
    assert grid(0.05, 0.05).tolist() == [0.05]


def test_the_chosen_range_reaches_well_beyond_every_rate():
    experiment, _ = read({"a": "adam", "a.lr": "0.02", "b": "momentum", "b.lr": "3"})
    low, high = chosen(experiment)
    assert low <= 0.02 / 10**1.5
    assert high >= 3 * 10**1.5


def test_a_lane_that_diverges_at_every_rate_has_no_best():
    experiment, _ = read({"a": "gradient_descent", "x": "1e6", "y": "1e6"})
    curve = sensitivity(experiment, 0, grid(1.0, 9.0))
    assert curve.best == -1
    assert not curve.works.any()
    assert (curve.diverged >= 0).all()


@given(experiments())
def test_any_experiment_has_curves(experiment):
    rates = np.array([1e-6, 1e-3, 1.0, 100.0])
    short = Experiment(
        surface=experiment.surface,
        lanes=experiment.lanes[:1],
        x=experiment.x,
        y=experiment.y,
        steps=5,
    )
    curve = sensitivity(short, 0, rates)
    lane = short.lanes[0]
    run = trajectory(
        Run(
            turned(short, {"a.lr": 1e-3}).lanes[0].optimizer,
            short.surface,
            short.start,
            5,
            schedule=lane.schedule,
        )
    )
    sums = isinstance(
        short.surface, Regression
    )  # many rows are added in another order for many runs
    np.testing.assert_allclose(curve.loss[1], run.loss[-1], rtol=1e-12 if sums else 0.0)
