"""Yogi: Adam whose scaling moves by bounded steps, so it cannot collapse quickly."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from declarations import number
from optimizers.dynamics import Dynamics, bias_corrected
from optimizers.hyperparameters import epsilon, learning_rate
from optimizers.moments import AdaptiveMoments, Moments
from surfaces.base import Array, Landscape


@dataclass(frozen=True)
class Yogi(AdaptiveMoments):
    """The square's average moves by its distance's sign only, never by more than (1 - beta2) g^2.

    As in optax both averages start at a small number, which moves even a coordinate whose
    gradient is exactly 0; they are corrected as if they had started at 0.
    """

    title: ClassVar[str] = "Yogi"
    rule: ClassVar[tuple[str, ...]] = (
        r"g_t = \nabla f(w_{t-1})",
        r"c_t = \begin{cases} a & \text{if } t = 1 \\ m_{t-1} & \text{otherwise} \end{cases}",
        r"u_t = \begin{cases} a & \text{if } t = 1 \\ v_{t-1} & \text{otherwise} \end{cases}",
        r"m_t = \beta_1 c_t + (1 - \beta_1) g_t",
        r"v_t = u_t - (1 - \beta_2) \operatorname{sign}(u_t - g_t^2) g_t^2",
        r"\hat{m}_t = \frac{m_t}{1 - \beta_1^t}",
        r"\hat{v}_t = \frac{v_t}{1 - \beta_2^t}",
        r"w_t = w_{t-1} - \eta \frac{\hat{m}_t}{\sqrt{\hat{v}_t} + \epsilon}",
    )
    paper: ClassVar[str] = (
        "M. Zaheer et al. (2018), "
        "https://papers.nips.cc/paper/8186-adaptive-methods-for-nonconvex-optimization; optax.yogi"
    )

    lr: float = learning_rate(
        0.1, "About the largest step per coordinate; the paper's default is 0.01."
    )
    eps: float = epsilon(1e-3)
    initial: float = number(
        1e-6,
        "a",
        "first average",
        0.0,
        1.0,
        scale="log",
        smallest=1e-12,
        help="Where both averages start; 0 leaves a coordinate without gradient at rest.",
        searched=False,
    )

    def start(self, w: Array) -> Moments:
        return Moments(np.zeros_like(w) + self.initial, np.zeros_like(w) + self.initial)

    def step(
        self, t: int, lr: float | Array, w: Array, memory: Moments, surface: Landscape
    ) -> tuple[Array, Moments]:
        g = surface.gradient(w)
        square = g * g
        m = self.beta1 * memory.m + (1 - self.beta1) * g
        v = memory.v - (1 - self.beta2) * np.sign(memory.v - square) * square
        unscale = np.sqrt(1 - self.beta2**t)
        rate = lr * unscale / (1 - self.beta1**t)
        return w - rate * m / (np.sqrt(v) + self.eps * unscale), Moments(m, v)

    def dynamics(self, t: int | Array, lr: float | Array, memory: Moments) -> Dynamics:
        return bias_corrected(self, t, memory.v)
