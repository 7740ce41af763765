"""The stage as one HTML file that plays offline: scripts, styles and data all inside it."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from html import escape
from typing import Any

from engine.setup.experiment import Experiment
from engine.setup.link import to_json
from interface import assets
from interface.bundle import bundle
from labs.menu import LABS
from labs.view import View
from lessons.reference import shown
from optimizers import OPTIMIZERS
from packets.headers import OfferedRule
from packets.landscape import landscape_packet
from packets.modules import maps, module, modules
from packets.offered import offered
from packets.race import caption, race_packet
from surfaces.data.carried import rows_of
from surfaces.data.regression import Regression

_SAVED = '<script type="application/json" data-experiment>'
"""Holds an experiment that no link can tell; the app opens it again."""

_OFFERED = '<script type="application/json" data-offered>'
"""Holds the rules that any lane may have instead of its own."""

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
    surface = experiment.surface
    views = (replace(view, chosen=k) for k in range(len(experiment.lanes)))
    races = (race_packet(experiment, seen, ("theory",)) for seen in views)
    packets = [_packet("race", race) for race in races]
    if isinstance(surface, Regression) or not any(modules(experiment, 0)):
        packets.append(_packet("landscape", landscape_packet(surface, surface.window)))
    if rows_of(surface) is not None:
        packets.append(f"{_SAVED}{_inline(to_json(experiment))}</script>")
    rules = offered(experiment)
    packets.append(f"{_OFFERED}{_inline(json.dumps(rules, ensure_ascii=False))}</script>")
    packets.append(_carried(_addresses(experiment, rules)))
    packets += [_page(name, text) for name, text in shown(experiment).items()]
    packets.append(f'<meta name="chosen" content="{min(view.chosen, len(experiment.lanes) - 1)}">')
    return _PAGE.format(
        title=escape(surface.title),
        style=style(),
        packets="\n".join(packets),
        caption=escape(caption(experiment)),
        plotly=_inline(assets.plotly().plain.decode()),
        script=_inline(script()),
    )


def _packet(kind: str, content: bytes) -> str:
    text = base64.b64encode(content).decode()
    return f'<script type="application/octet-stream" data-packet="{kind}">{text}</script>'


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


@lru_cache(maxsize=1)
def _bundled(_written: int) -> str:
    sources = assets.modules()
    labs = (f"labs/{name}/{name}.js" for name, lab in LABS.items() if lab.alone)
    opened = ("save/video.js", *(name for name in labs if name in sources))
    return bundle(sources, ENTRY, opened)


def _carried(addresses: Iterable[str]) -> str:
    """Keep the modules that run lanes, by their addresses, and the script of a worker."""
    held = {address: module(address) for address in sorted(addresses)}
    texts = {"worker": bundle(assets.modules(), WORKER), "modules": held}
    content = gzip.compress(json.dumps(texts, ensure_ascii=False).encode(), 9, mtime=0)
    text = base64.b64encode(content).decode()
    return f'<script type="application/gzip" data-carried>{text}</script>'


def _addresses(experiment: Experiment, rules: Iterable[OfferedRule]) -> set[str]:
    """Return where all is that runs a lane, printed or mapped: of its own rule or of another."""
    surface, lanes = experiment.surface, experiment.lanes
    kinds: dict[str, type[Any]] = OPTIMIZERS
    own = [(modules(experiment, k)[k], lane.optimizer) for k, lane in enumerate(lanes)]
    runners = [*own, *((rule["modules"], kinds[rule["name"]]()) for rule in rules)]
    watched = {lane.schedule.watches_loss for lane in lanes}
    found = set[str]()
    for of, optimizer in runners:
        if of is None:
            continue
        found.update(map(str, of.values()))
        found.update(a for each in watched for a in maps(of, optimizer, surface, each))
    return found
