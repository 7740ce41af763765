"""Gradient descent: step against the gradient, and nothing else."""

from dataclasses import dataclass
from typing import ClassVar

from optimizers.base import NoMemory, Optimizer
from optimizers.dynamics import Dynamics
from optimizers.hyperparameters import coupled_decay, learning_rate, penalized_gradient
from surfaces.base import Array, Landscape


@dataclass(frozen=True)
class GradientDescent(Optimizer):
    """The plain rule: on a quadratic it converges exactly while lr < 2 / largest curvature."""

    title: ClassVar[str] = "Gradient descent"
    rule: ClassVar[tuple[str, ...]] = (
        r"g_t = \nabla f(w_{t-1}) + \lambda w_{t-1}",
        r"w_t = w_{t-1} - \eta g_t",
    )
    paper: ClassVar[str] = "H. Robbins and S. Monro (1951), doi:10.1214/aoms/1177729586"
    limit: ClassVar[str] = r"\frac{2}{\Lambda}"

    lr: float = learning_rate(1e-3, "Step per unit of slope.")
    weight_decay: float = coupled_decay()

    def start(self, w: Array) -> NoMemory:
        return NoMemory()

    def step(
        self, t: int, lr: float | Array, w: Array, memory: NoMemory, surface: Landscape
    ) -> tuple[Array, NoMemory]:
        g = penalized_gradient(surface, w, self.weight_decay)
        return w - lr * g, memory

    def dynamics(self, t: int | Array, lr: float | Array, memory: NoMemory) -> Dynamics:
        return Dynamics(penalty=self.weight_decay)
