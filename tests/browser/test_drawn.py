"""A surface painted on the map, with mouse and finger and key, and one taken from a picture."""

import numpy as np
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.stage import becomes, parameters, path, points
from tests.browser.test_hand import PHONE, fingers


def heights(page: Page) -> str:
    return parameters(page).get("surface.heights", "")


def take(page: Page, tool: str):
    page.get_by_role("button", name=tool, exact=True).click()
    layer = page.locator(".painting")
    expect(layer).to_be_visible()
    return layer.bounding_box()


def near(one, other):
    """Say whether two paths are one but for the rounding of what is kept, drawn to 0.1 px."""
    return len(one) == len(other) and np.allclose(one, other, atol=0.11)


def test_a_stroke_is_a_valley_that_can_be_undone(open_page):
    page = open_page("surface=drawn&a=adam&steps=60")
    before, box = path(page), take(page, "Lower")
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 90, steps=4)
    becomes(page, lambda: path(page), lambda d: d != before)
    page.keyboard.press("Escape")
    becomes(page, lambda: path(page), lambda d: d == before)
    page.mouse.up()
    assert heights(page) == ""
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 90, steps=8)
    becomes(page, lambda: path(page), lambda d: d != before)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    expect(page.locator(".painting.wet")).to_have_count(0)
    felt = np.array(points(page))
    page.mouse.up()
    painted = becomes(page, lambda: heights(page), lambda text: len(text) == 576)
    becomes(page, lambda: points(page), lambda now: near(now, felt))
    becomes(page, lambda: page.locator(".painting.wet").count(), lambda n: n == 0)
    page.get_by_role("button", name="Clear").click()
    becomes(page, lambda: heights(page), lambda text: set(text) == {"f"})
    undo = page.get_by_role("button", name="Undo", exact=True)
    undo.click()
    becomes(page, lambda: heights(page), lambda text: text == painted)
    undo.click()
    becomes(page, lambda: heights(page), lambda text: text == "")
    becomes(page, lambda: path(page), lambda d: d == before)
    expect(undo).to_be_disabled()


def test_a_finger_paints_and_the_page_does_not_scroll(open_page):
    page = open_page("surface=drawn&a=adam&steps=60", **PHONE)
    take(page, "Raise")
    page.locator(".painting").scroll_into_view_if_needed()
    box, top = page.locator(".painting").bounding_box(), page.evaluate("scrollY")
    x, y = box["x"] + 0.5 * box["width"], box["y"] + 0.3 * box["height"]
    fingers(page, ((x, y), (x + 40, y + 50)))
    becomes(page, lambda: heights(page), lambda text: len(text) == 576)
    assert page.evaluate("scrollY") == top


def test_keys_move_the_brush_and_paint(open_page):
    page = open_page("surface=drawn&a=adam&steps=60")
    take(page, "Lower")
    page.locator(".painting").focus()
    for key in ("ArrowLeft", "ArrowUp", "Space"):
        page.keyboard.press(key)
    expect(page.locator(".spoken")).to_contain_text("of 24: height")
    becomes(page, lambda: heights(page), lambda text: len(text) == 576)


def test_a_picture_becomes_heights(open_page, tmp_path):
    page = open_page("surface=drawn&a=adam&steps=60")
    picture = Image.new("L", (256, 256), 255)
    picture.paste(0, (128, 0, 256, 256))
    picture.save(tmp_path / "half.png")
    field = page.locator(".from-picture input")
    field.set_input_files(tmp_path / "half.png")
    text = becomes(page, lambda: heights(page), lambda found: len(found) == 48 * 48)
    assert (text[0], text[47]) == ("_", "A")
    (tmp_path / "no.png").write_text("nothing")
    field.set_input_files(tmp_path / "no.png")
    expect(page.locator(".brush .problem")).to_contain_text("no.png is no picture")
    assert heights(page) == text


def test_a_stroke_that_makes_the_first_minimum_is_followed_at_once(open_page):
    page = open_page("surface=drawn&surface.heights=" + "f" * 24**2 + "&a=adam&steps=60")
    before, box = path(page), take(page, "Lower")
    expect(page.locator(".curve.loss .panel-title")).to_have_text("Loss")
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 90, steps=8)
    becomes(page, lambda: path(page), lambda d: d != before)
    expect(page.locator(".curve.loss .panel-title")).to_have_text("Loss above the minimum")
    expect(page.locator(".painting.wet")).to_have_count(0)
    page.mouse.up()
    becomes(page, lambda: heights(page), lambda text: text != "f" * 24**2)
    expect(page.locator(".curve.loss .panel-title")).to_have_text("Loss above the minimum")


def test_other_surfaces_have_no_brush(open_page):
    page = open_page("surface=sphere&a=adam")
    expect(page.locator(".brush")).to_be_hidden()
