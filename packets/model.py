"""What a regression learns from, as the stage draws it: data, and how weights become a curve."""

from __future__ import annotations

import math

import numpy as np

from packets.headers import ModelHeader, OwnPoints
from surfaces.base import Array, Surface
from surfaces.data.regression import Regression

MOST_DRAWN = 1000


def rows_drawn(surface: Regression) -> Array:
    """Return the rows (u, v) that are drawn, shape (n, 2): of many, some spread evenly over all."""
    data = np.array(surface.rows())
    if len(data) <= MOST_DRAWN:
        return data
    return np.asarray(data[np.linspace(0, len(data) - 1, MOST_DRAWN).astype(int)])


def _own(surface: Regression) -> OwnPoints | None:
    """Return the points that a hand may change; row = (point - shift) / scale in each column."""
    if not surface.drawn_by_hand:
        return None
    columns = np.array((surface.table.u, surface.table.v))
    return {
        "points": [(float(u), float(v)) for u, v in columns.T],
        "scales": [_scale(*pair) for pair in zip(np.array(surface.rows()).T, columns, strict=True)],
        "kind": surface.target,
    }


def _scale(rows: Array, points: Array) -> tuple[float, float]:
    """Return the shift and the scale by which a column's points become its rows."""
    k = int(np.argmax(np.abs(points - points[0])))
    scale = (points[k] - points[0]) / (rows[k] - rows[0]) if rows[k] != rows[0] else 1.0
    return float(points[0] - scale * rows[0]), float(scale)


def stand_ins(surface: Surface) -> list[str]:
    """Say that in thousands of runs a few rows stand for many, where they do so only nearly."""
    if not isinstance(surface, Regression) or not surface.is_thinned:
        return []
    told = "; batches are as they are" if surface.changes else ""
    return [f"A few hundred rows stand for all {len(surface.rows()):,}{told}."]


def epoch(surface: Regression) -> int | None:
    """Return how many steps go once through all rows, or None without batches.

    With replacement, they draw as many rows as there are.
    """
    return math.ceil(len(surface.rows()) / int(surface.batch)) if surface.changes else None


def model(surface: Surface) -> ModelHeader | None:
    """Return how many rows there are, their names and the link function; None without data.

    What is said of a map of thousands of runs stands there as well.

    A curve is link(x u + y), with `link` identity, logistic, exponential or tanh.
    """
    if not isinstance(surface, Regression):
        return None
    scaled = ", standardized" if surface.standardized else ""
    across, up = surface.names
    return {
        "link": surface.link,
        "count": len(surface.rows()),
        "epoch": epoch(surface),
        "own": _own(surface),
        "stand_ins": stand_ins(surface),
        "across": across + scaled,
        "up": up + (scaled if surface.target == "measured" else ""),
    }
