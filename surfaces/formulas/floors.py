"""Minima that lie in a row: a floor that is as low all along, drawn as one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from surfaces.base import Array, Critical, Flags, Piece, Place, ValleyFloor, Window, rounding
from surfaces.formulas.descent import Asked
from surfaces.formulas.search import CIRCLE, newton
from surfaces.formulas.valleys import lowered

FEWEST, NEWTON_STEPS, FLAT = 5, 6, 1e-6
"""A valley shows at so many minima; a curvature that is so small a share of the other is none."""

_BETWEEN, _FINER = np.arange(1, 8) / 8, np.arange(1, 4) / 4
_STEP, _FINEST, _MOST = 1 / 50, 1 / 3000, 200
"""How far a floor is followed at once beyond its last minimum, at first and at last."""

_OF_A_ROOT = np.array([1.0, 3 / 4, 1 / 2, 2 / 5, 1 / 3, 3 / 10, 1 / 4, 1 / 5])
"""A root rises the less steeply the farther away, so a step by its slope goes too far."""

_ROUNDED = 4e-16 * np.array([[1.0, -1.0, 0.0, 0.0], [0.0, 0.0, 1.0, -1.0]])[:, None]


def floors(asked: Asked, minima: list[Critical], window: Window) -> Mapping[Place, ValleyFloor]:
    """Return the floor at every minimum that lies on one, of minima from the lowest up.

    It is empty where there is no floor; a piece may be: its floor is another minimum's piece.
    """
    found: dict[Place, ValleyFloor] = {}
    for level in _levels(minima):
        if len(level) < FEWEST or _bowls(asked, level, window) > 1 / 2:
            continue
        floor = _Floor(asked, level, window, minima[0].value)
        nearest = floor.apart.argmin(axis=0)
        middles = (floor.places + floor.places[:, nearest]) / 2
        _, low = floor.under(middles, floor.apart.min(axis=0) / 4)
        if np.mean(low) > 1 / 2:
            found |= floor.pieces(len({one.valley for one in found.values()}))
    return found


def _bowls(asked: Asked, minima: list[Critical], window: Window) -> float:
    """Return the share of minima that are smooth and bend up in all directions: no floor's."""
    points = np.array([(c.x, c.y) for c in minima]).T
    size = np.array([[high - low] for low, high in window])
    with np.errstate(all="ignore"):
        xx, xy, yy = np.broadcast_arrays(*asked.hessian(points))
        still = np.hypot(*(newton(asked, points) / size)) < FLAT
        least = (xx * yy - xy * xy) / (xx + yy) ** 2
    return float(np.mean(still & (least > FLAT) & (xx + yy > 0)))


def _levels(minima: list[Critical]) -> list[list[Critical]]:
    """Return minima from the lowest up, those together that are equally low."""
    found: list[list[Critical]] = []
    for c in minima:
        if found and c.value <= found[-1][0].value + rounding(c.value):
            found[-1].append(c)
        else:
            found.append([c])
    return found


class _Floor:
    """The minima of a surface in shares of its window, and what is as low as they are."""

    def __init__(
        self, asked: Asked, minima: list[Critical], window: Window, deepest: float
    ) -> None:
        (x0, x1), (y0, y1) = window
        self.asked, self.corner = asked, np.array([[x0], [y0]])
        self.size = np.array([[x1 - x0], [y1 - y0]])
        self.minima = [(c.x, c.y) for c in minima]
        self.lowest, self.level = minima[0].value, self._level(minima)
        self.is_deepest = self.lowest <= deepest + rounding(deepest)
        self.places = (np.array(self.minima).T - self.corner) / self.size
        gaps = self.places[:, :, None] - self.places[:, None, :]
        self.apart = np.hypot(*gaps) + np.diag([np.inf] * len(minima))

    def _level(self, minima: list[Critical]) -> float:
        """Return how high the floor may be: beside a root's, rounding of a place is a rise."""
        places = np.array([(c.x, c.y) for c in minima]).T
        shifts = _ROUNDED * np.max(np.abs(self.corner) + self.size)
        with np.errstate(all="ignore"):
            rises = self.asked.value((places[:, :, None] + shifts).reshape(2, -1))
        highest = max(c.value for c in minima)
        level = highest + rounding(highest)
        near = rises[rises < level + np.cbrt(rounding(level))]
        return float(max(level, *near)) if near.size else level

    def pieces(self, known: int) -> Iterator[tuple[Place, ValleyFloor]]:
        """Join minima that lie side by side, and go on to where the floor ends.

        Valleys are counted from those that are `known` on.
        """
        found: dict[int, list[Piece]] = {}
        beside: dict[int, list[int]] = {}
        whose = list(range(len(self.minima)))
        for new, here, line in self._joints():
            found.setdefault(new, []).append(self._told(line))
            beside.setdefault(new, []).append(here)
            beside.setdefault(here, []).append(new)
            whose = _joined(whose, new, here)
        for k in [k for k, others in beside.items() if len(others) == 1]:
            if len(beside[k]) > 1:
                continue
            line, reached = self._onward(k, beside[k][0])
            line = self._finer(line)
            found.setdefault(k, []).append(self._told(line))
            whose = _joined(whose, k, reached)
            beside.setdefault(reached, []).append(k)
        valleys = sorted({whose[k] for k in beside})
        for k in beside:
            valley = known + valleys.index(whose[k])
            yield self.minima[k], ValleyFloor(valley, _chained(found.get(k, [])))

    def _joints(self) -> Iterator[tuple[int, int, Array]]:
        """Return pairs of a shortest tree with the floor between them, where there is one."""
        pairs = list(self._tree())
        new, here = np.array(pairs).T
        ends = self.places[:, new, None], self.places[:, here, None]
        straight = ends[0] + (ends[1] - ends[0]) * _BETWEEN
        most = np.repeat(self.apart[new, here] / 4, _BETWEEN.size)
        floor, low = (
            part.reshape(*part.shape[:-1], *straight.shape[1:])
            for part in self.under(straight.reshape(2, -1), most)
        )
        lines = np.concatenate([ends[0], floor, ends[1]], axis=2)
        for k in np.flatnonzero(low.all(axis=1)).tolist():
            yield *pairs[k], lines[:, k]

    def _tree(self) -> Iterator[tuple[int, int]]:
        joined, rest = [0], list(range(1, len(self.minima)))
        while rest:
            gaps = self.apart[np.ix_(joined, rest)]
            a, b = np.unravel_index(int(gaps.argmin()), gaps.shape)
            new = rest.pop(int(b))
            yield new, joined[int(a)]
            joined.append(new)

    def _onward(self, k: int, before: int) -> tuple[Array, int]:
        """Return the floor from its last minimum to where it ends, or to which minimum it leads."""
        here = self.places[:, [k]]
        ahead = here - self.places[:, [before]]
        line, step = [here], _STEP
        while step > _FINEST and len(line) < _MOST:
            ahead = ahead / np.hypot(*ahead)
            new, low = self.under(here + step * ahead, np.array([step / 2]))
            if not low.all() or not np.all((new >= 0) & (new <= 1)):
                step /= 2
                continue
            line.append(new)
            ahead, here = new - here, new
            gaps = np.hypot(*(self.places - here))
            gaps[k] = np.inf
            if gaps.min() < step:
                reached = int(gaps.argmin())
                return np.concatenate([*line, self.places[:, [reached]]], axis=1), reached
        return np.concatenate(line, axis=1), k

    def _finer(self, line: Array) -> Array:
        """Return a line with more places of the floor between those it has."""
        first, last = line[:, :-1, None], line[:, 1:, None]
        straight = first + (last - first) * _FINER
        most = np.hypot(*(last - first)).repeat(_FINER.size, axis=1).ravel() / 4
        places, low = self.under(straight.reshape(2, -1), most)
        places = np.where(low, places, straight.reshape(2, -1)).reshape(straight.shape)
        parts = np.concatenate([first, places], axis=2).reshape(2, -1)
        return np.concatenate([parts, line[:, -1:]], axis=1)

    def under(self, shares: Array, most: Array) -> tuple[Array, Flags]:
        """Return the floor beside some places, and where it is low and no farther than `most`."""
        points = self.corner + self.size * shares
        with np.errstate(all="ignore"):
            found, low = self._low(shares, most, self._straight(points))
            if low.all():
                return found, low
            kinked = (self.asked.value, self.asked.gradient, points, (self.size, self.lowest))
            sharp, there = self._low(shares, most, lowered(*kinked))
            found, low = np.where(low, found, sharp), low | there
            if low.all():
                return found, low
            steep, there = self._low(shares, most, lowered(*kinked, shares=_OF_A_ROOT))
        return np.where(low, found, steep), low | there

    def _low(self, shares: Array, most: Array, points: Array) -> tuple[Array, Flags]:
        found: Array = (points - self.corner) / self.size
        low = (np.hypot(*(found - shares)) <= most) & (self.asked.value(points) <= self.level)
        if not self.is_deepest:
            low[low] = ~self._falls(points[:, low])
        return found, low

    def _falls(self, points: Array) -> Flags:
        """Say which places as low as local minima lie on a slope, or lower than these."""
        around = points[:, :, None] + 1e-4 * self.size[:, None] * CIRCLE[:, None]
        heights = self.asked.value(around.reshape(2, -1)).reshape(around.shape[1:])
        lowest = self.lowest - (self.level - self.lowest) - rounding(self.lowest)
        found: Flags = np.min(heights, axis=1, initial=np.inf) < lowest
        return found

    def _straight(self, points: Array) -> Array:
        """Return where Newton's method with the pseudo-inverse goes from some points.

        It goes straight to a smooth floor, if there is one, and leaves its way along it alone.
        """
        for _ in range(NEWTON_STEPS):
            xx, xy, yy = np.broadcast_arrays(*self.asked.hessian(points))
            bends = np.stack([np.stack([xx, xy], -1), np.stack([xy, yy], -1)], -2)
            if not np.isfinite(bends).all():
                break
            slopes: Any = np.asarray(self.asked.gradient(points)).T[..., None]
            points = points - (np.linalg.pinv(bends, rcond=FLAT) @ slopes)[..., 0].T
        return points

    def _told(self, line: Array) -> Piece:
        points = self.corner + self.size * line
        return tuple((float(x), float(y)) for x, y in points.T)


def _joined(whose: list[int], one: int, other: int) -> list[int]:
    """Return whose each minimum is once two of them are of one valley."""
    kept, gone = sorted((whose[one], whose[other]))
    return [kept if owner == gone else owner for owner in whose]


def _chained(parts: list[Piece]) -> Piece:
    """Return pieces that begin at one minimum as one line through it."""
    if not parts:
        return ()
    first, *rest = parts
    return (*first[::-1], *(place for part in rest for place in part[1:]))
