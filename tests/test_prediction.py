"""Runs written down beforehand against runs that were taken step by step."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.setup.experiment import Experiment, Lane
from engine.theory.prediction import kept, predicted
from engine.theory.stability import roots, seen
from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from surfaces import SURFACES
from tests.linear import PLAIN
from tests.printed import quadratics
from tests.strategies import settings_of

QUADRATICS = [key for key in quadratics() if not SURFACES[key]().changes]


def race(surface, rule, x=1.3, y=-0.8, **more):
    return Experiment(surface=surface, lanes=(Lane(rule),), x=x, y=y, **more)


def compared(experiment):
    """The measured and the foretold path and loss, while coordinates are below 1e9."""
    run, line = experiment.runs()[0], predicted(experiment, experiment.lanes[0])
    good = np.isfinite(run.loss) & (np.abs(run.x).max(axis=1) < 1e9)
    size = np.maximum.accumulate(np.abs(run.x[good]).max(axis=1))
    return run, line, good, size


@settings(max_examples=60)
@given(st.data())
def test_the_foretold_path_is_the_measured_one(data):
    """Up to rounding, which a direction that grows makes grow at its own factor."""
    surfaces = SURFACES[data.draw(st.sampled_from(QUADRATICS))]
    rules = OPTIMIZERS[data.draw(st.sampled_from(PLAIN))]
    surface = surfaces(**data.draw(settings_of(surfaces)))
    rule = rules(**data.draw(settings_of(rules)))
    x, y = data.draw(st.tuples(st.floats(-5, 5), st.floats(-5, 5)))
    run, line, good, size = compared(race(surface, rule, x, y, steps=300))
    error = np.abs(run.x - line.x)[good].max(axis=1)
    longest = max(300, 1 / (1 - getattr(rule, "beta", 0.0)))
    moves = rule.dynamics(1, rule.lr, None)
    both = seen(moves, surface.hessian(np.zeros(2)))
    grown = max(1.0, *(float(roots(moves, rule.lr, h).radius) for h in (both.low, both.high)))
    with np.errstate(over="ignore"):
        rounding = 1e-14 * longest * (size + 5) * grown ** np.flatnonzero(good)
    assert np.all((error <= rounding) | np.isinf(rounding))


@pytest.mark.parametrize("key", PLAIN)
@pytest.mark.parametrize("surface", QUADRATICS)
def test_the_foretold_loss_keeps_its_digits_down_to_the_minimum(surface, key):
    rule = OPTIMIZERS[key](lr=0.01)
    experiment = race(SURFACES[surface](), rule, steps=200)
    run, line, good, _ = compared(experiment)
    lowest = experiment.surface.lowest or 0.0
    gap = run.loss - lowest
    envelope = np.maximum.accumulate(np.abs(gap)[::-1])[::-1]
    np.testing.assert_array_less(np.abs(line.gap - gap)[good], 1e-7 * envelope[good] + 1e-24)


@pytest.mark.parametrize("beta", [0.81, 0.81 + 1e-12, 0.81 - 1e-9, 0.81 + 1e-6])
def test_roots_that_meet_are_no_trouble(beta):
    """At lr h = 0.01 the heavy ball's roots meet at beta = 0.81."""
    rule = OPTIMIZERS["momentum"](lr=0.01, beta=beta)
    run, line, good, _ = compared(race(SURFACES["ravine"](kappa=1.0), rule, steps=400))
    np.testing.assert_allclose(line.x[good], run.x[good], rtol=1e-7, atol=1e-15)


def test_a_direction_that_decay_has_flattened_drifts():
    """The saddle falls with curvature -2; a penalty of 2 leaves no force along y."""
    rule = OPTIMIZERS["momentum"](lr=0.05, weight_decay=2.0)
    run, line, _, _ = compared(race(SURFACES["saddle"](), rule, steps=100))
    np.testing.assert_allclose(line.x, run.x, atol=1e-12)
    np.testing.assert_allclose(run.x[:, 1], -0.8)


@pytest.mark.parametrize(
    ("surface", "key", "more"),
    [
        ("rosenbrock", "momentum", {}),
        ("l1_valley", "momentum", {}),
        ("ravine", "adam", {}),
        ("ravine", "rprop", {}),
        ("ravine", "local_gains", {}),
        ("ravine", "newton", {}),
        ("ravine", "momentum", {"noise": 0.1}),
    ],
)
def test_nothing_is_foretold_where_it_could_not_be_kept(surface, key, more):
    experiment = race(SURFACES[surface](), OPTIMIZERS[key](), **more)
    assert predicted(experiment, experiment.lanes[0]) is None


@pytest.mark.parametrize("key", [key for key in SCHEDULES if key != "constant"])
def test_nothing_is_foretold_under_a_schedule(key):
    lane = Lane(OPTIMIZERS["momentum"](), SCHEDULES[key]())
    experiment = Experiment(surface=SURFACES["ravine"](), lanes=(lane,))
    assert predicted(experiment, lane) is None


STEPS = np.arange(8000.0)


@pytest.mark.parametrize(("lr", "loss"), [(1.99, 0.0022), (2.0, 50.0), (2.01, 1.05e6)])
def test_moment_one_in_closed_form(lr, loss):
    """f after 500 steps from (1, 1) with curvatures 1 and 100: anchors of the stability limit."""
    rule = OPTIMIZERS["gradient_descent"]()
    moves = rule.dynamics(1, 1.0, None)
    left = [kept(moves, lr / 100, h, STEPS[:501])[-1] for h in (1.0, 100.0)]
    assert (left[0] ** 2 + 100 * left[1] ** 2) / 2 == pytest.approx(loss, rel=0.02)


@pytest.mark.parametrize(
    ("kappa", "plain", "heavy"), [(10.0, 69, 27), (100.0, 691, 95), (1000.0, 6908, 321)]
)
def test_moment_two_in_closed_form(kappa, plain, heavy):
    """Steps until both directions are below 1e-6, at the best settings."""
    root = np.sqrt(kappa)
    rules = {
        plain: (OPTIMIZERS["gradient_descent"](), 2 / (1 + kappa)),
        heavy: (
            OPTIMIZERS["momentum"](beta=((root - 1) / (root + 1)) ** 2),
            (2 / (1 + root)) ** 2,
        ),
    }
    for steps, (rule, lr) in rules.items():
        moves = rule.dynamics(1, 1.0, None)
        left = [np.abs(kept(moves, lr, h, STEPS)) for h in (1.0, kappa)]
        assert int(np.argmax(np.maximum(*left) < 1e-6)) == steps


@pytest.mark.parametrize(
    ("beta", "settled", "overshoot"),
    [(0.0, 688, 0.0), (0.5, 336, 0.0), (0.81, 88, 0.0), (0.95, 265, -0.44), (0.99, 1354, -0.86)],
)
def test_moment_three_in_closed_form(beta, settled, overshoot):
    moves = OPTIMIZERS["momentum"](beta=beta).dynamics(1, 1.0, None)
    x = kept(moves, 0.01, 1.0, STEPS)
    assert 1 + int(np.flatnonzero(np.abs(x) >= 1e-3)[-1]) == settled
    assert min(x.min(), 0.0) == pytest.approx(overshoot, abs=0.006)
