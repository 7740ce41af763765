"""The stage: a component that keeps its figures alive between reruns and moves what changed."""

from __future__ import annotations

import streamlit as st

from interface import assets, lesson_acts, open_lesson, state
from interface.session import session
from packets.headers import PageHeader
from packets.packet import extended
from packets.race import race_packet

_component = st.components.v2.component(
    "loss_surface_stage", js=assets.loader("show"), isolate_styles=False
)


def draw() -> None:
    """Hand the race to the browser, and say which of its acts are taken in."""
    own = session()
    said: PageHeader = {"taken": own.taken, "token": own.token, "ids": own.lanes}
    _component(key="stage", data=extended(_data(), said), on_acts_change=_noted)


def _data() -> bytes:
    """Return the race, or what a lesson shows of it."""
    opened = open_lesson.now()
    if opened is None:
        return race_packet(state.experiment(), state.view())
    return lesson_acts.packet(opened)


def _noted() -> None:
    """The acts are read at the beginning of a run, where none can be lost."""
