"""The lanes of the race in the sidebar: choose, add, duplicate, hide, remove."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import streamlit as st

from engine.setup.experiment import COLORS, MOST_LANES, Experiment, Lane
from engine.setup.labels import labels
from engine.setup.link import SLOTS
from interface import assets, state
from interface.session import session
from lessons.guide import SIDEBAR
from optimizers import OPTIMIZERS
from packets.palette import STYLES

OFFERED = ("gradient_descent", "momentum_lecture", "adam", "rmsprop", "nesterov", "local_gains")
"""The rules that *Add* offers first: no two of them walk the same path."""

_component = st.components.v2.component(
    "loss_surface_lanes", js=assets.loader("lanes"), isolate_styles=False
)

Change = Callable[[Any], Experiment]
"""Returns the present experiment with one thing set to a value."""


class Part(NamedTuple):
    """Something the experiment has one of: what it is now, and the experiment with another."""

    now: Callable[[], Any]
    put: Change


def chosen(experiment: Experiment) -> int:
    """Return which lane's settings are shown."""
    return state.view().lane(experiment)


def choose(experiment: Experiment) -> None:
    """Draw the lanes to choose from, and the buttons that act on the chosen one."""
    k, ids = chosen(experiment), session().lanes
    said = {"taken": session().taken, "token": session().token, "chosen": ids[k]}
    _component(key="lane", data=said | {"lanes": list(_told(experiment))})
    _buttons(experiment, k)


def key(k: int) -> str:
    """Return how the controls of lane k are called, never the same for two lanes."""
    removed = session().removed
    return f"{SLOTS[k]}.{removed}" if removed else SLOTS[k]


def part(id: int, name: str) -> Part:
    """Return the optimizer or the schedule of a lane, wherever it stands by now."""

    def now() -> Any:
        k = place(id)
        return None if k is None else getattr(state.experiment().lanes[k], name)

    return Part(now, lambda value: _with(id, **{name: value}))


def place(id: object) -> int | None:
    """Return where the lane of that identity stands; None if it is gone."""
    ids = session().lanes
    return ids.index(id) if isinstance(id, int) and id in ids else None


def choose_lane(id: object) -> None:
    """Show the settings of a lane."""
    k = place(id)
    if k is not None:
        state.look(replace(state.view(), chosen=k))


def show_or_hide(id: object) -> None:
    """Hide a visible lane, show a hidden one."""
    k = place(id)
    if k is not None:
        state.change(_with(id, visible=not state.experiment().lanes[k].visible))


def _with(id: object, **changes: Any) -> Experiment:
    experiment, k = state.experiment(), place(id)
    if k is None:
        return experiment
    lanes = list(experiment.lanes)
    lanes[k] = replace(lanes[k], **changes)
    return replace(experiment, lanes=tuple(lanes))


def _buttons(experiment: Experiment, k: int) -> None:
    full, alone = len(experiment.lanes) == MOST_LANES, len(experiment.lanes) == 1
    eye = "Hide" if experiment.lanes[k].visible else "Show"
    with st.container(horizontal=True, key="lane-buttons", gap="small"):
        _button("Add", "add", _add, disabled=full)
        _button("Copy", "copy", _copy, disabled=full)
        _button(eye, "hide", _eye, disabled=False)
        _button("Remove", "remove", _remove, disabled=alone)
        help = SIDEBAR["name"].meaning
        naming = st.popover("Name", help=help, key="naming", on_change="rerun")
    if naming.open:
        with naming:
            _name(experiment, k)


def _button(label: str, word: str, do: Callable[[], None], disabled: bool) -> None:
    """A button whose presses the stage counts: two within one rerun are two."""
    state.press(f"lane-{word}", do)
    st.button(label, key=f"lane-{word}", help=SIDEBAR[word].meaning, disabled=disabled)


def _name(experiment: Experiment, k: int) -> None:
    id, called = session().lanes[k], f"{key(k)}.name"

    def name(text: Any) -> None:
        state.attempt(lambda: _with(id, name=text.strip()))

    lane = experiment.lanes[k]
    state.show(called, lane.name, name)
    title = lane.optimizer.title
    st.text_input("Name of this lane", lane.name, key=called, placeholder=title)


def _add() -> None:
    lanes = state.experiment().lanes
    used = {type(lane.optimizer) for lane in lanes}
    offered: list[type[Any]] = [OPTIMIZERS[key] for key in OFFERED]
    kinds = [kind for kind in (*offered, *OPTIMIZERS.values()) if kind not in used]
    _append(Lane((kinds or list(OPTIMIZERS.values()))[0](), color=_free_color()))


def _copy() -> None:
    lane = state.experiment().lanes[chosen(state.experiment())]
    _append(replace(lane, color=_free_color(), visible=True))


def _eye() -> None:
    show_or_hide(session().lanes[chosen(state.experiment())])


def _append(lane: Lane) -> None:
    experiment = state.experiment()
    if len(experiment.lanes) < MOST_LANES:
        state.change(replace(experiment, lanes=(*experiment.lanes, lane)))
    state.look(replace(state.view(), chosen=len(state.experiment().lanes) - 1))


def _remove() -> None:
    experiment, own = state.experiment(), session()
    if len(experiment.lanes) == 1:
        return
    k = chosen(experiment)
    del own.lanes[k]
    own.removed += 1
    lanes = experiment.lanes[:k] + experiment.lanes[k + 1 :]
    state.change(replace(experiment, lanes=lanes))
    state.look(replace(state.view(), chosen=min(k, len(lanes) - 1)))


def _free_color() -> str:
    used = {lane.color for lane in state.experiment().lanes}
    return next((color for color in COLORS if color not in used), COLORS[0])


def _told(experiment: Experiment) -> Iterator[dict[str, Any]]:
    for id, lane, label in zip(session().lanes, experiment.lanes, labels(experiment), strict=True):
        style, title = STYLES[lane.color], label if lane.visible else f"{label} (hidden)"
        yield {"id": id, "title": title, "light": style.light, "dark": style.dark}
