"""What a browser is known to show, told from what only was sent to it.

Between a page and its script lie a wire and a rerun. Every write carries a number, and every
message from the browser says how far it had come with the writes when it was sent (a Lamport
clock). So a value that arrives is either what the browser had, or what a write gave it, or what
a person has done; only the last is a change, and it is newer than every write it had not seen.

What a person does is told besides, in its order among all else that is done there: then the value
that arrives is only what was said already. A control may hand its value over a while after that was
told, so the value that comes together with what was told is older.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import NamedTuple


class Clock(NamedTuple):
    """How far the browser had come: the newest run begun there, and the newest one complete."""

    begun: int
    complete: int


class Write(NamedTuple):
    """A value on its way to the browser, and the number of the run that sent it."""

    n: int
    value: Hashable


def ignore(_: object) -> None:
    """Take a change in without doing anything."""


class Nothing(NamedTuple):
    """What no control ever shows."""


NOTHING = Nothing()


@dataclass
class Replica:
    """One control in the browser: the value last known there, and the writes not yet confirmed.

    `take` applies what a person has set, `read` says what a text shown there stands for; `gone` is
    the run from which on it is no longer drawn. What is `said` of it has `overtaken` a value.
    """

    take: Callable[[object], None] = ignore
    read: Callable[[str], Hashable] = str
    known: Hashable = None
    said: Hashable = NOTHING
    overtaken: Hashable = NOTHING
    just_told: bool = False
    face: Hashable = None
    fresh: bool = True
    writes: list[Write] = field(default_factory=list)
    drawn: int = 0
    gone: int | None = None

    def heard(self, value: Hashable, clock: Clock) -> bool:
        """Take in the value of a message, and return whether a person has set it."""
        confirmed = [write for write in self.writes if write.n <= clock.complete]
        self.writes = [write for write in self.writes if write.n > clock.complete]
        if confirmed:
            self.known, self.fresh = confirmed[-1].value, False
        just_told, self.just_told = self.just_told, False
        if value == self.said:
            self.known, self.fresh = value, False
            self.said = self.overtaken = NOTHING
            return False
        if self.fresh and not any(write.n <= clock.begun for write in self.writes):
            return False
        if just_told or value != self.overtaken:
            self.overtaken = value if just_told else NOTHING
        new = (self.fresh or value != self.known) and value != self.overtaken
        self.known, self.fresh = value, False
        return new and not self._explained(value, clock)

    def told(self, text: str) -> None:
        """Take in what a person is said to have set there; its value will come as well.

        ValueError if the text stands for nothing that can be set.
        """
        self.said, self.just_told = self.read(text), True
        self.take(self.said)

    def due(self, shown: Hashable, face: Hashable = None) -> bool:
        """Return whether a run must write: not known to be shown, or an older write may land.

        What a person is said to have set there is shown, though its value has not come yet: to
        write it would take back what has been set since.
        """
        there = self.known if self.said is NOTHING else self.said
        return self.fresh or bool(self.writes) or there != shown or self.face != face

    def wrote(self, n: int, value: Hashable, face: Hashable = None) -> None:
        """Note that run n sends a value."""
        self.writes.append(Write(n, value))
        self.face = face

    def values(self) -> set[Hashable]:
        """Return every value that the browser may be showing."""
        found = {write.value for write in self.writes}
        return found if self.fresh else {self.known, *found}

    def _explained(self, value: Hashable, clock: Clock) -> bool:
        """Return whether a run that was cut short may have shown the value."""
        return any(write.value == value for write in self.writes if write.n <= clock.begun)
