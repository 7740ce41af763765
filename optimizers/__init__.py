"""The update rules, in teaching order; the keys stand in people's links."""

from optimizers.adam import Adam
from optimizers.base import Optimizer
from optimizers.momentum import LectureMomentum

__all__ = ["OPTIMIZERS", "Optimizer"]

OPTIMIZERS: dict[str, type[Optimizer]] = {
    "momentum_lecture": LectureMomentum,
    "adam": Adam,
}
