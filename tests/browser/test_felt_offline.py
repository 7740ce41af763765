"""The hand never waits: what is felt needs no server once the page has loaded."""

import numpy as np
import pytest

from engine.setup.link import read
from tests.browser.stage import (
    at_rest,
    becomes,
    drawn,
    follow,
    on_map,
    parameters,
    path,
    points,
    slider,
    start_center,
)

FETCHED = """() => performance.getEntriesByType("resource")
    .filter(({ name }) => name.includes("/rules/rule/")).length"""


@pytest.fixture
def loaded(open_page):
    """A page whose lanes' modules are here."""

    def open_with(link):
        page = open_page(link)
        drawn(page)
        lanes = len(read(dict(pair.split("=") for pair in link.split("&") if pair))[0].lanes)
        becomes(page, lambda: page.evaluate(FETCHED), lambda n: n >= min(lanes, 1))
        page.wait_for_load_state("networkidle")
        return page

    return open_with


def place(page, k):
    """Return the k-th place of the window that the start is dragged to."""
    return on_map(page, 0.2 + 0.12 * k, 0.3 + 0.05 * k)


LINKS = [
    "",
    "a=line_search&b=nadam&surface=himmelblau&noise=0.5",
    "a=adam&surface=logistic_regression&surface.data=own&surface.batch=4&noise=0.1",
    "a=adam&surface=formula&surface.text=x%5E2+%2B+3y%5E2+%2B+a+sin(3x)%2F2",
    "a=adam&b=momentum&c=rmsprop&d=nadam&e=adagrad&surface=logistic_regression&steps=2000",
]
WALKED = """() => {
    globalThis.walked = 0;
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (sent, ...more) {
        globalThis.walked += sent.message?.task === "walk";
        return postMessage.call(this, sent, ...more);
    };
}"""


@pytest.mark.parametrize("link", LINKS)
def test_a_dragged_start_asks_the_server_for_nothing(loaded, link):
    page = loaded(link)
    page.evaluate(WALKED)
    asked = []
    page.mouse.move(*start_center(page))
    page.mouse.down()
    page.on("request", lambda request: asked.append(request.url))
    page.context.set_offline(True)
    for k in range(5):
        assert len(follow(page, place(page, k))) > 1
    seen = np.array(points(page))
    page.context.set_offline(False)
    page.mouse.up()
    becomes(page, lambda: "x" in parameters(page), bool)
    assert asked == []
    assert (page.evaluate("walked") > 0) == ("steps=2000" in link)
    at_rest(page)
    np.testing.assert_allclose(points(page), seen, atol=0.11)


def test_what_is_kept_is_what_was_seen(loaded):
    page = loaded("a=adam&b=momentum&surface=beale")
    page.mouse.move(*start_center(page))
    page.mouse.down()
    follow(page, place(page, 2))
    seen = np.array(points(page))
    page.mouse.up()
    becomes(page, lambda: "x" in parameters(page), bool)
    at_rest(page)
    np.testing.assert_allclose(points(page), seen, atol=0.11)


def test_the_formulas_numbers_follow_the_hand(loaded):
    page = loaded("a=adam&b=momentum&surface=beale")

    def written():
        return page.locator(".stage .rule .put-in").all_inner_texts()

    before = written()
    page.mouse.move(*start_center(page))
    page.mouse.down()
    follow(page, place(page, 2))
    seen = becomes(page, written, lambda now: now != before)
    page.mouse.up()
    becomes(page, lambda: "x" in parameters(page), bool)
    at_rest(page)
    assert written() == seen


def test_a_slider_is_felt_with_the_line_down(loaded):
    page = loaded("a=adam&surface=booth")
    page.context.set_offline(True)
    thumb = slider(page, "learning rate")
    before = path(page)
    thumb.focus()
    page.keyboard.press("ArrowRight")
    becomes(page, lambda: path(page), lambda now: now != before)
    page.context.set_offline(False)
