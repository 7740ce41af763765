"""What of theory travels with a race: only when it is shown, and the numbers it should be."""

import base64
import gzip
import json
import re
from dataclasses import replace

import numpy as np
import pytest

from engine.setup.experiment import Experiment, Lane
from engine.theory.resting_place import measured, resting_place
from engine.theory.stability import REGIMES
from interface.handout import handout
from labs.view import View
from optimizers import OPTIMIZERS
from packets.packet import unpack
from packets.race import race_packet
from packets.theory import along, leaving, theory
from schedules import SCHEDULES
from surfaces import SURFACES

START, HEAD, REST = range(3)


def race(surface, key, **more):
    surface = SURFACES[surface]() if isinstance(surface, str) else surface
    rule = OPTIMIZERS[key]() if isinstance(key, str) else key
    lane = Lane(rule, more.pop("schedule", SCHEDULES["constant"]()))
    return replace(Experiment(lanes=(lane,)).on(surface), **more)


def sent(experiment, **view):
    return unpack(race_packet(experiment, View(**view)))


def test_a_race_carries_theory_only_while_it_is_shown():
    experiment = race("ravine", "momentum")
    plain = sent(experiment)
    assert plain[0]["theory"] is None
    assert not [name for name in plain[1] if name.startswith(("theory", "predicted"))]
    for view in ({"lab": "theory"}, {"marks": ("axes",)}):
        header, arrays = sent(experiment, **view)
        assert header["theory"]["quadratic"]
        assert {"theory.limit", "theory.curvature", "predicted0"} <= arrays.keys()
    handed_out = unpack(race_packet(experiment, View(), ("theory",)))
    assert handed_out[0]["theory"]
    assert not handed_out[0]["view"]["marks"]


@pytest.mark.parametrize("surface", SURFACES)
def test_theory_stands_on_every_surface_for_every_rule(surface):
    for key in OPTIMIZERS:
        header, arrays = theory(race(surface, key, steps=12), 0)
        json.dumps(header, allow_nan=False)
        assert arrays["theory.curvature"].shape == (13, 3)
        if header["linear"]:
            assert arrays["theory.limit"].shape == (3, 13)
            assert arrays["theory.radius"].shape == arrays["theory.seen"].shape == (3, 13, 2)
            assert set(np.unique(arrays["theory.regime"])) <= set(range(len(REGIMES)))


@pytest.mark.parametrize("surface", ["rosenbrock", "himmelblau", "ravine"])
def test_the_heads_curvature_is_lapacks(surface):
    experiment = race(surface, "adam", steps=30)
    _, arrays = theory(experiment, 0)
    for w, (low, high, angle) in zip(
        experiment.runs()[0].x, arrays["theory.curvature"], strict=True
    ):
        xx, xy, yy = experiment.surface.hessian(w)
        matrix = np.array([[xx, xy], [xy, yy]])
        np.testing.assert_allclose([low, high], np.linalg.eigvalsh(matrix), rtol=1e-9)
        axis = np.array([np.cos(angle), np.sin(angle)])
        np.testing.assert_allclose(matrix @ axis, high * axis, rtol=1e-7, atol=1e-7 * abs(high))


def test_the_head_stands_at_the_start_first_and_near_the_minimum_last():
    rule = OPTIMIZERS["gradient_descent"](lr=1.2e-3)
    _, arrays = theory(race("rosenbrock", rule, steps=2000, x=1.3, y=1.6), 0)
    limits = arrays["theory.limit"]
    assert limits[HEAD, 0] == limits[START, 0]
    assert limits[HEAD, -1] == pytest.approx(limits[REST, -1], rel=0.3)
    assert np.ptp(limits[START]) == np.ptp(limits[REST]) == 0


def test_the_rate_in_force_follows_the_schedule():
    schedule = SCHEDULES["cosine"]()
    experiment = race("ravine", OPTIMIZERS["gradient_descent"](lr=0.019), schedule=schedule)
    header, arrays = theory(experiment, 0)
    rate = arrays["theory.rate"]
    np.testing.assert_array_equal(rate[:-1], experiment.runs()[0].lr)
    assert rate[0] / arrays["theory.limit"][HEAD, 0] == pytest.approx(0.95)
    assert rate[250] < rate[150] < rate[0]
    assert "predicted0" not in arrays
    assert header["quadratic"]


@pytest.mark.parametrize("key", ["adam", "rmsprop", "adagrad", "adamax", "amsgrad", "yogi"])
def test_the_scaling_shown_is_the_one_the_next_step_takes(key):
    """Without momentum the next step is -lr S g, so S can be read off the path."""
    settings = {"beta1": 0.0} if hasattr(OPTIMIZERS[key](), "beta1") else {}
    experiment = race("rosenbrock", OPTIMIZERS[key](**settings), steps=40)
    run = experiment.runs()[0]
    moves = along(experiment.lanes[0].optimizer, run, leaving(run))
    taken = -np.diff(run.x, axis=0) / run.lr[:, None]
    np.testing.assert_allclose(
        taken[1:], (moves.scale.T * run.gradient)[1:-1], rtol=1e-6, atol=1e-9
    )


def test_weight_decay_moves_the_place_of_rest_and_steepens_everything():
    rule = OPTIMIZERS["gradient_descent"](lr=0.01, weight_decay=0.5)
    experiment = race("booth", rule, steps=2000)
    header, arrays = theory(experiment, 0)
    assert header["places"][REST]["kind"] == "rest"
    np.testing.assert_allclose(header["places"][REST]["at"], experiment.runs()[0].x[-1], atol=1e-9)
    assert arrays["theory.limit"][REST, 0] == pytest.approx(2 / 18.5)


def test_a_place_of_rest_is_the_minimum_near_the_end():
    surface = SURFACES["himmelblau"]()
    experiment = race(surface, "adam", x=-3.0, y=3.0)
    place = resting_place(surface, experiment.runs()[0], 0.0)
    np.testing.assert_allclose(place.point, [-2.805118, 3.131312], atol=1e-6)
    saddle = race("saddle", "gradient_descent")
    assert resting_place(saddle.surface, saddle.runs()[0], 0.0).kind == "saddle"


def test_the_measured_factor_is_the_foretold_one():
    """At Polyak's optimum and for a swing longer than the usual window of 20 steps."""
    for lr, beta in ((0.05, 0.3), (0.001, 0.95)):
        rule = OPTIMIZERS["momentum"](lr=lr, beta=beta)
        header, arrays = theory(race(SURFACES["ravine"](kappa=1.0), rule), 0)
        foretold = arrays["theory.radius"][REST, 0].max()
        assert arrays["theory.measured"][-1] == pytest.approx(foretold, rel=2e-3)
        assert header["span"] >= 20


def test_nothing_is_measured_before_there_are_steps_or_at_the_very_place():
    run = race("ravine", OPTIMIZERS["newton"](), steps=30).runs()[0]
    place = resting_place(SURFACES["ravine"](), run, 0.0)
    assert np.all(np.isnan(measured(run, place, 20)))


def test_a_kink_has_no_curvature():
    header, _ = theory(race("ackley", "gradient_descent", x=0.1, y=0.1), 0)
    rest = header["places"][REST]
    assert rest["kink"]
    assert rest["high"] is None


def test_diverged_lanes_show_nothing_after_their_end():
    rule = OPTIMIZERS["gradient_descent"](lr=0.05)
    experiment = race("ravine", rule)
    _, arrays = theory(experiment, 0)
    gone = int(experiment.runs()[0].diverged)
    assert gone > 0
    assert np.all(np.isnan(arrays["theory.curvature"][gone:, 0]))
    assert np.all(arrays["theory.rate"][:gone] / arrays["theory.limit"][HEAD, :gone] > 1)


def test_a_handout_carries_theory_for_every_lane_whatever_it_showed():
    lanes = tuple(Lane(OPTIMIZERS[key]()) for key in ("momentum", "adam"))
    experiment = replace(Experiment(lanes=lanes), steps=20).on(SURFACES["ravine"]())
    page = handout(experiment, View(lab="results"))
    packed = re.findall(r'data-packet="race">([^<]+)<', page)
    headers = [unpack(gzip.decompress(base64.b64decode(text)))[0] for text in packed]
    assert [header["theory"]["scaled"] for header in headers] == [False, True]
    assert all(header["view"]["lab"] == "results" for header in headers)
