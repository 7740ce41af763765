"""A race before it has begun: everything that is set, and nothing that a step would tell."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from engine.setup.experiment import Experiment
from engine.setup.link import query
from packets.look import Look
from packets.packet import pack, unpack
from packets.race import caption, race_packet

SET = (
    *(
        "link",
        "rules",
        "titles",
        "surface",
        "ground",
        "model",
        "start",
        "lowest",
        "tolerance",
        "chosen",
        "memory",
        "velocity",
    ),
    *("formula", "rule", "caption", "view", "seed", "endings"),
)
"""What a header says of the settings alone, and of every run alike."""

LOOK = ("slot", "label", "caption", "visible", "light", "dark", "dash", "marker")
"""What it says of how a lane is shown."""


def still_packet(experiment: Experiment, view: Look) -> bytes:
    """Return the race at step 0, in the form of `race_packet`; the same whatever would follow."""
    quiet = replace(view, scrub="", fan=False, band=False, lab="results", loss="log")
    quiet = replace(quiet, map="contour", marks=())
    header, arrays = unpack(race_packet(replace(experiment, steps=1), quiet))
    start = np.array(experiment.start)
    height = _finite(float(experiment.surface.value(start)))
    distance = _finite(float(experiment.surface.distance(start)))
    lanes = [_lane(lane, height, distance) for lane in header["lanes"]]
    told: dict[str, Any] = {name: header[name] for name in SET}
    told |= {name: _nothing(value) for name, value in header.items() if name not in SET}
    told |= {"steps": 0, "lanes": lanes, "flips": [[], []], "handles": []}
    told |= {"modules": [None for _ in lanes]}
    told |= {"link": query(experiment), "caption": caption(experiment)}
    told.pop("arrays")
    return pack(told, {name: _first(name, array) for name, array in arrays.items()})


def _lane(lane: dict[str, Any], height: float | None, distance: float | None) -> dict[str, Any]:
    unknown = {name: _nothing(value) for name, value in lane.items() if name not in LOOK}
    begun = {"diverged": -1, "arrived": None, "evaluations": 0}
    return {name: lane[name] for name in LOOK} | {
        **unknown,
        **begun,
        "final": height,
        "distance": distance,
    }


def _nothing(value: Any) -> Any:
    """Return what is told of something that has not come about, in its own form."""
    return type(value)() if isinstance(value, list | dict) else None


def _first(name: str, array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Keep what belongs to the start; what belongs to a step has no row."""
    if name == "slots":
        return array[:, :1]
    if name == "dots":
        return array
    return array[:0] if name.startswith("rate") else array[:1]


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None
