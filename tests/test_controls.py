"""The sidebar's small courtesies: what was typed stays, and every setting has a way back."""

from dataclasses import replace

import pytest

from declarations import declarations, defaults
from engine.setup.experiment import Experiment, Lane
from labs.view import View
from optimizers import OPTIMIZERS
from surfaces import SURFACES
from tests.test_page import another, opened, shown

SAID = '<p class="refused"'


@pytest.mark.parametrize("text", ["1,500", "abc", "1e9", ""])
def test_what_is_refused_stays_in_its_field_with_the_reason_beneath(text):
    page = opened()
    field = page.text_input(key="x.exact")
    field.set_value(text).run()
    assert page.text_input(key="x.exact").value == text
    assert not page.warning
    assert shown(page) == Experiment()
    said = [element.proto.body for element in page.get("html") if SAID in element.proto.body]
    assert len(said) == 1
    assert "start x: " in said[0]
    assert text == "1,500" or "from -1000000 to 1000000" in said[0]
    page.text_input(key="x.exact").set_value("0.5").run()
    assert shown(page).x == 0.5
    assert not any(SAID in element.proto.body for element in page.get("html"))


def test_a_refusal_is_forgotten_once_the_setting_is_another():
    page = opened()
    page.text_input(key="steps.exact").set_value("none").run()
    page.selectbox(key="surface").set_value("ravine").run()
    page.button(key="start-over").click().run()
    page.text_input(key="steps.exact").set_value("200").run()
    assert page.text_input(key="steps.exact").value == "200"


@pytest.mark.parametrize("key", ["adam", "rmsprop", "momentum"])
def test_every_changed_setting_of_a_rule_has_a_button_back(key):
    kind = OPTIMIZERS[key]
    usual = defaults(kind)
    changed = {name: another(d, usual[name]) for name, d in declarations(kind).items()}
    page = opened(Experiment(lanes=(Lane(kind(**changed)),)))
    for name in changed:
        page.button(key=f"a.{kind.__name__}.{name}.reset").click().run()
        changed[name] = usual[name]
        assert shown(page).lanes[0].optimizer == kind(**changed)
    assert not [button for button in page.button if button.key.endswith(".reset")]


def test_the_start_goes_back_to_the_surfaces_own():
    ravine = SURFACES["ravine"]()
    page = opened(replace(Experiment().on(ravine), x=1.0, y=2.0, steps=50, noise=0.5))
    page.button(key="x.reset").click().run()
    page.button(key="y.reset").click().run()
    page.button(key="steps.reset").click().run()
    assert shown(page) == replace(Experiment().on(ravine), noise=0.5)


def test_starting_over_takes_everything_back():
    page = opened(replace(Experiment().on(SURFACES["saddle"]()), steps=50, noise=0.5))
    page.button(key="start-over").click().run()
    assert shown(page) == Experiment()
    assert page.session_state["session"].view == View()
    assert not page.query_params
