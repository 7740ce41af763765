"""What is done on the stage, act by act, and what each does to the experiment or the view."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from declarations import declarations
from engine.setup.experiment import Experiment
from engine.setup.link import SLOTS, changed, from_json
from interface import lanes, lesson_acts, state
from labs.view import View
from lessons.examples import EXAMPLES

LARGEST = 6_000_000
"""The most characters of an experiment's file that are read."""

MOST_PARAMETERS = 1000
"""Streamlit reads no address of more parameters than this."""

FRAMEWORKS_OWN = ("embed", "embed_options")
"""Parameters of an address that Streamlit keeps to itself."""


def hear(name: str, value: object) -> None:
    """Take in one thing that was done on the stage, or on a button whose presses it counts."""
    heard = HEARD.get(name)
    if heard:
        heard(value)


def _placed(point: object) -> None:
    sides = [point.get(side) for side in "xy"] if isinstance(point, dict) else [None]
    if all(isinstance(side, int | float) for side in sides):
        x, y = (float(f"{side:.6g}") for side in sides)
        state.attempt(lambda: replace(state.experiment(), x=x, y=y))


def _file(text: object) -> None:
    """Put the experiment of a saved file on screen; if it is none, keep everything and say why."""
    if not isinstance(text, str):
        return
    try:
        experiment, problems = read_file(text)
    except ValueError as problem:
        state.change(state.experiment(), f"Not opened: {problem}. Nothing has changed.")
    else:
        state.change(experiment, *problems)
        state.remark("Opened. Back returns to what was here before.")


def read_file(text: str) -> tuple[Experiment, tuple[str, ...]]:
    """Return a file's experiment and what had to be replaced; ValueError if it is too large."""
    if len(text) > LARGEST:
        raise ValueError(f"this file has {len(text):,} characters; at most {LARGEST:,} are read")
    return from_json(text)


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
