"""Sensitivity curves and fair tuning in a browser: drag, click, tune, use, go back."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.stage import at_rest, becomes, button, changes, drawn, parameters, path

LANES = "surface=ravine&a=gradient_descent&a.lr=0.002&b=adam&c=momentum&steps=300"
PICTURED = """() => {
  const draw = Plotly.toImage;
  Plotly.toImage = (figure, how) => {
    globalThis.pictured = figure.layout.title?.text;
    return draw(figure, how);
  };
}"""
MARKER = ".rate-marker[data-lane={}]"


def at_once(page):
    """Read the curves of the figure: how many there are and how many points have a value."""
    return page.evaluate(
        """() => {
          const plot = document.querySelector(".sensing .plot");
          const curves = (plot?.data || []).filter(({mode, yaxis}) => mode === "lines" && !yaxis);
          return curves.map(({name, x, y}) => [name, x.length, y.filter((v) => v !== null).length]);
        }"""
    )


def sensing(open_page, link=LANES):
    page = open_page(f"{link}&view.lab=sensitivity&view.beside=off")
    page.wait_for_selector(MARKER.format("a"), state="attached")
    expect(page.locator(".sensing .veil")).to_be_hidden()
    return page


def center(page, selector):
    box = page.locator(f"{selector} .shape").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_every_lane_has_a_curve_and_its_range_in_words(open_page):
    page = sensing(open_page)
    curves = at_once(page)
    assert [name for name, _, _ in curves] == ["Gradient descent", "Adam", "Momentum"]
    assert {count for _, count, _ in curves} == {121}
    assert 0 < curves[0][2] < 121
    said = page.locator(".sensing .ranges li").all_inner_texts()
    assert len(said) == 3
    assert re.search(r"Momentum works from 0\.\d+ to 0\.\d+: a factor of \d+", said[2])
    page.get_by_label("Show", exact=True).select_option("steps")
    becomes(page, lambda: at_once(page)[0][2], lambda count: count < curves[0][2])
    becomes(page, lambda: parameters(page).get("view.color"), lambda now: now == "steps")


def test_a_dragged_marker_moves_the_path_and_lands_in_the_address(open_page):
    page = sensing(open_page)
    page.locator(MARKER.format("a")).scroll_into_view_if_needed()
    before, (x, y) = path(page), center(page, MARKER.format("a"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y, steps=4)
    becomes(page, lambda: path(page), lambda now: now != before)
    assert parameters(page)["a.lr"] == "0.002"
    page.mouse.up()
    rate = becomes(page, lambda: parameters(page)["a.lr"], lambda now: now != "0.002")
    assert 0.002 < float(rate) < 0.01
    at_rest(page)
    becomes(page, lambda: center(page, MARKER.format("a"))[0], lambda now: abs(now - x - 20) < 6)
    becomes(page, lambda: path(page), lambda now: now != before)
    expect(page.locator(".sensing .veil")).to_be_hidden()
    page.go_back()
    becomes(page, lambda: parameters(page)["a.lr"], lambda now: now == "0.002")
    becomes(page, lambda: path(page), lambda now: now == before)


def test_a_marker_moves_by_key_and_is_put_back_by_escape(open_page):
    page = sensing(open_page)
    marker = page.locator(MARKER.format("b"))
    marker.focus()
    said = marker.get_attribute("aria-valuetext")
    before = path(page, "b")
    changes(page, lambda: path(page, "b"), lambda: page.keyboard.press("PageUp"))
    page.keyboard.press("Escape")
    becomes(page, lambda: marker.get_attribute("aria-valuetext"), lambda now: now == said)
    becomes(page, lambda: path(page, "b"), lambda now: now == before)
    page.keyboard.press("ArrowRight")
    rate = becomes(page, lambda: parameters(page).get("b.lr"), lambda now: now is not None)
    assert 0.1 < float(rate) < 0.12


def test_a_click_on_a_curve_takes_its_rate_and_hovering_reads_it(open_page):
    page = sensing(open_page)
    plot = page.locator(".sensing .plot")
    plot.scroll_into_view_if_needed()
    spot = page.evaluate(
        """() => {
          const plot = document.querySelector(".sensing .plot");
          const {xaxis, yaxis} = plot._fullLayout;
          const {x, y} = plot.data.find(({name}) => name === "Adam");
          const box = plot.getBoundingClientRect();
          const across = box.x + xaxis._offset + xaxis.l2p(x[30]);
          return [across, box.y + yaxis._offset + yaxis.l2p(y[30]), 10 ** x[30]];
        }"""
    )
    page.mouse.move(spot[0], spot[1])
    expect(page.locator(".sensing .readout")).to_contain_text("Adam: ")
    page.mouse.click(spot[0], spot[1])
    rate = becomes(page, lambda: parameters(page).get("b.lr"), lambda now: now is not None)
    assert float(rate) == pytest.approx(spot[2])


def test_the_range_of_rates_is_in_the_address_and_empties_to_the_usual_one(open_page):
    page = sensing(open_page)
    field = page.get_by_label("Rates from")
    usual = field.get_attribute("placeholder")
    field.fill("0.0005")
    field.press("Enter")
    becomes(page, lambda: parameters(page).get("view.slowest"), lambda now: now == "0.0005")
    first = "() => document.querySelector('.sensing .plot').data[0].x[0]"
    becomes(page, lambda: page.evaluate(first), lambda now: abs(10**now - 0.0005) < 1e-9)
    field.fill("")
    field.press("Enter")
    becomes(page, lambda: parameters(page).get("view.slowest"), lambda now: now is None)
    becomes(page, lambda: field.get_attribute("placeholder"), lambda now: now == usual)


def tune(page):
    button(page, "Tune all with the same budget").click()


def test_tuning_changes_nothing_until_used_and_back_undoes_it(open_page):
    page = open_page(f"{LANES}&view.lab=tuning&view.budget=30")
    before, paths = parameters(page), [path(page, lane) for lane in "abc"]
    tune(page)
    use = button(page, "Use these")
    expect(use).to_be_enabled()
    assert page.locator(".compared tbody tr:not(.lane)").count() == 6
    assert "—" not in page.locator(".compared .after td:nth-child(4)").all_inner_texts()
    assert parameters(page) == before
    assert [path(page, lane) for lane in "abc"] == paths
    use.click()
    keys = {"a.lr", "b.lr", "b.beta1", "b.beta2", "c.lr", "c.beta"}
    used = becomes(page, lambda: parameters(page), lambda now: now.keys() >= keys)
    assert all(used[key] != before.get(key) for key in keys)
    expect(page.locator(".tuned")).to_contain_text("These settings are in the lanes now")
    expect(use).to_be_disabled()
    page.go_back()
    becomes(page, lambda: parameters(page), lambda now: now == before)
    expect(use).to_be_enabled()
    becomes(page, lambda: [path(page, lane) for lane in "abc"], lambda now: now == paths)


def test_results_of_another_experiment_are_marked_as_such(open_page):
    page = open_page("a=adam&steps=50&view.lab=tuning&view.budget=10")
    tune(page)
    expect(button(page, "Use these")).to_be_enabled()
    page.locator(".overlay .start").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".tuned")).to_have_class(re.compile("stale"))
    expect(page.locator(".tuned")).to_contain_text("belong to the earlier one")
    expect(button(page, "Use these")).to_be_disabled()


def test_a_long_search_shows_its_progress_and_can_be_called_off(open_page):
    lanes = "&".join(f"{slot}=line_search" for slot in "abcdef")
    page = open_page(f"{lanes}&steps=2000&noise=1&view.lab=tuning&view.budget=400")
    tune(page)
    bar = page.locator(".running progress")
    becomes(page, lambda: bar.evaluate("(bar) => bar.value"), lambda now: 0 < now < 1)
    button(page, "Cancel").click()
    expect(page.locator(".tuning")).to_contain_text("Cancelled: nothing was changed.")
    expect(page.locator(".tuned")).to_be_hidden()
    expect(button(page, "Tune all with the same budget")).to_be_enabled()


def test_pictures_are_saved(open_page):
    page = sensing(open_page)
    with page.expect_download() as found:
        page.evaluate(PICTURED)
        button(page, "Save picture").click()
    assert page.evaluate("pictured") == "Final loss on Ravine over the learning rate"
    assert found.value.suggested_filename == "ravine-sensitivity.png"
    content = found.value.path().read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    size = [int.from_bytes(content[at : at + 4], "big") for at in (16, 20)]
    assert size == [1920, 1080]
    drawn(page)
