"""The experiment and the view of one session, and the address that always tells them."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from engine.setup.experiment import Experiment
from engine.setup.link import write
from interface import classroom
from packets.view import View, write_view


def open_address() -> None:
    """Let the address win whenever it is not the one this session wrote last.

    That is so on a first visit, for a pasted link, and after Back; a reload is a first visit.
    """
    address = st.query_params.to_dict()
    if "experiment" in st.session_state and address == st.session_state.written:
        return
    found = classroom.opened(address)
    st.session_state["class"] = found.open_class
    st.session_state.experiment, st.session_state.view = found.experiment, found.view
    st.session_state.notices, st.session_state.remarks = found.problems, ()
    st.session_state.written = address


def write_address() -> None:
    """Bring the address up to date; the browser keeps the earlier one for Back."""
    lesson = classroom.now()
    if lesson is None:
        pairs = write(experiment()) | write_view(view())
    else:
        pairs = classroom.written(lesson, experiment(), view())
    if pairs != st.session_state.written:
        st.query_params.from_dict(pairs)
        st.session_state.written = pairs


def experiment() -> Experiment:
    """Return the experiment on screen."""
    found: Experiment = st.session_state.experiment
    return found


def view() -> View:
    """Return how it is being looked at."""
    found: View = st.session_state.view
    return found


def change(new: Experiment, *notices: str) -> None:
    """Put another experiment on screen, with what the user should be told about it."""
    st.session_state.experiment = new
    st.session_state.notices = notices


def remark(text: str) -> None:
    """Say once, in passing, what a change has brought with it."""
    st.session_state.remarks = (text,)


def remarks() -> tuple[str, ...]:
    """Return what is to be said in passing, and forget it."""
    found: tuple[str, ...] = st.session_state.remarks
    st.session_state.remarks = ()
    return found


def look(new: View) -> None:
    """Change how the experiment is looked at."""
    st.session_state.view = new


def attempt(make: Callable[[], Experiment]) -> None:
    """Put on screen what `make` returns; if it refuses, keep everything and say why."""
    try:
        change(make())
    except ValueError as problem:
        st.session_state.notices = (str(problem),)


def notices() -> tuple[str, ...]:
    """Return what the user should be told about the last change."""
    found: tuple[str, ...] = st.session_state.notices
    return found
