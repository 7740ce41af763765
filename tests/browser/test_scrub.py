"""The scrubber: a setting slides under the stage, and everything follows before it is let go."""

import re

import numpy as np
from playwright.sync_api import expect

from engine.setup.link import read
from tests.browser.stage import (
    at_rest,
    becomes,
    button,
    changes,
    map_box,
    parameters,
    path,
    points,
    ranges,
    slider,
    step,
)

FOUR = "a=gradient_descent&b=momentum_lecture&c=adam&d=rmsprop&steps=120"
PAINTED = """() => {
  const canvas = document.querySelector(".map .fan");
  if (!canvas.width) return 0;
  const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  return data.filter((v, k) => k % 4 === 3 && v > 0).length;
}"""


def menu(page):
    return page.get_by_role("combobox", name="Scrub a setting")


def stops(page):
    """Return the slider over the stops."""
    return page.locator(".scrub input.stops")


def said(page):
    return page.locator(".scrub-said").inner_text()


def choose(page, key):
    """Choose a setting and wait until its stops are there."""
    menu(page).select_option(key)
    ready(page)


def ready(page):
    becomes(page, lambda: int(stops(page).get_attribute("max") or 0), lambda most: most > 1)
    becomes(page, lambda: page.locator(".scrub[aria-busy]").count(), lambda busy: busy == 0)
    at_rest(page)


def hold(page, share):
    """Press the slider at a share of its length and keep it held."""
    box = stops(page).bounding_box()
    page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
    page.mouse.down()


def drag(page, share):
    box = stops(page).bounding_box()
    page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2, steps=4)


def assert_path(page, slot, experiment):
    """The path on screen is the run of this experiment."""
    k = "abcdef".index(slot)
    box, panel = map_box(page), page.locator(".stage .map").bounding_box()
    (x0, x1), (y0, y1) = ranges(page)
    x = experiment.runs()[k].x
    right = box["x"] - panel["x"] + (x[:, 0] - x0) / (x1 - x0) * box["width"]
    down = box["y"] - panel["y"] + (y1 - x[:, 1]) / (y1 - y0) * box["height"]
    np.testing.assert_allclose(points(page, slot), np.stack((right, down), -1), atol=0.5)


def test_everything_follows_the_hand_before_it_is_let_go(open_page):
    page = open_page(FOUR)
    choose(page, "c.lr")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    others = path(page, "a"), path(page, "b"), path(page, "d")
    row = page.locator(".outcomes tbody tr").nth(2)
    before = row.inner_text()
    changes(page, lambda: path(page, "c"), lambda: hold(page, 0.8))
    value = said(page)
    first = path(page, "c")
    changes(page, lambda: path(page, "c"), lambda: drag(page, 0.7))
    becomes(page, row.inner_text, lambda text: text != before)
    assert said(page) != value
    assert path(page, "c") != first
    assert (path(page, "a"), path(page, "b"), path(page, "d")) == others
    assert asked == []
    assert "c.lr" not in parameters(page)

    lr = page.locator(".scrub-said").get_attribute("title").split()[-1]
    page.mouse.up()
    becomes(page, lambda: parameters(page).get("c.lr"), lambda now: now == lr)
    assert_path(page, "c", read(parameters(page))[0])
    button(page, "Adam").or_(page.locator(".legend .lane").nth(2)).first.click()
    becomes(
        page,
        lambda: slider(page, "learning rate").get_attribute("aria-valuetext"),
        lambda text: text == lr,
    )


def test_the_rest_of_the_race_comes_when_the_hand_rests(open_page):
    page = open_page(FOUR + "&view.chosen=2")
    choose(page, "c.lr")
    numbers = page.locator(".rule .put-in").first
    kept = numbers.inner_text()
    hold(page, 0.9)
    rested = becomes(page, numbers.inner_text, lambda text: text != kept and "—" not in text)
    expect(page.locator(".stage .spoken")).to_have_text(re.compile("Adam: learning rate .*loss"))
    expect(page.locator(".curve .follows")).to_have_count(0)
    lr = page.locator(".scrub-said").get_attribute("title").split()[-1]
    found = read(parameters(page) | {"c.lr": lr})[0]
    assert_path(page, "c", found)
    page.mouse.up()
    becomes(page, lambda: parameters(page).get("c.lr"), lambda now: now == lr)
    assert numbers.inner_text() == rested


def test_back_brings_back_the_value_before(open_page):
    page = open_page(FOUR + "&view.scrub=b.beta")
    ready(page)
    before, value = path(page, "b"), said(page)
    hold(page, 0.6)
    drag(page, 0.5)
    page.mouse.up()
    becomes(page, lambda: parameters(page).get("b.beta"), bool)
    at_rest(page)
    page.go_back()
    becomes(page, lambda: parameters(page).get("b.beta"), lambda beta: beta is None)
    becomes(page, lambda: path(page, "b"), lambda now: now == before)
    becomes(page, lambda: said(page), lambda now: now == value)


def test_keys_slide_too_and_leave_the_clock_alone(open_page):
    page = open_page(FOUR + "&view.scrub=x")
    ready(page)
    stops(page).focus()
    before = path(page)
    for _ in range(3):
        stops(page).press("ArrowRight")
    becomes(page, lambda: path(page), lambda now: now != before)
    assert step(page) == 120
    becomes(page, lambda: parameters(page).get("x"), bool)
    assert_path(page, "d", read(parameters(page))[0])


def test_a_number_of_the_surface_moves_ground_and_minimum(open_page):
    page = open_page("surface=rosenbrock&a=adam&steps=60&view.scrub=surface.a")
    ready(page)
    star = page.locator(".overlay .critical-mark").first
    before = star.get_attribute("transform")
    hold(page, 0.9)
    becomes(page, lambda: star.get_attribute("transform"), lambda now: now != before)
    ground = page.locator(".preview")
    becomes(page, lambda: int(ground.get_attribute("data-side") or 0), lambda side: side > 64)
    page.mouse.up()
    becomes(page, lambda: parameters(page).get("surface.a"), bool)
    becomes(
        page, lambda: page.evaluate("document.querySelector('.preview').width"), lambda w: w == 0
    )
    assert_path(page, "a", read(parameters(page))[0])


def test_the_fan_is_drawn_and_taken_away(open_page):
    page = open_page(FOUR + "&view.scrub=a.lr")
    ready(page)
    assert page.evaluate(PAINTED) == 0
    page.locator(".fan-toggle").click()
    becomes(page, lambda: page.evaluate(PAINTED), lambda count: count > 200)
    expect(page.locator(".fan-key").first).to_contain_text("Gradient descent, learning rate")
    becomes(page, lambda: parameters(page).get("view.fan"), lambda fan: fan == "on")
    page.get_by_role("button", name="Close the scrubber").click()
    becomes(page, lambda: page.evaluate(PAINTED), lambda count: count == 0)
    becomes(page, lambda: parameters(page).get("view.scrub"), lambda key: key is None)
    expect(stops(page)).to_be_hidden()


def test_a_setting_that_is_no_more_closes_with_a_word(open_page):
    page = open_page(FOUR + "&surface=ravine&view.scrub=surface.kappa")
    ready(page)
    page.locator("[data-testid=stSidebar]").get_by_role("combobox", name="Surface").click()
    page.get_by_role("option", name="Rosenbrock").click()
    note = page.locator(".scrub-note")
    expect(note).to_contain_text("Ravine: condition number")
    expect(stops(page)).to_be_hidden()
    page.go_back()
    becomes(page, lambda: parameters(page).get("surface"), lambda key: key == "ravine")
    ready(page)
    expect(note).to_have_text("")
    expect(stops(page)).to_be_visible()


def test_another_setting_elsewhere_changes_what_is_slid_through(open_page):
    page = open_page(FOUR + "&view.scrub=x")
    ready(page)
    changes(
        page, lambda: parameters(page), lambda: slider(page, "learning rate").press("ArrowRight")
    )
    ready(page)
    hold(page, 0.8)
    becomes(page, lambda: said(page), lambda now: float(now.replace("−", "-")) > 0.5)
    page.mouse.up()
    becomes(page, lambda: parameters(page).get("x"), bool)
    assert_path(page, "a", read(parameters(page))[0])


def test_the_range_can_be_one_stop_and_says_so(open_page):
    page = open_page(FOUR + "&view.scrub=x")
    ready(page)
    page.get_by_role("textbox", name="Scrub from").fill("-1.2")
    page.get_by_role("textbox", name="Scrub to").fill("-1.2")
    page.get_by_role("textbox", name="Scrub to").press("Enter")
    expect(page.locator(".scrub-said")).to_contain_text("one stop")
    expect(stops(page)).to_be_disabled()
    page.get_by_role("textbox", name="Scrub to").fill("nonsense")
    page.get_by_role("textbox", name="Scrub to").press("Enter")
    expect(page.get_by_role("textbox", name="Scrub to")).to_have_value("-1.2")
    page.get_by_role("textbox", name="Scrub to").fill("0.5")
    page.get_by_role("textbox", name="Scrub to").press("Enter")
    expect(stops(page)).to_be_enabled()


def test_an_end_that_is_being_typed_is_left_alone(open_page):
    page = open_page(FOUR + "&view.scrub=x")
    ready(page)
    begin, end = (page.get_by_role("textbox", name=f"Scrub {side}") for side in ("from", "to"))
    begin.fill("-1.5")
    end.fill("0.25")
    changes(
        page, lambda: parameters(page), lambda: slider(page, "learning rate").press("ArrowRight")
    )
    ready(page)
    expect(end).to_have_value("0.25")


def test_unknown_words_in_the_link_do_no_harm(open_page):
    page = open_page(FOUR + "&view.scrub=e.lr&view.fan=on")
    expect(page.locator(".scrub-note")).to_contain_text("no setting of this experiment")
    choose(page, "y")
    expect(stops(page)).to_be_enabled()


def test_without_controls_the_chosen_setting_can_still_be_slid(open_page):
    page = open_page(FOUR + "&view.controls=hidden&view.scrub=a.lr", width=900, height=600)
    ready(page)
    expect(menu(page)).to_be_hidden()
    expect(page.locator(".scrub-label")).to_have_text("Gradient descent: learning rate")
    changes(page, lambda: path(page), lambda: stops(page).press("ArrowLeft"))
    becomes(page, lambda: parameters(page).get("a.lr"), bool)


def test_stage_and_sliders_fit_a_projector(open_page):
    page = open_page(FOUR + "&view.scrub=c.lr&view.chosen=2")
    ready(page)
    row = page.locator(".scrub").bounding_box()
    assert row["y"] + row["height"] < 620
    assert row["height"] <= 40
