"""Rows of a file: kept by their content, learned from as arrays, and carried in saved files."""

import gc
import json
import tracemalloc
from dataclasses import replace

import numpy as np
import pytest

from engine.run.run import Run
from engine.run.trajectory import trajectory
from engine.setup.experiment import Experiment, Lane
from engine.setup.link import from_json, read, to_json, write
from engine.study.minima import all_minima
from labs.basins.study import centers, lane_basins
from labs.tuning.study import search
from labs.view import View
from optimizers import OPTIMIZERS
from packets.landscape import landscape
from packets.model import model, rows_drawn
from packets.modules import addresses
from packets.packet import unpack
from packets.race import race_packet
from surfaces import DATA
from surfaces.data import many
from surfaces.data.batches import Batch
from surfaces.data.columns import table
from surfaces.data.rows import Elsewhere
from surfaces.data.shelf import SHELF
from surfaces.data.swept import MOST_EXACT, coarse
from tests.test_export import assert_reproduced

KEYS = tuple(DATA)


def opened(n, target, seed=0):
    """A table of n rows that a loss of this target learns from, on the shelf."""
    rng = np.random.default_rng(seed)
    u = np.round(rng.normal(3.0, 2.0, n), 3)
    z = 0.6 * u - 1.0
    v = {
        "measured": np.round(z + rng.standard_t(3, n), 3),
        "counted": rng.poisson(np.exp(0.3 * z)).astype(float),
        "classes": (rng.random(n) < 1 / (1 + np.exp(-z))).astype(float),
        "signs": (rng.random(n) < 1 / (1 + np.exp(-z))).astype(float),
    }[target]
    return SHELF.keep(table("u", "v", u, v))


def loss_of(key, n=1000, **more):
    name, held = opened(n, DATA[key].target)
    return DATA[key](file=name, across="u (kg)", up="v", **more), held


def as_loop(loss):
    """The same rows as a tuple, which the lines that are written out go through one by one."""
    return tuple(map(tuple, np.array(loss.rows()).tolist()))


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("shape", [(), (3,), (4, 5)])
def test_means_over_arrays_are_those_of_the_loop(key, shape, monkeypatch):
    loss, _ = loss_of(key, 500)
    monkeypatch.setattr(many, "BLOCK", 1 << 11)
    w = np.random.default_rng(1).uniform(-1.5, 1.5, (2, *shape))
    rows = as_loop(loss)
    np.testing.assert_allclose(loss.value(w), loss.mean_cost(*w, rows), rtol=1e-12)
    np.testing.assert_allclose(loss.gradient(w), loss.mean_slope(*w, rows), rtol=1e-10, atol=1e-13)
    for got, wanted in zip(loss.hessian(w), loss.mean_bend(*w, rows), strict=True):
        np.testing.assert_allclose(got, wanted, rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("n", [1000, 5000])
def test_the_minimum_is_flat_and_none_lies_lower_near_by(key, n):
    loss, _ = loss_of(key, n)
    c = loss.minima[0]
    assert np.all(np.abs(loss.gradient(np.array([c.x, c.y]))) < 1e-8)
    around = np.array([c.x, c.y])[:, None] + 0.01 * np.array([[1, -1, 0, 0], [0, 0, 1, -1]])
    assert np.all(loss.value(around) > c.value)


def test_a_neuron_is_searched_over_few_rows_that_stand_for_many():
    loss, _ = loss_of("tanh_neuron", 5000)
    sketch = coarse(loss)
    assert isinstance(sketch, Batch)
    assert len(sketch.data) <= 300


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("n", [201, 3000])
def test_the_map_s_sketch_is_the_loss_to_less_than_a_color(key, n):
    loss, _ = loss_of(key, n)
    shown = landscape(loss, loss.window)
    exact = loss.value(np.array(np.meshgrid(shown.x, shown.y)))
    assert np.abs(shown.loss - exact).max() < 1e-4 * np.ptp(exact)
    assert np.abs(np.log((shown.loss - loss.lowest) / (exact - loss.lowest))).max() < 0.02


def test_a_quadratic_loss_is_drawn_as_it_is():
    loss, _ = loss_of("linear_regression", 5000)
    w = np.random.default_rng(0).uniform(-2, 2, (2, 50))
    np.testing.assert_allclose(loss.sketch.value(w), loss.value(w), rtol=1e-12)
    np.testing.assert_allclose(loss.sketch.gradient(w), loss.gradient(w), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("n", [MOST_EXACT, 5000, 100_000])
def test_thousands_of_runs_see_the_loss_with_its_own_minimum_in_a_few_rows(key, n):
    loss, _ = loss_of(key, n)
    swept, lowest = loss.swept, loss.minima[0]
    w = np.array(np.meshgrid(*(np.linspace(*side, 17) for side in loss.window)))
    ratio = (swept.value(w) - loss.lowest) / (loss.value(w) - loss.lowest)
    assert np.abs(np.log(ratio)).max() < 0.03
    assert float(swept.value(np.array(lowest[:2]))) == pytest.approx(loss.lowest, rel=1e-14)
    assert np.all(np.abs(swept.gradient(np.array(lowest[:2]))) < 1e-8)
    assert (swept is loss) == (n == MOST_EXACT and key != "linear_regression")


def maps_of(experiment):
    """A map of starts, and a search."""
    yield lane_basins(experiment, 0, centers(experiment.surface.window, 50))
    yield from search(experiment, 0, 60)


@pytest.mark.parametrize("key", KEYS)
def test_maps_and_searches_on_100_000_rows_are_bounded_in_memory(key):
    """20,000 runs at once would go through two thousand million numbers at every step."""
    loss, _ = loss_of(key, 100_000)
    x, y = loss.start
    lane = Lane(OPTIMIZERS["adam"]())
    experiment = Experiment(surface=loss, x=x, y=y, steps=4, lanes=(lane,))
    all_minima(loss, loss.window)
    tracemalloc.start()
    for _ in maps_of(experiment):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60e6


@pytest.mark.parametrize("size", ["1", "32"])
def test_batches_of_many_rows_go_once_through_all_in_an_epoch(size):
    loss, _ = loss_of("logistic_regression", 640, batch=size)
    w, steps = np.array([0.3, -0.4]), 640 // int(size)
    mean = np.mean([loss.seen(t).gradient(w) for t in range(1, steps + 1)], axis=0)
    np.testing.assert_allclose(mean, loss.gradient(w), rtol=1e-12)


def test_a_run_on_batches_takes_the_steps_of_its_batches():
    loss, _ = loss_of("tanh_neuron", 300, batch="16")
    rule = OPTIMIZERS["adam"]()
    run = trajectory(Run(rule, loss, loss.start, 20))
    w, memory = np.array(loss.start), rule.start(np.array(loss.start))
    for t in range(1, 21):
        w, memory = rule.step(t, rule.lr, w, memory, loss.seen(t))
        np.testing.assert_array_equal(run.x[t], w)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("batch", ["all", "8"])
def test_exported_code_holds_the_rows_and_reproduces_the_path(key, batch):
    loss, _ = loss_of(key, 250, batch=batch)
    lanes = tuple(Lane(OPTIMIZERS[rule]()) for rule in ("gradient_descent", "adam", "newton"))
    assert_reproduced(replace(Experiment(lanes=lanes, steps=30).on(loss)))


def test_a_link_names_the_content_and_a_saved_file_carries_it():
    loss, held = loss_of("huber_regression", 400)
    experiment = Experiment().on(loss)
    link, saved = write(experiment), to_json(experiment)
    assert link["surface.file"] == loss.file
    assert len("".join(link.values())) < 300
    assert read(link) == (experiment, ())
    rows = held.u.copy(), held.v.copy()
    again, problems = from_json(saved)
    assert (again, problems) == (experiment, ())
    np.testing.assert_array_equal((again.surface.table.u, again.surface.table.v), rows)


def test_a_link_whose_rows_are_not_here_says_what_it_needs():
    link = {"surface": "linear_regression", "surface.file": "0" * 24, "surface.across": "mass"}
    found, problems = read({**link, "a": "adam", "a.lr": "0.5"})
    assert found.lanes[0].optimizer.lr == 0.5
    assert "choose the columns mass and v" in problems[0]
    with pytest.raises(Elsewhere):
        DATA["linear_regression"](file="0" * 24)


def test_a_table_is_kept_as_long_as_a_loss_learns_from_it():
    name, held = opened(222, "measured", seed=77)
    loss = DATA["linear_regression"](file=name)
    del held
    gc.collect()
    assert SHELF.find(name) is loss.table
    del loss
    gc.collect()
    assert SHELF.find(name) is None


def test_equal_rows_are_one_table_and_other_rows_another():
    first, again, other = (opened(300, "measured", seed) for seed in (1, 1, 2))
    assert first[0] == again[0] != other[0]
    assert first[1] is again[1]


@pytest.mark.parametrize(
    "rows", [None, {}, {"u": [1, 2]}, {"u": [1, 2], "v": [1]}, {"u": "ab", "v": "cd"}, [[1], [2]]]
)
def test_rows_of_a_saved_file_that_are_none_are_refused(rows):
    loss, _ = loss_of("linear_regression", 300)
    text = to_json(Experiment().on(loss))
    head = text[: text.index('"rows"')]
    with pytest.raises(ValueError, match=r"rows are no two columns|at least 2"):
        from_json(f'{head}"rows": {json.dumps(rows)}}}')


def test_of_many_rows_some_are_drawn_and_the_stage_is_told_how_many_there_are():
    loss, _ = loss_of("linear_regression", 4000)
    experiment = replace(Experiment().on(loss), steps=5)
    header, arrays = unpack(race_packet(experiment, View()))
    assert header["model"]["count"] == 4000
    assert header["model"]["across"] == "u (kg), standardized"
    assert header["model"]["own"] is None
    assert arrays["dots"].shape == (1000, 2)
    np.testing.assert_allclose(arrays["dots"], rows_drawn(loss), rtol=1e-6)
    assert model(loss)["own"] is None
    adam = Lane(OPTIMIZERS["adam"]())
    assert addresses(loss, adam) == addresses(DATA["linear_regression"](), adam)
