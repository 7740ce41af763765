"""What a learning-rate schedule must say of itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar

from declarations import Declared
from surfaces.base import Array


@dataclass(frozen=True)
class Schedule(Declared, ABC):
    """A factor on the learning rate at each step; t counts from 0 as PyTorch's schedulers do.

    A schedule that reacts to the loss says so with `watches_loss` and keeps what it must
    remember in a memory that `observe` returns anew.
    """

    rule: ClassVar[str]
    source: ClassVar[str]
    watches_loss: ClassVar[bool] = False

    def start(self) -> Any:
        """Return fresh memory."""
        return None

    @abstractmethod
    def factor(self, t: int, steps: int, memory: Any) -> float | Array:
        """Return what the learning rate is multiplied by at step t (0 to steps - 1)."""

    def caveat(self, loss: Array) -> str:
        """Say what to know of this schedule over a run's losses, (steps + 1,); or nothing."""
        return ""

    def observe(self, loss: Array, memory: Any) -> Any:
        """Return the memory after the loss before step t, of shape (...), has been seen."""
        return memory
