"""Many schedules side by side, so that a batch of runs can differ in a schedule's numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from schedules.base import Schedule
from surfaces.base import Array


@dataclass(frozen=True)
class BatchedSchedule(Schedule):
    """One schedule for each lane of `shape`, or for each that broadcasts to it.

    None of them may watch the loss.
    """

    title: ClassVar[str] = "Side by side"
    rule: ClassVar[str] = ""
    source: ClassVar[str] = ""

    schedules: tuple[Schedule, ...]
    shape: tuple[int, ...]

    def factor(self, t: int, steps: int, memory: Any) -> Array:
        """Return every schedule's factor at step t."""
        factors = [schedule.factor(t, steps, None) for schedule in self.schedules]
        return np.array(factors, dtype=float).reshape(self.shape)
