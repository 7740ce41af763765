"""The stage as one HTML file that plays offline: scripts, styles and data all inside it."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from functools import lru_cache
from html import escape
from typing import Any

from declarations import declarations
from engine.setup.experiment import Experiment
from engine.setup.link import to_json
from interface import assets
from interface.bundle import bundle
from labs.menu import LABS
from labs.view import View
from lessons.ahead import carried, moments
from lessons.carried_pages import Folded, rules_folded, shown
from lessons.lesson import Lesson
from lessons.standing import Standing
from optimizers import OPTIMIZERS, Optimizer
from packets.headers import OfferedRule
from packets.landscape import landscape_packet
from packets.modules import maps, module, modules
from packets.offered import named, offered
from packets.race import caption, race_packet, surface_key
from surfaces.data.carried import rows_of
from surfaces.data.regression import Regression

_SAVED = '<script type="application/json" data-experiment>'
"""Holds an experiment that no link can tell; the app opens it again."""

_OFFERED = '<script type="application/json" data-offered>'
"""Holds the rules that any lane may have instead of its own."""

_LESSON = '<script type="application/json" data-lesson>'
"""Holds the phases of a lesson, each packed until it is opened, and where it begins."""

ENTRY, WORKER = "handout.js", "run/worker.js"

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style data-stage>{style}</style>
{packets}
</head>
<body>
<main id="handout"></main>
<p class="handout-caption">{caption}</p>
<script>{plotly}</script>
<script type="module">{script}</script>
</body>
</html>
"""


def handout(experiment: Experiment, view: View) -> str:
    """Return the page: one race packet for each lane that may be chosen, and the landscape."""
    views = (replace(view, chosen=k) for k in range(len(experiment.lanes)))
    races = (race_packet(experiment, seen, ("theory",)) for seen in views)
    packets = [_packet("race", gzip.compress(race, 9, mtime=0)) for race in races]
    packets.append(f'<meta name="chosen" content="{view.lane(experiment)}">')
    packets.append(_named(experiment))
    return _whole(experiment.surface.title, packets, (experiment,))


def lesson_handout(lesson: Lesson, standing: Standing) -> str:
    """Return a page that takes a student through a lesson from where it stands, every phase packed.

    What is on the page of a run is in no legible form before the run has been predicted. What
    somebody has set opens with the page, and the lesson goes on from there.
    """
    here = standing if standing.changed(lesson) else None
    told = {"of": lesson.key, "sitting": asdict(standing.sitting), "phases": carried(lesson, here)}
    packets = [f"{_LESSON}{_inline(json.dumps(told))}</script>"]
    first = here.experiment if here else lesson.experiment
    found = tuple(moments(lesson))
    experiments = dict.fromkeys((first, *(one[2] for one in found)))
    return _whole(lesson.title, packets, tuple(experiments))


def _whole(title: str, packets: list[str], experiments: Sequence[Experiment]) -> str:
    """Return a page with what its experiments need; the rules to pick are those of the first."""
    first = experiments[0]
    packets += _landscapes(experiments)
    if rows_of(first.surface) is not None:
        packets.append(f"{_SAVED}{_inline(to_json(first))}</script>")
    rules = offered(first)
    packets.append(f"{_OFFERED}{_inline(json.dumps(rules, ensure_ascii=False))}</script>")
    pages = dict(page for experiment in experiments for page in shown(experiment).items())
    addresses = _addresses(first, rules).union(*(_addresses(each) for each in experiments))
    packets.append(_carried(addresses, rules_folded(pages)))
    packets += [_page(name, text) for name, text in pages.items()]
    return _PAGE.format(
        title=escape(title),
        style=style(),
        packets="\n".join(packets),
        caption=escape(caption(first)),
        plotly=_inline(assets.plotly().plain.decode()),
        script=_inline(script()),
    )


def _landscapes(experiments: Iterable[Experiment]) -> Iterator[str]:
    """Yield the landscapes that no module computes or that bring rows, once for all batches."""
    for experiment in dict.fromkeys(map(_whole_batch, filter(_brings, experiments))):
        surface, of = experiment.surface, escape(surface_key(experiment))
        yield _packet("landscape", landscape_packet(surface, surface.window), f' data-of="{of}"')


def _brings(experiment: Experiment) -> bool:
    return isinstance(experiment.surface, Regression) or not any(modules(experiment, 0))


def _whole_batch(experiment: Experiment) -> Experiment:
    """Return an experiment of which nothing but the surface is told from others."""
    surface = experiment.surface
    if isinstance(surface, Regression):
        surface = replace(surface, batch="all", replacement=False, shuffle="0")
    return Experiment(surface=surface)


def _named(experiment: Experiment) -> str:
    """Keep what the lanes are called, and what tells those of one name apart."""
    text = base64.b64encode(json.dumps(named(experiment)).encode()).decode()
    return f'<script type="application/octet-stream" data-named>{text}</script>'


def _packet(kind: str, content: bytes, of: str = "") -> str:
    text = base64.b64encode(content).decode()
    return f'<script type="application/octet-stream" data-packet="{kind}"{of}>{text}</script>'


def _page(name: str, text: str) -> str:
    """Keep a page of the reference as text; a link of the page opens it."""
    return f'<script type="text/plain" data-page="{name}">{_inline(text)}</script>'


def _inline(code: str) -> str:
    """Keep a script from ending its own element; both spellings mean the same to JavaScript."""
    return code.replace("</script", r"<\/script").replace("<!--", r"<\!--")


def style() -> str:
    """Return the stage's style sheets in one."""
    return assets.style("handout.css")


def script() -> str:
    """Return the stage's modules as one script that imports nothing."""
    return _bundled(assets.last_written())


@lru_cache(maxsize=4)
def _bundled(_written: int) -> str:
    sources = assets.modules()
    labs = (f"labs/{name}/{name}.js" for name in LABS)
    opened = (
        "save/tabs.js",
        "save/video.js",
        "lesson/lesson.js",
        *(name for name in labs if name in sources),
    )
    return bundle(sources, ENTRY, opened)


def _carried(addresses: Iterable[str], pages: Folded) -> str:
    """Keep the modules that run lanes by their addresses, a worker's script, and rules' pages."""
    held = {address: module(address) for address in sorted(addresses)}
    texts = {"worker": bundle(assets.modules(), WORKER), "modules": held, "reference": pages}
    content = gzip.compress(json.dumps(texts, ensure_ascii=False).encode(), 9, mtime=0)
    text = base64.b64encode(content).decode()
    return f'<script type="application/gzip" data-carried>{text}</script>'


def _addresses(experiment: Experiment, rules: Iterable[OfferedRule] = ()) -> set[str]:
    """Return where all is that runs a lane, printed or mapped: of its own rule or of another."""
    surface, lanes = experiment.surface, experiment.lanes
    own = [(modules(experiment, k)[k], lane.optimizer) for k, lane in enumerate(lanes)]
    runners = [*own, *((rule["modules"], _form(rule)) for rule in rules)]
    watched = {lane.schedule.watches_loss for lane in lanes}
    found = set[str]()
    for of, optimizer in runners:
        if of is None:
            continue
        found.update(map(str, of.values()))
        found.update(a for each in watched for a in maps(of, optimizer, surface, each))
    return found


def _form(rule: OfferedRule) -> Optimizer:
    """Return a rule of the menu with its switches as they are offered."""
    kind: type[Any] = OPTIMIZERS[rule["name"]]
    read = {name: declarations(kind)[name].read(text) for name, text in rule["switched"].items()}
    found: Optimizer = replace(kind(), **read)
    return found
