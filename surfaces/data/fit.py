"""The minimum of a loss of data, and the window and start that follow from it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from surfaces.base import Critical, Window

if TYPE_CHECKING:
    from surfaces.data.regression import Regression

NEWTON_STEPS = 80
FLAT, STILL = 1e-12, 1e-6
"""What counts as no curvature, and as no step, with u standardized."""
NOTHING = 1e-14
"""A weight that changes predictions by so small a share of what is predicted is 0."""


def settled(surface: Regression, found: Critical) -> bool:
    """Say whether a fit exists: where a line parts classes or counts, the weights only grow.

    There a Newton step stays as long as ever, until no curvature is left to take one.
    """
    if np.ndim(found.value) or surface.target == "measured":
        return True
    u, v = np.array(surface.rows()).T
    z, t = found.x * u + found.y, (u - np.mean(u)) / np.std(u)
    slope, bend = surface.slope(z, v), surface.bend(z, v)
    xx, xy, yy = np.mean(bend * t * t), np.mean(bend * t), np.mean(bend)
    hessian = np.array([[xx, xy], [xy, yy]])
    if np.abs(np.linalg.eigvalsh(hessian)).min() < FLAT:
        return False
    step = np.linalg.solve(hessian, (np.mean(slope * t), np.mean(slope)))
    return bool(np.hypot(*step) <= STILL)


def lowest(surface: Regression) -> Critical:
    """Return the minimum of a convex loss by Newton's method, for arrays of parameters too."""
    numbers = [v for v in surface.settings().values() if not isinstance(v, str | bool)]
    shape = np.broadcast_shapes(*map(np.shape, numbers))
    return _newton(surface, shape) if shape else _lowest(surface)


@lru_cache(maxsize=512)
def _lowest(surface: Regression) -> Critical:
    return _newton(surface, ())


def _newton(surface: Regression, shape: tuple[int, ...]) -> Critical:
    """Take Newton steps, damped while they do not go down (Levenberg and Marquardt)."""
    data = np.array(surface.rows()).T
    u, v = data.reshape(*data.shape, *(1,) * len(shape))
    w, damping = np.zeros((2, *shape)), np.full(shape, 1e-3)
    with np.errstate(all="ignore"):
        for _ in range(NEWTON_STEPS):
            z = w[0] * u + w[1]
            slope, bend = surface.slope(z, v), surface.bend(z, v)
            gx, gy = np.mean(slope * u, axis=0), np.mean(slope, axis=0)
            xx = np.mean(bend * u * u, axis=0) + damping * np.mean(u * u)
            xy, yy = np.mean(bend * u, axis=0), np.mean(bend, axis=0) + damping
            tried = w - np.array([yy * gx - xy * gy, xx * gy - xy * gx]) / (xx * yy - xy * xy)
            before = np.mean(surface.cost(z, v), axis=0)
            lower = np.mean(surface.cost(tried[0] * u + tried[1], v), axis=0) <= before
            w = np.where(lower, tried, w)
            damping = np.where(lower, damping / 30, np.minimum(damping * 8 + 1e-300, 1e9))
    size = np.array([np.ptp(u), 1.0])[(..., *(None,) * len(shape))]
    w = np.where(np.abs(w) * size < NOTHING * np.ptp(v), 0.0, w)
    x, y = (part if shape else float(part) for part in w)
    value: Any = surface.value(w)
    return Critical(x, y, value if shape else float(value), "global minimum")


@lru_cache(maxsize=128)
def window_around(surface: Regression) -> Window:
    """Return a window around the minimum on whose sides the loss is about equally high."""
    found = lowest(surface)
    x, y = (found.x, found.y) if settled(surface, found) else (0.0, 0.0)
    u = np.array(surface.rows())[:, 0]
    spread = surface.reach * _size(surface)
    across, up = spread / np.sqrt(np.mean(u * u)), spread
    (x0, x1), (y0, y1) = _round(x - across, x + across), _round(y - up, y + up)
    return (x0, x1), (y0, y1)


def _size(surface: Regression) -> float:
    """Return how far predictions reasonably stray: the spread of v, or 1 for a classification."""
    v = np.array(surface.rows())[:, 1]
    return float(v.std()) or 1.0 if surface.target == "measured" else 1.0


def _round(low: float, high: float) -> tuple[float, float]:
    step = 10.0 ** np.floor(np.log10((high - low) / 4))
    first, last = (float(f"{round(end / step) * step:.6g}") for end in (low, high))
    return first, last
