"""What is written about the house: its paths exist, its rooms are the ones that tests hold."""

import re
from pathlib import Path

import pytest

from tests.test_stage_rooms import ROOMS

ROOT = Path(__file__).parents[1]
STAGE = ROOT / "interface" / "stage"
WRITTEN = ("ARCHITECTURE.md", "CONTRIBUTING.md", "README.md")


def paths(name):
    """Each file in backticks."""
    found = re.findall(r"`([\w./-]+)`", (ROOT / name).read_text(encoding="utf-8"))
    return [path for path in found if re.search(r"\w\.(?:py|js|md|json|cff|ts)$", path)]


@pytest.mark.parametrize("name", WRITTEN)
def test_every_path_that_is_named_is_there(name):
    relative = [path for path in paths(name) if not path.startswith("/")]
    routes = ("live/", "take/")
    named = [path for path in relative if not path.startswith(routes)]
    gone = [p for p in named if not (ROOT / p).exists() and not (STAGE / p).exists()]
    assert gone == []


def test_the_stages_rooms_are_named_in_their_order():
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    said = text[text.index("The rooms of the stage") : text.index("and `stage.js`")]
    assert re.findall(r"`(\w+)`", said) == [room for room in ROOMS if room]
