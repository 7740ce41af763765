"""The stage's rooms: imports between them run one way, like those of the Python layers."""

import posixpath
import re
from collections import Counter
from pathlib import Path

import pytest

from interface import assets
from interface.bundle import imports, resolved

ROOMS = (
    *("core", "run", "dom", "draw", "map", "curves", "model", "relief", "labs", "scrub", "save"),
    *("guide", "lesson", "class", ""),
)
"""From the ground floor up; the last is the stage's own folder, which puts the parts together."""


ROOT = Path(__file__).parents[1]


def room(name):
    return name.split("/")[0] if "/" in name else ""


def test_every_module_stands_in_a_known_room():
    assert {room(name) for name in assets.modules()} == set(ROOMS)


@pytest.mark.parametrize("name", sorted(assets.modules()))
def test_imports_between_rooms_run_one_way(name):
    rank = ROOMS.index(room(name))
    found = imports(assets.modules(), name)
    assert [other for other in found if ROOMS.index(room(other)) > rank] == []


@pytest.mark.parametrize(
    "name", sorted(n for n in assets.modules() if n.startswith("labs/") and n.count("/") == 2)
)
def test_a_lab_imports_no_other_lab(name):
    own = posixpath.dirname(name)
    deep = [
        other
        for other in imports(assets.modules(), name)
        if other.startswith("labs/") and other.count("/") == 2
    ]
    assert [other for other in deep if posixpath.dirname(other) != own] == []


@pytest.mark.parametrize("name", sorted(assets.modules()))
def test_what_a_module_imports_is_there(name):
    sources = assets.modules()
    wanted = re.findall(r'^import \{([^}]*)\} from "([^"]+)";', sources[name], re.MULTILINE)
    for names, written in wanted:
        there = sources[resolved(name, written)]
        exports = set(re.findall(r"^export (?:async )?(?:const|function\*?) (\w+)", there, re.M))
        assert {part.split()[0] for part in names.split(",") if part.strip()} <= exports


def test_what_a_module_exports_is_wanted_elsewhere():
    exported = re.compile(r"^export (?:async )?(?:const|let|function\*?) (\w+)", re.MULTILINE)
    others = [*(ROOT / "tests").rglob("*.js"), *assets.STAGE.rglob("*.d.ts")]
    said = map(words, [*assets.modules().values(), *(path.read_text() for path in others)])
    wanted = Counter(word for each in said for word in each)
    idle = [
        (name, export)
        for name, source in assets.modules().items()
        for export in exported.findall(source)
        if wanted[export] < 2
    ]
    assert idle == []


def words(text):
    return set(re.findall(r"\w+", text))
