"""RAdam: Adam that trusts its scaling only once enough squares have been seen."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from optimizers.dynamics import Dynamics
from optimizers.hyperparameters import coupled_decay, learning_rate, penalized_gradient
from optimizers.moments import AdaptiveMoments, Moments
from surfaces.base import Array, Landscape


@dataclass(frozen=True)
class RAdam(AdaptiveMoments):
    """PyTorch's form: plain momentum while rho_t <= 5 (the paper: 4), then a rising share of Adam.

    While it waits, its step is as long as the gradient; epsilon joins the uncorrected root.
    """

    title: ClassVar[str] = "RAdam"
    rule: ClassVar[tuple[str, ...]] = (
        r"g_t = \nabla f(w_{t-1}) + \lambda w_{t-1}",
        r"m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t",
        r"v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2",
        r"\rho_{\infty} = \frac{2}{1 - \beta_2} - 1",
        r"\rho_t = \rho_{\infty} - \frac{2 t \beta_2^t}{1 - \beta_2^t}",
        r"r_t = \sqrt{\frac{(\rho_t - 4) (\rho_t - 2) \rho_{\infty}}"
        r"{(\rho_{\infty} - 4) (\rho_{\infty} - 2) \rho_t}}",
        r"a_t = \begin{cases} r_t \frac{\sqrt{1 - \beta_2^t}}{\sqrt{v_t} + \epsilon}"
        r" & \text{if } \rho_t > 5 \\ 1 & \text{otherwise} \end{cases}",
        r"w_t = w_{t-1} - \eta a_t \frac{m_t}{1 - \beta_1^t}",
    )
    paper: ClassVar[str] = "L. Liu et al. (2020), arXiv:1908.03265; torch.optim.RAdam"
    theory: ClassVar[str] = (
        "While it waits for enough squares it is averaged momentum: nothing is scaled, and "
        "the limit is that of the plain curvature."
    )

    lr: float = learning_rate(
        2e-3,
        "The first steps are as long as lr times the slope, then about lr; PyTorch's default is "
        "0.001.",
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
        rate = lr / (1 - self.beta1**t)
        return w - rate * self._scale(t, v) * m, Moments(m, v)

    def dynamics(self, t: int | Array, lr: float | Array, memory: Moments) -> Dynamics:
        scale = self._scale(t, memory.v) / (1 - self.beta1**t)
        return Dynamics(1 - self.beta1, self.beta1, penalty=self.weight_decay, scale=scale)

    def _scale(self, t: int | Array, v: Array) -> Array:
        most = 2 / (1 - self.beta2) - 1
        seen = most - 2 * t * self.beta2**t / (1 - self.beta2**t)
        # Where seen > 5 this is above 15; elsewhere it may be 0, and the share is not used.
        whole = np.maximum((most - 4) * (most - 2) * seen, 1.0)
        share = (seen - 4) * (seen - 2) * most / whole
        adaptive = np.sqrt(share * (1 - self.beta2**t)) / (np.sqrt(v) + self.eps)
        return np.where(seen > 5, adaptive, 1.0)
