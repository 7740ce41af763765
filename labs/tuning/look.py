"""What a link says of a fair tuning."""

from __future__ import annotations

from dataclasses import dataclass

from declarations import number
from packets.look import Look

BUDGETS = (10, 20, 30, 60, 100, 200, 400)
"""Budgets that a menu offers; a link may ask for others."""


@dataclass(frozen=True)
class TuningLook(Look):
    """How many tries every lane gets."""

    budget: int = number(
        60,
        "N",
        "settings tried",
        10,
        400,
        whole=True,
        step=10,
        help="How many settings of each lane a fair tuning tries.",
    )
