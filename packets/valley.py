"""Minima that lie in a row on a surface of one's own."""

from __future__ import annotations

from collections.abc import Mapping

from surfaces.base import Place, Surface
from surfaces.formula import Formula
from surfaces.formulas.floors import Floor


def valley(surface: Surface) -> Mapping[Place, Floor]:
    """Return the floor at every minimum that lies on one, nothing for other surfaces."""
    return surface.valleys if isinstance(surface, Formula) else {}
