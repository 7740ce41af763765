"""RMSProp: divide each coordinate's gradient by its recent size."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from declarations import switch
from optimizers.base import Optimizer
from optimizers.dynamics import Dynamics
from optimizers.hyperparameters import (
    coupled_decay,
    epsilon,
    kept,
    learning_rate,
    momentum,
    penalized_gradient,
)
from surfaces.base import Array, Landscape


class Scales(NamedTuple):
    """What is remembered, each of shape (2, ...).

    `v` averages the squared gradient, `m` the gradient (kept at 0 unless centered), `b` is the
    velocity of scaled gradients.
    """

    v: Array
    m: Array
    b: Array


@dataclass(frozen=True)
class RMSProp(Optimizer):
    """PyTorch's form: epsilon outside the root, no correction for starting from zero.

    The first step is lr / sqrt(1 - alpha). When centered, the variance v - m^2 is kept from
    rounding below 0, where PyTorch's becomes NaN on a constant slope.
    """

    title: ClassVar[str] = "RMSProp"
    paper: ClassVar[str] = (
        "G. Hinton (2012), Neural Networks for Machine Learning, lecture 6e; "
        "centered: A. Graves (2013), arXiv:1308.0850; torch.optim.RMSprop"
    )
    memory_symbols: ClassVar[Mapping[str, str]] = {"v": "v", "m": "m", "b": "b"}
    velocity: ClassVar[str] = "b"
    limit: ClassVar[str] = r"\frac{2 (1 + \beta)}{\Lambda}"

    lr: float = learning_rate(0.05, "About the step per coordinate; PyTorch's default is 0.01.")
    alpha: float = kept(
        0.99,
        r"\alpha",
        "memory of squares",
        "Decay of the averages; PyTorch's default is 0.99, Hinton's 0.9.",
    )
    eps: float = epsilon(1e-8)
    centered: bool = switch(
        False, "centered", "Divide by the gradient's standard deviation, not its root mean square."
    )
    beta: float = momentum(0.0, "How much of the velocity of scaled gradients survives a step.")
    weight_decay: float = coupled_decay()

    @property
    def rule(self) -> tuple[str, ...]:
        """Return the update's lines, with or without the average that centers it."""
        spread = (
            (
                r"m_t = \alpha m_{t-1} + (1 - \alpha) g_t",
                r"\sigma_t = \sqrt{\max(v_t - m_t^2, 0)}",
            )
            if self.centered
            else (r"\sigma_t = \sqrt{v_t}",)
        )
        return (
            r"g_t = \nabla f(w_{t-1}) + \lambda w_{t-1}",
            r"v_t = \alpha v_{t-1} + (1 - \alpha) g_t^2",
            *spread,
            r"b_t = \beta b_{t-1} + \frac{g_t}{\sigma_t + \epsilon}",
            r"w_t = w_{t-1} - \eta b_t",
        )

    def start(self, w: Array) -> Scales:
        return Scales(np.zeros_like(w), np.zeros_like(w), np.zeros_like(w))

    def step(
        self, t: int, lr: float | Array, w: Array, memory: Scales, surface: Landscape
    ) -> tuple[Array, Scales]:
        g = penalized_gradient(surface, w, self.weight_decay)
        v = self.alpha * memory.v + (1 - self.alpha) * (g * g)
        m, variance = memory.m, v
        if self.centered:
            m = self.alpha * memory.m + (1 - self.alpha) * g
            variance = np.maximum(v - m * m, 0.0)
        b = self.beta * memory.b + g / (np.sqrt(variance) + self.eps)
        return w - lr * b, Scales(v, m, b)

    def dynamics(self, t: int | Array, lr: float | Array, memory: Scales) -> Dynamics:
        variance = memory.v
        if self.centered:
            variance = np.maximum(memory.v - memory.m * memory.m, 0.0)
        scale = 1 / (np.sqrt(variance) + self.eps)
        return Dynamics(beta=self.beta, penalty=self.weight_decay, scale=scale)
