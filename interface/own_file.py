"""Rows of one's own from a CSV file: opened, two columns chosen, learned from, never lost.

Rows that fit travel in the link as points. More are kept while the page learns from them, and the
link names their content.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape
from typing import Any

import numpy as np
import streamlit as st

from declarations import declarations, defaults, say
from engine.setup.experiment import Experiment
from engine.setup.link import changed, read
from interface import state
from interface.opened_file import Columns, OpenedFile
from interface.session import session
from labs.view import split
from surfaces.data.columns import guessed, lacking, read_columns, read_complete
from surfaces.data.regression import Regression
from surfaces.data.rows import MOST, OWN
from surfaces.data.sheet import Sheet, read_sheet
from surfaces.data.shelf import SHELF
from surfaces.data.tables import Table

ENDINGS = ["csv", "tsv", "txt"]
KEY = "own-file"
MOST_HELD = 4
"""Tables that stay at hand for Back and Forward."""


def take_in() -> None:
    """Learn from a file that was opened since the last run."""
    uploaded = st.session_state.get(KEY)
    own = session()
    surface = own.experiment.surface
    if uploaded is None or not isinstance(surface, Regression):
        return
    with own.lock:
        if own.file is None or own.file.id != uploaded.file_id:
            own.file = _opened(uploaded, surface)
            _learn()


def _opened(uploaded: Any, surface: Regression) -> OpenedFile:
    try:
        sheet = read_sheet(uploaded.getvalue())
    except ValueError as problem:
        return OpenedFile(uploaded.file_id, uploaded.name, problem=str(problem))
    wanted = session().wanted
    across, up = guessed(sheet, surface.target)
    if wanted is not None:
        across = _meant(sheet, wanted.get("surface.across", "")) or across
        up = _meant(sheet, wanted.get("surface.up", "")) or up
    return OpenedFile(uploaded.file_id, uploaded.name, sheet, Columns(across, up))


def _meant(sheet: Sheet, name: str) -> str | None:
    """Return the column that a link names, which may say its classes as well."""
    return next((n for n in sheet.names if name in (n, n[:60]) or name.startswith(f"{n} (")), None)


def _learn() -> None:
    """Put the rows of the columns chosen on screen, or note why not."""
    own = session()
    found, surface = own.file, own.experiment.surface
    if found is None or not isinstance(surface, Regression):
        return
    sheet, columns = found.sheet, found.columns
    if sheet is None or columns is None:
        return
    found = replace(found, lacking=lacking(sheet, columns.across, columns.up), problem="")
    try:
        state.change(_learning(sheet, columns, surface))
    except ValueError as problem:
        found = replace(found, problem=str(problem))
    own.file = found


def _learning(sheet: Sheet, columns: Columns, surface: Regression) -> Experiment:
    read = read_complete if columns.complete else read_columns
    table = read(sheet, columns.across, columns.up, surface.target)
    now = state.experiment()
    named: dict[str, Any] = {"across": table.across[:60], "up": table.up[:60]}
    points = _as_points(table)
    if points is not None:
        return now.on(replace(surface, data=OWN, points=points, file="", **named))
    name, table = SHELF.keep(table)
    _hold(table)
    usual = defaults(type(surface))
    kept = {"data": usual["data"], "points": usual["points"], "file": name, **named}
    return _as_linked(name) or now.on(replace(surface, **kept))


def _as_points(table: Table) -> str | None:
    """Return the rows as a link tells them, or None if they are too many for one."""
    if len(table.u) > MOST:
        return None
    pairs = np.array((table.u, table.v)).T.tolist()
    points = ", ".join(f"{say(u)} {say(v)}" for u, v in pairs)
    longest: Any = declarations(Regression)["points"]
    return points if len(points) <= longest.longest else None


def _hold(table: Table) -> None:
    own = session()
    own.tables = [*(kept for kept in own.tables if kept is not table), table][-MOST_HELD:]


def _as_linked(name: str) -> Experiment | None:
    """Return what a link asked for that was opened without these rows, now that they are here."""
    own = session()
    wanted, own.wanted = own.wanted, None
    if wanted is None or wanted.get("surface.file") != name:
        return None
    settings = split(wanted)[1]
    surface = {key: text for key, text in settings.items() if key.startswith("surface")}
    untouched = own.opened is not None and own.opened.seen == own.seen()
    return read(settings)[0] if untouched else changed(own.experiment, surface)[0]


def draw(surface: Regression) -> None:
    """Draw where a file is opened, and what is chosen of the one that is."""
    found = session().file
    more = st.expander(
        "Rows from a file (CSV)",
        expanded=session().wanted is not None,
        key="own-file-more",
        on_change="rerun",
    )
    if surface.file:
        st.button("Back to the published tables", key="own-file-away", on_click=_away)
    if not more.open:
        return
    with more, st.container(key="own-file-choices"):
        st.file_uploader(
            "CSV file",
            ENDINGS,
            key=KEY,
            help="At most 5 MB and 100,000 rows. Values are separated by commas, semicolons or "
            "tabs; decimals have a point or a comma.",
        )
        if found is not None and found.sheet and found.columns:
            _choices(found, found.sheet, found.columns)
        if found is not None and found.problem:
            said = f"{found.name}: {found.problem}."
            st.html(f'<p class="refused" role="alert">{escape(said)}</p>')


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def _choices(found: OpenedFile, sheet: Sheet, columns: Columns) -> None:
    size = f"{_counted(sheet.count, 'row')}, {_counted(len(sheet.names), 'column')}"
    st.caption(f"{found.name}: {size}")
    for name, label in (("across", "Column u, across"), ("up", "Column v, up")):
        key = f"own-file.{found.id}.{name}"
        shown = getattr(columns, name)
        state.show(key, shown, _chosen(name))
        st.selectbox(label, sheet.names, sheet.names.index(shown), key=key)
    if found.lacking:
        key = f"own-file.{found.id}.complete"
        state.show(key, columns.complete, _chosen("complete"))
        said = f"leave out rows that lack a value ({found.lacking:,})"
        st.toggle(said, columns.complete, key=key)


def _chosen(name: str) -> Callable[[object], None]:
    def choose(value: Any) -> None:
        own = session()
        if own.file is not None and own.file.columns is not None:
            own.file = replace(own.file, columns=own.file.columns._replace(**{name: value}))
            _learn()

    return choose


def _away() -> None:
    with session().lock:
        surface = state.experiment().surface
        if isinstance(surface, Regression):
            state.attempt(lambda: state.experiment().on(replace(surface, file="")))
