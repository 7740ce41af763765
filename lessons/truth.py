"""What the run says to a question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Truth:
    """What is true, in words, and what an answer is measured by on the page."""

    words: str
    measure: Mapping[str, Any] = field(default_factory=dict)
