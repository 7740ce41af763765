"""Every lab of the menu is whole: its settings are in links, its script and its words are there."""

import pytest

from interface.assets import STAGE
from labs.menu import LABS, work
from labs.view import View, split, write_view
from packets.look import Look


def test_the_view_has_the_settings_of_every_lab():
    assert set(Look.__subclasses__()) <= set(View.__mro__)


def test_work_has_one_name_each():
    assert len(work()) == sum(len(lab.work) for lab in LABS.values())


@pytest.mark.parametrize("name", LABS)
def test_a_lab_is_opened_by_a_link_and_its_script_is_there(name):
    view, _, problems = split(write_view(View(lab=name)))
    assert (view.lab, problems) == (name, ())
    own = [STAGE / f"labs/{name}.js", STAGE / f"labs/{name}/{name}.js"]
    assert [f"function {name}(" in path.read_text("utf-8") for path in own if path.exists()] == [
        True
    ]
