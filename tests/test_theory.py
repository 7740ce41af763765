"""Curvature, stability limits, damping and rates: closed forms against runs of the engine."""

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from declarations import Number, declarations
from engine.notation import evaluate, parse_expression, symbol
from engine.run.run import Run
from engine.run.trajectory import trajectory
from engine.theory.curvature import curvature, quadratic, smooth
from engine.theory.stability import (
    REGIMES,
    limit,
    regime,
    roots,
    seen,
)
from optimizers import OPTIMIZERS, Optimizer
from optimizers.dynamics import Dynamics
from surfaces import DATA, KNOWN, SURFACES
from tests.printed import quadratics
from tests.simple_surfaces import Bowl, Slope
from tests.strategies import settings_of
from tests.sweeps.boundaries import best_descent, best_heavy_ball, best_nesterov, touching

QUADRATICS = quadratics()

LINEAR = [key for key, kind in OPTIMIZERS.items() if kind.dynamics is not Optimizer.dynamics]
numbers = st.floats(-1e6, 1e6).map(lambda v: round(v, 9))


def hessian(surface, w=(0.0, 0.0)):
    return tuple(np.asarray(part) for part in surface.hessian(np.array(w, dtype=float)))


def share(rule, lr, h):
    """The learning rate as a share of the stability limit."""
    return np.asarray(lr / limit(rule, h))


@given(numbers, numbers, numbers)
def test_eigenvalues_and_axes_are_lapacks(xx, xy, yy):
    matrix = np.array([[xx, xy], [xy, yy]])
    bends = curvature(*(np.array(v) for v in (xx, xy, yy)))
    expected, size = np.linalg.eigvalsh(matrix), np.abs(matrix).max() + 1e-300
    np.testing.assert_allclose([bends.low, bends.high], expected, rtol=0, atol=1e-12 * size)
    axis = np.array([np.cos(bends.angle), np.sin(bends.angle)])
    np.testing.assert_allclose(matrix @ axis, bends.high * axis, rtol=0, atol=1e-9 * size)


@pytest.mark.parametrize("theta", [0.0, 17.0, 45.0])
def test_a_small_eigenvalue_keeps_its_digits_beside_a_large_one(theta):
    bends = curvature(*hessian(SURFACES["ravine"](kappa=1000.0, theta=theta)))
    np.testing.assert_allclose([bends.low, bends.high], [1, 1000], rtol=1e-10)
    assert bends.condition == pytest.approx(1000)


@pytest.mark.parametrize("key", [*KNOWN, *DATA])
def test_quadratics_are_told_by_their_own_derivatives(key):
    assert (quadratic(SURFACES[key]()) is not None) == (key in (*QUADRATICS, "linear_regression"))


@given(st.data())
def test_quadratics_are_known_at_any_setting(data):
    key = data.draw(st.sampled_from(QUADRATICS))
    surface = SURFACES[key](**data.draw(settings_of(SURFACES[key])))
    whole = quadratic(surface)
    assert whole is not None
    assert np.all(np.abs(surface.gradient(np.array(whole.center))) < 1e-9)
    assert whole.hessian == tuple(float(part) for part in hessian(surface, (3.0, -2.0)))


def test_a_slope_and_a_kink_are_no_quadratics():
    class Window(Slope):
        window = ((-1.0, 1.0), (-1.0, 1.0))

    assert quadratic(Window(1.0, 2.0)) is None
    assert not smooth(SURFACES["ackley"](), np.zeros(2))
    assert smooth(SURFACES["rosenbrock"](), np.ones(2))


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_every_rule_says_what_theory_knows_of_it(key):
    kind = OPTIMIZERS[key]
    assert kind().limit or kind().theory
    assert bool(kind().limit) == (key in LINEAR)


@pytest.mark.parametrize("key", LINEAR)
@settings(max_examples=20)
@given(st.data())
def test_the_printed_limit_is_the_computed_one(key, data):
    """Lambda is the curvature as the rule sees it; other symbols are the rule's own."""
    rule = OPTIMIZERS[key](**data.draw(settings_of(OPTIMIZERS[key])))
    fresh = rule.start(np.zeros(2))
    with np.errstate(all="ignore"):
        moves = rule.dynamics(3, rule.lr, fresh)
    steep = data.draw(st.floats(0.01, 1000))
    scope = {symbol(r"\Lambda"): steep}
    for name, declared in declarations(type(rule)).items():
        if isinstance(declared, Number):
            scope[symbol(declared.symbol)] = np.float64(getattr(rule, name))
    with np.errstate(all="ignore"):
        printed = evaluate(parse_expression(rule.limit), scope)
    assert limit(moves, steep) == pytest.approx(float(printed), rel=1e-9)


RAVINES = [(100.0, 0.0), (12.0, 33.0), (700.0, 71.0)]
SETTINGS = {
    "gradient_descent": [{}, {"weight_decay": 3.0}],
    "momentum_lecture": [{"beta": 0.0}, {"beta": 0.5}, {"beta": 0.95}],
    "momentum": [{"beta": 0.9, "dampening": 0.4}, {"beta": 0.7, "weight_decay": 2.0}],
    "momentum_ema": [{"beta": 0.5}, {"beta": 0.95}],
    "nesterov": [{"beta": 0.3}, {"beta": 0.9, "weight_decay": 1.0}],
}
CASES = [(key, chosen) for key, choices in SETTINGS.items() for chosen in choices]


@pytest.mark.parametrize(("key", "chosen"), CASES)
@pytest.mark.parametrize(("kappa", "theta"), RAVINES)
def test_limits_are_met_from_both_sides_in_turned_ravines(key, chosen, kappa, theta):
    surface = SURFACES["ravine"](kappa=kappa, theta=theta)
    moves = OPTIMIZERS[key](**chosen).dynamics(1, 1.0, None)
    border = limit(moves, seen(moves, hessian(surface)).high)
    rule = OPTIMIZERS[key](**chosen, lr=np.array([0.99, 1.01]) * border)
    path = np.abs(trajectory(Run(rule, surface, (1.0, 0.7), 6000)).x).max(axis=1)
    inside, outside = np.nan_to_num(path[-40:], nan=np.inf).max(axis=0)
    assert inside < 0.5
    assert outside > 20
    np.testing.assert_allclose(share(moves, rule.lr, kappa + moves.penalty), [0.99, 1.01])


FROZEN = {
    "adam": {"beta2": 0.99999},
    "amsgrad": {"beta2": 0.99999, "beta1": 0.5},
    "adamw": {"beta2": 0.99999, "weight_decay": 2.0},
    "nadam": {"beta2": 0.99999, "momentum_decay": 1.0, "beta1": 0.8},
    "radam": {"beta2": 0.99999},
    "adamax": {"beta2": 0.99999, "weight_decay": 1.0},
    "adam_lecture": {"beta2": 0.99999},
    "adabelief": {"beta2": 0.99999},
    "yogi": {"beta2": 0.99999},
    "rmsprop": {"alpha": 0.9999, "beta": 0.6},
    "adagrad": {},
    "adadelta": {"rho": 0.9999},
    "local_gains": {"beta": 0.0},
    "local_gains_hinton": {"delta": 0.0},
    "delta_bar_delta": {"kappa": 0.0, "phi": 0.0},
}
MOVING = ("m", "b", "trace", "g")
LATE = 40_000


def still(memory):
    """What a scaling is made of, as it would stand after a while; momenta start from rest."""
    value = {"v": (4.0, 0.3), "s": (4.0, 0.3), "vmax": (5.0, 0.4), "u": (2.0, 0.7)}
    other = {"gain": (1.7, 0.4), "rate": (0.03, 0.2), "product": (0.0, 0.0)}
    named = {name: pair for name, pair in (value | other).items() if name in memory._fields}
    return {name: np.array(pair)[:, None] * np.ones((2, 2)) for name, pair in named.items()}


@pytest.mark.parametrize("key", FROZEN)
def test_limits_of_adaptive_rules_are_met_with_their_scaling_frozen(key):
    """Cohen et al. (2022), arXiv:2207.14484: the sharpness is that of S H, not of H."""
    surface = SURFACES["ravine"](kappa=30.0, theta=25.0)
    rule = OPTIMIZERS[key](**FROZEN[key])
    w = 1e-12 * np.array([[1.0, 1.0], [0.7, 0.7]])
    memory = rule.start(w)
    memory = memory._replace(**still(memory))
    if key == "delta_bar_delta":
        memory = memory._replace(rate=np.array([[0.3], [2.0]]) * np.ones((2, 2)))
        border = 1 / share(
            rule.dynamics(LATE, 1.0, memory), 1.0, sharpness(rule, 1.0, memory, surface)
        )
        memory = memory._replace(rate=memory.rate * np.array([0.99, 1.01]) * border)
        lr = 1.0
    else:
        border = limit(rule.dynamics(LATE, 1.0, memory), sharpness(rule, 1.0, memory, surface))
        lr = np.array([0.99, 1.01]) * border
    frozen = {k: v for k, v in memory._asdict().items() if k not in MOVING}
    if key == "yogi":
        memory = memory._replace(m=np.zeros((2, 2)))
    for _ in range(2500):
        w, memory = rule.step(LATE, lr, w, memory, surface)
        memory = memory._replace(**frozen)
        if np.abs(w).max() > 1e-7:
            break
    inside, outside = np.abs(w).max(axis=0) * 1e12
    assert inside < 0.5
    assert outside > 20


def sharpness(rule, lr, memory, surface):
    return seen(rule.dynamics(LATE, lr, memory), hessian(surface)).high


@pytest.mark.parametrize(("lr", "converges"), [(37.9, True), (38.1, False)])
def test_frozen_adam_turns_at_38(lr, converges):
    rule = OPTIMIZERS["adam"](beta2=0.99999, eps=0.0)
    memory = rule.start(np.zeros(2))._replace(v=np.ones(2))
    moves = rule.dynamics(10**7, lr, memory)
    assert share(moves, lr, seen(moves, hessian(Bowl(1.0, 0.2))).high) == pytest.approx(lr / 38)
    w = np.array([1e-9, 0.0])
    for _ in range(9000):
        w, memory = rule.step(10**7, lr, w, memory, Bowl(1.0, 0.2))
        memory = memory._replace(v=np.ones(2))
    assert (abs(w[0]) < 1e-9) == converges


def test_a_line_searchs_scaling_is_its_step_length():
    rule = OPTIMIZERS["line_search"](lr=0.7)
    run = trajectory(Run(rule, SURFACES["ravine"](), (1.0, 1.0), 5))
    moves = rule.dynamics(3, 0.7, type(rule.start(np.zeros(2)))(run.memory["alpha"][3]))
    np.testing.assert_allclose(0.7 * np.asarray(moves.scale), run.memory["alpha"][3])


pushes = st.floats(0.001, 5.0)
betas = st.floats(0.0, 0.995)


@given(pushes, betas, st.sampled_from(["momentum", "nesterov", "gradient_descent"]))
def test_damping_is_what_settled_runs_show(push, beta, key):
    momentum = {} if key == "gradient_descent" else {"beta": beta}
    moves = OPTIMIZERS[key](**momentum).dynamics(1, 1.0, None)
    found = roots(moves, push, 1.0)
    size = float(np.abs(found.discriminant))
    assume(size > 1e-3 and abs(float(found.radius) - 1) > 1e-3 and found.radius > 0.05)
    name = REGIMES[int(regime(moves, push, 1.0))]
    run = trajectory(Run(OPTIMIZERS[key](lr=push, **momentum), Bowl(1.0, 1.0), (1.0, 1.0), 200))
    kept = np.flatnonzero(np.isfinite(run.x[:, 0]) & (np.abs(run.x[:, 0]) > 1e-200))
    x = run.x[kept, 0]
    flips = np.flatnonzero(np.sign(x[1:]) != np.sign(x[:-1]))
    if name == "unstable":
        assert abs(x[-1]) > abs(x[0])
    elif name == "overdamped":
        assert not len(flips)
    elif name == "alternating":
        assert len(flips[flips > len(x) // 2]) == len(x) - 1 - (len(x) // 2 + 1)
    else:
        assert name == "underdamped"
        turn = np.arctan2(np.sqrt(-found.discriminant), found.sum) / np.pi
        assert abs(len(flips) - turn * (kept[-1] - kept[0])) <= 2


@settings(max_examples=40)
@given(st.floats(0.001, 3.9), betas, st.sampled_from(["momentum", "nesterov", "momentum_ema"]))
def test_the_larger_root_is_the_measured_rate(push, beta, key):
    """Over 600 steps, amplitude against amplitude: the state's own powers, by the engine."""
    moves = OPTIMIZERS[key](beta=beta).dynamics(1, 1.0, None)
    found = roots(moves, push, 1.0)
    assume(abs(float(found.discriminant)) > 1e-3 and 0.5 < float(found.radius) < 1.03)
    rule = OPTIMIZERS[key](lr=push, beta=beta)
    x = np.abs(trajectory(Run(rule, Bowl(1.0, 1.0), (1.0, 1.0), 600)).x[:, 0])
    early, late = x[150:300].max(), x[450:600].max()
    assert (late / early) ** (1 / 300) == pytest.approx(float(found.radius), rel=0.01)


@pytest.mark.parametrize(
    ("beta", "name"),
    [(0.0, "overdamped"), (0.5, "overdamped"), (0.81, "critical"), (0.95, "underdamped")],
)
def test_the_regimes_of_the_third_moment(beta, name):
    moves = OPTIMIZERS["momentum"](beta=beta).dynamics(1, 1.0, None)
    assert REGIMES[int(regime(moves, 0.01, 1.0))] == name
    radius = float(roots(moves, 0.01, 1.0).radius)
    if name != "overdamped":
        assert radius == pytest.approx(np.sqrt(beta), rel=1e-6)


def test_negative_curvature_has_no_limit_and_is_left():
    moves = OPTIMIZERS["momentum"](beta=0.9).dynamics(1, 1.0, None)
    assert limit(moves, -3.0) == np.inf
    assert share(moves, 50.0, -3.0) == 0
    assert REGIMES[int(regime(moves, 0.01, -3.0))] == "leaving"
    run = trajectory(
        Run(OPTIMIZERS["momentum"](lr=0.01, beta=0.9), Bowl(1.0, -3.0), (0.0, 1e-9), 200)
    )
    growth = run.x[200, 1] / run.x[199, 1]
    assert growth == pytest.approx(float(roots(moves, 0.01, -3.0).radius), rel=1e-6)
    assert growth > 1


@given(
    betas,
    st.floats(0.01, 2.0),
    st.floats(-3.0, 3.0),
    st.floats(1e-4, 1e3),
)
@example(0.5, 1.0, -0.4, 1e3)
@example(0.5, 1.0, -0.6, 1e-3)
@example(0.0, 1.0, -0.99, 50.0)
def test_the_limit_under_decoupled_decay_is_where_convergence_ends(beta, decay, h, lr):
    """Where decay holds a downward curve there is a limit; where it does not, no rate converges."""
    moves = Dynamics(gain=1 - beta, beta=beta, decay=decay)
    kept = 1 - lr * decay
    largest = np.abs(np.roots([1.0, -(kept + beta - lr * (1 - beta) * h), beta * kept])).max()
    assume(abs(largest - 1) > 1e-6)
    border = float(limit(moves, h))
    assert (largest < 1) == (np.isfinite(border) and lr < border)
    name = REGIMES[int(regime(moves, lr, h))]
    if largest > 1:
        assert name == ("unstable" if np.isfinite(border) else "leaving")
    else:
        assert name not in ("unstable", "leaving", "flat")


def test_a_rate_of_zero_moves_nothing():
    moves = OPTIMIZERS["momentum"]().dynamics(1, 1.0, None)
    assert REGIMES[int(regime(moves, 0.0, 5.0))] == "flat"
    assert REGIMES[int(regime(moves, 0.1, 0.0))] == "flat"


@given(betas)
def test_roots_meet_where_they_are_said_to(beta):
    for key in ("momentum", "nesterov"):
        moves = OPTIMIZERS[key](beta=beta).dynamics(1, 1.0, None)
        for x in touching(moves):
            assert float(roots(moves, 1.0, x).discriminant) == pytest.approx(0, abs=1e-12)
    low, high = touching(Dynamics(beta=beta))
    assert low == pytest.approx((1 - np.sqrt(beta)) ** 2, rel=1e-9, abs=1e-15)
    assert high == pytest.approx((1 + np.sqrt(beta)) ** 2)


GRID = np.linspace(0.001, 0.999, 300)


@pytest.mark.parametrize("kappa", [10.0, 100.0, 1000.0])
def test_no_setting_beats_the_best_one(kappa):
    """Compared with 90,000 settings of each rule; h lies between 1 and kappa."""
    cases = {
        "gradient_descent": (best_descent(1.0, kappa), (kappa - 1) / (kappa + 1)),
        "momentum": (
            best_heavy_ball(1.0, kappa),
            (np.sqrt(kappa) - 1) / (np.sqrt(kappa) + 1),
        ),
        "nesterov": (best_nesterov(1.0, kappa), 1 - 2 / np.sqrt(3 * kappa + 1)),
    }
    for key, (best, radius) in cases.items():
        assert best.radius == pytest.approx(radius)
        moves = Dynamics(beta=best.beta, ahead=best.beta if key == "nesterov" else 0.0)
        at = roots(moves, best.lr, np.array([1.0, kappa])).radius.max()
        assert at == pytest.approx(best.radius, rel=1e-6)
        beta = GRID[:, None] if key != "gradient_descent" else np.zeros((1, 1))
        grid = Dynamics(beta=beta, ahead=beta if key == "nesterov" else 0.0)
        worst = [roots(grid, 4 * GRID / kappa, h).radius for h in (1.0, kappa)]
        assert np.maximum(*worst).min() >= best.radius - 1e-9
