"""The Hessian at points: its eigenvalues, its axes, and whether it is the same everywhere."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from surfaces.base import Array, Surface

ALIKE = 1e-9
"""Relative difference up to which two Hessians, or two gradients, count as the same."""

SCATTERED, SCATTER = 24, (0.7548776662, 0.5698402910)
"""How many points a surface is looked at, and the shares of its window from each to the next."""


class Curvature(NamedTuple):
    """The eigenvalues of a symmetric 2 x 2 matrix and the direction that belongs to the larger.

    `low` and `high` have shape (...); `angle` is that of the eigenvector of `high` to the x axis,
    in radians between -pi/2 and pi/2. The eigenvector of `low` stands at a right angle to it.
    """

    low: Array
    high: Array
    angle: Array

    @property
    def condition(self) -> Array:
        """Return high / low where both are positive; NaN elsewhere, where it says nothing."""
        with np.errstate(all="ignore"):
            ratio = self.high / self.low
        return np.where(self.low > 0, ratio, np.nan)


def curvature(xx: Array, xy: Array, yy: Array) -> Curvature:
    """Return the eigenvalues and axes of the matrices (xx xy; xy yy), each part of shape (...).

    The eigenvalue further from zero is taken from the trace, the other from the determinant, so
    that neither loses its digits.
    """
    with np.errstate(all="ignore"):
        middle, spread = (xx + yy) / 2, np.hypot((xx - yy) / 2, xy)
        far = np.where(middle < 0, middle - spread, middle + spread)
        near = np.where(far == 0, 0.0, (xx * yy - xy * xy) / far)
        near = np.where(np.isfinite(near), near, 2 * middle - far)
        angle = np.arctan2(2 * xy, xx - yy) / 2
    return Curvature(np.minimum(near, far), np.maximum(near, far), angle)


def curvature_at(surface: Surface, w: Array) -> Curvature:
    """Return the curvature of a surface at points of shape (2, ...)."""
    with np.errstate(all="ignore"):
        return curvature(*(np.asarray(part, dtype=float) for part in surface.hessian(w)))


class Quadratic(NamedTuple):
    """A surface whose Hessian is the same everywhere: f = value + (w - center)' H (w - center) / 2.

    `hessian` is (xx, xy, yy); `center` is its only point without slope.
    """

    hessian: tuple[float, float, float]
    center: tuple[float, float]
    value: float

    @property
    def curvature(self) -> Curvature:
        """Return the eigenvalues and axes of the Hessian."""
        return curvature(*(np.array(part) for part in self.hessian))

    @property
    def matrix(self) -> Array:
        """Return the Hessian as an array of shape (2, 2)."""
        return _matrix(*self.hessian)


@lru_cache(maxsize=256)
def quadratic(surface: Surface) -> Quadratic | None:
    """Return a surface as a quadratic if it is one, told by its own derivatives, or None.

    Its Hessian must agree at points scattered over and around its window, its gradients must be
    what that Hessian makes of the distance between them, and some point must have no slope.
    """
    points = _scattered(surface)
    with np.errstate(all="ignore"):
        parts = np.array(surface.hessian(points))
        slopes = surface.gradient(points)
    if not _constant(parts) or not _explains(parts[:, 0], points, slopes):
        return None
    center = _center(parts[:, 0], points[:, 0], slopes[:, 0])
    if center is None:
        return None
    xx, xy, yy = parts[:, 0].tolist()
    return Quadratic((xx, xy, yy), (center[0], center[1]), float(surface.value(np.array(center))))


def smooth(surface: Surface, point: Array) -> bool:
    """Say whether the Hessian at a point of shape (2,) explains the gradients right beside it.

    It does not at a kink, where the formula of the Hessian gives a number that means nothing.
    """
    angles = np.arange(8) * (np.pi / 4) + 0.3
    around = (
        1e-5 * np.max(np.abs(np.diff(surface.window))) * np.array([np.cos(angles), np.sin(angles)])
    )
    with np.errstate(all="ignore"):
        hessian = np.array([float(part) for part in surface.hessian(point)])
        slopes = surface.gradient(point[:, None] + around)
        made = _matrix(*hessian) @ around
    size = np.abs(made).max()
    return bool(np.all(np.abs(slopes - surface.gradient(point)[:, None] - made) <= 0.1 * size))


def _scattered(surface: Surface) -> Array:
    """Return points without any pattern that a surface's own could meet, shape (2, n)."""
    shares = np.outer(SCATTER, np.arange(1, SCATTERED + 1)) % 1
    sides = np.array(surface.window)
    middle, half = sides.mean(axis=1), np.diff(sides, axis=1)[:, 0]
    points: Array = middle[:, None] + half[:, None] * (2 * shares - 1)
    return points


def _constant(parts: Array) -> bool:
    size = np.abs(parts).max()
    return bool(size > 0) and bool(np.all(np.abs(parts - parts[:, :1]) <= ALIKE * size))


def _explains(hessian: Array, points: Array, slopes: Array) -> bool:
    made = _matrix(*hessian) @ (points - points[:, :1]) + slopes[:, :1]
    return bool(np.all(np.abs(made - slopes) <= ALIKE * np.abs(slopes).max()))


def _center(hessian: Array, point: Array, slope: Array) -> tuple[float, float] | None:
    xx, xy, yy = hessian
    determinant = xx * yy - xy * xy
    if abs(determinant) <= ALIKE * np.abs(hessian).max() ** 2 * 1e-6:
        return None
    x = point[0] - (yy * slope[0] - xy * slope[1]) / determinant
    y = point[1] - (xx * slope[1] - xy * slope[0]) / determinant
    return round(float(x), 12) + 0.0, round(float(y), 12) + 0.0


def _matrix(xx: float, xy: float, yy: float) -> Array:
    return np.array([[xx, xy], [xy, yy]])
