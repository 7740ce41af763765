"""Many rows at once: means over arrays, and groups of rows whose landscape is the same to the eye.

A loss of few rows is written as a loop over them. Of many rows, the same mean is taken over arrays.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from math import prod
from typing import Any, NamedTuple, ParamSpec, TypeVar

import numpy as np

from surfaces.base import Array

BLOCK = 1 << 14
"""How many numbers are held at once: with what is made of them they fit next to the processor."""

MOST_LEVELS = 4
"""Of so few different values of v, each is a group of its own."""


class Grouping(NamedTuple):
    """How many groups lie along u for all levels together, or along each of u and v."""

    levels: int
    side: int


FINE, FEW, ONE = Grouping(512, 40), Grouping(64, 12), Grouping(1, 1)
"""For a landscape, drawn once; for thousands of runs, at every step; for a quadratic loss."""

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def quicker(
    many: Callable[Asked, Answer | None],
) -> Callable[[Callable[Asked, Answer]], Callable[Asked, Answer]]:
    """Let `many` answer in a method's place unless it returns None, as for few rows.

    Code that is handed out shows the method as it is written.
    """

    def decorate(method: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
        @wraps(method)
        def answered(*given: Asked.args, **named: Asked.kwargs) -> Answer:
            found = many(*given, **named)
            return method(*given, **named) if found is None else found

        return answered

    return decorate


def means(
    part: Callable[[Array, Array, Array], tuple[Array, ...]], x: Array, y: Array, data: Array
) -> tuple[Array, ...]:
    """Return means over rows (u, v), or (u, v, weight) with weights that add up to 1.

    `part` returns the quantities of some rows from z = x u + y, u and v; x and y have any shape.
    """
    shape = np.shape(x) if np.ndim(x) == np.ndim(y) else np.broadcast_shapes(x.shape, y.shape)
    if not shape and data.shape[1] == 2:
        u, v = data.T
        return tuple(np.add.reduce(q) / len(data) for q in part(x * u + y, u, v))
    rows = max(1, BLOCK // max(1, prod(shape)))
    totals: list[Any] = []
    for first in range(0, len(data), rows):
        u, v, *weight = (c.reshape(-1, *(1,) * len(shape)) for c in data[first : first + rows].T)
        found = part(x * u + y, u, v)
        sums = [np.sum(q * weight[0] if weight else q, axis=0) for q in found]
        totals = [a + b for a, b in zip(totals, sums, strict=True)] if totals else sums
    return tuple(totals) if data.shape[1] == 3 else tuple(total / len(data) for total in totals)


@lru_cache(maxsize=8)
def _grouped(content: bytes, grouping: Grouping) -> Array:
    data = np.frombuffer(content).reshape(-1, 2)
    u, v = data.T
    group = _groups(u, v, grouping)
    count = np.bincount(group)
    kept = count > 0
    n = count[kept]
    mean_u, mean_v, uu, uv, vv = (
        np.bincount(group, part)[kept] / n for part in (u, v, u * u, u * v, v * v)
    )
    a = np.sqrt(2 * np.maximum(uu - mean_u * mean_u, 0.0))
    b = np.where(a > 0, 2 * (uv - mean_u * mean_v) / np.where(a > 0, a, 1.0), 0.0)
    c = np.sqrt(np.maximum(2 * (vv - mean_v * mean_v) - b * b, 0.0))
    corners = ((a, b), (-a, -b), (0 * c, c), (0 * c, -c))
    weight = n / (4.0 * len(u))
    found = [np.stack((mean_u + p, mean_v + q, weight), axis=1) for p, q in corners]
    return np.concatenate(found)


def grouped(data: Array, grouping: Grouping = FINE) -> Array:
    """Return rows (u, v, weight), some thousands at most, with which the mean loss looks the same.

    Neighbours make a group, and each group becomes four points with its mean and its covariance.
    So a quadratic loss stays the same, also in ONE group, and any smooth one up to third moments
    within groups.
    """
    return _grouped(np.ascontiguousarray(data).tobytes(), grouping)


def _groups(u: Array, v: Array, grouping: Grouping) -> Array:
    """Return the number of each row's group."""
    levels, level = np.unique(v, return_inverse=True)
    if 1 < len(levels) <= MOST_LEVELS and grouping != ONE:
        side = grouping.levels // len(levels)
        return np.asarray(level * side + _bins(u, side), dtype=np.intp)
    side = grouping.side
    return np.asarray(_bins(v, side) * side + _bins(u, side), dtype=np.intp)


def _bins(values: Array, count: int) -> Array:
    """Return which of `count` parts each value lies in; parts are narrow where most values are."""
    away = values - np.median(values)
    usual = 4.0 * np.median(np.abs(away)) or np.abs(away).max() or 1.0
    low, high = (end / (usual + abs(end)) for end in (away.min(), away.max()))
    share = (away / (usual + np.abs(away)) - low) / ((high - low) or 1.0)
    part: Array = np.clip((share * count).astype(np.intp), 0, count - 1)
    return part
