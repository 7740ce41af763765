"""Plotly's own script, the stage's script and its styles, compressed once and kept by browsers.

Their addresses carry a hash of their content, so a browser asks again only when they change.
With `LOSS_DEV=1` in the environment they are read anew at every request, so that a changed script
or style sheet is seen on reload.
"""

from __future__ import annotations

import gzip
import hashlib
import os
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from interface.bundle import bundle, served
from packets import modules as modules_of_lanes

STAGE = Path(__file__).parent / "stage"
BEING_WRITTEN = "being-written"
"""Stands for the hash in addresses of what may change at any time."""

TYPES = {".js": "text/javascript", ".css": "text/css"}
_LOADER = """
const load = () => import(new URL("stage/%s/stage.js", document.baseURI));
const loaded = load();
export default function (component) {
  loaded.catch(load).then((stage) => stage.%s(component));
}
"""
STYLES = (
    *("stage.css", "curves/band.css", "relief/relief.css", "save/button.css", "scrub/scrub.css"),
    "labs/lab.css",
    *sorted(style.relative_to(STAGE).as_posix() for style in STAGE.glob("labs/*/*.css")),
    "map/brush.css",
    "model/model.css",
    "guide/guide.css",
    "lesson/lesson.css",
    "class/class.css",
)
"""The stage's style sheets in the order in which they stand in the one that is sent."""


class Asset(NamedTuple):
    """A file as it is sent: plain, compressed, and its type."""

    plain: bytes
    compressed: bytes
    type: str


@lru_cache(maxsize=1)
def plotly() -> Asset:
    """Return the plotly.min.js that the installed plotly package carries."""
    return _asset((files("plotly") / "package_data" / "plotly.min.js").read_bytes(), ".js")


def developing() -> bool:
    """Return whether scripts and styles are being written: read anew, and kept by no browser."""
    return os.environ.get("LOSS_DEV", "") not in ("", "0")


def stage() -> dict[str, Asset]:
    """Return the stage's scripts and its style sheet by the names under which they are sent."""
    return _joined(last_written())


def last_written() -> int:
    """Return when a module or style sheet was last saved, or 0 if none is being written."""
    if not developing():
        return 0
    found = [path for path in STAGE.rglob("*") if path.suffix in (".js", ".css") or path.is_dir()]
    return max(path.stat().st_mtime_ns for path in (STAGE, *found))


@lru_cache(maxsize=1)
def _joined(_written: int) -> dict[str, Asset]:
    sources = modules()
    texts = served(sources, "stage.js") | {"worker.js": bundle(sources, "run/worker.js")}
    scripts = {name: _asset(text.encode(), ".js") for name, text in texts.items()}
    return scripts | {"stage.css": _asset(style().encode(), ".css")}


def modules() -> dict[str, str]:
    """Return the stage's modules as they are written, by their paths from its folder."""
    found = sorted(STAGE.rglob("*.js"))
    return {path.relative_to(STAGE).as_posix(): path.read_text("utf-8") for path in found}


def page_style() -> str:
    """Return the style sheet of the page around the stage."""
    return _page_style(last_written())


@lru_cache(maxsize=1)
def _page_style(_written: int) -> str:
    return (STAGE / "page.css").read_text("utf-8")


def style(*more: str) -> str:
    """Return the stage's style sheets, and others by their paths, in one."""
    return "\n".join((STAGE / name).read_text("utf-8") for name in (*STYLES, *more))


def loader(part: str) -> str:
    """Return a component's script, which calls a function of the stage: fetched once, before that.

    A stage that could not be fetched is asked for again with the next call.
    """
    return _LOADER % (stamp(), part)


def stamp() -> str:
    """Return a short hash of everything served from here, or a word while it is being written."""
    return BEING_WRITTEN if developing() else _hash()


@lru_cache(maxsize=1)
def _hash() -> str:
    content = hashlib.sha256(plotly().plain)
    for name, asset in stage().items():
        content.update(name.encode() + asset.plain)
    return content.hexdigest()[:12]


def find(name: str) -> Asset | None:
    """Return the asset of that name, or None."""
    return plotly() if name == "plotly.min.js" else stage().get(name)


@lru_cache(maxsize=1024)
def module(address: str) -> Asset | None:
    """Return the module that runs lanes at an address, or None for one that is not ours."""
    try:
        return _asset(modules_of_lanes.module(address).encode(), ".js")
    except modules_of_lanes.NoModule:
        return None


def _asset(content: bytes, suffix: str) -> Asset:
    return Asset(content, gzip.compress(content, 9, mtime=0), TYPES[suffix])
