"""A rate that rises once and falls once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from declarations import number
from schedules.base import Schedule
from schedules.formulas import chosen, half_cosine


@dataclass(frozen=True)
class OneCycle(Schedule):
    """One rise to the lane's own rate, the highest of the cycle, and one long fall to nearly 0.

    PyTorch's phases with cosines; the momentum is left alone. The peak at p T - 1 may lie
    between two steps.
    """

    title: ClassVar[str] = "One cycle"
    rule: ClassVar[str] = (
        r"\eta_t = \begin{cases}"
        r" \eta - \left(\eta - \frac{\eta}{a}\right) \frac{1 + \cos(\pi t / (p T - 1))}{2}"
        r" & \text{if } t \le p T - 1 \\"
        r" \frac{\eta}{a b} + \left(\eta - \frac{\eta}{a b}\right)"
        r" \frac{1 + \cos(\pi (t - p T + 1) / (T - p T))}{2} & \text{otherwise} \end{cases}"
    )
    source: ClassVar[str] = "torch.optim.lr_scheduler.OneCycleLR; arXiv:1708.07120"

    rise: float = number(
        0.3, "p", "share of the rise", 0.05, 0.95, step=0.05, help="Share of the run spent rising."
    )
    start_division: float = number(
        25.0, "a", "first division", 1.0, 1e4, scale="log", help="The cycle starts at η / a."
    )
    final_division: float = number(
        1e4, "b", "final division", 1.0, 1e6, scale="log", help="The cycle ends at η / (a b)."
    )

    def factor(self, t: int, steps: int, memory: Any) -> float:
        first, last = 1 / self.start_division, 1 / (self.start_division * self.final_division)
        peak, end = self.rise * steps - 1, steps - 1
        rises = peak > 0
        climb = 1 + (first - 1) * half_cosine(t / chosen(rises, peak, 1.0))
        fall = last + (1 - last) * half_cosine((t - peak) / (end - peak))
        factor: float = chosen((t <= peak) & rises, climb, fall)
        return factor
