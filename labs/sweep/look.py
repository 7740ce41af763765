"""What a link says of the sweep map."""

from __future__ import annotations

from dataclasses import dataclass

from declarations import choice, span, word
from packets.look import Look

COLORS = {
    "loss": "Final loss",
    "steps": "Steps until arrived to stay",
    "distance": "Distance to the minimum",
}


@dataclass(frozen=True)
class SweepLook(Look):
    """What is on the map's axes and in its colors."""

    across: str = word("", "across", help="The setting across the sweep map.")
    up: str = word("", "up", help="The setting up the sweep map.")
    reach_across: tuple[()] | tuple[str, float, float] = span(
        "range across", help="From where to where the sweep map reaches across."
    )
    reach_up: tuple[()] | tuple[str, float, float] = span(
        "range up", help="From where to where the sweep map reaches up."
    )
    third: str = word("", "in each map", help="A setting that differs from map to map.")
    color: str = choice("loss", tuple(COLORS), "color", help="What the sweep map's colors show.")
