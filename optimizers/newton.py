"""Newton's method: divide by the curvature, and a quadratic is solved in one step."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from declarations import number
from optimizers.base import NoMemory, Optimizer
from optimizers.hyperparameters import learning_rate
from surfaces.base import Array, Landscape


@dataclass(frozen=True)
class Newton(Optimizer):
    """Damped Newton: the Hessian's 2 x 2 system solved by Cramer's rule, in every lane by itself.

    It seeks any point without slope, saddles and maxima too; damping above the most negative
    curvature turns it back towards descent. A singular Hessian ends the lane.
    """

    title: ClassVar[str] = "Newton (damped)"
    rule: ClassVar[tuple[str, ...]] = (
        r"g_t = \nabla f(w_{t-1})",
        r"d_t = (\nabla^2 f(w_{t-1}) + \lambda I)^{-1} g_t",
        r"w_t = w_{t-1} - \eta d_t",
    )
    paper: ClassVar[str] = (
        "K. Levenberg (1944), doi:10.1090/qam/10666; "
        "J. Nocedal and S. Wright (2006), doi:10.1007/978-0-387-40065-5, ch. 3"
    )
    theory: ClassVar[str] = (
        "It divides by the curvature itself, so the condition number does not matter: undamped, "
        "each step takes the share η off the distance, in every direction alike, and at η = 1 a "
        "quadratic is solved in one step. Elsewhere, close to a proper minimum, the error squares "
        "at each step (quadratic convergence). It is drawn to saddles and maxima as well. Damping "
        "leaves the factor 1 - η h / (h + λ) along curvature h."
    )

    lr: float = learning_rate(1.0, "Share of the full Newton step; 1 is the method.", "step length")
    damping: float = number(
        0.0,
        r"\lambda",
        "damping",
        0.0,
        1e4,
        scale="log",
        help="Added to both diagonal entries of the Hessian; large values give gradient descent.",
    )

    def start(self, w: Array) -> NoMemory:
        return NoMemory()

    def step(
        self, t: int, lr: float | Array, w: Array, memory: NoMemory, surface: Landscape
    ) -> tuple[Array, NoMemory]:
        g = surface.gradient(w)
        xx, xy, yy = surface.hessian(w)
        xx, yy = xx + self.damping, yy + self.damping
        determinant = xx * yy - xy * xy
        dx = (yy * g[0] - xy * g[1]) / determinant
        dy = (xx * g[1] - xy * g[0]) / determinant
        return w - lr * np.stack((dx, dy)), memory
