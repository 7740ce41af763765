"""The rules that no library has, against independent plain-float loops and closed forms."""

import math
from pathlib import Path

import numpy as np
import pytest

from engine.run.run import Run
from engine.run.trajectory import trajectory
from optimizers import OPTIMIZERS
from optimizers.local_gains import Gains
from surfaces import SURFACES
from tests.simple_surfaces import Slope, Told

STEPS = 300
ULP = 2.0**-52


def sign(number):
    return (number > 0) - (number < 0)


def lecture_momentum(grads, t, w, memory, lr, beta=0.9):
    velocity = memory.get("v", [0.0, 0.0])
    memory["v"] = [beta * v + lr * g for v, g in zip(velocity, grads, strict=True)]
    return [p - v for p, v in zip(w, memory["v"], strict=True)]


def averaged_momentum(grads, t, w, memory, lr, beta=0.9):
    average = memory.get("m", [0.0, 0.0])
    memory["m"] = [beta * m + (1 - beta) * g for m, g in zip(average, grads, strict=True)]
    return [p - lr * m for p, m in zip(w, memory["m"], strict=True)]


def gains(grads, t, w, memory, lr, beta=0.05, lowest=0.0, highest=math.inf):
    moved = []
    for i in (0, 1):
        gain, last = memory.get(i, (1.0, None))
        if last is not None:
            consistent = sign(grads[i]) == sign(last) != 0
            gain = gain + beta if consistent else gain * (1 - beta)
            gain = min(max(gain, lowest), highest)
        memory[i] = gain, grads[i]
        moved.append(w[i] - lr * gain * grads[i])
    return moved


def hinton_gains(grads, t, w, memory, lr, delta=0.05, lowest=0.1, highest=10.0):
    return gains(grads, t, w, memory, lr, delta, lowest, highest)


def jacobs(grads, t, w, memory, lr, kappa=5e-5, phi=0.5, theta=0.7):
    moved = []
    for i in (0, 1):
        rate, bar = memory.get(i, (lr, 0.0))
        if sign(bar) * sign(grads[i]) > 0:
            rate += kappa
        elif sign(bar) * sign(grads[i]) < 0:
            rate -= phi * rate
        memory[i] = rate, (1 - theta) * grads[i] + theta * bar
        moved.append(w[i] - rate * grads[i])
    return moved


def lecture_adam(grads, t, w, memory, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    moved = []
    for i in (0, 1):
        m, r = memory.get(i, (0.0, 0.0))
        m = beta1 * m + (1 - beta1) * grads[i]
        r = beta2 * r + (1 - beta2) * grads[i] ** 2
        memory[i] = m, r
        moved.append(w[i] - lr * m / (math.sqrt(r) + eps))
    return moved


def sign_descent(grads, t, w, memory, lr):
    return [p - lr * sign(g) for p, g in zip(w, grads, strict=True)]


PLAIN = [
    ("momentum_lecture", lecture_momentum, {"lr": 5e-4}),
    ("momentum_lecture", lecture_momentum, {"lr": 2e-4, "beta": 0.97}),
    ("momentum_ema", averaged_momentum, {"lr": 5e-3}),
    ("momentum_ema", averaged_momentum, {"lr": 1e-3, "beta": 0.5}),
    ("local_gains", gains, {"lr": 2e-4}),
    ("local_gains", gains, {"lr": 2e-4, "beta": 0.9}),
    ("local_gains_hinton", hinton_gains, {"lr": 2e-4}),
    ("local_gains_hinton", hinton_gains, {"lr": 1e-4, "delta": 0.2, "lowest": 0.5, "highest": 4.0}),
    ("delta_bar_delta", jacobs, {"lr": 2e-4}),
    ("delta_bar_delta", jacobs, {"lr": 1e-3, "kappa": 1e-4, "phi": 0.2, "theta": 0.0}),
    ("adam_lecture", lecture_adam, {"lr": 0.02}),
    ("adam_lecture", lecture_adam, {"lr": 0.1, "beta1": 0.7, "beta2": 0.95, "eps": 1e-3}),
    ("sign_descent", sign_descent, {"lr": 0.013}),
]
STARTS = {
    "rosenbrock": (-1.2, 1.0),
    "beale": (1.0, 1.5),
    "himmelblau": (-1.0, 1.5),
    "booth": (-4.0, 3.0),
    "styblinski_tang": (1.0, -0.5),
}


def plain_path(rule, settings, surface, start, wobble):
    """The rule's path in plain floats; `wobble` (steps, 2) multiplies the gradients."""
    w, memory, path = list(start), {}, [list(start)]
    for t in range(1, STEPS + 1):
        slopes = surface.df(*w)
        grads = [float(g) * float(u) for g, u in zip(slopes, wobble[t - 1], strict=True)]
        w = rule(grads, t, w, memory, **settings)
        path.append(w)
    return np.array(path)


@pytest.mark.parametrize("surface", STARTS)
@pytest.mark.parametrize(("key", "rule", "settings"), PLAIN)
def test_the_path_is_that_of_a_plain_loop(key, rule, settings, surface):
    loss, start = SURFACES[surface](), STARTS[surface]
    path = plain_path(rule, settings, loss, start, np.ones((STEPS, 2)))
    envelope = np.zeros(STEPS + 1)
    for draw in np.random.default_rng(3).standard_normal((3, STEPS, 2)):
        other = plain_path(rule, settings, loss, start, 1 + 4 * ULP * draw)
        envelope = np.maximum(envelope, np.abs(other - path).max(axis=1))
    fine = np.maximum.accumulate(envelope) < 1e-7
    ours = trajectory(Run(OPTIMIZERS[key](**settings), loss, start, STEPS)).x
    allowed = 10 * np.maximum.accumulate(envelope) + 64 * ULP * (1 + np.abs(path).max(axis=1))
    assert fine.sum() > 30
    assert (np.abs(ours - path).max(axis=1) <= allowed)[fine].all()


@pytest.mark.parametrize("surface", STARTS)
def test_gains_are_those_of_tsne(surface):
    """From the first step on: t-SNE lets that step decay the gain to 0.8, the lecture does not."""
    path = np.load(Path(__file__).parent / "oracles" / "tsne.npz")[surface]
    loss = SURFACES[surface]()
    rule = OPTIMIZERS["local_gains_hinton"](delta=0.2, lowest=0.01, highest=1e4)
    w, memory = path[1], Gains(np.full(2, 0.8), loss.gradient(path[0]))
    for t, expected in enumerate(path[2:], start=2):
        w, memory = rule.step(t, 2e-4, w, memory, loss)
        np.testing.assert_allclose(w, expected, rtol=1e-9)
    assert memory.gain.max() > 3


def steps_per_rate(key, slope=(2.5, -0.3), steps=1500, **settings):
    """Step lengths over the learning rate on a constant slope, (steps, 2)."""
    rule = OPTIMIZERS[key](**settings)
    return (
        np.abs(np.diff(trajectory(Run(rule, Slope(*slope), (0.0, 0.0), steps)).x, axis=0)) / rule.lr
    )


T = np.arange(1, 1501)[:, None]
G = np.array([2.5, 0.3])
CLOSED_FORMS = {
    ("gradient_descent",): G + 0 * T,
    ("momentum_lecture",): G * (1 - 0.9**T) / 0.1,
    ("momentum",): G * (1 - 0.9**T) / 0.1,
    ("momentum_ema",): G * (1 - 0.9**T),
    ("nesterov",): G * (1 + 0.9 * (1 - 0.9**T) / 0.1),
    ("local_gains",): G * (1 + 0.05 * (T - 1)),
    ("local_gains_hinton",): G * np.minimum(1 + 0.05 * (T - 1), 10),
    ("adagrad", ("eps", 0.0)): 1 / np.sqrt(T) + 0 * G,
    ("rmsprop", ("eps", 0.0)): 1 / np.sqrt(1 - 0.99**T) + 0 * G,
    ("adam_lecture", ("eps", 0.0)): (1 - 0.9**T) / np.sqrt(1 - 0.999**T) + 0 * G,
    ("adam", ("eps", 0.0)): 1 + 0 * T * G,
    ("amsgrad", ("eps", 0.0)): 1 + 0 * T * G,
    ("adamax", ("eps", 0.0)): 1 + 0 * T * G,
    ("lion",): 1 + 0 * T * G,
    ("sign_descent",): 1 + 0 * T * G,
}


@pytest.mark.parametrize("case", CLOSED_FORMS, ids=lambda case: case[0])
def test_steps_on_a_constant_slope_have_their_closed_form(case):
    found = steps_per_rate(case[0], **dict(case[1:]), lr=0.01)
    np.testing.assert_allclose(found, CLOSED_FORMS[case], rtol=2e-9)


MU = [0.9 * (1 - 0.5 * 0.96 ** (t * 0.004)) for t in (1, 2)]


def test_adam_without_correction_steps_too_far():
    lengths = steps_per_rate("adam_lecture", eps=0.0)[:, 0]
    assert lengths[0] == pytest.approx(3.1623, abs=5e-5)
    assert lengths.argmax() + 1 == 12
    assert lengths.max() == pytest.approx(6.569, abs=5e-4)
    assert lengths[99] == pytest.approx(3.24, abs=5e-3)
    assert lengths[999] == pytest.approx(1.26, abs=5e-3)


@pytest.mark.parametrize(
    ("key", "settings", "length"),
    [
        ("adam", {}, 2.5 / (2.5 + 1e-8)),
        ("rmsprop", {"alpha": 0.9, "eps": 0.0}, 1 / math.sqrt(0.1)),
        ("rmsprop", {}, 10.0),
        ("adadelta", {}, math.sqrt(1e-6 / (0.1 * 6.25 + 1e-6)) * 2.5),
        ("adabelief", {}, 1 / 0.9),
        ("nadam", {}, 1 + 0.1 * MU[1] / (1 - MU[0] * MU[1])),
        ("radam", {}, 2.5),
        ("momentum", {"dampening": 0.6}, 2.5),
        ("nesterov", {}, 1.9 * 2.5),
        ("rprop", {}, 1.0),
    ],
)
def test_the_first_step_has_its_length(key, settings, length):
    assert steps_per_rate(key, steps=1, **settings)[0, 0] == pytest.approx(length, rel=2e-4)


def test_rprop_grows_by_its_factor_up_to_its_limit():
    path = trajectory(Run(OPTIMIZERS["rprop"](lr=0.01), Slope(3.0, -1e-9), (0.0, 0.0), 60)).x
    lengths = np.abs(np.diff(path, axis=0))
    expected = np.minimum(0.01 * 1.2 ** np.arange(60.0), 50.0)
    np.testing.assert_allclose(lengths, np.stack((expected, expected), axis=1), rtol=1e-11)


def test_radam_waits_five_steps_then_follows_its_factor():
    lengths = steps_per_rate("radam", steps=12, lr=0.01)[:, 0]
    np.testing.assert_allclose(lengths[:5], 2.5, rtol=1e-12)
    assert lengths[5] == pytest.approx(0.0258, abs=5e-5)


def test_adabelief_steps_grow_on_a_constant_slope():
    assert steps_per_rate("adabelief", steps=1000)[-1, 0] > 15


def test_jacobs_rates_rise_by_kappa_and_rest_on_a_tie():
    run = trajectory(
        Run(OPTIMIZERS["delta_bar_delta"](lr=0.01, kappa=0.002), Slope(3.0, 0.0), (0.0, 0.0), 20)
    )
    np.testing.assert_allclose(run.memory["rate"][1:, 0], 0.01 + 0.002 * np.arange(20), rtol=1e-12)
    np.testing.assert_array_equal(run.memory["rate"][:, 1], 0.01)


def test_gains_survive_gradients_too_small_to_multiply():
    run = trajectory(Run(OPTIMIZERS["local_gains"](), Slope(1e-170, -1e-170), (0.0, 0.0), 10))
    np.testing.assert_allclose(run.memory["gain"][-1], 1.45, rtol=1e-12)


@pytest.mark.parametrize("key", ["local_gains", "local_gains_hinton"])
def test_a_gradient_of_zero_counts_as_a_flip(key):
    run = trajectory(Run(OPTIMIZERS[key](), Slope(3.0, 0.0), (0.0, 0.0), 10))
    np.testing.assert_allclose(run.memory["gain"][1:, 1], 0.95 ** np.arange(10.0), rtol=1e-12)


def test_hintons_gains_stay_within_their_limits():
    rule, told, w = OPTIMIZERS["local_gains_hinton"](delta=0.5, highest=3.0), Told(), np.zeros(2)
    memory, seen = rule.start(w), []
    for t in range(1, 31):
        told.slope = (-1.0) ** t if t < 15 else 1.0
        w, memory = rule.step(t, 0.01, w, memory, told)
        seen.append(memory.gain[0])
    assert (min(seen), seen[13], seen[-1]) == (0.1, 0.1, 3.0)
