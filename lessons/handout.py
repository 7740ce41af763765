"""Lessons on paper, a page each: picture, formulas, questions, room; the answers come last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from declarations.declared import Declared
from engine.notation.letters import plain
from engine.setup.experiment import Experiment, Lane
from lessons.checking import truth
from lessons.formulas import rule_lines
from lessons.lesson import Lesson, Question
from lessons.paper import boxes, lines, room
from lessons.picture import picture_with_axes
from lessons.quantities import Measured, Settings
from packets.arithmetic import surface_mathml
from packets.race import conditions
from schedules.constant import Constant

STYLE = """
body { font: 11pt/1.45 system-ui, sans-serif; max-width: 46rem; margin: 1.5rem auto; color: #111;
  background: #fff; padding: 0 1rem; }
h1 { font-size: 1.5em; } h2 { font-size: 1.2em; margin: 0 0 .3em; } h3 { font-size: 1em; }
.lesson { margin: 0 0 2rem; } .lesson + .lesson { break-before: page; }
h2, h3, .asked { break-after: avoid; } .boxes, .mark, .axes, .answer { break-inside: avoid; }
h3 { margin: .7em 0 .2em; padding-top: .3em; border-top: 1px solid #ccc; } p { margin: .5em 0; }
.beside { display: flex; gap: 1.5rem; align-items: flex-start; }
.beside svg { width: 14rem; flex: none; border: 1px solid #bbb; }
.mark svg { width: 17.5rem; border: 1px solid #bbb; } .axes { width: 30rem; max-width: 100%; }
.asked { font-weight: 600; } .small { font-size: .85em; color: #444; }
ul.boxes { list-style: none; padding: 0; } ul.boxes li::before { content: "\\2610\\00a0\\00a0"; }
ul.boxes { margin: .3em 0; } .line { border-bottom: 1px solid #999; height: 1.7em; }
@page { margin: 15mm; }
@media print { .unprinted { display: none; }
  body { margin: 0; padding: 0; max-width: none; font: 10pt/1.35 system-ui, sans-serif; }
  .mark svg { width: 14rem; } }
.beside math { line-height: 1.6; } .beside div > div { margin-bottom: .25em; }
.answers { break-before: page; } math { font-size: 1.05em; margin: .3em 0; width: fit-content; }
"""

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>{style}</style></head>
<body><h1>{title}</h1><p class="small unprinted">Print this page from your browser. The
answers stand on the last pages.</p>{questions}
<section class="answers"><h1>Answers</h1>{answers}</section></body></html>
"""


def handout(lessons: Sequence[Lesson]) -> str:
    """Return the page as HTML; all text is escaped, and nothing in it runs or is fetched."""
    alone = len(lessons) == 1
    title = lessons[0].title if alone else "Lessons"
    numbered = [f"<h2>{n}. {escape(each.title)}</h2>" for n, each in enumerate(lessons, start=1)]
    headed = list(zip([""] if alone else numbered, lessons, strict=True))
    return _PAGE.format(
        title=escape(title),
        style=STYLE,
        questions="".join(_asked(heading, lesson) for heading, lesson in headed),
        answers="".join(_answered(heading, lesson) for heading, lesson in headed),
    )


def _asked(heading: str, lesson: Lesson) -> str:
    experiment = lesson.experiment
    lanes = "".join(f"<li>{escape(_lane(lane))}</li>" for lane in experiment.lanes)
    chosen = experiment.lanes[lesson.view.lane(experiment)]
    rule = "".join(f"<div>{line}</div>" for line in rule_lines(chosen.optimizer))
    return (
        f'<section class="lesson">{heading}'
        f'<div>{surface_mathml(experiment.surface)}</div><div class="beside">'
        f"{picture_with_axes(experiment)}<div>"
        f'<p class="small">The rule of {escape(chosen.label)}:</p>{rule}'
        f'<ul class="small">{lanes}</ul><p class="small">{escape(_place(experiment))}</p></div>'
        f"</div><h3>Predict</h3>{_question(lesson.question, experiment)}"
        f"<h3>After the run: what did you see?</h3>{_question(lesson.check, experiment)}"
        f"<h3>One setting changed</h3>{_question(lesson.transfer.question, lesson.at('transfer'))}"
        f'<p class="small">Why?</p>{lines(["", ""])}'
        "</section>"
    )


def _lane(lane: Lane) -> str:
    scheduled = lane.schedule != Constant()
    schedule = f"; {lane.schedule.title.lower()} {_said(lane.schedule)}" if scheduled else ""
    return f"{lane.label}: {_said(lane.optimizer)}{schedule}".strip()


def _place(experiment: Experiment) -> str:
    settings = _said(experiment.surface)
    named = f"{experiment.surface.title}: {settings}" if settings else experiment.surface.title
    return f"{named}; {conditions(experiment)}"


def _said(part: Declared) -> str:
    """Return a part's settings under the symbols that stand in its formula."""
    return ", ".join(
        f"{plain(each.symbol) or each.label} = {each.write(getattr(part, name))}"
        for name, each in part.used().items()
    )


def _question(question: Question, experiment: Experiment) -> str:
    text = question.text.filled(Settings(experiment))
    reasons = boxes([reason.text for reason in question.reasons])
    because = f'<p class="small">Because</p>{reasons}' if question.reasons else ""
    return f'<p class="asked">{escape(text)}</p>{room(question.shape, experiment)}{because}'


def _answered(heading: str, lesson: Lesson) -> str:
    return f'<section class="answer">{heading}{"".join(_told(lesson))}</section>'


def _told(lesson: Lesson) -> Iterator[str]:
    first, second = lesson.experiment, lesson.at("transfer")
    told = lesson.explanation.text.told(Measured(first))
    yield _answer(truth(lesson.question, first), told)
    seen = truth(lesson.check, first)
    yield f'<p class="small">What was to be seen: {escape(seen)}.</p>'
    told = lesson.transfer.text.told(Measured(second))
    yield _answer(truth(lesson.transfer.question, second), told)
    if lesson.sources:
        yield f'<p class="small">{escape("; ".join(lesson.sources))}</p>'


def _answer(right: str, told: str) -> str:
    return f"<p><strong>{escape(right[:1].upper() + right[1:])}.</strong> {escape(told)}</p>"
