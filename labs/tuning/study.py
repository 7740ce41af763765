"""Fair tuning: every lane gets the best of equally many settings, found by one and the same search.

Half of the settings are spread over the whole declared ranges by the Halton sequence (J. H.
Halton 1960, doi:10.1007/BF01386213), whose first coordinate is the learning rate, so all lanes
try the same rates. A quarter lies in a box a fifth as wide around the best of these, the rest in
one a fifth as wide again. The lane's present setting is the first of all, so the best is never
worse. Settings drawn rather than laid out on a grid waste none on a hyperparameter that does not
matter (J. Bergstra and Y. Bengio 2012, JMLR 13:281-305).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np

from declarations import Number
from engine.run.batch import best
from engine.setup.experiment import Experiment
from engine.setup.handles import Handle, lane_handles, turned
from engine.setup.link import SLOTS
from surfaces.base import Array, Whole

NARROWER = 5.0
"""How many times narrower the box of each round is than the one before."""

BASES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29)
"""Bases of the Halton sequence, one for each number that is searched."""


class Tried(NamedTuple):
    """The settings of a lane tried so far, in the order tried; every array has shape (n,).

    `settings` by link name, number 0 the lane's present one; the final `loss`, NaN where
    `diverged` gives a step; `steps`, the step from which the run stays within the tolerance to
    its end (without a minimum, the one from which on it has left downhill), or -1; `away`, the
    one from which on it has run away, or -1; `round`, 0 for the present setting and then 1, 2,
    3; `best`, the number of the best.
    """

    settings: Mapping[str, Array]
    loss: Array
    steps: Whole
    away: Whole
    diverged: Whole
    round: Whole
    best: int

    def setting(self, number: int) -> dict[str, float]:
        """Return one setting by link name."""
        return {key: float(values[number]) for key, values in self.settings.items()}


def space(experiment: Experiment, k: int) -> tuple[Handle, ...]:
    """Return what is searched for lane k: the learning rate first, then what shapes the rule."""
    own = f"{SLOTS[k]}."
    found = [handle for handle in lane_handles(experiment, k) if handle.declaration.searched]
    rule = [handle for handle in found if not handle.key.startswith(f"{own}schedule.")]
    return tuple(sorted(rule, key=lambda handle: handle.key != f"{own}lr"))


def search(experiment: Experiment, k: int, budget: int) -> Iterator[Tried]:
    """Yield what has been tried for lane k after each round, `budget` settings after the last.

    A setting whose run ends within the tolerance beats one whose run does not; of those that do,
    the one that was there to stay in fewer steps is better (to have passed through by chance does
    not count); all else being equal, the lower final loss of a run that did not run away.
    The same experiment gives the same search. ValueError if the budget is below 4.
    """
    if budget < 4:
        raise ValueError(f"a budget of {budget} leaves nothing to search")
    searched = space(experiment, k)
    center, done = _shares(searched, [handle.value for handle in searched]), 1
    tried = _present(experiment, k, searched)
    for number, count in enumerate(rounds(budget), start=1):
        box = _box(center, NARROWER ** (1 - number), halton(done, count, len(searched)))
        found = _tried(experiment, k, _settings(searched, box), number)
        tried, done = _together(tried, found), done + count
        tried = tried._replace(best=max(best(tried.steps, tried.loss, tried.away), 0))
        center = _shares(searched, list(tried.setting(tried.best).values()))
        yield tried


def halton(first: int, count: int, dimensions: int) -> Array:
    """Return points `first` to `first + count - 1` of the Halton sequence, (dimensions, count)."""
    numbers = np.arange(first, first + count)
    return np.array([_radical_inverse(numbers, base) for base in BASES[:dimensions]])


def _radical_inverse(numbers: Whole, base: int) -> Array:
    """Return the numbers' digits in a base, mirrored at the point."""
    found: Array = np.zeros(len(numbers))
    rest, weight = numbers, 1.0
    while rest.any():
        weight /= base
        found += weight * (rest % base)
        rest = rest // base
    return found


def rounds(budget: int) -> tuple[int, int, int]:
    """Split a budget, of which the present setting has taken one."""
    wide = (budget + 1) // 2 - 1
    near = (budget - 1 - wide) // 2
    return wide, near, budget - 1 - wide - near


def _box(center: Array, side: float, points: Array) -> Array:
    """Move points of the unit cube into a cube of that side, around a center if it fits there."""
    corner = np.clip(center - side / 2, 0.0, 1.0 - side)
    return np.asarray(corner[:, None] + side * points)


def _shares(searched: tuple[Handle, ...], values: list[float]) -> Array:
    """Return where values lie in their ranges, from 0 to 1 along the declared scales."""
    found = []
    for handle, value in zip(searched, values, strict=True):
        low, high = _ends(handle.declaration)
        found.append((handle.declaration.axis.place(value) - low) / (high - low))
    shares: Array = np.clip(np.array(found, dtype=float), 0.0, 1.0)
    return shares


def _settings(searched: tuple[Handle, ...], shares: Array) -> dict[str, Array]:
    pairs = zip(searched, shares, strict=True)
    return {handle.key: _at(handle.declaration, row) for handle, row in pairs}


def _at(declared: Number, shares: Array) -> Array:
    """Return the values at these shares of a declared range, short enough for a link."""
    axis, (low, high) = declared.axis, _ends(declared)
    short = [axis.rounded(value, 3) for value in axis.value(low + shares * (high - low))]
    return np.clip(np.round(short) if declared.whole else short, declared.low, declared.high)


def _ends(declared: Number) -> tuple[float, float]:
    first, last = declared.axis.place([declared.axis.first, declared.high])
    return float(first), float(last)


def _present(experiment: Experiment, k: int, searched: tuple[Handle, ...]) -> Tried:
    settings = {handle.key: np.array([handle.value], dtype=float) for handle in searched}
    return _tried(experiment, k, settings, 0)


def _tried(experiment: Experiment, k: int, settings: dict[str, Array], number: int) -> Tried:
    ends = turned(experiment, settings).ends(k)
    goal, rounds = experiment.goal, np.full(len(ends.loss), number)
    steps, away = ends.reached(goal), ends.strayed(goal)
    return Tried(settings, ends.loss, steps, away, ends.diverged, rounds, 0)


def _together(first: Tried, second: Tried) -> Tried:
    settings = {
        key: np.concatenate((values, second.settings[key]))
        for key, values in first.settings.items()
    }
    columns = map(np.concatenate, zip(first[1:-1], second[1:-1], strict=True))
    return Tried._make((settings, *columns, 0))
