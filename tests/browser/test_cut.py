"""The loss along the step: it follows the clock and the hand, without asking the server."""

from playwright.sync_api import expect

from tests.browser.stage import changes, timeline

BOWL = "surface=ravine&surface.kappa=100&steps=60&a=gradient_descent&a.lr=0.015&view.lab=cut"


def headline(page):
    return page.locator(".cut-sheet .headline")


def changed(page, row):
    """What the table says of the change of the loss."""
    return page.locator(".changes tr", has=page.get_by_role("rowheader", name=row)).locator("td")


def test_a_step_on_a_quadratic_is_what_slope_and_curvature_foretell(open_page):
    page = open_page(f"{BOWL}&view.step=4")
    expect(headline(page)).to_have_text(
        "Step 5 goes 1.25 times as far as to the model’s lowest point: past it, and still down."
    )
    model, found = (changed(page, row) for row in ("By slope and curvature", "What happens"))
    assert model.inner_text() == found.inner_text() == "−0.5967"
    expect(page.locator(".cut-sheet .scatterlayer path.js-line").first).to_be_attached()


def test_it_follows_the_clock_and_the_chosen_lane(open_page):
    page = open_page(f"{BOWL}&b=adam&view.step=4")
    expect(headline(page)).to_contain_text("Step 5 ")
    changes(page, headline(page).inner_text, lambda: timeline(page).fill("9"))
    expect(headline(page)).to_contain_text("Step 10 ")
    before = changed(page, "What happens").inner_text()
    page.locator(".legend .lane").nth(1).click()
    expect(changed(page, "What happens")).not_to_have_text(before)


def test_where_there_is_no_step_the_page_says_so(open_page):
    page = open_page(f"{BOWL}&x=0&y=0")
    expect(headline(page)).to_have_text("At rest: there is no step to look along.")
    expect(page.locator(".changes")).to_be_hidden()
