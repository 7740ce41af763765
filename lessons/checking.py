"""Everything in a lesson that can be wrong once it has run: claims, blanks, answers, limits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from engine.setup.experiment import Experiment
from engine.setup.handles import handles
from lessons.expression import Claim, Sum
from lessons.lesson import Lesson, Question
from lessons.quantities import Measured, Settings
from lessons.shapes import Words
from lessons.text import Text

MOST_BEFORE = 80
MOST_AFTER = 120
MOST_SENTENCES = 3
_END = re.compile(r"[.!?][\"”]?(?:\s|$)")


def problems(lesson: Lesson) -> Iterator[str]:
    """Yield a sentence for each thing that does not hold on a fresh run."""
    first = lesson.experiment
    yield from _told(lesson)
    yield from _asked("question", lesson.question, first)
    yield from _asked("check", lesson.check, first)
    transferred = lesson.at("transfer")
    yield from _asked("transfer", lesson.transfer.question, transferred)
    for claim in lesson.claims:
        yield from _tried("claims", partial(_false, claim, first))
    yield from _surprise(lesson, first, transferred)
    yield from _possible(lesson)


def truth(question: Question, experiment: Experiment) -> str:
    """Return the right answer to a question in words."""
    return question.shape.truth(experiment)["words"]


def _told(lesson: Lesson) -> Iterator[str]:
    first, explanation = lesson.experiment, lesson.explanation
    yield from _filled("explanation.text", explanation.text, first)
    yield from _filled("transfer.explanation", lesson.transfer.text, lesson.at("transfer"))
    for v in lesson.variations:
        yield from _filled(f"variations: {v.title}", v.text, v.changes.on(first))
    if lesson.task:
        yield from _filled("task.text", lesson.task.text, lesson.at("task"))
    for name, sum in (("decisive", lesson.decisive), ("explanation.step", explanation.step)):
        if sum is not None:
            yield from _tried(name, partial(_a_step, sum, lesson))


def _false(claim: Claim, experiment: Experiment) -> str | None:
    return None if claim.holds(Measured(experiment)) else f"{claim.text!r} does not hold"


def _a_step(sum: Sum, lesson: Lesson) -> str | None:
    step = sum.of(Measured(lesson.experiment))
    return None if 0 <= step <= lesson.experiment.steps else f"{step:g} is no step of this run"


def _filled(name: str, text: Text, experiment: Experiment) -> Iterator[str]:
    found: list[str] = []
    yield from _tried(name, lambda: found.append(text.filled(Measured(experiment))))
    if text.words() > MOST_AFTER:
        yield f"{name}: {text.words()} words are too many; {MOST_AFTER} are allowed"
    sentences = len(_END.findall(found[0])) if found else 0
    if sentences > MOST_SENTENCES:
        yield f"{name}: {sentences} sentences are too many; {MOST_SENTENCES} are allowed"
    yield from (f"{name}: a number is unknown: {line}" for line in found if "unknown" in line)


def _asked(name: str, question: Question, experiment: Experiment) -> Iterator[str]:
    """A question may name settings only, and its right answer must be one of those offered."""
    yield from _tried(f"{name}.text", lambda: _said(question, experiment))
    words = question.text.words() + sum(len(r.text.split()) for r in question.reasons)
    if isinstance(question.shape, Words):
        words += sum(option.text.words() for option in question.shape.options)
        yield from _tried(f"{name}.options", lambda: _one_right(question.shape, experiment))
    else:
        yield from _tried(name, lambda: _nothing(truth(question, experiment)))
    if words > MOST_BEFORE:
        yield f"{name}: {words} words are too many; {MOST_BEFORE} are allowed before an answer"


def _nothing(_: object) -> None:
    return None


def _said(question: Question, experiment: Experiment) -> None:
    question.text.filled(Settings(experiment))
    question.shape.asked(experiment)


def _one_right(shape: object, experiment: Experiment) -> str | None:
    assert isinstance(shape, Words)
    source = Measured(experiment)
    held = sum(option.claim.holds(source) for option in shape.options)
    return None if held == 1 else f"{held} of the answers are right; exactly one must be"


def _surprise(lesson: Lesson, first: Experiment, transferred: Experiment) -> Iterator[str]:
    question = lesson.transfer.question
    if truth(lesson.question, first) == truth(question, transferred):
        yield "transfer: its right answer is the first question's"
    if isinstance(question.shape, Words) and question.shape.right(first) == question.shape.right(
        transferred
    ):
        yield "transfer: the changed setting does not change its right answer"


def _possible(lesson: Lesson) -> Iterator[str]:
    task = lesson.task
    if task is None:
        return
    begin = lesson.at("task")
    if task.slides not in [handle.key for handle in handles(begin)]:
        yield f"task.slides: {task.slides!r} is no setting of this experiment"
    if task.goal.holds(Measured(begin)):
        yield "task.goal: it holds before anything is changed"
    if not task.goal.holds(Measured(task.solution.on(begin))):
        yield "task.solution: the goal does not hold with it"


def _tried(name: str, check: Callable[[], str | None]) -> Iterator[str]:
    try:
        problem = check()
    except ValueError as wrong:
        problem = str(wrong)
    if problem:
        yield f"{name}: {problem}"
