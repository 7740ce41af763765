"""A rate that rises first, then falls along half a cosine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from declarations import number
from schedules.base import Schedule
from schedules.formulas import at_least, chosen, half_cosine, whole
from schedules.shares import final_share


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
    floor: float = final_share("Share of η left at T.")

    def factor(self, t: int, steps: int, memory: Any) -> float:
        rise = whole(self.warmup * steps)
        climb = self.first + (1 - self.first) * t / at_least(rise, 1)
        share = half_cosine((t - rise) / at_least(steps - rise, 1))
        factor: float = chosen(t < rise, climb, self.floor + (1 - self.floor) * share)
        return factor
