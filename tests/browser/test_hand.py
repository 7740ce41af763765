"""What the hand expects: scrolling scrolls, space plays, and Escape leads back."""

import pytest
from playwright.sync_api import expect

from tests.browser.stage import (
    becomes,
    button,
    changes,
    enter,
    map_box,
    on_map,
    parameters,
    path,
    ranges,
    slider,
    step,
)

PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}


def scrolled(page):
    """Return how far the page, whichever of its parts scrolls, has been scrolled."""
    return page.evaluate(
        "() => [...document.querySelectorAll('*')].reduce((sum, e) => sum + e.scrollTop, 0)"
    )


def fingers(page, *paths, steps=12):
    """Move fingers along straight paths, ((x0, y0), (x1, y1)) each, as a touch screen does."""
    session = page.context.new_cdp_session(page)

    def send(kind, share):
        where = [
            {"x": a[0] + share * (b[0] - a[0]), "y": a[1] + share * (b[1] - a[1]), "id": k}
            for k, (a, b) in enumerate(paths)
        ]
        points = [] if kind == "touchEnd" else where
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    send("touchStart", 0)
    for k in range(1, steps + 1):
        send("touchMove", k / steps)
        page.wait_for_timeout(16)
    send("touchEnd", 1)


def test_the_wheel_over_the_map_scrolls_the_page_and_says_how_to_zoom(page):
    shown = ranges(page)
    page.mouse.move(*on_map(page, 0.5, 0.5))
    changes(page, lambda: scrolled(page), lambda: page.mouse.wheel(0, 300))
    note = page.locator(".gesture-note")
    expect(note).to_have_text("Ctrl and the wheel zoom the map.")
    assert ranges(page) == shown
    expect(note).to_have_text("")


def test_ctrl_and_the_wheel_zoom_the_map_alone(page):
    page.mouse.move(*on_map(page, 0.5, 0.5))
    page.keyboard.down("Control")
    before = scrolled(page)
    changes(page, lambda: ranges(page), lambda: page.mouse.wheel(0, -300))
    page.keyboard.up("Control")
    assert scrolled(page) == before
    assert page.evaluate("() => window.devicePixelRatio") == 1


def test_a_swipe_up_the_phones_map_scrolls_the_page(open_page):
    page = open_page("", **PHONE)
    shown, placed = ranges(page), parameters(page)
    box = map_box(page)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.9
    changes(page, lambda: scrolled(page), lambda: fingers(page, ((x, y), (x, y - 180))))
    assert ranges(page) == shown
    assert parameters(page) == placed


def test_two_fingers_move_and_zoom_the_phones_map(open_page):
    page = open_page("", **PHONE)
    (x0, x1), _ = ranges(page)
    box = map_box(page)
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    out = [((middle[0] + s * 40, middle[1]), (middle[0] + s * 80, middle[1])) for s in (-1, 1)]
    before = scrolled(page)
    becomes(
        page,
        lambda: (fingers(page, *out), ranges(page)[0])[1],
        lambda now: now[1] - now[0] < 0.6 * (x1 - x0),
    )
    assert scrolled(page) == before


def plays(page):
    return button(page, "Pause").count() == 1


def space_plays(page):
    """Press space twice: it must start the clock and stop it."""
    page.keyboard.press("Space")
    becomes(page, lambda: plays(page), bool)
    page.keyboard.press("Space")
    becomes(page, lambda: plays(page), lambda on: not on)


def test_space_plays_after_a_slider_was_dragged(page):
    box = slider(page, "learning rate").locator("xpath=..").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 - 12, box["y"] + box["height"] / 2, steps=3)
    changes(page, lambda: parameters(page), page.mouse.up)
    space_plays(page)


def test_space_plays_after_a_choice_from_a_menu_and_leaves_it_shut(page):
    menu = page.get_by_role("combobox", name="Surface")
    menu.click()
    page.get_by_role("option", name="Ravine").click()
    expect(page.locator(".stage h1")).to_have_text("Ravine")
    space_plays(page)
    expect(page.get_by_role("listbox")).to_have_count(0)


def test_space_plays_after_a_lane_was_copied_and_adds_no_other(page):
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator(".legend .entry")).to_have_count(4)
    space_plays(page)
    expect(page.locator(".legend .entry")).to_have_count(4)


def test_space_plays_after_a_button_of_the_stage_was_pressed(page):
    button(page, "Hold").click()
    expect(button(page, "Release")).to_be_visible()
    space_plays(page)
    expect(button(page, "Release")).to_be_visible()


def test_space_is_a_space_where_text_is_typed(page):
    field = page.get_by_role("textbox", name="start x", exact=True)
    field.fill("")
    field.press_sequentially("1 2")
    assert field.input_value() == "1 2"
    assert not plays(page)


def test_space_presses_the_button_that_a_key_has_reached(page):
    page.locator(".lab-tabs [role=tab]").first.focus()
    button(page, "Help").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("dialog.guide")).to_be_visible()
    assert not plays(page)


@pytest.mark.parametrize("text", ["2,000", "2 000", "2.000"])
def test_two_thousand_steps_are_two_thousand(page, text):
    enter(page, "steps", text)
    becomes(page, lambda: parameters(page).get("steps"), lambda now: now == "2000")


def test_an_ambiguous_number_is_refused_with_a_sentence(page):
    before = path(page)
    enter(page, "start x", "1,500")
    expect(page.get_by_text("'1,500' could be 1500 or 1.500")).to_be_visible()
    assert path(page) == before
    assert step(page) == 300


@pytest.mark.parametrize(("width", "height"), [(560, 400), (800, 450)])
@pytest.mark.parametrize("link", ["", "view.controls=hidden"])
def test_an_embedded_stage_has_its_play_button_in_sight(open_page, width, height, link):
    page = open_page(link, width=width, height=height)
    box = button(page, "Play").bounding_box()
    assert box["y"] + box["height"] <= height
    assert map_box(page)["height"] >= 110
