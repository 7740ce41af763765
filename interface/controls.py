"""The sidebar, generated from the declarations: nothing here knows any surface or rule by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

import streamlit as st

from declarations import Choice, Declared, Number, Switch, Text, declarations, say
from engine.notation.letters import plain
from engine.setup.experiment import Experiment
from engine.setup.link import SLOTS
from interface import lanes, state, typed
from interface.typed_number import read_typed
from optimizers import OPTIMIZERS
from packets.guide import about
from schedules import SCHEDULES
from surfaces import SURFACES, Surface

D = TypeVar("D", bound=Declared)


def sidebar() -> None:
    """Draw every control, each showing the experiment and changing nothing else."""
    experiment = state.experiment()
    lanes.choose(experiment)
    _lane(experiment, lanes.chosen(experiment))
    _surface(experiment)
    _run(experiment)


def _lane(experiment: Experiment, k: int) -> None:
    lane, slot = experiment.lanes[k], SLOTS[k]
    _menu(f"{slot}.rule", "Optimizer", OPTIMIZERS, lane.optimizer, lanes.set_optimizer(k))
    _menu(f"{slot}.schedule", "Schedule", SCHEDULES, lane.schedule, lanes.set_schedule(k))
    _fields(slot, lane.optimizer, lanes.set_optimizer(k))
    _fields(f"{slot}.schedule", lane.schedule, lanes.set_schedule(k))


def _surface(experiment: Experiment) -> None:
    def change(surface: Surface) -> Experiment:
        moved = state.experiment().on(surface)
        if type(surface) is not type(experiment.surface):
            state.remark(
                f"The start is now {surface.title}'s own, ({say(moved.x)}, {say(moved.y)})."
            )
        return moved

    _menu("surface", "Surface", SURFACES, experiment.surface, change)
    _fields("surface", experiment.surface, change)
    typed.about(experiment.surface)


def _run(experiment: Experiment) -> None:
    numbers = declarations(Experiment)
    with st.container(key="run-three-abreast"):
        for name in ("x", "y", "steps"):
            _exact(name, numbers[name], getattr(experiment, name), _set(name), "visible")
    more = st.expander("Noise, seed, tolerance", key="more", on_change="rerun")
    if more.open:
        with more, st.container(key="noise-settings"):
            _noise(experiment)


def _noise(experiment: Experiment) -> None:
    numbers = declarations(Experiment)
    _field("noise", numbers["noise"], experiment.noise, _set("noise"))
    _counter("seed", numbers["seed"], experiment.seed, _set("seed"))
    _field("tolerance", numbers["tolerance"], experiment.tolerance, _set("tolerance"))


def _set(name: str) -> Callable[[Any], Experiment]:
    return lambda value: replace(state.experiment(), **{name: value})


def _menu(
    key: str,
    label: str,
    menu: Mapping[str, type[D]],
    shown: Declared,
    change: Callable[[D], Experiment],
) -> None:
    names = list(menu)
    st.session_state[key] = next(name for name in names if menu[name] is type(shown))

    def changed() -> None:
        state.attempt(lambda: change(menu[st.session_state[key]]()))

    st.selectbox(
        label,
        names,
        key=key,
        format_func=lambda n: menu[n].title,
        help=f"**{shown.title}.** {about(shown)}",
        on_change=changed,
    )


def _fields(slot: str, value: D, change: Callable[[D], Experiment]) -> None:
    kind = type(value).__name__
    with st.container(key=f"{slot.replace('.', '-')}-settings"):
        for name, declaration in declarations(type(value)).items():
            if name in value.unused():
                continue

            def set_to(new: Any, name: str = name) -> Experiment:
                return change(replace(value, **{name: new}))

            _field(f"{slot}.{kind}.{name}", declaration, getattr(value, name), set_to)


def _field(key: str, declaration: Any, shown: Any, change: Callable[[Any], Experiment]) -> None:
    if isinstance(declaration, Number):
        _number(key, declaration, shown, change)
    elif isinstance(declaration, Text):
        typed.field(key, declaration, shown, change)
    elif isinstance(declaration, Switch):
        _switch(key, declaration, shown, change)
    else:
        _choice(key, declaration, shown, change)


def _number(
    key: str, declaration: Number, shown: float, change: Callable[[Any], Experiment]
) -> None:
    _slider(key, declaration, shown, change)
    _exact(key, declaration, shown, change, "collapsed")


def _slider(
    key: str, declaration: Number, shown: float, change: Callable[[Any], Experiment]
) -> None:
    stops = sorted({*declaration.stops(), shown})
    st.session_state[key] = shown
    st.select_slider(
        _label(declaration),
        stops,
        key=key,
        format_func=declaration.write,
        help=declaration.help,
        on_change=lambda: state.attempt(lambda: change(st.session_state[key])),
    )


def _counter(key: str, declaration: Any, shown: int, change: Callable[[Any], Experiment]) -> None:
    """A number of which only "another one" matters: two buttons step it."""
    st.session_state[key] = shown
    st.number_input(
        _label(declaration),
        int(declaration.low),
        int(declaration.high),
        key=key,
        step=1,
        help=declaration.help,
        on_change=lambda: state.attempt(lambda: change(st.session_state[key])),
    )


def _exact(
    key: str,
    declaration: Any,
    shown: float,
    change: Callable[[Any], Experiment],
    label: Any,
) -> None:
    key = f"{key}.exact"
    st.session_state[key] = declaration.write(shown)

    def changed() -> None:
        state.attempt(lambda: change(read_typed(declaration, st.session_state[key])))

    st.text_input(
        declaration.label if label == "visible" else f"{declaration.label}, exactly",
        key=key,
        label_visibility=label,
        help=declaration.help if label == "visible" else None,
        on_change=changed,
    )


def _switch(
    key: str, declaration: Switch, shown: bool, change: Callable[[Any], Experiment]
) -> None:
    st.session_state[key] = shown
    st.toggle(
        declaration.label,
        key=key,
        help=declaration.help,
        on_change=lambda: state.attempt(lambda: change(st.session_state[key])),
    )


def _choice(key: str, declaration: Choice, shown: str, change: Callable[[Any], Experiment]) -> None:
    st.session_state[key] = shown
    st.selectbox(
        declaration.label,
        declaration.options,
        key=key,
        help=declaration.help,
        on_change=lambda: state.attempt(lambda: change(st.session_state[key])),
    )


def _label(declaration: Number) -> str:
    symbol = plain(declaration.symbol)
    said = not symbol or symbol in declaration.label.split()
    return declaration.label if said else f"{declaration.label} {symbol}"
