"""What a rule sees of a loss at a step: with gradient noise, a batch of the data, and counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from surfaces.base import Array, Landscape, Surface


@dataclass(frozen=True)
class Swept:
    """A loss as thousands of runs at once see it: batches as they are, the whole as a sketch."""

    surface: Surface
    whole: Landscape

    def seen(self, t: int) -> Landscape:
        """Return the loss as step t >= 1 sees it."""
        return part_seen(self.surface, t) if self.surface.changes else self

    def value(self, w: Array) -> Array:
        """Return the loss, shape (...)."""
        return self.whole.value(w)

    def gradient(self, w: Array) -> Array:
        """Return the gradient, shape (2, ...)."""
        return self.whole.gradient(w)

    def hessian(self, w: Array) -> tuple[Array, Array, Array]:
        """Return the second derivatives."""
        return self.whole.hessian(w)


@dataclass(frozen=True)
class Seen:
    """A landscape as a rule meets it: every ask is counted, one for all lanes.

    The gradient is off by the draw, if there is one: (2,) for all lanes or (2, ...), each its own.
    """

    surface: Landscape
    draw: Array | None
    asked: Counter[str]

    def value(self, w: Array) -> Array:
        """Return the true loss, shape (...)."""
        self.asked["values"] += 1
        return self.surface.value(w)

    def gradient(self, w: Array) -> Array:
        """Return the gradient plus the draw, shape (2, ...)."""
        self.asked["gradients"] += 1
        exact = self.surface.gradient(w)
        return exact if self.draw is None else exact + spread_over(self.draw, np.ndim(w))

    def hessian(self, w: Array) -> tuple[Array, Array, Array]:
        """Return the true second derivatives."""
        self.asked["hessians"] += 1
        return self.surface.hessian(w)


def part_seen(surface: Landscape, t: int) -> Landscape:
    """Return what step t >= 1 sees of a loss: all of it, or its own batch of the data."""
    if isinstance(surface, Swept):
        return surface.seen(t)
    if not (isinstance(surface, Surface) and surface.changes):
        return surface
    try:
        return _part(surface, t)
    except TypeError:  # settings that differ along lanes are arrays, which have no hash
        return surface.seen(t)


@lru_cache(maxsize=4096)
def _part(surface: Surface, t: int) -> Landscape:
    """Return a batch, drawn once for all lanes."""
    return surface.seen(t)


def noise_draws(sigma: float | Array, seed: int, steps: int) -> Array:
    """Return the gradient noise of a run, shape (steps + 1, 2, ...): row t is added at x_t.

    `sigma` of shape (...) gives each lane its own. The draws depend on the seed alone (PCG64),
    not on sigma, the surface or the rule, so turning the noise up stretches the same picture.
    """
    draws = np.random.default_rng(seed).standard_normal((steps + 1, 2))
    return sigma * draws.reshape(*draws.shape, *(1,) * np.ndim(sigma))


def spread_over(noise: Array, axes: int) -> Array:
    """Return noise with as many axes as what it is added to: new ones for lanes that share it."""
    return noise.reshape(*noise.shape, *(1,) * (axes - noise.ndim))
