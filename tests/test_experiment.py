"""The one value: what it refuses, what it computes, and that one lane's change costs one run."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.run.run import Run
from engine.run.trajectory import trajectory
from engine.setup.experiment import (
    COLORS,
    MOST_LANES,
    NAME_LENGTH,
    Experiment,
    Lane,
    _kept,
    first_lanes,
)
from optimizers import OPTIMIZERS
from surfaces import SURFACES
from tests.strategies import any_of, experiments, lanes

SHORT = st.integers(1, 20)


def misses():
    return _kept.cache_info().misses


@given(experiments())
def test_an_experiment_is_a_value(experiment):
    assert replace(experiment) == experiment
    assert hash(replace(experiment)) == hash(experiment)
    assert experiment.start == (experiment.x, experiment.y)
    assert len({experiment, replace(experiment)}) == 1


@settings(max_examples=50)
@given(experiments(), SHORT)
def test_runs_are_the_loop_s_runs_one_a_lane(experiment, steps):
    experiment = replace(experiment, steps=steps)
    runs = experiment.runs()
    assert len(runs) == len(experiment.lanes)
    for lane, run in zip(experiment.lanes, runs, strict=True):
        own = trajectory(
            Run(
                lane.optimizer,
                experiment.surface,
                experiment.start,
                steps,
                schedule=lane.schedule,
                sigma=experiment.noise,
                seed=experiment.seed,
            )
        )
        np.testing.assert_array_equal(run.x, own.x)
        np.testing.assert_array_equal(run.loss, own.loss)


@settings(max_examples=30)
@given(experiments(), SHORT)
def test_runs_cannot_be_written_into(experiment, steps):
    for run in replace(experiment, steps=steps).runs():
        for rows in (run.x, run.loss, run.gradient, run.lr, run.evaluations, *run.memory.values()):
            assert not rows.flags.writeable


@settings(max_examples=30)
@given(st.lists(lanes(), min_size=MOST_LANES, max_size=MOST_LANES), lanes(), st.data())
def test_changing_one_lane_computes_one_lane(six, other, data):
    before = Experiment(lanes=tuple(six), steps=data.draw(SHORT))
    kept = {(lane.optimizer, lane.schedule): None for lane in six}
    _kept.cache_clear()
    first = before.runs()
    assert misses() == len(kept)
    k = data.draw(st.integers(0, MOST_LANES - 1))
    after = replace(before, lanes=(*six[:k], other, *six[k + 1 :]))
    second = after.runs()
    assert misses() == len(kept | {(other.optimizer, other.schedule): None})
    for j in set(range(MOST_LANES)) - {k}:
        assert second[j] is first[j]


@settings(max_examples=30)
@given(experiments(), SHORT, st.data())
def test_how_a_lane_is_shown_costs_nothing(experiment, steps, data):
    experiment = replace(experiment, steps=steps)
    experiment.runs()
    before = misses()
    dressed = tuple(
        replace(lane, color=data.draw(st.sampled_from(COLORS)), name="x", visible=not lane.visible)
        for lane in experiment.lanes
    )
    replace(experiment, lanes=dressed, tolerance=1.0).runs()
    assert misses() == before


def test_the_seed_matters_only_with_noise():
    quiet = Experiment(steps=5)
    noisy = replace(quiet, noise=1.0)
    assert quiet.runs()[0] is replace(quiet, seed=1).runs()[0]
    assert not np.array_equal(noisy.runs()[0].x, replace(noisy, seed=1).runs()[0].x)


@pytest.mark.parametrize("kind", SURFACES.values())
def test_a_new_kind_of_surface_brings_its_start(kind):
    for first in SURFACES.values():
        experiment = Experiment(surface=first(), x=0.25, y=0.5).on(kind())
        assert experiment.start == ((0.25, 0.5) if kind is first else kind().start)
        assert experiment.surface == kind()


@given(any_of(SURFACES), st.floats(1e-12, 10.0))
def test_the_goal_is_the_tolerance_around_the_minimum(surface, tolerance):
    high, low, floor = Experiment(surface=surface, tolerance=tolerance).goal
    if surface.lowest is None:
        assert high == -np.inf
        assert floor == (-np.inf if surface.floor is None else surface.floor)
    else:
        assert high == surface.lowest + tolerance
        assert low == (-np.inf if surface.domain is None else surface.lowest - tolerance)
        assert floor <= low


def test_lanes_are_between_one_and_six():
    lane = first_lanes()[0]
    for count in (0, MOST_LANES + 1):
        with pytest.raises(ValueError, match=f"lanes: {count} is outside 1 to {MOST_LANES}"):
            Experiment(lanes=(lane,) * count)


@pytest.mark.parametrize("kind", OPTIMIZERS.values())
def test_a_lane_is_named_after_its_rule_until_it_has_a_name(kind):
    lane = Lane(kind())
    assert lane.label == kind.title
    assert replace(lane, name="mine").label == "mine"


@pytest.mark.parametrize("name", ["x" * (NAME_LENGTH + 1), "two\nlines", "\ud800", "\x00"])
def test_a_lane_refuses_a_name_that_could_not_be_shown(name):
    with pytest.raises(ValueError, match=f"name: at most {NAME_LENGTH} printable characters"):
        Lane(first_lanes()[0].optimizer, name=name)


def test_a_lane_refuses_an_unknown_color():
    with pytest.raises(ValueError, match="color: 'beige' is none of blue, "):
        Lane(first_lanes()[0].optimizer, color="beige")


def test_the_first_visit_shows_three_rules_in_their_own_colors():
    experiment = Experiment()
    assert len(experiment.lanes) == 3
    assert len({type(lane.optimizer) for lane in experiment.lanes}) == 3
    assert [lane.color for lane in experiment.lanes] == list(COLORS[:3])
    assert all(np.all(run.diverged < 0) for run in experiment.runs())
