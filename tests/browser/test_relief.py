"""The landscape in 3-D: the same surface and the same clock, seen by a kept camera."""

from __future__ import annotations

import math
import os
import re
import shutil
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, Playwright, expect

from packets.landscape import landscape
from surfaces import SURFACES
from tests.browser.conftest import NAMES, Chromium, OpenPage, Server
from tests.browser.stage import PATIENCE, at_rest, becomes, button, drawn, parameters, step
from tests.landscapes import as_drawn


@pytest.fixture(scope="module")
def chromium(webgl: Chromium) -> Chromium:
    """All pages here have WebGL, but for one that says so."""
    return webgl


def laid(page: Page) -> None:
    """Wait until the paths lie on the surface."""
    page.wait_for_selector(".relief .strand.seen", state="attached")
    becomes(page, lambda: heads(page), bool)


def heads(page: Page) -> list[str]:
    """Return where the heads of the relief stand."""
    marks = page.locator(".relief .head[transform]").all()
    return [mark.get_attribute("transform") or "" for mark in marks]


def drawing(page: Page) -> str:
    """Return everything that the relief has drawn of the paths up to the clock."""
    parts = page.locator(".relief .seen, .relief .behind").all()
    return " ".join(part.get_attribute("d") or "" for part in parts)


def camera(page: Page) -> list[float]:
    """Return where the camera stands."""
    return page.evaluate(
        """() => {
          const {scene} = document.querySelector(".relief .plot")._fullLayout;
          const {eye} = scene._scene.getCamera();
          return [eye.x, eye.y, eye.z];
        }"""
    )


def turn(page: Page) -> list[float]:
    """Drag the surface round and return the camera."""
    box = page.locator(".relief .plot").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = camera(page)
    page.mouse.move(x, y)
    page.mouse.down()
    for k in range(1, 6):
        page.mouse.move(x + 14 * k, y - 5 * k)
    page.mouse.up()
    becomes(page, lambda: camera(page), lambda now: not near(now, before))
    page.wait_for_timeout(300)
    return camera(page)


def near(one: list[float], other: list[float]) -> bool:
    return all(math.isclose(a, b, abs_tol=1e-6) for a, b in zip(one, other, strict=True))


def shown(page: Page) -> tuple[bool, bool]:
    return page.locator(".panel.map").is_visible(), page.locator(".panel.relief").is_visible()


def test_choice_shows_panels_at_once_and_goes_into_the_link(open_page: OpenPage) -> None:
    page = open_page()
    assert shown(page) == (True, False)
    assert page.locator(".relief canvas").count() == 0
    for name, wanted, said in (
        ("3-D", (False, True), "3d"),
        ("Both", (True, True), "both"),
        ("Contour", (True, False), None),
    ):
        button(page, name).click()
        assert shown(page) == wanted
        expect(button(page, name)).to_have_attribute("aria-pressed", "true")
        becomes(page, lambda: parameters(page).get("view.map"), lambda now, said=said: now == said)


def test_link_opens_the_relief(open_page: OpenPage) -> None:
    page = open_page("view.map=3d")
    laid(page)
    assert shown(page) == (False, True)
    assert len(heads(page)) == page.locator(".legend .entry").count()


def test_surface_and_scale_are_the_landscapes(open_page: OpenPage) -> None:
    surface = SURFACES["rosenbrock"]()
    height = as_drawn(landscape(surface, surface.window), surface).height
    page = open_page("surface=rosenbrock&view.map=3d")
    laid(page)
    low, middle, name = page.evaluate(
        """() => {
          const {z} = document.querySelector(".relief .plot")._fullData[0];
          const names = document.querySelectorAll(".relief text.name");
          return [z[0][0], z[60][30], [...names].map((name) => name.textContent)];
        }"""
    )
    assert math.isclose(low, height[0, 0], rel_tol=1e-6)
    assert math.isclose(middle, height[60, 30], rel_tol=1e-6)
    assert name == ["x", "y", "log₁₀ loss"]


@pytest.mark.parametrize("key", ["rosenbrock", "sphere"])
def test_marks_stand_where_plotly_would_put_them(open_page: OpenPage, key: str) -> None:
    """Plotly's own 3-D annotation is the oracle for where a point of the surface is seen."""
    surface = SURFACES[key]()
    grid, minimum = landscape(surface, surface.window), surface.minima[0]
    height = as_drawn(grid, surface).height
    lift = 0.006 * float(np.ptp(height))
    row = [np.interp(minimum.x, grid.x, heights) for heights in height]
    place = {"x": minimum.x, "y": minimum.y, "z": float(np.interp(minimum.y, grid.y, row)) + lift}
    page = open_page(f"surface={key}&view.map=3d")
    laid(page)
    turn(page)
    page.evaluate(
        """(at) => Plotly.relayout(document.querySelector(".relief .plot"), {
          "scene.annotations": [{...at, text: "+", showarrow: false, font: {size: 20}}]})""",
        place,
    )
    page.wait_for_selector(".relief .annotation-scene", state="attached")
    becomes(page, lambda: apart(page), lambda far: far < 3)


def apart(page: Page) -> float:
    """Return the pixels between our mark and Plotly's, both read in one frame."""
    return page.evaluate(
        """() => {
          const center = (name) => {
            const box = document.querySelector(`.relief ${name}`).getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2];
          };
          const [[a, b], [c, d]] = [".critical-mark", ".annotation-scene"].map(center);
          return Math.hypot(a - c, b - d);
        }"""
    )


def center(element: Locator) -> tuple[float, float]:
    box = element.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_paths_and_heads_follow_the_clock(open_page: OpenPage) -> None:
    page = open_page("view.map=3d")
    laid(page)
    whole, last = drawing(page), heads(page)
    page.keyboard.press("Home")
    first = becomes(page, lambda: heads(page), lambda now: now != last)
    assert len(set(first)) == 1
    assert len(drawing(page)) < 20
    button(page, "Play").click()
    becomes(page, lambda: len(drawing(page)), lambda long: 0.1 * len(whole) < long < len(whole))
    button(page, "Pause").click()
    paused, stood = drawing(page), heads(page)
    at = step(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert step(page) == at
    assert (drawing(page), heads(page)) == (paused, stood)
    page.keyboard.press("End")
    assert (drawing(page), heads(page)) == (whole, last)


def test_playing_draws_nothing_with_webgl(open_page: OpenPage) -> None:
    page = open_page("view.map=3d&steps=120")
    laid(page)
    page.wait_for_timeout(500)
    page.evaluate(
        """() => {
          globalThis.drawn = 0;
          for (const kind of [WebGLRenderingContext, WebGL2RenderingContext]) {
            for (const name of ["drawArrays", "drawElements"]) {
              const work = kind.prototype[name];
              kind.prototype[name] = function (...all) {
                globalThis.drawn++;
                return work.apply(this, all);
              };
            }
          }
        }"""
    )
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    becomes(page, lambda: step(page), lambda t: t > 20)
    begun = page.evaluate("() => globalThis.drawn")
    becomes(page, lambda: step(page), lambda t: t == 120)
    assert page.evaluate("() => globalThis.drawn") == begun
    turn(page)
    assert page.evaluate("() => globalThis.drawn") > begun


def test_nothing_is_drawn_while_nothing_changes(open_page: OpenPage) -> None:
    page = open_page("view.map=3d")
    laid(page)
    page.evaluate(
        """() => {
          globalThis.counted = {frames: 0, drawn: 0};
          const ask = globalThis.requestAnimationFrame;
          globalThis.requestAnimationFrame = (work) => {
            if (!new Error().stack.includes("plotly")) counted.frames += 1;
            return ask(work);
          };
          for (const kind of [WebGLRenderingContext, globalThis.WebGL2RenderingContext])
            for (const name of ["drawArrays", "drawElements"]) {
              const draw = kind.prototype[name];
              kind.prototype[name] = function (...told) {
                counted.drawn += 1;
                return draw.apply(this, told);
              };
            }
        }"""
    )

    def anew() -> dict[str, int]:
        counts = page.evaluate("counted")
        page.evaluate("Object.assign(counted, {frames: 0, drawn: 0})")
        page.wait_for_timeout(300)
        return counts

    rest = {"frames": 0, "drawn": 0}
    becomes(page, anew, lambda counts: counts == rest)
    turn(page)
    assert min(page.evaluate("counted").values()) > 0
    becomes(page, anew, lambda counts: counts == rest)


def test_camera_survives_sliders_theme_replay_and_other_surfaces(open_page: OpenPage) -> None:
    page = open_page("view.map=3d&steps=40")
    laid(page)
    stood = turn(page)
    plot = page.locator(".relief .plot").element_handle()
    for act in (
        lambda: exact(page, "steps", "50"),
        lambda: page.emulate_media(color_scheme="dark"),
        lambda: play(page),
        lambda: surface(page, "Himmelblau"),
        lambda: button(page, "Both").click(),
        lambda: button(page, "Contour").click(),
        lambda: button(page, "3-D").click(),
        lambda: page.set_viewport_size({"width": 1100, "height": 700}),
    ):
        act()
        page.wait_for_timeout(700)
        at_rest(page)
        assert near(camera(page), stood)
    assert page.locator(".relief .plot").evaluate("(now, before) => now === before", plot)
    button(page, "Reset zoom").click()
    becomes(page, lambda: camera(page), lambda now: not near(now, stood))


def aside(page: Page) -> list[float]:
    """Return where the camera looks."""
    return page.evaluate(
        """() => {
          const {scene} = document.querySelector(".relief .plot")._fullLayout;
          const {center} = scene._scene.getCamera();
          return [center.x, center.y, center.z];
        }"""
    )


def test_camera_moved_aside_survives_and_is_in_the_link(open_page: OpenPage) -> None:
    page = open_page("view.map=3d&steps=40")
    laid(page)
    middle = aside(page)
    box = page.locator(".relief .plot").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down(button="right")
    for k in range(1, 6):
        page.mouse.move(x + 12 * k, y - 4 * k)
    page.mouse.up(button="right")
    becomes(page, lambda: aside(page), lambda now: not near(now, middle))
    page.wait_for_timeout(300)
    looked, stood = aside(page), camera(page)
    for act in (
        lambda: page.emulate_media(color_scheme="dark"),
        lambda: exact(page, "steps", "50"),
        lambda: button(page, "Contour").click(),
        lambda: button(page, "3-D").click(),
    ):
        act()
        page.wait_for_timeout(700)
        at_rest(page)
        assert near(aside(page), looked)
        assert near(camera(page), stood)
    page.locator(".stage .save").click()
    page.get_by_role("tab", name="Link", exact=True).click()
    link = page.get_by_label("Link to this page").input_value()
    assert len(parse_qs(urlsplit(link).query)["view.camera"][0].split(",")) == 6
    there = open_page(urlsplit(link).query)
    laid(there)
    assert np.allclose(aside(there), looked, atol=2e-3)
    assert np.allclose(camera(there), stood, atol=1e-2)


def exact(page: Page, name: str, text: str) -> None:
    field = page.get_by_label(re.compile(f"^{name}")).last
    field.fill(text)
    field.press("Enter")
    becomes(page, lambda: parameters(page).get(name), lambda now: now == text)


def surface(page: Page, title: str) -> None:
    field = page.get_by_role("combobox", name=re.compile("Surface"))
    field.fill(title)
    field.press("Enter")
    expect(page.locator(".stage-head h1")).to_have_text(title)


def play(page: Page) -> None:
    page.keyboard.press("Home")
    button(page, "Play").click()
    becomes(page, lambda: step(page), lambda t: t > 5)


def test_arrow_keys_turn_the_relief_and_leave_the_clock(open_page: OpenPage) -> None:
    page = open_page("view.map=3d&steps=40")
    laid(page)
    stood, t = camera(page), step(page)
    page.locator(".panel.relief").focus()
    page.keyboard.press("ArrowLeft")
    turned = becomes(page, lambda: camera(page), lambda now: not near(now, stood))
    assert math.isclose(math.hypot(*turned), math.hypot(*stood), rel_tol=1e-6)
    assert math.isclose(turned[2], stood[2], abs_tol=1e-6)
    assert step(page) == t


def test_path_that_leaves_the_window_is_cut_at_its_edge(open_page: OpenPage) -> None:
    surface = SURFACES["rosenbrock"]()
    page = open_page("view.map=3d&lanes=a&a=gradient_descent&a.lr=0.5&steps=60")
    laid(page)
    seen = page.evaluate(
        """() => {
          const {xaxis, yaxis} = document.querySelector(".relief .plot")._fullLayout.scene;
          return [xaxis.range, yaxis.range];
        }"""
    )
    assert np.allclose(seen, surface.window)
    box = page.locator(".panel.relief").bounding_box()
    assert box
    numbers = [float(v) for v in re.findall(r"-?[\d.]+", drawing(page))]
    assert numbers
    assert all(0 <= v <= max(box["width"], box["height"]) for v in numbers)
    expect(page.locator(".relief .label").first).to_contain_text("DIVERGED")


def test_contour_follows_dragged_start_beside_the_relief(open_page: OpenPage) -> None:
    page = open_page("view.map=both&steps=60")
    laid(page)
    before = drawing(page)
    x, y = center(page.locator(".overlay .start .ring"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y + 20, steps=4)
    becomes(page, lambda: drawing(page), lambda now: now != before)
    page.mouse.up()
    at_rest(page)


@pytest.fixture
def plain_page(playwright: Playwright, server: Server) -> Iterator[Page]:
    """A page of a browser that has no WebGL."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    flags = ["--disable-gpu", "--disable-3d-apis", "--no-sandbox"]
    poor = playwright.chromium.launch(executable_path=found, args=flags)
    page = poor.new_page()
    page.set_default_timeout(PATIENCE)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{server.url}/?view.map=3d")
    drawn(page)
    yield page
    poor.close()
    assert not errors


def test_without_webgl_the_contour_stays_and_says_so(plain_page: Page) -> None:
    assert shown(plain_page) == (True, False)
    expect(plain_page.locator(".no-relief")).to_contain_text("needs WebGL")
    button(plain_page, "Contour").click()
    expect(plain_page.locator(".no-relief")).to_be_hidden()
    button(plain_page, "Both").click()
    expect(plain_page.locator(".no-relief")).to_be_visible()
    assert shown(plain_page) == (True, False)
