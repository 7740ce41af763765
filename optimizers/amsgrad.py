"""AMSGrad: Adam whose scaling may only grow, so that rare large gradients are not forgotten."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from optimizers.dynamics import Dynamics, bias_corrected
from optimizers.hyperparameters import coupled_decay, learning_rate, penalized_gradient
from optimizers.moments import AdaptiveMoments
from surfaces.base import Array, Landscape


class CappedMoments(NamedTuple):
    """Moving averages of the gradient and its square, and the latter's maximum so far."""

    m: Array
    v: Array
    vmax: Array


@dataclass(frozen=True)
class AMSGrad(AdaptiveMoments):
    """PyTorch's form: the maximum is taken before the bias correction (the paper has none)."""

    title: ClassVar[str] = "AMSGrad"
    rule: ClassVar[tuple[str, ...]] = (
        r"g_t = \nabla f(w_{t-1}) + \lambda w_{t-1}",
        r"m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t",
        r"v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2",
        r"\bar{v}_t = \max(\bar{v}_{t-1}, v_t)",
        r"\hat{m}_t = \frac{m_t}{1 - \beta_1^t}",
        r"\hat{v}_t = \frac{\bar{v}_t}{1 - \beta_2^t}",
        r"w_t = w_{t-1} - \eta \frac{\hat{m}_t}{\sqrt{\hat{v}_t} + \epsilon}",
    )
    paper: ClassVar[str] = (
        "S. J. Reddi, S. Kale and S. Kumar (2018), arXiv:1904.09237; torch.optim.Adam"
    )
    memory_symbols: ClassVar[Mapping[str, str]] = {"m": "m", "v": "v", "vmax": r"\bar{v}"}

    lr: float = learning_rate(
        0.1, "About the largest step per coordinate; PyTorch's default is 0.001."
    )
    weight_decay: float = coupled_decay()

    def start(self, w: Array) -> CappedMoments:
        return CappedMoments(np.zeros_like(w), np.zeros_like(w), np.zeros_like(w))

    def step(
        self, t: int, lr: float | Array, w: Array, memory: CappedMoments, surface: Landscape
    ) -> tuple[Array, CappedMoments]:
        g = penalized_gradient(surface, w, self.weight_decay)
        m = self.beta1 * memory.m + (1 - self.beta1) * g
        v = self.beta2 * memory.v + (1 - self.beta2) * (g * g)
        vmax = np.maximum(memory.vmax, v)
        unscale = np.sqrt(1 - self.beta2**t)
        rate = lr * unscale / (1 - self.beta1**t)
        return w - rate * m / (np.sqrt(vmax) + self.eps * unscale), CappedMoments(m, v, vmax)

    def dynamics(self, t: int | Array, lr: float | Array, memory: CappedMoments) -> Dynamics:
        return bias_corrected(self, t, memory.vmax, penalty=self.weight_decay)
