"""Where noise stops a rule: the loss around which it hovers for ever on a quadratic.

Along each eigendirection of a constant Hessian the rules here are linear, so gradient noise of
standard deviation sigma gives a stationary variance with a closed form: the smaller the rate the
lower the floor, and momentum raises it as a larger rate would.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from engine.curvature import Quadratic, quadratic
from optimizers.base import Optimizer
from optimizers.gradient_descent import GradientDescent
from optimizers.momentum import Momentum
from optimizers.momentum_ema import AveragedMomentum
from optimizers.momentum_lecture import LectureMomentum
from optimizers.nesterov import Nesterov
from surfaces.base import Array, Surface


def heavy_ball_variance(lr: Array, beta: float, curvature: float, sigma: float) -> Array:
    """Return the stationary variance of x under v = beta v + g, x = x - lr v, g = curvature x + e.

    With beta = 0 it is gradient descent's. Half of it times the curvature is the floor
    lr sigma^2 (1 + beta) / (2 (1 - beta) (2 (1 + beta) - lr curvature)). NaN where lr curvature
    is not between 0 and 2 (1 + beta): nothing stationary exists. S. Mandt, M. Hoffman and D. Blei
    (2017), arXiv:1704.04289, have its limit for small rates.
    """
    turn = lr * curvature
    with np.errstate(all="ignore"):
        found = lr * lr * (1 + beta) / ((1 - beta) * turn * (2 * (1 + beta) - turn))
    return sigma**2 * np.where((turn > 0) & (turn < 2 * (1 + beta)), found, np.nan)


def nesterov_variance(lr: Array, beta: float, curvature: float, sigma: float) -> Array:
    """Return the stationary variance of x under v = beta v + g, x = x - lr (g + beta v).

    There x follows x_t = (1 + beta) u x_(t-1) - beta u x_(t-2) - lr (1 + beta) e_t + lr beta
    e_(t-1) with u = 1 - lr curvature, an ARMA(2, 1) process, whose variance is known: G. Box and
    G. Jenkins (1970), Time Series Analysis, section 3.4. NaN where lr curvature is not between 0
    and 2 (1 + beta) / (1 + 2 beta).
    """
    turn = lr * curvature
    u, reach = 1 - turn, 1 + 2 * beta
    with np.errstate(all="ignore"):
        above = 1 + 2 * beta + 2 * beta**2 - beta * reach * u
        found = lr * lr * above / (turn * (1 - beta * u) * (1 + reach * u))
    return sigma**2 * np.where((turn > 0) & (turn * reach < 2 * (1 + beta)), found, np.nan)


Variance = Callable[[Any, Array, float, float], Array]
"""The stationary variance of a rule at rates, curvatures and a standard deviation of the noise."""

VARIANCES: Mapping[type[Optimizer], Variance] = {
    GradientDescent: lambda rule, lr, k, sigma: heavy_ball_variance(lr, 0.0, k, sigma),
    LectureMomentum: lambda rule, lr, k, sigma: heavy_ball_variance(lr, rule.beta, k, sigma),
    Momentum: lambda rule, lr, k, sigma: heavy_ball_variance(
        lr * (1 - rule.dampening), rule.beta, k, sigma
    ),
    AveragedMomentum: lambda rule, lr, k, sigma: heavy_ball_variance(
        lr * (1 - rule.beta), rule.beta, k, sigma
    ),
    Nesterov: lambda rule, lr, k, sigma: nesterov_variance(lr, rule.beta, k, sigma),
}
"""The rules that are linear in the gradient, each convention at the rate it amounts to."""


def noise_floor(rule: Optimizer, surface: Surface, lr: Array, sigma: float) -> Array | None:
    """Return the expected loss at which a rule hovers at each rate of `lr`, in the same shape.

    Coupled weight decay adds to the curvature that the rule feels, and moves the point around
    which it hovers. NaN where a rate is too large to hover at all; None where the surface is no
    quadratic with a minimum or the rule is none of `VARIANCES`.
    """
    loss, variance = quadratic(surface), VARIANCES.get(type(rule))
    if loss is None or variance is None or loss.curvature.low <= 0:
        return None
    decay = float(getattr(rule, "weight_decay", 0.0))
    curvatures = (float(loss.curvature.low), float(loss.curvature.high))
    spread = sum(c / 2 * variance(rule, lr, c + decay, sigma) for c in curvatures)
    return np.asarray(loss.value + _pulled_up(loss, decay) + spread)


def _pulled_up(loss: Quadratic, decay: float) -> float:
    """Return how far above the minimum decay holds the point that has no penalized slope."""
    xx, xy, yy = loss.hessian
    hessian = np.array([[xx, xy], [xy, yy]])
    away = -decay * np.linalg.solve(hessian + decay * np.eye(2), np.array(loss.center))
    return float(away @ hessian @ away / 2)
