"""Local gains of the lecture: each weight has its own factor on the learning rate."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from declarations import number
from optimizers.base import Optimizer
from optimizers.dynamics import Dynamics
from optimizers.hyperparameters import learning_rate
from surfaces.base import Array, Landscape


class Gains(NamedTuple):
    """What is remembered, each of shape (2, ...): the local gain and the last gradient."""

    gain: Array
    g: Array


@dataclass(frozen=True)
class LocalGains(Optimizer):
    """Accelerate gently while the gradient keeps its sign, brake hard when it flips.

    Where the lecture is silent: gains start at 1 and are used as they are at the first step;
    from then on the new gain is used; a gradient of 0 counts as a flip; there are no limits.
    """

    title: ClassVar[str] = "Local gains (lecture)"
    rule: ClassVar[tuple[str, ...]] = (
        r"g_t = \nabla f(w_{t-1})",
        r"s_t = \operatorname{sign}(g_t) \cdot \operatorname{sign}(g_{t-1})",
        r"\gamma_t = \begin{cases} \gamma_{t-1} & \text{if } t = 1 \\"
        r" \gamma_{t-1} + \beta & \text{if } s_t > 0 \\"
        r" \gamma_{t-1} \cdot (1 - \beta) & \text{otherwise} \end{cases}",
        r"w_t = w_{t-1} - \eta \gamma_t g_t",
    )
    paper: ClassVar[str] = "S. Raschka (2021), STAT 453, lecture 12.4, after G. Hinton (2012)"
    memory_symbols: ClassVar[Mapping[str, str]] = {"gain": r"\gamma", "g": "g"}
    limit: ClassVar[str] = r"\frac{2}{\Lambda}"
    theory: ClassVar[str] = (
        "The gains are effective learning rates, one for each coordinate. They grow while "
        "signs agree, so any limit is passed sooner or later; a flip of the sign then brings "
        "them back."
    )

    lr: float = learning_rate(5e-4, "Step per unit of slope where the local gain is 1.")
    beta: float = number(
        0.05,
        r"\beta",
        "gain step",
        0.0,
        1.0,
        step=0.01,
        help="Added to the gain, or its share taken away. 0.05 is Hinton's value; "
        "the lecture's spoken example is 0.9.",
    )

    def start(self, w: Array) -> Gains:
        return Gains(np.ones_like(w), np.zeros_like(w))

    def step(
        self, t: int, lr: float | Array, w: Array, memory: Gains, surface: Landscape
    ) -> tuple[Array, Gains]:
        g = surface.gradient(w)
        same = np.sign(g) * np.sign(memory.g) > 0
        moved = np.where(same, memory.gain + self.beta, memory.gain * (1 - self.beta))
        gain = np.where(t == 1, memory.gain, moved)
        return w - lr * gain * g, Gains(gain, g)

    def dynamics(self, t: int | Array, lr: float | Array, memory: Gains) -> Dynamics:
        return Dynamics(scale=memory.gain)
