"""Rprop: only the sign of the gradient counts, and the step sizes adapt themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from declarations import number
from optimizers.base import Optimizer
from optimizers.hyperparameters import learning_rate
from surfaces.base import Array, Landscape


class Steps(NamedTuple):
    """What is remembered, each of shape (2, ...): the step sizes and the last gradient.

    The gradient is 0 where its sign has just flipped, so that the next step size stays.
    """

    size: Array
    g: Array


@dataclass(frozen=True)
class Rprop(Optimizer):
    """PyTorch's variant (iRprop-): after a flip of sign a coordinate rests for one step.

    `lr` is only the first step size: a schedule acts on the first step alone.
    """

    title: ClassVar[str] = "Rprop"
    rule: ClassVar[tuple[str, ...]] = (
        r"h_t = \nabla f(w_{t-1})",
        r"s_t = \operatorname{sign}(h_t) \cdot \operatorname{sign}(g_{t-1})",
        r"d_t = \begin{cases} \eta & \text{if } t = 1 \\"
        r" \Delta_{t-1} & \text{otherwise} \end{cases}",
        r"a_t = \begin{cases} d_t \cdot \eta_{+} & \text{if } s_t > 0 \\"
        r" d_t \cdot \eta_{-} & \text{if } s_t < 0 \\ d_t & \text{otherwise} \end{cases}",
        r"\Delta_t = \min(\max(a_t, \Delta_{\min}), \Delta_{\max})",
        r"g_t = \begin{cases} 0 & \text{if } s_t < 0 \\ h_t & \text{otherwise} \end{cases}",
        r"w_t = w_{t-1} - \Delta_t \operatorname{sign}(g_t)",
    )
    paper: ClassVar[str] = (
        "M. Riedmiller and H. Braun (1993), doi:10.1109/ICNN.1993.298623; "
        "C. Igel and M. Huesken (2003), doi:10.1016/S0925-2312(01)00700-7"
    )
    memory_symbols: ClassVar[Mapping[str, str]] = {"size": r"\Delta", "g": "g"}
    theory: ClassVar[str] = (
        "Only signs count, so there is no linear recursion and no limit. Where coordinates do "
        "not interact a flip of the sign brackets the minimum and the step sizes shrink "
        "geometrically; turned axes take that guarantee away."
    )

    lr: float = learning_rate(0.05, "The first step size of every coordinate.", "first step size")
    shrink: float = number(
        0.5,
        r"\eta_{-}",
        "shrink",
        0.01,
        1.0,
        step=0.01,
        help="Factor on a step size whose gradient has flipped its sign.",
    )
    grow: float = number(
        1.2,
        r"\eta_{+}",
        "grow",
        1.0,
        3.0,
        step=0.05,
        help="Factor on a step size whose gradient has kept its sign.",
    )
    smallest: float = number(
        1e-6,
        r"\Delta_{\min}",
        "smallest step",
        0.0,
        1.0,
        scale="log",
        smallest=1e-12,
        help="No step size falls below.",
        searched=False,
    )
    largest: float = number(
        50.0,
        r"\Delta_{\max}",
        "largest step",
        1e-3,
        1e4,
        scale="log",
        help="No step size rises above.",
        searched=False,
    )

    def start(self, w: Array) -> Steps:
        return Steps(np.zeros_like(w) + self.lr, np.zeros_like(w))

    def step(
        self, t: int, lr: float | Array, w: Array, memory: Steps, surface: Landscape
    ) -> tuple[Array, Steps]:
        h = surface.gradient(w)
        sign = np.sign(h) * np.sign(memory.g)
        factor = np.where(sign > 0, self.grow, np.where(sign < 0, self.shrink, 1.0))
        size = np.where(t == 1, lr, memory.size) * factor
        size = np.minimum(np.maximum(size, self.smallest), self.largest)
        g = np.where(sign < 0, 0.0, h)
        return w - size * np.sign(g), Steps(size, g)
