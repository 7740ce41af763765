"""Adam of the lecture: momentum over RMSProp, without the correction for starting from zero."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from optimizers.dynamics import Dynamics
from optimizers.hyperparameters import learning_rate
from optimizers.moments import AdaptiveMoments, Moments
from surfaces.base import Array, Landscape


@dataclass(frozen=True)
class LectureAdam(AdaptiveMoments):
    """Adam without bias correction: its early steps are too long, not too short.

    On a constant slope they grow from 3.16 lr to 6.57 lr at step 12 before they settle at lr.
    """

    title: ClassVar[str] = "Adam (lecture)"
    rule: ClassVar[tuple[str, ...]] = (
        r"g_t = \nabla f(w_{t-1})",
        r"m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t",
        r"v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2",
        r"w_t = w_{t-1} - \eta \frac{m_t}{\sqrt{v_t} + \epsilon}",
    )
    paper: ClassVar[str] = "S. Raschka (2021), STAT 453, lecture 12.4; compare arXiv:1412.6980"

    lr: float = learning_rate(0.1, "About the step per coordinate, once settled.")

    def start(self, w: Array) -> Moments:
        return Moments(np.zeros_like(w), np.zeros_like(w))

    def step(
        self, t: int, lr: float | Array, w: Array, memory: Moments, surface: Landscape
    ) -> tuple[Array, Moments]:
        g = surface.gradient(w)
        m = self.beta1 * memory.m + (1 - self.beta1) * g
        v = self.beta2 * memory.v + (1 - self.beta2) * (g * g)
        return w - lr * m / (np.sqrt(v) + self.eps), Moments(m, v)

    def dynamics(self, t: int | Array, lr: float | Array, memory: Moments) -> Dynamics:
        scale = 1 / (np.sqrt(memory.v) + self.eps)
        return Dynamics(1 - self.beta1, self.beta1, scale=scale)
