"""What a hundred seeds make of each lane, on its way to the loss panel."""

from __future__ import annotations

import numpy as np

from engine.setup.experiment import Experiment
from engine.setup.link import SLOTS, query
from engine.study.ensemble import HIGH, LOW, SEEDS, ensemble
from engine.theory.expected_loss import expected_loss
from engine.theory.noise_floor import noise_floor
from packets.headers import EnsembleHeader
from packets.packet import Refused, pack
from schedules import Constant
from surfaces.base import Array
from surfaces.data.regression import Regression

MOST = 5e8
"""Rows that all seeds may go through in all their steps: a few seconds of work."""


def ensemble_packet(experiment: Experiment, k: int) -> bytes:
    """Return what many seeds make of lane k.

    Heights are above `base`, the global minimum's loss or 0 where there is none. `low`, `median`,
    `high` and `mean` have shape (steps + 1,). Where theory knows it: at a constant rate `floor`,
    (steps,), and under a schedule `expected`, (steps + 1,), the mean over all draws; a schedule
    that reacts to the loss has the floor of the rate in force at each step of the lane's own run,
    and `momentary` says so. Refused without gradient noise,
    and for what would take too long.
    """
    if not experiment.noise:
        raise Refused("Without gradient noise every seed gives the same run.")
    surface = experiment.surface
    rows = len(surface.rows()) if isinstance(surface, Regression) else 1
    if rows * experiment.steps * SEEDS > MOST:
        raise Refused(f"Too much for {SEEDS} seeds: take fewer steps, or fewer rows.")
    found = ensemble(experiment, experiment.lanes[k])
    base = experiment.surface.lowest or 0.0
    header: EnsembleHeader = {
        "link": query(experiment),
        "slot": SLOTS[k],
        "base": base,
        "seeds": SEEDS,
        "levels": [LOW, HIGH],
        "diverged": int(found.diverged[-1]),
        "momentary": experiment.lanes[k].schedule.watches_loss,
    }
    arrays = {name: getattr(found, name) - base for name in ("low", "median", "high", "mean")}
    theory = {"expected": expected_mean(experiment, k)}
    if theory["expected"] is None:
        theory = {"floor": predicted_floor(experiment, k)}
    return pack(header, arrays | {n: part - base for n, part in theory.items() if part is not None})


def expected_mean(experiment: Experiment, k: int) -> Array | None:
    """Return the mean loss of lane k over all draws under its schedule, shape (steps + 1,).

    None at a constant rate, where the floor says it all, where theory knows none, and where the
    schedule reacts to the loss, for then every seed has rates of its own. NaN from the step on at
    which the lane's own run diverged.
    """
    lane, surface = experiment.lanes[k], experiment.surface
    if isinstance(lane.schedule, Constant) or lane.schedule.watches_loss:
        return None
    run = experiment.runs()[k]
    found = expected_loss(lane.optimizer, surface, experiment.start, run.lr, experiment.noise)
    if found is not None and run.diverged >= 0:
        found[int(run.diverged) :] = np.nan
    return found


def predicted_floor(experiment: Experiment, k: int) -> Array | None:
    """Return the loss at which lane k would hover at the rate of each step, shape (steps,).

    None where theory has no floor for it or the rate is above the stability limit throughout; NaN
    at steps of such a rate, and from the step on at which the lane's own run diverged.
    """
    run = experiment.runs()[k]
    rule = experiment.lanes[k].optimizer
    floor = noise_floor(rule, experiment.surface, run.lr, experiment.noise)
    if floor is not None and run.diverged >= 0:
        floor[max(int(run.diverged) - 1, 0) :] = np.nan
    return None if floor is None or not np.isfinite(floor).any() else floor
