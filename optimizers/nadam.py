"""NAdam: Adam that looks ahead along its momentum, which is warmed up."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from declarations import number
from optimizers.dynamics import Dynamics
from optimizers.hyperparameters import coupled_decay, learning_rate, penalized_gradient
from optimizers.moments import AdaptiveMoments
from surfaces.base import Array, Landscape


class ScheduledMoments(NamedTuple):
    """Averages of the gradient and its square, and the product of all momenta so far."""

    m: Array
    v: Array
    product: Array


@dataclass(frozen=True)
class NAdam(AdaptiveMoments):
    """PyTorch's form: the momentum schedule corrects the bias, beta1 averages the gradient."""

    title: ClassVar[str] = "NAdam"
    rule: ClassVar[tuple[str, ...]] = (
        r"g_t = \nabla f(w_{t-1}) + \lambda w_{t-1}",
        r"\mu_t = \beta_1 (1 - 0.5 \cdot 0.96^{t \psi})",
        r"\mu_{t+1} = \beta_1 (1 - 0.5 \cdot 0.96^{(t + 1) \psi})",
        r"P_t = P_{t-1} \mu_t",
        r"m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t",
        r"v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2",
        r"\hat{m}_t = \frac{1 - \mu_t}{1 - P_t} g_t"
        r" + \frac{\mu_{t+1}}{1 - P_t \mu_{t+1}} m_t",
        r"\hat{v}_t = \frac{v_t}{1 - \beta_2^t}",
        r"w_t = w_{t-1} - \eta \frac{\hat{m}_t}{\sqrt{\hat{v}_t} + \epsilon}",
    )
    paper: ClassVar[str] = (
        "T. Dozat (2016), https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ; torch.optim.NAdam"
    )
    memory_symbols: ClassVar[Mapping[str, str]] = {"m": "m", "v": "v", "product": "P"}
    theory: ClassVar[str] = (
        "Taken as it is once the momentum schedule has settled: Nesterov's rule on averaged "
        "gradients. Its limit is lower than Adam's, for looking ahead counts the curvature "
        "twice."
    )

    lr: float = learning_rate(
        0.1, "About the largest step per coordinate; PyTorch's default is 0.002."
    )
    momentum_decay: float = number(
        0.004,
        r"\psi",
        "momentum warm-up",
        0.0,
        1.0,
        scale="log",
        help="How fast the momentum rises from half of β₁ to all of it.",
        searched=False,
    )
    weight_decay: float = coupled_decay()

    @property
    def limit(self) -> str:  # type: ignore[override]
        """Return the limit's LaTeX; without warm-up the momentum stays at half of beta1."""
        share = "2" if self.momentum_decay else ""
        return rf"\frac{{2 (1 + \beta_1)}}{{(1 + \beta_1 - {share} \beta_1^2) \Lambda}}"

    def start(self, w: Array) -> ScheduledMoments:
        return ScheduledMoments(np.zeros_like(w), np.zeros_like(w), np.ones_like(w))

    def step(
        self, t: int, lr: float | Array, w: Array, memory: ScheduledMoments, surface: Landscape
    ) -> tuple[Array, ScheduledMoments]:
        g = penalized_gradient(surface, w, self.weight_decay)
        now = self.beta1 * (1 - 0.5 * 0.96 ** (t * self.momentum_decay))
        following = self.beta1 * (1 - 0.5 * 0.96 ** ((t + 1) * self.momentum_decay))
        product = memory.product * now
        m = self.beta1 * memory.m + (1 - self.beta1) * g
        v = self.beta2 * memory.v + (1 - self.beta2) * (g * g)
        ahead = (1 - now) / (1 - product) * g + following / (1 - product * following) * m
        root = np.sqrt(v) / np.sqrt(1 - self.beta2**t) + self.eps
        return w - lr * ahead / root, ScheduledMoments(m, v, product)

    def dynamics(self, t: int | Array, lr: float | Array, memory: ScheduledMoments) -> Dynamics:
        settled = self.beta1 * np.where(self.momentum_decay > 0, 1.0, 0.5)
        ahead = (1 - settled) * self.beta1 / (1 - self.beta1)
        scale = 1 / (np.sqrt(memory.v) / np.sqrt(1 - self.beta2**t) + self.eps)
        return Dynamics(
            1 - self.beta1, self.beta1, ahead=ahead, penalty=self.weight_decay, scale=scale
        )
