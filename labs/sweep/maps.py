"""What decides how sweep maps look: cells, ranges, notes, colors. The browser computes them."""

from __future__ import annotations

SIDE = 100
"""Cells along each side of the map."""

SMALL_SIDE, PANELS = 50, 4
"""Cells along each side of small maps, and how many of them a third handle makes."""

HIGHEST = {"towards one": 0.9999}
"""How high values on a scale are tried, unless asked for higher."""

OF_A_RULE, OF_A_SURFACE = {"towards one": 1}, {"log": 2}
"""Which numbers go on the axes first, by their scale; learning rates come before all."""

BELOW, ABOVE = 10**2.25, 10**0.75
"""How far learning rates reach below and above the stability limit: three decades."""

UNDER, OVER = 10**1.75, 10**1.25
"""How far they reach below and above a rule's own default where there is no such limit."""

NOTES = {
    "across": "{setting} is across already.",
    "axis": "{setting} is on an axis already.",
    "side": "{lane} has no setting '{name}' to map {side}.",
    "third": "{lane} has no setting '{name}' to make several maps of.",
    "only": "{setting} takes only the value {value} in this range: the map is one cell wide.",
    "inside": "{setting} may be {low} to {high}: the map stays inside.",
    "batches": "Theory's limits are those of the full gradient: none is drawn across batch sizes.",
}
"""What a page says of a wish that it cannot meet."""

BATCH, SYMBOL, ALL = "surface.batch", "B", "all"
"""The batch size as a setting of a loss of data, and what all rows are called."""

COARSE = 4
"""Every so many rows and columns are computed first."""

NUDGE = 1e-10
"""How far the start is moved, for a start of size 1, to see which results hang by a thread."""

FLOOR = 1e-12
"""A loss this close to the minimum has arrived; what differs below is rounding."""

NEAREST = 1e-8
"""Distances below are all the same color."""

WORSE = 10.0
"""A run that ends so many times as high, or as far, as it began has the last color."""

VISIBLE = 0.01
"""A change of color by this share of the scale counts as visible."""
