"""When a rule converges on a quadratic, how fast, and whether it swings: two roots a direction.

Along an eigenvector of the Hessian with curvature h the distance u to the minimum follows
u'' = T u' - D u, so it is made of powers of the roots of r^2 - T r + D. Both are inside the unit
circle exactly while |D| < 1 and |T| < 1 + D.

Sources: B. T. Polyak (1964), doi:10.1016/0041-5553(64)90137-5; G. Goh (2017),
doi:10.23915/distill.00006 (where sqrt(beta) is meant by 2 sqrt(beta)); L. Lessard, B. Recht and
A. Packard (2016), arXiv:1408.3595; with a frozen scaling J. Cohen et al. (2022), arXiv:2207.14484.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, get_args

import numpy as np

from engine.theory.curvature import Curvature, curvature
from optimizers.base import Optimizer
from optimizers.dynamics import Dynamics
from surfaces.base import Array, Whole

Regime = Literal[
    "overdamped", "critical", "underdamped", "alternating", "unstable", "leaving", "flat"
]
REGIMES: tuple[Regime, ...] = get_args(Regime)
"""How the distance goes along one direction, in the order of the numbers that `regime` returns.

Without swinging; at the border; swinging while it shrinks; changing sides at each step; growing
because the rate is too large; growing at any rate, for the curvature is negative; standing still.
"""

TOUCHING = 1e-9
"""Roots this close together, relative to their sum squared, count as one: critical damping."""


class Roots(NamedTuple):
    """The sum T and the product D of the two roots that rule one direction, shape (...)."""

    sum: Array
    product: Array

    @property
    def discriminant(self) -> Array:
        """Return T^2 - 4 D: positive for two real roots, negative for a pair that turns."""
        return self.sum * self.sum - 4 * self.product

    @property
    def radius(self) -> Array:
        """Return the larger root's size: the factor by which the distance changes per step."""
        inside = self.discriminant
        real = (np.abs(self.sum) + np.sqrt(np.maximum(inside, 0.0))) / 2
        radius: Array = np.where(inside < 0, np.sqrt(np.maximum(self.product, 0.0)), real)
        return radius


def linear_dynamics(rule: Optimizer) -> Dynamics | None:
    """Return what a rule does to errors if that never depends on the gradients, or None."""
    with np.errstate(all="ignore"):
        found = rule.dynamics(1, rule.lr, rule.start(np.zeros(2)))
    if found is None or not isinstance(found.scale, float) or np.any(found.decay):
        return None
    return found


def seen(rule: Dynamics, hessian: tuple[Array, Array, Array]) -> Curvature:
    """Return the curvatures that a rule feels: those of S (H + penalty I), S its frozen scaling.

    S H has the eigenvalues of the symmetric sqrt(S) H sqrt(S); the angle is that of the latter.
    """
    xx, xy, yy = hessian
    with np.errstate(all="ignore"):
        sx, sy = np.broadcast_arrays(*_sides(rule.scale))
        return curvature(sx * (xx + rule.penalty), np.sqrt(sx * sy) * xy, sy * (yy + rule.penalty))


def _sides(scale: Any) -> tuple[Array, Array]:
    found = np.asarray(scale, dtype=float)
    return (found, found) if found.ndim == 0 else (found[0], found[1])


def roots(rule: Dynamics, lr: Any, h: Any) -> Roots:
    """Return the roots that rule a direction in which the rule sees the curvature h."""
    with np.errstate(all="ignore"):
        kept, push = 1 - np.asarray(lr) * rule.decay, np.asarray(lr) * rule.gain * np.asarray(h)
        total = kept + rule.beta - push * (1 + rule.ahead)
        return Roots(total, rule.beta * kept - push * rule.ahead)


def held(rule: Dynamics, h: Any) -> Array:
    """Return what holds a direction of curvature h: at most 0 where it is left at any rate.

    gain h + (1 - beta) decay: decoupled decay holds a downward curve that is not too steep.
    """
    return np.asarray(rule.gain * np.asarray(h, dtype=float) + (1 - rule.beta) * rule.decay)


def limit(rule: Dynamics, h: Any) -> Array:
    """Return the learning rate up to which a direction of curvature h converges.

    2 (1 + beta) / ((gain (1 + 2 ahead)) h + (1 + beta) decay), for a downward curve too as long
    as decay holds it; infinite where nothing does: what is flat or left is so at any rate.
    """
    grows = 1 + rule.beta
    with np.errstate(all="ignore"):
        steep = rule.gain * (1 + 2 * rule.ahead) * np.asarray(h, dtype=float) + grows * rule.decay
        hold = held(rule, h)
        return np.where(hold > 0, 2 * grows / steep, np.where(np.isnan(hold), np.nan, np.inf))


def regime(rule: Dynamics, lr: Any, h: Any) -> Whole:
    """Return the place in REGIMES of how the distance goes along a direction, shape (...)."""
    found = roots(rule, lr, h)
    with np.errstate(all="ignore"):
        inside, radius = found.discriminant, found.radius
        size = found.sum * found.sum + 4 * np.abs(found.product)
        cases: list[tuple[Regime, Any]] = [
            ("flat", ~np.isfinite(radius)),
            ("flat", np.asarray(lr) * held(rule, h) == 0),
            ("leaving", (radius >= 1) & (held(rule, h) < 0)),
            ("unstable", radius >= 1),
            ("critical", (np.abs(inside) <= TOUCHING * size) & (found.product > 0)),
            ("underdamped", inside < 0),
            ("alternating", found.sum < 0),
        ]
    places = [REGIMES.index(name) for name, _ in cases]
    return np.select([holds for _, holds in cases], places, REGIMES.index("overdamped"))
