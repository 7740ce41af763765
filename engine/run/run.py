"""A run as a value: everything that decides it, said once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from engine.run.seen import noise_draws
from optimizers.base import Optimizer
from schedules import Constant, Schedule
from surfaces.base import Array, Surface


@dataclass(frozen=True)
class Run:
    """A rule from fresh memory on a surface: equal values give equal numbers.

    Settings, both coordinates of the start, shape (2, ...), and `sigma` may be arrays; they
    broadcast against each other and make a lane each. Gradient noise is Gaussian with standard
    deviation `sigma`; all lanes share its draws.
    """

    optimizer: Optimizer
    surface: Surface
    start: Array | tuple[float | Array, float | Array]
    steps: int
    schedule: Schedule = field(default_factory=Constant)
    sigma: float | Array = 0.0
    seed: int = 0

    def lanes(self) -> Array:
        """Return the start, spread over all lanes: shape (2, ...), contiguous and fresh.

        ValueError if settings and start do not broadcast.
        """
        start = np.array(np.broadcast_arrays(*self.start), dtype=float)
        settings = (*self.optimizer.settings().values(), *self.surface.settings().values())
        wide = (start.shape[1:], np.shape(self.sigma), *map(np.shape, settings))
        shape = np.broadcast_shapes(*wide)
        start = start.reshape(2, *(1,) * (len(shape) + 1 - start.ndim), *start.shape[1:])
        return np.array(np.broadcast_to(start, (2, *shape)), order="C")

    def noise(self) -> Array | None:
        """Return the draws, shape (steps + 1, 2) or (steps + 1, 2, ...), or None without noise."""
        return noise_draws(self.sigma, self.seed, self.steps) if np.any(self.sigma) else None

    def rates(self, loss: Callable[[], Array]) -> Iterator[float | Array]:
        """Yield the rate in force at each step; `loss` gives the loss at the point reached."""
        watched = self.schedule.start()
        for t in range(self.steps):
            rate = self.optimizer.lr * self.schedule.factor(t, self.steps, watched)
            if self.schedule.watches_loss:
                watched = self.schedule.observe(loss(), watched)
            yield rate
