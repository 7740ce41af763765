"""The part of the plane worth looking at, proposed from a function that nothing is known of."""

from __future__ import annotations

import numpy as np

from surfaces.base import Array, Critical, DisplayScale, Window
from surfaces.formulas.descent import Asked
from surfaces.formulas.search import MOST_FOUND, grid, searched

WIDE: Window = ((-10.0, 10.0), (-10.0, 10.0))
MOST_SHOWN = 9
HALF_WIDTHS = (3.0, 2.0, 1.0, 5.0, 0.5, 10.0)
ALMOST_DOWN = 0.15
"""So small a share of the usual height above the lowest leaves nothing to walk."""

_PLACES = ((0.16, 0.79), (0.84, 0.27), (0.23, 0.12), (0.72, 0.91), (0.55, 0.4), (0.4, 0.63))


def proposed(asked: Asked) -> Window:
    """Return a window around the critical points nearest to the lowest minimum, or a finite one."""
    found = searched(asked, WIDE)[:MOST_FOUND]
    if not found:
        return _finite(asked)
    middle = min(found, key=lambda c: (c.kind == "maximum", "minimum" not in c.kind, _far(c)))
    lowest = [c for c in found if c.kind == "global minimum"]
    if lowest:
        middle = min(lowest, key=_far)
    gaps = np.array([np.hypot(c.x - middle.x, c.y - middle.y) for c in found])
    reach = 1.001 * np.sort(gaps)[:MOST_SHOWN][-1]
    places = np.array([(c.x, c.y) for c in found])[gaps <= reach]
    low, high = places.min(axis=0), places.max(axis=0)
    center, half = (low + high) / 2, 0.75 * (high - low)
    half = np.maximum(half, max(2.0, 0.5 * half.max()))
    (x0, x1), (y0, y1) = (_round(c - h, c + h) for c, h in zip(center, half, strict=True))
    return (x0, x1), (y0, y1)


def start(asked: Asked, window: Window) -> tuple[float, float]:
    """Return a start in a window: finite, on a slope in both directions, and not almost down."""
    low, high = np.transpose(window)
    points = np.array([_short(low + (high - low) * np.array(place)) for place in _PLACES]).T
    with np.errstate(all="ignore"):
        height, all_heights = asked.value(points), asked.value(grid(window, 25))
        fine = np.isfinite(height)
        sloping = fine & np.all(asked.gradient(points) != 0, axis=0)
        above = height - np.min(all_heights, initial=np.inf, where=np.isfinite(all_heights))
        tall = above > ALMOST_DOWN * np.median(above[fine]) if fine.any() else fine
    for good in (sloping & tall, sloping, fine):
        if good.any():
            x, y = points[:, int(np.argmax(good))].tolist()
            return x, y
    return float(points[0, 0]), float(points[1, 0])


def scale(asked: Asked, window: Window) -> DisplayScale:
    """Return `log` where most of a window lies in the lowest part of its heights."""
    with np.errstate(all="ignore"):
        loss = asked.value(grid(window, 25))
    loss = loss[np.isfinite(loss)]
    if not loss.size:
        return "linear"
    lowest, median, highest = np.quantile(loss, [0.0, 0.5, 1.0])
    return "log" if median - lowest < 0.22 * (highest - lowest) else "linear"


def _far(point: Critical) -> float:
    return float(np.hypot(point.x, point.y))


def _finite(asked: Asked) -> Window:
    """Return the first of some windows on which the function is finite, else the most finite."""
    best, share = WIDE, -1.0
    for half in HALF_WIDTHS:
        for x, y in ((0, 0), (1, 1), (1, 0), (0, 1), (-1, 0), (0, -1), (-1, -1)):
            (cx, cy) = (1.05 * half * x, 1.05 * half * y)
            window = (_round(cx - half, cx + half), _round(cy - half, cy + half))
            here = _share(asked, window)
            if here > share:
                best, share = window, here
            if share == 1.0:
                return best
    return best


def _share(asked: Asked, window: Window) -> float:
    with np.errstate(all="ignore"):
        loss = asked.value(grid(window, 21))
    return float(np.mean(np.abs(loss) < 1e12))


def _round(low: float, high: float) -> tuple[float, float]:
    """Return the ends of a side on the half steps of its size, so that they are easily said."""
    step = 10.0 ** np.floor(np.log10((high - low) / 2)) / 2
    ends = np.array([np.floor(low / step + 1e-9), np.ceil(high / step - 1e-9)]) * step
    first, last = (float(f"{end:.6g}") for end in ends)
    return first, last


def _short(place: Array) -> Array:
    return np.array([float(f"{value:.2g}") for value in place])
