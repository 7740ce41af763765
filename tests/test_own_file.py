"""A CSV file in the sidebar: opened, columns chosen, refused in words, and asked for by a link."""

from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine.setup.experiment import Experiment
from engine.setup.link import write
from interface.handout import handout
from interface.stage_acts import read_file
from labs.view import View
from surfaces import DATA
from surfaces.data.shelf import Tables
from tests.test_many_rows import loss_of
from tests.test_page import PAGE, assert_defaults, opened, shown

SMALL = b"name,mass,flipper,sex\na,1,4,f\nb,2,5,m\nc,3,7,m\nd,4,8,f\n"
BIG = b"u;v\n" + b"".join(b"%d,5;%d\n" % (k % 97, k % 31) for k in range(500))


def page_of(key="linear_regression"):
    page = opened(Experiment().on(DATA[key]()))
    page.session_state["own-file-more"] = True
    return page.run()


def upload(page, content, name="data.csv"):
    page.file_uploader(key="own-file").set_value((name, content, "text/csv")).run()
    return page.run()


def said(page):
    bodies = [element.proto.body for element in page.get("html")]
    return [body for body in bodies if 'class="refused"' in body]


def test_a_small_file_becomes_points_that_travel_in_the_link():
    page = upload(page_of(), SMALL)
    surface = shown(page).surface
    assert (surface.data, surface.file) == ("own", "")
    assert (surface.points, surface.names) == ("1 4, 2 5, 3 7, 4 8", ("mass", "flipper"))
    assert not said(page)
    assert not page.exception


def test_another_column_is_learned_once_it_is_chosen():
    page = upload(page_of(), SMALL)
    boxes = {box.label: box for box in page.selectbox}
    boxes["Column u, across"].set_value("flipper").run()
    assert "choose two different columns" in said(page)[0]
    assert shown(page).surface.names == ("mass", "flipper")
    boxes = {box.label: box for box in page.selectbox}
    boxes["Column v, up"].set_value("mass").run()
    assert shown(page).surface.names == ("flipper", "mass")
    assert not said(page)


def test_the_choices_of_a_file_are_drawn_with_what_they_show_as_their_defaults():
    """A browser that builds them late shows, and sends, their defaults."""
    page = upload(page_of(), b"name,u,v,w\na,1,2,3\nb,3,,\nc,5,6,1\nd,7,8,2\n")
    assert_defaults(page)
    boxes = {box.label: box for box in page.selectbox}
    boxes["Column v, up"].set_value("w").run()
    (toggle,) = [t for t in page.toggle if "lack a value" in t.label]
    toggle.set_value(True).run()
    assert shown(page).surface.names == ("u", "w")
    assert_defaults(page)


def test_a_file_that_is_refused_changes_nothing_and_says_line_and_column():
    page = page_of()
    before = shown(page)
    page = upload(page, b"a,b\n1,2\n3,<b>x</b>\n")
    assert shown(page) == before
    assert "data.csv: line 3, column b: &#x27;&lt;b&gt;x&lt;/b&gt;&#x27; is not" in said(page)[0]


def test_rows_that_lack_a_value_are_left_out_on_demand():
    page = upload(page_of(), b"a,b\n1,2\n3,\n5,6\n")
    assert "the value is missing" in said(page)[0]
    (toggle,) = [t for t in page.toggle if "lack a value (1)" in t.label]
    toggle.set_value(True).run()
    assert shown(page).surface.points == "1 2, 5 6"


def test_many_rows_are_kept_and_the_link_names_their_content():
    page = upload(page_of(), BIG)
    surface = shown(page).surface
    assert len(surface.file) == 24
    assert len(surface.rows()) == 500
    assert any("too many for a link" in caption.value for caption in page.caption)
    page.button(key="own-file-away").click().run()
    assert shown(page).surface == DATA["linear_regression"]()


def test_a_link_without_its_rows_asks_for_the_file_and_goes_on_once_it_is_opened(monkeypatch):
    held = shown(upload(page_of(), BIG))
    wanted = replace(held, steps=77, x=0.25, surface=replace(held.surface, batch="8"))
    link, elsewhere = write(wanted), Tables()
    for module in ("surfaces.data.rows", "interface.own_file", "interface.state"):
        monkeypatch.setattr(f"{module}.SHELF", elsewhere)
    page = AppTest.from_file(str(PAGE), default_timeout=60)
    for name, text in link.items():
        page.query_params[name] = text
    page.run()
    assert "choose the columns u and v" in page.warning[0].value
    assert shown(page).steps == 77
    page = upload(page, BIG)
    assert shown(page) == wanted
    assert not page.exception


@pytest.mark.parametrize("key", ["logistic_regression", "tanh_neuron"])
def test_two_words_are_classes(key):
    page = upload(page_of(key), SMALL)
    assert shown(page).surface.names == ("mass", "sex (f 0, m 1)")
    assert shown(page).surface.points == "1 0, 2 1, 3 1, 4 0"


def test_a_saved_page_holds_the_experiment_with_its_rows():
    loss, held = loss_of("linear_regression", 300)
    experiment = replace(Experiment().on(loss), steps=5)
    page = handout(experiment, View())
    marked = '<script type="application/json" data-experiment>'
    text = page.split(marked)[1].split("</script>")[0]
    again, problems = read_file(text)
    assert (again, problems) == (experiment, ())
    np.testing.assert_array_equal(again.surface.table.u, held.u)
    assert marked not in handout(replace(Experiment(), steps=5), View())
