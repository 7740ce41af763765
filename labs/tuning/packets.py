"""Fair tuning as the browser draws it: what was tried, and each lane before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from declarations import number
from engine.notation.letters import plain
from engine.run.cancel import Check
from engine.setup.experiment import Experiment
from engine.setup.handles import Handle, turned
from engine.setup.link import query
from labs.tuning.headers import (
    Searched,
    TuningEnd,
    TuningPlan,
    TuningRuns,
    TuningSide,
    TuningTries,
)
from labs.tuning.study import Tried, rounds, search, space
from packets.asked import Asked
from packets.look import Look
from packets.model import stand_ins
from packets.outcome import endings, told
from packets.packet import finite, pack
from packets.race import result

BUDGETS = (10, 20, 30, 60, 100, 200, 400)
"""Budgets that a menu offers; a link may ask for others."""

KINDS = ("values", "gradients", "hessians")
"""What a rule may ask a surface for, in the order in which runs count it."""


@dataclass(frozen=True)
class TuningLook(Look):
    """How many tries every lane gets."""

    budget: int = number(
        60,
        "N",
        "settings tried",
        10,
        400,
        whole=True,
        step=10,
        help="How many settings of each lane a fair tuning tries.",
    )


def tuning_packets(asked: Asked[TuningLook], check: Check) -> Iterator[bytes]:
    """Yield what is searched, each lane's tries as they come and its two runs, then the link.

    Every lane gets `view.budget` settings. Nothing is changed: the last packet names the link
    parameters that would put all lanes' best settings into the experiment.
    """
    experiment, view, _ = asked
    yield pack(_plan(experiment, view.budget), {})
    found: dict[str, float] = {}
    for k in range(len(experiment.lanes)):
        for tried in search(experiment, k, view.budget, check):
            yield pack(_tries(experiment, k, tried), _outcomes(experiment, tried))
        found |= tried.setting(tried.best)
        check()
        yield _runs(experiment, k, tried)
    changes = written(experiment, found)
    after = query(turned(experiment, found))
    end: TuningEnd = {"kind": "end", "changes": changes, "after": after}
    yield pack(end, {})


def written(experiment: Experiment, settings: Mapping[str, float]) -> dict[str, str]:
    """Return settings by link name as a link writes them."""
    declared = {
        handle.key: handle.declaration
        for k in range(len(experiment.lanes))
        for handle in space(experiment, k)
    }
    return {key: declared[key].write(value) for key, value in settings.items()}


def _plan(experiment: Experiment, budget: int) -> TuningPlan:
    return {
        "kind": "plan",
        "before": query(experiment),
        "budget": budget,
        "rounds": list(rounds(budget)),
        "steps": experiment.steps,
        "lowest": experiment.surface.lowest,
        "tolerance": experiment.tolerance,
        "noise": experiment.noise,
        "endings": endings(),
        "notes": stand_ins(experiment.surface),
        "surface": experiment.surface.title,
        "start": experiment.start,
        "window": list(experiment.surface.window),
        "searched": [_searched(experiment, k) for k in range(len(experiment.lanes))],
    }


def _searched(experiment: Experiment, k: int) -> list[Searched]:
    return [_axis(handle) for handle in space(experiment, k)]


def _axis(handle: Handle) -> Searched:
    declared = handle.declaration
    return {
        "key": handle.key,
        "symbol": plain(declared.symbol),
        "label": declared.label,
        "low": declared.axis.first,
        "high": declared.high,
        "scale": declared.scale,
    }


def _tries(experiment: Experiment, k: int, tried: Tried) -> TuningTries:
    columns = [
        [handle.declaration.write(value) for value in tried.settings[handle.key].tolist()]
        for handle in space(experiment, k)
    ]
    return {"kind": "tries", "lane": k, "best": tried.best, "settings": columns}


def _outcomes(experiment: Experiment, tried: Tried) -> dict[str, np.ndarray[Any, Any]]:
    lowest = experiment.surface.lowest
    return {
        "rate": next(iter(tried.settings.values())),
        "loss": tried.loss if lowest is None else tried.loss - lowest,
        "steps": tried.steps,
        "away": tried.away,
        "diverged": tried.diverged,
        "round": tried.round,
    }


def _runs(experiment: Experiment, k: int, tried: Tried) -> bytes:
    before = experiment.runs()[k]
    tuned = turned(experiment, tried.setting(tried.best))
    after = tuned.runs()[k]
    header: TuningRuns = {
        "kind": "runs",
        "lane": k,
        "sides": [_side(experiment, k), _side(tuned, k)],
    }
    return pack(header, {"before": before.x, "after": after.x})


def _side(experiment: Experiment, k: int) -> TuningSide:
    """Return a run's outcome, and what it asked its surface for as long as it lasted."""
    run, found = experiment.runs()[k], result(experiment, k)
    loss, diverged = found.loss - (experiment.surface.lowest or 0.0), int(run.diverged)
    asked = run.evaluations[diverged if diverged >= 0 else -1]
    return {
        "loss": finite(loss),
        "diverged": diverged,
        "asked": dict(zip(KINDS, asked.tolist(), strict=True)),
        **told(found.outcome, diverged, experiment.goal.leaving),
    }
