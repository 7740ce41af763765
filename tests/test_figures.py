"""What is on screen, as data: landscape, race and packet."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from engine.run.outcome import End
from engine.run.run import Run
from engine.run.trajectory import trajectory
from engine.setup.experiment import Experiment, Lane
from engine.setup.link import SLOTS, read, write
from labs.view import View, split, write_view
from optimizers import OPTIMIZERS
from packets.landscape import RESOLUTION, landscape, landscape_packet
from packets.packet import pack, unpack
from packets.palette import STYLES
from packets.race import (
    LONGEST_SAID,
    caption,
    effective_rate,
    lane_caption,
    race_packet,
    sign_changes,
    weight_rates,
)
from surfaces import SURFACES
from tests.results import results
from tests.strategies import experiments


def lane_of(key, **settings):
    return Lane(OPTIMIZERS[key](**settings))


@pytest.mark.parametrize("key", SURFACES)
def test_a_landscape_holds_true_losses_and_gradients_over_its_window(key):
    surface = SURFACES[key]()
    grid = landscape(surface, surface.window)
    assert grid.loss.shape == (RESOLUTION, RESOLUTION)
    assert grid.gradient.shape == (2, RESOLUTION, RESOLUTION)
    for row, column in ((0, 0), (7, 90), (RESOLUTION - 1, 3)):
        at = np.array([grid.x[column], grid.y[row]])
        np.testing.assert_allclose(grid.loss[row, column], surface.value(at), rtol=1e-12)
        np.testing.assert_allclose(grid.gradient[:, row, column], surface.gradient(at), rtol=1e-9)


@pytest.mark.parametrize("key", SURFACES)
def test_the_landscape_marks_every_critical_point(key):
    surface = SURFACES[key]()
    header, _ = unpack(landscape_packet(surface, surface.window))
    found = [(c["x"], c["y"], c["kind"]) for c in header["critical"]]
    assert found == [(c.x, c.y, c.kind) for c in surface.critical_points]


@pytest.mark.parametrize(
    ("key", "words"),
    [("mccormick", "lowest in this window"), ("rosenbrock", "global minimum")],
)
def test_what_is_lowest_in_its_window_alone_is_called_that(key, words):
    surface = SURFACES[key]()
    header, _ = unpack(landscape_packet(surface, surface.window))
    assert {c["said"] for c in header["critical"] if c["kind"] == "global minimum"} == {words}


def test_the_effective_rate_of_gradient_descent_is_its_learning_rate():
    run = Experiment(lanes=(lane_of("gradient_descent", lr=0.002),), steps=50).runs()[0]
    np.testing.assert_allclose(effective_rate(run), 0.002, rtol=1e-6)
    assert effective_rate(run).shape == (50, 2)


def test_the_effective_rate_of_sign_descent_is_its_rate_over_the_gradient():
    run = Experiment(lanes=(lane_of("sign_descent", lr=0.01),), steps=50).runs()[0]
    np.testing.assert_allclose(effective_rate(run), 0.01 / np.abs(run.gradient[:-1]), rtol=1e-6)


def test_the_effective_rate_is_not_a_number_where_the_gradient_is_zero():
    experiment = Experiment(lanes=(lane_of("gradient_descent"),), x=1.0, y=1.0, steps=5)
    assert np.isnan(effective_rate(experiment.runs()[0])).all()


def test_sign_changes_are_the_steps_at_which_the_gradient_has_flipped():
    experiment = Experiment(lanes=(lane_of("momentum"),), steps=100)
    run = experiment.runs()[0]
    for side, flips in enumerate(sign_changes(run)):
        g = run.gradient[:, side]
        assert flips == [t for t in range(1, 101) if g[t] * g[t - 1] < 0]
    assert any(sign_changes(run))


def test_results_sum_up_a_run_that_arrives_and_one_that_breaks():
    lanes = (lane_of("newton"), lane_of("gradient_descent", lr=1.0))
    experiment = Experiment(lanes=lanes, steps=100)
    arrived, broken = results(experiment)
    assert arrived.outcome.end is End.ARRIVED
    assert arrived.loss < experiment.tolerance
    assert arrived.distance < 0.1
    run = experiment.runs()[1]
    assert (broken.outcome.end, broken.outcome.step) == (End.DIVERGED, run.diverged)
    assert broken.loss == run.loss[run.diverged - 1]
    assert np.isfinite([broken.loss, broken.distance]).all()


def test_results_count_gradient_evaluations():
    experiment = Experiment(lanes=(lane_of("gradient_descent"), lane_of("nesterov")), steps=40)
    assert [found.evaluations for found in results(experiment)] == [40, 40]


def rates_of(key, surface="rosenbrock", steps=100, **settings):
    there = Experiment(lanes=(lane_of(key, **settings),), steps=steps).on(SURFACES[surface]())
    (run,) = there.runs()
    return weight_rates(there.lanes[0].optimizer, run), run


def test_a_weights_learning_rate_is_what_the_rule_gives_it():
    rate, _ = rates_of("gradient_descent", lr=0.001)
    np.testing.assert_allclose(rate, 0.001)
    rate, _ = rates_of("momentum", lr=0.0005, beta=0.9)
    np.testing.assert_allclose(rate[[0, 1, -1]].T, [[0.0005, 0.00095, 0.005]] * 2, rtol=1e-4)
    rate, run = rates_of("adam", lr=0.1)
    root = np.sqrt(run.memory["v"][1:] / (1 - 0.999 ** np.arange(1, 101))[:, None])
    np.testing.assert_allclose(rate, 0.1 / (root + 1e-8), rtol=1e-9)
    rate, run = rates_of("local_gains", surface="ravine", lr=0.01)
    np.testing.assert_allclose(rate, 0.01 * run.memory["gain"][1:], rtol=1e-12)


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_a_learning_rate_has_no_poles_and_no_sign(key):
    """T5: the quotient of step and gradient flies off wherever the slope changes its sign."""
    rate, run = rates_of(key, surface="ravine", steps=60)
    known = rate[np.isfinite(rate)]
    assert rate.shape == (60, 2)
    assert (known >= 0).all()
    assert np.isnan(rate[run.diverged :]).all() or run.diverged < 0


@given(experiments())
@settings(max_examples=40, deadline=None)
def test_a_race_holds_every_lane_of_any_experiment(experiment):
    header, arrays = unpack(race_packet(experiment, View()))
    assert len(header["lanes"]) == len(experiment.lanes)
    for k, run in enumerate(experiment.runs()):
        with np.errstate(over="ignore", under="ignore"):
            np.testing.assert_allclose(arrays[f"x{k}"], run.x, rtol=6e-8)
        assert arrays[f"rate{k}"].shape == (experiment.steps, 2)
        assert header["lanes"][k]["diverged"] == run.diverged


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_a_race_holds_the_memory_of_the_chosen_lane_by_its_symbols(key):
    experiment = replace(Experiment(), lanes=(lane_of("adam"), lane_of(key)), steps=12)
    header, arrays = unpack(race_packet(experiment, View(chosen=1)))
    memory = experiment.runs()[1].memory
    assert list(header["memory"]) == list(experiment.lanes[1].optimizer.memory_symbols)
    assert {n for n in arrays if n.startswith("memory.")} == {f"memory.{n}" for n in memory}


@given(experiments())
def test_captions_hold_every_setting_that_a_link_would_hold(experiment):
    said = [caption(experiment), *map(lane_caption, experiment.lanes)]
    noisy = experiment.noise > 0
    for key, text in write(experiment).items():
        slot, _, name = key.partition(".")
        looks = name in ("name", "color", "shown") or key in ("lanes", "surface")
        if looks or (slot == "surface" and name in experiment.surface.unused()):
            continue
        line = said[1 + SLOTS.index(slot)] if slot in SLOTS else said[0]
        if name == "schedule":
            lane = experiment.lanes[SLOTS.index(slot)]
            assert lane.schedule.title.lower() in line
        elif name:
            assert f"{name.rpartition('.')[2]} = {text[:LONGEST_SAID]}" in line
        elif key not in SLOTS and (key != "seed" or noisy):
            assert text in line


def test_lanes_differ_in_color_dash_and_marker():
    for part in zip(*STYLES.values(), strict=True):
        assert len(set(part)) == len(STYLES)


TYPES = st.sampled_from([np.dtype("f4"), np.dtype("i4")])
SHAPES = arrays_of.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=7)
ARRAYS = TYPES.flatmap(lambda kind: arrays_of.arrays(kind, SHAPES))
TEXT = st.text(st.characters(codec="utf-8"), max_size=20)


@given(st.dictionaries(TEXT.filter(lambda name: name != "arrays"), TEXT | st.integers()), TEXT)
@settings(max_examples=50)
def test_headers_come_back_from_a_packet(header, name):
    found, arrays = unpack(pack(header, {name: np.arange(3.0)}))
    del found["arrays"]
    assert found == header
    assert arrays[name].tolist() == [0, 1, 2]


@given(st.dictionaries(TEXT, ARRAYS, max_size=4))
@settings(max_examples=100)
def test_arrays_come_back_from_a_packet(arrays):
    packed = pack({}, arrays)
    assert len(packed) % 8 == 0
    _, found = unpack(packed)
    assert list(found) == list(arrays)
    for name, array in arrays.items():
        assert found[name].dtype == array.dtype
        np.testing.assert_array_equal(found[name], array)


def test_doubles_travel_as_floats_where_that_keeps_their_size():
    values = np.array([np.nan, np.inf, -np.inf, 0.1, 0.0])
    _, found = unpack(pack({}, {"x": values}))
    np.testing.assert_array_equal(found["x"], values.astype("f4"))
    for odd in (1e300, -3.5e38, 1e-300, 2e-45):
        values[3] = odd
        np.testing.assert_array_equal(unpack(pack({}, {"x": values}))[1]["x"], values)


def test_a_sign_is_never_read_off_a_number_that_was_lost_on_the_way():
    """Ravine, local gains, from step 240 on: a gradient of 2e-42 is not 0, and its sign not 0."""
    there = read({"surface": "ravine", "a": "local_gains", "steps": "300"})[0]
    gradient = there.runs()[0].gradient
    _, arrays = unpack(race_packet(there, View()))
    assert np.abs(gradient[gradient != 0]).min() < 1e-40
    np.testing.assert_array_equal(np.sign(arrays["gradient0"]), np.sign(gradient))
    values = arrays["slots"]
    assert (np.abs(values[np.isfinite(values) & (values != 0)]) < 1e-40).any()


def test_numbers_beyond_single_precision_arrive():
    there = read({"surface": "ravine", "a": "gradient_descent", "a.lr": "100", "steps": "20"})[0]
    run = there.runs()[0]
    huge = trajectory(Run(there.lanes[0].optimizer, SURFACES["goldstein_price"](), (9.0, 9e9), 1))
    assert huge.loss[0] > 3.4e38
    _, arrays = unpack(pack({}, {"loss": huge.loss, "x": run.x}))
    assert arrays["loss"][0] == huge.loss[0]


@pytest.mark.parametrize(
    "view",
    [
        View(),
        View(chosen=2, map="both", size="projector"),
        View(panels=("memory",)),
        View(step=0),
        View(camera=(-113.0, 34.4, 1.85)),
        View(camera=(-113.0, 34.4, 1.85, 0.25, -0.5, 1e-3)),
        View(step=41, window=(-0.25, 1 / 3, 1e-7, 2.5)),
    ],
)
def test_a_view_goes_into_a_link_and_comes_back(view):
    assert split(write_view(view)) == (view, {}, ())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("window", "0,1,2"),
        ("window", "0,1,2,nan"),
        ("window", "0,1,2,x"),
        ("window", "1,0,0,1"),
        ("window", "0,1,1,1"),
        ("window", "0,2e9,0,1"),
        ("camera", "1,2"),
        ("camera", "1,2,x"),
        ("camera", "400,0,1"),
        ("camera", "0,91,1"),
        ("camera", "0,0,0"),
        ("camera", "0,0,nan"),
        ("camera", "0,0,1,2"),
        ("camera", "0,0,1,0,0,nan"),
        ("camera", "0,0,1,0,21,0"),
        ("step", "-1"),
        ("step", "2001"),
        ("step", "1.5"),
    ],
)
def test_a_zoom_or_a_step_that_cannot_be_is_refused_in_words(name, text):
    view, _, (problem,) = split({f"view.{name}": text})
    assert view == View()
    assert problem.startswith(f"view.{name}: ")
    allowed = {
        "window": ["rectangle x0,x1,y0,y1"],
        "camera": ["camera round,up,far"],
        "step": ["0 to 2000", "whole number"],
    }
    assert any(said in problem for said in allowed[name])


def test_a_bad_view_takes_its_defaults_and_says_so():
    view, rest, problems = split({"view.chosen": "9", "view.map": "4d", "a": "adam"})
    assert (view, rest, len(problems)) == (View(), {"a": "adam"}, 2)
