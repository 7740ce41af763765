"""The stage as one HTML file that plays offline: scripts, styles and data all inside it.

The stage's modules become one script. They are written so that this is simple: named exports
(`export const`, `export function`) and named imports only.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from html import escape

from engine.experiment import Experiment
from figures.landscape import landscape_packet
from figures.race import caption, race_packet
from figures.view import View
from interface import assets

ENTRY = "handout.js"
_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w.-]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function\*?|const|let) (\w+)", re.MULTILINE)

_STYLES = re.compile(r"^const STYLES = \[([^\]]*)\]", re.MULTILINE)
_STYLE = re.compile(r'"([\w-]+\.css)"')
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
    packets.append(_packet("landscape", landscape_packet(surface, surface.window)))
    packets.append(f'<meta name="chosen" content="{min(view.chosen, len(packets) - 2)}">')
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


def _inline(code: str) -> str:
    """Keep a script from ending its own element; both spellings mean the same to JavaScript."""
    return code.replace("</script", r"<\/script").replace("<!--", r"<\!--")


@lru_cache(maxsize=1)
def style() -> str:
    """Return the stage's style sheets in one."""
    names = (*_STYLE.findall(_STYLES.findall(_text("stage.js"))[0]), "handout.css")
    return "\n".join(map(_text, names))


def _text(name: str) -> str:
    return assets.stage()[name].plain.decode()


@lru_cache(maxsize=1)
def script() -> str:
    """Return the stage's modules as one script that imports nothing."""
    sources = {
        name: asset.plain.decode() for name, asset in assets.stage().items() if name.endswith(".js")
    }
    return bundle(sources, ENTRY)


def bundle(sources: Mapping[str, str], entry: str) -> str:
    """Return `entry` and all it imports as one script, each module a function called once.

    ValueError if modules import one another in a circle, or in a form that is not known here.
    """
    names = list(_ordered(sources, entry, (), set()))
    places = {name: f"module{k}" for k, name in enumerate(names)}
    return "\n".join(_enclosed(sources[name], places[name], places) for name in names)


def _ordered(
    sources: Mapping[str, str], name: str, above: tuple[str, ...], seen: set[str]
) -> Iterator[str]:
    if name in above:
        raise ValueError(f"{name} imports itself by way of {' and '.join(above)}")
    if name in seen:
        return
    for _, imported in _IMPORT.findall(sources[name]):
        yield from _ordered(sources, imported, (*above, name), seen)
    seen.add(name)
    yield name


def _enclosed(source: str, place: str, places: Mapping[str, str]) -> str:
    names = [name for _, name in _EXPORT.findall(source)]
    body = _IMPORT.sub(lambda found: _taken(found, places), source)
    body = _EXPORT.sub(r"\1 \2", body)
    if left := re.search(r"^(?:import|export)\b.*", body, re.MULTILINE):
        raise ValueError(f"not a form this bundler knows: {json.dumps(left.group())}")
    return f"const {place} = (() => {{\n{body}\nreturn {{ {', '.join(names)} }};\n}})();"


def _taken(found: re.Match[str], places: Mapping[str, str]) -> str:
    names = found[1].replace(" as ", ": ")
    return f"const {{{names}}} = {places[found[2]]};\n"
