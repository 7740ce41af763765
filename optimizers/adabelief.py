"""AdaBelief: long steps where the gradient is as expected, short ones where it surprises."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from optimizers.dynamics import Dynamics, bias_corrected
from optimizers.hyperparameters import beta2, epsilon, learning_rate
from optimizers.moments import AdaptiveMoments
from surfaces.base import Array, Landscape


class Belief(NamedTuple):
    """The average of the gradient and of its squared surprise, each of shape (2, ...)."""

    m: Array
    s: Array


@dataclass(frozen=True)
class AdaBelief(AdaptiveMoments):
    """Adam that divides by the spread around the average; on a constant slope its steps grow.

    Epsilon enters the spread at every step and the root as well, as in the paper and in optax.
    """

    title: ClassVar[str] = "AdaBelief"
    rule: ClassVar[tuple[str, ...]] = (
        r"g_t = \nabla f(w_{t-1})",
        r"m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t",
        r"s_t = \beta_2 s_{t-1} + (1 - \beta_2) (g_t - m_t)^2 + \epsilon",
        r"\hat{m}_t = \frac{m_t}{1 - \beta_1^t}",
        r"\hat{s}_t = \frac{s_t}{1 - \beta_2^t}",
        r"w_t = w_{t-1} - \eta \frac{\hat{m}_t}{\sqrt{\hat{s}_t} + \epsilon}",
    )
    paper: ClassVar[str] = "J. Zhuang et al. (2020), arXiv:2010.07468"
    memory_symbols: ClassVar[Mapping[str, str]] = {"m": "m", "s": "s"}

    lr: float = learning_rate(0.1, "The scale of a step; the paper's default is 0.001.")
    beta2: float = beta2(help="Memory of the squared surprise.")
    eps: float = epsilon(1e-16)

    def start(self, w: Array) -> Belief:
        return Belief(np.zeros_like(w), np.zeros_like(w))

    def step(
        self, t: int, lr: float | Array, w: Array, memory: Belief, surface: Landscape
    ) -> tuple[Array, Belief]:
        g = surface.gradient(w)
        m = self.beta1 * memory.m + (1 - self.beta1) * g
        surprise = g - m
        s = self.beta2 * memory.s + (1 - self.beta2) * (surprise * surprise) + self.eps
        unscale = np.sqrt(1 - self.beta2**t)
        rate = lr * unscale / (1 - self.beta1**t)
        return w - rate * m / (np.sqrt(s) + self.eps * unscale), Belief(m, s)

    def dynamics(self, t: int | Array, lr: float | Array, memory: Belief) -> Dynamics:
        return bias_corrected(self, t, memory.s)
