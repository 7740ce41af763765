"""The examples to press show what they say."""

from dataclasses import replace
from urllib.parse import parse_qsl

import numpy as np
import pytest

from engine.setup.link import query, read
from lessons.examples import EXAMPLES


def runs(key):
    return EXAMPLES[key].experiment.runs()


@pytest.mark.parametrize("key", EXAMPLES)
def test_an_examples_link_opens_the_example(key):
    example = EXAMPLES[key]
    assert read(dict(parse_qsl(example.link))) == (example.experiment, ())
    assert query(example.experiment) == example.link
    assert all(run.diverged < 0 for run in runs(key))


def test_in_the_ravine_plain_descent_jumps_at_every_step_and_momentum_is_far_ahead():
    plain, momentum = runs("ravine")
    assert np.all(plain.x[1:, 1] * plain.x[:-1, 1] < 0)
    assert momentum.loss[-1] < plain.loss[-1] / 100


def test_momentum_gets_past_the_hollow_that_holds_plain_descent():
    surface = EXAMPLES["local_minimum"].experiment.surface
    plain, momentum = runs("local_minimum")
    hollows = [(c.x, c.y) for c in surface.critical_points if c.kind == "local minimum"]
    assert min(np.hypot(*(plain.x[-1] - hollow)) for hollow in hollows) < 1e-3
    assert surface.distance(momentum.x[-1]) < 1e-2


def test_rmsprop_leaves_the_saddle_first_and_plain_descent_last():
    left = [np.abs(run.x[:, 1]) > 1 for run in runs("saddle")]
    plain, momentum, scaled = (int(np.argmax(out)) if out.any() else 10_000 for out in left)
    assert scaled < momentum < plain
    assert not left[0].any()


def test_without_correction_adams_first_steps_are_too_long():
    corrected, raw = (np.abs(np.diff(run.x[:, 0])) for run in runs("bias_correction"))
    assert corrected[0] == pytest.approx(0.1, rel=1e-6)
    assert raw[0] / corrected[0] == pytest.approx(np.sqrt(10), rel=1e-4)
    assert raw[2] > raw[1] > raw[0]


def test_one_percent_decides_whether_swings_die_out():
    experiment = EXAMPLES["rate_limit"].experiment
    below, above = (np.abs(run.x[:, 1]) for run in runs("rate_limit"))
    rates = [lane.optimizer.lr for lane in experiment.lanes]
    assert rates == pytest.approx([0.99 * 2 / 100, 1.01 * 2 / 100])
    assert np.all(np.diff(below) < 0)
    assert np.all(np.diff(above) > 0)


def test_a_falling_rate_averages_the_noise_out_whatever_the_seed():
    experiment = EXAMPLES["noise"].experiment
    for seed in range(20):
        constant, falling = replace(experiment, seed=seed).runs()
        assert falling.loss[-50:].mean() < constant.loss[-50:].mean() / 2
