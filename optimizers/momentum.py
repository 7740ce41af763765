"""Momentum as PyTorch has it: the learning rate stays outside, so it acts at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from declarations import number
from optimizers.base import Optimizer
from optimizers.dynamics import Dynamics
from optimizers.hyperparameters import coupled_decay, learning_rate, momentum, penalized_gradient
from optimizers.momentum_lecture import Velocity
from surfaces.base import Array, Landscape


@dataclass(frozen=True)
class Momentum(Optimizer):
    """PyTorch's form: at a constant rate the lecture's path, under a schedule another one.

    The first gradient enters the velocity undamped, as torch.optim.SGD has it.
    """

    title: ClassVar[str] = "Momentum"
    rule: ClassVar[tuple[str, ...]] = (
        r"g_t = \nabla f(w_{t-1}) + \lambda w_{t-1}",
        r"v_t = \begin{cases} g_t & \text{if } t = 1 \\"
        r" \beta v_{t-1} + (1 - \tau) g_t & \text{otherwise} \end{cases}",
        r"w_t = w_{t-1} - \eta v_t",
    )
    paper: ClassVar[str] = "B. T. Polyak (1964), doi:10.1016/0041-5553(64)90137-5; torch.optim.SGD"
    memory_symbols: ClassVar[Mapping[str, str]] = {"v": "v"}
    velocity: ClassVar[str] = "v"
    limit: ClassVar[str] = r"\frac{2 (1 + \beta)}{(1 - \tau) \Lambda}"

    lr: float = learning_rate(5e-4, "Step per unit of velocity; PyTorch's default is 0.001.")
    beta: float = momentum(0.9, "How much of the velocity survives a step; PyTorch's default is 0.")
    dampening: float = number(
        0.0,
        r"\tau",
        "dampening",
        0.0,
        1.0,
        step=0.05,
        help="Share of each gradient after the first that is kept out of the velocity.",
        searched=False,
    )
    weight_decay: float = coupled_decay()

    def start(self, w: Array) -> Velocity:
        return Velocity(np.zeros_like(w))

    def step(
        self, t: int, lr: float | Array, w: Array, memory: Velocity, surface: Landscape
    ) -> tuple[Array, Velocity]:
        g = penalized_gradient(surface, w, self.weight_decay)
        v = np.where(t == 1, g, self.beta * memory.v + (1 - self.dampening) * g)
        return w - lr * v, Velocity(v)

    def dynamics(self, t: int | Array, lr: float | Array, memory: Velocity) -> Dynamics:
        gain = 1 - self.dampening
        return Dynamics(gain, self.beta, penalty=self.weight_decay, first=1.0)
