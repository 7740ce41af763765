"""The band over a hundred seeds: drawn on request, never stale, and in words where it cannot be."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl
from xml.etree import ElementTree

import numpy as np
from playwright.sync_api import expect

from engine.setup.link import read
from engine.study.ensemble import ensemble
from engine.theory.expected_loss import expected_loss
from labs.view import split
from packets.palette import STYLES
from tests.browser.stage import (
    AXIS,
    CURVES,
    PATIENCE,
    at_rest,
    at_steps,
    becomes,
    button,
    changes,
    curves,
    heights,
    on_map,
    outline,
    parameters,
    path,
    slider,
    start_center,
)

LIGHT = {STYLES[name].light for name in ("blue", "vermillion")}
LINK = (
    "surface=sphere&a=gradient_descent&a.lr=0.1&a.schedule=step&b=adam&b.lr=0.05"
    "&steps=120&noise=0.5&seed=3"
)


def bands(page):
    return [name for name in curves(page) if name.endswith(", band")]


def note(page):
    return page.locator(".stage .band-note")


def experiment(page):
    return read(split(parameters(page))[1])[0]


def assert_shows_the_band_of(page, experiment):
    """What is drawn is the ensemble of the experiment that the address tells."""
    found = curves(page)
    for lane in experiment.lanes:
        expected = ensemble(experiment, lane)
        both = np.concatenate((expected.high, expected.low[::-1]))
        assert_drawn(page, found[f"{lane.label}, median of 100 seeds, band"], both)
        median = at_steps(found[f"{lane.label}, median of 100 seeds"], len(expected.median))
        assert_drawn(page, median, expected.median)


def assert_drawn(page, outline, values):
    """An outline has these losses on the panel's axis: points left out lie 0.1 off at most."""
    np.testing.assert_allclose(outline[:, 1], heights(page.evaluate(AXIS), values), atol=0.3)


def test_the_button_shows_the_band_its_median_and_the_mean_expected(open_page):
    page = open_page(LINK)
    assert bands(page) == []
    button(page, "100 seeds").click()
    becomes(page, lambda: bands(page), lambda found: len(found) == 2)
    becomes(page, lambda: parameters(page).get("view.band"), lambda on: on == "on")
    told = read(dict(parse_qsl(LINK)))[0]
    assert_shows_the_band_of(page, told)
    found = curves(page)
    mean = at_steps(found["Gradient descent, expected mean"], 121)
    rule, lr = told.lanes[0].optimizer, told.runs()[0].lr
    assert_drawn(page, mean, expected_loss(rule, told.surface, told.start, lr, told.noise))
    assert "Adam, expected mean" not in found
    assert not [name for name in found if "floor" in name]
    expect(page.locator(".end-name")).to_have_text(["Gradient descent, expected mean"])
    expect(note(page)).to_contain_text("Band: 10 to 90 % of 100 seeds, smooth line: median")
    expect(note(page)).to_contain_text(
        re.compile(r"Gradient descent: mean [\d.]+, expected mean [\d.]+")
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
    assert_shows_the_band_of(page, experiment(page))


def test_another_sigma_never_shows_the_old_band(open_page):
    page = open_page(LINK + "&view.band=on")
    becomes(page, lambda: bands(page), lambda found: len(found) == 2)
    page.get_by_text("Noise, seed, tolerance").click()
    page.evaluate(
        f"""() => {{
          globalThis.seen = [];
          const look = () => seen.push([({AXIS})(), ({CURVES})()]);
          const how = {{ subtree: true, childList: true, attributes: true }};
          new MutationObserver(look).observe(document.querySelector(".curve.loss .canvas"), how);
        }}"""
    )
    changes(page, lambda: path(page), lambda: slider(page, "gradient noise").press("ArrowRight"))
    at_rest(page)
    becomes(page, lambda: bands(page), lambda found: len(found) == 2)
    new = experiment(page)
    assert new.noise > 0.5
    assert_shows_the_band_of(page, new)
    old = read(dict(parse_qsl(LINK)))[0]
    expected = {e.noise: (e.runs()[0].loss, ensemble(e, e.lanes[0]).high) for e in (old, new)}
    shown = [(axis, dict(drawn)) for axis, drawn in page.evaluate("seen")]
    shown = [(axis, drawn) for axis, drawn in shown if BAND in drawn]
    assert shown
    for axis, drawn in shown:
        of_run, of_band = (
            [s for s, pair in expected.items() if lies(axis, drawn[name], pair[k])]
            for k, name in enumerate(("Gradient descent", BAND))
        )
        assert of_run == of_band != []


BAND = "Gradient descent, median of 100 seeds, band"


def lies(axis, d, losses):
    """Say whether a curve, or the upper edge of a band, has these losses."""
    line = outline(d)
    whole = line if len(line) > 121 else at_steps(line, 121)
    return np.allclose(whole[:121, 1], heights(axis, losses), atol=0.3)


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
    assert "Gradient descent, expected mean" in words
    closed = [e for e in drawing.iter() if (e.get("d") or "").count("L") == 2 * 121 - 1]
    assert {e.get("fill") for e in closed if e.get("d").endswith("Z")} == LIGHT
