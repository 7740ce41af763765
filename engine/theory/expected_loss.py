"""What noise makes of the loss on average at every step, under any schedule: an exact recursion.

On a quadratic a rule that is linear in the gradient moves point and memory together by an affine
map z' = A z + b + C e. Noise e of variance sigma^2 in each coordinate then takes the mean m to
A m + b and the covariance P to A P A' + sigma^2 C C', so the mean loss needs no seeds. The maps
are read off the rule's own step.

Source: K. J. Åström (1970), Introduction to Stochastic Control Theory, chapter 3.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from engine.theory.curvature import Quadratic, quadratic
from engine.theory.stability import linear_dynamics
from optimizers.base import Optimizer
from surfaces.base import Array, Surface


class _Slopes(NamedTuple):
    """A quadratic as a rule sees it, its gradient off by a draw of shape (2, n)."""

    matrix: Array
    center: Array
    draw: Array

    def value(self, w: Array) -> Array:
        """Return the loss above the center's, shape (n,)."""
        away = w - self.center
        loss: Array = (away * (self.matrix @ away)).sum(axis=0) / 2
        return loss

    def gradient(self, w: Array) -> Array:
        """Return the gradient and its draw, shape (2, n)."""
        slope: Array = self.matrix @ (w - self.center) + self.draw
        return slope

    def hessian(self, w: Array) -> tuple[Array, Array, Array]:
        """Return the second derivatives, the same everywhere."""
        (xx, xy), (_, yy) = self.matrix
        return xx, xy, yy


def expected_loss(
    rule: Optimizer, surface: Surface, start: tuple[float, float], lr: Array, sigma: float
) -> Array | None:
    """Return the mean loss over all draws before and after each step, shape (steps + 1,).

    `lr`, shape (steps,), holds the rate of each step and must not depend on the draws. None where
    the surface is no quadratic that every step sees whole, or the rule is not linear in the
    gradient.
    """
    whole = quadratic(surface)
    if surface.changes or whole is None or linear_dynamics(rule) is None:
        return None
    point = np.array(start, dtype=float)
    mean = np.concatenate([point, *rule.start(point)])
    spread = np.zeros((mean.size, mean.size))
    found = [_mean_loss(whole, mean, spread)]
    with np.errstate(all="ignore"):
        for t, rate in enumerate(lr.tolist(), start=1):
            kept, shift, noise = _map(rule, whole, t, rate, mean.size)
            mean = kept @ mean + shift
            spread = kept @ spread @ kept.T + sigma**2 * noise @ noise.T
            found.append(_mean_loss(whole, mean, spread))
    return np.array(found)


def _map(
    rule: Optimizer, whole: Quadratic, t: int, lr: float, size: int
) -> tuple[Array, Array, Array]:
    """Return A, b and C of one step, found by stepping from 0, from each unit, and with each draw.

    All of these are lanes of one step, which is linear, so their differences from 0 are columns.
    """
    states = np.hstack([np.zeros((size, 1)), np.eye(size), np.zeros((size, 2))])
    draws = np.hstack([np.zeros((2, 1 + size)), np.eye(2)])
    memory = rule.start(states[:2])
    parts = states[2:].reshape(len(memory), 2, states.shape[1])
    seen = _Slopes(whole.matrix, np.array(whole.center)[:, None], draws)
    w, after = rule.step(t, lr, states[:2], type(memory)(*parts), seen)
    moved = np.concatenate([w, *after])
    columns = moved[:, 1:] - moved[:, :1]
    return columns[:, :size], moved[:, 0], columns[:, size:]


def _mean_loss(whole: Quadratic, mean: Array, spread: Array) -> float:
    matrix, away = whole.matrix, mean[:2] - whole.center
    return float(whole.value + (away @ matrix @ away + np.sum(matrix * spread[:2, :2])) / 2)
