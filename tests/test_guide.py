"""What the app says about itself: complete, and the same on both sides of the border."""

import pytest

from interface.assets import STAGE
from interface.generated import literal, modules
from labs.menu import LABS
from lessons import guide
from lessons.guide import SENTENCE, about
from optimizers import OPTIMIZERS
from packets.look import MARKS, PANELS
from schedules import SCHEDULES
from surfaces import SURFACES


@pytest.mark.parametrize("name", modules())
def test_the_written_modules_are_what_python_declares(name):
    written = (STAGE / name).read_text(encoding="utf-8")
    assert written == modules()[name], "run `python -m interface.generated`"


def test_a_literal_has_an_entry_a_line_and_keeps_letters():
    assert literal({"a": ["β", 1]}) == '{\n  "a": [\n    "β",\n    1,\n  ],\n}'


@pytest.mark.parametrize("menu", [SURFACES, OPTIMIZERS, SCHEDULES], ids=["surface", "rule", "rate"])
def test_every_entry_of_a_menu_says_what_it_is_there_for(menu):
    said = [about(kind()) for kind in menu.values()]
    assert all(20 < len(text) < 200 and text.endswith((".", "?")) for text in said)
    assert len(set(said)) == len(said)


def test_the_app_says_in_one_sentence_what_it_is():
    assert SENTENCE.count(".") == 1
    assert len(SENTENCE) < 100


def test_what_the_stage_can_show_is_explained_where_it_is_declared():
    """A panel, a mark or a lab without help on its word stopped the page."""
    for menu in (PANELS, MARKS, LABS):
        assert {name: guide.STAGE[name].meaning for name in menu} == {
            name: shown.about for name, shown in menu.items()
        }
