"""How a run ended: every outcome named once, with its words, and decided in one place.

Three numbers decide most of it. From `low` to `high` a loss is that of the minimum; below `floor`,
which only a loss that falls for ever can be, the run has left the domain downhill. The rest is
told from the record of a run, in the order of `End`: the first that is true is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

import numpy as np

from engine.run.standstill import at_the_bottom, axes_at, near, shorter
from engine.run.watch import stays
from surfaces.base import Array, Critical, Flags, Surface, Whole

GROWS = 2.0
"""How many times as far above the start the last quarter's highest loss is as the second one's."""

CLOSER = 0.98
"""A run comes closer if its mean height falls below this share of both quarters before it."""

PEAKS = 0.998
"""The same for its highest losses, which a short cycle repeats to the last digit."""

TURNS = 4
"""A run goes to and fro if a coordinate turns back so often in its second half."""

SAME = 1e-6
"""Two points closer than this share of the window's shorter side are one."""


class End(Enum):
    """What has become of a run, in the order in which it is decided; the value is its key.

    Texts may hold {step}, the step from which on or at which it is so, and {height}, how far
    above the minimum the run is now: `words` for a table, `brief` for a label at the run's head,
    `event` for the moment at which it comes about, empty where there is none.
    """

    words: str
    brief: str
    event: str

    RAN_AWAY = (
        "ran away",
        "ran away downhill, out of the window from step {step}",
        "ran away at {step}",
        "runs away downhill",
    )
    DIVERGED = "diverged", "DIVERGED at step {step}", "DIVERGED at {step}", "diverges"
    ARRIVED = "arrived", "arrived, and stays from step {step}", "arrived", "arrives to stay"
    SADDLE = "saddle", "rests at a saddle"
    MAXIMUM = "maximum", "rests at a maximum"
    MINIMUM = "local minimum", "rests at a local minimum"
    FLAT = "flat", "rests where the gradient is exactly 0"
    GROWING = "growing", "growing: higher and higher above the start"
    PASSED = (
        "passed",
        "passed through at step {step}, now {height} above the minimum",
        "passed through at {step}",
        "comes within the tolerance",
    )
    ORBITS = "orbits", "goes to and fro, comes no closer"
    ON_ITS_WAY = "on its way", "still on its way"

    def __new__(cls, key: str, words: str, brief: str = "", event: str = "") -> End:
        """Make a member that is known by its key and carries its words."""
        member = object.__new__(cls)
        member._value_ = key
        member.words, member.brief, member.event = words, brief or words, event
        return member


class Goal(NamedTuple):
    """The losses at which a run is at the minimum, `low` to `high`; below `floor` it ran away.

    They may be arrays that broadcast against the lanes. Without a minimum `high` is -inf, with
    nothing to fall to `low` and `floor` are.
    """

    high: float | Array
    low: float | Array = -np.inf
    floor: float | Array = -np.inf

    def inside(self, loss: Array) -> Flags:
        """Say which losses are those of the minimum."""
        return (loss <= self.high) if self.bounded else (loss >= self.low) & (loss <= self.high)

    def below(self, loss: Array) -> Flags:
        """Say which losses are lower than the domain has any."""
        return np.asarray(loss < self.floor)

    @property
    def bounded(self) -> bool:
        """Say whether nothing can fall below the minimum."""
        return bool(np.all(np.isneginf(self.floor)))

    @property
    def leaving(self) -> bool:
        """Say whether there is no minimum to arrive at: then to leave downhill is to get there."""
        return not self.bounded and bool(np.all(np.isneginf(self.high)))


def goal(surface: Surface, tolerance: float) -> Goal:
    """Return what counts as arrived on a surface, and as having run away from it."""
    lowest, floor = surface.lowest, surface.floor
    if lowest is None:
        return Goal(-np.inf) if floor is None else Goal(-np.inf, -np.inf, floor)
    if floor is None:
        return Goal(lowest + tolerance)
    return Goal(lowest + tolerance, lowest - tolerance, floor - tolerance)


class Outcome(NamedTuple):
    """How one run ended; `step` and `passed`, the first step at the minimum, may be None."""

    end: End
    step: int | None
    passed: int | None
    height: float | None


class Record(NamedTuple):
    """What an outcome is told from: `...` is the shape of the lanes, () or (n,).

    `x` (steps + 1, 2, ...) and `loss` (steps + 1, ...), NaN from the step `diverged` (...) on.
    """

    x: Array
    loss: Array
    diverged: Whole


def outcome(record: Record, surface: Surface, tolerance: float) -> Outcome:
    """Return how a single run on a surface ended."""
    x, loss, diverged = record
    alone = Record(x[..., None], loss[..., None], np.reshape(diverged, 1))
    return next(judged(alone, [surface], tolerance))


def judged(record: Record, surfaces: list[Surface], tolerance: float) -> Iterator[Outcome]:
    """Yield how each of n runs, in the last axis of the record, ended on a surface of its own."""
    goals = [goal(surface, tolerance) for surface in surfaces]
    whole = Goal(*(np.array(side) for side in zip(*goals, strict=True)))
    with np.errstate(all="ignore"):
        passed, since = stays(whole.inside(record.loss), record.loss)
        away = stays(whole.below(record.loss), record.loss)[1]
        grows, turns = growing(record.loss), orbiting(record, surfaces)
    for k, surface in enumerate(surfaces):
        gone, first = int(record.diverged[k]), int(passed[k])
        early = {End.RAN_AWAY: int(away[k]), End.DIVERGED: gone, End.ARRIVED: int(since[k])}
        end = next((one for one, step in early.items() if step >= 0), None)
        late = {End.GROWING: grows[k], End.PASSED: first >= 0, End.ORBITS: turns[k]}
        if end is None:
            end = standing(record.x[..., k], surface, tolerance)
        if end is None:
            end = next((one for one, there in late.items() if there), End.ON_ITS_WAY)
        step = first if end is End.PASSED else early.get(end, -1)
        height = _height(surface, float(record.loss[-1, k]))
        yield Outcome(end, step if step >= 0 else None, first if first >= 0 else None, height)


def _height(surface: Surface, loss: float) -> float | None:
    return None if surface.lowest is None else loss - surface.lowest


def growing(loss: Array) -> Flags:
    """Say whose highest losses rise from quarter to quarter, above the start; `loss` (T + 1, n)."""
    quarter = len(loss) // 4
    if quarter < 2:
        return np.zeros(loss.shape[1], dtype=bool)
    second, third, last = (loss[-k * quarter :][:quarter].max(axis=0) for k in (3, 2, 1))
    begin = loss[0]
    rising = (last > third) & (third > second) & (last > begin)
    return np.asarray(rising & (last - begin > GROWS * (second - begin)))


def orbiting(record: Record, surfaces: list[Surface]) -> Flags:
    """Say which of n runs turn back again and again and do not come closer to their lowest loss."""
    quarter, (x, loss, _) = len(record.loss) // 4, record
    if quarter < 2:
        return np.zeros(loss.shape[1], dtype=bool)
    steps = np.sign(np.diff(x[-2 * quarter :], axis=0))
    turns = np.count_nonzero(steps[1:] * steps[:-1] < 0, axis=0).max(axis=0)
    known = np.array([np.nan if s.lowest is None else s.lowest for s in surfaces])
    height = loss - np.where(np.isnan(known), loss.min(axis=0), known)
    parts = [height[-k * quarter :][:quarter] for k in (3, 2, 1)]
    stays_high = [
        last >= share * np.minimum(second, third)
        for share, (second, third, last) in (
            (CLOSER, [part.mean(axis=0) for part in parts]),
            (PEAKS, [part.max(axis=0) for part in parts]),
        )
    ]
    return np.asarray((turns >= TURNS) & np.any(stays_high, axis=0))


def standing(x: Array, surface: Surface, tolerance: float) -> End | None:
    """Return where a run, shape (steps + 1, 2), has come to rest without arriving, or None."""
    end, before = x[-1], x[-1 - max(len(x) // 10, 1)] if len(x) > 1 else x[-1]
    side = shorter(surface.window)
    with np.errstate(all="ignore"):
        still = not np.any(surface.gradient(end))
    place = _nearest(surface, end)
    far = np.inf if place is None else np.hypot(place.x - end[0], place.y - end[1])
    if place is not None and far <= SAME * side:
        drifts = far > np.hypot(place.x - before[0], place.y - before[1])
        if still or not drifts:
            return _KINDS.get(place.kind)
    if still:
        return _shape(surface, end)
    return _bowl(surface, np.stack([before, end], axis=-1), tolerance, near(surface.window))


_KINDS = {"saddle": End.SADDLE, "maximum": End.MAXIMUM, "local minimum": End.MINIMUM}


def _nearest(surface: Surface, point: Array) -> Critical | None:
    known = surface.critical_points
    gaps = [np.hypot(c.x - point[0], c.y - point[1]) for c in known]
    return known[int(np.argmin(gaps))] if known else None


def _shape(surface: Surface, point: Array) -> End:
    """Return what a point without slope is, told by the curvatures there."""
    with np.errstate(all="ignore"):
        _, _, high, low = axes_at(surface, point)
    if low > 0:
        return End.MINIMUM
    if high < 0:
        return End.MAXIMUM
    return End.SADDLE if high > 0 > low else End.FLAT


def _bowl(surface: Surface, points: Array, tolerance: float, reach: float) -> End | None:
    """Say whether the last points of a run, (2, 2), are both at the bottom of a higher bowl."""
    with np.errstate(all="ignore"):
        low = at_the_bottom(surface, points, reach, tolerance)
        loss = surface.value(points)
        best = surface.distance(points[:, -1])
    lowest = surface.lowest
    higher = lowest is None or bool(np.all(loss > lowest + 2 * tolerance))
    there = higher and bool(low.all()) and not best <= reach
    return End.MINIMUM if there else None
