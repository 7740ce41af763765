"""Losses that come in turn: the published gradients, their average, and every way to run them."""

from dataclasses import replace

import numpy as np
import pytest

from engine.compile.floats import scalar_step
from engine.compile.tracing import LIMIT
from engine.run.run import Run
from engine.run.trajectory import trajectory
from engine.setup.experiment import Experiment, Lane
from engine.setup.link import read
from engine.theory.expected_loss import expected_loss
from engine.theory.noise_floor import noise_floor
from engine.theory.prediction import predicted
from labs.view import View
from optimizers import OPTIMIZERS
from packets.modules import addresses
from packets.packet import unpack
from packets.race import race_packet
from surfaces import DATA, SURFACES
from tests.sweeps.boundaries import boundaries
from tests.test_export import assert_reproduced

KEYS = ("ten_batches", "online_sequence")
CYCLES = {"ten_batches": 10, "online_sequence": 3}
every_loss = pytest.mark.parametrize("key", KEYS)


def slopes(loss, times):
    return [float(loss.seen(t).gradient(np.zeros(2))[0]) for t in times]


def test_the_gradients_of_the_lecture_are_nine_small_and_one_large():
    assert slopes(SURFACES["ten_batches"](), range(1, 21)) == [*[0.1] * 9, -0.9] * 2


def test_the_sequences_of_the_paper():
    """Theorem 1 with C = 3, and section 5 divided by ten: 1010 x once in 101, else -10 x."""
    assert slopes(SURFACES["online_sequence"](), range(1, 7)) == [3, -1, -1, 3, -1, -1]
    long = SURFACES["online_sequence"](n=101)
    assert slopes(long, range(1, 204)) == [*[101, *[-1] * 100] * 2, 101]


@every_loss
def test_the_loss_shown_is_the_average_of_what_the_steps_see(key):
    loss, w = SURFACES[key](), np.random.default_rng(0).uniform(-2, 2, (2, 50))
    parts = [loss.seen(t) for t in range(1, CYCLES[key] + 1)]
    np.testing.assert_allclose(np.mean([p.value(w) for p in parts], axis=0), loss.value(w))
    mean = np.mean([p.gradient(w) for p in parts], axis=0)
    np.testing.assert_allclose(mean, loss.gradient(w), atol=1e-14)
    for part in parts:
        np.testing.assert_array_equal(part.hessian(w), loss.hessian(w))


@every_loss
@pytest.mark.parametrize("rule", OPTIMIZERS)
def test_every_step_sees_its_own_loss_whichever_way_it_is_run(key, rule):
    loss, optimizer, start = SURFACES[key](), OPTIMIZERS[rule](), np.array([0.7, -1.1])
    assert scalar_step(optimizer, loss, noisy=False)
    run, w, memory = trajectory(Run(optimizer, loss, start, 25)), start, optimizer.start(start)
    for t in range(1, 26):
        np.testing.assert_array_equal(run.gradient[t - 1], loss.seen(t).gradient(w))
        with np.errstate(all="ignore"):
            w, memory = optimizer.step(t, optimizer.lr, w, memory, loss.seen(t))
        if not np.all(np.abs(w) < LIMIT):  # Newton's step where a slope does not bend
            assert run.diverged == t
            break
        np.testing.assert_allclose(run.x[t], w, rtol=1e-12, atol=1e-14)
    assert addresses(loss, Lane(optimizer))


def test_a_sweep_over_the_cycle_gives_each_lane_its_own():
    kind, rule = SURFACES["online_sequence"], OPTIMIZERS["adam"](beta1=0.0, beta2=0.5)
    cycles = np.array([3, 7, 101])
    many = trajectory(Run(rule, kind(n=cycles), np.zeros((2, 3)), 40)).x[-1]
    for k, n in enumerate(cycles.tolist()):
        np.testing.assert_allclose(
            many[:, k], trajectory(Run(rule, kind(n=n), (0.0, 0.0), 40)).x[-1]
        )


@every_loss
@pytest.mark.parametrize("noise", [0.0, 0.2])
def test_exported_code_sees_the_same_losses(key, noise):
    lanes = tuple(Lane(OPTIMIZERS[rule]()) for rule in ("momentum", "adam", "rprop", "newton"))
    assert_reproduced(replace(Experiment(lanes=lanes, steps=40, noise=noise).on(SURFACES[key]())))


@every_loss
def test_the_printed_numbers_are_those_of_the_gradient_that_was_seen(key):
    experiment = replace(Experiment().on(SURFACES[key]()), steps=12)
    _, arrays = unpack(race_packet(experiment, View()))
    run = experiment.runs()[0]
    assert any(np.allclose(row[1:], run.gradient[:-1, 0], rtol=1e-5) for row in arrays["slots"])


@pytest.mark.parametrize(
    "loss", [*(SURFACES[key]() for key in KEYS), DATA["linear_regression"](batch="4")]
)
def test_theory_of_the_average_claims_nothing_of_a_run_that_never_sees_it(loss):
    rule, lr = OPTIMIZERS["gradient_descent"](lr=0.05), np.full(20, 0.05)
    experiment = replace(Experiment(lanes=(Lane(rule),)).on(loss), steps=20)
    assert predicted(experiment, experiment.lanes[0]) is None
    assert noise_floor(rule, loss, lr, 1.0) is None
    assert expected_loss(rule, loss, loss.start, lr, 1.0) is None
    assert boundaries(experiment, 0, "a.lr", "x") == ()
    header, _ = unpack(race_packet(experiment, View(lab="theory")))
    assert header["theory"]["parts"]
    whole, _ = read({"a": "gradient_descent", "surface": "sphere"})
    assert not unpack(race_packet(whole, View(lab="theory")))[0]["theory"]["parts"]


def test_signs_lead_to_the_median_and_averages_to_the_mean():
    loss, start = SURFACES["ten_batches"](), (0.5, 1.0)
    ends = {
        key: trajectory(Run(OPTIMIZERS[key](**more), loss, start, 1000)).x[-200:, 0].mean()
        for key, more in {
            "rprop": {"lr": 0.02},
            "rmsprop": {"lr": 0.005, "alpha": 0.999},
            "gradient_descent": {"lr": 0.1},
        }.items()
    }
    assert ends["rprop"] == pytest.approx(-1.0, abs=0.01)
    assert ends["rmsprop"] == pytest.approx(0.0, abs=0.05)
    assert ends["gradient_descent"] == pytest.approx(0.0, abs=0.01)


def test_adam_ends_at_the_wrong_wall_and_amsgrad_at_the_right_one():
    loss = SURFACES["online_sequence"]()
    ends = {
        key: trajectory(Run(OPTIMIZERS[key](lr=0.03, beta1=0.0, beta2=0.1), loss, (-0.5, 0.0), 600))
        .x[-3:, 0]
        .mean()
        for key in ("adam", "amsgrad")
    }
    assert ends["adam"] > 1
    assert ends["amsgrad"] == pytest.approx(loss.minima[0].x, abs=0.05)
