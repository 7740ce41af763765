"""Minima that lie in a row: a floor that is as low all along, drawn as one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from surfaces.base import Array, Critical, Flags, Surface
from surfaces.formula import Formula
from surfaces.formulas.search import rounding
from surfaces.formulas.valleys import lowered

FEWEST, NEWTON_STEPS, FLAT = 3, 6, 1e-6
"""A valley shows at so many minima; a curvature that is so small a share of the other is none."""

_BETWEEN = np.arange(1, 8) / 8
_STEP, _FINEST, _MOST = 1 / 50, 1 / 3000, 200
"""How far a floor is followed at once beyond its last minimum, at first and at last."""

Place = tuple[float, float]
Piece = tuple[Place, ...]


class Floor(NamedTuple):
    """Which of the valleys a minimum lies in, and the piece of its floor that begins there."""

    valley: int
    piece: Piece


@lru_cache(maxsize=64)
def valley(surface: Surface) -> Mapping[Place, Floor]:
    """Return the floor at every minimum that lies on one.

    It is empty where there is no floor; a piece may be: its floor is another minimum's piece.
    """
    minima = [c for c in surface.critical_points if c.kind == "global minimum"]
    if not isinstance(surface, Formula) or len(minima) < FEWEST:
        return {}
    floor = _Floor(surface, minima)
    nearest = floor.apart.argmin(axis=0)
    middles = (floor.places + floor.places[:, nearest]) / 2
    _, low = floor.under(middles, floor.apart.min(axis=0) / 4)
    return dict(floor.pieces()) if np.mean(low) > 1 / 2 else {}


class _Floor:
    """The minima of a surface in shares of its window, and what is as low as they are."""

    def __init__(self, surface: Surface, minima: list[Critical]) -> None:
        (x0, x1), (y0, y1) = surface.window
        self.surface, self.corner = surface, np.array([[x0], [y0]])
        self.size = np.array([[x1 - x0], [y1 - y0]])
        self.minima = [(c.x, c.y) for c in minima]
        self.lowest, highest = minima[0].value, max(c.value for c in minima)
        self.level = highest + rounding(highest)
        self.places = (np.array(self.minima).T - self.corner) / self.size
        gaps = self.places[:, :, None] - self.places[:, None, :]
        self.apart = np.hypot(*gaps) + np.diag([np.inf] * len(minima))

    def pieces(self) -> Iterator[tuple[Place, Floor]]:
        """Join minima that lie side by side, and go on to where the floor ends."""
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
            found.setdefault(k, []).append(self._told(line))
            whose = _joined(whose, k, reached)
            beside.setdefault(reached, []).append(k)
        valleys = sorted({whose[k] for k in beside})
        for k in beside:
            yield self.minima[k], Floor(valleys.index(whose[k]), _chained(found.get(k, [])))

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

    def under(self, shares: Array, most: Array) -> tuple[Array, Flags]:
        """Return the floor beside some places, and where it is low and no farther than `most`."""
        points = self.corner + self.size * shares
        with np.errstate(all="ignore"):
            found, low = self._low(shares, most, self._straight(points))
            if low.all():
                return found, low
            kinked = (self.surface.value, self.surface.gradient, points, (self.size, self.lowest))
            sharp, there = self._low(shares, most, lowered(*kinked))
        return np.where(low, found, sharp), low | there

    def _low(self, shares: Array, most: Array, points: Array) -> tuple[Array, Flags]:
        found: Array = (points - self.corner) / self.size
        near = np.hypot(*(found - shares)) <= most
        return found, near & (self.surface.value(points) <= self.level)

    def _straight(self, points: Array) -> Array:
        """Return where Newton's method with the pseudo-inverse goes from some points.

        It goes straight to a smooth floor, if there is one, and leaves its way along it alone.
        """
        for _ in range(NEWTON_STEPS):
            xx, xy, yy = np.broadcast_arrays(*self.surface.hessian(points))
            bends = np.stack([np.stack([xx, xy], -1), np.stack([xy, yy], -1)], -2)
            if not np.isfinite(bends).all():
                break
            slopes: Any = np.asarray(self.surface.gradient(points)).T[..., None]
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
