"""What a sweep map has on its axes: which two or three handles, over which ranges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from declarations import defaults, say
from engine.setup.experiment import Experiment
from engine.setup.handles import Handle, between, handles, reach
from engine.setup.labels import labels
from engine.setup.link import SLOTS
from engine.theory.stability import linear_dynamics
from labs.sweep.maps import (
    ABOVE,
    BATCH,
    BELOW,
    HIGHEST,
    NOTES,
    OF_A_RULE,
    OF_A_SURFACE,
    OVER,
    PANELS,
    SIDE,
    SMALL_SIDE,
    UNDER,
)
from surfaces.base import Array, Whole
from tests.sweeps.batch_sizes import batch_sizes
from tests.sweeps.boundaries import minimum_curvature

Range = tuple[str, float, float] | tuple[()]


class Axis(NamedTuple):
    """A side of the map: a handle and the values it takes, in rising order."""

    handle: Handle
    values: Array


class Wanted(NamedTuple):
    """Which handles somebody asks for, by link name, empty for the usual ones, and over what."""

    across: str = ""
    up: str = ""
    third: str = ""
    reach_across: Range = ()
    reach_up: Range = ()


class Axes(NamedTuple):
    """The axes of a sweep, and a sentence for each wish that could not be met."""

    across: Axis
    up: Axis
    third: Axis | None
    notes: tuple[str, ...]

    @property
    def shape(self) -> tuple[int, int, int]:
        """Return the number of panels, rows and columns."""
        panels = len(self.third.values) if self.third else 1
        return panels, len(self.up.values), len(self.across.values)

    def settings(self, rows: Whole, columns: Whole) -> Mapping[str, Array]:
        """Return the values of some rows and columns by link name, in arrays that broadcast."""
        found = {
            self.across.handle.key: self.across.values[columns][None, None, :],
            self.up.handle.key: self.up.values[rows][None, :, None],
        }
        if self.third:
            found[self.third.handle.key] = self.third.values[:, None, None]
        return found


def offered(experiment: Experiment, lane: int) -> tuple[Handle, ...]:
    """Return what may be swept: the lane's handles, the surface's, the start and the noise."""
    sizes = batch_sizes(experiment)
    own = tuple(h for h in handles(experiment) if h.lane in (lane, None))
    return (*own, sizes) if sizes else own


def axes(experiment: Experiment, lane: int, wanted: Wanted) -> Axes:
    """Return the axes somebody asks for; lane handles are meant for this lane, whoever's name.

    What is no handle of the lane takes its usual place, and a sentence says so.
    """
    chooser = _Chooser(experiment, lane)
    across = chooser.choose(wanted.across, "across", ())
    up = chooser.choose(wanted.up, "up", (across,))
    third = chooser.choose_third(wanted.third, (across, up))
    side = SMALL_SIDE if third else SIDE
    return Axes(
        chooser.spread(across, wanted.reach_across, side),
        chooser.spread(up, wanted.reach_up, side),
        chooser.panels(third) if third else None,
        tuple(chooser.notes),
    )


@dataclass
class _Chooser:
    """Reads wishes and notes which of them cannot be met."""

    experiment: Experiment
    lane: int
    notes: list[str] = field(default_factory=list)

    def note(self, kind: str, **places: str) -> None:
        """Say that a wish could not be met."""
        self.notes.append(NOTES[kind].format(**places))

    def find(self, name: str) -> Handle | None:
        """Return the handle of this name, with this lane in place of any other."""
        slot, _, rest = name.partition(".")
        own = f"{SLOTS[self.lane]}.{rest}" if rest and slot in SLOTS else name
        return next((h for h in offered(self.experiment, self.lane) if h.key == own), None)

    def choose(self, name: str, side: str, taken: Sequence[Handle]) -> Handle:
        """Return the handle asked for, or the usual one for this side."""
        found = self.find(name)
        if found in taken:
            self.note("across", setting=_said(found))
            found = None
        elif name and found is None:
            self.note("side", lane=labels(self.experiment)[self.lane], name=name, side=side)
        return found or self.usual(taken)

    def choose_third(self, name: str, taken: Sequence[Handle]) -> Handle | None:
        """Return the handle asked for that differs from map to map, if any."""
        found = self.find(name)
        if found in taken:
            self.note("axis", setting=_said(found))
            return None
        if name and found is None:
            self.note("third", lane=labels(self.experiment)[self.lane], name=name)
        return found

    def usual(self, taken: Sequence[Handle]) -> Handle:
        """Return the most telling handle left: the rate, a memory, the surface, the start.

        Of the surface, what changes its curvature over decades; what only moves it comes last.
        """
        left = [h for h in offered(self.experiment, self.lane) if h not in taken]
        return min(left, key=lambda h: (_interest(h), left.index(h)))

    def spread(self, handle: Handle, wanted: Range, count: int) -> Axis:
        """Return values over the range asked for, or the usual one."""
        low, high = span(self.experiment, self.lane, handle)
        if wanted and self.find(wanted[0]) == handle:
            low, high = self.inside(handle, wanted[1], wanted[2])
        values = between(handle, low, high, count)
        if len(values) == 1:
            self.note("only", setting=_said(handle), value=say(float(values[0])))
        return Axis(handle, values)

    def inside(self, handle: Handle, low: float, high: float) -> tuple[float, float]:
        """Return a range cut to what is allowed."""
        declared = handle.declaration
        first, last = (min(max(v, declared.low), declared.high) for v in (low, high))
        if (first, last) != (low, high):
            low, high = declared.low, declared.high
            self.note("inside", setting=_said(handle), low=say(low), high=say(high))
        return first, last

    def panels(self, handle: Handle) -> Axis:
        """Return the few values that make a map each, the present one among them."""
        low, high = span(self.experiment, self.lane, handle)
        return Axis(handle, between(handle, low, high, PANELS))


def span(experiment: Experiment, lane: int, handle: Handle) -> tuple[float, float]:
    """Return the usual range of a handle, its present value inside.

    Learning rates reach over three decades around the stability limit 2 / lambda_max where the
    rule has one, else around the rule's own default; so the range stays when the rate moves.
    """
    declared = handle.declaration
    if handle.key == f"{SLOTS[lane]}.lr":
        low, high = (float(f"{rate:.0e}") for rate in _suitable_rates(experiment, lane))
    else:
        low, high = reach(handle, experiment.surface.window[1 if handle.key == "y" else 0])
        high = min(high, HIGHEST.get(declared.scale, high))
    low, high = min(low, handle.value), max(high, handle.value)
    return max(low, declared.low), min(high, declared.high)


def _suitable_rates(experiment: Experiment, lane: int) -> tuple[float, float]:
    rule = experiment.lanes[lane].optimizer
    bends = minimum_curvature(experiment.surface, experiment.start)
    if linear_dynamics(rule) is not None and bends is not None and bends.high > 0:
        limit = 2 / float(bends.high)
        return limit / BELOW, limit * ABOVE
    usual = float(defaults(type(rule))["lr"])
    return usual / UNDER, usual * OVER


def _interest(handle: Handle) -> int:
    if handle.key.endswith(".lr"):
        return 0
    if handle.lane is not None:
        return OF_A_RULE.get(handle.declaration.scale, 4)
    if not handle.key.startswith("surface."):
        return 3
    if handle.key == BATCH:
        return 5
    return OF_A_SURFACE.get(handle.declaration.scale, 5)


def _said(handle: Handle | None) -> str:
    return handle.declaration.label.capitalize() if handle else ""
