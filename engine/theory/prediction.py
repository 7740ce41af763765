"""A run on a quadratic known beforehand: the distance to the minimum as powers of two roots.

Nothing here steps. Along each eigenvector of the Hessian the distance after t steps is written
down from the roots of that direction, whatever t is; the measured run must coincide with it.

Source: G. Goh (2017), doi:10.23915/distill.00006, after B. T. Polyak (1964),
doi:10.1016/0041-5553(64)90137-5.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from engine.setup.experiment import Experiment, Lane
from engine.theory.curvature import Quadratic, quadratic
from engine.theory.stability import Roots, linear_dynamics, roots
from optimizers.dynamics import Dynamics
from schedules import Constant
from surfaces.base import Array


class Prediction(NamedTuple):
    """What linear algebra says of a run: `x` (steps + 1, 2) and the loss above the center's."""

    x: Array
    gap: Array


def predicted(experiment: Experiment, lane: Lane) -> Prediction | None:
    """Return a lane's run from its start in closed form, or None where there is none.

    There is one on a quadratic that every step sees whole, without noise and schedule, for a
    rule that scales nothing.
    """
    whole = quadratic(experiment.surface)
    random = experiment.noise or experiment.surface.changes
    if whole is None or random or not isinstance(lane.schedule, Constant):
        return None
    rule = linear_dynamics(lane.optimizer)
    if rule is None:
        return None
    steps = np.arange(experiment.steps + 1.0)
    return _run(rule, lane.optimizer.lr, whole, np.array(experiment.start), steps)


def _run(rule: Dynamics, lr: float, whole: Quadratic, start: Array, steps: Array) -> Prediction:
    """Put the run together from its two directions: f's center, and where the penalty moves it."""
    bends, center = whole.curvature, np.array(whole.center)
    cosine, sine = np.cos(bends.angle), np.sin(bends.angle)
    axes = np.array([[cosine, sine], [-sine, cosine]])
    x, gap = center + np.zeros((len(steps), 2)), np.zeros(len(steps))
    with np.errstate(all="ignore"):
        for axis, h in zip(axes, (float(bends.high), float(bends.low)), strict=True):
            distance = _distance(rule, lr, h, float(axis @ (start - center)), axis @ center, steps)
            x = x + distance[:, None] * axis
            gap = gap + h * distance * distance / 2
    return Prediction(x, gap)


def _distance(
    rule: Dynamics, lr: float, h: float, begin: float, offset: float, steps: Array
) -> Array:
    """Return the distance to f's center along one axis after each step, shape (steps + 1,).

    Weight decay pulls towards 0, so the distance to where the run settles is what shrinks.
    """
    bent = h + rule.penalty
    if bent == 0:
        slope = rule.penalty * offset
        return np.array(begin - slope * _drift(rule, lr, steps))
    rest = -rule.penalty * offset / bent
    if begin == rest:
        return np.full(len(steps), rest)
    distance: Array = rest + kept(rule, lr, bent, steps) * (begin - rest)
    return distance


def _drift(rule: Dynamics, lr: float, steps: Array) -> Array:
    """Return how far a constant slope of 1 has carried the point down after each step."""
    run = (1 - rule.beta**steps) / (1 - rule.beta)
    drift: Array = rule.gain * (steps - run) / (1 - rule.beta) + _first(rule) * run
    return lr * drift


def _first(rule: Dynamics) -> float:
    return float(rule.gain * (1 + rule.ahead) if rule.first is None else rule.first)


def kept(rule: Dynamics, lr: float, h: float, steps: Array) -> Array:
    """Return which share of the first distance is left after each of `steps`, of shape (n,)."""
    found = roots(rule, lr, h)
    first = 1 - lr * _first(rule) * h
    after = _sums(found, steps)
    before = np.where(steps > 0, _sums(found, np.maximum(steps - 1, 0)), 0.0)
    share: Array = np.where(steps > 0, first * after - found.product * before, 1.0)
    return share


def _sums(found: Roots, t: Array) -> Array:
    """Return (r^t - s^t) / (r - s) for the roots r and s, shape of `t`.

    It stays exact where the roots meet: there it is t r^(t - 1).
    """
    half, inside = float(found.sum) / 2, float(found.discriminant) / 4
    if inside < 0:
        size, turn = np.sqrt(float(found.product)), np.arctan2(np.sqrt(-inside), half)
        return np.array(size ** (t - 1) * np.sin(t * turn) / np.sin(turn))
    root = np.sqrt(inside)
    large = half + root if half >= 0 else half - root
    if large == 0:
        return np.where(t == 1, 1.0, 0.0)
    ratio = float(found.product) / (large * large)
    if ratio > 0.5:
        nearness = np.log1p(-2 * root / abs(large))
        series = t if root == 0 else np.expm1(t * nearness) / np.expm1(nearness)
    else:
        series = (1 - ratio**t) / (1 - ratio)
    return np.array(large ** (t - 1) * series)
