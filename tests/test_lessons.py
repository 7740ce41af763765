"""Every lesson against a fresh run: its claims, numbers, answers, limits of length, its task."""

from dataclasses import replace

import numpy as np
import pytest

from engine.setup.link import query, read
from labs.sensitivity.rates import grid
from lessons.checking import MOST_AFTER, MOST_BEFORE, problems, truth
from lessons.lesson import Changes
from lessons.menu import TEXTS, menu
from lessons.quantities import Measured
from lessons.reading import pairs
from lessons.shapes import Ranking
from lessons.text import read_text
from packets.race import effective_rate
from tests.sensitivities import chosen, sensitivity

LESSONS = menu().lessons


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.key)
def test_all_that_a_lesson_says_holds_on_a_fresh_run(lesson):
    assert list(problems(lesson)) == []


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.key)
def test_a_lesson_and_its_variations_open_from_links_of_their_own(lesson):
    variations = [variation.changes.on(lesson.experiment) for variation in lesson.variations]
    transferred, task = lesson.at("transfer"), lesson.at("task")
    for experiment in (lesson.experiment, transferred, task, *variations):
        assert read(dict(pairs(query(experiment)))) == (experiment, ())
    assert transferred != lesson.experiment
    assert lesson.experiment not in variations


def test_no_ranking_stands_in_the_right_order_before_it_is_touched():
    for lesson in LESSONS:
        asked = (
            (lesson.question, lesson.experiment),
            (lesson.transfer.question, lesson.at("transfer")),
        )
        for question, experiment in asked:
            if isinstance(question.shape, Ranking):
                offered = [slot for slot, _ in question.shape.asked(experiment)["lanes"]]
                assert offered != question.shape.order(experiment), lesson.key


def test_keys_are_unique_and_every_group_has_lessons():
    keys = [lesson.key for lesson in LESSONS]
    assert len(keys) == len(set(keys))
    assert {group["key"] for group in menu().groups} == {lesson.group for lesson in LESSONS}
    assert {path.parent.name for path in TEXTS.glob("*/*.toml")} == {
        g["key"] for g in menu().groups
    }
    assert menu().problems == ()


def test_the_menu_walks_from_lesson_to_lesson():
    first, second = LESSONS[0].key, LESSONS[1].key
    assert (menu().beside(first, 1), menu().beside(second, -1)) == (second, first)
    assert (menu().beside(first, -1), menu().beside(LESSONS[-1].key, 1)) == (None, None)
    assert (menu().beside("nobody", 1), menu().find("nobody")) == (None, None)


def test_a_former_key_opens_the_lesson_that_is_called_otherwise_now():
    former = {old: lesson for lesson in LESSONS for old in lesson.formerly}
    assert len(former) == 19
    assert former.keys().isdisjoint(lesson.key for lesson in LESSONS)
    for old, lesson in former.items():
        assert menu().find(old) == lesson


def test_an_explanation_of_more_than_three_sentences_is_told():
    text = read_text("One. Two: {a.lr} is 0.1. Three? Four!")
    lesson = ravine()
    long = replace(lesson, explanation=replace(lesson.explanation, text=text))
    assert "explanation.text: 4 sentences are too many; 3 are allowed" in list(problems(long))


def ravine():
    return menu().find("ravine")


def test_a_changed_default_that_makes_a_sentence_false_is_told():
    slower = replace(ravine().setting, pairs=(*ravine().setting.pairs, ("a.lr", "0.05")))
    found = list(problems(replace(ravine(), setting=slower)))
    assert any("a.flips.y = 60" in problem for problem in found)
    assert any("transfer" in problem for problem in found)


def test_a_task_that_is_done_before_it_begins_or_cannot_be_done_is_told():
    lesson = ravine()
    done = replace(lesson, task=replace(lesson.task, changes=Changes()))
    assert [p for p in problems(done) if "before anything is changed" in p]
    hopeless = replace(lesson, task=replace(lesson.task, solution=Changes()))
    assert [p for p in problems(hopeless) if "does not hold with it" in p]


def test_a_question_that_gives_its_answer_away_is_told():
    lesson = ravine()
    told = replace(lesson, question=replace(lesson.question, text=lesson.explanation.text))
    assert [p for p in problems(told) if "question.text" in p and "not a setting" in p]


def test_the_right_answer_follows_the_settings():
    lesson = ravine()
    assert truth(lesson.question, lesson.experiment) == "At every step"
    assert truth(lesson.question, lesson.at("transfer")).startswith("Never")


def test_numbers_in_an_explanation_follow_the_settings():
    lesson = menu().find("bias-correction")
    changed = Changes((("a.beta2", "0.9"), ("b.beta2", "0.9"))).on(lesson.experiment)
    assert "3.16 times" in lesson.explanation.text.filled(Measured(lesson.experiment))
    assert "0.316 times" in lesson.explanation.text.filled(Measured(changed))


def test_the_limits_of_length_are_those_promised():
    assert (MOST_BEFORE, MOST_AFTER) == (80, 120)


def test_another_surface_or_rule_brings_its_own_settings():
    lesson = menu().find("tuning")
    moved = lesson.at("transfer")
    assert moved.surface.title == "Himmelblau"
    assert lesson.transfer.changes.problems(lesson.experiment) == ()
    assert [lane.schedule for lane in moved.lanes] == [
        lane.schedule for lane in lesson.experiment.lanes
    ]


def test_the_range_of_rates_that_a_lesson_tells_is_the_one_its_lab_shows():
    lesson = menu().find("tuning")
    rates = grid(*chosen(lesson.experiment))
    for k, slot in enumerate("abc"):
        working = rates[sensitivity(lesson.experiment, k, rates).works]
        told = Measured(lesson.experiment).value(f"{slot}.reach", None)
        assert told == pytest.approx(working.max() / working.min())


def test_no_lane_of_a_lesson_divides_by_nothing_but_epsilon():
    """A weight without a slope would show the rate over epsilon, a million."""
    lesson = menu().find("adam-schedule")
    for run in lesson.at("transfer").runs():
        assert np.max(effective_rate(run)) < 1000
