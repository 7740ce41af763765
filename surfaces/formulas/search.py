"""Critical points found by search: Newton's method from many starts, and descent to kinks.

What is found is proved a minimum, a saddle or a maximum by what lies around it, but nothing proves
that all are found; a minimum is called global when nothing lower was met, far around included.
"""

from __future__ import annotations

import numpy as np

from surfaces.base import Array, Critical, Flags, Kind, Landscape, Window, rounding
from surfaces.formulas.descent import Asked, descended
from surfaces.formulas.valleys import falling, followed, lowered

STARTS = 12
NEWTON_STEPS = 30
REACH = 0.1
MOST_FOUND, MOST_OTHERS = 40, 8
"""So many points are marked, and of these so many that are not the lowest where there are more."""
HIGHEST = 1e12
SAME = 1e-3
"""Closer than this share of the window, two points found count as one."""

EVEN, MOST_RISE = 1e-12, 3 / 4
"""Around a kink so small a share of the highest rise is none, and most directions have to rise."""

_GRID, _ACROSS = 33, 6
_HALVINGS = 8
"""How often a search without slopes is narrowed before slopes are tried."""

CIRCLE = np.array([(np.cos(t), np.sin(t)) for t in np.arange(24) * (np.pi / 12)]).T


def critical_points(asked: Asked, window: Window) -> tuple[Critical, ...]:
    """Return what is found in a window, minima first from the lowest up, at most MOST_FOUND."""
    return _marked(searched(asked, window))


def searched(asked: Asked, window: Window) -> list[Critical]:
    """Return all that is found in a window, minima first from the lowest up."""
    size = np.array([high - low for low, high in window])
    with np.errstate(all="ignore"):
        points = _apart(asked, _settled(asked, window), window)
        ends, sharp = _descended(asked, _left_over(asked, points, window), window)
        beside = _as_low(asked, sharp, window)
        points = _apart(asked, np.concatenate([points, ends, sharp, beside], axis=1), window)
        kinds = _kinds(asked, points, size)
        values = asked.value(points)
        rows = zip(points.T.tolist(), values.tolist(), kinds, strict=True)
        found = [Critical(x, y, value, kind) for (x, y), value, kind in rows if kind]
    found.sort(key=rank)
    lowest = _lowest(asked, found, window)
    return [named(c, lowest) for c in found]


def _marked(found: list[Critical]) -> tuple[Critical, ...]:
    """Return at most MOST_FOUND; many that are equally low leave room for others."""
    lowest = [c for c in found if c.kind == "global minimum"]
    others = found[len(lowest) :]
    room = MOST_FOUND - min(len(others), MOST_OTHERS)
    if len(lowest) > room:
        lowest = _spread(lowest, room)
    return (*lowest, *others)[:MOST_FOUND]


def _spread(found: list[Critical], count: int) -> list[Critical]:
    """Return so many points that lie far from each other, in their order."""
    places = np.array([(c.x, c.y) for c in found]).T
    places = places / np.ptp(places, axis=1, keepdims=True).clip(min=1e-300)
    chosen, apart = [0], np.hypot(*(places - places[:, :1]))
    while len(chosen) < count:
        chosen.append(int(np.argmax(apart)))
        apart = np.minimum(apart, np.hypot(*(places - places[:, chosen[-1:]])))
    return [found[k] for k in sorted(chosen)]


_ORDER: tuple[Kind, ...] = ("local minimum", "saddle", "maximum")


def rank(found: Critical) -> tuple[float, ...]:
    """Return what orders points: minima first, from the lowest up."""
    return _ORDER.index(found.kind), found.value, found.x, found.y


def _settled(asked: Asked, window: Window) -> Array:
    """Return where Newton's method comes to rest, its steps held within a tenth of the window."""
    points = grid(window, STARTS)
    size = np.array([[high - low] for low, high in window])
    for _ in range(NEWTON_STEPS):
        step = newton(asked, points)
        length = np.hypot(*(step / size))
        points = points - step * np.minimum(1.0, REACH / np.where(length > 0, length, 1.0))
    still = np.hypot(*(newton(asked, points) / size)) < 1e-7
    points = points[:, still]
    for _ in range(3):
        step = newton(asked, points)
        points = np.where(np.isfinite(step).all(axis=0), points - step, points)
    return _rounded(asked, points)


def _rounded(asked: Asked, points: Array) -> Array:
    """Take the nearby short decimal where the slope is no larger there: 0 instead of 1e-17."""
    size = np.maximum(np.abs(points), 1e-3)
    scale = 10.0 ** (9 - np.floor(np.log10(size)))
    short = np.round(points * scale) / scale + 0.0
    before, after = (np.hypot(*asked.gradient(w)) for w in (points, short))
    return np.where(after <= before, short, points)


def newton(asked: Asked | Landscape, points: Array) -> Array:
    """Return what Newton's method takes from points of shape (2, n) to where the slope is 0."""
    xx, xy, yy = asked.hessian(points)
    gx, gy = asked.gradient(points)
    step: Array = np.array([yy * gx - xy * gy, xx * gy - xy * gx]) / (xx * yy - xy * xy)
    return step


def _left_over(asked: Asked, found: Array, window: Window) -> Array:
    """Return the nodes of a grid, lowest first, beside which nothing as low was found: a kink?"""
    points = grid(window, _GRID)
    loss = asked.value(points).reshape(_GRID, _GRID)
    loss = np.where(np.isfinite(loss), loss, np.inf)
    padded = np.pad(loss, 1, constant_values=np.inf)
    around = [padded[i : i + _GRID, j : j + _GRID] for i in (0, 1, 2) for j in (0, 1, 2)]
    low = (loss <= np.min(around, axis=0)) & np.isfinite(loss)
    order = np.argsort(loss[low], kind="stable")
    points, heights = points[:, low.ravel()][:, order], loss[low][order]
    cell = np.array([high - low for low, high in window]) / (_GRID - 1)
    gaps = np.abs(points[:, :, None] - found[:, None]) / cell[:, None, None]
    apart = np.max(gaps, axis=0) > 1.5
    alone: Flags = np.all(apart | (asked.value(found) > heights[:, None]), axis=1)
    return points[:, alone][:, :MOST_FOUND]


def _descended(asked: Asked, points: Array, window: Window) -> tuple[Array, Array]:
    """Return where descents end: by slope and curvature, and without where they lead to a kink."""
    if not points.size:
        return points, points
    steps = np.array([high - low for low, high in window]) / _GRID
    near = _narrowed(asked, points, steps)
    ends, rest = descended(asked, near, steps[:, None] * _GRID)
    smooth = rest & _explained(asked, ends, _bends(asked, ends, steps * _GRID), steps * _GRID)
    sharp = _snapped(asked, followed(asked.value, near[:, ~smooth], window))
    return _rounded(asked, ends[:, smooth]), sharp


def _as_low(asked: Asked, ends: Array, window: Window) -> Array:
    """Return places as low as the lowest on a kink: they may lie along a valley's floor."""
    size = np.array([high - low for low, high in window])
    kinked = ends[:, ~_explained(asked, ends, _bends(asked, ends, size), size)]
    heights = asked.value(kinked)
    if not np.isfinite(heights).any():
        return kinked[:, :0]
    lowest = float(np.nanmin(heights))
    floor = size[:, None], lowest
    found = lowered(asked.value, asked.gradient, grid(window, _ACROSS), floor)
    low = asked.value(found) <= lowest + rounding(lowest)
    return _snapped(asked, found[:, low])


def _narrowed(asked: Asked, points: Array, steps: Array) -> Array:
    """Return the ends of a descent that needs no slope: to the lowest place around, ever closer."""
    for k in range(_HALVINGS):
        points = _walked(asked, points, steps / 2**k)
    return points


def _walked(asked: Asked, points: Array, steps: Array) -> Array:
    tried = (
        points[:, :, None]
        + np.concatenate([np.zeros((2, 1)), CIRCLE], 1)[:, None] * (steps[:, None, None])
    )
    for _ in range(2):
        loss = asked.value(tried)
        best = np.argmin(np.where(np.isfinite(loss), loss, np.inf), axis=1)
        moved = np.take_along_axis(tried, best[None, :, None], axis=2)
        tried = tried + (moved - tried[:, :, :1])
    return tried[:, :, 0]


def _snapped(asked: Asked, points: Array) -> Array:
    """Put points on a short decimal nearby where the function is no higher there."""
    short = np.round(points, 9) + 0.0
    lower = asked.value(short) <= asked.value(points)
    return np.where(lower, short, points)


def grid(window: Window, count: int) -> Array:
    """Return the nodes of an even grid over a window, its edges included, shape (2, count²)."""
    sides = [np.linspace(*side, count) for side in window]
    return np.array(np.meshgrid(*sides)).reshape(2, -1)


def _inside(points: Array, window: Window) -> Flags:
    low, high = np.transpose(window)[..., None]
    inside: Flags = np.all((points > low) & (points < high), axis=0)
    return inside


def _apart(asked: Asked, points: Array, window: Window) -> Array:
    """Return those points in the window none of which is an earlier one's twin."""
    size = np.array([high - low for low, high in window])
    points = points[:, _inside(points, window)]
    loss = asked.value(points)
    kept = list[int]()
    for k in np.flatnonzero(np.abs(loss) <= HIGHEST).tolist():
        gaps = np.abs(points[:, kept] - points[:, k : k + 1]) / size[:, None]
        if not kept or np.max(gaps, axis=0).min() > SAME:
            kept.append(k)
    return points[:, kept] + 0.0


def _kinds(asked: Asked, points: Array, size: Array) -> list[Kind | None]:
    """Say what each point is by the heights around it, None where it is nothing."""
    if not points.size:
        return []
    radii = np.array([1e-4, 1e-3])[:, None] * size[:, None, None, None]
    around = points[:, :, None, None] + radii * CIRCLE[:, None, None]
    level = asked.value(points)[:, None, None]
    rise = asked.value(around.reshape(2, -1)).reshape(around.shape[1:]) - level
    noise = 1e-13 * np.abs(level)
    up, down = _everywhere(rise > noise), _everywhere(rise < -noise)
    slope = np.hypot(*(asked.gradient(points) * size[:, None]))
    bends = _bends(asked, points, size)
    bend = np.sum(np.abs(bends), axis=0)
    smooth = (slope <= 1e-7 * bend) & (bend <= HIGHEST) & _explained(asked, points, bends, size)
    noise = np.maximum(noise, EVEN * np.max(np.abs(rise), axis=(1, 2), keepdims=True))
    narrow = np.mean(rise > noise, axis=(1, 2)) >= MOST_RISE
    sharp = np.flatnonzero(narrow & _everywhere(rise >= -noise) & ~smooth)
    up[sharp] = ~falling(asked.value, points[:, sharp], size, noise[sharp, 0, 0])
    some = ~_everywhere(rise <= noise) & ~_everywhere(rise >= -noise)
    flat = _everywhere(rise >= -noise) & ~_everywhere(rise <= noise) & smooth
    choices: tuple[Kind | None, ...] = ("local minimum", "maximum", "saddle", None)
    rows = zip(up | flat, down & smooth, some & smooth, strict=True)
    return [choices[row.index(True) if True in row else 3] for row in map(list, rows)]


def _bends(asked: Asked, points: Array, size: Array) -> Array:
    """Return f_xx, f_xy and f_yy in shares of the window."""
    wide, high = size
    found: Array = asked.hessian(points) * np.array([[wide**2], [wide * high], [high**2]])
    return found


def _explained(asked: Asked, points: Array, bends: Array, size: Array) -> Flags:
    """Say where the Hessian, in shares of the window, explains the slopes right beside a point.

    It does not at a kink, where the formula of the Hessian gives a number that means nothing.
    """
    shares = 1e-5 * CIRCLE[:, None, 1::6]
    beside = (points[:, :, None] + shares * size[:, None, None]).reshape(2, -1)
    slopes = asked.gradient(beside).reshape(2, -1, shares.shape[2]) * size[:, None, None]
    slopes = slopes - (asked.gradient(points) * size[:, None])[:, :, None]
    xx, xy, yy = bends[:, :, None]
    made = np.array([xx * shares[0] + xy * shares[1], xy * shares[0] + yy * shares[1]])
    limit = 0.1 * np.max(np.abs(made), axis=(0, 2)) + 1e-9 * np.max(np.abs(slopes), axis=(0, 2))
    found: Flags = np.max(np.abs(slopes - made), axis=(0, 2)) <= limit
    return found


def _everywhere(holds: Flags) -> Flags:
    found: Flags = np.all(holds, axis=(1, 2))
    return found


def _lowest(asked: Asked, found: list[Critical], window: Window) -> float | None:
    """Return the height of the lowest minimum, if nothing lower lies in or far around."""
    minima = [c.value for c in found if c.kind == "local minimum"]
    if not minima:
        return None
    lowest = min(minima)
    with np.errstate(all="ignore"):
        heights = [asked.value(grid(_wider(window, by), 41)) for by in (1.0, 3.0, 100.0)]
        below = np.nanmin([np.nanmin(np.where(np.isnan(h), np.inf, h)) for h in heights])
    return lowest if below >= lowest - rounding(lowest) else None


def _wider(window: Window, by: float) -> Window:
    middles = [((low + high) / 2, by * (high - low) / 2) for low, high in window]
    (x, across), (y, up) = middles
    return (x - across, x + across), (y - up, y + up)


def named(found: Critical, lowest: float | None) -> Critical:
    """Return a minimum as a global one if it is as low as the lowest of all, where one is."""
    if found.kind != "local minimum" or lowest is None:
        return found
    same = found.value <= lowest + rounding(lowest)
    return found._replace(kind="global minimum") if same else found
