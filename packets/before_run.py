"""A race before it has begun: everything that is set, and nothing that a step would tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from engine.setup.experiment import Experiment
from engine.setup.link import query
from packets.look import Look
from packets.packet import finite, pack, unpack
from packets.race import caption, race_packet

SET = (
    *("link", "rules", "titles", "surface", "ground", "model", "start", "lowest", "tolerance"),
    *("chosen", "memory", "velocity", "formula", "rule", "caption", "view", "seed", "endings"),
)
"""What a header says of the settings alone, and of every run alike."""

LOOK = ("slot", "label", "caption", "visible", "light", "dark", "dash", "marker")
"""What it says of how a lane is shown."""


def before_run_packet(experiment: Experiment, view: Look) -> bytes:
    """Return the race at step 0, in the form of `race_packet`; the same whatever would follow."""
    quiet = replace(view, scrub="", fan=False, band=False, lab="results", loss="log")
    quiet = replace(quiet, map="contour", marks=())
    header, arrays = unpack(race_packet(replace(experiment, steps=1), quiet))
    start = np.array(experiment.start)
    height = finite(experiment.surface.value(start))
    distance = finite(experiment.surface.distance(start))
    lanes = [_lane(lane, height, distance) for lane in header["lanes"]]
    told = _kept(header, SET)
    told |= {"steps": 0, "lanes": lanes, "flips": [[], []], "modules": [None for _ in lanes]}
    told |= {"link": query(experiment), "caption": caption(experiment)}
    told.pop("arrays")
    return pack(told, {name: _first(name, array) for name, array in arrays.items()})


def _lane(lane: dict[str, Any], height: float | None, distance: float | None) -> dict[str, Any]:
    begun = {"diverged": -1, "evaluations": 0, "final": height, "distance": distance}
    return _kept(lane, LOOK) | begun


def _kept(told: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """Return what is told under these names; of all else nothing, in its own form."""
    rest = {name: value for name, value in told.items() if name not in names}
    nothing = {n: type(v)() if isinstance(v, list | dict) else None for n, v in rest.items()}
    return {name: told[name] for name in names} | nothing


def _first(name: str, array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Keep what belongs to the start; what belongs to a step has no row."""
    if name == "slots":
        return array[:, :1]
    if name == "dots":
        return array
    return array[:0] if name.startswith("rate") else array[:1]
