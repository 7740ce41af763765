"""The controls and the address repeat the experiment; what a person does is taken in, in order.

A run of the script first takes in everything that a person has done since, in one piece that no
newer run can cut in two, and then draws. Whatever is on the page repeats the experiment: it is
written when the browser is not known to show it, and never read but for what a person set.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from contextlib import suppress

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from engine.setup.experiment import Experiment
from engine.setup.link import write
from interface import open_lesson
from interface.acts import Act, news
from interface.replica import Clock, Replica
from interface.session import Opened, Pairs, Session, resume, session
from labs.view import View, write_view
from surfaces.data.shelf import SHELF

Heard = Callable[[str, object], None]

BEGUN, COMPLETE = "clock-begun", "clock-complete"
"""Two fields that nobody sees: the browser sends back how far it has come with the writes."""


class _Sent(str):
    """A number written to the clock: what comes back from the browser is a plain text."""

    __slots__ = ()


def begin(hear: Heard) -> None:
    """Open the address on the first run; on every later one take in what a person has done.

    The address is read again only when the browser says that a person opened one: the address
    that comes with a rerun may be older than the last one written. The framework says so once, in
    a message that a newer one may overtake; the stage says it again until it is heard.
    """
    own, address = resume(), st.query_params.to_dict()
    with own.lock:
        clock, values, acts = _clock(), _values(own), _acts(own)
        _only_if_newest()
        own.run += 1
        if own.opened is None or _went_back_or_forward():
            open_address(address)
        for act in acts:
            own.taken = act.n
            hear(act.name, act.value)
        _take_in(own, clock, values, address)
    _tick(BEGUN)


def end() -> None:
    """Bring the address up to date once the controls are drawn; note which are there no more.

    The browser keeps the earlier address for Back. What follows repeats nothing, and may take long:
    a person may use the controls meanwhile.
    """
    own = session()
    with own.lock:
        _only_if_newest()
        _write_address(own)
        for replica in own.replicas.values():
            if replica.drawn < own.run and replica.gone is None:
                replica.gone = own.run
    _tick(COMPLETE)


def show(
    key: str,
    shown: Hashable,
    take: Callable[[object], None],
    read: Callable[[str], Hashable] = str,
    face: Hashable = None,
) -> Replica:
    """Let the control that is drawn next show a value, and `take` in what a person sets there.

    `read` says what a text shown there stands for (ValueError for nothing); `face` is how the value
    is spelled there, if that can change while the value stays. The control is drawn with the value
    as its default: the browser may build it later than a newer run that writes nothing more, and
    then shows, and sends, the default.
    """
    own = session()
    with own.lock:
        _only_if_newest()
        replica = own.replicas.setdefault(key, Replica())
        due = replica.due(shown, face) or replica.gone is not None
        replica.take, replica.read = take, read
        replica.drawn, replica.gone = own.run, None
        if due:
            replica.wrote(own.run, shown, face)
            st.session_state[key] = shown
    return replica


def press(key: str, do: Callable[[], None]) -> None:
    """Let the button that is drawn next do something, as often as it is pressed."""
    own = session()
    with own.lock:
        _only_if_newest()
        replica = own.replicas.setdefault(key, Replica())
        replica.take, replica.drawn, replica.gone = lambda _: do(), own.run, None


def was_set(said: object) -> None:
    """Take in what a person has set in a control, by its name on the page and the text there."""
    if isinstance(said, dict):
        replica = _named(said.get("name"))
        with suppress(ValueError):  # what stands for nothing is left to the control itself
            replica.told(str(said.get("text")))


def was_pressed(name: object) -> None:
    """Do what a button does, by its name on the page."""
    _named(name).take(None)


def open_address(address: Pairs) -> None:
    """Put on screen what an address says that a person has opened."""
    own = session()
    seen, own.notices = open_lesson.opened(address)
    own.experiment, own.view, own.open_lesson = seen
    own.opened = Opened(address, seen)
    own.wanted = address if SHELF.lacks(address.get("surface.file", "")) else None
    own.count_lanes()


def experiment() -> Experiment:
    """Return the experiment on screen."""
    return session().experiment


def view() -> View:
    """Return how it is being looked at."""
    return session().view


def change(new: Experiment, *notices: str) -> None:
    """Put another experiment on screen, with what the user should be told about it."""
    own = session()
    own.experiment, own.notices = new, notices
    own.count_lanes()


def remark(text: str) -> None:
    """Say once, in passing, what a change has brought with it."""
    session().remarks = (text,)


def remarks() -> tuple[str, ...]:
    """Return what is to be said in passing, and forget it."""
    own = session()
    found, own.remarks = own.remarks, ()
    return found


def as_opened() -> bool:
    """Return whether the page shows what its address said when it was opened, and nothing newer."""
    own = session()
    return own.opened is not None and own.opened.seen == own.seen()


def look(new: View) -> None:
    """Change how the experiment is looked at."""
    session().view = new


def attempt(make: Callable[[], Experiment]) -> None:
    """Put on screen what `make` returns; if it refuses, keep everything and say why."""
    try:
        change(make())
    except ValueError as problem:
        session().notices = (str(problem),)


def forget_notices() -> None:
    """Take away what the user has read."""
    own = session()
    with own.lock:
        own.notices = ()


def notices() -> tuple[str, ...]:
    """Return what the user should be told about the last change."""
    return session().notices


def _only_if_newest() -> None:
    """End here a run that a newer one has overtaken: every look at the session's state does."""
    st.session_state.get("session")


def _went_back_or_forward() -> bool:
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def _clock() -> Clock:
    found = [st.session_state.get(key) for key in (BEGUN, COMPLETE)]
    begun, complete = (0 if isinstance(n, _Sent) or n is None else _count(n) for n in found)
    return Clock(max(begun, complete), complete)


def _named(name: object) -> Replica:
    """Return the control of that name on the page; one that is gone does nothing."""
    found = (one for key, one in session().replicas.items() if _on_page(key) == name)
    return next(found, Replica())


def _on_page(key: str) -> str:
    """Return how Streamlit spells a key in the page's class names."""
    return re.sub("[^a-zA-Z0-9_-]", "-", key)


def _count(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _values(own: Session) -> dict[str, Hashable]:
    return {key: st.session_state[key] for key in own.replicas if key in st.session_state}


def _acts(own: Session) -> list[Act]:
    """Return what was done on the stage since the last act taken in, in its order."""
    told = st.session_state["stage"].get("acts") if "stage" in st.session_state else None
    return news(told, own.token, own.taken)


def _take_in(own: Session, clock: Clock, values: Mapping[str, Hashable], address: Pairs) -> None:
    own.address.heard(_frozen(address), clock)
    own.address.known = _frozen(address)
    for key, replica in list(own.replicas.items()):
        if key in values and replica.heard(values[key], clock):
            replica.take(values[key])
        if replica.gone is not None and replica.gone <= clock.complete:
            del own.replicas[key]


def _write_address(own: Session) -> None:
    pairs = _told(own)
    if own.address.due(_frozen(pairs)):
        own.address.wrote(own.run, _frozen(pairs))
        st.query_params.from_dict(pairs)


def _told(own: Session) -> Pairs:
    if own.opened is not None and as_opened():
        return own.opened.address
    if own.open_lesson is None:
        return write(own.experiment) | write_view(own.view)
    return open_lesson.written(own.open_lesson, own.experiment, own.view)


def _frozen(pairs: Pairs) -> Hashable:
    return tuple(sorted(pairs.items()))


def _tick(key: str) -> None:
    """Send how far the session has come: the run's number, and of which acts it knows."""
    own = session()
    st.session_state[key] = _Sent(own.run)
    st.text_input(f"{own.token} {own.taken}", key=key, label_visibility="collapsed")
