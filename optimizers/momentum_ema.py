"""Momentum as a moving average: beta changes the memory, not the length of the steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from optimizers.base import Optimizer
from optimizers.dynamics import Dynamics
from optimizers.hyperparameters import learning_rate, momentum
from surfaces.base import Array, Landscape


class Average(NamedTuple):
    """What is remembered: the average of the gradients so far, shape (2, ...)."""

    m: Array


@dataclass(frozen=True)
class AveragedMomentum(Optimizer):
    """An exponential moving average of gradients: PyTorch's momentum with the rate lr (1 - beta).

    It is Adam's numerator without the correction for starting from zero.
    """

    title: ClassVar[str] = "Momentum (moving average)"
    rule: ClassVar[tuple[str, ...]] = (
        r"g_t = \nabla f(w_{t-1})",
        r"m_t = \beta m_{t-1} + (1 - \beta) g_t",
        r"w_t = w_{t-1} - \eta m_t",
    )
    paper: ClassVar[str] = "B. T. Polyak (1964), doi:10.1016/0041-5553(64)90137-5"
    memory_symbols: ClassVar[Mapping[str, str]] = {"m": "m"}
    velocity: ClassVar[str] = "m"
    limit: ClassVar[str] = r"\frac{2 (1 + \beta)}{(1 - \beta) \Lambda}"

    lr: float = learning_rate(5e-3, "Step per unit of average slope: 1 / (1 - β) times momentum's.")
    beta: float = momentum(0.9, "How much of the average is kept at each step.")

    def start(self, w: Array) -> Average:
        return Average(np.zeros_like(w))

    def step(
        self, t: int, lr: float | Array, w: Array, memory: Average, surface: Landscape
    ) -> tuple[Array, Average]:
        g = surface.gradient(w)
        m = self.beta * memory.m + (1 - self.beta) * g
        return w - lr * m, Average(m)

    def dynamics(self, t: int | Array, lr: float | Array, memory: Average) -> Dynamics:
        return Dynamics(1 - self.beta, self.beta)
