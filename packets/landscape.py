"""The landscape as a grid: true losses and gradients; what is drawn of them the page finds."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from declarations import say
from packets.headers import CriticalHeader, GroundHeader, LandscapeHeader
from packets.packet import pack
from surfaces.base import Array, Critical, Surface, Window
from surfaces.data.regression import Regression
from surfaces.data.swept import few

RESOLUTION = 140


class Grid(NamedTuple):
    """A surface over a window: x (n,), y (n,), loss (n, n) by row y, gradient (2, n, n)."""

    x: Array
    y: Array
    loss: Array
    gradient: Array


@lru_cache(maxsize=64)
def landscape(surface: Surface, window: Window) -> Grid:
    """Evaluate a surface on a grid over `window`."""
    x, y, points = _grid(window, RESOLUTION)
    loss = _losses(surface, window)
    with np.errstate(all="ignore"):
        gradient = surface.sketch.gradient(points)
    return Grid(x, y, loss, gradient)


@lru_cache(maxsize=64)
def _losses(surface: Surface, window: Window) -> Array:
    *_, points = _grid(window, RESOLUTION)
    with np.errstate(all="ignore"):
        return np.asarray(surface.sketch.value(points))


def _grid(window: Window, resolution: int) -> tuple[Array, Array, Array]:
    (x0, x1), (y0, y1) = window
    x, y = np.linspace(x0, x1, resolution), np.linspace(y0, y1, resolution)
    return x, y, np.array(np.meshgrid(x, y))


def landscape_packet(surface: Surface, window: Window) -> bytes:
    """Return a landscape as the browser reads it.

    Over a loss's own window it brings along the rows (n, 2) of the data that the loss is made of,
    and the `few` (n, 3) with weights that stand for many in thousands of runs.
    """
    grid = landscape(surface, window)
    header: LandscapeHeader = {**ground(surface), "lowest": surface.lowest}
    arrays = grid._asdict()
    if isinstance(surface, Regression) and window == surface.window:
        arrays["rows"] = np.array(surface.rows())
        groups = few(surface)
        arrays |= {} if groups is None else {"few": groups}
    return pack(header, arrays)


def ground(surface: Surface) -> GroundHeader:
    """Return what is drawn of a surface besides its heights."""
    marked = [critical(point, surface) for point in surface.critical_points]
    return {"scale": surface.scale, "critical": marked}


def heights(surface: Surface) -> list[float] | None:
    """Return the lowest and the highest loss in a surface's window, None where none is a number."""
    loss = _losses(surface, surface.window)
    finite = loss[np.isfinite(loss)]
    return [float(finite.min()), float(finite.max())] if finite.size else None


def minimum_words(surface: Surface) -> str:
    """Return what a surface's lowest minima are: of the whole plane, or only of this window."""
    return "global minimum" if surface.domain is None else "lowest in this window"


def critical(point: Critical, surface: Surface) -> CriticalHeader:
    """Return a critical point as the browser reads it: `kind` is a key, `said` is its words."""
    floor = surface.valleys.get((point.x, point.y))
    said = minimum_words(surface) if point.kind == "global minimum" else point.kind
    return {
        "x": point.x,
        "y": point.y,
        "height": point.value,
        "value": say(float(f"{point.value:.6g}")),
        "kind": point.kind,
        "said": said if floor is None else f"{said}, all along a valley",
        "valley": None if floor is None else floor.valley,
        "floor": None if floor is None else list(floor.piece),
    }
