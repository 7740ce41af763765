"""What a regression learns from, as the stage draws it: data, and how weights become a curve."""

from __future__ import annotations

from typing import Any

import numpy as np

from surfaces.base import Surface
from surfaces.data.regression import Regression
from surfaces.data.rows import OWN


def _own(surface: Regression) -> dict[str, Any] | None:
    """Return the points that a hand may change; row = (point - shift) / scale in each column."""
    if surface.data != OWN:
        return None
    columns = (surface.table.u, surface.table.v)
    return {
        "points": [list(point) for point in zip(*columns, strict=True)],
        "from": [
            [float(m), float(s)] for m, s in map(_scale, zip(*surface.rows(), strict=True), columns)
        ],
        "kind": surface.target,
    }


def _scale(rows: tuple[float, ...], points: tuple[float, ...]) -> tuple[float, float]:
    """Return the shift and the scale by which a column's points become its rows."""
    k = int(np.argmax(np.abs(np.array(points) - points[0])))
    scale = (points[k] - points[0]) / (rows[k] - rows[0]) if rows[k] != rows[0] else 1.0
    return points[0] - scale * rows[0], scale


def model(surface: Surface) -> dict[str, Any] | None:
    """Return the rows, their names and the link function; None for a loss without data.

    A curve is link(x u + y), with `link` identity, logistic, exponential or tanh.
    """
    if not isinstance(surface, Regression):
        return None
    table, scaled = surface.table, ", standardized" if surface.standardized else ""
    return {
        "link": surface.link,
        "rows": [list(row) for row in surface.rows()],
        "own": _own(surface),
        "across": table.across + scaled,
        "up": table.up + (scaled if surface.target == "measured" else ""),
    }
