"""Lion: the sign of an interpolated momentum, so every coordinate moves equally far."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from optimizers.base import Optimizer
from optimizers.hyperparameters import beta1, beta2, decoupled_decay, learning_rate
from surfaces.base import Array, Landscape


class SlowAverage(NamedTuple):
    """What is remembered: the slow average of the gradient, shape (2, ...)."""

    m: Array


@dataclass(frozen=True)
class Lion(Optimizer):
    """Two decays: beta1 blends the gradient into the vote, beta2 into what is remembered."""

    title: ClassVar[str] = "Lion"
    rule: ClassVar[tuple[str, ...]] = (
        r"g_t = \nabla f(w_{t-1})",
        r"c_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t",
        r"m_t = \beta_2 m_{t-1} + (1 - \beta_2) g_t",
        r"w_t = w_{t-1} - \eta (\operatorname{sign}(c_t) + \lambda w_{t-1})",
    )
    paper: ClassVar[str] = "X. Chen et al. (2023), arXiv:2302.06675"
    memory_symbols: ClassVar[Mapping[str, str]] = {"m": "m"}
    velocity: ClassVar[str] = "m"
    theory: ClassVar[str] = (
        "Only the sign of a blend of gradients counts, so there is no linear recursion and no "
        "limit: each coordinate moves by the learning rate at every step, and near a minimum "
        "it circles at about that distance. Only a schedule brings it closer."
    )

    lr: float = learning_rate(0.05, "The step per coordinate; the paper's default is 0.0001.")
    beta1: float = beta1(help="Weight of the average in the vote on the direction.")
    beta2: float = beta2(0.99, help="Memory of the gradient.")
    weight_decay: float = decoupled_decay(
        0.0, "Each step shrinks the weights by the share η λ; optax's default is 0.001."
    )

    def start(self, w: Array) -> SlowAverage:
        return SlowAverage(np.zeros_like(w))

    def step(
        self, t: int, lr: float | Array, w: Array, memory: SlowAverage, surface: Landscape
    ) -> tuple[Array, SlowAverage]:
        g = surface.gradient(w)
        vote = np.sign(self.beta1 * memory.m + (1 - self.beta1) * g)
        m = self.beta2 * memory.m + (1 - self.beta2) * g
        return w - lr * (vote + self.weight_decay * w), SlowAverage(m)
