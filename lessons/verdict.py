"""How an answer compares with the run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Verdict:
    """Whether an answer was right, what is true in words, and what to draw of the gap."""

    right: bool
    truth: str
    drawn: Mapping[str, Any] = field(default_factory=dict)
