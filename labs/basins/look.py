"""What a link says of the basin map, and how fine it is."""

from __future__ import annotations

from dataclasses import dataclass

from declarations import choice
from engine.setup.link import SLOTS
from packets.look import Look

RESOLUTION = 200
COARSE = 4
"""The coarse map takes one cell of so many across and up: a sixteenth of the work."""


@dataclass(frozen=True)
class BasinsLook(Look):
    """Whose basins are shown beside the chosen lane's."""

    rival: str = choice(
        "none",
        ("none", *SLOTS),
        "compared with",
        help="The lane whose basins are shown beside the chosen one's.",
    )
