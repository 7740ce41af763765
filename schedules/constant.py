"""A constant rate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from schedules.base import Schedule


@dataclass(frozen=True)
class Constant(Schedule):
    """The same rate at every step."""

    title: ClassVar[str] = "Constant"
    rule: ClassVar[str] = r"\eta_t = \eta"
    source: ClassVar[str] = "torch.optim.lr_scheduler.ConstantLR with factor 1"

    def factor(self, t: int, steps: int, memory: Any) -> float:
        return 1.0
