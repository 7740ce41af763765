"""Nesterov's momentum: it looks where the velocity leads, and brakes earlier."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from optimizers.base import Optimizer
from optimizers.dynamics import Dynamics
from optimizers.hyperparameters import coupled_decay, learning_rate, momentum, penalized_gradient
from optimizers.momentum_lecture import Velocity
from surfaces.base import Array, Landscape


@dataclass(frozen=True)
class Nesterov(Optimizer):
    """PyTorch's form; its point is the look-ahead point w + beta v of Sutskever et al. (2013)."""

    title: ClassVar[str] = "Nesterov"
    rule: ClassVar[tuple[str, ...]] = (
        r"g_t = \nabla f(w_{t-1}) + \lambda w_{t-1}",
        r"v_t = \beta v_{t-1} + g_t",
        r"w_t = w_{t-1} - \eta (g_t + \beta v_t)",
    )
    paper: ClassVar[str] = (
        "Y. Nesterov (1983), Dokl. Akad. Nauk SSSR 269:543; I. Sutskever et al. (2013), "
        "https://proceedings.mlr.press/v28/sutskever13.html; torch.optim.SGD"
    )
    memory_symbols: ClassVar[Mapping[str, str]] = {"v": "v"}
    velocity: ClassVar[str] = "v"
    limit: ClassVar[str] = r"\frac{2 (1 + \beta)}{(1 + 2 \beta) \Lambda}"

    lr: float = learning_rate(5e-4, "Step per unit of velocity; PyTorch's default is 0.001.")
    beta: float = momentum(0.9, "How much of the velocity survives a step; PyTorch's default is 0.")
    weight_decay: float = coupled_decay()

    def start(self, w: Array) -> Velocity:
        return Velocity(np.zeros_like(w))

    def step(
        self, t: int, lr: float | Array, w: Array, memory: Velocity, surface: Landscape
    ) -> tuple[Array, Velocity]:
        g = penalized_gradient(surface, w, self.weight_decay)
        v = self.beta * memory.v + g
        return w - lr * (g + self.beta * v), Velocity(v)

    def dynamics(self, t: int | Array, lr: float | Array, memory: Velocity) -> Dynamics:
        return Dynamics(beta=self.beta, ahead=self.beta, penalty=self.weight_decay)
