"""What one open page is about, kept between the runs of its script."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from secrets import token_hex
from threading import RLock
from typing import NamedTuple

import streamlit as st

from engine.setup.experiment import Experiment
from interface.opened_file import OpenedFile
from interface.replica import Replica
from labs.view import View
from lessons.lesson import Lesson
from lessons.sitting import Sitting
from surfaces.data.tables import Table

Pairs = Mapping[str, str]


class OpenLesson(NamedTuple):
    """The lesson that is open and how far it has come."""

    lesson: Lesson
    sitting: Sitting


class Seen(NamedTuple):
    """All that an address tells."""

    experiment: Experiment
    view: View
    open_lesson: OpenLesson | None


class Opened(NamedTuple):
    """An address as it was opened, however it was spelled, and what it showed."""

    address: Pairs
    seen: Seen


class Refused(NamedTuple):
    """A text that cannot be used, what is shown of the experiment instead, and why."""

    instead: str
    typed: str
    problem: str
    place: int | None


@dataclass
class Session:
    """The experiment, the view, and what the browser is known to show of them.

    Only the newest run of the script may change it, and only while it holds the lock.
    """

    experiment: Experiment = field(default_factory=Experiment)
    view: View = field(default_factory=View)
    open_lesson: OpenLesson | None = None
    own_lesson: Lesson | None = None
    answers: dict[str, Sitting] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    opened: Opened | None = None
    lanes: list[int] = field(default_factory=list)
    made: int = 0
    removed: int = 0
    run: int = 0
    taken: int = 0
    token: str = field(default_factory=lambda: token_hex(8))
    address: Replica = field(default_factory=lambda: Replica(fresh=False))
    refused: dict[str, Refused] = field(default_factory=dict)
    replicas: dict[str, Replica] = field(default_factory=dict)
    file: OpenedFile | None = None
    tables: list[Table] = field(default_factory=list)
    wanted: Pairs | None = None
    lock: RLock = field(default_factory=RLock)

    def seen(self) -> Seen:
        """Return all that the address is to tell."""
        return Seen(self.experiment, self.view, self.open_lesson)

    def count_lanes(self) -> None:
        """Give every lane an identity of its own that it keeps while others come and go."""
        del self.lanes[len(self.experiment.lanes) :]
        while len(self.lanes) < len(self.experiment.lanes):
            self.made += 1
            self.lanes.append(self.made)


_running: ContextVar[Session | None] = ContextVar("session", default=None)


def session() -> Session:
    """Return the session that the present run belongs to."""
    found: Session = _running.get() or st.session_state["session"]
    return found


def resume() -> Session:
    """Return the session of this page, a new one on its first run, for the rest of the run."""
    if "session" not in st.session_state:
        st.session_state["session"] = Session()
    own: Session = st.session_state["session"]
    _running.set(own)
    return own
