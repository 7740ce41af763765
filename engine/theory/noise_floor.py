"""Where noise stops a rule: the loss around which it hovers for ever on a quadratic.

Along each eigendirection of a constant Hessian a rule without a scaling of its own is linear, so
gradient noise of standard deviation sigma gives a stationary variance with a closed form: the
smaller the rate the lower the floor, and momentum raises it as a larger rate would.
"""

from __future__ import annotations

import numpy as np

from engine.theory.curvature import Quadratic, quadratic
from engine.theory.stability import limit, linear_dynamics, roots
from optimizers.base import Optimizer
from optimizers.dynamics import Dynamics
from surfaces.base import Array, Surface


def stationary_variance(rule: Dynamics, lr: Array, curvature: float, sigma: float) -> Array:
    """Return the variance of x in the long run, at rates `lr` and in their shape.

    x follows x_t = T x_(t-1) - D x_(t-2) - a e_t + b e_(t-1), an ARMA(2, 1) process, whose variance
    is known: G. Box and G. Jenkins (1970), Time Series Analysis, section 3.4. For the heavy ball
    half of it times the curvature is lr sigma^2 (1 + beta) / (2 (1 - beta) (2 (1 + beta) - lr
    curvature)); S. Mandt, M. Hoffman and D. Blei (2017), arXiv:1704.04289, have its limit for
    small rates. NaN at a rate of 0 or beyond the stability limit: nothing stationary exists.
    """
    total, product = roots(rule, lr, curvature)
    ahead = lr * rule.gain * rule.ahead
    now = lr * rule.gain + ahead
    with np.errstate(all="ignore"):
        fresh = (1 + product) * (now * now + ahead * ahead) - 2 * total * now * ahead
        room = (1 - product) * (1 + product - total) * (1 + product + total)
        return sigma**2 * np.where((lr > 0) & (lr < limit(rule, curvature)), fresh / room, np.nan)


def noise_floor(rule: Optimizer, surface: Surface, lr: Array, sigma: float) -> Array | None:
    """Return the expected loss at which a rule hovers at each rate of `lr`, in the same shape.

    Coupled weight decay adds to the curvature that the rule feels, and moves the point around
    which it hovers. NaN where a rate is too large to hover at all; None where the surface is no
    quadratic with a minimum that every step sees whole, or the rule is not linear in the gradient.
    """
    loss, linear = quadratic(surface), linear_dynamics(rule)
    if surface.changes or loss is None or linear is None or loss.curvature.low <= 0:
        return None
    curvatures = (float(loss.curvature.low), float(loss.curvature.high))
    spread = sum(
        c / 2 * stationary_variance(linear, lr, c + linear.penalty, sigma) for c in curvatures
    )
    return np.asarray(loss.value + _pulled_up(loss, float(linear.penalty)) + spread)


def _pulled_up(loss: Quadratic, decay: float) -> float:
    """Return how far above the minimum decay holds the point that has no penalized slope."""
    away = -decay * np.linalg.solve(loss.matrix + decay * np.eye(2), np.array(loss.center))
    return float(away @ loss.matrix @ away / 2)
