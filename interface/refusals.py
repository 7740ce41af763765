"""What was typed and could not be used: it stays in its field, with the reason beneath."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from engine.setup.experiment import Experiment
from interface import state
from interface.session import Refused, session

SHOWN_AROUND = 16


def show(key: str, shown: str, read: Callable[[str], Experiment]) -> Refused | None:
    """Let the field drawn next show its value, or what was refused there since, which is returned.

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

    state.show(key, shown if refused is None else refused.typed, take)
    return refused


def say(refused: Refused | None) -> None:
    """Say why a text was refused, and show the character that it is about."""
    if refused is None:
        return
    _, typed, problem, place = refused
    pointed = ""
    if place is not None and place < len(typed):
        first = max(place - SHOWN_AROUND, 0)
        before, here, after = typed[first:place], typed[place], typed[place + 1 :][:SHOWN_AROUND]
        pointed = f"<code>{escape(before)}<mark>{escape(here)}</mark>{escape(after)}</code> "
    st.html(f'<p class="refused" role="alert">{pointed}{escape(problem)}</p>')
