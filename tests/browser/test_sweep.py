"""The sweep map: it appears, a cell is put into the lane, and it never shows what is stale."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.stage import at_rest, becomes, changes, parameters, path, slider

WHOLE = ".lab-page.sweep[data-drawn=whole][aria-busy=false]"
JOBS = """() => {
  [globalThis.jobs, globalThis.asks] = [0, 0];
  const [hand, ask] = [Worker.prototype.postMessage, globalThis.fetch];
  Worker.prototype.postMessage = function (message) {
    if (message.message?.task === "plan") globalThis.jobs += 1;
    return hand.call(this, message);
  };
  globalThis.fetch = (place, options) => {
    if (/live.(minima|orders)/.test(place)) globalThis.asks += 1;
    return ask(place, options);
  };
}"""


def opened(open_page, link, **size):
    page = open_page(f"view.lab=sweep&{link}", **{"height": 1100, **size})
    page.wait_for_selector(WHOLE)
    page.locator(".sweep-ground").scroll_into_view_if_needed()
    page.evaluate(JOBS)
    return page


def spot(page, right, up):
    """Return a pixel of the first panel at a share of its width and height."""
    box = page.evaluate(
        """() => {
          const plot = document.querySelector(".sweep-ground .plot");
          const {x, y} = plot.getBoundingClientRect();
          const {xaxis, yaxis} = plot._fullLayout;
          return [x + xaxis._offset, y + yaxis._offset, xaxis._length, yaxis._length];
        }"""
    )
    return box[0] + right * box[2], box[1] + (1 - up) * box[3]


def present(page):
    return page.locator(".sweep-cross").get_attribute("aria-label")


def cross(page):
    box = page.locator(".sweep-cross .over").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def said(page, key):
    return parameters(page).get(key)


def test_a_clicked_cell_becomes_the_setting_and_back_undoes_it(open_page):
    page = opened(open_page, "a=momentum&surface=ravine&steps=60")
    before, drawn = present(page), path(page)
    page.mouse.click(*spot(page, 0.6, 0.3))
    rate = becomes(page, lambda: said(page, "a.lr"), bool)
    becomes(page, lambda: path(page), lambda now: now != drawn)
    at_rest(page)
    assert f"learning rate η {rate}" in present(page)
    becomes(
        page, lambda: slider(page, "learning rate").get_attribute("aria-valuetext"), rate.__eq__
    )
    assert page.evaluate("jobs") == 0
    page.go_back()
    becomes(page, lambda: present(page), before.__eq__)
    assert path(page) == drawn
    assert page.evaluate("jobs") == 0


def test_the_cross_is_dragged_and_the_path_follows(open_page):
    page = opened(open_page, "a=momentum&surface=ravine&steps=60")
    x, y = cross(page)
    page.mouse.move(x, y)
    page.mouse.down()
    changes(page, lambda: path(page), lambda: page.mouse.move(x + 60, y + 20, steps=4))
    assert said(page, "a.lr") is None
    page.mouse.up()
    rate = float(becomes(page, lambda: said(page, "a.lr"), bool))
    at_rest(page)
    page.locator(".sweep-cross").focus()
    page.keyboard.press("ArrowRight")
    higher = float(becomes(page, lambda: said(page, "a.lr"), lambda text: float(text) != rate))
    assert rate < higher < 1.15 * rate
    assert page.evaluate("jobs") == 0


def grasp(page, name):
    """Take a slider of the sidebar by its thumb, and return where that is."""
    thumb = slider(page, name).locator("xpath=..").bounding_box()
    x, y = thumb["x"] + thumb["width"] / 2, thumb["y"] + thumb["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    return x, y


@pytest.mark.parametrize(
    ("surface", "name", "key"),
    [
        ("ravine", "condition number", "surface.kappa"),
        ("huber_regression&surface.data=generated", "weight decay", "a.weight_decay"),
    ],
    ids=["surface", "lane, on rows of data"],
)
def test_coarse_maps_follow_a_slider_and_the_whole_one_its_release(open_page, surface, name, key):
    page = opened(open_page, f"a=momentum&surface={surface}&steps=60")
    ground, plot = page.locator(".sweep-ground"), page.locator(".sweep-ground .plot")
    best = page.locator(".sweep-best span").inner_text()
    x, y = grasp(page, name)
    page.mouse.move(x + 25, y, steps=4)
    becomes(page, lambda: ground.get_attribute("data-felt"), lambda count: int(count or 0) > 0)
    seen = int(ground.get_attribute("data-felt"))
    expect(plot).to_have_class(re.compile("quick"))
    page.mouse.move(x + 45, y, steps=4)
    becomes(page, lambda: int(ground.get_attribute("data-felt")), lambda count: count > seen)
    assert page.evaluate("[jobs, asks]") == [0, 0]
    page.mouse.up()
    becomes(page, lambda: said(page, key), bool)
    page.wait_for_selector(WHOLE)
    expect(plot).not_to_have_class(re.compile("quick"))
    becomes(page, lambda: page.locator(".sweep-best span").inner_text(), lambda now: now != best)
    assert page.evaluate("[jobs, asks]") == [1, 0]


@pytest.mark.parametrize(
    ("link", "asked"),
    [
        ("a=adam&surface=formula&surface.text=x%5E2+%2B+3y%5E4", [1, 0]),
        (
            "a=adam&surface=formula&surface.text=x%5E4+-+a+x%5E2+%2B+y%5E2&view.up=surface.a",
            [2, 7],
        ),
        ("a=adam&surface=huber_regression&surface.data=generated&surface.batch=4", [1, 0]),
        ("a=adam&surface=linear_regression&view.up=surface.batch", [1, 1]),
    ],
    ids=["typed formula", "minima to be searched", "rows of data", "other batches"],
)
def test_the_server_is_asked_only_for_what_a_page_cannot_find(open_page, link, asked):
    page = opened(open_page, f"steps=40&{link}")
    turn(page, "41")
    title = page.locator(".sweep-title")
    becomes(page, title.inner_text, lambda words: "after 41 steps" in words)
    page.wait_for_selector(WHOLE)
    assert page.evaluate("[jobs, asks]") == asked


def test_a_slider_of_a_swept_setting_moves_the_cross_alone(open_page):
    page = opened(open_page, "a=momentum&surface=ravine&steps=60")
    before = cross(page)
    x, y = grasp(page, "learning rate")
    page.mouse.move(x + 15, y, steps=4)
    becomes(page, lambda: cross(page), lambda now: now[0] > before[0] + 1)
    expect(page.locator(".sweep-ground")).not_to_have_attribute("data-felt", re.compile("."))
    page.mouse.up()
    becomes(page, lambda: said(page, "a.lr"), bool)
    assert page.evaluate("[jobs, asks]") == [0, 0]


def test_hovering_reads_a_cell_and_the_best_one_can_be_used(open_page):
    page = opened(open_page, "a=momentum&surface=ravine&steps=60")
    page.mouse.move(*spot(page, 0.97, 0.5))
    readout = page.locator(".sweep-ground .readout")
    becomes(page, readout.inner_text, lambda text: "DIVERGED at step" in text)
    best = page.locator(".sweep-best").inner_text()
    rate, momentum = re.search(r"rate η ([\d.]+), momentum β ([\d.]+):", best).groups()
    page.get_by_role("button", name="Use it").click()
    becomes(page, lambda: (said(page, "a.lr"), said(page, "a.beta")), (rate, momentum).__eq__)


STALE = r"""() => {
  globalThis.stale = [];
  const page = document.querySelector(".lab-page.sweep");
  const look = () => {
    const {visibility} = getComputedStyle(page.querySelector(".sweep-ground .plot"));
    const map = page.querySelector(".sweep-title").textContent;
    const steps = document.querySelector(".clock .said").textContent.match(/\d+$/)[0];
    if (visibility === "visible" && !map.includes(`after ${steps} steps`)) stale.push([map, steps]);
    requestAnimationFrame(look);
  };
  look();
}"""


def turn(page, steps):
    field = page.locator("[data-testid=stSidebar]").get_by_role("textbox", name="steps", exact=True)
    field.fill(steps)
    field.press("Enter")


def test_moving_on_and_cancelling_never_leave_stale_colors(open_page):
    """Line search over 2000 steps takes long: it is left once, and cancelled once."""
    page = opened(open_page, "a=line_search&steps=9")
    page.evaluate(STALE)
    turn(page, "2000")
    page.wait_for_selector(".lab-page.sweep[aria-busy=true]")
    turn(page, "10")
    becomes(page, lambda: said(page, "steps"), "10".__eq__)
    page.wait_for_selector(WHOLE)
    turn(page, "1999")
    page.get_by_role("button", name="Cancel", exact=True).click()
    page.wait_for_selector(".lab-page.sweep[aria-busy=false]")
    assert page.get_by_role("button", name="Go on").is_visible()
    assert page.evaluate("[jobs, asks]") == [3, 0]
    assert page.evaluate("stale") == []


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("a=gradient_descent&surface=ravine&view.reach_across=a.lr,5,90", "Every one of the"),
        ("a=adam&surface=saddle&view.color=distance", "This surface has no minimum"),
        ("a=adam&view.reach_across=a.lr,0.1,0.1&view.reach_up=x,4,4", "only the value 0.1"),
        ("a=adam&view.across=nobody&view.third=a.lr", "no setting 'nobody'"),
    ],
    ids=["diverges", "no minimum", "one stop", "nonsense"],
)
def test_what_is_the_matter_is_said_in_words(open_page, link, words):
    page = opened(open_page, f"steps=40&{link}")
    assert words in page.locator(".sweep-notes").inner_text()


def test_a_batch_size_is_chosen_on_the_map(open_page):
    link = "surface=linear_regression&a=gradient_descent&surface.batch=4&view.up=surface.batch"
    page = opened(open_page, link)
    assert "batch size B 4" in present(page)
    page.mouse.click(*spot(page, 0.5, 0.95))
    becomes(page, lambda: parameters(page), lambda now: "surface.batch" not in now)
    becomes(page, lambda: present(page), lambda words: "batch size B all" in words)


def test_small_maps_stand_below_one_another_on_a_phone(open_page):
    page = opened(
        open_page, "a=adam&steps=30&view.third=a.beta2", width=390, height=844, has_touch=True
    )
    boxes = page.locator(".sweep-ground .plot .subplot").evaluate_all(
        "all => all.map((e) => e.getBoundingClientRect()).map(({x, y, width}) => [x, y, width])"
    )
    assert len(boxes) == 4
    assert len({round(x) for x, _, _ in boxes}) == 1
    assert page.locator(".sweep-ground").evaluate("e => e.scrollWidth - e.clientWidth") <= 0
