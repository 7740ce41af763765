"""What theory's lines on a sweep map are called; the page solves them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

PLACES = 120
"""How many settings along the other axis a line is solved at."""

Name = Literal[
    "stability", "damping_flat", "damping_steep", "flips", "best_rate", "polyak", "best_nesterov"
]

LINES: Mapping[Name, str] = {
    "stability": "stability limit",
    "damping_flat": "critical damping of the smallest curvature",
    "damping_steep": "critical damping of the largest curvature",
    "flips": "swings turn into flips, largest curvature",
    "best_rate": "best learning rate",
    "polyak": "Polyak’s optimum",
    "best_nesterov": "best for Nesterov",
}
"""What each line is called."""

LOCAL = {
    "stability": " of the Hessian at the minimum (local)",
    "other": " at the minimum (local)",
}
"""What is added to a line's name where it holds only near the minimum."""
