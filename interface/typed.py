"""A field for a text that is checked: what is refused stays in it, with the reason beneath."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from declarations import Text
from engine.setup.experiment import Experiment
from interface import refusals
from packets.formula import found, notes, slopes
from surfaces.data.regression import Regression
from surfaces.drawn import Drawn
from surfaces.formula import Formula

DRAWN = (
    "Paint on the map with Lower, Raise and Smooth, or take a picture as heights, dark for low: a "
    "bicubic spline lies over them, with exact slopes. The link holds it all."
)


def field(key: str, declaration: Text, shown: str, change: Callable[[Any], Experiment]) -> None:
    """Draw the field; a text that cannot be used changes nothing and is not lost."""
    with st.container(key=f"{key.replace('.', '-')}-typed"):
        text, refused = refusals.show(key, shown, lambda text: change(declaration.read(text)))
        st.text_input(
            declaration.label,
            text,
            key=key,
            help=declaration.help,
            placeholder=declaration.instead,
            autocomplete="off",
        )
        refusals.say(refused, "status")


def about(surface: object) -> None:
    """Show what was derived from a formula and found on it, or where data come from."""
    if isinstance(surface, Regression):
        st.caption(_rows(surface))
    if isinstance(surface, Drawn):
        st.caption(f"{DRAWN} {found(surface)}")
    if not isinstance(surface, Formula):
        return
    with st.container(key="slopes"):
        for line in slopes(surface.text):
            st.latex(line)
    st.caption(" ".join(notes(surface)))


def _rows(surface: Regression) -> str:
    """Say where the rows are from, and what can be done with them."""
    table, (across, up) = surface.table, surface.names
    told = f"{table.title}: {up} from {across}. {table.source}."
    if surface.drawn_by_hand:
        return (
            f"{told} Click or tap on the data to add a point, on a point to take it away; drag "
            "one to move it. By key: arrows, Delete, Insert."
        )
    if not surface.file:
        return told
    return (
        f"{told} {len(table.u):,} rows are too many for a link: whoever opens this page's address "
        "needs the file as well. An experiment saved as JSON, and a saved page, hold all rows. "
        "Paths learn from every row; the map is drawn from groups of neighbouring rows."
    )
