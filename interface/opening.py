"""Experiments opened from a file: checked like a link, and refused in plain words."""

from __future__ import annotations

from engine.setup.experiment import Experiment
from engine.setup.link import from_json
from interface import state

LARGEST = 6_000_000


def open_file(text: object) -> None:
    """Put the experiment of a saved file on screen; if it is none, keep everything and say why."""
    if not isinstance(text, str):
        return
    try:
        experiment, problems = read_file(text)
    except ValueError as problem:
        state.change(state.experiment(), f"Not opened: {problem}. Nothing has changed.")
    else:
        state.change(experiment, *problems)
        state.remark("Opened. Back returns to what was here before.")


def read_file(text: str) -> tuple[Experiment, tuple[str, ...]]:
    """Return a file's experiment and what had to be replaced; ValueError if it is too large."""
    if len(text) > LARGEST:
        raise ValueError(f"this file has {len(text):,} characters; at most {LARGEST:,} are read")
    return from_json(text)
