"""The whole state of the app as one frozen value: everything on screen is computed from it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from declarations import Declared, number
from engine.run.batch import Outcomes, outcomes
from engine.run.outcome import Goal, goal
from engine.run.run import Run
from engine.run.trajectory import Trajectory, trajectory
from optimizers import OPTIMIZERS, Optimizer
from schedules import Constant, Schedule
from surfaces import SURFACES, Surface
from surfaces.turning import turned

COLORS = ("blue", "vermillion", "green", "purple", "orange", "sky")
"""Names of the lanes' colors, in the order in which new lanes take them."""

MOST_LANES = len(COLORS)
MOST_STEPS = 2000
FARTHEST_START = 1e6
NAME_LENGTH = 40


@dataclass(frozen=True)
class Lane:
    """One runner in the race: a rule with its settings, its schedule, and how it is shown.

    `name` is what a person calls it, empty for the rule's own title. ValueError if the color is
    unknown or the name too long.
    """

    optimizer: Optimizer
    schedule: Schedule = field(default_factory=Constant)
    color: str = COLORS[0]
    name: str = ""
    visible: bool = True

    def __post_init__(self) -> None:
        """Refuse what could not be shown."""
        if self.color not in COLORS:
            raise ValueError(f"color: {self.color!r} is none of {', '.join(COLORS)}")
        if len(self.name) > NAME_LENGTH or not self.name.isprintable():
            raise ValueError(f"name: at most {NAME_LENGTH} printable characters")

    @property
    def label(self) -> str:
        """Return the name shown in legends and tables."""
        return self.name or self.optimizer.title


FIRST_SURFACE = "rosenbrock"
FIRST_OPTIMIZERS = ("gradient_descent", "momentum_lecture", "adam")


def first_lanes() -> tuple[Lane, ...]:
    """Return the race of the first visit."""
    kinds: list[type[Any]] = [OPTIMIZERS[key] for key in FIRST_OPTIMIZERS]
    return tuple(Lane(kind(), color=color) for kind, color in zip(kinds, COLORS, strict=False))


def _coordinate(name: str, k: int) -> Any:
    first = SURFACES[FIRST_SURFACE]().start[k]
    help = "Where every lane starts."
    far = FARTHEST_START
    return number(first, f"{name}_0", f"start {name}", -far, far, help=help)


@dataclass(frozen=True)
class Experiment(Declared):
    """A surface, one to six lanes, a start, and how far and how noisily they run.

    `tolerance` is the height above the global minimum at which a lane counts as arrived. Raises
    ValueError naming the field, the value and what would be allowed.
    """

    title: ClassVar[str] = "Experiment"

    surface: Surface = field(default_factory=lambda: SURFACES[FIRST_SURFACE]())
    lanes: tuple[Lane, ...] = field(default_factory=first_lanes)
    x: float = _coordinate("x", 0)
    y: float = _coordinate("y", 1)
    steps: int = number(
        300,
        "T",
        "steps",
        1,
        MOST_STEPS,
        scale="log",
        whole=True,
        help="How many updates each lane makes.",
    )
    noise: float = number(
        0.0,
        r"\sigma",
        "gradient noise σ",
        0.0,
        1000.0,
        scale="log",
        smallest=0.01,
        help="Standard deviation of the Gaussian noise added to each gradient coordinate.",
    )
    seed: int = number(
        0,
        "s",
        "noise seed",
        0,
        999_999,
        whole=True,
        help="One seed gives one noise, for every lane.",
    )
    tolerance: float = number(
        1e-3,
        r"\tau",
        "tolerance",
        1e-12,
        10.0,
        scale="log",
        help="A lane has arrived when its loss is this close to the global minimum.",
    )

    def __post_init__(self) -> None:
        """Refuse numbers outside their ranges and too few or too many lanes."""
        super().__post_init__()
        if not 1 <= len(self.lanes) <= MOST_LANES:
            raise ValueError(f"lanes: {len(self.lanes)} is outside 1 to {MOST_LANES}")

    @property
    def start(self) -> tuple[float, float]:
        """Return the start as a point."""
        return self.x, self.y

    @property
    def goal(self) -> Goal:
        """Return the losses at which a lane has arrived, and those at which it has run away."""
        return goal(self.surface, self.tolerance)

    def on(self, surface: Surface) -> Experiment:
        """Return this experiment on another surface; a new kind of surface brings its own start.

        So does a new formula, unless the start has been chosen and is still in sight.
        """
        if type(surface) is type(self.surface) and self._stays(surface):
            x, y = self.carried(surface)
            return replace(self, surface=surface, x=x, y=y)
        return replace(self, surface=surface, x=surface.start[0], y=surface.start[1])

    def carried(self, surface: Surface) -> tuple[float, float]:
        """Return the start once the surface has another angle, if that turns the start along."""
        bearings = self.surface.bearing, surface.bearing
        if type(surface) is not type(self.surface) or np.array_equal(*bearings):
            return self.start
        if self.start == self.surface.start:
            return surface.start
        x, y = turned(self.start, bearings[1] - bearings[0])
        return _within(x), _within(y)

    def _stays(self, surface: Surface) -> bool:
        if surface.bearing != self.surface.bearing:
            return True
        if surface.window == self.surface.window and surface.start == self.surface.start:
            return True
        seen = zip(surface.window, self.start, strict=True)
        return self.start != self.surface.start and all(a <= w <= b for (a, b), w in seen)

    def run(self, k: int) -> Run:
        """Return what decides lane k: many runs where its settings or the start are arrays."""
        lane = self.lanes[k]
        seed = self.seed if np.any(self.noise) else 0
        return Run(
            lane.optimizer, self.surface, self.start, self.steps, lane.schedule, self.noise, seed
        )

    def runs(self) -> tuple[Trajectory, ...]:
        """Return each lane's run, computed once per lane and shared; the arrays are read-only."""
        return tuple(_kept(self.run(k)) for k in range(len(self.lanes)))

    def ends(self, k: int) -> Outcomes:
        """Return how lane k ends: many runs at once where its settings or the start are arrays."""
        return outcomes(self.run(k), self.goal)


def _within(side: Any) -> Any:
    kept = np.clip(side, -FARTHEST_START, FARTHEST_START)
    return float(kept) if np.ndim(kept) == 0 else kept


@lru_cache(maxsize=256)
def _kept(run: Run) -> Trajectory:
    found = trajectory(run)
    rows = (found.x, found.loss, found.gradient, found.lr, found.evaluations)
    for array in (*rows, *found.memory.values()):
        array.setflags(write=False)
    return found
