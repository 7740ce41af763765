"""A formula that is typed, and the data and the model beside the landscape."""

import math
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Page, expect

from surfaces.formula import Formula
from tests.browser.stage import at_rest, becomes, changes, parameters, path, timeline
from tests.browser.test_hand import PHONE, fingers


def typed(page: Page, text: str) -> None:
    field = page.get_by_label("formula", exact=True)
    field.fill(text)
    field.press("Enter")


def head(page: Page) -> str:
    return page.locator(".stage-head .formula").text_content() or ""


def test_a_typed_formula_is_set_drawn_linked_and_told(open_page):
    page = open_page("surface=formula&a=adam")
    before = path(page)
    changes(page, lambda: head(page), lambda: typed(page, "x^2 + 3y^2 + b sin(3x)"))
    becomes(page, lambda: path(page), lambda d: d != before)
    link = becomes(page, lambda: parameters(page), lambda found: "surface.text" in found)
    assert link["surface.text"] == "x^2 + 3y^2 + b sin(3x)"
    sidebar = page.locator("[data-testid=stSidebar]")
    expect(sidebar.get_by_text("Found in the window")).to_be_visible()
    expect(sidebar.locator(".st-key-slopes .katex")).to_have_count(2)
    expect(sidebar.get_by_label("parameter b, exactly")).to_be_visible()
    expect(sidebar.get_by_label("parameter a, exactly")).to_have_count(0)


def test_an_empty_field_shows_what_counts_instead(open_page):
    page = open_page("surface=formula&surface.text=x^2 + a y^2&a=adam")
    for label, instead in (("range of a", "-10, 10"), ("window", "left, right, bottom, top")):
        field = page.get_by_label(label, exact=True)
        assert field.input_value() == ""
        assert field.get_attribute("placeholder") == instead


RANGES = """() => {
  const {xaxis, yaxis} = document.querySelector(".panel.map .js-plotly-plot")._fullLayout;
  return [xaxis.range, yaxis.range];
}"""


def test_the_map_of_another_formula_shows_the_window_that_is_proposed_for_it(open_page):
    """Narrower ones too: with equal units, Plotly went back to the range that it had before."""
    page = open_page("surface=formula&a=adam")
    usual = [list(side) for side in Formula().window]
    assert page.evaluate(RANGES) == usual
    for text in ("max(|x-2|, |y|)", "(1-x)^2 + 200(y-x^2)^2"):
        narrow = [list(side) for side in Formula(text=text).window]
        assert narrow[0][1] - narrow[0][0] < usual[0][1] - usual[0][0]
        typed(page, text)
        becomes(page, lambda: page.evaluate(RANGES), lambda found, window=narrow: found == window)


def test_a_refused_formula_stays_in_its_field_and_changes_nothing(open_page):
    page = open_page("surface=formula&a=adam")
    before, shown = path(page), head(page)
    typed(page, "x^2 + foo(y)")
    refusal = page.locator(".refused")
    expect(refusal).to_contain_text("character 7: foo is not known here")
    expect(refusal.locator("mark")).to_have_text("f")
    assert page.get_by_label("formula", exact=True).input_value() == "x^2 + foo(y)"
    at_rest(page)
    assert (path(page), head(page)) == (before, shown)
    typed(page, "x^2 + y^2")
    expect(refusal).to_have_count(0)
    becomes(page, lambda: head(page), lambda now: now != shown)


TAKEN_WHILE_TYPED = """async (apart) => {
  const field = document.activeElement;
  const rest = (time) => new Promise((done) => setTimeout(done, time));
  let taken = 0;
  const count = ({key, isTrusted}) => (taken += key === "Enter" && !isTrusted);
  field.addEventListener("keydown", count);
  for (let key = 0; key < 4; key++) {
    field.dispatchEvent(new InputEvent("input", {bubbles: true}));
    await rest(apart);
  }
  await rest(500);
  field.removeEventListener("keydown", count);
  return taken;
}"""
"""How often a text was taken whose keys came so many ms apart: on a slow line after the last."""


def test_a_formula_is_set_as_it_is_typed_and_neither_text_nor_focus_is_lost(open_page):
    page = open_page("surface=formula&a=adam")
    field = page.get_by_label("formula", exact=True)
    field.fill("")
    shown, entries = head(page), page.evaluate("history.length")
    whole = quote_plus("x^2 + 3y^2")
    with (
        page.expect_request(lambda request: request.method == "HEAD") as foreseen,
        page.expect_request(
            lambda request: "/live/modules?" in request.url and whole in request.url
        ),
        page.expect_response(lambda found: "/rules/rule/" in found.url and whole in found.url),
    ):
        field.press_sequentially("x^2 + 3y^2 ", delay=30)
    assert "/live/landscape?" in foreseen.value.url
    becomes(page, lambda: head(page), lambda now: now != shown)
    becomes(page, lambda: parameters(page), lambda link: link.get("surface.text") == "x^2 + 3y^2")
    field.press_sequentially("+ foo(x)", delay=30)
    refusal = page.locator(".refused")
    expect(refusal).to_contain_text("foo is not known here")
    expect(refusal).to_have_attribute("role", "status")
    expect(field).to_be_focused()
    expect(field).to_have_value("x^2 + 3y^2 + foo(x)")
    for _ in "foo(x)":
        field.press("Backspace")
    field.press_sequentially("sin(x)", delay=250)
    becomes(page, lambda: parameters(page), lambda link: "sin(x)" in link.get("surface.text", ""))
    expect(refusal).to_have_count(0)
    expect(field).to_be_focused()
    assert page.evaluate("history.length") == entries + 1
    page.go_back()
    becomes(page, lambda: parameters(page), lambda link: "surface.text" not in link)
    becomes(page, lambda: head(page), lambda now: now == shown)
    expect(field).to_have_value("x^2 + 2y^2 + a sin(3x)cos(2y)")
    assert page.evaluate(TAKEN_WHILE_TYPED, 350) > 1
    page.route("**/live/modules?*", lambda route: (page.wait_for_timeout(400), route.continue_()))
    field.blur()
    field.focus()
    page.wait_for_timeout(400)
    assert page.evaluate(TAKEN_WHILE_TYPED, 90) == 1
    page.unroute_all(behavior="wait")
    page.route("**/live/modules?*", lambda route: route.fulfill(json=[]))
    page.evaluate(TAKEN_WHILE_TYPED, 200)
    assert page.evaluate(TAKEN_WHILE_TYPED, 200) > 1


def fit(page: Page, lane: str = "a") -> str:
    return page.locator(f".model .overlay .fit[data-lane={lane}]").get_attribute("d") or ""


def test_the_model_follows_the_clock(open_page):
    page = open_page("surface=linear_regression&a=adam")
    expect(page.locator(".model .overlay .row")).to_have_count(50)
    title = page.locator(".model .panel-title")
    assert "stopping distance (ft), standardized" in title.inner_text()
    assert title.evaluate("title => title.scrollWidth <= title.clientWidth")
    last = fit(page)
    timeline(page).fill("3")
    becomes(page, lambda: fit(page), lambda d: d != last)


def test_map_relief_data_and_curves_share_the_stage_and_data_can_fill_it(open_page):
    page = open_page("surface=linear_regression&a=adam&view.map=both&view.panels=loss")
    heights = [page.locator(css).bounding_box()["height"] for css in (".panel.map", ".side")]
    whole = page.locator(".panels").bounding_box()["height"]
    assert heights == [whole, whole]
    page.locator(".model .enlarge").click()
    becomes(page, lambda: page.locator(".model").bounding_box()["height"], lambda h: h == whole)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("button", name="Save PNG")).to_be_enabled()


def test_dragging_the_line_moves_the_start(open_page):
    page = open_page("surface=logistic_regression&a=adam&steps=50")
    grip = page.locator(".model .overlay .grip").first
    box = grip.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before, address = path(page), page.url
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 60, steps=4)
    becomes(page, lambda: path(page), lambda d: d != before)
    assert page.url == address
    page.mouse.up()
    becomes(page, lambda: parameters(page), lambda link: {"x", "y"} <= link.keys())


def test_a_surface_without_data_has_no_model(open_page):
    page = open_page("surface=rosenbrock&a=adam")
    expect(page.locator(".panel.model")).to_be_hidden()


def test_points_of_one_s_own_are_put_and_taken_with_the_mouse(open_page):
    page = open_page("surface=linear_regression&surface.data=own&a=adam&steps=50")
    dots = page.locator(".model .overlay .row")
    expect(dots).to_have_count(6)
    before = fit(page)
    box = page.locator(".model .canvas").bounding_box()
    page.mouse.click(box["x"] + 0.55 * box["width"], box["y"] + 0.3 * box["height"])
    expect(dots).to_have_count(7)
    becomes(page, lambda: fit(page), lambda d: d != before)
    becomes(page, lambda: parameters(page), lambda link: "surface.points" in link)
    dot = dots.last.bounding_box()
    page.mouse.click(dot["x"] + dot["width"] / 2, dot["y"] + dot["height"] / 2)
    expect(dots).to_have_count(6)


def own_points(page: Page) -> list[list[float]]:
    text = parameters(page).get("surface.points", "")
    return [[float(v) for v in pair.split()] for pair in text.split(",") if pair]


def test_a_point_is_moved_by_a_finger_and_tapped_away(open_page):
    page = open_page("surface=linear_regression&surface.data=own&a=adam&steps=50", **PHONE)
    held = page.locator(".model .dot")
    expect(held).to_have_count(6)
    held.nth(2).scroll_into_view_if_needed()
    box = held.nth(2).bounding_box()
    x, y = box["x"] + 12, box["y"] + 12
    fingers(page, ((x, y), (x + 10, y + 50)))
    moved = becomes(page, lambda: own_points(page), lambda points: len(points) == 6)
    assert moved[2][0] > 2
    assert moved[2][1] < 1
    box = held.nth(5).bounding_box()
    page.touchscreen.tap(box["x"] + 12, box["y"] + 12)
    becomes(page, lambda: own_points(page), lambda points: len(points) == 5)


def middle(box: dict[str, float]) -> tuple[float, float]:
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def dragged(page: Page, there: tuple[float, float], to: tuple[float, float]) -> None:
    page.mouse.move(*there)
    page.mouse.down()
    page.mouse.move(*to, steps=3)
    page.mouse.up()


def test_of_a_point_and_a_grip_at_one_place_the_nearer_is_held(open_page):
    page = open_page("surface=linear_regression&surface.data=own&a=adam&steps=50")
    point = page.locator(".model .dot").nth(2)
    grip = page.locator(".model .overlay .grip").first
    expect(point).to_be_visible()
    dragged(page, middle(point.bounding_box()), middle(grip.bounding_box()))
    points = becomes(page, lambda: own_points(page), lambda found: len(found) == 6)
    at_rest(page)
    x, y = middle(grip.bounding_box())
    assert 2 < math.dist((x, y), middle(point.bounding_box())) < 12, "the axes follow the rows"
    dragged(page, (x, y), (x, y - 40))
    becomes(page, lambda: parameters(page), lambda link: {"x", "y"} <= link.keys())
    assert own_points(page) == points


def test_a_tap_on_the_data_adds_a_point_there(open_page):
    page = open_page("surface=linear_regression&surface.data=own&a=adam&steps=50", **PHONE)
    expect(page.locator(".model .dot")).to_have_count(6)
    page.locator(".model .canvas").scroll_into_view_if_needed()
    before, top = fit(page), page.evaluate("scrollY")
    box = page.locator(".model .canvas").bounding_box()
    page.touchscreen.tap(box["x"] + 0.55 * box["width"], box["y"] + 0.3 * box["height"])
    points = becomes(page, lambda: own_points(page), lambda found: len(found) == 7)
    assert points[6][0] == pytest.approx(2.5, abs=1)
    assert points[6][1] == pytest.approx(0.75, abs=0.3)
    becomes(page, lambda: fit(page), lambda d: d != before)
    assert page.evaluate("scrollY") == top


def test_points_are_moved_removed_and_added_by_key_and_read_out(open_page):
    page = open_page("surface=linear_regression&surface.data=own&a=adam&steps=50")
    first = page.locator(".model .dot").first
    expect(first).to_have_attribute("tabindex", "0")
    first.focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator(".spoken")).to_have_text("Point moved.")
    points = becomes(page, lambda: own_points(page), lambda found: len(found) == 6)
    assert points[0][0] == 0
    assert points[0][1] > 0
    expect(page.locator(".model .dot").first).to_be_focused()
    page.keyboard.press("Insert")
    becomes(page, lambda: own_points(page), lambda found: len(found) == 7)
    page.keyboard.press("PageDown")
    page.keyboard.press("Delete")
    becomes(page, lambda: own_points(page), lambda found: len(found) == 6 and found[1] == [2, 1])
