"""Noise floors: closed forms against the Lyapunov equation, exact moments, and measured runs."""

import numpy as np
import pytest

from engine.run.run import Run
from engine.run.trajectory import trajectory
from engine.study.ensemble import losses
from engine.theory.noise_floor import noise_floor, stationary_variance
from engine.theory.stability import linear_dynamics
from optimizers import OPTIMIZERS
from optimizers.dynamics import Dynamics
from schedules import SCHEDULES, Constant
from surfaces import SURFACES
from tests.printed import quadratics
from tests.simple_surfaces import Bowl

RULES = {
    ("gradient_descent",): {},
    ("momentum_lecture",): {"beta": 0.9},
    ("momentum",): {"beta": 0.9},
    ("momentum", "dampened"): {"beta": 0.8, "dampening": 0.5},
    ("momentum_ema",): {"beta": 0.9},
    ("nesterov",): {"beta": 0.9},
}
EVERY_RULE = pytest.mark.parametrize("case", RULES, ids="-".join)


def companion(key, lr, beta, curvature, dampening=0.0):
    """Return A and b of (x, v)' = A (x, v) + b noise along one eigendirection, from the rule."""
    enters, leaves = {
        "gradient_descent": (1.0, lr),
        "momentum_lecture": (lr, 1.0),
        "momentum": (1 - dampening, lr),
        "momentum_ema": (1 - beta, lr),
        "nesterov": (1.0, lr),
    }[key]
    into = np.array([enters * curvature, beta])
    fresh = enters
    if key == "nesterov":
        step, noise = lr * (np.array([curvature, 0.0]) + beta * into), lr * (1 + beta)
    else:
        step, noise = leaves * into, leaves * fresh
    return np.array([[1.0, 0.0] - step, into]), np.array([-noise, fresh])


def stationary(matrix, noise):
    """Return P with P = A P A' + b b' by solving the linear equations for its entries."""
    size = len(matrix) ** 2
    big = np.eye(size) - np.kron(matrix, matrix)
    return np.linalg.solve(big, np.outer(noise, noise).ravel()).reshape(matrix.shape)


@EVERY_RULE
@pytest.mark.parametrize("beta", [0.0, 0.3, 0.9, 0.99])
@pytest.mark.parametrize("share", [1e-3, 0.05, 0.5, 0.95])
def test_the_closed_form_solves_the_lyapunov_equation(case, beta, share):
    """`share` is that of the stability limit, which is met from both sides elsewhere."""
    key, curvature, sigma = case[0], 7.0, 1.5
    settings = {k: v for k, v in RULES[case].items() if k != "beta"}
    if key != "gradient_descent":
        settings["beta"] = beta
    limit = limits(key, **settings) / curvature
    lr = share * limit
    matrix, noise = companion(key, lr, settings.pop("beta", 0.0), curvature, **settings)
    if key != "gradient_descent":
        settings["beta"] = beta
    rule = OPTIMIZERS[key](**settings)
    expected = sigma**2 * stationary(matrix, noise)[0, 0]
    found = stationary_variance(linear_dynamics(rule), np.array(lr), curvature, sigma)
    assert found == pytest.approx(expected, rel=1e-7)


def limits(key, beta=0.0, dampening=0.0):
    """Return the largest stable lr times the curvature, as tests of the theory have it."""
    if key == "nesterov":
        return 2 * (1 + beta) / (1 + 2 * beta)
    return 2 * (1 + beta) / {"momentum_ema": 1 - beta}.get(key, 1 - dampening)


@EVERY_RULE
def test_above_the_stability_limit_there_is_no_floor(case):
    limit = limits(case[0], **RULES[case]) / 100
    lr = limit * np.array([0.999, 1.001])
    floor = noise_floor(OPTIMIZERS[case[0]](**RULES[case]), SURFACES["ravine"](), lr, 1.0)
    assert floor[0] > 0
    assert np.isnan(floor[1])


def within_three_errors(samples, expected):
    """Compare the mean over independent seeds with what is expected of it."""
    error = samples.std(ddof=1) / np.sqrt(len(samples))
    assert abs(samples.mean() - expected) < 3 * error
    return error / expected


BURN_IN, STEPS, SEEDS = 600, 2600, 200


@EVERY_RULE
@pytest.mark.parametrize("surface", ["sphere", "ravine", "booth", "matyas"])
def test_runs_hover_around_the_floor(case, surface):
    """The mean of 200 seeds, each averaged over 2000 steps after 600 of settling.

    Each seed is one independent sample; 3 standard errors are 0.3 to 9 % of the floor.
    """
    loss = SURFACES[surface](kappa=20.0, theta=30.0) if surface == "ravine" else SURFACES[surface]()
    hessian = np.linalg.eigvalsh(
        [[*loss.hessian(np.zeros(2))[:2]], [*loss.hessian(np.zeros(2))[1:]]]
    )
    rule = OPTIMIZERS[case[0]](lr=0.4 * limits(case[0], **RULES[case]) / hessian[1], **RULES[case])
    place = (loss.minima[0].x, loss.minima[0].y)
    found = losses(
        Run(rule, loss, place, STEPS, schedule=Constant(), sigma=0.7), seeds=range(SEEDS)
    )
    expected = noise_floor(rule, loss, np.array(rule.lr), 0.7)
    assert within_three_errors(found[BURN_IN:].mean(axis=0), expected) < 0.03


@pytest.mark.parametrize("key", ["gradient_descent", "momentum", "nesterov"])
def test_weight_decay_shifts_the_curvature_and_the_place(key):
    loss, start = SURFACES["booth"](), (0.9, 2.7)
    rule = OPTIMIZERS[key](lr=0.02, weight_decay=0.5)
    found = losses(
        Run(rule, loss, start, STEPS, schedule=Constant(), sigma=2.0), seeds=range(SEEDS)
    )
    expected = noise_floor(rule, loss, np.array(rule.lr), 2.0)
    within_three_errors(found[BURN_IN:].mean(axis=0), expected)
    plain = noise_floor(OPTIMIZERS[key](lr=0.02), loss, np.array(rule.lr), 2.0)
    assert expected > 1.1 * plain


def one_dimension(lr, beta=0.0, curvature=1.0, sigma=1.0):
    return (
        curvature
        / 2
        * float(stationary_variance(Dynamics(beta=beta), np.array(lr), curvature, sigma))
    )


def test_the_published_floors_of_one_dimension():
    """Theory as printed, 0.1250 / 0.0556 / 0.0263 / 0.0128; heavy ball at 0.05: 0.127."""
    floors = [one_dimension(lr) for lr in (0.4, 0.2, 0.1, 0.05)]
    np.testing.assert_allclose(floors, [0.1250, 0.0556, 0.0263, 0.0128], atol=5e-5)
    np.testing.assert_allclose(floors, [lr / (2 * (2 - lr)) for lr in (0.4, 0.2, 0.1, 0.05)])
    assert one_dimension(0.05, beta=0.9) == pytest.approx(0.127, abs=5e-4)
    assert one_dimension(0.05, beta=0.9) == pytest.approx(
        0.05 * 1.9 / (2 * 0.1 * (2 * 1.9 - 0.05)), rel=1e-12
    )
    assert 9.8 < one_dimension(0.05, beta=0.9) / one_dimension(0.05) < 10.0


def test_without_momentum_the_variance_is_that_of_gradient_descent():
    lr = np.array([0.1, 0.5, 1.9, 2.1])
    plain = lr / (2 - lr) * 4.0
    found = stationary_variance(Dynamics(), lr, 1.0, 2.0)
    np.testing.assert_allclose(found, np.where(lr < 2, plain, np.nan))


def exact_loss(rates, beta, start, sigma=1.0):
    """Return E x^2 / 2 after each step of heavy ball in one dimension: mean and variance exactly.

    With rates that change the state's mean m and second moment P follow m' = A m and
    P' = A P A' + b b'.
    """
    state, found = np.zeros((2, 2)), [start * start / 2]
    state[0, 0] = start * start
    for lr in rates:
        matrix, noise = companion("momentum", lr, beta, 1.0)
        state = matrix @ state @ matrix.T + sigma**2 * np.outer(noise, noise)
        found.append(state[0, 0] / 2)
    return np.array(found)


def factors(schedule, steps):
    memory = schedule.start()
    return np.array([schedule.factor(t, steps, memory) for t in range(steps)])


@pytest.mark.parametrize("beta", [0.0, 0.9])
@pytest.mark.parametrize("name", ["step", "exponential", "inverse", "cosine", "one_cycle"])
def test_under_a_schedule_the_mean_loss_is_that_of_the_exact_moments(name, beta):
    schedule = SCHEDULES[name]()
    rule = OPTIMIZERS["momentum"](lr=0.1, beta=beta)
    rates = rule.lr * factors(schedule, 800)
    found = losses(
        Run(rule, Bowl(1.0, 1.0), (5.0, 0.0), 800, schedule=schedule, sigma=1.0), seeds=range(400)
    )
    expected = exact_loss(rates, beta, 5.0) + exact_loss(rates, beta, 0.0)
    error = found.std(axis=1, ddof=1)[1:] / 20
    beyond = np.abs(found.mean(axis=1)[1:] - expected[1:]) > 3 * error
    assert beyond.mean() < 0.03


def test_a_step_schedule_lowers_the_floor_and_the_loss_follows():
    """The floor of the rate in force is where the loss ends if the rate stays long enough."""
    schedule = SCHEDULES["step"](interval=0.25, gamma=0.5)
    rates = 0.2 * factors(schedule, 1600)
    floor = 2 * np.array([one_dimension(lr) for lr in rates])
    exact = 2 * exact_loss(rates, 0.0, 0.0)[1:]
    ends = np.array([399, 799, 1199, 1599])
    np.testing.assert_allclose(exact[ends], floor[ends], rtol=2e-3)
    assert np.all(np.diff(floor[ends]) < 0)


def test_no_floor_is_claimed_where_none_is_known():
    lr = np.array([0.001])
    assert noise_floor(OPTIMIZERS["adam"](), SURFACES["sphere"](), lr, 1.0) is None
    for surface in ("rosenbrock", "saddle", "l1_valley", "himmelblau"):
        assert noise_floor(OPTIMIZERS["momentum"](), SURFACES[surface](), lr, 1.0) is None
    claimed = [key for key, kind in SURFACES.items() if found(kind(), lr) is not None]
    whole = (key for key in quadratics() if not SURFACES[key]().changes)
    published = [key for key in whole if SURFACES[key]().minima]
    assert claimed == [*published, "linear_regression"]


def found(surface, lr):
    return noise_floor(OPTIMIZERS["gradient_descent"](), surface, lr, 1.0)


def test_a_floor_in_two_dimensions_is_the_sum_of_its_directions():
    loss, lr = SURFACES["ravine"](kappa=20.0, theta=37.0), np.array([0.01, 0.09])
    floor = noise_floor(OPTIMIZERS["gradient_descent"](), loss, lr, 3.0)
    parts = [lr * 9 / (2 * (2 - lr * h)) for h in (1.0, 20.0)]
    np.testing.assert_allclose(floor, sum(parts), rtol=1e-9)


def test_the_floor_of_a_rate_does_not_depend_on_the_start():
    rule, loss = OPTIMIZERS["gradient_descent"](lr=0.4), Bowl(1.0, 1.0)
    run = trajectory(Run(rule, loss, (5.0, -3.0), 20_000, sigma=1.0, seed=2))
    blocks = run.loss[101:20_001].reshape(199, 100).mean(axis=1)
    within_three_errors(blocks, 2 * one_dimension(0.4))
