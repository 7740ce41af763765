"""What a hand paints, as the stage takes it up."""

from __future__ import annotations

from packets.headers import DrawingHeader
from surfaces.base import Surface
from surfaces.drawn import MOST, SIDE, Drawn
from surfaces.spline import LETTERS


def drawing(surface: Surface) -> DrawingHeader | None:
    """Return the heights of a surface that is drawn, None of any other."""
    if not isinstance(surface, Drawn):
        return None
    return {"heights": surface.heights, "letters": LETTERS, "coarse": SIDE, "fine": MOST}
