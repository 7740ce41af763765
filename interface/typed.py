"""A field for a text that is checked: what is refused stays in it, with the reason beneath."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import streamlit as st

from declarations import Text
from engine.setup.experiment import Experiment
from interface import state
from packets.formula import notes, slopes
from surfaces.formula import Formula

SHOWN_AROUND = 16


def field(key: str, declaration: Text, shown: str, change: Callable[[Any], Experiment]) -> None:
    """Draw the field; a text that cannot be used changes nothing and is not lost."""
    refused = st.session_state.get(f"{key}.refused")
    if refused is not None and refused[0] != shown:
        refused = st.session_state[f"{key}.refused"] = None
    st.session_state[key] = shown if refused is None else refused[1]

    def changed() -> None:
        typed = st.session_state[key].strip()
        st.session_state[f"{key}.refused"] = None
        try:
            state.change(change(declaration.read(typed)))
        except ValueError as problem:
            place = getattr(problem, "place", None)
            st.session_state[f"{key}.refused"] = (shown, typed, str(problem), place)

    with st.container(key=f"{key.replace('.', '-')}-typed"):
        st.text_input(
            declaration.label, key=key, help=declaration.help, on_change=changed, autocomplete="off"
        )
        if refused is not None:
            _say(*refused[1:])


def _say(typed: str, problem: str, place: int | None) -> None:
    """Say why a text was refused, and show the character that it is about."""
    pointed = ""
    if place is not None and place < len(typed):
        first = max(place - SHOWN_AROUND, 0)
        before, here, after = typed[first:place], typed[place], typed[place + 1 :][:SHOWN_AROUND]
        pointed = f"<code>{escape(before)}<mark>{escape(here)}</mark>{escape(after)}</code> "
    st.html(f'<p class="refused" role="alert">{pointed}{escape(problem)}</p>')


def about(surface: object) -> None:
    """Show what was derived from a formula and what was found on it."""
    if not isinstance(surface, Formula):
        return
    with st.container(key="slopes"):
        for line in slopes(surface.text):
            st.latex(line)
    st.caption(" ".join(notes(surface)))
