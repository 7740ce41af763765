"""Reads a lesson's text file (TOML); whatever is wrong is said with the line where it stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from engine.setup.experiment import Experiment
from engine.setup.link import SLOTS
from lessons.expression import read_claim, read_sum
from lessons.lesson import (
    Changes,
    Explanation,
    Lesson,
    Question,
    Reason,
    Setting,
    Task,
    Transfer,
    Variation,
)
from lessons.shapes import Amount, Curve, Option, Place, Ranking, Shape, Words
from lessons.table import Table, Unreadable
from lessons.text import read_text

LONGEST_FILE = 40_000


def read_lesson(text: str, key: str, group: str) -> Lesson:
    """Return the lesson that a file describes; Unreadable if it describes none."""
    if len(text) > LONGEST_FILE:
        raise Unreadable(f"{len(text)} characters are too many; {LONGEST_FILE} are allowed", 0)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        found = re.search(r"\(at line (\d+)", str(problem))
        said = re.sub(r" \(at .*", "", str(problem))
        raise Unreadable(said, int(found.group(1)) if found else text.count("\n") + 1) from None
    return _lesson(Table(content, "", text), key, group)


def pairs(query: str) -> tuple[tuple[str, str], ...]:
    """Return link parameters, which may be broken over several lines."""
    joined = "".join(query.split()).lstrip("?")
    return tuple(parse_qsl(joined, keep_blank_values=True))


def _lesson(top: Table, key: str, group: str) -> Lesson:
    setting = Setting(pairs(top.text("link")))
    for problem in setting.problems():
        raise top.wrong("link", problem)
    experiment = setting.experiment
    with top:
        return Lesson(
            key=key,
            title=top.text("title"),
            group=group,
            setting=setting,
            question=_question(top.table("question"), experiment),
            pace=top.number("pace", 10.0),
            decisive=top.optional("decisive", read_sum),
            check=_question(top.table("check"), experiment),
            explanation=_explanation(top.table("explanation")),
            claims=tuple(top.each("claims", read_claim)),
            variations=tuple(_variation(table, experiment) for table in top.tables("variations")),
            transfer=_transfer(top.table("transfer"), experiment),
            task=_task(top, experiment),
            caveat=top.text("caveat", ""),
            sources=tuple(top.each("sources", str)),
            formerly=tuple(top.each("formerly", str)),
        )


def _question(table: Table, experiment: Experiment) -> Question:
    with table:
        text = table.read("text", read_text)
        reasons = tuple(table.each("reasons", _reason))
        if reasons and sum(reason.right for reason in reasons) != 1:
            raise table.wrong("reasons", "exactly one of the reasons is true")
        return Question(text, _shape(table, experiment), reasons)


def _shape(table: Table, experiment: Experiment) -> Shape:
    found = [name for name in SHAPES if name in table.content]
    if len(found) != 1:
        raise table.wrong("text", f"a question has exactly one of {', '.join(SHAPES)}")
    return SHAPES[found[0]](table, experiment)


def _words(table: Table, experiment: Experiment) -> Shape:
    options = tuple(table.each("options", _option))
    if not 2 <= len(options) <= 5:
        raise table.wrong("options", "two to five answers, each as [text, claim]")
    return Words(options)


def _option(value: Any) -> Option:
    text, claim = value
    return Option(read_text(text), read_claim(claim))


def _reason(value: Any) -> Reason:
    text, right = value
    if not isinstance(text, str) or not isinstance(right, bool):
        raise ValueError("a reason is [text, true] or [text, false]")
    return Reason(text, right)


def _amount(table: Table, experiment: Experiment) -> Shape:
    with table.table("number") as inner:
        value = inner.read("value", read_sum)
        return Amount(value, inner.number("near", 0.1), inner.text("unit", ""))


def _ranking(table: Table, experiment: Experiment) -> Shape:
    quantity = table.text("ranking")
    sign, name = ("-", quantity[1:]) if quantity.startswith("-") else ("", quantity)
    slots = SLOTS[: len(experiment.lanes)]
    return Ranking(tuple(table.tried("ranking", read_sum, f"{sign}{s}.{name}") for s in slots))


def _place(table: Table, experiment: Experiment) -> Shape:
    with table.table("point") as inner:
        step = inner.number("step", 1)
        if not (step.is_integer() and 1 <= step <= experiment.steps):
            raise inner.wrong("step", f"a whole number from 1 to {experiment.steps}")
        return Place(_slot(inner, experiment), int(step), inner.number("near", 0.05))


def _curve(table: Table, experiment: Experiment) -> Shape:
    with table.table("curve") as inner:
        return Curve(_slot(inner, experiment), inner.number("near", 0.5))


SHAPES: Mapping[str, Callable[[Table, Experiment], Shape]] = {
    "options": _words,
    "number": _amount,
    "ranking": _ranking,
    "point": _place,
    "curve": _curve,
}
"""How each shape of an answer is read, by the entry that tells it."""


def _slot(table: Table, experiment: Experiment) -> int:
    slot = table.text("lane")
    if slot not in SLOTS[: len(experiment.lanes)] or len(slot) != 1:
        raise table.wrong("lane", f"{slot!r} is no lane of this experiment")
    return SLOTS.index(slot)


def _explanation(table: Table) -> Explanation:
    with table:
        text, line = table.read("text", read_text), int(table.number("line", 0))
        return Explanation(text, line, table.optional("step", read_sum))


def _changes(table: Table, key: str, experiment: Experiment) -> Changes:
    found = Changes(pairs(table.text(key, "")))
    for problem in found.problems(experiment):
        raise table.wrong(key, problem)
    return found


def _variation(table: Table, experiment: Experiment) -> Variation:
    with table:
        title, changes = table.text("title"), _changes(table, "changes", experiment)
        return Variation(title, changes, table.read("text", read_text))


def _transfer(table: Table, experiment: Experiment) -> Transfer:
    changes = _changes(table, "changes", experiment)
    text = table.read("explanation", read_text)
    return Transfer(changes, _question(table, changes.on(experiment)), text)


def _task(top: Table, experiment: Experiment) -> Task | None:
    if "task" not in top.content:
        return None
    with top.table("task") as table:
        changes = _changes(table, "changes", experiment)
        return Task(
            table.read("text", read_text),
            changes,
            table.text("slides"),
            table.read("goal", read_claim),
            _changes(table, "solution", changes.on(experiment)),
        )
