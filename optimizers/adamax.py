"""Adamax: Adam that scales by the largest recent gradient in place of the mean square."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from optimizers.dynamics import Dynamics
from optimizers.hyperparameters import beta2, coupled_decay, learning_rate, penalized_gradient
from optimizers.moments import AdaptiveMoments
from surfaces.base import Array, Landscape


class MomentAndNorm(NamedTuple):
    """The average of the gradient and its decaying largest size, each of shape (2, ...)."""

    m: Array
    u: Array


@dataclass(frozen=True)
class Adamax(AdaptiveMoments):
    """PyTorch's form: epsilon is added to the gradient's size inside the maximum."""

    title: ClassVar[str] = "Adamax"
    rule: ClassVar[tuple[str, ...]] = (
        r"g_t = \nabla f(w_{t-1}) + \lambda w_{t-1}",
        r"m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t",
        r"u_t = \max(\beta_2 u_{t-1}, \left| g_t \right| + \epsilon)",
        r"w_t = w_{t-1} - \frac{\eta}{1 - \beta_1^t} \cdot \frac{m_t}{u_t}",
    )
    paper: ClassVar[str] = "D. P. Kingma and J. Ba (2015), arXiv:1412.6980; torch.optim.Adamax"
    memory_symbols: ClassVar[Mapping[str, str]] = {"m": "m", "u": "u"}

    lr: float = learning_rate(
        0.1, "About the largest step per coordinate; the paper's default is 0.002."
    )
    beta2: float = beta2(help="Decay of the largest size.")
    weight_decay: float = coupled_decay()

    def start(self, w: Array) -> MomentAndNorm:
        return MomentAndNorm(np.zeros_like(w), np.zeros_like(w))

    def step(
        self, t: int, lr: float | Array, w: Array, memory: MomentAndNorm, surface: Landscape
    ) -> tuple[Array, MomentAndNorm]:
        g = penalized_gradient(surface, w, self.weight_decay)
        m = self.beta1 * memory.m + (1 - self.beta1) * g
        u = np.maximum(self.beta2 * memory.u, np.abs(g) + self.eps)
        return w - lr / (1 - self.beta1**t) * m / u, MomentAndNorm(m, u)

    def dynamics(self, t: int | Array, lr: float | Array, memory: MomentAndNorm) -> Dynamics:
        scale = 1 / ((1 - self.beta1**t) * memory.u)
        return Dynamics(1 - self.beta1, self.beta1, penalty=self.weight_decay, scale=scale)
