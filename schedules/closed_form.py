"""Schedules that are one formula of the step."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

from declarations import number
from schedules.base import Schedule
from schedules.formulas import at_least, cosine, whole


def whole_steps(share: float, steps: int) -> int:
    """Return a share of a run as a whole number of steps, at least 1."""
    found: int = at_least(whole(share * steps), 1)
    return found


@dataclass(frozen=True)
class Constant(Schedule):
    """The same rate at every step."""

    title: ClassVar[str] = "Constant"
    rule: ClassVar[str] = r"\eta_t = \eta"
    source: ClassVar[str] = "torch.optim.lr_scheduler.ConstantLR with factor 1"

    def factor(self, t: int, steps: int, memory: Any) -> float:
        return 1.0


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


@dataclass(frozen=True)
class Inverse(Schedule):
    """The rate falls like 1/t: slow enough to arrive anywhere, fast enough to average noise out."""

    title: ClassVar[str] = "Inverse (1/t)"
    rule: ClassVar[str] = r"\eta_t = \frac{\eta}{1 + k t}"
    source: ClassVar[str] = "H. Robbins and S. Monro (1951), doi:10.1214/aoms/1177729586"

    k: float = number(
        0.01,
        "k",
        "decay a step",
        0.0,
        10.0,
        scale="log",
        smallest=1e-4,
        help="The rate is halved after 1 / k steps.",
    )

    def factor(self, t: int, steps: int, memory: Any) -> float:
        return 1 / (1 + self.k * t)


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
        period = whole_steps(self.length, steps)
        return self.floor + (1 - self.floor) * half_cosine(t / period)


def half_cosine(share: float) -> float:
    """Return what is left, from 1 down to 0, after a share of half a cosine's way."""
    half: float = (1 + cosine(math.pi * share)) / 2
    return half
