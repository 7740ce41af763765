"""Schedules that first raise the learning rate and then lower it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from declarations import number
from schedules.base import Schedule
from schedules.closed_form import half_cosine
from schedules.formulas import at_least, chosen, whole


@dataclass(frozen=True)
class WarmupCosine(Schedule):
    """A straight rise to the full rate, for memory to fill up, then half a cosine down."""

    title: ClassVar[str] = "Warm-up, then cosine"
    rule: ClassVar[str] = (
        r"\eta_t = \begin{cases} \eta \left(s + (1 - s) \frac{t}{N}\right) & \text{if } t < N \\"
        r" \eta_{\min} + (\eta - \eta_{\min}) \frac{1 + \cos(\pi (t - N) / (T - N))}{2}"
        r" & \text{otherwise} \end{cases}"
    )
    source: ClassVar[str] = (
        "torch.optim.lr_scheduler.SequentialLR(LinearLR, CosineAnnealingLR); arXiv:1706.02677"
    )

    warmup: float = number(
        0.1,
        "N / T",
        "warm-up, in runs",
        0.0,
        0.95,
        step=0.05,
        help="N as a share of the run's steps T.",
    )
    first: float = number(
        0.1, "s", "first share", 0.0, 1.0, step=0.05, help="Share of η at the first step."
    )
    floor: float = number(
        0.0, r"\eta_{\min} / \eta", "final share", 0.0, 1.0, step=0.05, help="Share of η left at T."
    )

    def factor(self, t: int, steps: int, memory: Any) -> float:
        rise = whole(self.warmup * steps)
        climb = self.first + (1 - self.first) * t / at_least(rise, 1)
        share = half_cosine((t - rise) / at_least(steps - rise, 1))
        factor: float = chosen(t < rise, climb, self.floor + (1 - self.floor) * share)
        return factor


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
