"""What is visible without scrolling, nothing cut, nothing overlapping, both themes."""

from itertools import combinations
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.stage import becomes, button, changes, drawn, measure, slider

SIZES = {1920: 1080, 1366: 768, 1024: 768, 768: 1024, 390: 844}
LANES = "a=gradient_descent&b=momentum_lecture&c=adam&d=rmsprop&e=nesterov&f=adagrad"
SHOTS = Path(__file__).parents[2] / "test-results"


def overlapping(boxes):
    return [
        (one, other)
        for (one, a), (other, b) in combinations(boxes, 2)
        if min(a[2], b[2]) - max(a[0], b[0]) > 1 and min(a[3], b[3]) - max(a[1], b[1]) > 1
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", SIZES)
def test_nothing_scrolls_sideways_overlaps_or_is_cut(open_page, width, theme):
    page = open_page(LANES, width, SIZES[width], color_scheme=theme)
    page.wait_for_timeout(500)
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"page-{width}-{theme}.png")
    for css in ("html", "[data-testid=stMain]"):
        wide = page.locator(css).evaluate("e => e.scrollWidth - e.clientWidth")
        assert wide <= 0, f"{css} scrolls sideways by {wide} px"
    assert measure(page, "outside()") == []
    assert overlapping(measure(page, "boxes()")) == []
    assert measure(page, "cut()") == []
    if theme == "light":
        printed(page)


SHEET = {"width": 1046, "height": 717}
"""A4 on its side within margins of 10 mm, in pixels."""

PLACES = """() => [...document.querySelectorAll(".stage .panel")].filter((e) => e.checkVisibility())
  .map((e) => [e.offsetWidth, e.offsetHeight, e.getBoundingClientRect().right])"""


def printed(page):
    """Print the page: its panels are as large as on screen, and none reaches over the sheet."""
    before = page.evaluate(PLACES)
    size = page.viewport_size
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size(SHEET)
    on_paper = page.evaluate(PLACES)
    assert len(on_paper) == len(before) > 0
    for (wide, high, right), (was_wide, was_high, _) in zip(on_paper, before, strict=True):
        assert abs(wide - was_wide) <= 1
        assert abs(high - was_high) <= 1
        assert right <= SHEET["width"]
    page.emulate_media(media="screen")
    page.set_viewport_size(size)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    becomes(page, lambda: page.evaluate(PLACES), lambda now: now == before)


@pytest.mark.parametrize("width", [1366, 390])
def test_in_a_dialog_no_words_lie_on_others(page, width):
    page.set_viewport_size({"width": width, "height": SIZES[width]})
    dialog = page.locator("dialog[open]")
    tabs = dialog.get_by_role("tab")
    for name in ("Help", "Lessons", "Save"):
        button(page, name).click()
        expect(dialog.locator("dt, .lesson-card, [role=tab]").first).to_be_visible()
        for n in range(max(tabs.count(), 1)):
            if tabs.count():
                tabs.nth(n).click()
            lines = measure(page, "lines('dialog[open]')")
            assert len(lines) > 5
            assert overlapping(lines) == []
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_stage_and_chosen_sliders_are_visible_without_scrolling(open_page, size):
    page = open_page("", *size)
    shown = (
        page.locator(".stage .map"),
        page.locator(".stage .curve.loss"),
        page.locator(".stage .legend"),
        page.locator(".stage .clock"),
        slider(page, "learning rate"),
        slider(page, "weight decay"),
    )
    for element in shown:
        box = element.bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= size[1], element
    assert page.locator(".stage .map").bounding_box()["height"] > 0.45 * size[1]


def test_on_a_phone_the_stage_comes_first(open_page):
    page = open_page("", 390, 844, has_touch=True, is_mobile=True)
    box = page.locator(".stage .map").bounding_box()
    assert box["y"] + box["height"] < 844
    assert box["width"] > 340
    expect(page.locator(".stage .clock .play")).to_be_in_viewport()


def test_on_a_phone_everything_is_reached_by_touch(open_page):
    page = open_page("", 390, 844, has_touch=True, is_mobile=True)
    page.locator(".clock .play").tap()
    expect(page.locator(".clock").get_by_role("button", name="Pause")).to_be_visible()
    rate = page.get_by_test_id("stSlider").first
    rate.scroll_into_view_if_needed()
    expect(rate).to_be_in_viewport()
    add = page.get_by_role("button", name="Add", exact=True)
    changes(page, lambda: page.locator(".overlay .line").count(), add.tap)


@pytest.mark.parametrize("width", [390, 1366])
def test_fingers_hit_every_control_of_the_stage(open_page, width):
    page = open_page("", width, SIZES[width])
    assert measure(page, "small(24)") == []


def test_the_stage_follows_the_system_from_light_to_dark_and_back(open_page):
    page = open_page(color_scheme="light")
    light = measure(page, "colors()")
    page.emulate_media(color_scheme="dark")
    becomes(
        page,
        lambda: measure(page, "colors()"),
        lambda now: all(now[part] != light[part] for part in light),
    )
    page.emulate_media(color_scheme="light")
    becomes(page, lambda: measure(page, "colors()"), lambda now: now == light)


def test_a_page_that_opens_in_the_dark_looks_like_one_that_turned_dark(open_page):
    opened = measure(open_page(color_scheme="dark"), "colors()")
    turned = open_page(color_scheme="light")
    turned.emulate_media(color_scheme="dark")
    becomes(turned, lambda: measure(turned, "colors()"), lambda now: now == opened)


def test_lanes_differ_by_dash_and_marker_and_carry_their_names(open_page):
    page = open_page(LANES)
    lines = page.locator(".overlay .line")
    heads = page.locator(".overlay .head")
    dashes = lines.evaluate_all("found => found.map((e) => e.getAttribute('stroke-dasharray'))")
    shapes = heads.evaluate_all("found => found.map((e) => e.getAttribute('d'))")
    names = page.locator(".overlay .label").all_text_contents()
    assert len(set(dashes)) == len(set(shapes)) == len(set(names)) == 6


def test_the_projector_mode_enlarges_type_and_keeps_everything_in_place(open_page):
    usual, large = open_page(), open_page("view.size=projector")
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    for css in (".overlay .label >> nth=0", ".legend .name >> nth=0", ".clock .said"):
        assert large.locator(css).evaluate(size) >= 1.25 * usual.locator(css).evaluate(size)
    drawn(large)
    assert measure(large, "outside()") == []
    assert overlapping(measure(large, "boxes()")) == []
