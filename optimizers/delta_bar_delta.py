"""Delta-bar-delta: each weight has a learning rate of its own, which rises slowly, falls fast."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from declarations import number
from optimizers.base import Optimizer
from optimizers.dynamics import Dynamics
from optimizers.hyperparameters import kept, learning_rate
from surfaces.base import Array, Landscape


class Rates(NamedTuple):
    """What is remembered, each of shape (2, ...): the rates and the averaged gradient."""

    rate: Array
    trace: Array


@dataclass(frozen=True)
class DeltaBarDelta(Optimizer):
    """Jacobs' rule: a rate grows by a constant, shrinks by a share, and rests on a tie.

    The gradient is compared with an average of the past ones, so one odd gradient does not
    decide. The step uses the new rate. `lr` is only where the rates start: a schedule acts on
    the first step alone.
    """

    title: ClassVar[str] = "Delta-bar-delta"
    rule: ClassVar[tuple[str, ...]] = (
        r"g_t = \nabla f(w_{t-1})",
        r"s_t = \operatorname{sign}(g_t) \cdot \operatorname{sign}(\delta_{t-1})",
        r"r_t = \begin{cases} \eta & \text{if } t = 1 \\"
        r" r_{t-1} + \kappa & \text{if } s_t > 0 \\"
        r" r_{t-1} \cdot (1 - \phi) & \text{if } s_t < 0 \\"
        r" r_{t-1} & \text{otherwise} \end{cases}",
        r"\delta_t = \theta \delta_{t-1} + (1 - \theta) g_t",
        r"w_t = w_{t-1} - r_t g_t",
    )
    paper: ClassVar[str] = "R. A. Jacobs (1988), doi:10.1016/0893-6080(88)90003-2"
    memory_symbols: ClassVar[Mapping[str, str]] = {"rate": "r", "trace": r"\delta"}
    limit: ClassVar[str] = r"\frac{2}{\Lambda}"
    theory: ClassVar[str] = (
        "The rates are effective learning rates, one for each coordinate. They grow while "
        "gradient and average agree, so any limit may be passed; disagreement then brings "
        "them back."
    )

    lr: float = learning_rate(5e-4, "Where every weight's rate starts.", "first learning rate")
    kappa: float = number(
        5e-5,
        r"\kappa",
        "rate increase",
        0.0,
        1.0,
        scale="log",
        help="Added to a rate while gradient and average agree; around 0.1 on small slopes.",
    )
    phi: float = number(
        0.5,
        r"\phi",
        "rate decrease",
        0.0,
        1.0,
        step=0.05,
        help="Share of a rate that is lost when gradient and average disagree.",
    )
    theta: float = kept(
        0.7,
        r"\theta",
        "memory of the gradient",
        "Decay of the average; 0 compares with the last gradient alone.",
    )

    def start(self, w: Array) -> Rates:
        return Rates(np.zeros_like(w) + self.lr, np.zeros_like(w))

    def step(
        self, t: int, lr: float | Array, w: Array, memory: Rates, surface: Landscape
    ) -> tuple[Array, Rates]:
        g = surface.gradient(w)
        agreement = np.sign(g) * np.sign(memory.trace)
        slower = np.where(agreement < 0, memory.rate * (1 - self.phi), memory.rate)
        moved = np.where(agreement > 0, memory.rate + self.kappa, slower)
        rate = np.where(t == 1, lr, moved)
        trace = self.theta * memory.trace + (1 - self.theta) * g
        return w - rate * g, Rates(rate, trace)

    def dynamics(self, t: int | Array, lr: float | Array, memory: Rates) -> Dynamics:
        return Dynamics(scale=memory.rate / lr)
