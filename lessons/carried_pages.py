"""Pages of the reference that a saved page carries: with no links, for it may be without a line."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TypedDict

from engine.setup.experiment import Experiment
from lessons.reference import page, place
from optimizers import OPTIMIZERS

_LONG = re.compile(r'<style>[^<]*</style>|(?<= d=")[^"]{2000,}')
"""What pages share: their style, and the contours of the surfaces that rules are shown on."""


class Folded(TypedDict):
    """Pages by `kind/key`, in which `⟦3⟧` stands for the string of that place."""

    strings: list[str]
    pages: dict[str, str]


def shown(experiment: Experiment) -> dict[str, str]:
    """Return the pages of what is in an experiment by `kind/key`, with no links: to be carried."""
    lanes = experiment.lanes
    values = (*(lane.optimizer for lane in lanes), *(lane.schedule for lane in lanes))
    places = dict.fromkeys(map(place, (experiment.surface, *values)))
    return {name: _unlinked(page(*name.split("/")) or "") for name in places}


def rules_folded(but: Collection[str]) -> Folded:
    """Return every optimizer's page but those named, with no links, what is long in them apart."""
    strings = dict[str, int]()

    def apart(found: re.Match[str]) -> str:
        return f"⟦{strings.setdefault(found[0], len(strings))}⟧"

    names = [f"optimizer/{key}" for key in OPTIMIZERS]
    pages = {
        name: _LONG.sub(apart, _unlinked(page(*name.split("/")) or ""))
        for name in names
        if name not in but
    }
    return {"strings": list(strings), "pages": pages}


def _unlinked(text: str) -> str:
    without = re.sub(r"<nav>.*?</nav>", "", text, flags=re.DOTALL)
    return re.sub(r"</?a\b[^>]*>", "", without)
