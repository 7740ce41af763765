"""Handles: every number of an experiment that can be turned, by the name it has in a link."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from declarations import Word
from engine.setup.experiment import Experiment
from engine.setup.handles import between, find, handles, lane_handles, reach, turned
from engine.setup.link import changed, read, spelled
from tests.strategies import experiments

WINDOW = (-2.0, 2.0)


@given(experiments())
def test_turning_a_handle_to_its_own_value_changes_nothing(experiment):
    for handle in handles(experiment):
        assert turned(experiment, {handle.key: handle.value}) == experiment
        assert find(experiment, handle.key) == handle


@given(experiments(), st.integers(1, 60))
def test_stops_rise_are_allowed_and_hold_the_present_value(experiment, count):
    for handle in handles(experiment):
        values = between(handle, *reach(handle, WINDOW), count)
        assert 1 <= len(values) <= count + 1
        assert np.all(np.diff(values) > 0)
        assert handle.value in values
        assert handle.declaration.problem(values) is None
        assert np.all(np.diff(handle.declaration.axis.place(values)) >= 0)


@given(experiments(), st.data())
def test_turning_does_what_the_link_does(experiment, data):
    handle = data.draw(st.sampled_from(handles(experiment)))
    value = float(data.draw(st.sampled_from(between(handle, *reach(handle, WINDOW), 9).tolist())))
    said = {handle.key: handle.declaration.write(value)}
    linked, problems = changed(experiment, said)
    assert problems == ()
    assert spelled(turned(experiment, {handle.key: value})) == spelled(linked)


@given(experiments())
def test_a_fully_spelled_link_reads_back(experiment):
    assert read(spelled(experiment)) == (experiment, ())


def test_a_range_of_one_value_is_one_stop():
    handle = find(Experiment(), "c.lr")
    assert between(handle, 0.1, 0.1, 41).tolist() == [0.1]
    assert between(handle, 0.5, 0.5, 41).tolist() == [0.5]


def test_a_rate_reaches_a_decade_to_either_side():
    assert reach(find(Experiment(), "c.lr"), WINDOW) == pytest.approx((0.01, 1.0))


def test_nothing_at_zero_reaches_from_zero_up():
    low, high = reach(find(Experiment(), "noise"), WINDOW)
    assert low == 0.0
    assert high > 1.0


def test_the_start_walks_along_its_side_of_the_map():
    assert reach(find(Experiment(), "x"), WINDOW) == WINDOW
    assert reach(find(Experiment(), "x"), (0.0, 1.0)) == (-1.2, 1.0)


def test_arrays_broadcast_through_a_turned_experiment():
    many = turned(Experiment(), {"c.lr": np.array([[0.1], [0.2]]), "x": np.array([0.0, 1.0, 2.0])})
    assert many.ends(2).loss.shape == (2, 3)


@pytest.mark.parametrize(
    "key", ["", "lr", "z.lr", "a", "a.", "a.wings", "a.schedule", "a.schedule.x.y", "steps", "seed"]
)
def test_a_name_that_is_no_handle_is_refused(key):
    assert find(Experiment(), key) is None
    with pytest.raises(KeyError):
        turned(Experiment(), {key: 1.0})


def test_a_value_outside_its_range_is_refused_with_its_name():
    with pytest.raises(ValueError, match=r"Adam\.beta1: 7 is outside"):
        turned(Experiment(), {"c.beta1": 7})


def test_a_lane_has_the_numbers_of_its_rule_and_of_its_schedule():
    experiment, _ = read({"a": "adam", "a.schedule": "exponential"})
    keys = [handle.key for handle in lane_handles(experiment, 0)]
    assert keys == ["a.lr", "a.beta1", "a.beta2", "a.eps", "a.weight_decay", "a.schedule.gamma"]


@pytest.mark.parametrize("name", ["a.lr", "surface.kappa", "x", "b.schedule.final_share"])
def test_a_word_reads_back(name):
    declaration = Word("setting", "A setting.")
    assert declaration.read(declaration.write(name)) == name
    assert declaration.read(declaration.write("")) == ""


@pytest.mark.parametrize("text", ["<b>", "a b", "a" * 31, "a.b.c.d", "\u00e9", "a..b", "a.\n"])
def test_what_no_setting_can_be_called_is_refused(text):
    with pytest.raises(ValueError, match="is not the name of a setting"):
        Word("setting", "A setting.").read(text)
