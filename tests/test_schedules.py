"""Every learning-rate schedule against torch.optim.lr_scheduler, and what all of them keep to."""

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from declarations import Number, declarations, defaults
from engine.notation import evaluate, parse, symbol
from engine.notation.rules import TIME, parameters
from engine.run.run import Run
from engine.run.trajectory import trajectory
from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from surfaces import SURFACES
from tests.simple_surfaces import Bowl, Slope
from tests.strategies import drawn

DATA = np.load(Path(__file__).parent / "oracles" / "schedules.npz")
CASES = list(zip(json.loads(str(DATA["cases"])), DATA["rates"], strict=True))
LOSSES = DATA["losses"]
COMPARED = {case["schedule"] for case, _ in CASES}
NAMES = [f"{case['schedule']}-{case['steps']}" for case, _ in CASES]
every_schedule = pytest.mark.parametrize("key", SCHEDULES)


def factors(schedule, steps, losses=None):
    """The factor at each step; `losses` (steps, ...) is what the schedule gets to see."""
    memory, found = schedule.start(), []
    for t in range(steps):
        found.append(schedule.factor(t, steps, memory))
        if losses is not None:
            memory = schedule.observe(losses[t], memory)
    return np.array(np.broadcast_arrays(*found))


@pytest.mark.parametrize(("case", "rates"), CASES, ids=NAMES)
def test_the_rates_are_pytorchs(case, rates):
    schedule = SCHEDULES[case["schedule"]](**case["settings"])
    watched = LOSSES[case["loss"]] if "loss" in case else None
    found = factors(schedule, case["steps"], watched)
    np.testing.assert_allclose(found, rates[: case["steps"]], rtol=1e-11, atol=1e-14)


def test_every_schedule_was_compared_with_two_settings():
    for key in COMPARED - {"constant"}:
        settings = [json.dumps(case["settings"]) for case, _ in CASES if case["schedule"] == key]
        assert len(set(settings)) >= 2, key


@pytest.mark.parametrize(
    "key", ["exponential", "inverse", *(k for k in SCHEDULES if k not in COMPARED)]
)
def test_a_schedule_without_a_peer_does_what_is_printed(key):
    """T is the number of steps; of two of those that were compared the print can be carried out."""
    for seed in range(5):
        schedule = drawn(SCHEDULES[key](), seed)
        values = {TIME: np.arange(40.0), symbol("T"): 40.0, symbol(r"\eta"): 1.0}
        line = parse(schedule.rule).expression
        found = evaluate(line, values | parameters(schedule), SURFACES["sphere"]())
        np.testing.assert_allclose(factors(schedule, 40), found, rtol=1e-12)


def test_plateaus_were_found_in_the_oracle():
    drops = [len(set(rates)) for case, rates in CASES if "loss" in case]
    assert sum(drop > 2 for drop in drops) > len(drops) / 2


def test_a_plateau_is_watched_lane_by_lane():
    settings = {"gamma": 0.5, "patience": 3, "cooldown": 4, "floor": 0.05}
    schedule = SCHEDULES["reduce_on_plateau"](**settings)
    together = factors(schedule, 300, LOSSES.T)
    for k, watched in enumerate(LOSSES):
        np.testing.assert_array_equal(together[:, k], factors(schedule, 300, watched))
    assert len({tuple(column) for column in together.T}) > 2


def test_the_loss_before_a_step_acts_from_the_next_step_on():
    schedule = SCHEDULES["reduce_on_plateau"](patience=2, gamma=0.5)
    rule = OPTIMIZERS["gradient_descent"](lr=1.0)
    run = trajectory(Run(rule, Slope(0.0, 0.0), (0.0, 0.0), 9, schedule=schedule))
    np.testing.assert_array_equal(run.lr, [1, 1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25])


def test_a_loss_that_keeps_falling_keeps_the_rate():
    rule = OPTIMIZERS["gradient_descent"](lr=0.1)
    schedule = SCHEDULES["reduce_on_plateau"](patience=1)
    run = trajectory(Run(rule, Bowl(1.0, 2.0), (1.0, 1.0), 60, schedule=schedule))
    np.testing.assert_array_equal(run.lr, 0.1)


@every_schedule
def test_a_run_takes_the_rates_of_its_schedule(key):
    schedule, rule = SCHEDULES[key](), OPTIMIZERS["gradient_descent"](lr=0.01)
    run = trajectory(Run(rule, SURFACES["booth"](), (1.0, -1.0), 50, schedule=schedule))
    np.testing.assert_allclose(run.lr, 0.01 * factors(schedule, 50, run.loss), rtol=1e-15)
    moved = run.x[:-1] - run.lr[:, None] * run.gradient[:-1]
    np.testing.assert_allclose(run.x[1:], moved, rtol=1e-12)


@every_schedule
@pytest.mark.parametrize("steps", [1, 2, 3, 7, 2000])
def test_factors_are_shares_at_every_stop_and_length(key, steps):
    for name, declaration in declarations(SCHEDULES[key]).items():
        stops = declaration.stops() if isinstance(declaration, Number) else (False, True)
        for stop in {stops[0], stops[len(stops) // 2], stops[-1]}:
            schedule = replace(SCHEDULES[key](), **{name: stop})
            found = factors(schedule, min(steps, 50), np.zeros(50))
            last = schedule.factor(steps - 1, steps, schedule.start())
            assert np.all((found >= 0) & (found <= 1 + 1e-15))
            assert 0 <= last <= 1 + 1e-15


@every_schedule
def test_lengths_are_shares_of_the_run(key):
    """Four times as many steps stretch the curve, or leave it where only steps count."""
    short, long = (factors(SCHEDULES[key](), n, np.exp(-np.arange(n))) for n in (200, 800))
    stretched = np.abs(long[::4] - short).max() < 0.02
    per_step = np.array_equal(long[:200], short)
    assert stretched or per_step


@every_schedule
def test_the_schedule_says_what_it_is(key):
    kind = SCHEDULES[key]
    assert re.search(r"torch\.optim\.lr_scheduler|doi:|arXiv:", kind.source)
    assert kind.rule.startswith(r"\eta_")
    assert len({other.title for other in SCHEDULES.values()}) == len(SCHEDULES)
    for name, declaration in declarations(kind).items():
        assert declaration.problem(defaults(kind)[name]) is None
        if isinstance(declaration, Number):
            with pytest.raises(ValueError, match=rf"{kind.__name__}\.{name}: .* is outside"):
                kind(**{name: declaration.high + 1})


def test_cosine_rises_again_after_its_length():
    found = factors(SCHEDULES["cosine"](length=0.5), 100)
    assert found[50] == pytest.approx(0, abs=1e-15)
    assert found[75] == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("key", "settings", "floor"),
    [
        ("constant", {}, 0.0556),
        ("step", {"interval": 0.8, "gamma": 0.1}, 0.0050),
        ("cosine", {}, 0.0024),
        ("inverse", {"k": 0.1}, 0.0007),
    ],
)
def test_a_falling_rate_averages_noise_out(key, settings, floor):
    """Expected loss x^2 / 2 after 1000 noisy steps from 5: mean and variance, step by step."""
    mean, variance = 5.0, 0.0
    for lr in 0.2 * factors(SCHEDULES[key](**settings), 1000):
        mean, variance = (1 - lr) * mean, (1 - lr) ** 2 * variance + lr**2
    assert (mean**2 + variance) / 2 == pytest.approx(floor, rel=0.06)


def test_a_relative_threshold_speaks_up_where_losses_are_below_zero():
    plateau = SCHEDULES["reduce_on_plateau"]
    assert "below 0" in plateau().caveat(np.array([2.0, -0.5]))
    assert plateau().caveat(np.array([2.0, 0.5])) == ""
    assert plateau(relative=False).caveat(np.array([-0.5])) == ""
    assert all(
        kind().caveat(np.array([-1.0])) == "" for kind in SCHEDULES.values() if kind is not plateau
    )
