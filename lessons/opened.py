"""Lessons that somebody has opened from a file, found by what they say while a page holds them.

A lesson of one's own fits in no address. The address names its content, so whoever else opens it
gets the lesson as well, can print it and can save it, as long as the page that opened it is there.
"""

from __future__ import annotations

import hashlib
import re
from threading import Lock
from weakref import WeakValueDictionary

from lessons.lesson import Lesson
from lessons.menu import OWN, menu
from lessons.packet import refused
from lessons.reading import read_lesson

_KEY = re.compile(f"{OWN}-[0-9a-f]{{24}}")


class OpenedLessons:
    """Lessons by the name of their text; what nobody holds any more is gone by itself."""

    def __init__(self) -> None:
        """Start empty."""
        self._lessons: WeakValueDictionary[str, Lesson] = WeakValueDictionary()
        self._lock = Lock()

    def read(self, text: str) -> Lesson:
        """Return the lesson that a file's text describes, to be held; Unreadable if it is none."""
        key = f"{OWN}-{hashlib.sha256(text.encode()).hexdigest()[:24]}"
        with self._lock:
            return self._lessons.setdefault(key, read_lesson(text, key, OWN))

    def find(self, key: str) -> Lesson | None:
        """Return the lesson of that key, or None."""
        with self._lock:
            return self._lessons.get(key)

    def lacks(self, key: str) -> bool:
        """Say whether a key is one of a file that nobody holds any more."""
        return bool(_KEY.fullmatch(key)) and self.find(key) is None


OPENED = OpenedLessons()


def find_lesson(key: str) -> Lesson | None:
    """Return the lesson of that key, from the menu or from a file; None where it cannot be run."""
    found = menu().find(key) or OPENED.find(key)
    return None if found is None or (found.group == OWN and refused(found)) else found
