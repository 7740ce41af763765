"""Where noise stops a rule: the loss around which it hovers for ever on a quadratic.

Along each eigendirection of a constant Hessian the rules here are linear, so gradient noise of
standard deviation sigma gives a stationary variance with a closed form: the smaller the rate the
lower the floor, and momentum raises it as a larger rate would.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from optimizers.base import Optimizer
from optimizers.gradient_descent import GradientDescent
from optimizers.momentum import Momentum
from optimizers.momentum_ema import AveragedMomentum
from optimizers.momentum_lecture import LectureMomentum
from optimizers.nesterov import Nesterov
from surfaces.base import Array, Surface

PROBES = 48
"""Points at which a Hessian has to be the same to count as constant."""


class Quadratic(NamedTuple):
    """A loss with one Hessian everywhere, (2, 2), and its gradient and value at the origin."""

    hessian: Array
    gradient: Array
    value: float


def quadratic(surface: Surface) -> Quadratic | None:
    """Return a surface as a quadratic, or None if its Hessian changes from point to point."""
    points = np.random.default_rng(0).uniform(-5.0, 5.0, (2, PROBES))
    with np.errstate(all="ignore"):
        parts = np.array([np.broadcast_to(part, PROBES) for part in surface.hessian(points)])
    size = np.abs(parts).max()
    if not np.isfinite(size) or np.ptp(parts, axis=1).max() > 1e-9 * size:
        return None
    xx, xy, yy = parts[:, 0]
    origin = np.zeros(2)
    return Quadratic(
        np.array([[xx, xy], [xy, yy]]), surface.gradient(origin), float(surface.value(origin))
    )


def heavy_ball_variance(lr: Array, beta: float, curvature: Array, sigma: float) -> Array:
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


def nesterov_variance(lr: Array, beta: float, curvature: Array, sigma: float) -> Array:
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


Variance = Callable[[Any, Array, Array, float], Array]
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
    if loss is None or variance is None:
        return None
    curvatures = np.linalg.eigvalsh(loss.hessian)
    if curvatures.min() <= 0:
        return None
    decay = float(getattr(rule, "weight_decay", 0.0))
    rest = -np.linalg.solve(loss.hessian + decay * np.eye(2), loss.gradient)
    lowest = loss.value + loss.gradient @ rest + rest @ loss.hessian @ rest / 2
    spread = sum(c / 2 * variance(rule, lr, c + decay, sigma) for c in curvatures)
    return np.asarray(lowest + spread)
