"""What lanes are called: never two alike, and what differs is what is said."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.export import trajectories_csv
from engine.setup.experiment import Experiment, Lane
from engine.setup.handles import handles
from engine.setup.labels import labels
from engine.setup.link import read
from labs.view import View
from optimizers import OPTIMIZERS
from packets.offered import named as told
from packets.packet import unpack
from packets.race import race_packet
from tests.results import results
from tests.strategies import experiments

SAME_RULE = {
    "surface": "ravine",
    "a": "gradient_descent",
    "a.lr": "0.01",
    "b": "adam",
    "c": "gradient_descent",
    "c.lr": "0.002",
}


def named(*lanes):
    return labels(Experiment(lanes=lanes))


def test_lanes_of_different_rules_keep_their_titles():
    assert labels(Experiment()) == ("Gradient descent", "Momentum (lecture)", "Adam")


def test_equal_rules_say_the_rate_that_differs():
    wanted = ("Gradient descent, rate 0.01", "Adam", "Gradient descent, rate 0.002")
    assert labels(read(SAME_RULE)[0]) == wanted


def test_only_as_much_is_said_as_tells_them_apart():
    adam = OPTIMIZERS["adam"]
    found = named(*(Lane(adam(lr=lr, beta1=b)) for lr, b in ((0.1, 0.5), (0.2, 0.6))))
    assert found == ("Adam, rate 0.1", "Adam, rate 0.2")


def test_more_is_said_where_one_setting_leaves_two_alike():
    adam = OPTIMIZERS["adam"]
    found = named(*(Lane(adam(lr=lr, beta1=b)) for lr, b in ((0.1, 0.5), (0.1, 0.6), (0.2, 0.6))))
    assert len(set(found)) == 3
    assert all("rate" in name and "0." in name for name in found)


def test_a_schedule_that_differs_is_named():
    experiment, problems = read({"a": "adam", "b": "adam", "b.schedule": "cosine"})
    assert not problems
    assert labels(experiment) == ("Adam, constant", "Adam, cosine")


def test_lanes_alike_in_everything_are_counted():
    lane = Lane(OPTIMIZERS["adam"]())
    assert named(lane, lane, lane) == ("Adam", "Adam (2)", "Adam (3)")


def test_names_that_people_gave_are_told_apart_as_well():
    lane = Lane(OPTIMIZERS["adam"](), name="mine")
    other = Lane(OPTIMIZERS["rmsprop"](), name="mine")
    assert named(lane, other) == ("mine, Adam", "mine, RMSProp")


@given(experiments(), st.integers(0, 5), st.integers(0, 5))
def test_no_two_names_are_alike(experiment, k, j):
    lanes = experiment.lanes
    twin = replace(lanes[k % len(lanes)], name=lanes[j % len(lanes)].name)
    experiment = replace(experiment, lanes=(*lanes[:5], twin))
    found = labels(experiment)
    assert len(set(found)) == len(found) == len(experiment.lanes)
    pairs = zip(found, experiment.lanes, strict=True)
    assert all(name.startswith(lane.label) for name, lane in pairs)


@pytest.mark.parametrize(
    "said",
    [
        lambda e: [lane["label"] for lane in unpack(race_packet(e, View()))[0]["lanes"]],
        lambda e: [found.label for found in results(e)],
        lambda e: list(dict.fromkeys(h.owner for h in handles(e) if h.lane is not None)),
        lambda e: list(dict.fromkeys(_column(e))),
    ],
    ids=["packet", "results", "handles", "table"],
)
def test_every_place_says_the_same_names(said):
    experiment = read(SAME_RULE | {"steps": "3"})[0]
    assert said(experiment) == list(labels(experiment))


def _column(experiment):
    import csv
    import io

    rows = csv.DictReader(io.StringIO(trajectories_csv(experiment)))
    return [row["lane"] for row in rows]


RUNNER = Path(__file__).parent / "js" / "named.js"


@settings(max_examples=10)
@given(st.lists(experiments(), min_size=20, max_size=20))
def test_a_saved_page_tells_lanes_apart_in_the_same_words(several):
    for k in range(0, len(several), 2):  # lanes of one rule, some with other settings
        lanes = several[k].lanes
        alike = tuple(replace(lane, optimizer=type(lanes[0].optimizer)()) for lane in lanes)
        several[k] = replace(several[k], lanes=(*lanes[:1], *alike)[:6])
    cases = [
        {"lanes": told(each), "values": {one.key: text(one) for one in handles(each)}}
        for each in several
    ]
    done = subprocess.run(
        ["node", RUNNER], input=json.dumps(cases), capture_output=True, check=True, text=True
    )
    assert json.loads(done.stdout) == [list(labels(each)) for each in several]


def text(handle):
    return handle.declaration.write(handle.value)
