"""A schedule that waits for the loss to stop falling, and then shortens the steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from declarations import number, switch
from schedules.base import Schedule
from schedules.shares import final_share
from surfaces.base import Array


class Watch(NamedTuple):
    """What is remembered, each of shape (...): one entry a lane, or one for all at the start.

    The best loss so far, the number of steps since, the steps of cool-down left, and the factor.
    """

    best: Array
    bad: Array
    cooldown: Array
    factor: Array


@dataclass(frozen=True)
class ReduceOnPlateau(Schedule):
    """After more than `patience` steps without progress the rate drops by a factor.

    b counts the steps since the best loss was last beaten, and begins anew with each drop. The
    loss before step t changes the rate from step t + 1 on. PyTorch's rule, without its refusal to
    lower a rate by less than 1e-8.
    """

    title: ClassVar[str] = "Reduce on plateau"
    rule: ClassVar[str] = (
        r"\eta_{t+1} = \begin{cases} \max(\gamma \eta_t, \eta_{\min}) & \text{if } b_t > P \\"
        r" \eta_t & \text{otherwise} \end{cases}"
    )
    source: ClassVar[str] = "torch.optim.lr_scheduler.ReduceLROnPlateau"
    watches_loss: ClassVar[bool] = True

    gamma: float = number(
        0.1, r"\gamma", "factor", 0.0, 1.0, step=0.05, help="What a drop leaves of the rate."
    )
    patience: int = number(
        10, "P", "patience", 0, 200, step=1, whole=True, help="Steps without progress endured."
    )
    threshold: float = number(
        1e-4,
        r"\theta",
        "threshold",
        0.0,
        0.5,
        scale="log",
        help="How far the loss must fall below the best so far to count as progress.",
    )
    relative: bool = switch(
        True,
        "relative threshold",
        "Progress is measured as a share of the best loss. Below 0 that counts nearly every loss "
        "as progress, as in PyTorch: switch it off there.",
    )
    cooldown: int = number(
        0, "C", "cool-down", 0, 200, step=1, whole=True, help="Steps after a drop that never count."
    )
    floor: float = final_share("No drop goes below.")

    def start(self) -> Watch:
        return Watch(np.array(np.inf), np.array(0), np.array(0), np.array(1.0))

    def caveat(self, loss: Array) -> str:
        """Say where losses below 0 make a relative threshold take a rise for progress."""
        if not (self.relative and self.threshold and np.any(loss < 0)):
            return ""
        return (
            "Reduce on plateau takes nearly every loss below 0 for progress, as in PyTorch: "
            "switch its relative threshold off"
        )

    def factor(self, t: int, steps: int, memory: Watch) -> Array:
        return memory.factor

    def observe(self, loss: Array, memory: Watch) -> Watch:
        best, factor = memory.best, memory.factor
        better = loss < (best * (1 - self.threshold) if self.relative else best - self.threshold)
        cooling = memory.cooldown > 0
        bad = np.where(better | cooling, 0, memory.bad + 1)
        drop = bad > self.patience
        return Watch(
            np.where(better, loss, best),
            np.where(drop, 0, bad),
            np.where(drop, self.cooldown, np.maximum(memory.cooldown - 1, 0)),
            np.where(drop, np.maximum(factor * self.gamma, self.floor), factor),
        )
