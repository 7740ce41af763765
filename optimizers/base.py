"""What an update rule must say of itself: its step, its memory, its formula and its source."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from declarations import Declared
from optimizers.dynamics import Dynamics
from surfaces.base import Array, Landscape


class NoMemory(NamedTuple):
    """What a rule without memory keeps from one step to the next: nothing."""


@dataclass(frozen=True)
class Optimizer(Declared, ABC):
    """An update rule; its declared fields are its hyperparameters.

    `rule` is the update as LaTeX, one assignment a line, in the order the code follows: w is the
    point, g the gradient, f the loss, t counts steps from 1, and hyperparameters and memory
    stand under their declared symbols. `memory_symbols` gives the LaTeX of each memory array;
    `velocity` names the one that remembers a direction, if there is one. `limit` is the LaTeX of
    the largest stable learning rate on a quadratic, its scaling frozen, where Lambda is the
    largest curvature as the rule sees it; `theory` says what else is known, and what is not.
    """

    paper: ClassVar[str]
    memory_symbols: ClassVar[Mapping[str, str]] = {}
    velocity: ClassVar[str] = ""
    limit: ClassVar[str] = ""
    theory: ClassVar[str] = ""

    lr: float

    @property
    @abstractmethod
    def rule(self) -> tuple[str, ...]:
        """Return the update's lines; a plain tuple unless a switch changes them."""

    @abstractmethod
    def start(self, w: Array) -> Any:
        """Return fresh memory for points of shape (2, ...): a NamedTuple of arrays."""

    @abstractmethod
    def step(
        self, t: int, lr: float | Array, w: Array, memory: Any, surface: Landscape
    ) -> tuple[Array, Any]:
        """Return the next point and memory; `lr` is the learning rate in force at step t >= 1.

        Nothing is changed in place. Hyperparameters of shape (...) broadcast against points of
        shape (2, ...), so the same lines move one ball or ten thousand.
        """

    def dynamics(self, t: int | Array, lr: float | Array, memory: Any) -> Dynamics | None:
        """Return how this rule moves small errors, its scaling as it is at step t >= 1.

        `memory` is the one after that step, `lr` the rate in force. None where no linear
        recursion describes the rule.
        """
        return None
