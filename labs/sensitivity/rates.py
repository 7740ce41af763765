"""The learning rates at which lanes are run: a range that every rule allows, and its steps."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from declarations import Number, declarations
from optimizers.base import Optimizer
from surfaces.base import Array

COUNT = 121
"""How many rates a curve is made of."""

MARGIN = 1.5
"""Decades that the chosen range shows beyond the lanes' present rates, before it is rounded."""


def grid(low: float, high: float, count: int = COUNT) -> Array:
    """Return about `count` rates from low to high, evenly spread on a logarithmic scale.

    They have few digits, so that each can be written into a link as it is. Equal ends give one
    rate.
    """
    digits = _digits(low, high, count)
    values = np.geomspace(low, high, count)
    return np.unique([min(max(float(f"{v:.{digits}g}"), low), high) for v in values])


def _digits(low: float, high: float, count: int) -> int:
    """Return how many significant digits keep neighboring rates apart."""
    step = math.log(high / low) / max(count - 1, 1)
    return 3 if step > 0.02 else min(2 + math.ceil(-math.log10(max(step, 1e-12))), 15)


def allowed(rules: Iterable[type[Optimizer]]) -> tuple[float, float]:
    """Return the lowest and the highest rate that all these rules allow."""
    declared = [declarations(rule)["lr"] for rule in rules]
    numbers = [number for number in declared if isinstance(number, Number)]
    return max(number.low for number in numbers), min(number.high for number in numbers)
