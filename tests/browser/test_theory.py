"""Theory under the stage: what it says follows the clock, the hand, and the chosen lane."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.stage import (
    at_rest,
    at_steps,
    becomes,
    changes,
    curves,
    drawn,
    measure,
    timeline,
)

RAVINE = "surface=ravine&surface.kappa=100&steps=120"
DESCENT = f"{RAVINE}&a=gradient_descent&a.lr=0.0199&b=adam&view.lab=theory"


def cell(page, row, column):
    """The text of a cell of the table, by its row's title and its column's number."""
    found = page.locator(".places tr", has=page.get_by_role("rowheader", name=row, exact=True))
    return found.locator("td").nth(column)


def test_a_ravine_at_its_limit_is_said_to_be(open_page):
    page = open_page(DESCENT)
    expect(page.locator(".theory .headline")).to_have_text(
        "Learning rate 0.0199 is 0.995 of the stability limit here (0.02)."
    )
    expect(cell(page, "Curvatures", 0)).to_contain_text("100 at 90°")
    expect(cell(page, "Condition number", 2)).to_have_text("100")
    expect(page.locator(".theory .limit-formula math")).to_be_visible()
    expect(page.locator(".theory .share-chart .scatterlayer path.js-line").first).to_be_attached()


def test_the_clock_moves_the_heads_column(open_page):
    page = open_page(DESCENT)
    loss = cell(page, "Loss", 1)
    expect(loss).not_to_have_text("—")
    changes(page, loss.inner_text, lambda: timeline(page).fill("3"))
    expect(page.locator(".places thead")).to_contain_text("Head, step 3")
    assert cell(page, "Loss", 0).inner_text() != loss.inner_text()


def test_the_foretold_loss_is_drawn_over_the_measured_one_while_theory_is_open(open_page):
    page = open_page(f"{RAVINE}&a=gradient_descent&b=nesterov&c=adam")
    lines = page.locator(".curve.loss :is(.curve-line, .curve-still)")
    expect(lines).to_have_count(3)
    page.get_by_role("tab", name="Theory").click()
    expect(lines).to_have_count(5)
    found = curves(page)
    foretold, measured = (at_steps(found[f"Nesterov{own}"], 121) for own in (", predicted", ""))
    np.testing.assert_allclose(foretold, measured, atol=0.3)
    page.get_by_role("tab", name="Results").click()
    expect(lines).to_have_count(3)


def test_a_rule_with_its_own_scale_has_its_own_limit_and_one_of_signs_has_none(open_page):
    page = open_page(f"{RAVINE}&a=adam&b=rprop&view.lab=theory")
    expect(page.locator(".theory .headline")).to_contain_text("of Adam’s own stability limit")
    expect(page.locator(".theory .words")).to_contain_text("from 38 on it diverges")
    page.locator(".legend .lane").nth(1).click()
    expect(page.locator(".theory .headline")).to_have_text(
        "No stability limit can be named for Rprop."
    )
    expect(page.locator(".theory .provisos")).to_contain_text("Only signs count")
    expect(page.locator(".theory .share-chart")).to_be_hidden()


def test_axes_stand_at_start_head_and_minimum_and_follow_the_clock(open_page):
    page = open_page("surface=saddle&a=momentum&a.lr=0.02&steps=60&view.marks=axes")
    drawn(page)
    path = page.locator(".overlay .hessian[data-place=head].falls")
    becomes(page, lambda: path.get_attribute("d"), bool)
    becomes(
        page,
        lambda: page.locator(".overlay .hessian[data-place=rest].rises").get_attribute("d"),
        bool,
    )
    expect(page.locator(".arrow-key")).to_contain_text("lifts (solid) or lowers (dashed)")
    assert path.evaluate("e => getComputedStyle(e).strokeDasharray") != "none"
    names = page.locator(".overlay .eigenvalue[data-place=rest]").all_text_contents()
    assert names == ["2", "−2"]
    changes(page, lambda: path.get_attribute("d"), lambda: timeline(page).fill("20"))
    page.locator(".choices summary").click()
    page.get_by_label("Axes of curvature").uncheck()
    expect(path).to_have_count(0)


def test_theory_follows_a_slider_under_the_hand(open_page):
    page = open_page(DESCENT)
    headline = page.locator(".theory .headline")
    expect(headline).to_contain_text("0.995")
    thumb = page.get_by_role("slider", name="learning rate").first
    thumb.focus()
    changes(page, headline.inner_text, lambda: page.keyboard.press("ArrowRight"))
    at_rest(page)
    share = float(re.search(r"is ([\d.]+) of", headline.inner_text())[1])
    assert share == pytest.approx(1.0, abs=0.1)


@pytest.mark.parametrize(("width", "height", "scheme"), [(390, 844, "light"), (1366, 768, "dark")])
def test_the_lab_fits_phones_and_the_dark(open_page, width, height, scheme):
    page = open_page(f"{DESCENT}&view.chosen=1", width, height, color_scheme=scheme)
    table = page.locator(".theory .places")
    table.scroll_into_view_if_needed()
    expect(table).to_be_visible()
    for css in ("html", "[data-testid=stMain]", ".theory-sheet"):
        assert page.locator(css).evaluate("e => e.scrollWidth - e.clientWidth") <= 0
    assert measure(page, "small(24)") == []
