"""Nothing a hand does is lost, and page, address, link and files agree, however slow the server.

These are bursts that were once lost; what nobody has thought of is in test_any_acts.py.
"""

from __future__ import annotations

import cmath
import math

import pytest

from lessons.examples import EXAMPLES
from tests.browser.agreement import agreed, rest
from tests.browser.hand import FOLD, Hand
from tests.browser.stage import at_rest, drawn, enter, parameters, slider

DELAYS = (0, 100, 300, 1000)


@pytest.mark.parametrize("delay", DELAYS)
@pytest.mark.parametrize("gap", [33, 150, 300])
def test_every_press_of_a_burst_counts(slow, delay, gap):
    page = slow(delay)
    slider(page, "learning rate").focus()
    for _ in range(9):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(gap)
    assert agreed(page)["a.lr"] == "0.008"


WATCHED = """(input) => {
  const note = () => shown.push([Number(input.value), input.getAttribute("aria-valuetext")]);
  globalThis.shown = [];
  note();
  new MutationObserver(note).observe(input, { attributes: true });
}"""


@pytest.mark.parametrize("delay", DELAYS)
def test_every_repeat_of_a_held_key_counts_and_none_is_taken_back(slow, delay):
    page = slow(delay)
    handle = slider(page, "learning rate")
    handle.focus()
    handle.evaluate(WATCHED)
    for _ in range(30):
        page.keyboard.down("ArrowRight")
        page.wait_for_timeout(33)
    page.keyboard.up("ArrowRight")
    found = agreed(page)["a.lr"]
    stops, texts = zip(*page.evaluate("shown"), strict=True)
    assert list(stops) == sorted(stops)
    assert (found, texts[-1]) == ("1", "1")  # ten stops a decade, from 0.001


@pytest.mark.parametrize("delay", DELAYS)
def test_quick_clicks_on_a_track_end_at_the_last(slow, delay):
    page = slow(delay)
    hand = Hand(page)
    for fraction in (20, 70, 40, 80, 55):
        shown = hand.track(0, fraction)
        page.wait_for_timeout(80)
    assert agreed(page)["a.lr"] == shown


@pytest.mark.parametrize("delay", DELAYS)
@pytest.mark.parametrize("gap", [50, 150])
def test_quick_clicks_on_the_map_end_at_the_last(slow, delay, gap):
    page = slow(delay)
    hand = Hand(page)
    for place in ((20, 30), (70, 60), (40, 80), (60, 25)):
        hand.click(*place)
        page.wait_for_timeout(gap)
    found = agreed(page)
    assert (float(found["x"]), float(found["y"])) == pytest.approx(
        hand.wanted.experiment.start, abs=hand.pixel()
    )


@pytest.mark.parametrize("delay", [0, 300])
def test_a_start_set_on_the_map_and_turned_at_once_by_a_slider_is_both(slow, delay):
    page = slow(delay, "surface=ravine&surface.turn=on")
    hand = Hand(page)
    hand.click(70, 30)
    put = complex(*hand.wanted.experiment.start)
    slider(page, "rotation").press("ArrowRight")
    found = agreed(page)
    turned = put * cmath.rect(1, math.radians(float(found["surface.theta"])))
    assert turned != put
    assert complex(float(found["x"]), float(found["y"])) == pytest.approx(turned, abs=hand.pixel())


@pytest.mark.parametrize("delay", DELAYS)
def test_nudges_of_the_start_add_up(slow, delay):
    page = slow(delay)
    page.locator(".overlay .start").focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(40)
    hand = Hand(page)
    far = -1.2 + 10 * 0.01 * hand.wide()
    assert float(agreed(page)["x"]) == pytest.approx(far, abs=11 * hand.pixel())


@pytest.mark.parametrize("delay", DELAYS)
def test_what_is_typed_while_a_rerun_is_under_way_stays(slow, delay):
    page = slow(delay)
    slider(page, "learning rate").press("ArrowRight")
    enter(page, "steps", "123")
    enter(page, "start x", "0.5")
    found = agreed(page)
    assert (found["a.lr"], found["steps"], found["x"]) == ("0.0012", "123", "0.5")


@pytest.mark.parametrize("delay", DELAYS)
def test_a_slider_and_the_exact_field_of_one_setting_take_turns(slow, delay):
    page = slow(delay)
    handle = slider(page, "learning rate")
    for text in ("0.0034", "0.0007", "0.02"):
        enter(page, "learning rate, exactly", text)
        page.wait_for_timeout(120)
        handle.focus()
        page.keyboard.press("ArrowRight")
        asked = handle.get_attribute("aria-valuetext")
        page.wait_for_timeout(120)
    assert agreed(page)["a.lr"] == asked


@pytest.mark.parametrize("delay", DELAYS)
def test_two_sliders_take_turns(slow, delay):
    page = slow(delay)
    for _ in range(4):
        for label in ("learning rate", "steepness b"):
            slider(page, label).press("ArrowLeft")
            page.wait_for_timeout(60)
    shown = [
        slider(page, label).get_attribute("aria-valuetext")
        for label in ("learning rate", "steepness b")
    ]
    found = agreed(page)
    assert [found["a.lr"], found["surface.b"]] == shown


@pytest.mark.parametrize("delay", DELAYS)
def test_back_in_the_middle_is_where_the_address_ends(slow, delay):
    page = slow(delay)
    handle = slider(page, "learning rate")
    handle.press("ArrowRight")
    rest(page)
    handle.press("ArrowRight")
    page.go_back(wait_until="commit")
    agreed(page)


@pytest.mark.parametrize("delay", [0, 300])
def test_an_example_that_is_pressed_again_takes_back_what_was_done_since(slow, delay):
    key, example = max(EXAMPLES.items(), key=lambda item: len(item[1].experiment.lanes))
    page = slow(delay, example.link)
    hand = Hand(page)
    hand.choose(len(example.experiment.lanes) - 1)
    slider(page, "learning rate").press("ArrowRight")
    page.locator(f".intro .example[data-example={key}]").click()
    hand.wanted.press_example(key)
    hand.wanted.finds(agreed(page))


@pytest.mark.parametrize("delay", [0, 300])
def test_every_press_of_add_counts(slow, delay):
    page = slow(delay, "a=adam")
    for _ in range(3):
        page.get_by_role("button", name="Add", exact=True).click()
    found = agreed(page)
    assert [slot for slot in "abcdef" if slot in found] == list("abcd")


@pytest.mark.parametrize("delay", [0, 300])
def test_a_look_that_changes_twice_quickly_is_the_last(slow, delay):
    page = slow(delay)
    for name in ("Theory", "Sensitivity", "Results", "Theory"):
        page.get_by_role("tab", name=name, exact=True).click()
    agreed(page)
    assert parameters(page)["view.lab"] == "theory"


def test_a_value_on_its_way_is_shown_however_long_that_takes(slow):
    page = slow(1000)
    hand = Hand(page)
    hand.scrub(0, "ArrowRight", 1)
    rest(page)
    hand.scrub(0, "ArrowRight", 3)
    said = page.locator(".scrub .scrub-said").get_attribute("title")
    page.evaluate(
        "() => { const { now } = Date; Date.now = () => now() + 60_000; Date.past = now; }"
    )
    hand.view(0)
    page.evaluate("() => { Date.now = Date.past; }")
    assert page.locator(".stage").get_attribute("data-waits") is not None
    assert page.locator(".scrub .scrub-said").get_attribute("title") == said
    hand.wanted.finds(agreed(page))


@pytest.mark.parametrize("name", ["Basins", "Sweep map"])
def test_a_map_that_is_left_before_it_is_whole_is_under_way_no_more(slow, name):
    page = slow(300)
    for tab in (name, "Results"):
        page.get_by_role("tab", name=tab, exact=True).click()
    agreed(page)
    assert parameters(page).get("view.lab", "results") == "results"


@pytest.mark.parametrize("delay", [0, 300])
def test_a_field_may_be_used_as_soon_as_it_is_there(slow, delay):
    page = slow(delay, "a=rmsprop&b=adam")
    page.get_by_role("button", name="Name", exact=True).click()
    field = page.get_by_role("textbox", name="Name of this lane")
    field.fill("mine")
    field.press("Enter")
    assert agreed(page)["a.name"] == "mine"
    page.keyboard.press("Escape")


LATE = [
    ("Checkbox", "surface=linear_regression", "surface.standardized", "on"),
    ("NumberInput", "seed=5&noise=0.5", "seed", "5"),
]
"""Kinds of controls whose script comes with the first of them, each showing no usual value."""


@pytest.mark.parametrize(("kind", "link", "name", "shown"), LATE)
def test_a_control_that_comes_late_shows_what_is_and_changes_nothing(
    server, browser, kind, link, name, shown
):
    page, held = browser.new_page(), []
    page.route(f"**/{kind}.*.js", lambda route: held.append(route))
    page.goto(f"{server.url}/?{link}")
    drawn(page)
    page.locator(FOLD).click()
    for _ in range(3):
        slider(page, "learning rate").press("ArrowRight")
        at_rest(page)
    assert held
    for route in held:
        route.continue_()
    page.wait_for_selector(f"[data-testid=stSidebar] .st{kind}")
    slider(page, "learning rate").press("ArrowRight")
    assert agreed(page)[name] == shown
    page.close()
