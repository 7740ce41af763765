"""The stage: a component that keeps its figures alive between reruns and moves what changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from declarations import declarations
from engine.setup.link import changed
from interface import assets, classroom, lanes, lessons, state
from interface.opening import open_file
from packets.examples import EXAMPLES
from packets.race import race_packet
from packets.view import View

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
    """Hand the race to the browser and take in what was done on the stage."""
    _component(
        key="stage",
        data=_data(),
        on_placed_change=_placed,
        on_chosen_change=_chosen,
        on_toggled_change=_toggled,
        on_viewed_change=_viewed,
        on_opened_change=_opened,
        on_turned_change=_turned,
        on_unread_change=_unread,
        on_exampled_change=_exampled,
        on_taught_change=_taught,
    )


def _data() -> bytes:
    """Return the race, or what a lesson shows of it."""
    opened = classroom.now()
    if opened is None:
        return race_packet(state.experiment(), state.view())
    return lessons.packet(opened)


def _said(name: str) -> object:
    return st.session_state["stage"][name]


def _placed() -> None:
    point = _said("placed")
    sides = [point.get(side) for side in "xy"] if isinstance(point, dict) else [None]
    if all(isinstance(side, int | float) for side in sides):
        x, y = (float(f"{side:.6g}") for side in sides)
        state.attempt(lambda: replace(state.experiment(), x=x, y=y))


def _chosen() -> None:
    k = _said("chosen")
    if isinstance(k, int) and 0 <= k < len(state.experiment().lanes):
        state.look(replace(state.view(), chosen=k))


def _toggled() -> None:
    k = _said("toggled")
    if isinstance(k, int) and 0 <= k < len(state.experiment().lanes):
        lanes.show_or_hide(k)


def _opened() -> None:
    file = _said("opened")
    open_file(file.get("text") if isinstance(file, dict) else None)


def _exampled() -> None:
    said = _said("exampled")
    key = said.get("key") if isinstance(said, dict) else None
    if key in EXAMPLES:
        state.change(EXAMPLES[key].experiment)
        state.look(replace(state.view(), chosen=0, scrub=""))


def _turned() -> None:
    said = _said("turned")
    changes = said.get("changes") if isinstance(said, dict) else None
    if isinstance(changes, dict):
        pairs = {str(name): str(text) for name, text in changes.items()}
        experiment, problems = changed(state.experiment(), pairs)
        state.change(experiment, *problems)


def _taught() -> None:
    lessons.heard(_said("taught"))


def _unread() -> None:
    found = _said("unread")
    if isinstance(found, int):
        notice = f"{found} parameters are too many for a link; none was read."
        state.change(state.experiment(), notice)


def _viewed() -> None:
    said = _said("viewed")
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
