"""What the colors of a sweep map say, and what could be said about its cells as a whole.

Colors are even steps of a level: the common logarithm of the loss above the minimum, of the
steps until it has arrived to stay, or of the distance to the nearest minimum. Where there is no
minimum only steps can be drawn: those until a run has left the domain downhill. A run that ran
away from a minimum has no color of the scale.
"""

from __future__ import annotations

import numpy as np

from engine.setup.experiment import Experiment
from labs.sweep.look import COLORS
from labs.sweep.maps import FLOOR, NEAREST, VISIBLE, WORSE
from surfaces.base import Array, Whole
from tests.sweeps.study import Ends

Range = list[float]


def levels(found: Ends, color: str) -> Array:
    """Return each cell's level, NaN where it has none: diverged, ran away, not there, not known."""
    with np.errstate(all="ignore"):
        if color == "steps":
            level = np.where(found.steps >= 0, np.log10(np.maximum(found.steps, 1)), np.nan)
        elif color == "distance":
            level = np.log10(np.maximum(found.distance, NEAREST))
        else:
            level = np.log10(np.maximum(found.gap, FLOOR))
    gone = (found.diverged >= 0) | (found.away >= 0)
    return np.where(gone | ~np.isfinite(level), np.nan, level)


def ranges(experiment: Experiment, found: Ends) -> dict[str, Range]:
    """Return the lowest and the highest level that a color scale shows, by color."""
    worst = highest(experiment)
    spans = {}
    for color in COLORS:
        level = levels(found, color)
        seen = level[np.isfinite(level)]
        low, high = (float(seen.min()), float(seen.max())) if seen.size else (0.0, 1.0)
        high = max(min(high, worst.get(color, high)), low)
        spans[color] = [low, high if high > low else low + 1.0]
    return spans


def highest(experiment: Experiment) -> dict[str, float]:
    """Return the level above which all is the last color, by color, where there is one."""
    surface = experiment.surface
    if surface.lowest is None:
        return {}
    start = np.array(experiment.start)
    sizes = {"loss": surface.value(start) - surface.lowest, "distance": surface.distance(start)}
    with np.errstate(all="ignore"):
        found = {color: float(np.log10(WORSE * size)) for color, size in sizes.items()}
    return {color: level for color, level in found.items() if np.isfinite(level)}


def best(found: Ends, color: str) -> list[int] | None:
    """Return panel, row and column of the best cell, or None; the quicker of equals is best.

    The least loss, the fewest steps, or the least distance to a minimum.
    """
    level = levels(found, color)
    if not np.isfinite(level).any():
        return None
    steps = np.where(found.steps >= 0, found.steps, np.iinfo(np.int64).max)
    keys = [np.nan_to_num(_settled(found), nan=np.inf), steps, np.nan_to_num(level, nan=np.inf)]
    first = np.lexsort([key.ravel() for key in keys])[0]
    return [int(k) for k in np.unravel_index(first, level.shape)]


def _settled(found: Ends) -> Array:
    return found.gap if _has_minimum(found) else found.loss


def chaotic(known: Ends, moved: Ends, spans: dict[str, Range]) -> Whole:
    """Return, as a sum of 1 (loss), 2 (steps), 4 (distance), where a nudge changes the color.

    `moved` are the same cells' ends from a start that is moved by a hair.
    """
    flags = np.zeros(known.loss.shape, dtype=np.int64)
    for bit, color in enumerate(COLORS):
        low, high = spans[color]
        with np.errstate(invalid="ignore"):
            before, after = (np.clip(levels(f, color), low, high) for f in (known, moved))
            changed = np.abs(before - after) > VISIBLE * (high - low)
        changed |= np.isnan(before) != np.isnan(after)
        if color == "steps":
            changed |= known.steps != moved.steps
        for gone, away in ((known.diverged, moved.diverged), (known.away, moved.away)):
            changed |= (gone >= 0) != (away >= 0)
        flags |= changed.astype(np.int64) << bit
    return flags


def _has_minimum(found: Ends) -> bool:
    return bool(np.isfinite(found.gap).any())
