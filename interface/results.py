"""The results table: every lane's outcome in words and numbers."""

import math

import streamlit as st

from declarations import say
from figures.race import Result, results
from interface import state


def table() -> None:
    """Draw the outcome of every lane."""
    rows = [_row(result) for result in results(state.experiment())]
    head = "| Lane | Final loss | Distance to minimum | Arrived | Gradients | Outcome |"
    st.markdown("\n".join([head, "|:--|--:|--:|--:|--:|:--|", *rows]))


def _row(result: Result) -> str:
    arrived = "—" if result.arrived is None else f"step {result.arrived}"
    cells = (
        _plain(result.label),
        _short(result.loss),
        _short(result.distance),
        arrived,
        str(result.evaluations),
        outcome(result),
    )
    return "| " + " | ".join(cells) + " |"


def outcome(result: Result) -> str:
    """Say how a lane's run ended."""
    if result.diverged is not None:
        return f"**DIVERGED** at step {result.diverged}"
    return "still on its way" if result.arrived is None else "reached the tolerance"


def _short(value: float) -> str:
    return "—" if math.isnan(value) else say(float(f"{value:.4g}"))


def _plain(text: str) -> str:
    return "".join(f"\\{c}" if c in r"\`*_{}[]()#+-.!|$<>:~" else c for c in text)
