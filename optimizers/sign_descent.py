"""Sign descent: every coordinate moves equally far, whatever its slope."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from optimizers.base import NoMemory, Optimizer
from optimizers.hyperparameters import learning_rate
from surfaces.base import Array, Landscape


@dataclass(frozen=True)
class SignDescent(Optimizer):
    """What is left of Adam and Rprop without their memory: it cannot come to rest by itself."""

    title: ClassVar[str] = "Sign descent"
    rule: ClassVar[tuple[str, ...]] = (
        r"g_t = \nabla f(w_{t-1})",
        r"w_t = w_{t-1} - \eta \operatorname{sign}(g_t)",
    )
    paper: ClassVar[str] = "J. Bernstein et al. (2018), arXiv:1802.04434"
    theory: ClassVar[str] = (
        "Only the sign of the gradient counts, so curvature sets no limit: near a minimum it "
        "hops about at the distance of the learning rate. Only a schedule brings it closer."
    )

    lr: float = learning_rate(0.02, "The step per coordinate; the paper's default is 0.0001.")

    def start(self, w: Array) -> NoMemory:
        return NoMemory()

    def step(
        self, t: int, lr: float | Array, w: Array, memory: NoMemory, surface: Landscape
    ) -> tuple[Array, NoMemory]:
        return w - lr * np.sign(surface.gradient(w)), memory
