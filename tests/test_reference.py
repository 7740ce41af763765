"""The reference: a page for everything on a menu, made of what it declares, and no dead links."""

import gzip
import json
import re
from html import escape, unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from declarations import declarations
from engine.setup.experiment import Experiment, Lane
from engine.setup.link import read
from interface.handout import handout
from labs.view import View
from lessons import carried_pages, reference
from lessons.glossary import glossary
from lessons.guide import STAGE
from lessons.menu import menu
from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from surfaces import SURFACES

PAGES = [(kind, key) for kind, entries in reference.KINDS.items() for key in entries]


@pytest.mark.parametrize(("kind", "key"), PAGES)
def test_a_page_tells_all_that_is_declared(kind, key):
    value = reference.KINDS[kind][key]()
    page = reference.page(kind, key)
    assert f"<h1>{escape(value.title)}</h1>" in page
    for declaration in declarations(type(value)).values():
        assert escape(declaration.label) in page
        assert escape(declaration.help) in page
    assert escape(getattr(value, "paper", "") or value.source) in page
    assert "<script" not in page


@pytest.mark.parametrize(("kind", "key"), PAGES)
def test_no_link_of_a_page_is_dead(kind, key):
    page = reference.page(kind, key)
    for address in map(unescape, re.findall(r'href="([^"]+)"', page)):
        parts = urlsplit(address)
        pairs = dict(parse_qsl(parts.query))
        if "lesson" in pairs:
            assert menu().find(pairs["lesson"]) is not None
        elif pairs:
            assert read(pairs)[1] == ()
        else:
            assert parts.path in ("../../", "../../reference/") or parts.path in OPTIMIZERS


def test_the_index_leads_to_every_page():
    index = reference.index()
    assert re.findall(r'<li><a href="(\w+)/(\w+)">', index) == PAGES


def test_what_there_is_no_page_of():
    assert reference.page("optimizer", "nobody") is None
    assert reference.page("planet", "adam") is None


def test_curvatures_at_minima_are_those_of_the_surface():
    row = re.search(r"<td>\(0, 0\)</td>.*?</tr>", reference.page("surface", "ravine")).group()
    assert "1 and 100" in row
    assert "global minimum" in row


def test_a_rule_stands_beside_its_neighbor_with_what_differs():
    page = reference.page("optimizer", "adam")
    assert "Adam (lecture)" in page
    assert page.count('class="differs"') >= 2


def test_every_lesson_is_named_by_its_rules_and_its_surface():
    for lesson in menu().lessons:
        named = f'lesson={lesson.key}"'
        surface = next(k for k, s in SURFACES.items() if s is type(lesson.experiment.surface))
        assert named in reference.page("surface", surface)
        for lane in lesson.experiment.lanes:
            rule = next(k for k, o in OPTIMIZERS.items() if o is type(lane.optimizer))
            assert named in reference.page("optimizer", rule)


def test_the_glossary_has_the_words_of_the_page():
    terms = [term for term, _ in glossary()]
    assert terms == sorted(terms, key=str.lower)
    assert {word.term for word in STAGE.values()} <= set(terms)
    assert {"Sharpness", "Noise floor", "Condition number κ"} <= set(terms)


@pytest.mark.parametrize("key", SCHEDULES)
def test_every_schedule_has_its_formula(key):
    rate = re.search(r"<h2>Rate</h2>(.*?)</p>", reference.page("schedule", key), re.DOTALL)
    assert "<mi>η</mi>" in rate[1]


def test_the_pages_of_an_experiment_are_carried_without_links():
    experiment, _ = read({"surface": "saddle", "a": "adam", "a.schedule": "cosine", "b": "rprop"})
    pages = carried_pages.shown(experiment)
    assert list(pages) == [
        *("surface/saddle", "optimizer/adam", "optimizer/rprop"),
        *("schedule/cosine", "schedule/constant"),
    ]
    for text in pages.values():
        assert "<a" not in text
        assert "<h1>" in text
    assert handout(experiment, View()).count('text/plain" data-page=') == len(pages)


@pytest.mark.parametrize(("kind", "key"), PAGES)
def test_every_setting_s_help_leads_to_its_line(kind, key):
    value = reference.KINDS[kind][key]()
    assert reference.place(value) == f"{kind}/{key}"
    for name in declarations(type(value)):
        assert f'<tr id="{name}">' in reference.page(kind, key)


def test_folded_pages_are_the_pages_again_and_small():
    folded = carried_pages.rules_folded(("optimizer/adam",))
    assert folded["pages"].keys() == {f"optimizer/{key}" for key in OPTIMIZERS} - {"optimizer/adam"}
    strings = folded["strings"]
    for name, text in folded["pages"].items():
        (whole,) = shown_alone(name)
        assert re.sub(r"⟦(\d+)⟧", lambda k: strings[int(k[1])], text) == whole
    packed = gzip.compress(json.dumps(folded).encode(), 9)
    assert len(packed) < 150_000


def shown_alone(name):
    """The page of a rule as a saved page of it carries it."""
    rule = OPTIMIZERS[name.split("/")[1]]()
    return [
        text
        for page, text in carried_pages.shown(Experiment(lanes=(Lane(rule),))).items()
        if page == name
    ]
