"""Plotly's own script and the stage's modules, compressed once and cached by browsers for good.

Their addresses carry a hash of their content, so a browser asks again only when they change.
"""

from __future__ import annotations

import gzip
import hashlib
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

STAGE = Path(__file__).parent / "stage"
TYPES = {".js": "text/javascript", ".css": "text/css"}


class Asset(NamedTuple):
    """A file as it is sent: plain, compressed, and its type."""

    plain: bytes
    compressed: bytes
    type: str


@lru_cache(maxsize=1)
def plotly() -> Asset:
    """Return the plotly.min.js that the installed plotly package carries."""
    return _asset((files("plotly") / "package_data" / "plotly.min.js").read_bytes(), ".js")


@lru_cache(maxsize=1)
def stage() -> dict[str, Asset]:
    """Return the stage's modules and style sheet by file name."""
    paths = (p for p in sorted(STAGE.iterdir()) if p.suffix in TYPES)
    return {path.name: _asset(path.read_bytes(), path.suffix) for path in paths}


@lru_cache(maxsize=1)
def stamp() -> str:
    """Return a short hash of everything served from here."""
    content = hashlib.sha256(plotly().plain)
    for name, asset in stage().items():
        content.update(name.encode() + asset.plain)
    return content.hexdigest()[:12]


def find(name: str) -> Asset | None:
    """Return the asset of that name, or None."""
    return plotly() if name == "plotly.min.js" else stage().get(name)


def _asset(content: bytes, suffix: str) -> Asset:
    return Asset(content, gzip.compress(content, 9, mtime=0), TYPES[suffix])
