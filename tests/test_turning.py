"""A ravine that takes the start along when it is turned changes nothing but the axes."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.setup.experiment import FARTHEST_START, Experiment
from engine.setup.first import chosen
from engine.setup.handles import turned
from engine.setup.link import changed, query, read, write
from surfaces import SURFACES

ANGLES = st.integers(0, 90).map(float) | st.floats(0.0, 90.0)
SIDE = st.floats(-5.0, 5.0).map(lambda side: round(side, 3))

LANES = {"a": "gradient_descent", "a.lr": "0.0195", "b": "momentum", "b.lr": "0.015", "c": "adam"}


def ravine(**more):
    link = {"surface": "ravine", "surface.turn": "on", "steps": "60", **LANES}
    experiment, problems = read(link | more)
    assert not problems
    return experiment


def losses(experiment):
    return [run.loss for run in experiment.runs()]


@given(ANGLES)
def test_gradient_descent_does_not_care_how_the_ravine_lies_and_adam_does(theta):
    straight, askew = losses(ravine()), losses(turned(ravine(), {"surface.theta": theta}))
    for k in (0, 1):
        np.testing.assert_allclose(askew[k], straight[k], rtol=1e-5)
    if 10 <= theta <= 80:
        assert np.max(np.abs(np.log(askew[2] / straight[2]))) > 0.1


def test_without_the_switch_the_start_stays_and_the_problem_is_another():
    still, _ = changed(ravine(**{"surface.turn": "off"}), {"surface.theta": "40"})
    assert still.start == (-4.5, 1.5)
    assert losses(still)[0][0] > 5 * losses(ravine())[0][0]


@given(SIDE, SIDE, ANGLES, ANGLES)
def test_turned_to_and_fro_the_start_is_where_it_was(x, y, theta, other):
    here = turned(ravine(), {"x": x, "y": y})
    there = turned(turned(here, {"surface.theta": theta}), {"surface.theta": other})
    assert turned(there, {"surface.theta": 0.0}) == here
    assert np.hypot(*there.start) == pytest.approx(np.hypot(x, y), abs=1e-6)


@given(ANGLES)
def test_a_ravine_with_its_own_start_needs_no_start_in_its_link(theta):
    there = turned(ravine(), {"surface.theta": theta})
    assert {"x", "y"}.isdisjoint(write(there))
    assert read(write(there))[0] == there


@given(SIDE, SIDE, ANGLES)
def test_sliders_links_and_handles_turn_alike(x, y, theta):
    here = turned(ravine(), {"x": x, "y": y})
    by_handle = turned(here, {"surface.theta": theta})
    by_link, _ = changed(here, {"surface.theta": str(theta)})
    by_slider = here.on(replace(here.surface, theta=theta))
    assert by_handle == by_link == by_slider


@given(SIDE, ANGLES)
def test_a_coordinate_that_is_given_is_the_place_itself(x, theta):
    said = {"surface.theta": str(theta), "x": str(x)}
    by_link, _ = changed(ravine(), said)
    assert by_link.x == x
    assert by_link == turned(ravine(), {"x": x, "surface.theta": theta})


def test_the_switch_itself_takes_the_start_along():
    askew, _ = changed(ravine(**{"surface.turn": "off"}), {"surface.theta": "30"})
    on = askew.on(replace(askew.surface, turn=True))
    assert on.start == pytest.approx((-4.6471143, -0.9509619))
    assert on.on(replace(on.surface, turn=False)) == askew


def test_a_start_at_the_edge_of_what_is_allowed_stays_allowed():
    far = ravine(x=str(FARTHEST_START), y=str(FARTHEST_START))
    assert max(np.abs(turned(far, {"surface.theta": 45.0}).start)) <= FARTHEST_START


def test_a_ravine_chosen_from_the_menu_turns_its_start_and_an_old_link_does_not():
    assert "surface.turn=on" in query(chosen(Experiment(), SURFACES["ravine"]()))
    assert not read({"surface": "ravine"})[0].surface.turn
