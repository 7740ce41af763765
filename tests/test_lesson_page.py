"""Lessons as the page goes through them: what is sent when, what the address says, what stands."""

import re
from dataclasses import replace
from html import escape
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine.run.trajectory import Trajectory
from engine.setup.experiment import Experiment
from interface import lesson_acts
from interface.lesson_routes import _listed
from labs.view import View
from lessons.checking import truth
from lessons.handout import handout
from lessons.headers import LessonHeader
from lessons.lesson import Changes, Lesson
from lessons.menu import TEXTS, menu
from lessons.packet import _otherwise, lesson_header, lesson_packet, refused
from lessons.quantities import Measured, Settings
from lessons.reading import read_lesson
from lessons.shapes import SKIPPED
from lessons.sitting import HELD, PHASES, Sitting, phases, read_sitting
from lessons.template import template
from lessons.text import Text
from packets.before_run import SET, before_run_packet
from packets.packet import extended, pack, unpack
from packets.race import race_packet
from tests.test_headers import misfits

LESSONS = menu().lessons
PAGE = Path(__file__).parents[1] / "interface" / "page.py"


def whole(lesson, **more):
    """Return a sitting in which everything was skipped, at a phase."""
    return Sitting(answer="skip", seen="skip", again="skip", **more)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.key)
def test_every_phase_of_every_lesson_has_its_packet(lesson):
    for phase in whole(lesson).reached(lesson):
        sitting = whole(lesson, phase=phase)
        data = lesson_packet(lesson, sitting, lesson.at(phase), lesson.seen(phase))
        header, arrays = unpack(data)
        told = header["lesson"]
        assert told["phase"] == phase
        assert misfits(told, LessonHeader) == []
        assert header["steps"] == (0 if phase in HELD else lesson.at(phase).steps)
        assert len(arrays["x0"]) == header["steps"] + 1
        assert "—" not in told.get("text", "")


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.key)
@pytest.mark.parametrize("phase", HELD)
def test_before_an_answer_the_page_is_sent_nothing_that_depends_on_the_run(
    lesson, phase, monkeypatch
):
    """The same bytes whatever the run would be, and whatever is said after it."""
    experiment, view = lesson.at(phase), lesson.seen(phase)
    sitting = Sitting(answer="skip", seen="skip").at(lesson, phase)
    before = lesson_packet(lesson, sitting, experiment, view)
    true_runs = Experiment.runs

    def other_runs(self):
        return tuple(_elsewhere(run) for run in true_runs(self))

    monkeypatch.setattr(Experiment, "runs", other_runs)
    assert lesson_packet(lesson, sitting, experiment, view) == before
    for words in (lesson.explanation.text, lesson.transfer.text):
        plain = max((part for part in words.parts if isinstance(part, str)), key=len)
        assert plain.encode() not in before


def _elsewhere(run: Trajectory) -> Trajectory:
    """Return another run from the same start."""
    moved = {name: np.concatenate([rows[:1], rows[1:] + 7]) for name, rows in run.memory.items()}
    return run._replace(
        x=np.concatenate([run.x[:1], run.x[1:] + 3]),
        loss=np.concatenate([run.loss[:1], run.loss[1:] * 2 + 1]),
        gradient=np.concatenate([run.gradient[:1], run.gradient[1:] - 5]),
        memory=moved,
        diverged=np.array(1),
    )


def test_a_race_that_has_not_begun_stands_at_its_start():
    header, arrays = unpack(before_run_packet(Experiment(steps=50), View(lab="sweep", band=True)))
    assert header["steps"] == 0
    assert (header["view"]["lab"], header["view"]["band"]) == ("results", False)
    assert {lane["arrived"] for lane in header["lanes"]} == {None}
    assert arrays["x1"].tolist() == [[np.float32(v) for v in Experiment().start]]
    assert arrays["rate0"].shape == (0, 2)
    assert header["modules"] == [None] * 3


def test_a_race_that_has_not_begun_has_the_form_of_one_that_has():
    experiment = Experiment(steps=50)
    (header, _), (told, _) = map(
        unpack, (before_run_packet(experiment, View()), race_packet(experiment, View()))
    )
    pairs = [(header, told), *zip(header["lanes"], told["lanes"], strict=True)]
    for ours, theirs in pairs:
        several = {name: type(v) for name, v in theirs.items() if isinstance(v, list | dict)}
        assert {name: type(ours[name]) for name in several} == several
        parts = {name: v.keys() for name, v in theirs.items() if isinstance(v, dict)}
        assert {name: ours[name].keys() for name in parts} == parts


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.key)
@pytest.mark.parametrize("phase", HELD)
def test_a_race_that_has_not_begun_tells_its_settings_as_one_that_has(lesson, phase):
    """A link or a picture taken before the answer is of the whole run."""
    experiment, view = lesson.at(phase), lesson.seen(phase)
    (ours, _), (theirs, _) = map(
        unpack, (before_run_packet(experiment, view), race_packet(experiment, view))
    )
    alike = [name for name in SET if name not in ("rule", "view")]  # numbers and curves of steps
    assert {name: ours[name] for name in alike} == {name: theirs[name] for name in alike}


def test_a_header_may_be_told_more_later():
    arrays = {"a": np.arange(5.0), "b": np.array([1, 2])}
    header, found = unpack(extended(pack({"one": 1}, arrays), {"two": "²"}))
    assert (header["one"], header["two"]) == (1, "²")
    assert found["a"].tolist() == arrays["a"].tolist()
    assert found["b"].tolist() == [1, 2]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.key)
def test_a_sitting_is_told_in_the_address_and_read_back(lesson):
    for phase in PHASES:
        sitting = whole(lesson).at(lesson, phase)
        assert read_sitting(sitting.pairs(lesson.key), lesson) == (sitting, ())


def ravine() -> Lesson:
    found = menu().find("ravine")
    assert found is not None
    return found


def test_no_phase_opens_before_its_answers():
    lesson, start = ravine(), Sitting()
    assert start.reached(lesson) == ("predict",)
    for phase in PHASES[1:]:
        assert start.at(lesson, phase) == start
        assert read_sitting({"lesson.phase": phase}, lesson)[0] == start
    watched = start.answered(lesson, "0", "1")
    assert (watched.phase, watched.answer, watched.reason) == ("watch", "0", "1")
    assert watched.at(lesson, "explain") == watched
    explained = watched.at(lesson, "check").answered(lesson, "1", "")
    assert explained.phase == "explain"
    assert explained.at(lesson, "transfer").answered(lesson, "2", "").phase == "outcome"


def test_an_answer_given_stands():
    lesson = ravine()
    watched = Sitting().answered(lesson, "0", "1")
    again = watched.at(lesson, "predict").answered(lesson, "2", "0")
    assert (again.answer, again.reason, again.phase) == ("0", "1", "watch")


def test_what_is_no_answer_is_refused_in_words():
    with pytest.raises(ValueError, match="choose one of the answers"):
        Sitting().answered(ravine(), "7", "")
    found, problems = read_sitting({"lesson.answer": "7"}, ravine())
    assert (found, problems) == (Sitting(), ("lesson.answer: choose one of the answers",))


@pytest.mark.parametrize(
    ("typed", "kept"), [("5", "5"), ("4.5 to 5.5", "4.5 to 5.5"), ("5,5 TO 4,5", "4.5 to 5.5")]
)
def test_a_number_or_an_interval_is_read_as_a_person_writes_it(typed, kept):
    lesson = menu().find("momentum-average")
    assert lesson.check.shape.read(typed, lesson.experiment) == kept


@pytest.mark.parametrize("typed", ["", "about 5", "1 to 2 to 3", "1 to", "inf", "1 to 1e13"])
def test_what_is_neither_a_number_nor_an_interval_is_refused(typed):
    lesson = menu().find("momentum-average")
    with pytest.raises(ValueError, match="number"):
        lesson.check.shape.read(typed, lesson.experiment)


def test_the_teacher_may_skip_every_question():
    lesson = ravine()
    shown = Sitting().revealed(lesson)
    assert (shown.phase, shown.answer) == ("explain", "skip")
    assert shown.at(lesson, "transfer").revealed(lesson).phase == "outcome"


def test_the_truth_is_of_the_lessons_run_and_the_words_of_the_present_one():
    lesson = ravine()
    sitting = Sitting(phase="explain", answer="2", seen="0")
    told = lesson_header(lesson, sitting, lesson.at("transfer"))
    assert told["truth"] == {"words": "At every step", "choice": 2, "reason": 0}
    assert told["changed"] is True
    assert "Never: it runs down one side" in told["otherwise"]
    assert "crossed the floor 60 times" in told["text"]
    faster = Changes((("a.lr", "0.095"),)).on(lesson.experiment)
    told = lesson_header(lesson, sitting, faster)
    assert told["otherwise"] == ""
    assert "the rate 0.095" in told["text"]


@pytest.mark.parametrize("phase", ["explain", "task", "outcome"])
@pytest.mark.parametrize("key", ["tuning", "saddle", "adagrad", "best-momentum"])
def test_where_a_lane_is_gone_that_a_lesson_speaks_of_it_says_so(key, phase):
    lesson = menu().find(key)
    if phase in phases(lesson):
        sitting = Sitting(phase, SKIPPED, "", SKIPPED, SKIPPED)
        alone = replace(lesson.at(phase), lanes=lesson.at(phase).lanes[:1])
        told, own = (lesson_header(lesson, sitting, one) for one in (alone, lesson.at(phase)))
        assert told["text"] == own["text"] or "—" in told["text"]
        assert phase != "explain" or "is gone" in told["otherwise"]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.key)
def test_an_explanation_stands_for_its_own_settings_and_for_none_that_make_a_claim_false(lesson):
    assert _otherwise(lesson, lesson.experiment) == ""
    moved = lesson.at("transfer")
    holds = all(claim.holds(Measured(moved)) for claim in lesson.claims if _known(claim, moved))
    if not holds:
        assert "no longer so" in _otherwise(lesson, moved)


def _known(claim, experiment):
    try:
        claim.holds(Measured(experiment))
    except ValueError:
        return False
    return True


def page(**pairs):
    found = AppTest.from_file(str(PAGE), default_timeout=60)
    for name, text in pairs.items():
        found.query_params[name] = text
    found.run()
    assert not found.exception
    return found


def address(found):
    pairs = found.query_params.items()
    return {name: text if isinstance(text, str) else text[0] for name, text in pairs}


def session(**pairs):
    """Return a session in which a lesson's panel can be heard."""

    def script():
        import streamlit as st

        from interface import lesson_acts, state

        state.begin(lambda name, said: None)
        said = st.session_state.get("said")
        if said == "back":
            state.open_address(st.query_params.to_dict())
        lesson_acts.heard(said)
        state.end()

    found = AppTest.from_function(script, default_timeout=60)
    for name, text in pairs.items():
        found.query_params[name] = text
    return act(found)


def act(found, **said):
    """Do in the panel what a click there would tell."""
    found.session_state["said"] = said
    found.run()
    assert not found.exception
    return found


def test_a_lesson_opens_from_its_address_with_its_own_experiment_and_no_sidebar():
    found = page(lesson="ravine")
    assert found.session_state["session"].experiment == ravine().experiment
    assert address(found) == {"lesson": "ravine"}
    assert not found.sidebar.children


def test_a_former_key_leads_to_the_present_address():
    found = act(session(lesson="zigzag"), act="answer", answer="2", reason="0")
    assert found.session_state["session"].experiment == ravine().experiment
    assert address(found)["lesson"] == "ravine"


def test_projector_size_in_the_address_keeps_the_rest_of_a_lessons_view():
    pairs = {"lesson": "ravine", "view.size": "projector"}
    found = page(**pairs)
    seen = found.session_state["session"].view
    assert (seen.size, seen.panels) == ("projector", ravine().view.panels)
    assert address(found) == pairs


def test_a_lesson_in_a_page_around_keeps_its_view_and_its_room_from_phase_to_phase():
    pairs = {"lesson": "ravine", "view.controls": "hidden"}
    found = session(**pairs)
    seen = found.session_state["session"].view
    assert (seen.controls, seen.panels) == ("hidden", ravine().view.panels)
    assert address(found) == pairs
    act(found, act="answer", answer="2", reason="0")
    assert found.session_state["session"].view.controls == "hidden"
    assert address(found).items() >= pairs.items()


def test_an_address_hints_at_no_answer():
    """No word of a key is one that only the right answer has, of all that is read before it."""
    for lesson in LESSONS:
        told = {truth(lesson.question, lesson.experiment).lower()}
        told |= {reason.text.lower() for reason in lesson.question.reasons if reason.right}
        offered = lesson.question.shape.asked(lesson.experiment)
        asked = lesson.question.text.filled(Settings(lesson.experiment))
        wrong = [o for o in offered.get("options", ()) if o.lower() not in told]
        others = f"{lesson.title} {asked} {wrong}".lower()
        for word in set(re.findall(r"[a-z]{4,}", lesson.key)):
            assert word in others or not any(word in text for text in told), (lesson.key, word)


@pytest.mark.parametrize("key", ["steepest-direction", "gradient-arrow"])
def test_before_an_answer_no_arrow_shows_where_the_step_will_land(key):
    lesson = menu().find(key)
    assert lesson.view.marks == ("arrows",)
    header, _ = unpack(lesson_packet(lesson, Sitting(), lesson.experiment, lesson.view))
    assert (header["view"]["marks"], header["view"]["map"]) == ([], "contour")


def test_before_an_answer_the_data_are_there_for_they_are_no_answer():
    lesson = menu().find("batch-size")
    header, arrays = unpack(lesson_packet(lesson, Sitting(), lesson.experiment, lesson.view))
    assert header["model"]["count"] == 4096
    assert len(arrays["dots"]) == 1000
    assert len(arrays["x0"]) == 1


def test_an_unknown_lesson_is_told_and_the_page_opens():
    found = page(lesson="nobody")
    assert "nobody" in found.warning[0].value
    assert found.session_state["session"].experiment == Experiment()


def test_a_whole_lesson_in_the_address():
    found = act(session(lesson="ravine"), act="answer", answer="2", reason="0")
    assert address(found)["lesson.phase"] == "watch"
    found = act(found, act="go", phase="check")
    found = act(found, act="answer", answer="0")
    assert address(found)["lesson.phase"] == "explain"
    found = act(found, act="vary", k=0)
    assert found.session_state["session"].experiment.surface.kappa == 5
    found = act(found, act="go", phase="transfer")
    assert found.session_state["session"].experiment == ravine().at("transfer")
    found = act(found, act="answer", answer="0")
    found = act(found, act="go", phase="task")
    assert found.session_state["session"].view.scrub == "a.lr"
    assert address(found)["lesson.again"] == "0"
    found = act(found, act="leave")
    assert "lesson" not in address(found)
    assert found.session_state["session"].experiment == ravine().at("task")


def test_back_to_the_question_does_not_take_the_answer_back():
    found = act(session(lesson="ravine"), act="answer", answer="2", reason="0")
    found.query_params.clear()
    found.query_params["lesson"] = "ravine"
    found.session_state["said"] = "back"
    assert not found.run().exception
    assert found.session_state["session"].open_lesson.sitting == Sitting(answer="2", reason="0")


def test_a_file_of_ones_own_opens_and_a_bad_one_is_told_with_its_line():
    text = (TEXTS / "lecture" / "01-ravine.toml").read_text("utf-8")
    found = act(session(), act="read", text=text)
    key = address(found)["lesson"]
    assert found.session_state["session"].experiment == ravine().experiment
    others = session(lesson=key).session_state["session"]
    assert others.open_lesson.lesson is found.session_state["session"].open_lesson.lesson
    found = act(found, act="read", text=text.replace("pace = 6", "pace ="))
    assert "line 4" in found.session_state["session"].notices[0]


@pytest.mark.parametrize(
    "said", [None, 3, {}, {"act": "rm"}, {"act": "open"}, {"act": "vary", "k": "x"}]
)
def test_nonsense_from_the_browser_changes_nothing(said):
    found = session(lesson="ravine")
    found.session_state["said"] = said
    assert not found.run().exception
    assert address(found) == {"lesson": "ravine"}


def test_a_lesson_with_settings_of_ones_own_opens_with_them():
    found = session(lesson="ravine", surface="ravine", a="adam").session_state["session"]
    assert found.experiment.lanes[0].optimizer.title == "Adam"
    assert found.notices == ()


def test_the_list_gives_no_answer_away():
    sent = _listed()
    for lesson in LESSONS:
        assert lesson.title in sent
        for part in lesson.explanation.text.parts:
            assert not (isinstance(part, str) and len(part) > 20 and part in sent)


def test_lessons_know_no_html():
    assert isinstance(ravine().question.text, Text)
    assert "<" not in "".join(
        part for lesson in LESSONS for part in lesson.explanation.text.parts if type(part) is str
    )
    assert lesson_acts.heard(None) is None


def notices(found):
    return found.session_state["session"].notices


def test_a_file_that_asks_for_what_no_run_has_is_refused_in_words():
    text = (TEXTS / "lecture" / "01-ravine.toml").read_text("utf-8")
    found = act(session(), act="read", text=text.replace("{a.y@1}", "{b.y@1}", 1))
    assert found.session_state["session"].open_lesson.lesson.key == address(found)["lesson"]
    found = act(session(), act="read", text=text.replace("a.flips.y = 0", "b.flips.y = 0", 1))
    assert "b.flips.y is not known here" in notices(found)[0]


def test_what_does_not_hold_in_a_file_of_ones_own_is_told_to_whoever_opens_it():
    text = (TEXTS / "lecture" / "01-ravine.toml").read_text("utf-8")
    found = act(session(), act="read", text=text.replace('"a.rises = 0",', '"a.rises = 7",'))
    assert any("a.rises = 7" in notice for notice in notices(found))


def test_a_lesson_made_of_an_experiment_opens_as_it_stands():
    experiment, view = ravine().at("transfer"), View(panels=("loss",), chosen=0)
    made = read_lesson(template(experiment, view), "own", "own")
    assert (made.experiment, made.view) == (experiment, view)
    assert refused(made) == ""


def test_the_handout_keeps_its_answers_for_the_last_pages():
    sent = handout(LESSONS[:3])
    questions, answers = sent.split('<section class="answers">')
    for lesson in LESSONS[:3]:
        told = lesson.explanation.text.told(Measured(lesson.experiment))
        assert escape(told) in answers
        assert escape(told) not in questions
        assert escape(lesson.title) in questions
        assert escape(lesson.check.text.told(Settings(lesson.experiment))) in questions
    assert questions.count("<math") >= 6


def test_on_paper_settings_stand_under_the_symbols_of_the_formula():
    sent = handout([menu().find("momentum")])
    assert "Momentum (lecture): η = 0.045, β = 0.7</li>" in sent
    assert "Ravine: κ = 20, " in sent
    assert sent.count("Momentum: a velocity in the ravine</h") == 1


def test_a_curve_is_drawn_on_paper_from_the_loss_at_the_start():
    sent = handout([menu().find("stability-limit")])
    assert sent.count('class="axes"') == 1
    assert ">83</text>" in sent


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.key)
def test_every_lesson_can_be_printed_and_holds_no_script(lesson):
    sent = handout([lesson])
    assert "<script" not in sent
    assert "src=" not in sent
