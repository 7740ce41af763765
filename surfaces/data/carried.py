"""The rows of an opened file as a saved experiment carries them, for no link can."""

from __future__ import annotations

import numpy as np

from surfaces.base import Surface
from surfaces.data.columns import table
from surfaces.data.regression import Regression
from surfaces.data.rows import LARGEST
from surfaces.data.shelf import SHELF
from surfaces.data.tables import Table


def rows_of(surface: Surface) -> dict[str, list[float]] | None:
    """Return both columns of the file that a loss learns from; None if a link tells its rows."""
    if not (isinstance(surface, Regression) and surface.file):
        return None
    u, v = (np.asarray(side, dtype=float).tolist() for side in (surface.table.u, surface.table.v))
    return {"u": u, "v": v}


def kept_rows(found: object) -> Table:
    """Return the table of rows that were carried, on the shelf; ValueError for what is none."""
    columns = found if isinstance(found, dict) else {}
    try:
        u, v = (np.array(columns.get(name), dtype=float) for name in "uv")
        sound = u.ndim == 1 and u.shape == v.shape and np.all(np.abs((u, v)) <= LARGEST)
    except (TypeError, ValueError, OverflowError):
        sound = False
    if not sound:
        raise ValueError("its rows are no two columns of numbers")
    return SHELF.keep(table("u", "v", u, v))[1]
