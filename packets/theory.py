"""What theory says along the chosen lane's path, for the stage: curvature, limit, damping, rate.

Three places are compared at every step, with the rate and the scaling of the step about to be
taken: the start, the head, and the minimum that the run ends nearest to.
"""

from __future__ import annotations

import numpy as np

from engine.notation import display, mathml, parse_expression
from engine.notation.printed import Comparison
from engine.run.trajectory import Trajectory
from engine.setup.experiment import Experiment
from engine.theory.curvature import curvature, curvature_at, quadratic, smooth
from engine.theory.prediction import predicted
from engine.theory.resting_place import WINDOW, Place, measured, resting_place, swing, window
from engine.theory.stability import limit, regime, roots, seen
from optimizers.base import Optimizer
from optimizers.dynamics import Dynamics
from packets.headers import TheoryHeader, TheoryPlace
from packets.look import Look
from packets.packet import finite
from surfaces.base import Array, Surface, Whole


def wanted(view: Look) -> bool:
    """Say whether a view shows theory: only then does a race carry it."""
    return view.lab == "theory" or "axes" in view.marks


def theory(experiment: Experiment, chosen: int) -> tuple[TheoryHeader, dict[str, Array]]:
    """Return what joins a race's header as `theory`, and the arrays by name.

    With T + 1 steps: `theory.curvature` (T + 1, 3) low, high and angle at the head; of places
    start, head, minimum and of directions low, high: `theory.seen` (3, T + 1, 2) curvature as the
    rule sees it, `theory.radius` its factor per step, `theory.regime` a place in REGIMES;
    `theory.limit` (3, T + 1), `theory.rate` and `theory.measured` (T + 1); `predicted<k>` (T + 1)
    is the loss of lane k in closed form, above the lowest where there is one.
    """
    optimizer, run = experiment.lanes[chosen].optimizer, experiment.runs()[chosen]
    with np.errstate(all="ignore"):
        rule = along(optimizer, run, leaving(run))
        rest = resting_place(experiment.surface, run, _penalty(rule))
        hessians = _hessians(experiment.surface, run, rest)
        head = curvature(*(part[1] for part in hessians))
        arrays = {"theory.curvature": np.stack(head, axis=-1), "theory.rate": _in_force(run)}
        span, half = (WINDOW, 0) if rule is None else _window(rule, run, hessians)
        arrays |= {} if rule is None else _judged(rule, run, hessians)
        arrays["theory.measured"] = measured(run, rest, span, half)
    lines = {f"predicted{k}": line for k, line in _predictions(experiment)}
    places = [_said(experiment.surface, Place("start", run.x[0])), None]
    header: TheoryHeader = {
        "places": [*places, _said(experiment.surface, rest)],
        "span": span,
        "quadratic": quadratic(experiment.surface) is not None,
        "linear": rule is not None,
        "scaled": rule is not None and not isinstance(rule.scale, float),
        "momentum": rule is not None and bool(np.any(rule.beta)),
        "noisy": bool(experiment.noise),
        "parts": experiment.surface.changes,
        "penalty": _penalty(rule),
        "limit": _limit(optimizer) if optimizer.limit else "",
        "theory": optimizer.theory,
    }
    return header, arrays | lines


def along(optimizer: Optimizer, run: Trajectory, steps: Whole) -> Dynamics | None:
    """Return the dynamics of some steps of a run, counted from 1, in arrays of that shape."""
    rows = {name: np.moveaxis(part[steps], 0, -1) for name, part in run.memory.items()}
    memory = type(optimizer.start(np.zeros(2)))(**rows)
    return optimizer.dynamics(steps.astype(float), run.lr[steps - 1], memory)


def leaving(run: Trajectory) -> Whole:
    """Return the step that leaves each point of a run; of the last, the one that led there."""
    return np.minimum(np.arange(len(run.x)) + 1, len(run.lr))


def _hessians(surface: Surface, run: Trajectory, rest: Place | None) -> tuple[Array, Array, Array]:
    """Return f_xx, f_xy, f_yy at start, head and rest, each of shape (3, T + 1)."""
    head = run.x.T
    start = np.broadcast_to(run.x[0][:, None], head.shape)
    last = np.full(2, np.nan) if rest is None else rest.point
    if rest is not None and not smooth(surface, rest.point):
        last = np.full(2, np.nan)
    places = np.stack([start, head, np.broadcast_to(last[:, None], head.shape)], axis=1)
    xx, xy, yy = surface.hessian(places)
    return xx, xy, yy


def _judged(
    rule: Dynamics, run: Trajectory, hessians: tuple[Array, Array, Array]
) -> dict[str, Array]:
    bends, lr = seen(rule, hessians), _in_force(run)
    both = np.stack([bends.low, bends.high])
    return {
        "theory.seen": np.moveaxis(both, 0, -1),
        "theory.limit": limit(rule, bends.high),
        "theory.radius": np.moveaxis(roots(rule, lr, both).radius, 0, -1),
        "theory.regime": np.moveaxis(np.asarray(regime(rule, lr, both), dtype=float), 0, -1),
    }


def _in_force(run: Trajectory) -> Array:
    return np.append(run.lr, run.lr[-1])


def _penalty(rule: Dynamics | None) -> float:
    return 0.0 if rule is None else float(np.max(rule.penalty))


def _window(
    rule: Dynamics, run: Trajectory, hessians: tuple[Array, Array, Array]
) -> tuple[int, int]:
    """Return over how many steps to measure, and how long the longer half swing takes.

    The first is that of the slower direction at the resting place.
    """
    scale = np.asarray(rule.scale)
    first = rule._replace(scale=scale if scale.ndim == 0 else scale[:, 0])
    xx, xy, yy = (np.asarray(part[2, 0]) for part in hessians)
    bends = seen(first, (xx, xy, yy))
    found = [roots(first, float(run.lr[0]), h) for h in (bends.low, bends.high)]
    slower = max(found, key=lambda r: float(np.nan_to_num(r.radius)))
    return window(slower, len(run.lr)), swing(found)


def _predictions(experiment: Experiment) -> list[tuple[int, Array]]:
    whole = quadratic(experiment.surface)
    found = [(k, predicted(experiment, lane)) for k, lane in enumerate(experiment.lanes)]
    lift = 0.0 if whole is None else whole.value - (experiment.surface.lowest or 0.0)
    return [(k, line.gap + lift) for k, line in found if line is not None]


def _said(surface: Surface, place: Place | None) -> TheoryPlace | None:
    if place is None:
        return None
    w = place.point
    kink = place.kind != "start" and not smooth(surface, w)
    with np.errstate(all="ignore"):
        loss, slope = surface.value(w), surface.gradient(w)
    low, high, angle = (None if kink else finite(part) for part in curvature_at(surface, w))
    return {
        "kind": place.kind,
        "at": (float(w[0]), float(w[1])),
        "kink": kink,
        "gradient": [finite(side) for side in slope],
        "loss": finite(loss),
        "low": low,
        "high": high,
        "angle": angle,
    }


def _limit(optimizer: Optimizer) -> str:
    sides = (parse_expression(r"\eta"), parse_expression(optimizer.limit))
    return display(mathml(Comparison(sides, ("<",))))
