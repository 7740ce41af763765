"""The address, bad links, and what travels over the network."""

import gzip
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import expect

from engine.setup.link import read
from tests.browser.stage import (
    at_rest,
    becomes,
    button,
    changes,
    drawn,
    measure,
    parameters,
    path,
    slider,
)

LINK = {
    "surface": "himmelblau",
    "x": "-1.5",
    "y": "2.25",
    "steps": "150",
    "a": "rmsprop",
    "a.lr": "0.03",
    "b": "adam",
    "b.name": "With β₁ = 0.5",
    "b.beta1": "0.5",
}


def test_a_pasted_link_is_exactly_this_experiment(open_page):
    page = open_page(urlencode(LINK))
    assert read(parameters(page))[0] == read(LINK)[0]
    expect(page.locator(".stage h1")).to_have_text("Himmelblau")
    expect(page.locator(".legend .name")).to_have_text(["RMSProp", "With β₁ = 0.5"])
    expect(page.get_by_test_id("stAlert")).to_have_count(0)


def test_reload_restores_what_a_slider_has_set(open_page):
    page = open_page(urlencode(LINK))
    moved = changes(
        page, lambda: path(page), lambda: slider(page, "learning rate").press("ArrowRight")
    )
    told = becomes(page, lambda: parameters(page), lambda now: now.get("a.lr") != "0.03")
    page.reload()
    drawn(page)
    assert (path(page), parameters(page)) == (moved, told)


def test_back_and_forward_restore_each_setting(page):
    first = path(page)
    second = changes(
        page, lambda: path(page), lambda: slider(page, "learning rate").press("ArrowRight")
    )
    becomes(page, lambda: "a.lr" in parameters(page), bool)
    at_rest(page)
    page.go_back()
    becomes(page, lambda: path(page), lambda now: now == first)
    assert parameters(page) == {}
    page.go_forward()
    becomes(page, lambda: path(page), lambda now: now == second)


def test_back_undoes_one_change_at_a_time(page):
    seen, press = [path(page)], slider(page, "learning rate")
    for t in range(3):
        before = parameters(page).get("a.lr")
        seen.append(changes(page, lambda: path(page), lambda: press.press("ArrowRight")))
        becomes(page, lambda: parameters(page).get("a.lr"), lambda lr, old=before: lr != old)
        at_rest(page)
        assert len(set(seen)) == t + 2
    for wanted in reversed(seen[:-1]):
        page.go_back()
        becomes(page, lambda: path(page), lambda now, wanted=wanted: now == wanted)
        at_rest(page)


BAD = {
    "unknown names": ("surface=moon&a=teleport&color=red", "moon"),
    "not a number": ("a=adam&a.lr=NaN", "a.lr"),
    "infinite": ("x=inf&y=-inf", "x"),
    "out of range": ("a=adam&a.beta1=7&steps=1000000", "a.beta1"),
    "a long text": ("a=adam&a.name=" + "n" * 6000, "a.name"),
    "markup": ("surface=" + quote("<img src=x onerror=alert(1)>"), "surface"),
    "a million lanes": ("&".join(f"lane{k}=adam" for k in range(600)), "lane"),
    "more than Streamlit reads": ("&".join(f"l{k}=1" for k in range(1500)), "1500 parameters"),
    "a bad view": ("view.chosen=99&view.map=4d", "view.chosen"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_link_gives_the_page_and_says_what_was_bad(open_page, case):
    link, named = BAD[case]
    page = open_page(link)
    notices = page.get_by_test_id("stAlert")
    expect(notices.first).to_be_visible()
    assert any(named in text for text in notices.all_inner_texts())
    assert "Traceback" not in page.locator("body").inner_text()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert path(page)


def test_millions_of_characters_are_refused_or_replaced_but_never_hang(server, page):
    page.goto(f"{server.url}/")
    drawn(page)
    page.evaluate("text => history.pushState({}, '', '?a=adam&a.name=' + text)", "n" * 1_500_000)
    button(page, "Hide Adam").click()
    at_rest(page)
    becomes(page, lambda: path(page), bool)


def test_plotly_travels_compressed_and_only_once(open_page):
    page = open_page()
    files = measure(page, "files()")
    for once in ("plotly.min.js", "/stage.js"):
        assert len([name for name, _, _ in files if once in name]) == 1
    assert sum(size for _, size, _ in files) < 1_600_000
    page.reload()
    drawn(page)
    again = measure(page, "files()")
    assert len(again) == len(files)
    assert [name for name, _, travelled in again if travelled] == []


def test_the_browser_reads_what_the_route_compressed(server, page):
    url = page.evaluate("document.querySelector('script[src*=plotly]').src")
    answer = page.request.get(url, headers={"Accept-Encoding": "identity"})
    assert answer.ok
    assert len(gzip.compress(answer.body())) < 1_600_000
    assert "immutable" in answer.headers["cache-control"]


RECORD = """() => {
  globalThis.shown = [];
  const look = () => {
    const d = document.querySelector(".overlay .line[data-lane=a]")?.getAttribute("d");
    if (d && d !== shown.at(-1)) shown.push(d);
    requestAnimationFrame(look);
  };
  look();
}"""


def test_a_slider_moved_by_keys_shows_each_path_once_and_never_an_earlier_one(page):
    press = slider(page, "learning rate")
    page.evaluate(RECORD)
    for _ in range(3):
        before = parameters(page).get("a.lr")
        press.press("ArrowRight")
        becomes(page, lambda: parameters(page).get("a.lr"), lambda lr, old=before: lr != old)
        at_rest(page)
        page.wait_for_timeout(400)
    assert page.evaluate("new Set(shown).size") == 4
    assert page.evaluate("shown.length") == 4
