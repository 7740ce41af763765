"""Where theory draws lines on a map of two settings: stability, critical damping, the best rate.

Each line is solved for the learning rate at settings along the other axis, so it needs the
learning rate of a rule that is linear in the gradient on one of the axes. On a quadratic the
lines hold everywhere; elsewhere they are those of the Hessian at the nearest global minimum.

Sources: B. T. Polyak (1964), doi:10.1016/0041-5553(64)90137-5; G. Goh (2017),
doi:10.23915/distill.00006; L. Lessard, B. Recht and A. Packard (2016), arXiv:1408.3595.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

import numpy as np

from engine.setup.experiment import Experiment
from engine.setup.handles import Handle, between, find, reach, turned
from engine.setup.link import SLOTS
from engine.theory.curvature import Curvature, curvature_at, quadratic, smooth
from engine.theory.stability import (
    limit,
    linear_dynamics,
)
from labs.sweep.lines import LINES, LOCAL, PLACES, Name
from optimizers.dynamics import Dynamics
from schedules import Constant
from surfaces.base import Array, Surface


class Boundary(NamedTuple):
    """A line, or a single point, on a map of two settings, in their own values.

    `across` and `up` have shape (n,), finite throughout; a line that breaks comes as several.
    `local` says that it holds only near the minimum.
    """

    name: Name
    label: str
    across: Array
    up: Array
    local: bool
    kind: Literal["line", "point"]


class _Setting(NamedTuple):
    """The other axis at one of its values: what rules the steps there."""

    value: float
    rule: Dynamics
    bends: Curvature


_Solve = Callable[[_Setting], float]


def boundaries(
    experiment: Experiment,
    lane: int,
    across: str,
    up: str,
    values: Sequence[float] | None = None,
) -> tuple[Boundary, ...]:
    """Return the lines of theory for lane `lane` over the handles `across` and `up`.

    They are solved at these `values` of the other axis, or all over its range.

    Empty where theory says nothing: a rule whose scaling moves, a schedule, no minimum, a loss
    of which every step sees another part, neither axis a learning rate.
    """
    rate, other = f"{SLOTS[lane]}.lr", up if across == f"{SLOTS[lane]}.lr" else across
    handle = find(experiment, other)
    if rate not in (across, up) or handle is None or other == rate:
        return ()
    plain = isinstance(experiment.lanes[lane].schedule, Constant)
    if experiment.surface.changes or not plain:
        return ()
    window = experiment.surface.window[0 if other == "x" else 1]
    settings = [
        s
        for value in (values or _values(handle, window))
        if (s := _setting(experiment, lane, other, value))
    ]
    local = quadratic(experiment.surface) is None
    found = [*_lines(settings, local), *_optimum(settings, local)]
    return tuple(b if across == rate else b._replace(across=b.up, up=b.across) for b in found)


def _values(handle: Handle, window: tuple[float, float]) -> list[float]:
    declared = handle.declaration
    low, high = declared.low, declared.high
    if handle.key in ("x", "y"):
        low, high = reach(handle, window)
    found = between(handle, low, high, PLACES)
    return [int(v) if declared.whole else float(v) for v in found]


def _setting(experiment: Experiment, lane: int, key: str, value: float) -> _Setting | None:
    there = turned(experiment, {key: value})
    rule = linear_dynamics(there.lanes[lane].optimizer)
    bends = minimum_curvature(there.surface, there.start)
    return None if rule is None or bends is None else _Setting(value, rule, bends)


def minimum_curvature(surface: Surface, near: tuple[float, float]) -> Curvature | None:
    """Return the curvature at the global minimum nearest to a point; None without a proper one.

    A quadratic without a minimum has the same curvature everywhere: its saddle serves as well.
    """
    if (whole := quadratic(surface)) is not None:
        return whole.curvature
    if not surface.minima:
        return None
    nearest = min(surface.minima, key=lambda c: np.hypot(c.x - near[0], c.y - near[1]))
    point = np.array(nearest[:2])
    bends = curvature_at(surface, point)
    proper = np.isfinite(bends.high) and bends.low > 1e-9 * bends.high > 0
    return bends if proper and smooth(surface, point) else None


def _lines(settings: list[_Setting], local: bool) -> Iterator[Boundary]:
    yield from _line("stability", settings, _limit, local)
    if not any(np.any(s.rule.beta) for s in settings):
        return
    for name, side, border in _DAMPING:
        if side == "high" or any(s.bends.low < s.bends.high for s in settings):
            yield from _line(name, settings, _damping(side, border), local)


_DAMPING: tuple[tuple[Name, str, int], ...] = (
    ("damping_flat", "low", 0),
    ("damping_steep", "high", 0),
    ("flips", "high", 1),
)


def _called(name: Name, local: bool) -> str:
    return LINES[name] + (LOCAL.get(name, LOCAL["other"]) if local else "")


def _limit(there: _Setting) -> float:
    return float(limit(there.rule, there.bends.high + there.rule.penalty))


def _damping(side: str, border: int) -> _Solve:
    def solve(there: _Setting) -> float:
        h = float(getattr(there.bends, side)) + there.rule.penalty
        push = there.rule.gain * h
        return float(touching(there.rule)[border] / push) if push > 0 else np.nan

    return solve


def _line(name: Name, settings: list[_Setting], solve: _Solve, local: bool) -> Iterator[Boundary]:
    values = np.array([there.value for there in settings])
    with np.errstate(all="ignore"):
        rates = np.array([solve(there) for there in settings])
    good = np.isfinite(rates) & (rates > 0)
    for run in np.split(np.arange(len(values)), np.flatnonzero(np.diff(good.astype(int))) + 1):
        if len(run) > 1 and good[run[0]]:
            yield Boundary(name, _called(name, local), rates[run], values[run], local, "line")


def _optimum(settings: list[_Setting], local: bool) -> Iterator[Boundary]:
    """Yield the best rate as a line without momentum, and as a point where the axis is momentum."""
    if not any(np.any(s.rule.beta) for s in settings):
        yield from _line("best_rate", settings, _best_rate, local)
    elif all(np.all(s.rule.beta == s.value) for s in settings):
        yield from _best_point(settings, local)


def _best_rate(there: _Setting) -> float:
    low, high = (float(h) + there.rule.penalty for h in (there.bends.low, there.bends.high))
    gain = there.rule.gain
    return best_descent(low, high).lr / gain if low > 0 and gain > 0 else np.nan


def _best_point(settings: list[_Setting], local: bool) -> Iterator[Boundary]:
    rule, bends = settings[0].rule, settings[0].bends
    low, high = (float(h) + rule.penalty for h in (bends.low, bends.high))
    if low <= 0 or high <= low:
        return
    ahead = any(np.any(s.rule.ahead) for s in settings)
    best = best_nesterov(low, high) if ahead else best_heavy_ball(low, high)
    there = min(settings, key=lambda s: abs(s.value - best.beta))
    gain = _gain_at(settings, best.beta) if there.rule.gain != rule.gain else rule.gain
    if gain <= 0:
        return
    name: Name = "best_nesterov" if ahead else "polyak"
    lr, beta = np.array([best.lr / gain]), np.array([best.beta])
    yield Boundary(name, _called(name, local), lr, beta, local, "point")


def _gain_at(settings: list[_Setting], beta: float) -> float:
    """Return the gain at a momentum between the settings; it is linear in beta in every rule."""
    first, last = settings[0], settings[-1]
    slope = (last.rule.gain - first.rule.gain) / (last.value - first.value)
    return float(first.rule.gain + slope * (beta - first.value))


def touching(rule: Dynamics) -> tuple[Array, Array]:
    """Return the two values of lr gain h at which the two roots of a direction meet.

    Below the first the ball creeps (overdamped), between them it swings, above the second its
    roots are negative. For the heavy ball they are (1 - sqrt(beta))^2, critical damping, and
    (1 + sqrt(beta))^2; for Nesterov's rule ((1 - beta) / (1 + beta))^2 and 1.
    """
    beta, ahead = np.asarray(rule.beta, dtype=float), np.asarray(rule.ahead, dtype=float)
    wide = 1 + ahead
    half = (1 + beta) * wide - 2 * ahead
    root = 2 * np.sqrt(np.maximum(beta * wide - ahead, 0.0))
    high = (half + root) / (wide * wide)
    return ((1 - beta) / wide) ** 2 / high, high


class Best(NamedTuple):
    """The settings that bring the worst direction down fastest, and its factor per step."""

    lr: float
    beta: float
    radius: float


def best_descent(low: float, high: float) -> Best:
    """Return gradient descent's best rate between curvatures low and high: 2 / (low + high)."""
    return Best(2 / (low + high), 0.0, (high - low) / (high + low))


def best_heavy_ball(low: float, high: float) -> Best:
    """Return Polyak's rate (of the form without 1 - beta) and momentum for curvatures low, high."""
    small, large = np.sqrt(low), np.sqrt(high)
    radius = float((large - small) / (large + small))
    return Best(float((2 / (large + small)) ** 2), radius**2, radius)


def best_nesterov(low: float, high: float) -> Best:
    """Return Nesterov's best rate and momentum on a quadratic: Lessard et al., proposition 1."""
    root = float(np.sqrt(3 * high / low + 1))
    return Best(4 / (3 * high + low), (root - 2) / (root + 2), 1 - 2 / root)
