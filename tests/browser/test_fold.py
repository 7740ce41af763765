"""What is asked for is in sight at 1366 x 768, nothing jumps, nothing is cut without a sign."""

import re
from itertools import pairwise
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from surfaces import SURFACES
from tests.browser.stage import becomes, button, changes, enter, parameters

RACE = {
    "surface": "ravine",
    "a": "gradient_descent",
    "a.lr": "0.015",
    "b": "momentum_lecture",
    "b.lr": "0.01",
}
LABS = ("results", "theory", "cut", "sensitivity", "sweep", "tuning", "basins")


def opened(open_page, lab, **options):
    return open_page(urlencode(RACE | {"view.lab": lab}), **options)


def in_sight(page, element):
    """Wait until an element stands wholly in the window, and in every box that scrolls it."""
    expect(element).to_be_visible()
    becomes(
        page,
        lambda: element.evaluate(
            """(e) => {
              const box = e.getBoundingClientRect();
              let seen = {top: 0, bottom: innerHeight};
              for (let up = e.parentElement; up; up = up.parentElement) {
                if (!/auto|scroll/.test(getComputedStyle(up).overflowY)) continue;
                const {top, bottom} = up.getBoundingClientRect();
                seen = {top: Math.max(seen.top, top), bottom: Math.min(seen.bottom, bottom)};
              }
              return box.top >= seen.top - 1 && box.bottom <= seen.bottom + 1;
            }"""
        ),
        bool,
    )


def test_the_tab_strip_stands_still_in_one_row(open_page):
    page = opened(open_page, "results")
    strip = page.locator(".lab-tabs")

    def place():
        box = strip.bounding_box()
        return round(box["x"]), round(box["y"])

    def tops():
        boxes = [tab.bounding_box() for tab in strip.get_by_role("tab").all()]
        return [round(box["y"]) for box in boxes]

    first = place()
    for lab in LABS[1:] + LABS[:1]:
        page.locator(f"#lab-{lab}-tab").click()
        expect(page.locator(f"#lab-{lab}")).to_be_visible()
        becomes(page, place, lambda now: now == first)
        becomes(page, tops, lambda now: len(now) == len(LABS) and len(set(now)) == 1)


@pytest.mark.parametrize("size", ["normal", "projector"])
def test_the_clock_stays_in_its_column_beside_a_lab(open_page, size):
    """And its timeline is long enough for the epochs of batches to be told apart."""
    data = {"surface": "logistic_regression", "surface.batch": "8", "steps": "300"}
    page = open_page(urlencode(RACE | data | {"view.lab": "sweep", "view.size": size}))
    right = "e => e.getBoundingClientRect().right"
    column = page.locator(".stage .panels").evaluate(right)
    ends = page.locator(".stage .clock > :visible").evaluate_all(f"found => found.map({right})")
    assert max(ends) <= column + 1
    epochs = page.locator(".stage .mark.epoch:visible").evaluate_all(f"e => e.map({right})")
    assert len(epochs) > 2
    assert min(b - a for a, b in pairwise(epochs)) >= 12


def test_most_of_the_sweep_is_in_sight_in_large_type(open_page):
    page = open_page(urlencode(RACE | {"view.lab": "sweep", "view.size": "projector"}))
    page.wait_for_selector(".lab-page[data-drawn=whole]")
    box = page.locator(".sweep-ground").bounding_box()
    assert box["y"] + 0.55 * box["height"] <= page.viewport_size["height"]


def test_the_sweeps_title_is_whole(open_page):
    page = opened(open_page, "sweep")
    title = page.locator(".sweep-title")
    expect(title).to_contain_text("settings")
    assert title.evaluate("e => e.scrollWidth <= e.clientWidth + 1")


def test_the_sweeps_best_cell_and_key_are_in_sight(open_page):
    page = opened(open_page, "sweep")
    page.wait_for_selector(".lab-page[data-drawn=whole]")
    expect(page.locator(".sweep-best")).to_contain_text("Best")
    in_sight(page, page.locator(".sweep-best"))
    in_sight(page, page.locator(".sweep-key"))
    in_sight(page, page.locator(".sweep-ground"))


def test_what_tuning_found_is_in_sight(open_page):
    page = opened(open_page, "tuning")
    page.get_by_role("button", name="Tune all with the same budget").click()
    page.get_by_text(re.compile("^Tried 60")).wait_for()
    in_sight(page, page.locator(".compared"))
    in_sight(page, page.get_by_role("button", name="Use these"))


def test_theorys_answer_is_in_sight(open_page):
    page = opened(open_page, "theory")
    in_sight(page, page.locator(".theory-sheet .headline"))


def test_no_table_of_tuning_is_cut_at_the_right(open_page):
    page = opened(open_page, "tuning")
    page.get_by_role("button", name="Tune all with the same budget").click()
    table = page.locator(".compared")
    expect(table.locator("tr.after")).not_to_have_count(0)
    becomes(
        page, lambda: table.evaluate("e => e.scrollWidth - e.clientWidth"), lambda far: far <= 1
    )
    right = "e => e.getBoundingClientRect().right"  # each part found lays another
    becomes(page, lambda: table.evaluate(right), lambda at: 0 < at <= page.viewport_size["width"])


@pytest.mark.parametrize("surface", ["ravine", "levy13"])
def test_a_formula_is_whole_or_shows_that_it_goes_on(open_page, surface):
    page = open_page(f"surface={surface}")
    formula, hint = page.locator(".stage-head .formula"), page.locator(".stage-head .hint")

    def cut():
        return formula.evaluate("e => e.scrollWidth > e.clientWidth + 1")

    def shown():
        return formula.evaluate("e => getComputedStyle(e).maskImage !== 'none'")

    def wide():
        return page.viewport_size["width"] >= 800

    for width, height in ((1366, 768), (1000, 700), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        becomes(page, lambda: cut() and (wide() or not shown()), lambda wrong: not wrong)
        assert hint.is_hidden() or hint.evaluate("e => e.scrollWidth <= e.clientWidth + 1")


def test_a_formula_that_goes_on_can_be_scrolled_by_key(open_page):
    page = open_page("surface=levy13", width=390, height=844)
    formula = page.locator(".stage-head .formula")
    formula.focus()
    changes(
        page, lambda: formula.evaluate("e => e.scrollLeft"), lambda: formula.press("ArrowRight")
    )


def test_a_change_of_surface_says_where_the_start_is_and_covers_no_title(page):
    titles = page.locator(".panel-title:visible, .stage h1")
    page.get_by_role("combobox", name="Surface").click()
    page.get_by_role("option", name=SURFACES["ravine"].title).click()
    toast = page.get_by_test_id("stToast")
    expect(toast).to_be_visible()
    said = toast.bounding_box()
    for box in [title.bounding_box() for title in titles.all()]:
        apart = box["y"] + box["height"] <= said["y"] or box["x"] >= said["x"] + said["width"]
        assert apart


def test_no_message_moves_the_stage(open_page):
    page = open_page("foo=3&steps=abc")
    notices = page.get_by_test_id("stAlert")
    expect(notices).to_have_count(2)
    top = page.locator(".stage").bounding_box()["y"]
    page.get_by_role("button", name="Close", exact=True).click()
    expect(notices).to_have_count(0)
    assert page.locator(".stage").bounding_box()["y"] == top


def test_a_refusal_stands_beneath_its_field_and_moves_no_stage(page):
    top = page.locator(".stage").bounding_box()["y"]
    enter(page, "steps", "many")
    said = page.locator("[data-testid=stSidebar] .refused")
    expect(said).to_have_text("steps: 'many' is not a whole number from 1 to 2000.")
    field = page.get_by_role("textbox", name="steps", exact=True)
    assert field.input_value() == "many"
    gap = said.bounding_box()["y"] - (field.bounding_box()["y"] + field.bounding_box()["height"])
    assert 0 <= gap < 30
    assert page.locator(".stage").bounding_box()["y"] == top


def test_light_and_dark_are_chosen_whatever_the_system_says(open_page):
    page = open_page("surface=saddle", color_scheme="dark")

    def shade():
        app = page.locator(".stApp")  # it is built anew with its colors
        return app.evaluate("(e) => getComputedStyle(e).colorScheme")

    assert shade() == "dark"
    page.locator(".choices summary").click()
    page.get_by_role("button", name="Light", exact=True).click()
    becomes(page, shade, lambda now: now == "light")
    expect(page.locator(".stage h1")).to_have_text("Saddle")
    page.locator(".choices summary").click()
    light = page.get_by_role("button", name="Light", exact=True)
    expect(light).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="System", exact=True).click()
    becomes(page, shade, lambda now: now == "dark")


TOPS = """() => [...document
  .querySelectorAll("[data-testid=stSidebar] [data-testid=stWidgetLabel]")]
  .map((label) => label.getBoundingClientRect().top)"""


def test_a_setting_and_everything_go_back(open_page):
    page = open_page("a=adam&a.lr=0.5&steps=50")
    before = page.evaluate(TOPS)
    page.locator("[class*=-lr-reset] button").first.click()
    becomes(page, lambda: parameters(page), lambda now: now == {"steps": "50", "a": "adam"})
    page.locator(".st-key-steps-reset button").first.click()
    becomes(page, lambda: parameters(page), lambda now: now == {"a": "adam"})
    assert page.evaluate(TOPS) == before  # nothing moves under a hand that is quick
    page.get_by_role("button", name="Start over").click()
    becomes(page, lambda: parameters(page), lambda now: now == {})


COVERED = """() => {
  const boxes = (css) => [...document.querySelectorAll(`[data-testid=stSidebar] ${css}`)]
    .map((one) => [one, one.getBoundingClientRect()]).filter(([, { width }]) => width);
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.x, b.x) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.y, b.y) > 1;
  const others = boxes("[data-testid=stTooltipIcon] svg, input, [role=combobox]");
  return boxes("[class*='-reset'] button").map(([button, box]) =>
    others.filter(([, other]) => meet(box, other)).map(([one]) => one.outerHTML.slice(0, 90)));
}"""


MANY_CHANGED = (
    "surface=logistic_regression&surface.batch=16&surface.replacement=on&surface.shuffle=3"
    "&a=gradient_descent&a.lr=0.01&x=1&y=1&steps=200"
)


def test_a_way_back_covers_neither_a_help_nor_a_field(open_page):
    page = open_page(MANY_CHANGED)
    covered = page.evaluate(COVERED)
    assert len(covered) == 7
    assert [one for one in covered if one] == []


def test_a_choice_that_is_too_long_for_its_menu_is_not_cut_without_a_sign(open_page):
    page = open_page("surface=logistic_regression&a=adam")
    data = page.get_by_role("combobox", name="data")
    assert data.evaluate("input => input.scrollWidth > input.clientWidth")
    assert data.evaluate("input => getComputedStyle(input).textOverflow") == "ellipsis"


def test_what_explains_a_way_back_does_not_cover_it(open_page):
    page = open_page(MANY_CHANGED)
    ways = page.locator("[data-testid=stSidebar] [class*='-reset'] button:visible")
    explained = page.locator("[data-testid=stTooltipContent]")
    expect(ways).to_have_count(7)
    while left := ways.count():
        ways.last.hover()
        expect(explained.filter(has_text=": back to ")).to_have_count(1)
        ways.last.click()  # which refuses where something lies on it
        page.locator(".stage h1").hover()
        expect(explained).to_have_count(0)
        becomes(page, ways.count, lambda now, left=left: now < left)


def test_code_is_read_and_copied_on_the_page(open_page):
    page = open_page("steps=20", permissions=["clipboard-read", "clipboard-write"])
    button(page, "Save").click()
    page.get_by_role("tab", name="Data and code").click()
    page.get_by_role("button", name="Read").nth(1).click()
    code = page.locator(".code-view code")
    expect(code).to_contain_text("torch.optim.SGD([w], lr=0.0005, momentum=0.9)")
    copy = page.locator(".code-view").get_by_role("button", name="Copy")
    in_sight(page, copy)
    copy.click()
    expect(page.locator(".code-view .saying")).to_have_text("Copied.")
    assert page.evaluate("() => navigator.clipboard.readText()") == code.text_content()
