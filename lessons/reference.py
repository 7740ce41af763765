"""The reference: a page for every optimizer, schedule and surface, and a glossary; all generated.

Nothing here is written twice: rules, ranges, helps, papers, minima and curvatures come from the
declarations, the lessons a thing appears in from the lessons.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from html import escape
from typing import Any

import numpy as np

from declarations import Declared, Number, Switch, declarations, menu_key, say
from engine.notation import display, mathml, parse_expression
from engine.setup.experiment import Experiment, Lane
from engine.setup.link import query
from engine.theory.curvature import curvature_at
from lessons.formulas import rule_lines, schedule_line
from lessons.glossary import glossary
from lessons.lesson import Lesson
from lessons.menu import menu
from lessons.picture import HEIGHT, WIDTH, picture, picture_with_paths
from lessons.text import number
from optimizers import OPTIMIZERS, Optimizer
from packets.arithmetic import surface_mathml
from schedules import SCHEDULES, Schedule
from surfaces import SURFACES, Surface

SHOWN_ON = ("ravine", "rosenbrock", "saddle")
"""Each rule's path is drawn on these."""

LONGEST = 60
"""Of a longer default, as heights drawn by hand, the first letters are enough."""

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 1.5rem auto; padding: 0 1rem;
  color: #1d2126; background: #fff; }
a { color: #00598c; } h1 { font-size: 1.7rem; margin: .2em 0; } h2 { font-size: 1.15rem; }
nav { font-size: .9rem; } .small { font-size: .9rem; color: #4a5058; }
table { border-collapse: collapse; } th, td { text-align: left; padding: .3em .9em .3em 0;
  border-bottom: 1px solid #ddd; vertical-align: top; }
.pictures { display: flex; flex-wrap: wrap; gap: 1rem; } figure { margin: 0; }
figure svg { width: 15rem; border: 1px solid #ccc; display: block; }
math { margin: .3em 0; width: fit-content; padding: 0 .3em; }
:is(div, p):has(> math) { overflow-x: auto; } p { overflow-wrap: anywhere; }
ul.menu { columns: 14rem; padding: 0; list-style: none; } .differs math { background: #dff0e6; }
input { font: inherit; padding: .3em .6em; width: 16rem; }
@media (prefers-color-scheme: dark) { body { color: #e6e8ea; background: #14181d; }
  a { color: #6cb8ea; } .small { color: #b5bac0; } th, td { border-color: #333a42; }
  .differs math { background: #1f4433; } }
h2, h2 + .small, thead, dt { break-after: avoid; }
tr, figure, li, dd, .pictures, p { break-inside: avoid; } td { overflow-wrap: anywhere; }
@page { margin: 15mm; }
@media print { nav, input, .unprinted { display: none; } h2 { margin: .7em 0 .2em; }
  p { margin: .5em 0; } ul { margin: .3em 0; } ul.shown { columns: 2; }
  body { margin: 0; padding: 0; max-width: none; font: 10pt/1.4 system-ui, sans-serif; }
  .pictures { flex-wrap: nowrap; } .pictures figure { flex: 1; }
  .pictures svg { width: 100%; box-sizing: border-box; }
  :is(div, p):has(> math) { overflow: visible; }
  .wide math { font-size: min(1em, 500mm / var(--letters)); } }
"""

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>{style}</style></head><body>
<nav><a href="{up}reference/">Reference</a> · <a href="{up}">The app</a></nav>
<main><h1>{title}</h1>{content}</main></body></html>
"""

KINDS: Mapping[str, Mapping[str, Any]] = {
    "optimizer": OPTIMIZERS,
    "schedule": SCHEDULES,
    "surface": SURFACES,
}


def page(kind: str, key: str) -> str | None:
    """Return the page of one optimizer, schedule or surface, or None if there is none."""
    kinds: dict[str, Callable[[str, Any], Iterator[str]]]
    kinds = {"optimizer": _optimizer, "schedule": _schedule, "surface": _surface}
    if kind not in kinds or key not in KINDS[kind]:
        return None
    value = KINDS[kind][key]()
    return _framed(value.title, "".join(kinds[kind](key, value)), "../../")


def place(value: Declared) -> str:
    """Return `kind/key`, where the page of a value stands under the reference's address."""
    kind = next(kind for kind, menu in KINDS.items() if type(value) in menu.values())
    return f"{kind}/{menu_key(value, KINDS[kind])}"


def index() -> str:
    """Return the list of all pages, and the glossary."""
    parts = [
        "<p>Every rule, schedule and surface as the app computes it.</p>"
        '<p><input type="search" placeholder="Search" aria-label="Search the reference"></p>'
    ]
    for kind, entries in KINDS.items():
        items = "".join(
            f'<li><a href="{kind}/{key}">{escape(entry.title)}</a></li>'
            for key, entry in entries.items()
        )
        parts.append(f'<h2>{kind.capitalize()}s</h2><ul class="menu">{items}</ul>')
    words = "".join(
        f"<dt><strong>{escape(term)}</strong></dt><dd>{escape(meaning)}</dd>"
        for term, meaning in glossary()
    )
    parts.append(f"<h2>Glossary</h2><dl>{words}</dl>")
    parts.append('<script src="search.js"></script>')
    return _framed("Reference", "".join(parts), "../")


def _framed(title: str, content: str, up: str) -> str:
    return _PAGE.format(title=escape(title), style=STYLE, content=content, up=up)


def _optimizer(key: str, rule: Optimizer) -> Iterator[str]:
    yield _said(rule)
    yield f"<h2>Rule</h2>{_lines(rule_lines(rule))}"
    yield from _neighbor(key, rule)
    memory = ", ".join(
        f"{_math(symbol)} ({escape(name)})" for name, symbol in rule.memory_symbols.items()
    )
    yield f"<h2>Memory</h2><p>{memory or 'It remembers nothing.'}</p>"
    yield _settings(rule)
    if rule.limit:
        yield (
            "<h2>Largest stable rate on a quadratic</h2>"
            f"<p>{_math(rule.limit)}, where Λ is the largest curvature as the rule sees it.</p>"
        )
    if rule.theory:
        yield f"<p>{escape(rule.theory)}</p>"
    yield f"<h2>Its path</h2>{''.join(_paths(rule))}"
    yield _source(rule.paper)
    yield _appears(lambda e: any(type(lane.optimizer) is type(rule) for lane in e.lanes))


def _neighbor(key: str, rule: Optimizer) -> Iterator[str]:
    """Say how the rule differs from the one before it on the menu, line by line."""
    keys = list(OPTIMIZERS)
    at = keys.index(key)
    if not at:
        return
    kind: type[Any] = OPTIMIZERS[keys[at - 1]]
    other = kind()
    before = set(rule_lines(other))
    lines = [(line, line not in before) for line in rule_lines(rule)]
    marked = "".join(
        f'<div class="differs">{line}</div>' if new else f"<div>{line}</div>" for line, new in lines
    )
    link = f'<a href="{keys[at - 1]}">{escape(other.title)}</a>'
    yield f"<h2>Beside {link}</h2><p class='small'>Lines that differ are marked.</p>{marked}"


def _paths(rule: Optimizer) -> Iterator[str]:
    yield '<div class="pictures">'
    for name in SHOWN_ON:
        surface: Any = SURFACES[name]()
        x, y = surface.start
        experiment = Experiment(surface=surface, lanes=(Lane(rule),), x=x, y=y)
        yield (
            f"<figure>{picture_with_paths(experiment)}<figcaption class='small'>"
            f'<a href="../../?{escape(query(experiment))}">{escape(surface.title)}</a>, '
            f"{experiment.steps} steps at its defaults</figcaption></figure>"
        )
    yield "</div>"


def _schedule(key: str, schedule: Schedule) -> Iterator[str]:
    yield _said(schedule)
    yield f"<h2>Rate</h2><p>{schedule_line(schedule)}</p>"
    if not schedule.watches_loss:
        yield _factors(schedule)
    yield _settings(schedule)
    yield _source(schedule.source)
    yield _appears(lambda e: any(type(lane.schedule) is type(schedule) for lane in e.lanes))


def _factors(schedule: Schedule) -> str:
    """Draw the share of the rate that is in force over a run of 100 steps."""
    values = [float(schedule.factor(t, 100, schedule.start())) for t in range(100)]
    top = max(1.0, *values)
    points = " ".join(
        f"{t / 99 * WIDTH:.1f},{HEIGHT - 6 - v / top * (HEIGHT - 12):.1f}"
        for t, v in enumerate(values)
    )
    return (
        f'<figure><svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="The rate over a run">'
        f'<polyline points="{points}" fill="none" stroke="#0072b2" stroke-width="2"/></svg>'
        "<figcaption class='small'>The rate over a run</figcaption></figure>"
    )


def _surface(key: str, surface: Surface) -> Iterator[str]:
    x, y = surface.start
    experiment = replace(Experiment(), surface=surface, x=x, y=y)
    yield _said(surface)
    yield f"<h2>Formula</h2>{_wide(surface_mathml(surface))}"
    link = f'<a class="unprinted" href="../../?{escape(query(experiment))}">Open it</a>'
    yield f"<figure>{picture(experiment)}<figcaption class='small'>{link}</figcaption></figure>"
    yield _settings(surface)
    yield f"<h2>Where it is flat</h2>{_flat(surface)}"
    yield _source(surface.source)
    yield _appears(lambda e: type(e.surface) is type(surface))


def _flat(surface: Surface) -> str:
    if not surface.critical_points:
        return "<p>No minimum is known.</p>"
    rows = ""
    for c in surface.critical_points:
        bend = curvature_at(surface, np.array([float(c.x), float(c.y)]))
        cells = (
            f"({number(float(c.x), 5)}, {number(float(c.y), 5)})",
            number(float(c.value), 5),
            c.kind,
            f"{number(float(bend.low), 4)} and {number(float(bend.high), 4)}",
        )
        rows += "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
    return _table(("Place", "Value", "Kind", "Curvatures"), rows)


def _said(value: object) -> str:
    return f"<p>{escape(inspect.cleandoc(type(value).__doc__ or ''))}</p>"


def _settings(value: Any) -> str:
    found = declarations(type(value))
    if not found:
        return ""
    rows = "".join(
        f'<tr id="{name}"><td>'
        f"{_math(d.symbol) if d.symbol else ''}</td><td>{escape(d.label)}</td>"
        f"<td>{escape(_shortened(d.write(getattr(value, name))))}</td><td>{escape(_range(d))}</td>"
        f"<td>{escape(d.help)}</td></tr>"
        for name, d in found.items()
    )
    names = ("", "Setting", "Default", "Range", "What it does")
    return f"<h2>Settings</h2>{_table(names, rows)}"


def _table(names: tuple[str, ...], rows: str) -> str:
    heads = "".join(f"<th>{name}</th>" for name in names)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"


def _range(declaration: Any) -> str:
    if isinstance(declaration, Number):
        return f"{say(declaration.low)} to {say(declaration.high)}"
    switch = ("on", "off") if isinstance(declaration, Switch) else ()
    return ", ".join(getattr(declaration, "options", switch))


def _appears(shows: Any) -> str:
    found: list[Lesson] = [lesson for lesson in menu().lessons if shows(lesson.experiment)]
    if not found:
        return ""
    items = "".join(
        f'<li><a href="../../?lesson={lesson.key}">{escape(lesson.title)}</a></li>'
        for lesson in found
    )
    return f'<h2>Lessons</h2><ul class="shown">{items}</ul>'


def _source(text: str) -> str:
    return f"<h2>Source</h2><p>{escape(text)}</p>"


def _lines(lines: tuple[str, ...]) -> str:
    return "".join(f"<div>{line}</div>" for line in lines)


def _wide(math: str) -> str:
    """Let a formula be scrolled, and on paper be set as small as its letters need."""
    letters = len(re.sub(r"<[^>]*>|\\s", "", math))
    return f'<div class="wide" style="--letters:{letters}">{math}</div>'


def _math(latex: str) -> str:
    return display(mathml(parse_expression(latex))).replace('display="block"', "")
