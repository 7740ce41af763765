"""What is sent ahead of a lesson, and what the page does with it: as the server would."""

import json
import subprocess
import zlib
from base64 import b64decode, b64encode
from dataclasses import asdict, replace
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.setup.link import SLOTS, changed
from interface.lesson_acts import _answer, _go, _reveal, _vary
from interface.session import OpenLesson, Session, _running
from lessons.ahead import LARGEST, ahead, carried, moments
from lessons.menu import menu
from lessons.packet import lesson_packet
from lessons.quantities import Measured
from lessons.shapes import SKIPPED, Amount, Curve, Place, Ranking, Words
from lessons.sitting import Sitting, phases
from lessons.standing import begun
from packets.modules import module, modules
from packets.packet import unpack

LESSONS = menu().lessons
RUNNER = Path(__file__).parent / "js" / "lesson.js"


def in_browser(*cases):
    """What the page's own modules make of cases."""
    done = subprocess.run(
        ["node", RUNNER], input=json.dumps(cases), capture_output=True, check=True, text=True
    )
    return json.loads(done.stdout)


def opened(text):
    return unpack(zlib.decompress(b64decode(text)))


def merged(sent, name):
    """A phase as the page puts it together."""
    told, new = opened(sent[name])
    kept, of = told.pop("kept"), told.pop("of")
    if not of:
        return told, new
    base, known = merged(sent, of)
    return base | told, {array: known[array] for array in kept} | new


def assert_same(found, packet):
    (told, arrays), (header, wanted) = found, unpack(packet)
    assert told | {"arrays": 0} == header | {"arrays": 0}
    assert arrays.keys() == wanted.keys()
    for name, array in wanted.items():
        np.testing.assert_array_equal(arrays[name], array, err_msg=name)


@pytest.mark.parametrize("lesson", LESSONS[::3], ids=lambda lesson: lesson.key)
def test_what_is_sent_ahead_is_what_the_server_would_send_and_no_answer_stands_there(lesson):
    sent = ahead(lesson)["phases"]
    assert {name for name in sent if "." not in name} == set(phases(lesson))
    sizes = {name: len(text) for name, text in sent.items()}
    assert sum(sizes.values()) < 600_000
    assert all(size <= LARGEST for name, size in sizes.items() if "." in name)
    for text in (lesson.explanation.text, lesson.transfer.text):
        plain = max((part for part in text.parts if isinstance(part, str)), key=len)
        assert plain not in json.dumps(ahead(lesson))
    for phase in phases(lesson):
        own = lesson_packet(lesson, Sitting(phase), lesson.at(phase), lesson.seen(phase))
        assert_same(merged(sent, phase), own)


@pytest.mark.parametrize("key", ["adagrad", "stability-limit"])
def test_a_saved_lesson_holds_every_phase_as_it_is_seen_from_every_lane(key):
    lesson = menu().find(key)
    held, names = carried(lesson), set()
    for name, sitting, experiment, view in moments(lesson):
        for k in range(len(experiment.lanes)):
            seen = replace(view, chosen=k)
            lane = name if k == view.chosen else f"{name}/{k}"
            names.add(lane)
            assert_same(merged(held, lane), lesson_packet(lesson, sitting, experiment, seen))
    assert held.keys() == names
    assert sum(map(len, held.values())) < 250_000


def test_a_lesson_saved_before_settings_of_ones_own_holds_them_too():
    lesson = menu().find("adagrad")
    sitting = Sitting("explain", SKIPPED, "", SKIPPED)
    own = begun(lesson, sitting)
    assert not own.changed(lesson)
    assert not own._replace(view=replace(own.view, size="projector")).changed(lesson)
    other = changed(own.experiment, {"a.lr": "0.3", "c": "adam"})[0]
    here = own._replace(experiment=other, view=replace(own.view, chosen=1))
    assert here.changed(lesson)
    held = carried(lesson, here)
    assert held.items() > carried(lesson).items()
    for name, k in (("here", 1), ("here/0", 0), ("here/2", 2)):
        seen = replace(here.view, chosen=k)
        assert_same(merged(held, name), lesson_packet(lesson, sitting, other, seen))


def questions():
    for lesson in LESSONS:
        yield lesson, lesson.question, lesson.experiment
        yield lesson, lesson.check, lesson.experiment
        yield lesson, lesson.transfer.question, lesson.at("transfer")


def right_and_wrong(shape, experiment):
    """Answers whose rightness is known without the page: from the run itself."""
    match shape:
        case Words():
            right = shape.right(experiment)
            return [(str(k), k == right) for k in range(len(shape.options))]
        case Amount(value, near, _):
            true = value.of(Measured(experiment))
            if not np.isfinite(true):
                return [("1", False)]
            off = near * abs(true)
            low, high = true - 0.9 * off, true + 0.9 * off
            inside = [(f"{true:.12g}", True), (f"{low!r} to {high!r}", True)]
            wide = (f"{true - 2 * off - 1!r} to {true + 2 * off + 1!r}", False)
            return [*inside, wide, (f"{true + 1.1 * off + 1e-6!r}", False)]
        case Ranking():
            order = shape.order(experiment)
            return [(",".join(order), True), (",".join(reversed(order)), False)]
        case Place(lane, step, near):
            (x0, x1), _ = experiment.surface.window
            x, y = experiment.runs()[lane].x[step]
            radius = near * (x1 - x0)
            return [(f"{x + 0.9 * radius},{y}", True), (f"{x},{y + 1.1 * radius}", False)]
        case Curve(lane, near):
            lowest = experiment.surface.lowest or 0.0
            gap = experiment.runs()[lane].loss[shape.knots(experiment)] - lowest
            powers = np.log10(np.maximum(gap, 1e-16))
            shifted = [",".join(map(str, powers + by * near)) for by in (0.9, 1.1)]
            return [(shifted[0], True), (shifted[1], False)]


def test_the_page_judges_every_shape_of_an_answer_by_the_run():
    cases, wanted = [], []
    for _, question, experiment in questions():
        truth = question.shape.truth(experiment)
        shape = question.shape.asked(experiment)
        for answer, right in right_and_wrong(question.shape, experiment):
            cases.append({"kind": "judged", "shape": shape, "answer": answer, "truth": truth})
            wanted.append(right)
        cases.append({**cases[-1], "answer": SKIPPED})
        wanted.append(False)
    assert in_browser(*cases) == wanted


KNOWN_LATER = {"schedules"}
"""Tasks whose claim is a mean over many seeds: the server says whether they are done."""


def test_the_page_sees_whether_a_task_is_done():
    cases, wanted = [], []
    for lesson in LESSONS:
        task = lesson.task
        if task is None:
            continue
        begun = lesson.at("task")
        for experiment in (begun, task.solution.on(begun)):
            data = lesson_packet(lesson, Sitting("task"), experiment, lesson.seen("task"))
            race = b64encode(data).decode()
            cases.append({"kind": "achieved", "goal": task.goal.told(), "race": race})
            later = lesson.key in KNOWN_LATER
            wanted.append(None if later else task.goal.holds(Measured(experiment)))
    assert {True, False} <= set(wanted)
    assert in_browser(*cases) == wanted


def test_the_page_measures_where_a_run_is_lowest_and_its_longest_step():
    cases = []
    for lesson in (menu().find("ravine"), menu().find("flat"), menu().find("range-test")):
        data = lesson_packet(lesson, Sitting("explain"), lesson.experiment, lesson.seen("explain"))
        for name in ("a.lowest", "a.lowest_at", "a.longest", "a.longest_at"):
            goal = [[["of", name, None], "~", Measured(lesson.experiment).value(name, None)]]
            cases.append({"kind": "achieved", "goal": goal, "race": b64encode(data).decode()})
    assert in_browser(*cases) == [True] * len(cases)


LONG = {"tuning", "global-minimum", "adam-schedule", "batch-size", "rotated"}
"""Lessons whose explanation takes the server long."""
MEASURED = 26
"""At least so many of the lessons speak only of what the page can measure."""


def test_an_explanation_is_said_of_other_settings_as_the_server_says_it():
    cases, wanted = [], []
    for lesson in LESSONS:
        first = lesson.experiment
        moved = changed(first, {"x": str(first.x * 0.7)})[0]
        for other in (moved, lesson.at("transfer")):
            if lesson.key not in LONG:
                data = lesson_packet(lesson, Sitting("explain"), other, lesson.seen("explain"))
                told = unpack(data)[0]["lesson"]
                race = b64encode(data).decode()
                case = {"says": told["says"], "right": told["truth"]["words"], "race": race}
                addresses = modules(other, 0)[0]
                case["surface"] = module(addresses["surface"]) if addresses else ""
                cases.append({"kind": "retold", **case})
                text = "" if told["otherwise"] else told["text"]
                wanted.append({"text": text, "otherwise": told["otherwise"]})
    said = in_browser(*cases)
    pairs = [(a, b) for a, b in zip(said, wanted, strict=True) if a is not None]
    assert [a for a, _ in pairs] == [b for _, b in pairs]
    assert len(pairs) >= 2 * MEASURED
    assert {bool(told["otherwise"]) for told in wanted} == {True, False}


ACTS = {"answer": _answer, "reveal": _reveal, "go": _go, "vary": _vary}


@st.composite
def ways(draw):
    key = draw(st.sampled_from(["ravine", "rprop"]))
    lesson = menu().find(key)
    answers = st.fixed_dictionaries(
        {"act": st.just("answer"), "answer": st.sampled_from(["0", "1", SKIPPED])},
        optional={"reason": st.sampled_from(["", "1"])},
    )
    go = st.fixed_dictionaries({"act": st.just("go"), "phase": st.sampled_from(phases(lesson))})
    vary = st.fixed_dictionaries(
        {"act": st.just("vary"), "k": st.integers(-1, len(lesson.variations) - 1)}
    )
    acts = st.one_of(answers, st.just({"act": "reveal"}), go, vary)
    return key, draw(st.lists(acts, max_size=12))


@settings(max_examples=20)
@given(st.lists(ways(), min_size=20, max_size=20))
def test_an_act_leads_the_page_where_it_leads_the_server(several):
    begun = asdict(Sitting())
    cases = [
        {"kind": "acted", "sitting": begun, "phases": phases(menu().find(key)), "acts": acts}
        for key, acts in several
    ]
    for (key, acts), there in zip(several, in_browser(*cases), strict=True):
        lesson = menu().find(key)
        sitting = followed(lesson, acts)
        assert there == asdict(sitting) | {"open": list(sitting.reached(lesson))}


def followed(lesson, acts):
    """Where the server's own session comes to."""
    own = Session(open_lesson=OpenLesson(lesson, Sitting()))
    token = _running.set(own)
    try:
        for act in acts:
            ACTS[act["act"]](act)
    finally:
        _running.reset(token)
    return own.open_lesson.sitting


def test_the_page_spells_an_address_as_the_server_does():
    cases, wanted = [], []
    for lesson in LESSONS:
        order = ",".join(SLOTS[: len(lesson.experiment.lanes)])
        given = {Ranking: order, Place: "-1.5,0.25", Amount: "1 to 2"}
        answer = given.get(type(lesson.question.shape), SKIPPED)
        for phase in phases(lesson):
            sitting = Sitting(phase, answer, "", SKIPPED, SKIPPED)
            cases.append({"kind": "told", "key": lesson.key, "sitting": asdict(sitting)})
            wanted.append(urlencode(sitting.pairs(lesson.key)))
    assert in_browser(*cases) == wanted
