"""What is felt under the hand is what the server would say, and modules come from menus alone."""

import json
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import get_type_hints

import numpy as np
import pytest

from engine.setup.link import changed, read
from labs.view import View
from optimizers import OPTIMIZERS
from packets.headers import CriticalHeader
from packets.landscape import landscape_packet
from packets.modules import LONGEST, NoModule, addresses, module, modules
from packets.packet import unpack
from packets.race import race_packet
from packets.significant import significant
from surfaces import SURFACES
from surfaces.drawn import Drawn, letters
from tests.test_many_rows import loss_of

RUNNER = Path(__file__).parent / "js" / "race.js"
USUAL, THEORY = View(), View(lab="theory")
WORDS = ("arrived", "reached", "passed", "diverged", "final", "distance", "evaluations")
ENDS = ("end", "gone", "events", "words")


def felt(folder, experiment, changes, view=USUAL):
    """The races that the browser computes for some changes of a kept experiment."""
    surface = experiment.surface
    (folder / "package.json").write_text('{"type": "module"}')
    (folder / "kept.bin").write_bytes(race_packet(experiment, view))
    (folder / "land.bin").write_bytes(landscape_packet(surface, surface.window))
    names = {a for lane in modules(experiment, 0) if lane for a in lane.values()}
    files = {address: f"m{k}.js" for k, address in enumerate(sorted(names))}
    for address, name in files.items():
        (folder / name).write_text(module(address))
    (folder / "modules.json").write_text(json.dumps(files))
    (folder / "cases.json").write_text(json.dumps(changes))
    subprocess.run(["node", RUNNER, folder], check=True)
    return json.loads((folder / "answers.json").read_text())


def numbers(array):
    return np.array([float(v) for v in array["values"]]).reshape(array["shape"])


def assert_told_alike(ours, theirs):
    """Everything in a race that the hand changes, but for what is asked of the server at rest."""
    header, arrays = unpack(theirs)
    for name in ("start", "steps", "tolerance"):
        assert ours["header"][name] == header[name]
    assert ours["header"]["lowest"] == pytest.approx(header["lowest"], abs=1e-12)
    for mine, other in zip(ours["header"]["lanes"], header["lanes"], strict=True):
        for word in WORDS:
            near = other[word] and pytest.approx(other[word], rel=1e-6, abs=1e-9)
            assert mine[word] == near, word
        assert {end: mine[end] for end in ENDS} == {end: other[end] for end in ENDS}
    for point in ours["header"].get("critical", []):
        assert point.keys() == get_type_hints(CriticalHeader).keys()
    assert ours["header"]["flips"] == header["flips"]
    if "lines" in module(ours["header"]["modules"][0].get("numbers", "surface/sphere")):
        assert_reads_alike(ours, header, arrays)
    for name in arrays.keys() - {"slots", "draws", "batches", "dots", "scatter"}:
        unknown = name.startswith("rate") and not np.isfinite(numbers(ours["arrays"][name])).any()
        if not unknown and not name.startswith(("theory.", "predicted")):
            mine, other = numbers(ours["arrays"][name]), arrays[name]
            assert mine.shape == other.shape, name
            np.testing.assert_allclose(mine, other, rtol=2e-5, atol=1e-7, err_msg=name)


def assert_foretold_alike(ours, theirs):
    """What theory says of a felt run is what packets/theory.py says of it."""
    header, arrays = unpack(theirs)
    mine, other = ours["header"]["theory"], header["theory"]
    assert mine.keys() == other.keys()
    for name in mine.keys() - {"places", "penalty"}:
        assert mine[name] == other[name], name
    assert mine["penalty"] == pytest.approx(other["penalty"])
    for place, told in zip(mine["places"], other["places"], strict=True):
        assert (place is None) == (told is None)
        for name in told or ():
            if name in ("kind", "kink"):
                assert place[name] == told[name], name
            else:
                values = [np.array(each[name], dtype=float) for each in (place, told)]
                np.testing.assert_allclose(*values, rtol=1e-5, atol=1e-6, err_msg=name)
    said = {name for name in arrays if name.startswith(("theory.", "predicted"))}
    assert said == {name for name in ours["arrays"] if name.startswith(("theory.", "predicted"))}
    for name in said - {"theory.regime"}:
        found = numbers(ours["arrays"][name])
        np.testing.assert_allclose(found, arrays[name], rtol=1e-4, atol=1e-6, err_msg=name)
    same = numbers(ours["arrays"]["theory.regime"]) == arrays["theory.regime"]
    assert np.mean(same) > 0.99  # at the border of two a last digit decides


@pytest.mark.parametrize(
    ("link", "changes"),
    [
        ({"surface": "ravine"}, [{"x": "-3"}, {"a.lr": "0.01"}, {"surface.kappa": "30"}]),
        ({"surface": "booth", "a": "momentum"}, [{"a.beta": "0.99"}, {"a.lr": "0.05"}]),
        ({"surface": "saddle", "a": "nesterov"}, [{"surface.b": "2"}, {"a.beta": "0.5"}]),
        ({"surface": "rosenbrock", "a": "adam"}, [{"x": "0.4"}, {"a.beta1": "0.5"}]),
        ({"surface": "two_wells", "a": "rmsprop", "noise": "0.1"}, [{"y": "1"}, {"noise": "0"}]),
        ({"surface": "sphere", "a": "adamw", "a.schedule": "cosine"}, [{"a.lr": "0.3"}]),
        ({"surface": "linear_regression", "a": "momentum_lecture"}, [{"x": "0.3"}, {"a.lr": "9"}]),
        ({"surface": "matyas", "a": "momentum", "a.weight_decay": "0.1"}, [{"y": "3"}]),
    ],
)
def test_theory_is_felt_as_it_is_kept(link, changes, tmp_path):
    experiment, problems = read(link | {"steps": "80"})
    assert not problems
    for ours, change in zip(felt(tmp_path, experiment, changes, THEORY), changes, strict=True):
        assert_foretold_alike(ours, race_packet(changed(experiment, change)[0], THEORY))


def read_out(lines, slots, t):
    """The rule's lines with the numbers of a step put in, as text."""
    put = re.compile(r'<mn data-slot="(\d+)"(?: data-wrap="(\w+)")?></mn>')

    def number(found):
        text, wrap = significant(slots[int(found[1]), t]), found[2]
        fenced = wrap and (text.startswith("−") or (wrap == "power" and "×" in text))
        return f"({text})" if fenced else text

    return [re.sub("<[^>]+>", "", put.sub(number, line)) for _, line in lines]


def assert_reads_alike(ours, header, arrays):
    slots = numbers(ours["arrays"]["slots"])
    for t in (1, 2, header["steps"] // 2):
        mine = read_out(ours["header"]["rule"], slots.astype(np.float32), t)
        other = read_out(header["rule"], arrays["slots"], t)
        alike = [a == b for a, b in zip(mine, other, strict=True)]
        assert np.mean(alike) > 0.7, (mine, other)  # a fifth digit may round the other way
        assert [re.sub(r"[\d.⁰¹²³⁴⁵⁶⁷⁸⁹⁻×]+", "#", line) for line in mine] == [
            re.sub(r"[\d.⁰¹²³⁴⁵⁶⁷⁸⁹⁻×]+", "#", line) for line in other
        ]


def painted(column, row, by):
    """The drawing that comes along, with a dab of a brush on it."""
    drawn = Drawn()
    at = np.arange(drawn.side)
    dab = np.exp(-((at[:, None] - row) ** 2 + (at - column) ** 2) / 8)
    return letters(np.reshape(drawn.kept.levels, (drawn.side + 4, -1))[2:-2, 2:-2] + by * dab)


PLAIN = "f" * 24**2
ACROSS = np.linspace(-2, 2, 24)
WELLS = [np.exp(-2 * ((ACROSS - side) ** 2 + ACROSS[:, None] ** 2)) for side in (-1, 1)]
TWINS = letters(0.8 - 0.6 * sum(WELLS))


@pytest.mark.parametrize(
    ("link", "changes"),
    [
        ({}, [{"x": "0.5", "y": "1.2"}, {"x": "1e5", "y": "3"}, {"steps": "40"}]),
        ({"noise": "0.1", "seed": "7"}, [{"x": "-1"}, {"noise": "0.2"}, {"steps": "100"}]),
        ({"surface": "two_wells"}, [{"surface.sigma": "0.46"}, {"surface.h": "5", "x": "2.2"}]),
        ({"surface": "l1_valley", "a": "rprop"}, [{"surface.kappa": "3"}, {"a.lr": "0.2"}]),
        ({"surface": "two_layer_linear", "a": "momentum"}, [{"a.lr": "0.002"}, {"x": "1.7"}]),
        ({"surface": "mccormick", "a": "momentum"}, [{"a.lr": "0.02", "a.beta": "0.95"}]),
        ({"surface": "saddle"}, [{"surface.b": "9"}, {"x": "0", "y": "0"}, {"a.lr": "0.1"}]),
        ({"surface": "ravine", "a": "gradient_descent"}, [{"a.lr": "0.0205"}, {"a.lr": "0.02"}]),
        (
            {"surface": "ravine", "surface.turn": "on", "surface.theta": "20"},
            [{"surface.theta": "33"}, {"surface.theta": "7", "x": "-2"}, {"surface.theta": "0"}],
        ),
        (
            {"surface": "ravine", "surface.turn": "on", "x": "-3.21", "y": "0.7"},
            [{"surface.theta": "33"}, {"surface.theta": "0"}, {"surface.kappa": "50"}],
        ),
        ({"surface": "ravine"}, [{"surface.theta": "33"}]),
        ({"surface": "three_hump_camel"}, [{"a.lr": "0.03"}, {"tolerance": "0.4"}]),
        ({"surface": "booth", "a": "momentum"}, [{"a.beta": "0.99", "tolerance": "0.5"}]),
        ({"surface": "saddle", "a": "sign_descent"}, [{"y": "0.4"}, {"tolerance": "0.1"}]),
        ({"a": "adam", "a.schedule": "cosine", "b": "line_search"}, [{"a.schedule.floor": "0.3"}]),
        (
            {"surface": "formula", "surface.text": "x^2 + b y^2 + a sin(3x)", "a": "nesterov"},
            [{"x": "0.4"}, {"surface.b": "3"}, {"a.lr": "0.02", "tolerance": "0.1"}],
        ),
        (
            {"surface": "huber_regression", "a": "momentum"},
            [
                {"x": "0.4"},
                {"surface.delta": "2"},
                {"surface.delta": "0.05"},
                {"a.lr": "0.3", "y": "1"},
            ],
        ),
        (
            {"surface": "logistic_regression", "surface.batch": "4", "surface.shuffle": "2"},
            [{"x": "0.4"}, {"steps": "30"}, {"a.lr": "0.3", "noise": "0.1"}],
        ),
        (
            {"surface": "poisson_regression", "surface.batch": "2", "surface.replacement": "on"},
            [{"x": "0.4"}, {"a.lr": "0.01"}],
        ),
        (
            {"surface": "linear_regression", "surface.data": "own", "surface.batch": "4"}
            | {"surface.points": "0 0, 1 2, 3 5, 4 4, 9 2, 3 3", "a": "adam", "noise": "0.1"},
            [{"y": "-2"}, {"a.lr": "0.2"}, {"noise": "0"}],
        ),
        ({"a": "rmsprop", "a.centered": "on"}, [{"a.alpha": "0.8"}, {"a.lr": "0.03"}]),
        ({"surface": "ten_batches", "a": "rprop"}, [{"x": "2"}, {"surface.h": "0.3"}]),
        (
            {"surface": "online_sequence", "a": "adam", "a.beta2": "0.1", "noise": "0.1"},
            [{"surface.n": "5"}, {"noise": "0"}, {"y": "-1", "surface.delta": "2"}],
        ),
        (
            {"surface": "drawn", "a": "momentum", "b": "rprop", "noise": "0.05"},
            [{"surface.heights": painted(*p)} for p in ((6, 15, -0.4), (3, 4, -0.9), (12, 9, 0.6))]
            + [{"surface.heights": PLAIN}, {"surface.heights": TWINS}],
        ),
        (
            {"surface": "drawn", "surface.heights": PLAIN, "a": "momentum", "b": "adam"},
            [{"surface.heights": painted(6, 15, -0.4)}, {"surface.heights": TWINS}],
        ),
    ],
)
def test_a_felt_race_is_the_one_the_server_would_send(link, changes, tmp_path):
    experiment, problems = read(link)
    assert not problems
    for ours, change in zip(felt(tmp_path, experiment, changes), changes, strict=True):
        assert_told_alike(ours, race_packet(changed(experiment, change)[0], View()))


def test_what_cannot_be_computed_here_is_left_to_the_server(tmp_path):
    experiment, _ = read({"noise": "0.1", "steps": "50"})
    changes = [{"seed": "3"}, {"steps": "60"}, {"a": "adam"}, {"a.lr": "fast"}, {"q.lr": "1"}]
    assert felt(tmp_path, experiment, changes) == [None] * len(changes)
    batched, _ = read({"surface": "linear_regression", "surface.batch": "8", "steps": "50"})
    assert felt(tmp_path, batched, [{"steps": "60"}]) == [None]
    drawn, _ = read({"surface": "drawn", "steps": "50"})
    strange = [{"surface.heights": heights} for heights in ("f" * 48**2, "f")]
    assert felt(tmp_path, drawn, strange) == [None] * 2


def test_rows_of_a_file_are_felt_and_more_than_a_hand_can_wait_for_are_not(tmp_path):
    loss, held = loss_of("logistic_regression", 1000)
    experiment = replace(read({"a": "adam", "steps": "300"})[0], surface=loss)
    moves = [{"x": x} for x in ("0.3", "0.4", "0.5")]
    ours = felt(tmp_path, experiment, moves)[-1]
    assert_told_alike(ours, race_packet(changed(experiment, moves[-1])[0], View()))
    assert felt(tmp_path, replace(experiment, steps=2000), [{"x": "0.5", "steps": "300"}])[0]
    many, _ = loss_of("huber_regression", 15_000)
    steep = replace(experiment, surface=many)
    assert felt(tmp_path, steep, [{"x": "0.5"}]) == [None]
    assert held


@pytest.mark.parametrize("rule", OPTIMIZERS)
def test_every_rule_of_the_menu_has_an_address_on_every_surface(rule):
    for surface in SURFACES.values():
        experiment, _ = read({"a": rule})
        found = addresses(surface(), experiment.lanes[0])
        assert found == addresses(surface(), experiment.lanes[0])
        assert all("export" in module(address) for address in found.values())


@pytest.mark.parametrize("rule", OPTIMIZERS)
def test_the_printed_numbers_of_every_rule_are_the_servers(rule, tmp_path):
    link = {"a": rule, "surface": "himmelblau", "steps": "12", "noise": "0.05"}
    experiment, _ = read(link)
    changes = [{"x": "0.3", "y": "-1.1"}]
    for ours, change in zip(felt(tmp_path, experiment, changes), changes, strict=True):
        assert_told_alike(ours, race_packet(changed(experiment, change)[0], View()))
        assert "lines" in module(ours["header"]["modules"][0]["numbers"])
    assert 'rated = "unknown"' not in module(f"rule/{rule}/himmelblau")


def test_a_switch_stands_in_the_address_and_a_number_does_not():
    plain, centered, fast = (
        read({"a": "rmsprop", **more})[0] for more in ({}, {"a.centered": "on"}, {"a.lr": "0.5"})
    )
    assert modules(plain, 0) == modules(fast, 0)
    assert modules(centered, 0)[0]["rule"] == "rule/rmsprop~centered=on/rosenbrock"
    assert module(modules(centered, 0)[0]["rule"]) != module(modules(plain, 0)[0]["rule"])


def test_a_formula_is_its_address_and_stands_in_no_module():
    link = {"surface": "formula", "surface.text": "x^2 / (1+|b y|) + 31.25"}
    plain, moved = (read(link | more)[0] for more in ({}, {"surface.sides": "-1,1,-1,1"}))
    found = modules(plain, 0)
    assert found == modules(moved, 0)
    assert found[0]["rule"].endswith("/formula?text=x%5E2+%2F+%281%2B%7Cb+y%7C%29+%2B+31.25")
    assert "|" not in module(found[0]["surface"]).replace("||", "")


def test_one_module_serves_all_data_and_all_batches():
    links = [
        {},
        {"surface.data": "own", "surface.points": "0 0, 1 2, 3 5"},
        {"surface.batch": "4", "surface.shuffle": "3", "surface.standardized": "off"},
    ]
    found = [modules(read({"surface": "linear_regression"} | link)[0], 0) for link in links]
    assert found[0] == found[1] == found[2]
    assert len(module(found[0][0]["rule"])) < 4000


@pytest.mark.parametrize(
    "address",
    [
        "",
        "rule",
        "rule/adam",
        "rule/adam/rosenbrock/",
        "sketch/rosenbrock",
        "sketched/adam/rosenbrock",
        "rule/nobody/rosenbrock",
        "rule/adam/../../etc/passwd",
        "rule/adam~lr=0.5/rosenbrock",
        "rule/rmsprop~centered=off/rosenbrock",
        "rule/rmsprop~centered=on~centered=on/rosenbrock",
        "rule/rmsprop~centered=alert(1)/rosenbrock",
        "surface/alert(1)",
        "schedule/",
        "surface/formula",
        "surface/formula?text=",
        "surface/formula?text=x%5E2+%2B",
        "surface/formula?text=alert(1)",
        "surface/formula?text=x+%2B+y&text=x",
        "surface/formula?text=x+%2B+y&a=2",
        "surface/formula?text=x%2By&sides=-1%2C1%2C-1%2C1",
        "surface/formula?text=" + "+".join(["x"] * 200),
        "surface/formula~text=x/",
        "surface/sphere?text=x%2By",
        "surface/linear_regression?points=0+0%2C+1+1",
        "surface/linear_regression~batch=4",
        "rule/adam?text=x/formula",
        "schedule/cosine?text=x%2By",
        "batch/adam/rosenbrock/",
        "batch/adam/rosenbrock/alert(1)",
        "batch/adam/rosenbrock/lr,lr",
        "batch/adam/rosenbrock/optimizer.beta1,lr",
        "batch/adam/rosenbrock/lr,noise,surface.b",
        "batch/adam/rosenbrock/lr/lr",
        "https://example.org/rule/adam/rosenbrock",
        "x" * (LONGEST + 1),
    ],
)
def test_an_address_that_is_none_of_ours_is_refused(address):
    with pytest.raises(NoModule):
        module(address)


def test_modules_hold_nothing_but_operations_and_names_of_ours():
    names = [name for menu in (OPTIMIZERS, SURFACES) for name in menu]
    for name in ("rule/adam/ackley", "surface/ackley", "schedule/one_cycle"):
        text = module(name)
        assert not {"eval", "Function", "import"} & set(text.replace("(", " ").split())
        assert not [other for other in names if f"{other}(" in text]
