"""A rate that falls along half a cosine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from declarations import number
from schedules.base import Schedule
from schedules.formulas import half_cosine, whole_steps
from schedules.shares import final_share


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
    floor: float = final_share("Share of η left at T.")

    def factor(self, t: int, steps: int, memory: Any) -> float:
        period = whole_steps(self.length, steps)
        return self.floor + (1 - self.floor) * half_cosine(t / period)
