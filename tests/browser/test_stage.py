"""The stage under the hand: sliders, clicks, drags, hovering, zoom."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from engine.setup.experiment import Experiment
from engine.setup.link import read
from surfaces.rosenbrock import Rosenbrock
from tests.browser.conftest import page_of
from tests.browser.stage import (
    at_rest,
    becomes,
    button,
    changes,
    data_at,
    drawn,
    enter,
    follow,
    line,
    map_box,
    on_map,
    parameters,
    path,
    points,
    ranges,
    slider,
    start_center,
    step,
    timeline,
)

TAG = "element => { element.tag = (element.tag || 0) + 1; return element.tag; }"


def pixels(page, x):
    """Return points of shape (n, 2) as pixels of the map."""
    panel, box = page.locator(".stage .map").bounding_box(), map_box(page)
    (x0, x1), (y0, y1) = ranges(page)
    right = box["x"] - panel["x"] + (x[:, 0] - x0) / (x1 - x0) * box["width"]
    down = box["y"] - panel["y"] + (y1 - x[:, 1]) / (y1 - y0) * box["height"]
    return np.stack((right, down), axis=-1)


def assert_shows(page, experiment):
    """The paths on screen are the runs of this experiment, to a tenth of a pixel or so."""
    for slot, run in zip("abcdef", experiment.runs(), strict=False):
        np.testing.assert_allclose(points(page, slot), pixels(page, run.x), atol=0.5)


def shows(page, experiment):
    """Say whether the first lane on screen is that of this experiment."""
    wanted = pixels(page, experiment.runs()[0].x)
    found = np.array(points(page))
    return found.shape == wanted.shape and np.allclose(found, wanted, atol=0.5)


def wheel(page):
    """Zoom in on the map and return what its axes show then."""
    before = ranges(page)
    page.mouse.move(*on_map(page, 0.5, 0.5))
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    becomes(page, lambda: ranges(page), lambda now: now != before)
    page.wait_for_timeout(600)
    return ranges(page)


def test_first_visit_shows_the_paths_of_the_engine(page):
    assert_shows(page, Experiment())


def test_a_slider_moves_its_path_and_no_other(page):
    others = path(page, "b"), path(page, "c")
    changes(page, lambda: path(page), lambda: slider(page, "learning rate").press("ArrowRight"))
    becomes(page, lambda: parameters(page).get("a.lr"), lambda lr: lr == "0.0012")
    assert (path(page, "b"), path(page, "c")) == others
    assert_shows(page, read(parameters(page))[0])


def test_paths_follow_a_slider_while_it_is_dragged_and_release_commits(page):
    box = slider(page, "learning rate").locator("xpath=..").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = parameters(page)
    page.mouse.move(x, y)
    page.mouse.down()
    seen = {path(page)}
    for k in range(1, 4):
        page.mouse.move(x - 8 * k, y, steps=2)
        seen.add(becomes(page, lambda: path(page), lambda now: now not in seen))
    assert parameters(page) == before
    page.mouse.up()
    becomes(page, lambda: "a.lr" in parameters(page), bool)
    at_rest(page)
    assert_shows(page, read(parameters(page))[0])


def test_the_stage_is_the_same_element_after_a_slider_and_keeps_its_zoom(page):
    elements = [
        page.locator(css)
        for css in (".stage", ".stage .map .plot", ".stage .curve.loss .past > .overlay")
    ]
    for element in elements:
        assert element.evaluate(TAG) == 1
    shown = wheel(page)
    changes(page, lambda: path(page), lambda: slider(page, "learning rate").press("ArrowRight"))
    at_rest(page)
    assert [element.evaluate(TAG) for element in elements] == [2, 2, 2]
    np.testing.assert_allclose(ranges(page), shown)


def test_zoom_stays_while_the_surface_changes_its_parameter(page):
    shown = wheel(page)
    changes(page, lambda: path(page), lambda: slider(page, "steepness").press("ArrowRight"))
    at_rest(page)
    np.testing.assert_allclose(ranges(page), shown)


def test_a_button_resets_the_zoom(page):
    usual = ranges(page)
    assert wheel(page) != usual
    button(page, "Reset zoom").click()
    becomes(page, lambda: ranges(page), lambda now: np.allclose(now, usual))


def test_a_drag_beside_the_start_pans_and_places_nothing(page):
    before, shown = parameters(page), ranges(page)
    page.mouse.move(*on_map(page, 0.7, 0.3))
    page.mouse.down()
    page.mouse.move(*on_map(page, 0.5, 0.4), steps=5)
    page.mouse.up()
    becomes(page, lambda: ranges(page), lambda now: now != shown)
    assert parameters(page) == before


def test_a_click_places_the_start(page):
    there = on_map(page, 0.75, 0.25)
    wanted = data_at(page, there)
    changes(page, lambda: path(page), lambda: page.mouse.click(*there))
    becomes(page, lambda: "x" in parameters(page), bool)
    found = parameters(page)
    np.testing.assert_allclose((float(found["x"]), float(found["y"])), wanted, atol=0.02)
    np.testing.assert_allclose(start_center(page), there, atol=1.5)
    assert_shows(page, read(found)[0])
    beside = there[0] + 12, there[1] - 8
    changes(page, lambda: path(page), lambda: page.mouse.click(*beside))
    np.testing.assert_allclose(start_center(page), beside, atol=1.5)


def test_the_start_keeps_its_distance_from_the_pointer_and_stays_where_it_is_let_go(page):
    x, y = start_center(page)
    page.mouse.move(x + 12, y - 8)
    page.evaluate("() => { globalThis.requestAnimationFrame = () => 0; }")  # no path follows yet
    page.mouse.down()
    page.mouse.move(x + 12 + 90, y - 8 - 40)
    page.mouse.up()
    there = x + 90, y - 40
    np.testing.assert_allclose(start_center(page), there, atol=1.5)
    becomes(page, lambda: parameters(page), lambda now: {"x", "y"} <= now.keys())
    np.testing.assert_allclose(start_center(page), there, atol=1.5)


def test_paths_follow_the_start_while_it_is_dragged_and_release_commits(page):
    before, home, kept = parameters(page), start_center(page), path(page)
    page.mouse.move(*home)
    page.mouse.down()
    follow(page, on_map(page, 0.3, 0.4))
    page.keyboard.press("Escape")
    becomes(page, lambda: path(page), lambda now: now == kept)
    np.testing.assert_allclose(start_center(page), home, atol=1.5)
    page.mouse.up()
    page.mouse.move(*home)
    page.mouse.down()
    seen = {path(page)}
    for k in range(1, 5):
        follow(page, on_map(page, 0.2 + 0.15 * k, 0.3))
        assert path(page) not in seen
        seen.add(path(page))
    assert parameters(page) == before
    page.mouse.up()
    becomes(page, lambda: "x" in parameters(page), bool)
    at_rest(page)
    np.testing.assert_allclose(start_center(page), on_map(page, 0.8, 0.3), atol=1.5)
    assert_shows(page, read(parameters(page))[0])


def test_a_drag_that_ends_outside_the_axes_leaves_the_start_inside(page):
    page.mouse.move(*start_center(page))
    page.mouse.down()
    page.mouse.move(*on_map(page, 0.5, 0.5), steps=3)
    page.mouse.move(*on_map(page, 0.5, -0.3), steps=3)
    page.mouse.up()
    becomes(page, lambda: "x" in parameters(page), bool)
    at_rest(page)
    x, y = (float(parameters(page)[side]) for side in "xy")
    assert -2 <= x <= 2
    assert -1 <= y <= 3
    there = on_map(page, 0.3, 0.7)
    page.mouse.move(*there)
    page.wait_for_timeout(200)
    assert np.hypot(*np.subtract(start_center(page), there)) > 50, "the start sticks to the pointer"


def test_arrow_keys_nudge_the_start_and_leave_the_clock_alone(page):
    shown = step(page)
    page.locator(".overlay .start").focus()
    changes(page, lambda: path(page), lambda: page.keyboard.press("ArrowRight"))
    becomes(page, lambda: parameters(page).get("x"), lambda x: x == "-1.16")
    assert step(page) == shown


def test_hovering_the_ground_tells_the_true_loss(page):
    there = on_map(page, 0.6, 0.1)
    page.mouse.move(*there)
    readout = page.locator(".stage .map .readout")
    expect(readout).to_contain_text("gradient")
    x, y = data_at(page, there)
    loss = float(re.search(r"loss ([\d.]+)", readout.inner_text())[1])
    assert loss == pytest.approx(float(Rosenbrock().f(x, y)), rel=0.05)


def test_hovering_a_path_shows_its_step(page):
    wanted = 150
    panel = page.locator(".stage .map").bounding_box()
    x, y = points(page, "a")[wanted]
    page.mouse.move(panel["x"] + x, panel["y"] + y)
    expect(page.locator(".stage .map .readout")).to_contain_text("step")
    told = int(re.search(r"step (\d+)", page.locator(".stage .map .readout").inner_text())[1])
    becomes(page, lambda: step(page), lambda now: now == told)


def test_hovering_a_curve_shows_that_step(page):
    page.mouse.move(*on_the_loss(page, 100))
    becomes(page, lambda: step(page), lambda now: abs(now - 100) <= 2)
    assert len(points(page)) == step(page) + 1


def on_the_loss(page, t):
    """Return the pixel over the loss curves where step t is, and stand at step 40 again."""
    stands_at(page, t)
    box = page.locator(".stage .loss .cursor").bounding_box()
    stands_at(page, 40)
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def stands_at(page, t):
    timeline(page).fill(str(t))
    becomes(page, lambda: step(page), lambda now: now == t)


def test_looking_changes_nothing(page):
    curve = on_the_loss(page, 180)
    page.mouse.move(*curve)
    becomes(page, lambda: step(page), lambda now: abs(now - 180) <= 2)
    button(page, "Save").hover()
    becomes(page, lambda: step(page), lambda now: now == 40)
    panel = page.locator(".stage .map").bounding_box()
    x, y = points(page, "a")[30]
    page.mouse.move(panel["x"] + x, panel["y"] + y)
    expect(page.locator(".stage .map .readout")).to_contain_text("step")
    page.mouse.move(2, 2)
    becomes(page, lambda: step(page), lambda now: now == 40)


def test_a_press_on_a_curve_goes_there_and_a_drag_on_from_there(page):
    first, second = on_the_loss(page, 150), on_the_loss(page, 75)
    page.mouse.click(*first)
    button(page, "Save").hover()
    becomes(page, lambda: step(page), lambda now: abs(now - 150) <= 2)
    page.mouse.move(*first)
    page.mouse.down()
    page.mouse.move(*second, steps=4)
    page.mouse.up()
    button(page, "Save").hover()
    becomes(page, lambda: step(page), lambda now: abs(now - 75) <= 2)


def test_a_lane_is_hidden_and_shown_again(page):
    button(page, "Hide Adam").click()
    expect(line(page, "c")).to_have_count(0)
    becomes(page, lambda: parameters(page).get("c.shown"), lambda shown: shown == "off")
    expect(line(page, "a")).to_have_count(1)
    button(page, "Show Adam").click()
    expect(line(page, "c")).to_have_count(1)
    becomes(page, lambda: "c.shown" in parameters(page), lambda told: not told)


def test_the_legend_chooses_the_lane_whose_sliders_are_shown(page):
    page.locator(".legend .lane", has_text="Adam").click()
    expect(slider(page, "memory of squares")).to_be_attached()
    expect(page.locator(".legend .lane[aria-pressed=true] .name")).to_have_text("Adam")


def test_lanes_are_added_copied_and_removed(page):
    press = page.locator("[data-testid=stSidebar]").get_by_role("button", name="Add", exact=True)
    press.click()
    expect(line(page, "d")).to_have_count(1)
    page.locator("[data-testid=stSidebar]").get_by_role("button", name="Copy", exact=True).click()
    expect(line(page, "e")).to_have_count(1)
    assert path(page, "d") == path(page, "e")
    for slot in "ed":
        remove = page.locator("[data-testid=stSidebar]").get_by_role("button", name="Remove")
        remove.click()
        expect(line(page, slot)).to_have_count(0)
        at_rest(page)


def test_any_allowed_number_can_be_entered_exactly(page):
    changes(
        page, lambda: path(page), lambda: enter(page, "learning rate, exactly", "0.00123456789")
    )
    becomes(page, lambda: parameters(page).get("a.lr"), lambda lr: lr == "0.00123456789")


def test_a_number_that_is_not_allowed_is_refused_in_words(page):
    before = path(page), parameters(page)
    enter(page, "learning rate, exactly", "-3")
    expect(page.get_by_role("alert")).to_contain_text(
        "learning rate: '-3' is not a number from 1e-6"
    )
    at_rest(page)
    assert (path(page), parameters(page)) == before


def test_another_number_of_steps_lengthens_the_clock(page):
    enter(page, "steps", "120")
    becomes(page, lambda: step(page), lambda now: now == 120)
    becomes(page, lambda: len(points(page)), lambda count: count == 121)


def test_another_surface_brings_its_start_and_back_restores(page):
    home = path(page)
    menu = page.locator("[data-testid=stSidebar]").get_by_role("combobox", name="Surface")
    menu.click()
    menu.fill("Himmelblau")
    page.get_by_role("option", name="Himmelblau").click()
    expect(page.locator(".stage h1")).to_have_text(re.compile("Himmelblau"))
    becomes(page, lambda: parameters(page).get("surface"), lambda name: name == "himmelblau")
    becomes(page, lambda: path(page), lambda now: now != home)
    at_rest(page)
    assert_shows(page, read(parameters(page))[0])
    page.go_back()
    expect(page.locator(".stage h1")).to_have_text("Rosenbrock")
    becomes(page, lambda: path(page), lambda now: now == home)
    assert parameters(page) == {}


def test_a_connection_lost_in_mid_drag_and_found_again(own_server, browser):
    page, watch = page_of(own_server, browser, "a=adam&a.lr=0.05&steps=200")
    drawn(page)
    before = parameters(page)
    page.mouse.move(*start_center(page))
    page.mouse.down()
    page.mouse.move(*on_map(page, 0.4, 0.4), steps=3)
    own_server.stop()
    page.mouse.move(*on_map(page, 0.6, 0.3), steps=3)
    page.mouse.up()
    own_server.start()
    becomes(page, lambda: shows(page, read(parameters(page))[0]), bool)
    assert before.items() <= parameters(page).items()
    there = on_map(page, 0.7, 0.5)
    page.mouse.click(*there)
    becomes(page, lambda: start_center(page), lambda now: np.allclose(now, there, atol=1.5))
    becomes(page, lambda: shows(page, read(parameters(page))[0]), bool)
    page.context.close()
    unexpected = [
        c
        for c in watch.complaints
        if not re.search(r"ERR_\w+|WebSocket|connect|No response received", c)
    ]
    assert unexpected == []
