"""What the server wrote before it heard of a newer press is never seen where the hand has been."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.agreement import agreed
from tests.browser.stage import becomes, enter, slider

LINE = """() => {
  globalThis.line = { held: null, older: 0 };
  const { addEventListener } = WebSocket.prototype;
  WebSocket.prototype.addEventListener = function (name, hear, ...more) {
    const late = (event) => line.held ? line.held.push(() => hear(event)) : hear(event);
    return addEventListener.call(this, name, name === "message" ? late : hear, ...more);
  };
  line.hold = () => { line.held = []; };
  line.release = async () => {
    for (const hear of line.held.splice(0, line.older)) hear();
    await new Promise((done) => setTimeout(done, 400));
    for (const hear of line.held.splice(0)) hear();
    line.held = null;
  };
}"""
"""The page's connection to the server, of which a test can hold what comes from there.

What is older comes first, and is on screen for a while before the rest comes.
"""

LINK = "a=adam&a.lr=0.05&surface=ravine&surface.turn=on"


@pytest.fixture
def held(open_page: Callable[..., Page]) -> Page:
    """A page whose line can be held."""
    page = open_page(LINK, script=f"({LINE})()")
    page.evaluate("line.hold()")
    return page


def test_a_slider_keeps_what_it_was_set_to(held):
    enter(held, "learning rate, exactly", "0.0034")
    written(held)
    slider(held, "learning rate").press("ArrowRight")
    assert_kept(held, slider(held, "learning rate"), "a.lr")


def test_a_field_keeps_what_was_typed_into_it(held):
    slider(held, "learning rate").press("ArrowRight")
    written(held)
    enter(held, "learning rate, exactly", "0.0034")
    assert_kept(held, held.get_by_label("learning rate, exactly"), "a.lr")


def test_a_slider_keeps_what_came_after_a_way_back(held):
    held.locator("[class*=-lr-reset] button").first.click()
    written(held)
    slider(held, "learning rate").press("ArrowRight")
    assert_kept(held, slider(held, "learning rate"), "a.lr")


def test_a_slider_under_the_hand_stays_where_it_is_held(held):
    enter(held, "learning rate, exactly", "0.0034")
    written(held)
    thumb = slider(held, "learning rate").locator("xpath=..").bounding_box()
    x, y = thumb["x"] + thumb["width"] / 2, thumb["y"] + thumb["height"] / 2
    held.mouse.move(x, y)
    held.mouse.down()
    held.mouse.move(x + 20, y, steps=3)
    asked = slider(held, "learning rate").evaluate(SHOWN)
    slider(held, "learning rate").evaluate(PAINTED)
    held.evaluate("line.release()")
    held.wait_for_timeout(600)
    held.mouse.up()
    assert agreed(held)["a.lr"] == asked
    assert set(held.evaluate("painted")) == {asked}


def test_a_slider_follows_every_move_of_a_hand(open_page):
    page = open_page(LINK)
    rate = slider(page, "learning rate")
    thumb = rate.locator("xpath=..").bounding_box()
    x, y = thumb["x"] + thumb["width"] / 2, thumb["y"] + thumb["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    seen = []
    for _ in range(12):
        x -= 6
        page.mouse.move(x, y)
        seen.append(float(rate.evaluate(DRAWN)))
    page.mouse.up()
    assert seen == sorted(set(seen), reverse=True)
    assert float(agreed(page)["a.lr"]) == seen[-1]


def test_a_switch_keeps_what_came_after_a_way_back(held):
    held.locator("[class*=-turn-reset] button").first.click()
    written(held)
    switch = held.get_by_role("switch", name="turn the start along")
    for _ in range(2):
        switch.locator("xpath=ancestor::label").click(position={"x": 8, "y": 8})
    assert_kept(held, switch, "surface.turn")


def test_a_menu_keeps_what_was_chosen_after_starting_over(held):
    held.get_by_role("button", name="Start over").click()
    written(held)
    menu = held.get_by_role("combobox", name="Optimizer")
    menu.click()
    held.get_by_role("option", name="RMSProp", exact=True).click()
    assert_kept(held, menu, "a")


def written(page: Page) -> None:
    """Wait until all has been sent that is held."""
    becomes(page, lambda: page.evaluate(ARRIVED), bool)


ARRIVED = """async () => {
  const before = line.held.length;
  await new Promise((done) => setTimeout(done, 400));
  line.older = line.held.length;
  return before > 0 && before === line.older;
}"""


SHOWN = """({ type, checked, value, ariaValueText }) =>
    type === "checkbox" ? (checked ? "on" : "off") : ariaValueText ?? value"""
DRAWN = """async (input) => {
  for (let k = 0; k < 3; k++) await new Promise(requestAnimationFrame);
  return input.ariaValueText;
}"""
PAINTED = f"""(input) => {{
  globalThis.painted = [];
  const note = () => {{
    painted.push(({SHOWN})(input));
    setTimeout(() => requestAnimationFrame(note));
  }};
  note();
}}"""
"""Notes what is painted: a note that is asked for late comes last in its frame."""


def assert_kept(page: Page, control: Locator, setting: str) -> None:
    """What is painted from the press on is what the press has shown, and the page ends there."""
    asked = control.evaluate(SHOWN)
    control.evaluate(PAINTED)
    page.evaluate("line.release()")
    found = agreed(page)
    assert set(page.evaluate("painted")) == {asked}
    assert found[setting] == asked.lower()
