"""The stage's rooms: imports between them run one way, like those of the Python layers."""

import posixpath
import re

import pytest

from interface import assets
from interface.bundle import imports, resolved

ROOMS = (
    *("core", "run", "dom", "draw", "map", "curves", "model", "relief", "labs", "scrub", "save"),
    *("guide", "lesson", ""),
)
"""From the ground floor up; the last is the stage's own folder, which puts the parts together."""


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
