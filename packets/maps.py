"""What a page that computes a map by itself has to ask for: orders of rows, and searched minima."""

from __future__ import annotations

from collections.abc import Iterable

from packets.headers import BottomHeader, MinimaHeader, MinimumHeader, OrdersHeader
from packets.packet import Refused, pack
from surfaces.base import Critical, Surface
from surfaces.data.batches import stream
from surfaces.data.regression import Regression

AT_ONCE = 20
"""Surfaces whose minima are searched for in one answer: half a second of work at the most."""


def orders_packet(surface: Surface, steps: int) -> bytes:
    """Return the rows that batches of every size are cut from; Refused without data."""
    if not isinstance(surface, Regression):
        raise Refused("Only a loss of data has batches.")
    header: OrdersHeader = {"replacement": surface.replacement}
    return pack(header, {"rows": stream(surface, steps)})


def minima_packet(surfaces: Iterable[Surface]) -> bytes:
    """Return how low surfaces lie, and where."""
    header: MinimaHeader = {"surfaces": [bottom(surface) for surface in surfaces]}
    return pack(header, {})


def bottom(surface: Surface) -> BottomHeader:
    """Return how low a surface lies, and where."""
    minima = [_minimum(point, surface) for point in surface.minima]
    return {"lowest": surface.lowest, "floor": surface.floor, "minima": minima}


def _minimum(point: Critical, surface: Surface) -> MinimumHeader:
    x, y, height, _ = point
    floor = surface.valleys.get((x, y))
    return {"x": x, "y": y, "height": height, "floor": None if floor is None else list(floor.piece)}
