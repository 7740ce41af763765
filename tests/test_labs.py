"""Every lab of the menu is whole: its settings are in links, its script and its words are there."""

import pytest

from engine.setup.link import read
from interface.assets import STAGE
from labs.menu import LABS
from labs.view import View, split, write_view
from packets.look import Look
from packets.model import stand_ins


def test_the_view_has_the_settings_of_every_lab():
    assert set(Look.__subclasses__()) <= set(View.__mro__)


@pytest.mark.parametrize("name", LABS)
def test_a_lab_is_opened_by_a_link_and_its_script_is_there(name):
    view, _, problems = split(write_view(View(lab=name)))
    assert (view.lab, problems) == (name, ())
    own = [STAGE / f"labs/{name}.js", STAGE / f"labs/{name}/{name}.js"]
    assert [f"function {name}(" in path.read_text("utf-8") for path in own if path.exists()] == [
        True
    ]


def test_many_runs_say_that_a_few_rows_stand_for_many():
    def notes(link):
        return stand_ins(read(link)[0].surface)

    many = {"surface": "huber_regression", "surface.data": "generated"}
    assert notes(many) == ["A few hundred rows stand for all 4,096."]
    batches = notes(many | {"surface.batch": "64"})
    assert batches == ["A few hundred rows stand for all 4,096; batches are as they are."]
    assert not notes(many | {"surface": "linear_regression"})
    assert not notes({"surface": "huber_regression"})
