"""AdaDelta: the steps set their own scale, from how far the last ones went."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from declarations import number
from optimizers.base import Optimizer
from optimizers.dynamics import Dynamics
from optimizers.hyperparameters import coupled_decay, epsilon, learning_rate, penalized_gradient
from surfaces.base import Array, Landscape


class Squares(NamedTuple):
    """Averages of squares, each of shape (2, ...): v of gradients, u of the steps taken."""

    v: Array
    u: Array


@dataclass(frozen=True)
class AdaDelta(Optimizer):
    """Steps in the units of the weights: root mean square of past steps over that of gradients.

    The first step is sqrt(eps / (1 - rho)) whatever the slope, so eps is the hidden rate.
    """

    title: ClassVar[str] = "AdaDelta"
    rule: ClassVar[tuple[str, ...]] = (
        r"g_t = \nabla f(w_{t-1}) + \lambda w_{t-1}",
        r"v_t = \rho v_{t-1} + (1 - \rho) g_t^2",
        r"d_t = \frac{\sqrt{u_{t-1} + \epsilon}}{\sqrt{v_t + \epsilon}} g_t",
        r"u_t = \rho u_{t-1} + (1 - \rho) d_t^2",
        r"w_t = w_{t-1} - \eta d_t",
    )
    paper: ClassVar[str] = "M. D. Zeiler (2012), arXiv:1212.5701; torch.optim.Adadelta"
    memory_symbols: ClassVar[Mapping[str, str]] = {"v": "v", "u": "u"}
    limit: ClassVar[str] = r"\frac{2}{\Lambda}"
    theory: ClassVar[str] = (
        "Its scale feeds on the steps it makes: beyond the limit steps grow, and with them "
        "the scale."
    )

    lr: float = learning_rate(
        5.0, "Factor on the step; the paper has none, and PyTorch's default is 1."
    )
    rho: float = number(
        0.9,
        r"\rho",
        "memory of squares",
        0.0,
        0.9999,
        scale="towards one",
        help="Decay of both averages; PyTorch's default is 0.9, the paper uses 0.95.",
    )
    eps: float = epsilon(1e-6, "Sets the first step, and so how slowly the rule wakes up.")
    weight_decay: float = coupled_decay()

    def start(self, w: Array) -> Squares:
        return Squares(np.zeros_like(w), np.zeros_like(w))

    def step(
        self, t: int, lr: float | Array, w: Array, memory: Squares, surface: Landscape
    ) -> tuple[Array, Squares]:
        g = penalized_gradient(surface, w, self.weight_decay)
        v = self.rho * memory.v + (1 - self.rho) * (g * g)
        d = np.sqrt(memory.u + self.eps) / np.sqrt(v + self.eps) * g
        u = self.rho * memory.u + (1 - self.rho) * (d * d)
        return w - lr * d, Squares(v, u)

    def dynamics(self, t: int | Array, lr: float | Array, memory: Squares) -> Dynamics:
        scale = np.sqrt(memory.u + self.eps) / np.sqrt(memory.v + self.eps)
        return Dynamics(penalty=self.weight_decay, scale=scale)
