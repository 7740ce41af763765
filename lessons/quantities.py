"""What a lesson may speak of: settings, and quantities measured on a fresh run.

A lane's quantities stand after its slot: `a.loss@50`, `b.arrival`, `a.step.x@1`. `never` is what
an arrival is that does not come: infinity.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

import numpy as np

from engine.run.outcome import End, Record, outcome
from engine.run.trajectory import Trajectory
from engine.setup.experiment import Experiment, Lane
from engine.setup.handles import turned
from engine.setup.link import SLOTS
from engine.study.ensemble import ensemble
from engine.theory.curvature import Curvature, curvature_at
from labs.basins.destinations import destinations
from labs.basins.study import centers, lane_basins, shares
from labs.sensitivity.rates import grid
from labs.tuning.study import search
from packets.race import effective_rate, sign_changes
from surfaces.base import Array

SIDES = {"x": 0, "y": 1}
RATES = grid(1e-5, 10.0)
"""The learning rates among which `best` and `reach` look: those of the lab at usual rates."""

CELLS = 40
BUDGET = 60


class LaneRun:
    """One lane's run and what can be measured on it."""

    def __init__(self, experiment: Experiment, k: int) -> None:
        """Take the experiment and which lane is meant."""
        self.experiment, self.k = experiment, k
        self.lane: Lane = experiment.lanes[k]
        self.path: Trajectory = experiment.runs()[k]
        self.last = len(self.path.x) - 1
        record = Record(self.path.x, self.path.loss, self.path.diverged)
        self.outcome = outcome(record, experiment.surface, experiment.tolerance)

    def at(self, t: float) -> int:
        """Return a step as an index; ValueError if the run has no such step."""
        if not math.isfinite(t) or not 0 <= round(t) <= self.last:
            raise ValueError(f"step {t:g} is outside 0 to {self.last}")
        return round(t)

    def moved(self, t: float) -> int:
        """Return the index of the step that led to point t, which is at least 1."""
        if self.at(t) < 1:
            raise ValueError("step 0 is the start: nothing has moved yet")
        return self.at(t) - 1


def _loss(run: LaneRun, t: float) -> float:
    return float(run.path.loss[run.at(t)])


def _gap(run: LaneRun, t: float) -> float:
    lowest = run.experiment.surface.lowest
    return math.nan if lowest is None else _loss(run, t) - lowest


def _distance(run: LaneRun, t: float) -> float:
    return float(run.experiment.surface.distance(run.path.x[run.at(t)]))


def _step(run: LaneRun, t: float) -> Array:
    k = run.moved(t)
    found: Array = run.path.x[k + 1] - run.path.x[k]
    return found


def _angle(run: LaneRun, t: float) -> float:
    """Return the angle between -gradient and the way to the nearest minimum, in degrees."""
    w, downhill = run.path.x[run.at(t)], -run.path.gradient[run.at(t)]
    ways = [np.array([c.x, c.y]) - w for c in run.experiment.surface.minima]
    if not ways:
        return math.nan
    way = min(ways, key=lambda v: float(np.hypot(*v)))
    sizes = float(np.hypot(*way) * np.hypot(*downhill))
    return math.degrees(math.acos(np.clip(way @ downhill / sizes, -1, 1))) if sizes else math.nan


def _curvature(run: LaneRun, t: float) -> Curvature:
    return curvature_at(run.experiment.surface, run.path.x[run.at(t)])


AT_A_STEP: Mapping[str, Callable[[LaneRun, float], float]] = {
    "loss": _loss,
    "gap": _gap,
    "distance": _distance,
    "x": lambda run, t: float(run.path.x[run.at(t), 0]),
    "y": lambda run, t: float(run.path.x[run.at(t), 1]),
    "step": lambda run, t: float(np.hypot(*_step(run, t))),
    "step.x": lambda run, t: float(_step(run, t)[0]),
    "step.y": lambda run, t: float(_step(run, t)[1]),
    "slope": lambda run, t: float(np.hypot(*run.path.gradient[run.at(t)])),
    "gradient.x": lambda run, t: float(run.path.gradient[run.at(t), 0]),
    "gradient.y": lambda run, t: float(run.path.gradient[run.at(t), 1]),
    "rate": lambda run, t: float(run.path.lr[run.moved(t)]),
    "effective.x": lambda run, t: float(effective_rate(run.path)[run.moved(t), 0]),
    "effective.y": lambda run, t: float(effective_rate(run.path)[run.moved(t), 1]),
    "angle": _angle,
    "sharpness": lambda run, t: float(_curvature(run, t).high),
    "curvature.low": lambda run, t: float(_curvature(run, t).low),
    "mean": lambda run, t: float(ensemble(run.experiment, run.lane).mean[run.at(t)]),
}
"""Quantities of a lane at a step: `mean` is the loss averaged over a hundred seeds."""


def _arrival(run: LaneRun) -> float:
    step = run.outcome.passed
    return math.inf if step is None else step


def _stays(run: LaneRun) -> float:
    """Return the step from which the loss stays within the tolerance to the end."""
    end, step = run.outcome[:2]
    return step if end is End.ARRIVED and step is not None else math.inf


def _diverged(run: LaneRun) -> float:
    return math.inf if run.path.diverged < 0 else int(run.path.diverged)


def _leaves(run: LaneRun) -> float:
    """Return the first step at which the point is outside the surface's window."""
    inside = np.ones(len(run.path.x), dtype=bool)
    for k, (low, high) in enumerate(run.experiment.surface.window):
        inside &= (run.path.x[:, k] >= low) & (run.path.x[:, k] <= high)
    out = np.flatnonzero(~inside)
    return int(out[0]) if len(out) else math.inf


def _rises(run: LaneRun) -> list[int]:
    return [int(t) + 1 for t in np.flatnonzero(np.diff(run.path.loss) > 0)]


def _rates(run: LaneRun) -> Array:
    """Return the steps to the target at each of RATES, infinity where it is not reached."""
    rates = turned(run.experiment, {f"{SLOTS[run.k]}.lr": RATES})
    found = rates.ends(run.k).passed
    return np.where(found < 0, np.inf, found)


def _reach(run: LaneRun) -> float:
    arriving = RATES[np.isfinite(_rates(run))]
    return float(arriving.max() / arriving.min()) if len(arriving) else 0.0


def _tuned(run: LaneRun) -> float:
    *_, tried = search(run.experiment, run.k, BUDGET)
    steps = int(tried.steps[tried.best])
    return math.inf if steps < 0 else steps


def _share(run: LaneRun) -> float:
    """Return the share of the window's starts that end in a global minimum."""
    surface, quiet = run.experiment.surface, replace(run.experiment, noise=0.0)
    found = lane_basins(quiet, run.k, centers(surface.window, CELLS))
    minima = destinations(surface, surface.window).minima
    best = [k for k, c in enumerate(minima) if c.kind == "global minimum"]
    return sum(share for end, share in shares(found).items() if end in best)


OF_A_RUN: Mapping[str, Callable[[LaneRun], float]] = {
    "arrival": _arrival,
    "stays": _stays,
    "diverged": _diverged,
    "leaves": _leaves,
    "rises": lambda run: len(_rises(run)),
    "last_rise": lambda run: (_rises(run) or [0])[-1],
    "flips.x": lambda run: len(sign_changes(run.path)[0]),
    "flips.y": lambda run: len(sign_changes(run.path)[1]),
    "lowest": lambda run: float(np.nanmin(run.path.loss)),
    "lowest_at": lambda run: int(np.nanargmin(run.path.loss)),
    "longest": lambda run: float(np.nanmax(np.hypot(*np.diff(run.path.x, axis=0).T))),
    "longest_at": lambda run: int(np.nanargmax(np.hypot(*np.diff(run.path.x, axis=0).T))) + 1,
    "best": lambda run: float(_rates(run).min()),
    "best_rate": lambda run: float(RATES[int(_rates(run).argmin())]),
    "reach": _reach,
    "tuned": _tuned,
    "share": _share,
}
"""Quantities of a lane's whole run; `best`, `reach`, `tuned` and `share` take many runs."""


@cache
def _of_a_run(experiment: Experiment, k: int, name: str) -> float:
    with np.errstate(all="ignore"):
        return OF_A_RUN[name](LaneRun(experiment, k))


class Settings:
    """What may be told before anything has run: the experiment's own settings."""

    def __init__(self, experiment: Experiment) -> None:
        """Take the experiment; nothing is computed."""
        self.experiment = experiment

    def value(self, name: str, step: float | None) -> float:
        """Return a setting; ValueError if it is none."""
        found = setting(self.experiment, name) if step is None else None
        if found is None:
            raise ValueError(f"{name} is not a setting of this experiment")
        return found


class Measured:
    """Settings and everything measured on the experiment's fresh run."""

    def __init__(self, experiment: Experiment) -> None:
        """Take the experiment; each run is computed when it is first asked for."""
        self.experiment = experiment

    def value(self, name: str, step: float | None) -> float:
        """Return a quantity; ValueError names what is unknown or lacks its step."""
        known = setting(self.experiment, name) if step is None else None
        if known is not None:
            return known
        slot, _, rest = name.partition(".")
        if slot not in SLOTS[: len(self.experiment.lanes)] or not rest:
            raise ValueError(f"{name} is not known here")
        k = SLOTS.index(slot)
        if step is None:
            if rest not in OF_A_RUN:
                hint = f"; say at which step, as {name}@10" if rest in AT_A_STEP else ""
                raise ValueError(f"{name} is not known here{hint}")
            return _of_a_run(self.experiment, k, rest)
        with np.errstate(all="ignore"):
            return self._at(LaneRun(self.experiment, k), rest, step)

    def _at(self, run: LaneRun, name: str, step: float) -> float:
        if name in AT_A_STEP:
            return AT_A_STEP[name](run, step)
        part, _, side = name.removeprefix("memory.").partition(".")
        if not name.startswith("memory.") or part not in run.path.memory:
            raise ValueError(f"a lane has no {name}")
        row = run.path.memory[part][run.at(step)]
        if np.ndim(row) == 0 and not side:
            return float(row)
        if side not in SIDES:
            raise ValueError(f"memory.{part} needs .x or .y")
        return float(row[SIDES[side]])


def setting(experiment: Experiment, name: str) -> float | None:
    """Return a number that the experiment is set to, or None if that is no setting of it."""
    owner, _, rest = name.partition(".")
    if not rest:
        found = experiment.settings().get(owner)
    elif owner == "surface":
        found = experiment.surface.settings().get(rest)
    elif owner in SLOTS[: len(experiment.lanes)]:
        lane = experiment.lanes[SLOTS.index(owner)]
        part = lane.schedule if rest.startswith("schedule.") else lane.optimizer
        found = part.settings().get(rest.removeprefix("schedule."))
    else:
        found = None
    return float(found) if isinstance(found, int | float) and not isinstance(found, bool) else None
