"""The PyTorch scripts walk the paths that the app shows; run apart, as only this needs torch."""

import sys
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings

from engine.export import pytorch_script
from engine.export.pytorch_rules import optimizer_code
from engine.setup.experiment import Experiment, Lane
from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from surfaces import SURFACES
from tests.strategies import entries, experiments
from tests.test_export import (
    DIVERGING,
    EVERYTHING,
    SHORT,
    assert_other_draws_are_told,
    assert_stands_alone,
    lane,
)

ULPS = 32 * np.finfo(float).eps
FIRST_STEPS = 4


def assert_reproduced(experiment, least=FIRST_STEPS):
    """The script walks the engine's path to 1e-9 for as long as the path itself is that certain.

    PyTorch's optimizers round in another order than ours. A chaotic rule makes that visible, so
    the engine's own path is walked again from a start and with rates that differ by a few units
    in the last place: it is compared until those part by 1e-10, and at least for the first steps.
    """
    names = {"__name__": "handed_out"}
    exec(compile(pytorch_script(experiment), "handed_out.py", "exec"), names)
    spread = spreads(experiment)
    for path, run, apart in zip(names["paths"](), experiment.runs(), spread, strict=True):
        assert path.shape == run.x.shape
        certain = int(np.argmax(apart > 1e-10)) if np.any(apart > 1e-10) else len(apart)
        rows = slice(max(certain, min(least, len(apart))))
        np.testing.assert_allclose(path[rows], run.x[rows], rtol=1e-9, atol=1e-9)


def spreads(experiment):
    """How far each lane's path is moved, up to each step, by changes in the last places."""
    base = experiment.runs()
    found = [np.zeros(experiment.steps + 1) for _ in base]
    for dx, dy, rate in product((-ULPS, ULPS), repeat=3):
        for k, run in enumerate(nudged(experiment, dx, dy, rate).runs()):
            gap = np.abs(run.x - base[k].x) / (1 + np.abs(base[k].x))
            gap[np.isnan(run.x) & np.isnan(base[k].x)] = 0
            gap[np.isnan(gap)] = np.inf
            found[k] = np.maximum(found[k], gap.max(axis=1))
    return [np.maximum.accumulate(gaps) for gaps in found]


def nudged(experiment, dx, dy, rate):
    lanes = tuple(
        replace(x, optimizer=replace(x.optimizer, lr=moved(x.optimizer.lr, rate, 1e-6, 100.0)))
        for x in experiment.lanes
    )
    x, y = (moved(w, 8 * d, -1e6, 1e6) for w, d in ((experiment.x, dx), (experiment.y, dy)))
    return replace(experiment, lanes=lanes, x=x, y=y)


def moved(value, share, low, high):
    size = abs(value) if low > 0 else 1 + abs(value)
    return min(max(float(value + share * size), low), high)


@pytest.mark.parametrize("noise", [0.0, 0.5])
@pytest.mark.parametrize("key", OPTIMIZERS)
def test_the_script_reproduces_every_rule(key, noise):
    assert_reproduced(Experiment(lanes=(lane(key),), noise=noise, seed=5))


@pytest.mark.parametrize("noise", [0.0, 0.5])
@pytest.mark.parametrize("key", SURFACES)
def test_the_script_reproduces_every_surface(key, noise):
    lanes = (lane("adam"), lane("newton", damping=1.0))
    assert_reproduced(replace(Experiment(lanes=lanes, noise=noise), steps=100).on(SURFACES[key]()))


@pytest.mark.parametrize("noise", [0.0, 0.5])
@pytest.mark.parametrize("key", SCHEDULES)
def test_the_script_reproduces_every_schedule(key, noise):
    lanes = (lane("momentum", key), lane("adam"), lane("lion", key), lane("rprop", key))
    assert_reproduced(Experiment(lanes=lanes, noise=noise))


def test_the_script_reproduces_a_lane_that_diverges():
    assert_reproduced(DIVERGING)


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_the_script_reproduces_any_settings_of_a_rule(key):
    """On a bowl, where no rule is chaotic: rounding noise stays what it is."""

    @settings(max_examples=8)
    @given(entries(OPTIMIZERS[key]), SHORT)
    def check(rule, steps):
        assert_reproduced(Experiment(lanes=(Lane(rule),), steps=steps).on(SURFACES["sphere"]()))

    check()


@pytest.mark.parametrize("key", SCHEDULES)
def test_the_script_reproduces_any_settings_of_a_schedule(key):
    @settings(max_examples=12)
    @given(entries(SCHEDULES[key]), SHORT)
    def check(schedule, steps):
        lanes = tuple(Lane(OPTIMIZERS[rule](), schedule) for rule in ("adam", "momentum", "lion"))
        assert_reproduced(Experiment(lanes=lanes, steps=steps).on(SURFACES["sphere"]()))

    check()


@settings(max_examples=30)
@given(experiments())
def test_the_script_of_any_experiment_takes_the_first_step(experiment):
    assert_reproduced(replace(experiment, steps=1), least=1)


def test_what_torch_has_is_torch_s_own():
    own = {key for key, kind in OPTIMIZERS.items() if optimizer_code(kind())}
    names = {optimizer_code(OPTIMIZERS[key]()).split("(")[0].split(".")[-1] for key in own}
    assert names == {"SGD", "Rprop", "Adagrad", "Adadelta", "RMSprop"} | {
        *("Adam", "AdamW", "NAdam", "RAdam", "Adamax")
    }


@pytest.mark.parametrize("experiment", EVERYTHING, ids=range(len(EVERYTHING)))
def test_the_script_is_clean_and_stands_on_its_own(experiment, tmp_path):
    assert_stands_alone(experiment, pytorch_script(experiment), tmp_path, sys.executable)


def test_a_script_with_noise_says_when_numpy_draws_other_numbers(monkeypatch):
    assert_other_draws_are_told(pytorch_script, monkeypatch)
