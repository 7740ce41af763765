"""What Adam and its relatives have in common: two averages, their decays, a guarded root."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from optimizers.base import Optimizer
from optimizers.hyperparameters import beta1, beta2, epsilon
from surfaces.base import Array


class Moments(NamedTuple):
    """Moving averages of the gradient and of its square, each of shape (2, ...)."""

    m: Array
    v: Array


@dataclass(frozen=True)
class AdaptiveMoments(Optimizer):
    """A rule that divides an average of gradients by the root of an average of squares.

    A rule that keeps anything else, or has another limit or default, declares that anew.
    """

    memory_symbols: ClassVar[Mapping[str, str]] = {"m": "m", "v": "v"}
    velocity: ClassVar[str] = "m"
    limit: ClassVar[str] = r"\frac{2 (1 + \beta_1)}{(1 - \beta_1) \Lambda}"

    beta1: float = beta1()
    beta2: float = beta2()
    eps: float = epsilon(1e-8)
