"""A rate that drops at regular intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from declarations import number
from schedules.base import Schedule
from schedules.formulas import whole_steps


@dataclass(frozen=True)
class Step(Schedule):
    """The rate drops by a factor at regular intervals: long steps first, then fine ones."""

    title: ClassVar[str] = "Step"
    rule: ClassVar[str] = r"\eta_t = \eta \gamma^{\lfloor t / s \rfloor}"
    source: ClassVar[str] = "torch.optim.lr_scheduler.StepLR"

    interval: float = number(
        0.25,
        "s",
        "interval, in runs",
        0.05,
        1.0,
        step=0.05,
        help="Distance between two drops as a share of the run's steps.",
    )
    gamma: float = number(
        0.5,
        r"\gamma",
        "factor",
        0.0,
        1.0,
        step=0.05,
        help="Factor at each drop; PyTorch's default is 0.1, the lecture halves.",
    )

    def factor(self, t: int, steps: int, memory: Any) -> float:
        drops: int = t // whole_steps(self.interval, steps)
        return self.gamma**drops
