"""What the page is sent of a lesson, phase by phase: never more than has been earned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import lru_cache
from typing import NamedTuple

from engine.setup.experiment import Experiment
from engine.setup.link import query
from labs.view import View
from lessons.checking import truth
from lessons.expression import Sum
from lessons.headers import (
    CheckHeader,
    ExplainHeader,
    LessonFrame,
    LessonHeader,
    OutcomeHeader,
    PredictHeader,
    QuestionHeader,
    SaysHeader,
    TaskHeader,
    TransferHeader,
    WatchHeader,
)
from lessons.lesson import Lesson, Question
from lessons.menu import menu
from lessons.quantities import Measured, Settings
from lessons.shapes import SKIPPED
from lessons.sitting import HELD, Sitting, phases
from lessons.text import Text
from packets.before_run import before_run_packet
from packets.packet import extended
from packets.race import race_packet

OTHERWISE = (
    "With your settings this is no longer so; the question's answer is now: {answer}. "
    "The explanation is that of the lesson's own settings."
)

BEYOND = (
    "With your settings the question has no answer: a lane it speaks of is gone. "
    "The explanation is that of the lesson's own settings."
)


def lesson_packet(lesson: Lesson, sitting: Sitting, experiment: Experiment, view: View) -> bytes:
    """Return the race as far as it may be seen, and the lesson beside it."""
    held = sitting.phase in HELD
    data = before_run_packet(experiment, view) if held else race_packet(experiment, view)
    return extended(data, {"lesson": lesson_header(lesson, sitting, experiment)})


def lesson_header(lesson: Lesson, sitting: Sitting, experiment: Experiment) -> LessonHeader:
    """Return the lesson's words for the phase on screen, numbers filled in from the run."""
    frame = _frame(lesson, sitting, experiment)
    return _TELL[sitting.phase](_Now(frame, lesson, sitting, experiment))


@lru_cache(maxsize=256)
def refused(lesson: Lesson) -> str:
    """Return why a lesson cannot be gone through, or nothing: every phase is tried once."""
    try:
        for phase in phases(lesson):
            sitting = Sitting(phase, SKIPPED, "", SKIPPED, SKIPPED)
            lesson_header(lesson, sitting, lesson.at(phase))
    except ValueError as problem:
        return str(problem)
    return ""


class _Now(NamedTuple):
    """What is told in every phase, and what the rest is told of."""

    frame: LessonFrame
    lesson: Lesson
    sitting: Sitting
    experiment: Experiment


def _frame(lesson: Lesson, sitting: Sitting, experiment: Experiment) -> LessonFrame:
    listed = menu()
    beside = [(each.key, each.title) for each in listed.lessons if each.group == lesson.group]
    groups = {group["key"]: group["title"] for group in listed.groups}
    return {
        "key": lesson.key,
        "title": lesson.title,
        "group": groups.get(lesson.group, ""),
        "beside": beside,
        "next": listed.beside(lesson.key, 1),
        "previous": listed.beside(lesson.key, -1),
        "phases": list(phases(lesson)),
        "held": sitting.phase in HELD,
        "changed": experiment != lesson.at(sitting.phase),
        "sitting": asdict(sitting),
    }


def _predict(now: _Now) -> PredictHeader:
    asked = _asked(now.lesson.question, now.lesson.experiment)
    return {**now.frame, "phase": "predict", "question": asked}


def _watch(now: _Now) -> WatchHeader:
    lesson, first = now.lesson, now.lesson.experiment
    return {
        **now.frame,
        "phase": "watch",
        "question": _asked(lesson.question, first),
        "pace": lesson.pace,
        "decisive": _step(lesson.decisive, first),
    }


def _check(now: _Now) -> CheckHeader:
    asked = _asked(now.lesson.check, now.lesson.experiment)
    return {**now.frame, "phase": "check", "question": asked}


def _explain(now: _Now) -> ExplainHeader:
    frame, lesson, sitting, experiment = now
    first, explanation = lesson.experiment, lesson.explanation
    right = [reason.right for reason in lesson.question.reasons]
    chosen = lesson.variations[int(sitting.variation)] if sitting.variation else None
    told = chosen.text if chosen else explanation.text
    otherwise = "" if chosen else _otherwise(lesson, experiment)
    source = Measured(first if otherwise else experiment)
    return {
        **frame,
        "phase": "explain",
        "question": _asked(lesson.question, first),
        "truth": {
            **lesson.question.shape.truth(first),
            "reason": right.index(True) if right else None,
        },
        "seen": {**_asked(lesson.check, first), "truth": lesson.check.shape.truth(first)},
        "text": _told(told, source, first),
        "says": _says(lesson, told, "" if chosen else OTHERWISE, experiment),
        "otherwise": otherwise,
        "line": explanation.line,
        "step": _step(explanation.step, experiment),
        "variations": [each.title for each in lesson.variations],
        "caveat": lesson.caveat,
        "sources": list(lesson.sources),
    }


def _otherwise(lesson: Lesson, experiment: Experiment) -> str:
    """Say that under other settings the explanation would be false, or nothing while it holds."""
    if experiment == lesson.experiment:
        return ""
    try:
        right = truth(lesson.question, experiment)
    except ValueError:
        return BEYOND
    if right == truth(lesson.question, lesson.experiment) and _claimed(lesson, experiment):
        return ""
    return OTHERWISE.format(answer=right)


def _told(text: Text, source: Measured, own: Experiment) -> str:
    """Fill a text from a run, or from the lesson's own where the run lacks what it speaks of."""
    try:
        return text.told(source)
    except ValueError:
        return text.told(Measured(own))


def _says(lesson: Lesson, text: Text, otherwise: str, experiment: Experiment) -> SaysHeader:
    """Return a text for the page to say of other runs; one that nothing contradicts is never so."""
    claims = [claim.told() for claim in lesson.claims] if otherwise else []
    answers = lesson.question.shape.answers(lesson.experiment) if otherwise else None
    return {
        "link": query(experiment),
        "parts": text.taken_apart(),
        "claims": claims,
        "answers": answers,
        "otherwise": otherwise,
    }


def _claimed(lesson: Lesson, experiment: Experiment) -> bool:
    source = Measured(experiment)
    try:
        return all(claim.holds(source) for claim in lesson.claims)
    except ValueError:
        return False


def _transfer(now: _Now) -> TransferHeader:
    asked = _asked(now.lesson.transfer.question, now.lesson.at("transfer"))
    return {**now.frame, "phase": "transfer", "question": asked}


def _outcome(now: _Now) -> OutcomeHeader:
    lesson, second = now.lesson, now.lesson.at("transfer")
    return {
        **now.frame,
        "phase": "outcome",
        "question": _asked(lesson.transfer.question, second),
        "pace": lesson.pace,
        "truth": lesson.transfer.question.shape.truth(second),
        "text": _told(lesson.transfer.text, Measured(now.experiment), second),
        "line": 0,
        "sources": list(lesson.sources),
    }


def _task(now: _Now) -> TaskHeader:
    task, source = now.lesson.task, Measured(now.experiment)
    if task is None:
        raise ValueError("this lesson has no task")
    try:
        done = task.goal.holds(source)
    except ValueError:
        done = False
    return {
        **now.frame,
        "phase": "task",
        "text": _told(task.text, source, now.lesson.at("task")),
        "done": done,
        "goal": task.goal.told(),
    }


_TELL: dict[str, Callable[[_Now], LessonHeader]] = {
    "predict": _predict,
    "watch": _watch,
    "check": _check,
    "explain": _explain,
    "transfer": _transfer,
    "outcome": _outcome,
    "task": _task,
}


def _asked(question: Question, experiment: Experiment) -> QuestionHeader:
    return {
        "text": question.text.filled(Settings(experiment)),
        "shape": question.shape.asked(experiment),
        "reasons": [reason.text for reason in question.reasons],
    }


def _step(sum: Sum | None, experiment: Experiment) -> int | None:
    if sum is None:
        return None
    try:
        step = sum.of(Measured(experiment))
    except ValueError:
        return None
    return round(step) if 0 <= step <= experiment.steps else None
