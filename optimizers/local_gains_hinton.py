"""Local gains as Hinton gave them, kept within limits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from declarations import number
from optimizers.base import Optimizer
from optimizers.dynamics import Dynamics
from optimizers.hyperparameters import learning_rate
from optimizers.local_gains import Gains
from surfaces.base import Array, Landscape


@dataclass(frozen=True)
class HintonGains(Optimizer):
    """Local gains between two limits, which keep a long agreement from outrunning the brake.

    The first step uses a gain of 1; a gradient of 0 counts as disagreement.
    """

    title: ClassVar[str] = "Local gains (Hinton)"
    rule: ClassVar[tuple[str, ...]] = (
        r"g_t = \nabla f(w_{t-1})",
        r"s_t = \operatorname{sign}(g_t) \cdot \operatorname{sign}(g_{t-1})",
        r"a_t = \begin{cases} \gamma_{t-1} & \text{if } t = 1 \\"
        r" \gamma_{t-1} + \delta & \text{if } s_t > 0 \\"
        r" \gamma_{t-1} \cdot (1 - \delta) & \text{otherwise} \end{cases}",
        r"\gamma_t = \min(\max(a_t, \gamma_{\min}), \gamma_{\max})",
        r"w_t = w_{t-1} - \eta \gamma_t g_t",
    )
    paper: ClassVar[str] = "G. Hinton (2012), Neural Networks for Machine Learning, lecture 6d"
    memory_symbols: ClassVar[Mapping[str, str]] = {"gain": r"\gamma", "g": "g"}
    limit: ClassVar[str] = r"\frac{2}{\Lambda}"
    theory: ClassVar[str] = (
        "The gains are effective learning rates, one for each coordinate. They grow while "
        "signs agree, so any limit may be passed; a flip of the sign then brings them back."
    )

    lr: float = learning_rate(5e-4, "Step per unit of slope where the local gain is 1.")
    delta: float = number(
        0.05,
        r"\delta",
        "gain step",
        0.0,
        1.0,
        step=0.01,
        help="Added to the gain while the sign stays; its share is taken away otherwise.",
    )
    lowest: float = number(
        0.1,
        r"\gamma_{\min}",
        "smallest gain",
        1e-4,
        1.0,
        scale="log",
        help="The gain never falls below; Hinton names 0.1 and 0.01.",
        searched=False,
    )
    highest: float = number(
        10.0,
        r"\gamma_{\max}",
        "largest gain",
        1.0,
        1e4,
        scale="log",
        help="The gain never rises above; Hinton names 10 and 100.",
        searched=False,
    )

    def start(self, w: Array) -> Gains:
        return Gains(np.ones_like(w), np.zeros_like(w))

    def step(
        self, t: int, lr: float | Array, w: Array, memory: Gains, surface: Landscape
    ) -> tuple[Array, Gains]:
        g = surface.gradient(w)
        same = np.sign(g) * np.sign(memory.g) > 0
        moved = np.where(same, memory.gain + self.delta, memory.gain * (1 - self.delta))
        moved = np.where(t == 1, memory.gain, moved)
        gain = np.minimum(np.maximum(moved, self.lowest), self.highest)
        return w - lr * gain * g, Gains(gain, g)

    def dynamics(self, t: int | Array, lr: float | Array, memory: Gains) -> Dynamics:
        return Dynamics(scale=memory.gain)
