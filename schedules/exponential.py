"""A rate that loses the same share at every step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from declarations import number
from schedules.base import Schedule


@dataclass(frozen=True)
class Exponential(Schedule):
    """The rate loses the same share at every step; the lecture's exp(-k t) has gamma = exp(-k)."""

    title: ClassVar[str] = "Exponential"
    rule: ClassVar[str] = r"\eta_t = \eta \gamma^t"
    source: ClassVar[str] = "torch.optim.lr_scheduler.ExponentialLR"

    gamma: float = number(
        0.99,
        r"\gamma",
        "factor a step",
        0.5,
        0.9999,
        scale="towards one",
        help="What is left of the rate after each step.",
    )

    def factor(self, t: int, steps: int, memory: Any) -> float:
        return self.gamma**t
