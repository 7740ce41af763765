"""Schedules that are a formula of the step."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

from declarations import number
from engine.schedules.base import Schedule


@dataclass(frozen=True)
class Constant(Schedule):
    """The same rate at every step."""

    title: ClassVar[str] = "Constant"
    rule: ClassVar[str] = r"\eta_t = \eta"
    source: ClassVar[str] = "torch.optim.lr_scheduler.ConstantLR with factor 1"

    def factor(self, t: int, steps: int, memory: Any) -> float:
        return 1.0


@dataclass(frozen=True)
class Cosine(Schedule):
    """Half a cosine from the full rate down to a final one, and up again if the run goes on."""

    title: ClassVar[str] = "Cosine"
    rule: ClassVar[str] = (
        r"\eta_t = \eta_{\min} + (\eta - \eta_{\min}) \frac{1 + \cos(\pi t / T)}{2}"
    )
    source: ClassVar[str] = "torch.optim.lr_scheduler.CosineAnnealingLR; arXiv:1608.03983"

    length: float = number(
        1.0, "T", "length, in runs", 0.05, 2.0, step=0.05, help="T as a share of the run's steps."
    )
    floor: float = number(
        0.0, r"\eta_{\min} / \eta", "final share", 0.0, 1.0, step=0.05, help="Share of η left at T."
    )

    def factor(self, t: int, steps: int, memory: Any) -> float:
        period = max(1, round(self.length * steps))
        return self.floor + (1 - self.floor) * (1 + math.cos(math.pi * t / period)) / 2
