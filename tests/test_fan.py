"""All stops of a handle at once: the same numbers as one run after another."""

from dataclasses import replace
from urllib.parse import urlencode

import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from engine.setup.experiment import Experiment
from engine.setup.handles import find, handles, turned
from engine.setup.link import read, spelled
from engine.study.fan import FEWEST_STOPS, MOST_STOPS, fan
from interface.routes import routes
from optimizers import OPTIMIZERS
from packets.fan import fan_packet
from packets.outcome import told
from packets.packet import unpack
from packets.race import result
from schedules import SCHEDULES
from surfaces import SURFACES
from tests.rounding import assert_same

SOME = ["rosenbrock", "saddle", "two_wells", "six_hump_camel", "two_layer_linear", "rastrigin"]
FOUR = {"a": "gradient_descent", "b": "momentum_lecture", "c": "adam", "d": "rmsprop"}


def single(whole, handle, stop):
    return turned(whole, {handle.key: int(stop) if handle.declaration.whole else float(stop)})


def assert_is_one_run_after_another(whole, handle):
    """Every path of a fan is that of a run of its own, to the last bit if powers round alike."""
    found = fan(whole, handle.key, None, None)
    for j in (0, len(found.stops) // 3, len(found.stops) - 1):
        runs = single(whole, handle, found.stops[j]).runs()
        for k, course in found.courses.items():
            optimizer = whole.lanes[k].optimizer
            surface = whole.surface
            assert_same(optimizer, course.x[:, :, j], runs[k].x, surface)
            assert_same(optimizer, course.loss[:, j], runs[k].loss, surface)
            np.testing.assert_array_equal(course.evaluations[:, 1], runs[k].evaluations[:, 1])
            assert course.diverged[j] == runs[k].diverged


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_every_hyperparameter_fans_out_as_single_runs(key):
    whole = read({"a": key, "steps": "50"})[0]
    for handle in handles(whole):
        if handle.lane == 0:
            assert_is_one_run_after_another(whole, handle)


@pytest.mark.parametrize("key", SCHEDULES)
def test_every_number_of_a_schedule_fans_out_as_single_runs(key):
    whole = read({"a": "adam", "a.schedule": key, "steps": "50", "noise": "0.3"})[0]
    for handle in handles(whole):
        if handle.key.startswith("a.schedule."):
            assert_is_one_run_after_another(whole, handle)


@pytest.mark.parametrize("key", SURFACES)
def test_surface_start_and_noise_fan_out_as_single_runs(key):
    whole = read({"surface": key, "a": "momentum", "a.lr": "0.001", "steps": "50"})[0]
    for handle in handles(whole):
        if handle.lane is None:
            assert_is_one_run_after_another(whole, handle)


def test_noise_fans_out_for_rules_that_cannot_be_recorded():
    whole = read({"a": "line_search", "steps": "30"})[0]
    assert_is_one_run_after_another(whole, find(whole, "noise"))


def test_only_the_lanes_that_a_handle_moves_are_run():
    whole = read(FOUR | {"steps": "20"})[0]
    assert set(fan(whole, "c.lr", None, None).courses) == {2}
    assert set(fan(whole, "x", None, None).courses) == {0, 1, 2, 3}


def test_the_present_value_is_a_stop_and_the_ends_are_kept_to():
    whole = replace(Experiment(steps=10), x=0.1234567)
    found = fan(whole, "x", -1.0, 1.5)
    assert 0.1234567 in found.stops
    assert (found.stops[0], found.stops[-1], len(found.stops)) == (-1.0, 1.5, MOST_STOPS)
    assert fan(whole, "x", 1.5, -1.0).stops[0] == -1.0
    assert fan(whole, "a.lr", -5.0, 1e9).stops[-1] == find(whole, "a.lr").declaration.high


def test_a_range_of_one_stop_is_one_stop():
    found = fan(Experiment(steps=10), "x", 0.5, 0.5)
    assert found.stops.tolist() == [0.5]
    assert found.courses[0].x.shape == (11, 2, 1)


def test_long_runs_of_many_lanes_get_fewer_stops():
    whole = read(dict.fromkeys("abcdef", "sign_descent") | {"steps": "2000"})[0]
    stops = len(fan(whole, "y", None, None).stops)
    assert FEWEST_STOPS <= stops < MOST_STOPS
    assert len(fan_packet(whole, "y")) < 3e6


def test_the_arrays_of_a_fan_are_shared_and_read_only():
    whole = Experiment(steps=10)
    found = fan(whole, "a.lr", None, None)
    assert found is fan(whole, "a.lr", None, None)
    with pytest.raises(ValueError, match="read-only"):
        found.courses[0].x[0] = 1


@pytest.mark.parametrize("surface", SOME)
@pytest.mark.parametrize("key", ["a.lr", "x", "noise", "surface.b", "surface.h"])
def test_a_packet_says_of_each_stop_what_its_own_race_says(surface, key):
    whole = read({"surface": surface, "a": "momentum", "b": "adam", "steps": "40"})[0]
    handle = find(whole, key)
    header, arrays = unpack(fan_packet(whole, key))
    if handle is None:
        assert "no setting" in header["problem"]
        return
    for lane in header["lanes"]:
        for j in range(0, len(header["stops"]), 10):
            one = read({**spelled(whole), key: header["stops"][j]})[0]
            run, k = one.runs()[lane["k"]], lane["k"]
            found, said = result(one, k, run), lane["outcomes"][j]
            assert said["final"] == pytest.approx(found.loss, nan_ok=True)
            assert (said["distance"] is None) == (not np.isfinite(found.distance))
            assert said["distance"] is None or said["distance"] == pytest.approx(found.distance)
            assert said["evaluations"] == found.evaluations
            ending = told(found.outcome, int(run.diverged), one.goal.leaving)
            assert {key: said[key] for key in ending} == ending
            assert said["diverged"] == run.diverged
            np.testing.assert_allclose(arrays[f"x{k}"][j], run.x, rtol=6e-8)
            loss = arrays[f"loss{k}"][j] if one.surface.lowest is None else None
            gap = None if loss is not None else arrays[f"gap{k}"][j]
            wanted = run.loss if gap is None else run.loss - one.surface.lowest
            np.testing.assert_allclose(loss if gap is None else gap, wanted, rtol=1e-6, atol=1e-30)


def test_a_diverged_stop_is_told_by_its_step_and_carries_no_number():
    header, _ = unpack(fan_packet(read({"a": "momentum", "steps": "200"})[0], "a.lr", 1e-4, 1.0))
    outcomes = header["lanes"][0]["outcomes"]
    assert outcomes[0]["diverged"] == -1
    assert outcomes[-1]["diverged"] > 0


@pytest.fixture(scope="module")
def client():
    with TestClient(Starlette(routes=routes())) as found:
        yield found


def test_the_route_answers_every_stop_of_a_handle(client):
    link = urlencode(FOUR | {"steps": "300", "view.scrub": "x", "range": "-1,2"})
    answer = client.get(f"/live/fan?{link}")
    header, arrays = unpack(answer.content)
    assert (header["key"], header["range"]) == ("x", [-1, 2])
    assert arrays["x3"].shape == (len(header["stops"]), 301, 2)
    assert len(answer.content) < 1e6


@pytest.mark.parametrize(
    "query",
    [
        "view.scrub=a.nothing",
        "view.scrub=%00",
        "",
        "view.scrub=a.lr&range=nan,inf",
        "view.scrub=a.lr&range=1",
        "view.scrub=x&range=-1e300,1e300",
        "view.scrub=steps&steps=-4&surface=moon",
    ],
)
def test_a_bad_link_to_the_route_is_answered(client, query):
    answer = client.get(f"/live/fan?{query}")
    assert answer.status_code == 200
    header, _ = unpack(answer.content)
    assert header.get("problem") or len(header["stops"]) > 1
