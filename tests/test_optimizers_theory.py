"""Paths that linear algebra knows beforehand, stability limits, and classic numbers."""

import numpy as np
import pytest

from engine.run.run import Run
from engine.run.trajectory import trajectory
from optimizers import OPTIMIZERS
from surfaces import SURFACES
from tests.simple_surfaces import Bowl, Slope, Told


def curvature(surface):
    xx, xy, yy = (float(part) for part in surface.hessian(np.zeros(2)))
    return np.array([[xx, xy], [xy, yy]])


def powers(matrix, start, steps):
    path = [np.array(start)]
    for _ in range(steps):
        path.append(matrix @ path[-1])
    return np.array(path)


RAVINES = [(100.0, 0.0), (20.0, 30.0), (1000.0, 75.0)]


@pytest.mark.parametrize(("kappa", "theta"), RAVINES)
def test_gradient_descent_in_a_ravine_is_a_matrix_power(kappa, theta):
    surface = SURFACES["ravine"](kappa=kappa, theta=theta)
    a = curvature(surface)
    np.testing.assert_allclose(np.linalg.eigvalsh(a), [1, kappa], rtol=1e-9)
    ours = trajectory(
        Run(OPTIMIZERS["gradient_descent"](lr=1.9 / kappa), surface, (1.5, -1.0), 200)
    )
    expected = powers(np.eye(2) - 1.9 / kappa * a, (1.5, -1.0), 200)
    np.testing.assert_allclose(ours.x, expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize(("kappa", "theta"), RAVINES)
@pytest.mark.parametrize(
    ("key", "velocity", "fresh", "look"),
    [("momentum_lecture", 1, 0, 0), ("momentum", 0, 1, 0), ("nesterov", 0, 1, 1)],
)
def test_momentum_in_a_ravine_is_a_matrix_power(kappa, theta, key, velocity, fresh, look):
    """The state is (x, v) with v = beta v + (lr or 1) g and x -= (1 or lr) (v or g + beta v)."""
    surface = SURFACES["ravine"](kappa=kappa, theta=theta)
    a, one, beta, lr = curvature(surface), np.eye(2), 0.9, 0.5 / kappa
    enters, leaves = (lr if velocity else 1.0), (lr if fresh else 1.0)
    step_by_g = leaves * enters * ((1 + beta) if look else 1.0)
    step_by_v = leaves * beta * (beta if look else 1.0)
    matrix = np.block([[one - step_by_g * a, -step_by_v * one], [enters * a, beta * one]])
    ours = trajectory(Run(OPTIMIZERS[key](lr=lr, beta=beta), surface, (1.5, -1.0), 200))
    expected = powers(matrix, (1.5, -1.0, 0.0, 0.0), 200)
    np.testing.assert_allclose(ours.x, expected[:, :2], rtol=0, atol=1e-11)
    size = np.abs(expected[:, 2:]).max()
    np.testing.assert_allclose(ours.memory["v"], expected[:, 2:], rtol=0, atol=1e-11 * size)


BETA = np.array([0.0, 0.3, 0.9, 0.99])
LIMITS = {
    # largest stable lr times the curvature
    ("gradient_descent",): (2.0, {}),
    ("momentum_lecture",): (2 * (1 + BETA), {"beta": BETA}),
    ("momentum",): (2 * (1 + BETA), {"beta": BETA}),
    ("momentum", "dampened"): (2 * (1 + BETA) / 0.6, {"beta": BETA, "dampening": 0.4}),
    ("momentum_ema",): (2 * (1 + BETA) / (1 - BETA), {"beta": BETA}),
    ("nesterov",): (2 * (1 + BETA) / (1 + 2 * BETA), {"beta": BETA}),
}


@pytest.mark.parametrize("case", LIMITS, ids="-".join)
@pytest.mark.parametrize("curvature", [5.0, 80.0])
def test_the_stability_limit_is_met_from_both_sides(case, curvature):
    limit, settings = LIMITS[case]
    ends = {}
    for share in (0.99, 1.01):
        rule = OPTIMIZERS[case[0]](lr=share * limit / curvature, **settings)
        path = np.abs(trajectory(Run(rule, Bowl(curvature, 1.0), (1.0, 0.0), 4000)).x[:, 0])
        ends[share] = np.max(np.nan_to_num(path[-50:], nan=np.inf), axis=0)
    assert np.all(ends[0.99] < 0.1)
    assert np.all(ends[1.01] > 10)


def test_frozen_adam_has_the_stability_limit_38():
    """With v held constant Adam is averaged momentum: (2 + 2 beta1) / (1 - beta1) = 38."""
    rule = OPTIMIZERS["momentum_ema"](lr=np.array([37.9, 38.1]), beta=0.9)
    end = np.abs(trajectory(Run(rule, Bowl(1.0, 1.0), (1.0, 1.0), 6000)).x[-1, 0])
    assert end[0] < 1 < np.nan_to_num(end[1], nan=np.inf)


def test_one_percent_decides_between_converging_and_diverging():
    rule = OPTIMIZERS["gradient_descent"](lr=np.array([1.99, 2.0, 2.01]) / 100)
    loss = trajectory(Run(rule, Bowl(1.0, 100.0), (1.0, 1.0), 500)).loss[-1]
    np.testing.assert_allclose(loss, [0.0022, 50.0, 1.05e6], rtol=0.02)


def first_below(path, level):
    return int(np.argmax(path < level))


@pytest.mark.parametrize(
    ("kappa", "plain", "nesterov", "heavy"),
    [(10.0, 69, 44, 27), (100.0, 691, 158, 95), (1000.0, 6908, 519, 321)],
)
def test_steps_at_the_best_settings(kappa, plain, nesterov, heavy):
    """Nesterov's count is that of the point w behind the look-ahead point w + beta v."""
    root = np.sqrt(kappa)
    rules = {
        plain: OPTIMIZERS["gradient_descent"](lr=2 / (1 + kappa)),
        nesterov: OPTIMIZERS["nesterov"](lr=1 / kappa, beta=(root - 1) / (root + 1)),
        heavy: OPTIMIZERS["momentum"](
            lr=(2 / (1 + root)) ** 2, beta=((root - 1) / (root + 1)) ** 2
        ),
    }
    for expected, rule in rules.items():
        run = trajectory(Run(rule, Bowl(1.0, kappa), (1.0, 1.0), expected + 20))
        behind = rule.lr * rule.beta * run.memory["v"] if expected == nesterov else 0
        assert first_below(np.abs(run.x + behind).max(axis=1), 1e-6) == expected


@pytest.mark.parametrize(
    ("beta", "settled", "overshoot"),
    [(0.0, 688, 0.0), (0.5, 336, 0.0), (0.81, 88, 0.0), (0.95, 265, -0.44), (0.99, 1354, -0.86)],
)
def test_damping_regimes(beta, settled, overshoot):
    """`settled` is the step from which |x| stays below 0.001."""
    rule = OPTIMIZERS["momentum"](lr=0.01, beta=beta)
    x = trajectory(Run(rule, Bowl(1.0, 1.0), (1.0, 1.0), 3000)).x[:, 0]
    assert 1 + int(np.flatnonzero(np.abs(x) >= 1e-3)[-1]) == settled
    assert min(x.min(), 0.0) == pytest.approx(overshoot, abs=0.006)


@pytest.mark.parametrize(
    ("key", "settings", "escapes"),
    [
        ("gradient_descent", {}, (95, 189, 284, 378)),
        ("momentum", {"beta": 0.9}, (28, 53, 78, 104)),
    ],
)
def test_escape_from_a_saddle_takes_the_logarithm_of_the_distance(key, settings, escapes):
    y = np.array([1e-2, 1e-4, 1e-6, 1e-8])
    rule = OPTIMIZERS[key](lr=0.05, **settings)
    path = np.abs(trajectory(Run(rule, Bowl(1.0, -1.0), np.array([np.ones(4), y]), 400)).x[:, 1])
    assert tuple(np.argmax(path > 1, axis=0)) == escapes


@pytest.mark.parametrize(
    ("key", "settings", "window"),
    [("rmsprop", {"alpha": 0.9}, (8, 9)), ("adam", {}, (20, 21))],
)
def test_scaled_rules_escape_at_once_however_small_the_slope(key, settings, window):
    y = np.array([1e-2, 1e-4, 1e-6])
    rule = OPTIMIZERS[key](lr=0.05, **settings)
    path = np.abs(trajectory(Run(rule, Bowl(1.0, -1.0), np.array([np.ones(3), y]), 40)).x[:, 1])
    assert set(np.argmax(path > 1, axis=0)) <= set(window)


def test_adagrad_slows_like_the_root_of_the_steps():
    x = trajectory(Run(OPTIMIZERS["adagrad"](lr=0.1), Slope(3.0, 3.0), (0.0, 0.0), 2500)).x[:, 0]
    np.testing.assert_allclose(-x[[100, 2500]], [1.86, 9.85], atol=0.006)


def test_epsilon_is_the_hidden_rate_of_adadelta():
    rule = OPTIMIZERS["adadelta"](lr=1.0, rho=0.95, eps=np.array([1e-8, 1e-6, 1e-4]))
    path = trajectory(Run(rule, Bowl(1.0, 1.0), (1.0, 1.0), 2100)).x[:, 0]
    assert 1 - path[1, 1] == pytest.approx(4.5e-3, abs=5e-5)
    assert tuple(np.argmax(np.abs(path) < 0.05, axis=0)) == (1979, 357, 52)


def test_rprop_is_misled_by_mini_batches():
    """Hinton's example: nine gradients of 0.1 and one of -0.9 ought to cancel."""
    ends = {}
    for key, settings in (("gradient_descent", {}), ("rmsprop", {"alpha": 0.9}), ("rprop", {})):
        rule, told, w = OPTIMIZERS[key](lr=0.01, **settings), Told(), np.zeros(2)
        memory = rule.start(w)
        for t in range(1, 201):
            told.slope = -0.9 if t % 10 == 0 else 0.1
            w, memory = rule.step(t, 0.01, w, memory, told)
        ends[key] = w[0]
    assert abs(ends["gradient_descent"]) < 1e-12
    assert ends["rprop"] < 10 * ends["rmsprop"] < 0


def online(key, steps, **settings):
    """Where a rule ends on [-1, 1] when f_t = 3 x at every third step and -x at the others."""
    rule, told, w = OPTIMIZERS[key](lr=0.5, **settings), Told(), np.zeros(2)
    memory = rule.start(w)
    for t in range(1, steps + 1):
        told.slope = 3.0 if t % 3 == 1 else -1.0
        w, memory = rule.step(t, 0.5 / np.sqrt(t), w, memory, told)
        w = np.minimum(np.maximum(w, -1.0), 1.0)
    return w[0]


def test_adam_goes_to_the_wrong_end_and_amsgrad_does_not():
    """S. J. Reddi et al. (2018), arXiv:1904.09237, section 3; the best point is -1."""
    assert online("adam", 4000, beta1=0.0, beta2=0.1) > 0.9
    assert online("amsgrad", 4000, beta1=0.0, beta2=0.1) < -0.9


def test_noise_keeps_gradient_descent_on_its_floor():
    lr = np.array([0.4, 0.2, 0.1, 0.05])
    rule = OPTIMIZERS["gradient_descent"](lr=lr)
    run = trajectory(Run(rule, Bowl(1.0, 1.0), (0.0, 0.0), 40_000, sigma=1.0, seed=5))
    floor = 2 * lr / (2 * (2 - lr))
    np.testing.assert_allclose(run.loss[500:].mean(axis=0), floor, rtol=0.05)


def test_momentum_raises_the_noise_floor():
    rule = OPTIMIZERS["momentum"](lr=0.05, beta=0.9)
    run = trajectory(Run(rule, Bowl(1.0, 1.0), (0.0, 0.0), 40_000, sigma=1.0, seed=5))
    floor = 2 * 0.05 * 1.9 / (2 * 0.1 * (2 * 1.9 - 0.05))
    assert run.loss[500:].mean() == pytest.approx(floor, rel=0.05)
    assert floor / 2 == pytest.approx(0.127, abs=5e-4)


@pytest.mark.parametrize("surface", ["booth", "ravine"])
def test_newton_solves_a_quadratic_in_one_step(surface):
    loss = SURFACES[surface]()
    path = trajectory(Run(OPTIMIZERS["newton"](), loss, (-1.3, 0.7), 1))
    assert np.linalg.norm(path.gradient[1]) < 1e-12 * np.linalg.norm(path.gradient[0])


def test_damping_turns_newton_into_gradient_descent():
    """Damping L with the rate lr L tends to gradient descent with the rate lr."""
    loss = SURFACES["rosenbrock"]()
    w = np.array([-1.2, 1.0])
    far, _ = OPTIMIZERS["newton"](damping=1e4).step(1, 0.1, w, (), Bowl(1e-3, 2e-3))
    near = w - 0.1 / 1e4 * Bowl(1e-3, 2e-3).gradient(w)
    np.testing.assert_allclose(far - w, near - w, rtol=1e-6)
    assert trajectory(Run(OPTIMIZERS["newton"](damping=1.0), loss, w, 60)).loss[-1] < 1e-12


def test_newton_goes_to_a_saddle_unless_damped():
    saddle = Bowl(1.0, -1.0)
    assert (
        np.abs(trajectory(Run(OPTIMIZERS["newton"](), saddle, (1.0, 0.5), 1)).x[-1]).max() < 1e-15
    )
    away = trajectory(Run(OPTIMIZERS["newton"](damping=2.0, lr=0.5), saddle, (1.0, 0.5), 20)).x[-1]
    assert abs(away[1]) > 100


@pytest.mark.parametrize("surface", ["rosenbrock", "beale", "himmelblau", "styblinski_tang"])
def test_a_line_search_keeps_armijos_promise_with_the_longest_trial(surface):
    rule, loss = OPTIMIZERS["line_search"](lr=2.0, rho=0.6, c=0.1), SURFACES[surface]()
    run = trajectory(Run(rule, loss, (-1.2, 0.9), 60))
    slope = (run.gradient[:-1] ** 2).sum(axis=1)
    alpha = run.memory["alpha"][1:]
    moving = (alpha > 0) & (slope > 1e-12)
    assert np.all(np.diff(run.loss) <= -0.1 * alpha * slope + 1e-12)
    longer = np.minimum(alpha / 0.6, 2.0)
    tried = loss.value((run.x[:-1] - longer[:, None] * run.gradient[:-1]).T)
    refused = tried > run.loss[:-1] - 0.1 * longer * slope
    assert moving.sum() >= 5
    assert np.all((refused | (alpha == 2.0))[moving])
    assert refused[moving].any()


def test_a_line_search_stays_where_a_misleading_gradient_offers_nothing():
    rule = OPTIMIZERS["line_search"](rho=0.9)
    run = trajectory(Run(rule, Bowl(1.0, 4.0), (1.0, 1.0), 200, sigma=30.0, seed=1))
    stuck = run.memory["alpha"][1:] == 0
    assert stuck.any()
    np.testing.assert_array_equal(run.x[1:][stuck], run.x[:-1][stuck])
    assert np.all(np.diff(run.loss) <= 0)
