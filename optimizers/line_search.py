"""Gradient descent with backtracking: try a long step, shorten it until the loss falls."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

import numpy as np

from declarations import number
from optimizers.base import Optimizer
from optimizers.dynamics import Dynamics
from optimizers.hyperparameters import learning_rate
from optimizers.repetition import repeated
from surfaces.base import Array, Landscape

TRIALS = 100
"""How often a step may be shortened before the point stays where it is."""


class Accepted(NamedTuple):
    """What is remembered, for the eye alone: the step length last accepted, shape (...)."""

    alpha: Array


@dataclass(frozen=True)
class LineSearch(Optimizer):
    """Armijo's condition: accept a step once it gains a share c of what the slope promises.

    The loss never rises. If no trial gains enough, the point stays where it is.
    """

    title: ClassVar[str] = "Line search"
    rule: ClassVar[tuple[str, ...]] = (
        r"g_t = \nabla f(w_{t-1})",
        r"k = \min\{k \ge 0 : f(w_{t-1} - \eta \rho^k g_t) \le"
        r" f(w_{t-1}) - c \eta \rho^k \left\| g_t \right\|^2 \text{ or } k = 100\}",
        r"\alpha_t = \begin{cases} \eta \rho^k & \text{if } k < 100 \\"
        r" 0 & \text{otherwise} \end{cases}",
        r"w_t = w_{t-1} - \alpha_t g_t",
    )
    paper: ClassVar[str] = "L. Armijo (1966), doi:10.2140/pjm.1966.16.1"
    memory_symbols: ClassVar[Mapping[str, str]] = {"alpha": r"\alpha"}
    limit: ClassVar[str] = r"\frac{2}{\Lambda}"
    theory: ClassVar[str] = (
        "The share is that of the step length it has just found, which may pass the limit for "
        "a step: it only promises that the loss goes down, and looks for another length the "
        "next time."
    )

    lr: float = learning_rate(1.0, "The step length tried first, per unit of slope.", "first trial")
    rho: float = number(
        0.5,
        r"\rho",
        "shortening",
        0.1,
        0.9,
        step=0.05,
        help="Factor on the step length after each trial that gains too little.",
    )
    c: float = number(
        1e-4,
        "c",
        "demanded share",
        1e-6,
        0.9,
        scale="log",
        help="Share of the gain promised by the slope that a step must achieve.",
        searched=False,
    )

    def start(self, w: Array) -> Accepted:
        return Accepted(np.zeros_like(w[0]))

    def step(
        self, t: int, lr: float | Array, w: Array, memory: Accepted, surface: Landscape
    ) -> tuple[Array, Accepted]:
        g = surface.gradient(w)
        loss, promise = surface.value(w), self.c * (g[0] * g[0] + g[1] * g[1])

        def falls_short(alpha: Array) -> Any:
            bound = loss - alpha * promise
            return ~((surface.value(w - alpha * g) <= bound) | np.isnan(bound))

        first = lr + np.zeros_like(w[0])
        alpha, failed = repeated(first, TRIALS, falls_short, lambda trial: self.rho * trial)
        alpha = np.where(failed, 0.0, alpha)
        return w - alpha * g, Accepted(alpha)

    def dynamics(self, t: int | Array, lr: float | Array, memory: Accepted) -> Dynamics:
        return Dynamics(scale=np.stack((memory.alpha, memory.alpha)) / lr)
