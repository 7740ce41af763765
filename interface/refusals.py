"""What was typed and could not be used: it stays in its field, with the reason beneath."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Literal

import streamlit as st

from engine.setup.experiment import Experiment
from interface import state
from interface.session import Refused, session

SHOWN_AROUND = 16


def show(key: str, shown: str, read: Callable[[str], Experiment]) -> tuple[str, Refused | None]:
    """Let the field drawn next show its value, or what was refused there since; return both.

    `read` makes the experiment of a typed text, or raises ValueError; nothing is changed then.
    """
    texts = session().refused
    if key in texts and texts[key].instead != shown:
        del texts[key]
    refused = texts.get(key)

    def take(value: object) -> None:
        typed = str(value).strip()
        texts.pop(key, None)
        try:
            state.change(read(typed))
        except ValueError as problem:
            place = getattr(problem, "place", None)
            texts[key] = Refused(shown, typed, str(problem), place)

    text = _as_typed(key, shown if refused is None else refused.typed)
    state.show(key, text, take)
    return text, refused


def _as_typed(key: str, text: str) -> str:
    """Return a text with the spaces around it that a person has typed: none is taken away."""
    replica = session().replicas.get(key)
    known = replica.known if replica is not None else None
    return known if isinstance(known, str) and known.strip() == text else text


def say(refused: Refused | None, role: Literal["alert", "status"] = "alert") -> None:
    """Say why a text was refused, and show the character that it is about.

    A `status` is read out once nothing else is, as suits a text that is still being typed.
    """
    if refused is None:
        return
    _, typed, problem, place = refused
    pointed = ""
    if place is not None and place < len(typed):
        first = max(place - SHOWN_AROUND, 0)
        before, here, after = typed[first:place], typed[place], typed[place + 1 :][:SHOWN_AROUND]
        pointed = f"<code>{escape(before)}<mark>{escape(here)}</mark>{escape(after)}</code> "
    st.html(f'<p class="refused" role="{role}">{pointed}{escape(problem)}</p>')
