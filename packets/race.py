"""The race as the stage draws it: paths, losses and rates, and the chosen lane's inside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import urlencode

import numpy as np

from declarations import Declared, defaults, menu_key, say
from engine.notation.letters import plain
from engine.run.outcome import Outcome, Record, outcome
from engine.run.seen import noise_draws
from engine.run.trajectory import Trajectory
from engine.setup.experiment import Experiment, Lane
from engine.setup.handles import handles
from engine.setup.labels import labels
from engine.setup.link import SLOTS, query, write
from optimizers import OPTIMIZERS, Optimizer
from optimizers.dynamics import on_even_slope
from packets.arithmetic import arithmetic, surface_mathml
from packets.drawing import drawing
from packets.handles import told_handle
from packets.headers import LaneHeader, RaceHeader, SurfaceHeader, TurningHeader, ViewHeader
from packets.landscape import ground, heights, minimum_words
from packets.look import Look
from packets.model import model, rows_drawn
from packets.modules import modules
from packets.outcome import endings, told
from packets.packet import finite, pack
from packets.palette import STYLES
from packets.theory import along, theory, wanted
from schedules import Constant
from surfaces.base import Array, Whole
from surfaces.data.batches import batches
from surfaces.data.regression import Regression
from surfaces.data.scatter import batch_scatter


class Result(NamedTuple):
    """A lane's run in numbers, at its last finite step, and how it ended."""

    label: str
    loss: float
    distance: float
    evaluations: int
    outcome: Outcome


LONGEST_SAID = 60


def result(experiment: Experiment, k: int) -> Result:
    """Sum up lane k's run at its last finite step."""
    run = experiment.runs()[k]
    last = len(run.x) - 1 if run.diverged < 0 else max(int(run.diverged) - 1, 0)
    with np.errstate(all="ignore"):
        distance = float(experiment.surface.distance(run.x[last]))
    return Result(
        labels(experiment)[k],
        float(run.loss[last]),
        distance,
        int(run.evaluations[last][1]),
        outcome(Record(run.x, run.loss, run.diverged), experiment.surface, experiment.tolerance),
    )


def effective_rate(run: Trajectory) -> Array:
    """Return the step taken divided by the negative gradient, shape (steps, 2); NaN where it is 0.

    It is the learning rate that plain gradient descent would have needed in each coordinate.
    """
    with np.errstate(all="ignore"):
        rate = -np.diff(run.x, axis=0) / run.gradient[:-1]
    return np.where(np.isfinite(rate), rate, np.nan)


def weight_rates(optimizer: Optimizer, run: Trajectory) -> Array:
    """Return each weight's learning rate as the rule has it, shape (steps, 2); NaN once diverged.

    A rule that is a linear recursion while its scaling S stands still moves, on an even slope g, by
    lr S gain (1 - beta^t) / (1 - beta) g at step t. Of any other rule it is the size of its step
    over that of the gradient.
    """
    steps = np.arange(1, len(run.x))
    with np.errstate(all="ignore"):
        rule = along(optimizer, run, steps)
        if rule is None:
            return np.abs(effective_rate(run))
        rate = np.broadcast_to(on_even_slope(rule, steps, run.lr), (2, len(steps))).T
    gone = ~np.isfinite(run.x[1:])
    return np.where(gone | ~np.isfinite(rate), np.nan, rate)


def sign_changes(run: Trajectory) -> list[list[int]]:
    """Return, for x and for y, the steps whose gradient has flipped its sign since the last one."""
    signs = np.sign(run.gradient)
    flipped = signs[1:] * signs[:-1] < 0
    return [(np.flatnonzero(flipped[:, k]) + 1).tolist() for k in (0, 1)]


def race_packet(experiment: Experiment, view: Look, more: tuple[str, ...] = ()) -> bytes:
    """Return the race as the browser reads it; a pure function of the link.

    `more` names what comes along even if the view does not show it: "theory".
    """
    runs = experiment.runs()
    chosen = view.lane(experiment)
    lane, run, rules = experiment.lanes[chosen], runs[chosen], rule_names(experiment)
    foretold = theory(experiment, chosen) if wanted(view) or "theory" in more else (None, {})
    numbers = arithmetic(lane.optimizer, experiment.surface, run, _off(experiment, run))
    header: RaceHeader = {
        "link": query(experiment),
        "rules": rules,
        "titles": {rule: OPTIMIZERS[rule].title for rule in rules.values()},
        "surface": _surface(experiment),
        "ground": ground(experiment.surface),
        "start": experiment.start,
        "steps": experiment.steps,
        "lowest": experiment.surface.lowest,
        "floor": experiment.surface.floor,
        "endings": endings(),
        "tolerance": experiment.tolerance,
        "seed": experiment.seed,
        "modules": modules(experiment, chosen),
        "chosen": chosen,
        "lanes": [_lane(experiment, k) for k in range(len(runs))],
        "memory": memory_names(lane.optimizer),
        "velocity": lane.optimizer.velocity,
        "flips": sign_changes(run),
        "model": model(experiment.surface),
        "drawing": drawing(experiment.surface),
        "formula": surface_mathml(experiment.surface),
        "rule": [list(line) for line in numbers.lines],
        "caption": caption(experiment),
        "handles": [told_handle(handle, experiment) for handle in handles(experiment)],
        "theory": foretold[0],
        "view": ViewHeader(view.settings()),
    }
    arrays = {**dict(_arrays(experiment, runs, chosen)), "slots": numbers.values, **foretold[1]}
    return pack(header, arrays | {"draws": noise_draws(1.0, experiment.seed, experiment.steps)})


def _off(experiment: Experiment, run: Trajectory) -> Array | None:
    """Return by how much the gradients that a run saw are off: noise, or batches of the data."""
    if experiment.surface.changes:
        with np.errstate(all="ignore"):
            return run.gradient - experiment.surface.gradient(run.x.T).T
    noise = noise_draws(experiment.noise, experiment.seed, experiment.steps)
    return noise if experiment.noise else None


def caption(experiment: Experiment) -> str:
    """Return one line that says what was run, for under a picture: all that a link would hold."""
    settings = ", ".join(_said(experiment.surface))
    surface = experiment.surface.title + (f" ({settings})" if settings else "")
    return f"{surface}; {conditions(experiment)}"


def conditions(experiment: Experiment) -> str:
    """Return where a run starts, how long it is, and its noise, in one line."""
    start = f"start ({say(experiment.x)}, {say(experiment.y)}), {experiment.steps} steps"
    noise = f", noise σ = {say(experiment.noise)}, seed {experiment.seed}"
    near = f", tolerance {say(experiment.tolerance)}"
    usual = experiment.tolerance == defaults(Experiment)["tolerance"]
    return f"{start}{noise if experiment.noise else ''}{'' if usual else near}"


def lane_caption(lane: Lane) -> str:
    """Return a lane's settings and its schedule's in one line."""
    if lane.schedule == Constant():
        return ", ".join(_said(lane.optimizer))
    settings = ", ".join(_said(lane.schedule))
    schedule = lane.schedule.title.lower() + (f" ({settings})" if settings else "")
    return ", ".join((*_said(lane.optimizer), schedule))


def _said(value: Declared) -> Iterator[str]:
    for name, declaration in value.used().items():
        text = declaration.write(getattr(value, name))
        if not text:
            continue
        yield f"{name} = {text if len(text) <= LONGEST_SAID else text[:LONGEST_SAID] + '…'}"


def rule_names(experiment: Experiment) -> dict[str, str]:
    """Return the menu's names of the lanes' rules by the lanes' letters."""
    pairs = zip(SLOTS, experiment.lanes, strict=False)
    return {slot: menu_key(lane.optimizer, OPTIMIZERS) for slot, lane in pairs}


def memory_names(optimizer: Optimizer) -> dict[str, str]:
    """Return the parts of a rule's memory by name, with the symbol of each."""
    return {name: plain(symbol) for name, symbol in optimizer.memory_symbols.items()}


def _surface(experiment: Experiment) -> SurfaceHeader:
    surface = experiment.surface
    return {
        "title": surface.title,
        "key": surface_key(experiment),
        "window": surface.window,
        "minimum": minimum_words(surface),
        "proven": surface.proven,
        "convex": surface.convex,
        "heights": heights(surface),
        "turning": _turning(experiment),
    }


def surface_key(experiment: Experiment) -> str:
    """Return the part of an experiment's link that tells its surface."""
    pairs = {k: v for k, v in write(experiment).items() if k.split(".")[0] == "surface"}
    return urlencode(pairs)


def _turning(experiment: Experiment) -> TurningHeader | None:
    """Return what turns the start along, and from which place at which angle on."""
    surface = experiment.surface
    if not surface.turns:
        return None
    origin, bearing = experiment.start, surface.bearing
    if origin == surface.start:
        origin, bearing = replace(surface, **{surface.turns: 0.0}).start, 0.0
    return {"key": f"surface.{surface.turns}", "origin": origin, "bearing": bearing}


def _lane(experiment: Experiment, k: int) -> LaneHeader:
    lane, run = experiment.lanes[k], experiment.runs()[k]
    found, style = result(experiment, k), STYLES[lane.color]
    return {
        "slot": SLOTS[k],
        "label": found.label,
        "caption": lane_caption(lane),
        "visible": lane.visible,
        "diverged": int(run.diverged),
        "final": finite(found.loss),
        "distance": finite(found.distance),
        "evaluations": found.evaluations,
        "caveat": lane.schedule.caveat(run.loss),
        **told(found.outcome, int(run.diverged), experiment.goal.leaving),
        "light": style.light,
        "dark": style.dark,
        "dash": style.dash,
        "marker": style.marker,
    }


def _arrays(
    experiment: Experiment, runs: tuple[Trajectory, ...], chosen: int
) -> Iterator[tuple[str, Array | Whole]]:
    lowest = experiment.surface.lowest
    for k, run in enumerate(runs):
        yield f"x{k}", run.x
        yield f"loss{k}", run.loss
        if lowest is not None:
            yield f"gap{k}", run.loss - lowest
        yield f"rate{k}", weight_rates(experiment.lanes[k].optimizer, run)
        yield f"gradient{k}", run.gradient
    for name, rows in runs[chosen].memory.items():
        yield f"memory.{name}", rows
    surface = experiment.surface
    if isinstance(surface, Regression):
        yield "dots", rows_drawn(surface)
        if surface.changes:
            yield "batches", batches(surface, experiment.steps + 1)
            path = runs[chosen].x
            yield "scatter", np.concatenate((path, batch_scatter(surface, path)), axis=1)
