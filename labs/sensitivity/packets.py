"""Sensitivity curves as the browser draws them: every lane's end against its learning rate."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from declarations import defaults, number, say
from engine.run.cancel import Check
from engine.setup.experiment import Experiment
from engine.setup.link import SLOTS
from labs.sensitivity.headers import SensitivityCurve, SensitivityHeading
from labs.sensitivity.study import Sensitivity, allowed, grid, sensitivity, stretches
from packets.asked import Asked
from packets.look import Look
from packets.model import stand_ins
from packets.outcome import endings
from packets.packet import finite, pack
from surfaces.base import Array

KEPT = "kept"
"""Link parameter of a request: the range `low,high` on screen, kept while it holds every rate."""

_MARGIN = 1.5
"""Decades that the chosen range shows beyond the lanes' present rates, before it is rounded."""


@dataclass(frozen=True)
class SensitivityLook(Look):
    """From where to where the rates reach."""

    slowest: float = number(
        0.0, "", "lowest rate", 0.0, 100.0, scale="log", help="Where the curves begin; 0: chosen."
    )
    fastest: float = number(
        0.0, "", "highest rate", 0.0, 100.0, scale="log", help="Where the curves end; 0: chosen."
    )


def sensitivity_packets(asked: Asked[SensitivityLook], check: Check) -> Iterator[bytes]:
    """Yield the rates and what is the same for all lanes, then each lane's curve."""
    experiment, view, more = asked
    rates = grid(*shown(experiment, view, more.get(KEPT, "")))
    yield _heading(experiment, rates)
    for k in range(len(experiment.lanes)):
        yield _curve(experiment, k, sensitivity(experiment, k, rates, check))


def shown(experiment: Experiment, view: SensitivityLook, kept: str = "") -> tuple[float, float]:
    """Return the lowest and the highest rate to show, in that order.

    The view's own where they are set; otherwise the range kept, if it holds every lane's rate, or
    a round one that reaches well beyond all of them.
    """
    low, high = allowed(type(lane.optimizer) for lane in experiment.lanes)
    usual = _kept(experiment, kept) or chosen(experiment)
    ends = (view.slowest or usual[0], view.fastest or usual[1])
    first, last = (min(max(end, low), high) for end in sorted(ends))
    return first, last


def chosen(experiment: Experiment) -> tuple[float, float]:
    """Return a range of whole decades well beyond every lane's present rate."""
    rates = [math.log10(lane.optimizer.lr) for lane in experiment.lanes]
    low, high = math.floor(min(rates) - _MARGIN), math.ceil(max(rates) + _MARGIN)
    return 10.0**low, 10.0**high


def _kept(experiment: Experiment, text: str) -> tuple[float, float] | None:
    try:
        low, high = (float(part) for part in text[:100].split(","))
    except ValueError:
        return None
    rates = [lane.optimizer.lr for lane in experiment.lanes]
    return (low, high) if 0 < low <= min(rates) and max(rates) <= high < math.inf else None


def _heading(experiment: Experiment, rates: Array) -> bytes:
    lowest = experiment.surface.lowest
    start = float(experiment.surface.value(np.array(experiment.start)))
    header: SensitivityHeading = {
        "rates": [say(rate) for rate in rates.tolist()],
        "lanes": len(experiment.lanes),
        "lowest": lowest,
        "tolerance": experiment.tolerance,
        "start": finite(start if lowest is None else start - lowest),
        "steps": experiment.steps,
        "endings": endings(),
        "notes": stand_ins(experiment.surface),
    }
    return pack(header, {})


def _curve(experiment: Experiment, k: int, curve: Sensitivity) -> bytes:
    rule = type(experiment.lanes[k].optimizer)
    header: SensitivityCurve = {
        "lane": k,
        "slot": SLOTS[k],
        "usual": defaults(rule)["lr"],
        "works": list(stretches(curve.works)),
        "best": curve.best,
    }
    lowest = experiment.surface.lowest
    arrays = {
        "loss": curve.loss if lowest is None else curve.loss - lowest,
        "distance": curve.distance,
        "steps": curve.steps,
        "away": curve.away,
        "diverged": curve.diverged,
    }
    return pack(header, arrays)
