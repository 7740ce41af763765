"""What labs have been answered, for a page that has no server to ask."""

from __future__ import annotations

import zlib
from base64 import b64encode
from functools import lru_cache
from typing import TypedDict
from urllib.parse import urlencode

from declarations import declarations
from engine.run.cancel import unchecked
from engine.setup.experiment import Experiment
from engine.setup.link import write
from labs.menu import LABS
from labs.view import PREFIX, View
from packets.asked import Asked
from packets.race import rule_names


class Answer(TypedDict):
    """The packets of one piece of work, each compressed by itself, and what it was asked."""

    kind: str
    query: str
    parts: list[str]


@lru_cache(maxsize=16)
def answers(experiment: Experiment, view: View) -> tuple[Answer, ...]:
    """Return what the open lab asks of the server, where no browser computes it."""
    lab = LABS[view.lab]
    if lab.alone:
        return ()
    asked = Asked(experiment, view, {})
    return tuple(
        {
            "kind": kind,
            "query": _spelled(experiment, view),
            "parts": [_folded(part) for part in work(asked, unchecked)],
        }
        for kind, work in lab.work.items()
    )


def _spelled(experiment: Experiment, view: View) -> str:
    """Return a question that leaves neither lanes nor the view to a default."""
    seen = {
        PREFIX + name: declaration.write(getattr(view, name))
        for name, declaration in declarations(View).items()
    }
    return urlencode(rule_names(experiment) | write(experiment) | seen)


def _folded(part: bytes) -> str:
    return b64encode(zlib.compress(part)).decode()
