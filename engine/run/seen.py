"""What a rule sees of a loss at a step: with gradient noise, a batch of the data, and counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from surfaces.base import Array, Landscape, Surface


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


def part_seen(surface: Surface, t: int) -> Landscape:
    """Return what step t >= 1 sees of a loss that changes: its own batch of the data."""
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
