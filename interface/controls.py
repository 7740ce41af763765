"""The sidebar, generated from the declarations: nothing here knows any surface or rule by name."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any, cast

import streamlit as st

from declarations import (
    Choice,
    Declared,
    Number,
    Switch,
    Text,
    declarations,
    defaults,
    menu_key,
    say,
)
from engine.notation.letters import plain
from engine.setup.experiment import Experiment
from engine.setup.first import chosen
from interface import lanes, own_file, refusals, state, typed
from interface.lanes import Change, Part
from interface.replica import Replica
from interface.session import Refused, session
from interface.typed_number import read_typed
from labs.view import View
from lessons.guide import SIDEBAR, about
from lessons.reference import place
from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from surfaces import SURFACES, Surface
from surfaces.data.regression import Regression


def sidebar() -> None:
    """Draw every control, each repeating the experiment and changing nothing else."""
    experiment = state.experiment()
    lanes.choose(experiment)
    _lane(experiment, lanes.chosen(experiment))
    _surface(experiment)
    _run(experiment)


def _lane(experiment: Experiment, k: int) -> None:
    lane, slot, id = experiment.lanes[k], lanes.key(k), session().lanes[k]
    rule, schedule = lanes.part(id, "optimizer"), lanes.part(id, "schedule")
    _menu(f"{slot}.rule", "Optimizer", OPTIMIZERS, lane.optimizer, rule)
    _menu(f"{slot}.schedule", "Schedule", SCHEDULES, lane.schedule, schedule)
    _fields(slot, lane.optimizer, rule)
    _fields(f"{slot}.schedule", lane.schedule, schedule)


def _surface(experiment: Experiment) -> None:
    part = Part(lambda: state.experiment().surface, _set_surface)
    _menu("surface", "Surface", SURFACES, experiment.surface, part)
    _fields("surface", experiment.surface, part)
    if isinstance(experiment.surface, Regression):
        own_file.draw(experiment.surface)
    typed.about(experiment.surface)


def _set_surface(surface: Surface) -> Experiment:
    now = state.experiment()
    moved = chosen(now, surface)
    if moved.lanes != now.lanes:
        state.remark(f"Lanes, start and steps are now those that show {surface.title}.")
    elif type(surface) is not type(now.surface):
        state.remark(f"The start is now {surface.title}'s own, ({say(moved.x)}, {say(moved.y)}).")
    return moved


def _run(experiment: Experiment) -> None:
    numbers = declarations(Experiment)
    with st.container(key="run-three-abreast"):
        usual = _usual(experiment)
        refused = [
            _exact(name, numbers[name], getattr(experiment, name), _set(name), "visible")
            for name in usual
        ]
        for name in usual:
            _back(name, numbers[name], getattr(experiment, name), usual[name], _set(name))
        for refusal in refused:
            refusals.say(refusal)
    more = st.expander("Noise, seed, tolerance", key="more", on_change="rerun")
    if more.open:
        with more, st.container(key="noise-settings"):
            _noise(experiment)
    state.press("start-over", _start_over)
    st.button(
        "Start over",
        key="start-over",
        type="tertiary",
        icon=":material/restart_alt:",
        help=SIDEBAR["over"].meaning,
        on_click=_start_over,
    )


def _usual(experiment: Experiment) -> dict[str, Any]:
    x, y = experiment.surface.start
    return {"x": x, "y": y, "steps": defaults(Experiment)["steps"]}


def _start_over() -> None:
    with session().lock:
        state.change(Experiment())
        state.look(View())


def _noise(experiment: Experiment) -> None:
    numbers: Mapping[str, Any] = declarations(Experiment)
    _restored("noise", numbers["noise"], experiment.noise, _set("noise"))
    _counter("seed", numbers["seed"], experiment.seed, _set("seed"))
    _back("seed", numbers["seed"], experiment.seed, defaults(Experiment)["seed"], _set("seed"))
    _restored("tolerance", numbers["tolerance"], experiment.tolerance, _set("tolerance"))


def _restored(name: str, declaration: Any, shown: float, change: Change) -> None:
    refused = _field(name, declaration, shown, change)
    _back(name, declaration, shown, defaults(Experiment)[name], change)
    refusals.say(refused)


def _set(name: str) -> Change:
    return lambda value: replace(state.experiment(), **{name: value})


def _menu(
    key: str, label: str, menu: Mapping[str, type[Declared]], shown: Declared, part: Part
) -> None:
    names = list(menu)

    def chosen(name: Any) -> None:
        if type(part.now()) is not menu[name]:
            state.attempt(lambda: part.put(menu[name]()))

    titles = {menu[name].title: name for name in names}
    now = menu_key(shown, menu)
    state.show(key, now, chosen, _read_from(titles))
    st.selectbox(
        label,
        names,
        names.index(now),
        key=key,
        format_func=lambda n: menu[n].title,
        help=f"**{shown.title}.** {about(shown)} [Reference](reference/{place(shown)})",
    )


def _fields(slot: str, value: Declared, part: Part) -> None:
    kind, usual = type(value), defaults(type(value))
    with st.container(key=f"{slot.replace('.', '-')}-settings"):
        for name, declaration in value.declared().items():
            if name in value.unused() | _elsewhere(value):
                continue

            def set_to(new: Any, name: str = name) -> Experiment:
                now = part.now()
                same = type(now) is kind  # a late change of a rule that is gone concerns nothing
                return part.put(replace(now, **{name: new})) if same else state.experiment()

            key, shown = f"{slot}.{kind.__name__}.{name}", getattr(value, name)
            refused = _field(key, _explained(declaration, value, name), shown, set_to)
            _back(key, declaration, shown, usual[name], set_to)
            refusals.say(refused)


def _elsewhere(value: Declared) -> frozenset[str]:
    return value.elsewhere if isinstance(value, Surface) else frozenset()


def _explained(declaration: Any, value: Any, name: str) -> Any:
    """Return a setting's declaration whose help leads on to its line in the reference."""
    help = f"{declaration.help} [Reference](reference/{place(value)}#{name})"
    return replace(declaration, help=help)


def _back(key: str, declaration: Any, shown: Any, usual: Any, change: Change) -> None:
    """A small button that takes a changed setting back to its default."""
    if shown == usual or isinstance(declaration, Text):
        return

    def back() -> None:
        with session().lock:
            state.attempt(lambda: change(usual))

    state.press(f"{key}.reset", back)
    st.button(
        "",
        key=f"{key}.reset",
        icon=":material/undo:",
        type="tertiary",
        help=f"{declaration.label}: back to {declaration.write(usual)}",
        on_click=back,
    )


def _field(key: str, declaration: Any, shown: Any, change: Change) -> Refused | None:
    if isinstance(declaration, Number):
        return _number(key, declaration, shown, change)
    if isinstance(declaration, Text):
        typed.field(key, declaration, shown, change)
    elif isinstance(declaration, Switch):
        _switch(key, declaration, shown, change)
    else:
        _choice(key, declaration, shown, change)
    return None


def _show(key: str, shown: Any, change: Change, read: Callable[[str], Hashable]) -> Replica:
    return state.show(key, shown, lambda value: state.attempt(lambda: change(value)), read)


def _read_from(texts: Mapping[str, Hashable]) -> Callable[[str], Hashable]:
    def read(text: str) -> Hashable:
        if text not in texts:
            raise ValueError(f"{text!r} is not on this menu")
        return texts[text]

    return read


def _number(key: str, declaration: Number, shown: float, change: Change) -> Refused | None:
    _slider(key, declaration, shown, change)
    return _exact(key, declaration, shown, change, "collapsed")


def _slider(key: str, declaration: Number, shown: float, change: Change) -> None:
    def set_to(stop: Any) -> Experiment:
        return change(declaration.read(declaration.write(stop)))

    replica = _show(key, shown, set_to, declaration.read)
    stops = sorted({*declaration.stops(), shown, *cast(set[float], replica.values())})
    st.select_slider(
        _label(declaration),
        [Fraction(stop) for stop in stops],  # floats closer than 1e-15 are one to Streamlit
        Fraction(shown),
        key=key,
        format_func=declaration.write,
        help=declaration.help,
    )


def _counter(key: str, declaration: Any, shown: int, change: Change) -> None:
    """A number of which only "another one" matters: two buttons step it."""
    _show(key, shown, change, declaration.read)
    st.number_input(
        _label(declaration),
        int(declaration.low),
        int(declaration.high),
        shown,
        key=key,
        step=1,
        help=declaration.help,
    )


def _exact(key: str, declaration: Any, shown: float, change: Change, label: Any) -> Refused | None:
    key, written = f"{key}.exact", declaration.write(shown)
    text, refused = refusals.show(key, written, lambda text: change(read_typed(declaration, text)))
    st.text_input(
        declaration.label if label == "visible" else f"{declaration.label}, exactly",
        text,
        key=key,
        label_visibility=label,
        help=declaration.help if label == "visible" else None,
    )
    return refused


def _switch(key: str, declaration: Switch, shown: bool, change: Change) -> None:
    _show(key, shown, change, declaration.read)
    st.toggle(declaration.label, shown, key=key, help=declaration.help)


def _choice(key: str, declaration: Choice, shown: str, change: Change) -> None:
    titles = {declaration.titled(option): option for option in declaration.options}
    _show(key, shown, change, _read_from(titles))
    st.selectbox(
        declaration.label,
        declaration.options,
        declaration.options.index(shown),
        key=key,
        format_func=declaration.titled,
        help=declaration.help,
    )


def _label(declaration: Number) -> str:
    symbol = plain(declaration.symbol)
    said = not symbol or symbol in declaration.label.split()
    return declaration.label if said else f"{declaration.label} {symbol}"
