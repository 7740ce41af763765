"""Whether a point is one where a run may stand still, and what kind of place that is."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from surfaces.base import Array, Flags, Landscape, Window

NEAR = 0.02
"""Closer than this share of the window's shorter side, a run counts as being at a minimum."""


class Axes(NamedTuple):
    """The slopes along the two axes of the Hessian and its eigenvalues there, each (...)."""

    steep: Array
    flat: Array
    high: Array
    low: Array


def axes_at(surface: Landscape, w: Array) -> Axes:
    """Return slopes and curvatures of a surface at points of shape (2, ...), along its own axes."""
    xx, xy, yy = surface.hessian(w)
    gx, gy = surface.gradient(w)
    mean, half = (xx + yy) / 2, np.hypot((xx - yy) / 2, xy)
    angle = 0.5 * np.arctan2(2 * xy, xx - yy)
    cosine, sine = np.cos(angle), np.sin(angle)
    return Axes(cosine * gx + sine * gy, cosine * gy - sine * gx, mean + half, mean - half)


def at_the_bottom(surface: Landscape, w: Array, reach: float, tolerance: float) -> Flags:
    """Say where the quadratic model has a minimum at most `reach` away and `tolerance` below.

    A bowl may be a valley: a second derivative of 0 counts as long as there is no slope along it.
    """
    steep, flat, high, low = axes_at(surface, w)
    bend = np.maximum(np.abs(low), 1e-9 * high)
    far = np.hypot(steep / high, flat / bend)
    below = (steep * steep / high + flat * flat / bend) / 2
    return np.asarray((high > 0) & (low >= -1e-3 * high) & (far <= reach) & (below <= tolerance))


def shorter(window: Window) -> float:
    """Return the length of a window's shorter side."""
    return min(high - low for low, high in window)


def near(window: Window) -> float:
    """Return the distance below which a run counts as being at a minimum."""
    return NEAR * shorter(window)
