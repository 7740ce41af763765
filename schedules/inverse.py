"""A rate that falls like 1/t."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from declarations import number
from schedules.base import Schedule


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
