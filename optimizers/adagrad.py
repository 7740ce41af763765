"""Adagrad: coordinates that have seen much slope take smaller steps, for ever."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from optimizers.base import Optimizer
from optimizers.dynamics import Dynamics
from optimizers.hyperparameters import coupled_decay, epsilon, learning_rate, penalized_gradient
from surfaces.base import Array, Landscape


class SquareSum(NamedTuple):
    """What is remembered: the sum of squared gradients, shape (2, ...)."""

    v: Array


@dataclass(frozen=True)
class Adagrad(Optimizer):
    """Divides by the root of the sum of squares: steps shrink like 1 / sqrt(t) and may stall.

    PyTorch's lr_decay k is the schedule 1 / (1 + k t).
    """

    title: ClassVar[str] = "Adagrad"
    rule: ClassVar[tuple[str, ...]] = (
        r"g_t = \nabla f(w_{t-1}) + \lambda w_{t-1}",
        r"v_t = v_{t-1} + g_t^2",
        r"w_t = w_{t-1} - \eta \frac{g_t}{\sqrt{v_t} + \epsilon}",
    )
    paper: ClassVar[str] = (
        "J. Duchi, E. Hazan and Y. Singer (2011), "
        "https://jmlr.org/papers/v12/duchi11a.html; torch.optim.Adagrad"
    )
    memory_symbols: ClassVar[Mapping[str, str]] = {"v": "v"}
    limit: ClassVar[str] = r"\frac{2}{\Lambda}"
    theory: ClassVar[str] = (
        "Its scale only shrinks, so it can only become more stable: once below the limit it "
        "stays there while the curvature does."
    )

    lr: float = learning_rate(1.0, "Length of the first step; PyTorch's default is 0.01.")
    eps: float = epsilon(1e-10)
    weight_decay: float = coupled_decay()

    def start(self, w: Array) -> SquareSum:
        return SquareSum(np.zeros_like(w))

    def step(
        self, t: int, lr: float | Array, w: Array, memory: SquareSum, surface: Landscape
    ) -> tuple[Array, SquareSum]:
        g = penalized_gradient(surface, w, self.weight_decay)
        v = memory.v + g * g
        return w - lr * g / (np.sqrt(v) + self.eps), SquareSum(v)

    def dynamics(self, t: int | Array, lr: float | Array, memory: SquareSum) -> Dynamics:
        scale = 1 / (np.sqrt(memory.v) + self.eps)
        return Dynamics(penalty=self.weight_decay, scale=scale)
