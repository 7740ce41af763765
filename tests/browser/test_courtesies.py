"""Small things a user meets: dead ends led on, names that tell files apart, marks that say so."""

import re

from playwright.sync_api import expect

from packets.palette import STYLES
from tests.browser.conftest import page_of
from tests.browser.stage import becomes, button, drawn, parameters

SAVE_PNG = "Save PNG"


def what(page):
    return page.get_by_role("tabpanel", name="Picture").get_by_label("What", exact=True)


def pictures(page, part):
    """Open the dialog of pictures at one part of the stage."""
    button(page, "Save").click()
    what(page).select_option(label=part)


def test_3d_is_saved_while_only_the_contour_is_shown(open_in_webgl):
    page = open_in_webgl("surface=sphere&steps=20")
    pictures(page, "Landscape in 3-D")
    expect(page.get_by_alt_text("Preview of the picture")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("button", name=SAVE_PNG).click()
    assert saved.value.suggested_filename == "sphere-landscape-in-3-d-step-20.png"
    page.get_by_role("button", name="Close", exact=True).click()
    expect(button(page, "Contour")).to_have_attribute("aria-pressed", "true")
    becomes(page, lambda: page.locator(".stage").get_attribute("data-map"), "contour".__eq__)


NO_WEBGL = """() => {
  const usual = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
    return kind.startsWith("webgl") ? null : usual.call(this, kind, ...rest);
  };
}"""


def test_3d_that_cannot_be_drawn_is_refused_without_a_stale_picture(page):
    page.evaluate(NO_WEBGL)
    button(page, "Save").click()
    expect(page.get_by_alt_text("Preview of the picture")).to_be_visible()
    what(page).select_option(label="Landscape in 3-D")
    expect(page.locator(".take .saying").first).to_contain_text("WebGL")
    expect(page.get_by_alt_text("Preview of the picture")).to_have_count(0)
    expect(page.get_by_role("button", name=SAVE_PNG)).to_be_disabled()
    what(page).select_option(label="Loss")
    expect(page.get_by_role("button", name=SAVE_PNG)).to_be_enabled()


def test_pictures_of_different_parts_have_different_names(page):
    names = set()
    for part in ("Whole stage", "Landscape", "Loss"):
        pictures(page, part)
        with page.expect_download() as saved:
            page.get_by_role("button", name="Save SVG").click()
        names.add(saved.value.suggested_filename)
        page.get_by_role("button", name="Close", exact=True).click()
    assert len(names) == 3


def test_a_hidden_lanes_eye_is_another_picture(page):
    eye = page.locator(".legend .eye path").first
    shown = eye.get_attribute("d")
    page.locator(".legend .eye").first.click()
    becomes(page, lambda: eye.get_attribute("d"), lambda now: now != shown)


def test_escape_leaves_an_enlarged_panel(page):
    button(page, "Enlarge loss").click()
    expect(page.locator(".panels")).to_have_attribute("data-large", "loss")
    page.keyboard.press("Escape")
    expect(page.locator(".panels")).to_have_attribute("data-large", "")


def test_add_offers_a_rule_that_walks_a_path_of_its_own(page):
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".legend .name").nth(3)).to_have_text("RMSProp")


def test_projector_size_enlarges_the_sidebar_too(page):
    label = page.locator("[data-testid=stSidebar] label", has_text="learning rate").first
    before = label.bounding_box()["height"]
    page.locator(".choices summary").click()
    page.get_by_label("Projector size").check()
    becomes(page, lambda: label.bounding_box()["height"], lambda now: now >= 1.15 * before)


def test_the_lanes_colors_in_the_sidebar_follow_the_theme(open_page):
    page = open_page(color_scheme="dark")
    read = """(e) => {
      const found = getComputedStyle(e, "::before").backgroundColor;
      return found.match(/[0-9]+/g).slice(0, 3).map(Number);
    }"""
    swatch = page.locator(".st-key-lane [role=radio]").first.evaluate(read)
    assert "#" + "".join(f"{v:02x}" for v in swatch) == STYLES["blue"].dark.lower()


def test_forced_colors_leave_the_chosen_lane_marked(open_page):
    page = open_page(forced_colors="active")
    chosen = page.locator(".st-key-lane [aria-checked=true]")
    others = page.locator(".st-key-lane [aria-checked=false]").first
    style = "e => getComputedStyle(e).outlineStyle"
    assert chosen.evaluate(style) == "solid"
    assert others.evaluate(style) != "solid"


PAINTED = (".clock .play", ".clock .mark", ".gauge .fill", ".stCheckbox label > div")


def test_forced_colors_take_nothing_away_that_is_only_painted(open_page):
    page = open_page("surface=ravine&view.lab=theory", forced_colors="active")
    paint = "(found) => found.map((e) => getComputedStyle(e).backgroundColor)"
    ground = page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
    for selector in PAINTED:
        page.locator(selector).first.wait_for(state="attached")
        assert page.locator(selector).evaluate_all(paint)[0] != ground, selector


def test_forced_colors_keep_lanes_apart_and_underline_only_the_open_tab(open_page):
    page = open_page(forced_colors="active")
    read = """(found) => found.map((e) => getComputedStyle(e, "::before").backgroundColor)"""
    swatches = page.locator(".st-key-lane [role=radio]").evaluate_all(read)
    assert len(set(swatches)) == len(swatches) == 3
    under = """(found) => found.map((e) => {
      const { borderBottomColor, backgroundColor } = getComputedStyle(e);
      const ground = getComputedStyle(document.body).backgroundColor;
      return ![ground, backgroundColor].includes(borderBottomColor);
    })"""
    page.locator(".stage .save").click()
    expect(page.locator("dialog[aria-labelledby=take-title]")).to_be_visible()
    for strip in (".lab-tabs", "dialog.take .tabs"):
        lines = page.locator(f"{strip} [role=tab]").evaluate_all(under)
        assert lines.count(True) == 1


def test_sensitivitys_markers_tell_plain_decimals(open_page):
    page = open_page("view.lab=sensitivity")
    marker = page.locator(".rate-marker").first
    marker.wait_for(state="attached")
    for name in ("aria-valuemin", "aria-valuemax", "aria-valuenow"):
        becomes(
            page,
            lambda name=name: marker.get_attribute(name) or "",
            lambda text: re.fullmatch(r"\d+(\.\d+)?", text),
        )


def test_every_head_of_tunings_table_has_a_name(open_page):
    page = open_page("view.lab=tuning&view.budget=10&steps=20")
    page.get_by_role("button", name="Tune all with the same budget").click()
    page.locator(".compared thead th").first.wait_for()
    assert all(page.locator(".compared thead th").all_inner_texts())


def test_the_words_of_the_view_menu_may_be_pressed(page):
    page.locator(".choices summary").click()
    page.locator(".choices label", has_text="Comet tail").click()
    becomes(page, lambda: parameters(page).get("view.marks"), lambda now: now == "tail")
    expect(page.get_by_label("Comet tail")).to_be_visible()


def test_what_cannot_be_fetched_says_so_where_it_was_pressed_and_comes_with_the_line(
    server, browser
):
    page, _ = page_of(server, browser, "surface=sphere&steps=20")
    drawn(page)
    page.context.set_offline(True)
    button(page, "Save").click()
    button(page, "Lessons").click()
    page.get_by_role("tab", name="Theory", exact=True).click()
    said = page.locator(".arriving")
    for place in (".tools", "#lab-theory"):
        expect(page.locator(place).locator(said).first).to_contain_text("No connection")
    expect(said).to_have_count(3)
    page.context.set_offline(False)
    expect(said).to_have_count(0)
    expect(page.locator("dialog.lesson-list")).to_be_visible()
    expect(page.locator("dialog[aria-labelledby=take-title]")).to_be_hidden()
    expect(page.locator("#lab-theory .theory-sheet")).to_be_attached()
    page.context.close()
