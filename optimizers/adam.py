"""Adam: momentum and per-coordinate scaling, both corrected for starting from zero."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from optimizers.dynamics import Dynamics, bias_corrected
from optimizers.hyperparameters import coupled_decay, learning_rate, penalized_gradient
from optimizers.moments import AdaptiveMoments, Moments
from surfaces.base import Array, Landscape


@dataclass(frozen=True)
class Adam(AdaptiveMoments):
    """Adam as in Algorithm 1 of the paper, with epsilon outside the root.

    Computed in the order that section 2 of the paper recommends: both corrections go into the
    rate, and epsilon is scaled along.
    """

    title: ClassVar[str] = "Adam"
    rule: ClassVar[tuple[str, ...]] = (
        r"g_t = \nabla f(w_{t-1}) + \lambda w_{t-1}",
        r"m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t",
        r"v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2",
        r"\hat{m}_t = \frac{m_t}{1 - \beta_1^t}",
        r"\hat{v}_t = \frac{v_t}{1 - \beta_2^t}",
        r"w_t = w_{t-1} - \eta \frac{\hat{m}_t}{\sqrt{\hat{v}_t} + \epsilon}",
    )
    paper: ClassVar[str] = "D. P. Kingma and J. Ba (2015), arXiv:1412.6980"

    lr: float = learning_rate(
        0.1, "About the largest step per coordinate; the paper's default is 0.001."
    )
    weight_decay: float = coupled_decay()

    def start(self, w: Array) -> Moments:
        return Moments(np.zeros_like(w), np.zeros_like(w))

    def step(
        self, t: int, lr: float | Array, w: Array, memory: Moments, surface: Landscape
    ) -> tuple[Array, Moments]:
        g = penalized_gradient(surface, w, self.weight_decay)
        m = self.beta1 * memory.m + (1 - self.beta1) * g
        v = self.beta2 * memory.v + (1 - self.beta2) * (g * g)
        unscale = np.sqrt(1 - self.beta2**t)
        rate = lr * unscale / (1 - self.beta1**t)
        return w - rate * m / (np.sqrt(v) + self.eps * unscale), Moments(m, v)

    def dynamics(self, t: int | Array, lr: float | Array, memory: Moments) -> Dynamics:
        return bias_corrected(self, t, memory.v, penalty=self.weight_decay)
