"""The lanes of the race in the sidebar: choose, add, duplicate, hide, remove."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from engine.setup.experiment import COLORS, MOST_LANES, Experiment, Lane
from engine.setup.link import SLOTS
from interface import state
from optimizers import OPTIMIZERS
from packets.guide import SIDEBAR
from packets.palette import STYLES


def chosen(experiment: Experiment) -> int:
    """Return which lane's settings are shown."""
    return min(state.view().chosen, len(experiment.lanes) - 1)


def choose(experiment: Experiment) -> None:
    """Draw the lanes to choose from, and the buttons that act on the chosen one."""
    k = chosen(experiment)
    st.html(_swatches(experiment))
    st.session_state["lane"] = SLOTS[k]
    st.pills(
        "Lanes",
        list(SLOTS[: len(experiment.lanes)]),
        key="lane",
        format_func=lambda slot: _title(experiment.lanes[SLOTS.index(slot)]),
        required=True,
        help=SIDEBAR["lanes"].meaning,
        on_change=_choose,
    )
    _buttons(experiment, k)


def set_optimizer(k: int) -> Callable[[Any], Experiment]:
    """Return the change that gives lane k another optimizer."""
    return lambda optimizer: _with(k, optimizer=optimizer)


def set_schedule(k: int) -> Callable[[Any], Experiment]:
    """Return the change that gives lane k another schedule."""
    return lambda schedule: _with(k, schedule=schedule)


def show_or_hide(k: int) -> None:
    """Hide a visible lane, show a hidden one."""
    state.change(_with(k, visible=not state.experiment().lanes[k].visible))


def _with(k: int, **changes: Any) -> Experiment:
    experiment = state.experiment()
    lanes = list(experiment.lanes)
    lanes[k] = replace(lanes[k], **changes)
    return replace(experiment, lanes=tuple(lanes))


def _choose() -> None:
    slot = st.session_state["lane"]
    if slot:
        state.look(replace(state.view(), chosen=SLOTS.index(slot)))


def _buttons(experiment: Experiment, k: int) -> None:
    full, alone = len(experiment.lanes) == MOST_LANES, len(experiment.lanes) == 1
    eye = "Hide" if experiment.lanes[k].visible else "Show"
    with st.container(horizontal=True, key="lane-buttons", gap="small"):
        st.button("Add", on_click=_add, disabled=full, help=SIDEBAR["add"].meaning)
        st.button("Copy", on_click=_copy, args=(k,), disabled=full, help=SIDEBAR["copy"].meaning)
        st.button(eye, on_click=show_or_hide, args=(k,), help=SIDEBAR["hide"].meaning)
        st.button(
            "Remove", on_click=_remove, args=(k,), disabled=alone, help=SIDEBAR["remove"].meaning
        )
        help = SIDEBAR["name"].meaning
        naming = st.popover("Name", help=help, key="naming", on_change="rerun")
    if naming.open:
        with naming:
            _name(experiment, k)


def _name(experiment: Experiment, k: int) -> None:
    key = f"{SLOTS[k]}.name"
    st.session_state[key] = experiment.lanes[k].name
    st.text_input(
        "Name of this lane",
        key=key,
        placeholder=experiment.lanes[k].optimizer.title,
        on_change=lambda: state.attempt(lambda: _with(k, name=st.session_state[key].strip())),
    )


def _add() -> None:
    lanes = state.experiment().lanes
    used = {type(lane.optimizer) for lane in lanes}
    kinds: list[type[Any]] = [kind for kind in OPTIMIZERS.values() if kind not in used]
    _append(Lane((kinds or list(OPTIMIZERS.values()))[0](), color=_free_color()))


def _copy(k: int) -> None:
    _append(replace(state.experiment().lanes[k], color=_free_color(), visible=True))


def _append(lane: Lane) -> None:
    experiment = state.experiment()
    state.attempt(lambda: replace(experiment, lanes=(*experiment.lanes, lane)))
    state.look(replace(state.view(), chosen=len(state.experiment().lanes) - 1))


def _remove(k: int) -> None:
    experiment = state.experiment()
    lanes = experiment.lanes[:k] + experiment.lanes[k + 1 :]
    state.attempt(lambda: replace(experiment, lanes=lanes))
    state.look(replace(state.view(), chosen=min(k, len(state.experiment().lanes) - 1)))


def _free_color() -> str:
    used = {lane.color for lane in state.experiment().lanes}
    return next((color for color in COLORS if color not in used), COLORS[0])


def _title(lane: Lane) -> str:
    return lane.label if lane.visible else f"{lane.label} (hidden)"


def _swatches(experiment: Experiment) -> str:
    rules = (
        f".st-key-lane [role=radio]:nth-of-type({k + 1})::before"
        f"{{content:'';width:.8em;height:.8em;border-radius:50%;flex:none;margin-right:.35em;"
        f"background:light-dark({STYLES[lane.color].light},{STYLES[lane.color].dark})}}"
        for k, lane in enumerate(experiment.lanes)
    )
    return f"<style>{''.join(rules)}</style>"
