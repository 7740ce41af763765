"""Rooms: a class that takes part, what its lecturer shows it, and the answers it gives.

They are kept in a file that all processes serving the app share: it matters to nobody which of them
answers a page, and one that dies takes no answer with it. No names are kept, and a room that nobody
has used for two hours is gone.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from lessons.headers import RoomAnswer
from lessons.sitting import PHASES

LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"
"""Of these a room's code is made: no vowels, and nothing that can be taken for something else."""

LENGTH = 4
LIFE = 2 * 3600.0
"""Seconds for which a room outlives its last use."""

SEEN = 30.0
"""Seconds for which a page counts as present after it was last heard of."""

_TABLES = """
create table if not exists rooms (
  code text primary key, key text, opener text, lesson text, phase text, shown text,
  version integer, used real
);
create table if not exists answers (
  code text, lesson text, phase text, who text, answer text, reason text,
  primary key (code, lesson, phase, who)
) without rowid;
create table if not exists present (
  code text, who text, seen real, primary key (code, who)
) without rowid;
"""


class NoRoom(LookupError):
    """There is no such room, or no more."""


class NotTheLecturer(PermissionError):
    """Only the page that opened a room may do this."""


class Full(ValueError):
    """There are as many of something as there may be; in words."""


class Limits(NamedTuple):
    """How many rooms there may be in all and of one address, and pages in one of them."""

    rooms: int = 200
    rooms_of_one: int = 50
    pages: int = 1000


class Standing(NamedTuple):
    """What a room shows (JSON), how many pages are there or have answered, how many answered."""

    version: int
    shown: str
    present: int
    answered: int


class Rooms:
    """The rooms in one file; every function may be called from any thread."""

    def __init__(
        self,
        path: Path,
        limits: Limits | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Use a file, which is made when the first room is opened."""
        self._path, self._limits, self._now = path, limits or Limits(), now
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None

    def open(self, opener: str) -> tuple[str, str]:
        """Open a room and return its code and its lecturer's key; Full if there is no place."""
        with self._used() as file:
            count, own = file.execute(
                "select count(*), count(*) filter (where opener = ?) from rooms", (opener,)
            ).fetchone()
            if count >= self._limits.rooms or own >= self._limits.rooms_of_one:
                raise Full("There are as many classes open here as there may be.")
            code = self._free(file)
            key = secrets.token_urlsafe(16)
            file.execute(
                "insert into rooms values (?, ?, ?, '', '', '', 1, ?)",
                (code, key, opener, self._now()),
            )
            return code, key

    def close(self, code: str, key: str) -> None:
        """End a room and forget all its answers."""
        with self._used() as file:
            self._owned(file, code, key)
            _remove(file, code)

    def show(self, code: str, key: str, shown: str, lesson: str, phase: str) -> None:
        """Keep what the lecturer shows; `lesson` and `phase` are empty where it is no lesson.

        A lesson that is opened anew is asked anew.
        """
        with self._used() as file:
            self._owned(file, code, key)
            before = _found(file, code)[2]
            if before != lesson and phase == PHASES[0]:
                file.execute("delete from answers where code = ? and lesson = ?", (code, lesson))
            file.execute(
                "update rooms set shown = ?, lesson = ?, phase = ?, used = ? where code = ?",
                (shown, lesson, phase, self._now(), code),
            )
            _changed(file, code)

    def standing(self, code: str) -> Standing:
        """Return how a room stands; NoRoom if there is none."""
        with self._used() as file:
            version, shown, lesson, phase = _found(file, code)
            given = "select who from answers where code = ? and lesson = ? and phase = ?"
            of = (code, lesson, phase)
            present, answered = file.execute(
                "select (select count(*) from (select who from present where code = ? and seen > ?"
                f" union {given})), (select count(*) from ({given}))",
                (code, self._now() - SEEN, *of, *of),
            ).fetchone()
            return Standing(version, shown, present, answered)

    def asks(self, code: str) -> tuple[str, str]:
        """Return the lesson and the phase that a room shows."""
        with self._used() as file:
            return _found(file, code)[2:]

    def answer(self, code: str, who: str, of: tuple[str, str], said: RoomAnswer) -> None:
        """Keep a page's answer to the question of a lesson's phase, instead of an earlier one."""
        with self._used() as file:
            _found(file, code)
            self._attend(file, code, who)
            file.execute(
                "insert or replace into answers values (?, ?, ?, ?, ?, ?)",
                (code, *of, who, said["answer"], said["reason"]),
            )
            file.execute("update rooms set used = ? where code = ?", (self._now(), code))
            _changed(file, code)

    def answers(self, code: str, key: str, of: tuple[str, str]) -> list[RoomAnswer]:
        """Return the answers to a question, in no order that tells whose they are."""
        with self._used() as file:
            self._owned(file, code, key)
            rows = file.execute(
                "select answer, reason from answers where code = ? and lesson = ? and phase = ?"
                " order by answer, reason",
                (code, *of),
            )
            return [{"answer": answer, "reason": reason} for answer, reason in rows]

    def attend(self, code: str, who: str) -> None:
        """Note that a page is there; Full if there are too many."""
        with self._used() as file:
            _found(file, code)
            self._attend(file, code, who)

    def leave(self, code: str, who: str) -> None:
        """Note that a page is there no more."""
        with self._used() as file:
            file.execute("delete from present where code = ? and who = ?", (code, who))
            _changed(file, code)

    def _attend(self, file: sqlite3.Connection, code: str, who: str) -> None:
        now = self._now()
        known = file.execute(
            "update present set seen = ? where code = ? and who = ?", (now, code, who)
        ).rowcount
        if known:
            return
        file.execute("delete from present where code = ? and seen <= ?", (code, now - SEEN))
        count = file.execute("select count(*) from present where code = ?", (code,)).fetchone()[0]
        if count >= self._limits.pages:
            raise Full("This class is full.")
        file.execute("insert into present values (?, ?, ?)", (code, who, now))
        _changed(file, code)

    def _owned(self, file: sqlite3.Connection, code: str, key: str) -> None:
        _found(file, code)
        own = file.execute("select key from rooms where code = ?", (code,)).fetchone()[0]
        if not secrets.compare_digest(own.encode(), key.encode()):
            raise NotTheLecturer

    def _forget(self, file: sqlite3.Connection) -> None:
        old = file.execute("select code from rooms where used < ?", (self._now() - LIFE,))
        for (code,) in old.fetchall():
            _remove(file, code)

    @contextmanager
    def _used(self) -> Iterator[sqlite3.Connection]:
        """Give the file to one thread at a time; what is done is kept whole or not at all."""
        with self._lock:
            if self._connection is None:
                self._connection = _connected(self._path)
            with self._connection:
                self._forget(self._connection)
                yield self._connection

    @staticmethod
    def _free(file: sqlite3.Connection) -> str:
        while True:
            code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
            if not file.execute("select 1 from rooms where code = ?", (code,)).fetchone():
                return code


def _connected(path: Path) -> sqlite3.Connection:
    """Open the file; PermissionError where its folder is somebody else's, who could read it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if hasattr(os, "getuid") and path.parent.stat().st_uid not in (os.getuid(), 0):
        raise PermissionError(f"{path.parent} belongs to another user")
    connection = sqlite3.connect(path, timeout=5.0, check_same_thread=False)
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = normal")
    connection.executescript(_TABLES)
    return connection


def _found(file: sqlite3.Connection, code: str) -> tuple[int, str, str, str]:
    found: tuple[int, str, str, str] | None = file.execute(
        "select version, shown, lesson, phase from rooms where code = ?", (code,)
    ).fetchone()
    if found is None:
        raise NoRoom(code)
    return found


def _changed(file: sqlite3.Connection, code: str) -> None:
    file.execute("update rooms set version = version + 1 where code = ?", (code,))


def _remove(file: sqlite3.Connection, code: str) -> None:
    for table in ("rooms", "answers", "present"):
        file.execute(f"delete from {table} where code = ?", (code,))


def place(environment: Mapping[str, str] = os.environ) -> Path:
    """Return where the rooms are kept: in the folder `LOSS_ROOMS`, or in a temporary one."""
    whose = f"-{os.getuid()}" if hasattr(os, "getuid") else ""
    usual = Path(tempfile.gettempdir()) / f"loss-surfaces{whose}"
    return Path(environment.get("LOSS_ROOMS") or usual) / "rooms.sqlite"
