"""The basin map on its way to the browser: a coarse one at once, the fine one row by row."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from declarations import choice
from engine.run.cancel import Check
from engine.run.standstill import near
from engine.setup.experiment import Experiment
from engine.setup.link import SLOTS
from labs.basins.destinations import destinations
from labs.basins.headers import BasinHeading, BasinRows
from labs.basins.study import Basins, centers, lane_basins
from packets.asked import Asked
from packets.landscape import critical
from packets.look import Look
from packets.model import stand_ins
from packets.outcome import endings
from packets.packet import pack

RESOLUTION = 200
COARSE = 4
"""The coarse map takes one cell of so many across and up: a sixteenth of the work."""

MOST_MAPS = 2
PATIENCE = 0.8
"""Seconds after which more of a fine map should have appeared."""

LESS_A_START = 0.6
"""In a fine map a start takes about so much of the time that it takes in a coarse one."""

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class BasinsLook(Look):
    """Whose basins are shown beside the chosen lane's."""

    rival: str = choice(
        "none",
        ("none", *SLOTS),
        "compared with",
        help="The lane whose basins are shown beside the chosen one's.",
    )


class Rows(NamedTuple):
    """Some rows of lane k's map: every `stride`-th cell of them, from row `first` up."""

    k: int
    first: int
    rows: int
    stride: int
    found: Basins


def basin_packets(asked: Asked[BasinsLook], check: Check) -> Iterator[bytes]:
    """Yield the maps of lanes `lanes=a,b`, or of the chosen lane, part by part."""
    experiment, view, more = asked
    slots = SLOTS[: len(experiment.lanes)]
    named = [slot for slot in more.get("lanes", "")[:20].split(",") if slot in tuple(slots)]
    lanes = [slots.index(slot) for slot in dict.fromkeys(named)][:MOST_MAPS]
    lanes = lanes or [view.lane(experiment)]
    yield _heading(experiment)
    total, done = RESOLUTION * len(lanes), 0
    for rows in map_parts(experiment, lanes, check):
        done += rows.rows if rows.stride == 1 else 0
        yield _packed(rows, done / total)


def map_parts(experiment: Experiment, lanes: list[int], check: Check) -> Iterator[Rows]:
    """Yield every lane's coarse map, then the fine ones, in as many parts as they are slow."""
    starts = centers(experiment.surface.window, RESOLUTION)
    seconds = {}
    for k in lanes:
        begun = time.perf_counter()
        found = lane_basins(
            experiment, k, starts[:, COARSE // 2 :: COARSE, COARSE // 2 :: COARSE], check
        )
        seconds[k] = (time.perf_counter() - begun) * COARSE**2 * LESS_A_START
        yield Rows(k, 0, RESOLUTION, COARSE, found)
    for k in lanes:
        for first, last in _cuts(seconds[k]):
            found = lane_basins(experiment, k, starts[:, first:last], check)
            yield Rows(k, first, last - first, 1, found)


def _cuts(seconds: float) -> Iterator[tuple[int, int]]:
    """Yield the rows of each part of a map that takes so long."""
    parts = min(max(round(seconds / PATIENCE), 1), RESOLUTION // 10)
    edges = np.linspace(0, RESOLUTION, parts + 1).astype(int).tolist()
    yield from pairwise(edges)


def _heading(experiment: Experiment) -> bytes:
    """Return what the legend says: the minima by letter, and when a run counts as arrived."""
    surface = experiment.surface
    known = destinations(surface, surface.window)
    header: BasinHeading = {
        "part": "heading",
        "window": list(surface.window),
        "resolution": RESOLUTION,
        "named": [
            {**critical(c, surface), "letter": letter}
            for c, letter in zip(known.minima[: known.named], LETTERS, strict=False)
        ],
        "marks": [critical(c, surface) for c in surface.critical_points],
        "others": len(known.minima) - known.named,
        "tolerance": experiment.tolerance,
        "near": near(surface.window),
        "steps": experiment.steps,
        "endings": endings(),
        "notes": stand_ins(surface),
    }
    return pack(header, {})


def _packed(part: Rows, done: float) -> bytes:
    header: BasinRows = {
        "part": "rows",
        "slot": SLOTS[part.k],
        "first": part.first,
        "rows": part.rows,
        "stride": part.stride,
        "done": done,
    }
    return pack(header, {"end": part.found.end, "steps": part.found.steps})
