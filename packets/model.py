"""What a regression learns from, as the stage draws it: data, and how weights become a curve."""

from __future__ import annotations

from typing import Any

from surfaces.base import Surface
from surfaces.data.regression import Regression


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
        "across": table.across + scaled,
        "up": table.up + (scaled if surface.target == "measured" else ""),
    }
