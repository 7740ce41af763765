"""The stage: a component that keeps its figures alive between reruns and moves what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

import streamlit as st

from declarations import declarations
from engine.setup.link import SLOTS, changed
from interface import assets, classroom, lanes, lesson_acts, state
from interface.opening import open_file
from interface.session import session
from labs.view import View
from lessons.examples import EXAMPLES
from packets.packet import extended
from packets.race import race_packet

MOST_PARAMETERS = 1000
"""Streamlit reads no address of more parameters than this."""

FRAMEWORKS_OWN = ("embed", "embed_options")
"""Parameters of an address that Streamlit keeps to itself."""

_LOADER = """
export default function (component) {
  const url = new URL("stage/%s/stage.js", document.baseURI);
  const ready = import(url).then((stage) => stage.show(component));
  return () => ready.then((leave) => leave());
}
"""

_component = st.components.v2.component(
    "loss_surface_stage", js=_LOADER % assets.stamp(), isolate_styles=False
)


def draw() -> None:
    """Hand the race to the browser, and say which of its acts are taken in."""
    own = session()
    said = {"taken": own.taken, "token": own.token, "ids": own.lanes}
    _component(key="stage", data=extended(_data(), said), on_acts_change=_noted)


def _data() -> bytes:
    """Return the race, or what a lesson shows of it."""
    opened = classroom.now()
    if opened is None:
        return race_packet(state.experiment(), state.view())
    return lesson_acts.packet(opened)


def hear(name: str, value: object) -> None:
    """Take in one thing that was done on the stage, or on a button whose presses it counts."""
    heard = HEARD.get(name)
    if heard:
        heard(value)


def _noted() -> None:
    """The acts are read at the beginning of a run, where none can be lost."""


def _placed(point: object) -> None:
    sides = [point.get(side) for side in "xy"] if isinstance(point, dict) else [None]
    if all(isinstance(side, int | float) for side in sides):
        x, y = (float(f"{side:.6g}") for side in sides)
        state.attempt(lambda: replace(state.experiment(), x=x, y=y))


def _file(text: object) -> None:
    open_file(text)


def _opened(search: object) -> None:
    """Show what Back, Forward or a pasted hash have opened; the query's last word counts."""
    pairs = parse_qsl(str(search).removeprefix("?"), keep_blank_values=True)
    own = {name: text for name, text in pairs if name not in FRAMEWORKS_OWN}
    state.open_address(own if len(pairs) <= MOST_PARAMETERS else {})


def _exampled(said: object) -> None:
    key = said.get("key") if isinstance(said, dict) else None
    if isinstance(key, str) and key in EXAMPLES:
        state.change(EXAMPLES[key].experiment)
        state.look(replace(state.view(), chosen=0, scrub=""))


def _turned(said: object) -> None:
    changes = said.get("changes") if isinstance(said, dict) else None
    ids = said.get("ids") if isinstance(said, dict) else None
    if isinstance(changes, dict):
        pairs = {str(name): str(text) for name, text in changes.items()}
        if isinstance(ids, list):
            pairs = dict(_moved(pairs, ids))
        experiment, problems = changed(state.experiment(), pairs)
        state.change(experiment, *problems)


def _moved(pairs: dict[str, str], ids: list[object]) -> Iterator[tuple[str, str]]:
    """Call the settings of lanes as they are called now; those of lanes that are gone drop out."""
    for name, text in pairs.items():
        slot, dot, rest = name.partition(".")
        if slot not in SLOTS:
            yield name, text
            continue
        k = SLOTS.index(slot)
        place = lanes.place(ids[k]) if k < len(ids) else None
        if place is not None:
            yield SLOTS[place] + dot + rest, text


def _unread(found: object) -> None:
    if isinstance(found, int):
        notice = f"{found} parameters are too many for a link; none was read."
        state.change(state.experiment(), notice)


def _viewed(said: object) -> None:
    declared = declarations(View)
    if not isinstance(said, dict) or said.get("name") not in declared:
        return
    try:
        change: dict[str, Any] = {
            said["name"]: declared[said["name"]].read(str(said.get("text"))[:100])
        }
    except ValueError:
        return
    state.look(replace(state.view(), **change))


HEARD: dict[str, Callable[[object], None]] = {
    "placed": _placed,
    "chosen": lanes.choose_lane,
    "toggled": lanes.show_or_hide,
    "pressed": state.was_pressed,
    "set": state.was_set,
    "viewed": _viewed,
    "file": _file,
    "exampled": _exampled,
    "opened": _opened,
    "turned": _turned,
    "taught": lesson_acts.heard,
    "unread": _unread,
}
"""What each act of the stage does to the experiment or the view."""
