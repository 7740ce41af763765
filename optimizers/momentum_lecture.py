"""Momentum of the lecture: a velocity remembers past gradients, damps zigzags, crosses flats."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from optimizers.base import Optimizer
from optimizers.dynamics import Dynamics
from optimizers.hyperparameters import learning_rate, momentum
from surfaces.base import Array, Landscape


class Velocity(NamedTuple):
    """What momentum remembers: the velocity, shape (2, ...)."""

    v: Array


@dataclass(frozen=True)
class LectureMomentum(Optimizer):
    """The lecture's form: the learning rate sits inside the velocity."""

    title: ClassVar[str] = "Momentum (lecture)"
    rule: ClassVar[tuple[str, ...]] = (
        r"g_t = \nabla f(w_{t-1})",
        r"v_t = \beta v_{t-1} + \eta g_t",
        r"w_t = w_{t-1} - v_t",
    )
    paper: ClassVar[str] = "B. T. Polyak (1964), doi:10.1016/0041-5553(64)90137-5"
    memory_symbols: ClassVar[Mapping[str, str]] = {"v": "v"}
    velocity: ClassVar[str] = "v"
    limit: ClassVar[str] = r"\frac{2 (1 + \beta)}{\Lambda}"

    lr: float = learning_rate(5e-4, "How much of the gradient enters the velocity.")
    beta: float = momentum(0.9, "How much of the velocity survives a step.")

    def start(self, w: Array) -> Velocity:
        return Velocity(np.zeros_like(w))

    def step(
        self, t: int, lr: float | Array, w: Array, memory: Velocity, surface: Landscape
    ) -> tuple[Array, Velocity]:
        g = surface.gradient(w)
        v = self.beta * memory.v + lr * g
        return w - v, Velocity(v)

    def dynamics(self, t: int | Array, lr: float | Array, memory: Velocity) -> Dynamics:
        return Dynamics(beta=self.beta)
