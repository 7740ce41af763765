"""What the page is sent of a lesson, phase by phase: never more than has been earned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import lru_cache

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
    TruthHeader,
    WatchHeader,
)
from lessons.lesson import Lesson, Question
from lessons.menu import menu
from lessons.quantities import Measured, Settings
from lessons.shapes import SKIPPED
from lessons.sitting import HELD, Sitting, phases
from lessons.text import Text
from packets.packet import extended
from packets.race import race_packet
from packets.still import still_packet

OTHERWISE = (
    "With your settings this is no longer so; the question's answer is now: {answer}. "
    "The explanation is that of the lesson's own settings."
)


def lesson_packet(lesson: Lesson, sitting: Sitting, experiment: Experiment, view: View) -> bytes:
    """Return the race as far as it may be seen, and the lesson beside it."""
    held = sitting.phase in HELD
    data = still_packet(experiment, view) if held else race_packet(experiment, view)
    return extended(data, {"lesson": lesson_header(lesson, sitting, experiment)})


def lesson_header(lesson: Lesson, sitting: Sitting, experiment: Experiment) -> LessonHeader:
    """Return the lesson's words for the phase on screen, numbers filled in from the run."""
    return _TELL[sitting.phase](_frame(lesson, sitting, experiment), lesson, sitting, experiment)


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


def _frame(lesson: Lesson, sitting: Sitting, experiment: Experiment) -> LessonFrame:
    listed = menu()
    beside = [(each.key, each.title) for each in listed.lessons if each.group == lesson.group]
    groups = {group.key: group.title for group in listed.groups}
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


def _predict(
    frame: LessonFrame, lesson: Lesson, sitting: Sitting, experiment: Experiment
) -> PredictHeader:
    asked = _asked(lesson.question, lesson.experiment)
    return {**frame, "phase": "predict", "question": asked}


def _watch(
    frame: LessonFrame, lesson: Lesson, sitting: Sitting, experiment: Experiment
) -> WatchHeader:
    source = Measured(lesson.experiment)
    return {
        **frame,
        "phase": "watch",
        "question": _asked(lesson.question, lesson.experiment),
        "pace": lesson.pace,
        "decisive": _step(lesson.decisive, source, lesson.experiment.steps),
    }


def _check(
    frame: LessonFrame, lesson: Lesson, sitting: Sitting, experiment: Experiment
) -> CheckHeader:
    asked = _asked(lesson.check, lesson.experiment)
    return {**frame, "phase": "check", "question": asked}


def _explain(
    frame: LessonFrame, lesson: Lesson, sitting: Sitting, experiment: Experiment
) -> ExplainHeader:
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
            **_truth(lesson.question, first),
            "reason": right.index(True) if right else None,
        },
        "seen": {**_asked(lesson.check, first), "truth": _truth(lesson.check, first)},
        "text": told.told(source.experiment, source),
        "says": _says(lesson, told, "" if chosen else OTHERWISE, experiment),
        "otherwise": otherwise,
        "line": explanation.line,
        "step": _step(explanation.step, Measured(experiment), experiment.steps),
        "variations": [each.title for each in lesson.variations],
        "caveat": lesson.caveat,
        "sources": list(lesson.sources),
    }


def _otherwise(lesson: Lesson, experiment: Experiment) -> str:
    """Say that under other settings the explanation would be false, or nothing while it holds."""
    if experiment == lesson.experiment:
        return ""
    right = truth(lesson.question, experiment)
    if right == truth(lesson.question, lesson.experiment) and _claimed(lesson, experiment):
        return ""
    return OTHERWISE.format(answer=right)


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


def _transfer(
    frame: LessonFrame, lesson: Lesson, sitting: Sitting, experiment: Experiment
) -> TransferHeader:
    asked = _asked(lesson.transfer.question, lesson.at("transfer"))
    return {**frame, "phase": "transfer", "question": asked}


def _outcome(
    frame: LessonFrame, lesson: Lesson, sitting: Sitting, experiment: Experiment
) -> OutcomeHeader:
    return {
        **frame,
        "phase": "outcome",
        "question": _asked(lesson.transfer.question, lesson.at("transfer")),
        "pace": lesson.pace,
        "truth": _truth(lesson.transfer.question, lesson.at("transfer")),
        "text": lesson.transfer.text.told(experiment, Measured(experiment)),
        "line": 0,
        "sources": list(lesson.sources),
    }


def _task(
    frame: LessonFrame, lesson: Lesson, sitting: Sitting, experiment: Experiment
) -> TaskHeader:
    task = lesson.task
    if task is None:
        raise ValueError("this lesson has no task")
    try:
        done = task.goal.holds(Measured(experiment))
    except ValueError:
        done = False
    text = task.text.told(experiment, Measured(experiment))
    return {
        **frame,
        "phase": "task",
        "text": text,
        "slides": task.slides,
        "done": done,
        "goal": task.goal.told(),
    }


_TELL: dict[str, Callable[[LessonFrame, Lesson, Sitting, Experiment], LessonHeader]] = {
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
        "text": question.text.filled(experiment, Settings(experiment)),
        "shape": question.shape.asked(experiment),
        "reasons": [reason.text for reason in question.reasons],
    }


def _truth(question: Question, experiment: Experiment) -> TruthHeader:
    found = question.shape.truth(experiment)
    return {"words": found.words, **found.measure}


def _step(sum: Sum | None, source: Measured, last: int) -> int | None:
    if sum is None:
        return None
    try:
        step = sum.of(source)
    except ValueError:
        return None
    return round(step) if 0 <= step <= last else None
