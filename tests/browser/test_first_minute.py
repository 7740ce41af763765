"""The first minute: what this is, what to press, what the marks and the words mean."""

import re
from typing import get_args
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import expect

from labs.sweep.lines import Name
from lessons.examples import EXAMPLES
from lessons.guide import CAVEAT, MARKS, SENTENCE, STAGE, about
from surfaces import SURFACES
from tests.browser.stage import becomes, button, changes, drawn, parameters, step

SIZES = [(1366, 768), (1920, 1080), (390, 844)]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_first_visit_says_what_this_is_and_what_to_press(open_page, width, height):
    page = open_page(width=width, height=height)
    expect(page.locator(".intro-said")).to_contain_text(SENTENCE)
    expect(page.locator(".intro .example")).to_have_text([e.title for e in EXAMPLES.values()])
    box = button(page, "Play").bounding_box()
    assert box["width"] >= 90
    assert box["height"] >= 38
    assert box["y"] + box["height"] <= height
    expect(page.locator(".clock .play")).to_have_text(re.compile("^Play"))


def test_an_example_opens_in_place_says_what_it_shows_and_plays(page):
    page.evaluate("() => (globalThis.unloaded = false)")
    page.get_by_label("Speed", exact=True).select_option("10")
    for example in EXAMPLES.values():
        page.locator(".intro .example", has_text=example.title).click()
        expect(page.locator(".intro-said")).to_contain_text(example.shows)
        becomes(page, lambda: parameters(page), dict(parse_qsl(example.link)).__eq__)
        becomes(page, lambda: step(page), example.experiment.steps.__eq__)
        assert page.evaluate("() => globalThis.unloaded") is False
        expect(page.locator(".intro [aria-current]")).to_have_text(example.title)


def test_back_leads_out_of_an_example(page):
    page.locator(".intro .example").first.click()
    becomes(page, lambda: parameters(page).get("surface"), lambda now: now == "ravine")
    page.go_back()
    expect(page.locator(".stage h1")).to_have_text("Rosenbrock")
    expect(page.locator(".intro-said")).to_contain_text(SENTENCE)


def test_a_closed_introduction_stays_closed_until_it_is_asked_for(page):
    height = page.locator(".map .plot").bounding_box()["height"]
    button(page, "Close the introduction").click()
    expect(page.locator(".intro")).to_be_hidden()
    grown = becomes(
        page, lambda: page.locator(".map .plot").bounding_box()["height"], lambda h: h > height + 20
    )
    page.reload()
    drawn(page)
    expect(page.locator(".intro")).to_be_hidden()
    assert page.locator(".map .plot").bounding_box()["height"] == pytest.approx(grown, abs=1)
    button(page, "Help").click()
    page.get_by_role("button", name="Show the introduction").click()
    expect(page.locator(".intro")).to_be_visible()


def test_an_embedded_stage_has_no_introduction(open_page):
    page = open_page("view.controls=hidden")
    expect(page.locator(".intro")).to_be_hidden()
    expect(button(page, "Play")).to_be_visible()


def test_help_has_a_key_of_the_marks_and_says_that_two_weights_are_a_projection(page):
    button(page, "Help").click()
    dialog = page.locator("dialog.guide")
    expect(dialog).to_contain_text(CAVEAT)
    for word in MARKS.values():
        expect(dialog.locator(".marks dt", has_text=word.term).first).to_be_visible()
    assert dialog.locator(".marks .mark-picture").count() == len(MARKS)
    pictures = dialog.locator(".mark-picture").evaluate_all(
        "all => all.map((svg) => [...svg.children].every((c) => c.getBBox().width > 0))"
    )
    assert all(pictures)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def words(page):
    return page.locator("[data-word]").evaluate_all("all => all.map((e) => e.dataset.word)")


def test_every_word_of_the_stage_has_its_help_where_it_stands(open_page):
    page = open_page("surface=drawn&a=adam")
    becomes(page, lambda: "brush" in words(page), bool)  # fetched with the first drawn surface
    missing = set(STAGE) - set(words(page))
    assert missing == {"number", *get_args(Name)}  # a sweep map names its lines


def test_help_shows_under_the_pointer_and_is_read_out(page):
    bubble = page.locator(".bubble:popover-open")
    for word in ("sweep", "rate", "hold", "arrived", "scrub"):
        element = page.locator(f"[data-word={word}]:visible").first
        element.scroll_into_view_if_needed()
        element.hover()
        expect(bubble).to_have_text(STAGE[word].meaning)
        box = bubble.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 1366
        assert element.get_attribute("aria-description") == STAGE[word].meaning
        page.mouse.move(5, 700)
        expect(bubble).to_have_count(0)


def test_the_sidebar_says_what_a_surface_and_a_rule_are(page):
    for label in ("Surface", "Optimizer", "Schedule", "Lanes", "start x", "steps"):
        expect(page.get_by_role("button", name=f"Help for {label}")).to_be_visible()
    page.get_by_role("button", name="Help for Surface").hover()
    expect(page.get_by_test_id("stTooltipContent")).to_contain_text(about(SURFACES["rosenbrock"]()))


def test_a_sliders_range_stands_beside_it(page):
    ends = page.locator("[data-testid=stSliderTickBar]").first
    expect(ends).to_have_css("opacity", "1")
    assert ends.locator("p").all_inner_texts() == ["1e-6", "100"]


def test_the_sidebars_own_buttons_are_wholly_on_the_page(page):
    def inside(name):
        found = page.get_by_role("button", name=name)
        expect(found).to_be_visible()
        box = found.bounding_box()
        assert min(box["x"], box["y"]) >= 0
        middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        on_top = page.evaluate(
            "([x, y]) => document.elementFromPoint(x, y).closest('button')?.ariaLabel", middle
        )
        assert on_top == found.get_attribute("aria-label")
        return found

    inside("Collapse sidebar").click()
    page.locator("[data-testid=stExpandSidebarButton]").wait_for()
    opener = page.locator("[data-testid=stExpandSidebarButton]")
    box = opener.bounding_box()
    assert box["x"] >= 0
    assert box["y"] >= 0
    changes(page, lambda: page.locator(".intro").bounding_box()["x"], opener.click)
