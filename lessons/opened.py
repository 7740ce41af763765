"""Lessons that somebody has opened from a file, found by what they say while a page holds them.

A lesson of one's own fits in no address. The address names its content, so whoever else opens it
gets the lesson as well, can print it and can save it, as long as the page that opened it is there.
"""

from __future__ import annotations

from lessons.lesson import Lesson
from lessons.menu import OWN, menu
from lessons.packet import refused
from lessons.reading import read_lesson
from surfaces.data.shelf import Shelf


class OpenedLessons(Shelf[Lesson]):
    """Lessons by the name of their text."""

    def read(self, text: str) -> Lesson:
        """Return the lesson that a file's text describes, to be held; Unreadable if it is none."""
        key = self.name(text.encode())
        return self.put(key, read_lesson(text, key, OWN))


OPENED = OpenedLessons(f"{OWN}-")


def find_lesson(key: str) -> Lesson | None:
    """Return the lesson of that key, from the menu or from a file; None where it cannot be run."""
    found = menu().find(key) or OPENED.find(key)
    return None if found is None or (found.group == OWN and refused(found)) else found
