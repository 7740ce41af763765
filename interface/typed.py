"""A field for a text that is checked: what is refused stays in it, with the reason beneath."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import streamlit as st

from declarations import Text
from engine.setup.experiment import Experiment
from interface import state
from interface.session import Refused, session
from packets.formula import notes, slopes
from surfaces.data.regression import Regression
from surfaces.formula import Formula

SHOWN_AROUND = 16


def field(key: str, declaration: Text, shown: str, change: Callable[[Any], Experiment]) -> None:
    """Draw the field; a text that cannot be used changes nothing and is not lost."""
    texts = session().refused
    if key in texts and texts[key].instead != shown:
        del texts[key]
    refused = texts.get(key)

    def take(value: object) -> None:
        typed = str(value).strip()
        texts.pop(key, None)
        try:
            state.change(change(declaration.read(typed)))
        except ValueError as problem:
            place = getattr(problem, "place", None)
            texts[key] = Refused(shown, typed, str(problem), place)

    with st.container(key=f"{key.replace('.', '-')}-typed"):
        state.show(key, shown if refused is None else refused.typed, take)
        st.text_input(declaration.label, key=key, help=declaration.help, autocomplete="off")
        if refused is not None:
            _say(refused)


def _say(refused: Refused) -> None:
    """Say why a text was refused, and show the character that it is about."""
    _, typed, problem, place = refused
    pointed = ""
    if place is not None and place < len(typed):
        first = max(place - SHOWN_AROUND, 0)
        before, here, after = typed[first:place], typed[place], typed[place + 1 :][:SHOWN_AROUND]
        pointed = f"<code>{escape(before)}<mark>{escape(here)}</mark>{escape(after)}</code> "
    st.html(f'<p class="refused" role="alert">{pointed}{escape(problem)}</p>')


def about(surface: object) -> None:
    """Show what was derived from a formula and found on it, or where data come from."""
    if isinstance(surface, Regression):
        table = surface.table
        st.caption(f"{table.title}: {table.up} from {table.across}. {table.source}.")
    if not isinstance(surface, Formula):
        return
    with st.container(key="slopes"):
        for line in slopes(surface.text):
            st.latex(line)
    st.caption(" ".join(notes(surface)))
