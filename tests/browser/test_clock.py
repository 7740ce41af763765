"""The clock as a user plays it: buttons, keys, timeline, loop, speed, and what may go wrong."""

import re
from itertools import pairwise

from playwright.sync_api import expect

from engine.setup.link import read
from tests.browser.stage import (
    PATIENCE,
    at_rest,
    becomes,
    button,
    drawn,
    head,
    parameters,
    path,
    points,
    slider,
    step,
    timeline,
)

BROKEN_AT_3 = {"surface": "rosenbrock", "a": "gradient_descent", "a.lr": "1", "steps": "40"}


def speed(page, name):
    page.locator(".clock").get_by_label("Speed").select_option(label=name)


def plays(page):
    return button(page, "Pause").count() == 1


def test_playing_runs_from_the_start_to_the_end_and_rests(page):
    speed(page, "10×")
    button(page, "Play").click()
    becomes(page, lambda: step(page), lambda now: 0 < now < 300)
    becomes(page, lambda: step(page), lambda now: now == 300)
    expect(button(page, "Play")).to_be_visible()
    assert len(points(page)) == 301


def test_the_timeline_scrubs_paths_and_heads(page):
    everything = points(page)
    for t in (0, 1, 134, 299):
        timeline(page).fill(str(t))
        assert step(page) == t
        assert points(page) == everything[: t + 1]
        assert head(page) == everything[t]


def test_buttons_step_forward_and_back_and_to_both_ends(page):
    timeline(page).fill("100")
    for name, t in (
        ("One step forward", 101),
        ("One step back", 100),
        ("To the start", 0),
        ("One step back", 0),
        ("To the end", 300),
        ("One step forward", 300),
    ):
        button(page, name).click()
        assert step(page) == t


def test_keys_drive_the_clock(page):
    page.locator(".stage h1").click()
    for key, t in (("Home", 0), ("ArrowRight", 1), ("ArrowLeft", 0), ("End", 300)):
        page.keyboard.press(key)
        assert step(page) == t
    page.keyboard.press("Space")
    becomes(page, lambda: plays(page), bool)
    becomes(page, lambda: step(page), lambda now: 0 < now < 300)
    page.keyboard.press("Space")
    expect(button(page, "Play")).to_be_visible()


def test_keys_that_belong_to_a_slider_leave_the_clock_alone(page):
    timeline(page).fill("100")
    slider(page, "learning rate").press("ArrowRight")
    at_rest(page)
    assert step(page) == 100


def test_a_loop_begins_again(open_page):
    page = open_page("steps=60")
    speed(page, "5×")
    button(page, "Repeat").click()
    button(page, "Play").click()
    seen = []

    def fell():
        seen.append(step(page))
        return any(later < earlier for earlier, later in pairwise(seen))

    page.wait_for_timeout(500)
    becomes(page, fell, bool)
    assert plays(page)


def test_a_tenth_of_the_speed_is_slow(page):
    speed(page, "0.1×")
    button(page, "Play").click()
    page.wait_for_timeout(2000)
    button(page, "Pause").click()
    assert 1 <= step(page) <= 40


def test_a_double_click_on_play_leaves_the_clock_resting(page):
    page.locator(".clock .play").dblclick()
    expect(button(page, "Play")).to_be_visible()
    stood = step(page)
    page.wait_for_timeout(300)
    assert step(page) == stood
    button(page, "Play").click()
    becomes(page, lambda: step(page), lambda now: now > stood)


def test_a_slider_moves_the_path_while_the_clock_plays(page):
    speed(page, "0.25×")
    button(page, "Play").click()
    slider(page, "learning rate").press("ArrowRight")
    at_rest(page)
    assert plays(page)
    stood = step(page)
    becomes(page, lambda: step(page), lambda now: now > stood)


def test_a_window_of_200_pixels_neither_stops_nor_breaks_the_clock(page):
    speed(page, "0.5×")
    button(page, "Play").click()
    page.set_viewport_size({"width": 200, "height": 400})
    stood = step(page)
    becomes(page, lambda: step(page), lambda now: now > stood)
    page.set_viewport_size({"width": 1366, "height": 768})
    button(page, "To the end").click()
    becomes(page, lambda: len(points(page)), lambda count: count == 301)


def test_a_minute_in_the_background_is_no_leap(open_alone):
    page = open_alone("steps=2000")
    page.clock.install()
    button(page, "Play").click()
    page.clock.run_for(500)
    stood = step(page)
    page.clock.fast_forward(60_000)
    page.clock.run_for(100)
    assert stood < step(page) < stood + 200
    page.clock.resume()
    button(page, "Pause").click()


def test_a_run_that_breaks_at_step_3_plays_to_its_end_and_says_where(open_page):
    experiment, _ = read(BROKEN_AT_3)
    gone = int(experiment.runs()[0].diverged)
    assert 0 < gone <= 5, "the example no longer breaks early"
    page = open_page("&".join(f"{k}={v}" for k, v in BROKEN_AT_3.items()))
    button(page, "Play").click()
    becomes(page, lambda: step(page), lambda now: now == 40)
    expect(button(page, "Play")).to_be_visible()
    expect(page.locator(".overlay .label[data-lane=a]")).to_have_text(
        re.compile(f"DIVERGED at {gone}"), use_inner_text=False
    )
    expect(page.locator(".legend .value")).to_have_text(f"DIVERGED at {gone}")
    expect(page.locator(".overlay .head.gone")).to_have_count(1)
    expect(page.locator(".events .mark.diverged")).to_have_count(1)
    assert "NaN" not in path(page)
    timeline(page).fill(str(gone - 1))
    expect(page.locator(".overlay .head.gone")).to_have_count(0)


def test_events_stand_on_the_timeline(open_page):
    link = {"surface": "ravine", "a": "gradient_descent", "a.lr": "0.0199", "steps": "300"}
    experiment, _ = read(link)
    page = open_page("&".join(f"{k}={v}" for k, v in link.items()))
    flips = page.locator(".events .mark[class*=flip]")
    expect(flips.first).to_be_attached(timeout=PATIENCE)
    assert experiment.lanes[0].label in (flips.first.get_attribute("title") or "")
    # On a phone they would be one grey band: as many are seen as can be told apart.
    page.set_viewport_size({"width": 390, "height": 844})
    seen = "(marks) => marks.filter((mark) => mark.checkVisibility()).length"
    becomes(page, lambda: flips.evaluate_all(seen), lambda shown: 0 < shown < flips.count() / 3)


def test_a_paused_step_survives_the_switch_of_colors(page):
    timeline(page).fill("40")
    page.locator(".choices summary").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Dark", exact=True).click()
    drawn(page)
    assert step(page) == 40
    timeline(page).fill("41")
    becomes(page, lambda: "view.step" in parameters(page), lambda told: not told)


def test_a_link_tells_the_step_at_which_it_stopped_the_clock(page):
    timeline(page).fill("40")
    button(page, "Play").click()
    becomes(page, lambda: step(page), lambda now: now > 45)
    button(page, "Save").click()
    page.get_by_role("tab", name="Link", exact=True).click()
    link = page.get_by_label("Link to this page").input_value()
    shown = step(page)
    assert f"view.step={shown}" in link
    expect(page.locator("dialog .opens")).to_have_text(f"Opens at step {shown} of 300.")
    assert button(page, "Pause").count() == 0
