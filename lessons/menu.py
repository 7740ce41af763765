"""The lessons in teaching order: found by existing, a file each, a folder for each group.

`texts/groups.toml` names the groups in order. A file is called `NN-key.toml`: the number orders
it, the key is its public name, which hints at no answer; a former one stays in the file. More
lessons may stand in a folder of the teacher's own, given by the environment variable
LOSS_SURFACE_LESSONS.
"""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lessons.headers import LessonGroup
from lessons.lesson import Lesson
from lessons.reading import read_lesson
from lessons.table import Unreadable

TEXTS = Path(__file__).parent / "texts"
VARIABLE = "LOSS_SURFACE_LESSONS"
OWN = "own"
_NAME = re.compile(r"(?:\d+-)?([a-z0-9][a-z0-9-]{0,39})\.toml")


@dataclass(frozen=True)
class Menu:
    """All lessons in order, their groups, and a sentence for each file that cannot be used."""

    groups: tuple[LessonGroup, ...]
    lessons: tuple[Lesson, ...]
    problems: tuple[str, ...]

    def find(self, key: str) -> Lesson | None:
        """Return the lesson of that key, now or in an older address, or None."""
        by_key = {name: lesson for lesson in self.lessons for name in lesson.formerly}
        return (by_key | {lesson.key: lesson for lesson in self.lessons}).get(key)

    def beside(self, key: str, by: int) -> str | None:
        """Return the key of the lesson so many places on, or None beyond the ends."""
        keys = [lesson.key for lesson in self.lessons]
        at = keys.index(key) + by if key in keys else -1
        return keys[at] if 0 <= at < len(keys) else None


@cache
def menu() -> Menu:
    """Return the lessons that come with the app and those of the teacher's folder."""
    groups: list[LessonGroup]
    groups = tomllib.loads((TEXTS / "groups.toml").read_text("utf-8"))["groups"]
    keys = [group["key"] for group in groups]
    found = [lesson for key in keys for lesson in _folder(TEXTS / key, key, [])]
    problems: list[str] = []
    own = os.environ.get(VARIABLE, "")
    if own:
        taken = {lesson.key for lesson in found}
        mine = _folder(Path(own), OWN, problems)
        found += [lesson for lesson in mine if lesson.key not in taken]
        problems += [f"{m.key}: a lesson of this name exists" for m in mine if m.key in taken]
        about = "From the folder this server was started with."
        groups.append(LessonGroup(key=OWN, title="Your lessons", about=about))
    return Menu(tuple(groups), tuple(found), tuple(problems))


def _folder(folder: Path, group: str, problems: list[str]) -> list[Lesson]:
    """Read a folder; a bad file of one's own is told, one of ours is an error."""
    found = []
    if group == OWN and not folder.is_dir():
        problems.append(f"{VARIABLE}: {folder} is not a folder")
    for path in sorted(folder.glob("*.toml")):
        name = _NAME.fullmatch(path.name)
        try:
            if name is None:
                raise Unreadable("the name may hold small letters, digits and dashes", 0)
            found.append(read_lesson(path.read_text("utf-8"), name.group(1), group))
        except (Unreadable, UnicodeDecodeError) as problem:
            if group != OWN:
                raise Unreadable(f"{path.name}: {problem}", 0) from None
            problems.append(f"{path.name}: {problem}")
    return found
