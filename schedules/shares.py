"""The number that several schedules share, declared once."""

from __future__ import annotations

from typing import Any

from declarations import number


def final_share(help: str) -> Any:
    """Declare the share of the rate that a schedule ends at or never goes below."""
    return number(0.0, r"\eta_{\min} / \eta", "final share", 0.0, 1.0, step=0.05, help=help)
