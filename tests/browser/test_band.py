"""The band over a hundred seeds: drawn on request, never stale, and in words where it cannot be."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl
from xml.etree import ElementTree

import numpy as np
from playwright.sync_api import expect

from engine.setup.link import read
from engine.study.ensemble import ensemble
from engine.theory.noise_floor import noise_floor
from packets.view import split
from tests.browser.stage import (
    PATIENCE,
    at_rest,
    becomes,
    button,
    changes,
    on_map,
    parameters,
    path,
    slider,
    start_center,
)

LINK = (
    "surface=sphere&a=gradient_descent&a.lr=0.1&a.schedule=step&b=adam&b.lr=0.05"
    "&steps=120&noise=0.5&seed=3"
)
TRACES = """() => {
  const { data } = document.querySelector(".stage .curve.loss .plot");
  const shown = document.querySelector(".stage .curve.loss .follows") ? [] : data;
  return shown.map(({ name, x, y, fill }) => [name, Array.from(x), Array.from(y), fill]);
}"""


def traces(page):
    """Return what the loss panel draws, by name: x, y and fill."""
    return {name: rest for name, *rest in page.evaluate(TRACES)}


def bands(page):
    return [name for name, (*_, fill) in traces(page).items() if fill == "toself"]


def note(page):
    return page.locator(".stage .band-note")


def experiment(page):
    return read(split(parameters(page))[1])[0]


def assert_shows_the_band_of(page, experiment, view_of):
    """What is drawn is the ensemble of the experiment that the address tells."""
    for lane in experiment.lanes:
        expected = ensemble(experiment, lane)
        _, outline, _ = view_of[f"{lane.label}, median of 100 seeds, band"]
        both = np.concatenate((expected.high, expected.low[::-1]))
        np.testing.assert_allclose(outline, both, rtol=1e-5)
        _, median, _ = view_of[f"{lane.label}, median of 100 seeds"]
        np.testing.assert_allclose(median, expected.median, rtol=1e-5)


def test_the_button_shows_the_band_its_median_and_the_floor(open_page):
    page = open_page(LINK)
    assert bands(page) == []
    button(page, "100 seeds").click()
    becomes(page, lambda: bands(page), lambda found: len(found) == 2)
    becomes(page, lambda: parameters(page).get("view.band"), lambda on: on == "on")
    told = read(dict(parse_qsl(LINK)))[0]
    found = traces(page)
    assert_shows_the_band_of(page, told, found)
    steps, floor, _ = found["Gradient descent, predicted floor"]
    lane = told.lanes[0]
    expected = noise_floor(lane.optimizer, told.surface, told.runs()[0].lr, told.noise)
    np.testing.assert_allclose(floor, expected, rtol=1e-5)
    assert (steps[0], steps[-1]) == (1, 120)
    assert "Adam, predicted floor" not in found
    expect(page.locator(".end-name")).to_have_text(["Gradient descent, predicted floor"])
    expect(note(page)).to_contain_text("Band: 10 to 90 % of 100 seeds, smooth line: median")
    expect(note(page)).to_contain_text(
        re.compile(r"Gradient descent: mean [\d.]+, predicted floor")
    )
    button(page, "100 seeds").click()
    becomes(page, lambda: bands(page), lambda left: not left)
    expect(note(page)).to_be_hidden()


def test_a_band_goes_with_its_race_while_a_hand_moves_and_comes_back_as_the_new_ones(open_page):
    page = open_page(LINK + "&view.band=on")
    becomes(page, lambda: bands(page), lambda found: len(found) == 2)
    before = path(page)
    page.mouse.move(*start_center(page))
    page.mouse.down()
    page.mouse.move(*on_map(page, 0.7, 0.7), steps=4)
    becomes(page, lambda: path(page), lambda now: now != before)
    becomes(page, lambda: bands(page), lambda found: not found)
    expect(page.locator(".end-name:visible")).to_have_count(0)
    page.wait_for_timeout(600)
    assert bands(page) == []
    page.mouse.up()
    becomes(page, lambda: "x" in parameters(page), bool)
    becomes(page, lambda: bands(page), lambda found: len(found) == 2)
    assert_shows_the_band_of(page, experiment(page), traces(page))


def test_another_sigma_never_shows_the_old_band(open_page):
    page = open_page(LINK + "&view.band=on")
    becomes(page, lambda: bands(page), lambda found: len(found) == 2)
    page.get_by_text("Noise, seed, tolerance").click()
    page.evaluate(
        """() => {
          const plot = document.querySelector(".stage .curve.loss .plot");
          globalThis.seen = [];
          plot.on("plotly_afterplot", () => {
            const of = (text) => plot.data.find(({ name }) => name.endsWith(text));
            const run = of("descent") || plot.data.find(({ fill }) => !fill);
            const band = of("band");
            seen.push([Array.from(run.y), band ? Array.from(band.y) : null]);
          });
        }"""
    )
    changes(page, lambda: path(page), lambda: slider(page, "gradient noise").press("ArrowRight"))
    at_rest(page)
    becomes(page, lambda: bands(page), lambda found: len(found) == 2)
    new = experiment(page)
    assert new.noise > 0.5
    assert_shows_the_band_of(page, new, traces(page))
    old = read(dict(parse_qsl(LINK)))[0]
    expected = {e.noise: (e.runs()[0].loss, ensemble(e, e.lanes[0]).high) for e in (old, new)}
    shown = [(run, band) for run, band in page.evaluate("seen") if band]
    assert shown
    for run, band in shown:
        of_run, of_band = (
            [s for s, pair in expected.items() if np.allclose(pair[k], line[:121], rtol=1e-4)]
            for k, line in enumerate((run, band))
        )
        assert of_run == of_band != []


def test_without_noise_the_view_menu_says_what_is_missing(open_page):
    page = open_page(LINK.replace("noise=0.5", "noise=0"))
    expect(button(page, "100 seeds")).to_be_hidden()
    page.locator(".stage .choices summary").click()
    page.get_by_role("checkbox", name="Spread over 100 seeds").check()
    expect(note(page)).to_have_text("No spread without noise: raise gradient noise σ.")
    assert bands(page) == []
    expect(button(page, "100 seeds")).to_be_visible()


def test_a_picture_shows_the_band_that_is_on_screen(open_page, tmp_path):
    page = open_page(LINK + "&view.band=on")
    becomes(page, lambda: bands(page), lambda found: len(found) == 2)
    button(page, "Save").click()
    with page.expect_download(timeout=PATIENCE) as found:
        page.get_by_role("button", name="Save SVG").click()
    found.value.save_as(tmp_path / "picture.svg")
    drawing = ElementTree.parse(tmp_path / "picture.svg").getroot()
    words = " ".join("".join(element.itertext()) for element in drawing.iter())
    assert "band: 10 to 90 % of 100 seeds, smooth line: median" in words
    assert "Gradient descent, predicted floor" in words
    closed = [e for e in drawing.iter() if (e.get("d") or "").count("L") == 2 * 121 - 1]
    assert {e.get("fill") for e in closed if e.get("d").endswith("Z")} == {"#0072b2", "#d55e00"}
