"""What the server wrote before it heard of a newer press is never seen where the hand has been."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.agreement import agreed
from tests.browser.stage import becomes, drawn, enter, slider

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

PAINTED = """(input) => {
  globalThis.painted = [];
  const note = () => {
    painted.push(input.getAttribute("aria-valuetext") ?? input.value);
    requestAnimationFrame(note);
  };
  note();
}"""


@pytest.fixture
def held(open_page: Callable[..., Page]) -> Page:
    """A page whose line can be held."""
    page = open_page()
    page.add_init_script(f"({LINE})()")
    page.goto(page.url + "?a=adam&a.lr=0.05")
    drawn(page)
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


def written(page: Page) -> None:
    """Wait until all has been sent that is held."""
    becomes(page, lambda: page.evaluate(ARRIVED), bool)


ARRIVED = """async () => {
  const before = line.held.length;
  await new Promise((done) => setTimeout(done, 400));
  line.older = line.held.length;
  return before > 0 && before === line.older;
}"""


def assert_kept(page: Page, control: Locator, setting: str) -> None:
    """What is painted from the press on is what the press has shown, and the page ends there."""
    asked = control.get_attribute("aria-valuetext") or control.input_value()
    control.evaluate(PAINTED)
    page.evaluate("line.release()")
    found = agreed(page)
    assert (found[setting], set(page.evaluate("painted"))) == (asked, {asked})
