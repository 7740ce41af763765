"""AdamW: Adam with weight decay that bypasses the scaling."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from optimizers.dynamics import Dynamics, bias_corrected
from optimizers.hyperparameters import decoupled_decay, learning_rate
from optimizers.moments import AdaptiveMoments, Moments
from surfaces.base import Array, Landscape


@dataclass(frozen=True)
class AdamW(AdaptiveMoments):
    """The weights shrink by their own factor, so decay is equally strong in every coordinate."""

    title: ClassVar[str] = "AdamW"
    rule: ClassVar[tuple[str, ...]] = (
        r"g_t = \nabla f(w_{t-1})",
        r"m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t",
        r"v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2",
        r"\hat{m}_t = \frac{m_t}{1 - \beta_1^t}",
        r"\hat{v}_t = \frac{v_t}{1 - \beta_2^t}",
        r"w_t = (1 - \eta \lambda) w_{t-1} - \eta \frac{\hat{m}_t}{\sqrt{\hat{v}_t} + \epsilon}",
    )
    paper: ClassVar[str] = "I. Loshchilov and F. Hutter (2019), arXiv:1711.05101; torch.optim.AdamW"
    limit: ClassVar[str] = r"\frac{2 (1 + \beta_1)}{(1 - \beta_1) \Lambda + (1 + \beta_1) \lambda}"

    lr: float = learning_rate(
        0.1, "About the largest step per coordinate; PyTorch's default is 0.001."
    )
    weight_decay: float = decoupled_decay(
        0.01, "Each step shrinks the weights by the share η λ; 0.01 is PyTorch's default."
    )

    def start(self, w: Array) -> Moments:
        return Moments(np.zeros_like(w), np.zeros_like(w))

    def step(
        self, t: int, lr: float | Array, w: Array, memory: Moments, surface: Landscape
    ) -> tuple[Array, Moments]:
        g = surface.gradient(w)
        m = self.beta1 * memory.m + (1 - self.beta1) * g
        v = self.beta2 * memory.v + (1 - self.beta2) * (g * g)
        unscale = np.sqrt(1 - self.beta2**t)
        rate = lr * unscale / (1 - self.beta1**t)
        update = rate * m / (np.sqrt(v) + self.eps * unscale)
        return (1 - lr * self.weight_decay) * w - update, Moments(m, v)

    def dynamics(self, t: int | Array, lr: float | Array, memory: Moments) -> Dynamics:
        return bias_corrected(self, t, memory.v, decay=self.weight_decay)
