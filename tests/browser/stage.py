"""What a user sees on the stage, read off the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Locator, Page, expect

MEASURE = (Path(__file__).parent / "measure.js").read_text(encoding="utf-8")

PATIENCE = 60_000
"""Milliseconds to wait for something that must happen: a loaded machine is slow, not wrong."""

expect.set_options(timeout=PATIENCE)

Point = tuple[float, float]


def drawn(page: Page) -> None:
    """Wait until the stage stands: paths, curves, and the page's script at rest."""
    page.wait_for_selector(".stage .overlay .line", state="attached")
    instead = ".stage.beside, .stage.held"  # a lab may take their place, a question hides them
    page.wait_for_selector(f".stage .curve.loss .cursor[d], {instead}", state="attached")
    at_rest(page)


def at_rest(page: Page) -> None:
    """Wait until the page's script has run to its end."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")


def path(page: Page, lane: str = "a") -> str:
    """Return the SVG data of a lane's path up to the clock."""
    return line(page, lane).get_attribute("d") or ""


def line(page: Page, lane: str = "a") -> Locator:
    return page.locator(f".overlay .line[data-lane={lane}]")


def points(page: Page, lane: str = "a") -> list[Point]:
    """Return a path's points in pixels of the map."""
    pairs = re.findall(r"[ML](-?[\d.]+)[ ,](-?[\d.]+)", path(page, lane))
    return [(float(x), float(y)) for x, y in pairs]


def head(page: Page, lane: str = "a") -> Point:
    """Return where a lane's head stands, in pixels of the map."""
    return translation(page.locator(f".overlay .head[data-lane={lane}]"))


def ring(page: Page) -> Point:
    """Return where the start's ring stands, in pixels of the map."""
    return translation(page.locator(".overlay .start"))


def follow(page: Page, at: Point, steps: int = 2) -> Any:
    """Move the held start to a place of the window; return its path once that begins there."""
    page.mouse.move(*at, steps=steps)
    becomes(page, lambda: start_center(page), lambda now: np.allclose(now, at, atol=2))
    return becomes(page, lambda: points(page), lambda now: np.allclose(now[0], ring(page), atol=2))


def translation(element: Locator) -> Point:
    x, y = re.findall(r"-?[\d.]+", element.get_attribute("transform") or "")[:2]
    return float(x), float(y)


CURVES = """() => [...document.querySelectorAll(".stage .curve.loss [data-label]")]
  .filter((path) => !document.querySelector(".stage .curve.loss .follows"))
  .map((path) => [path.dataset.label, path.getAttribute("d")])"""
AXIS = """() => {
  const read = (css) => [...document.querySelectorAll(`.stage .curve.loss ${css}`)];
  const lines = read(".grid")[0].getAttribute("d").match(/ [\\d.]+h/g).map(parseFloat);
  const ticks = read("[text-anchor=end].tick").map((tick) => tick.textContent);
  return [lines, ticks];
}"""
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")


def curves(page: Page) -> dict[str, np.ndarray]:
    """Return the outlines of what the loss panel draws by name, each of shape (n, 2) in pixels."""
    return {name: outline(d) for name, d in page.evaluate(CURVES)}


def outline(d: str) -> np.ndarray:
    pairs = re.findall(r"[ML](-?[\d.]+)[ ,](-?[\d.]+)", d)
    return np.array([(float(x), float(y)) for x, y in pairs]).reshape(-1, 2)


def at_steps(line: np.ndarray, count: int) -> np.ndarray:
    """Return where a curve of few points passes so many steps, in pixels, of shape (count, 2)."""
    x = np.linspace(line[0, 0], line[-1, 0], count)
    return np.stack((x, np.interp(x, line[:, 0], line[:, 1])), axis=-1)


def heights(axis: tuple[list[float], list[str]], losses: np.ndarray) -> np.ndarray:
    """Return where losses lie on the loss panel's logarithmic axis (see AXIS), in pixels."""
    lines, ticks = axis
    powers = [np.log10(value(text)) for text in ticks]
    scale = (lines[-1] - lines[0]) / (powers[-1] - powers[0])
    return lines[0] + (np.log10(losses) - powers[0]) * scale


def value(text: str) -> float:
    """Return the number that a tick says."""
    mantissa, _, power = text.rpartition("10⁻") if "10⁻" in text else ("", "", "")
    if power:
        return float(mantissa.strip("×") or 1) * 10.0 ** -int(power.translate(RAISED))
    return float(text.translate(RAISED))


def step(page: Page) -> int:
    """Return the step that the clock shows."""
    return int(re.findall(r"\d+", page.locator(".clock .said").inner_text())[0])


def timeline(page: Page) -> Locator:
    return page.get_by_role("slider", name="Step", exact=True)


def button(page: Page, name: str) -> Locator:
    return page.locator(".stage").get_by_role("button", name=name, exact=True)


def becomes(page: Page, read: Callable[[], Any], wanted: Callable[[Any], bool]) -> Any:
    """Wait until what `read` returns is wanted, and return it."""
    for _ in range(PATIENCE // 50):
        found = read()
        if wanted(found):
            return found
        page.wait_for_timeout(50)
    raise AssertionError(f"still {str(found)[:300]}")


def changes(page: Page, read: Callable[[], Any], act: Callable[[], Any]) -> Any:
    """Act, wait until what `read` returns is another, and return it."""
    before = read()
    act()
    return becomes(page, read, lambda now: now != before)


def map_box(page: Page) -> dict[str, float]:
    """Return the plotted area of the map in pixels of the window: x, y, width, height."""
    return page.evaluate(
        """() => {
          const box = document.querySelector(".stage .map .plot").getBoundingClientRect();
          const {xaxis, yaxis} = document.querySelector(".stage .map .plot")._fullLayout;
          return {x: box.x + xaxis._offset, y: box.y + yaxis._offset,
                  width: xaxis._length, height: yaxis._length};
        }"""
    )


def ranges(page: Page) -> list[list[float]]:
    """Return what the map's axes show."""
    return page.evaluate(
        """() => {
          const {xaxis, yaxis} = document.querySelector(".stage .map .plot")._fullLayout;
          return [xaxis.range.map(Number), yaxis.range.map(Number)];
        }"""
    )


def parameters(page: Page) -> dict[str, str]:
    """Return the link's parameters."""
    pairs = page.evaluate("() => Object.fromEntries(new URLSearchParams(location.search))")
    return dict(pairs)


def slider(page: Page, label: str) -> Locator:
    """Return a slider of the sidebar by the beginning of its label."""
    sidebar = page.locator("[data-testid=stSidebar]")
    return sidebar.get_by_role("slider", name=re.compile("^" + re.escape(label))).first


def enter(page: Page, label: str, text: str) -> None:
    """Type into a field of the sidebar and confirm."""
    field = page.locator("[data-testid=stSidebar]").get_by_role("textbox", name=label, exact=True)
    field.fill(text)
    field.press("Enter")


def start_center(page: Page) -> Point:
    """Return where the start's ring stands, in pixels of the window."""
    box = page.locator(".overlay .start .ring").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def on_map(page: Page, right: float, down: float) -> Point:
    """Return the window's pixel at a fraction of the map's width and height."""
    box = map_box(page)
    return box["x"] + right * box["width"], box["y"] + down * box["height"]


def data_at(page: Page, pixel: Point) -> Point:
    """Return the point of the surface under a pixel of the window."""
    box, ((x0, x1), (y0, y1)) = map_box(page), ranges(page)
    x = x0 + (pixel[0] - box["x"]) / box["width"] * (x1 - x0)
    return x, y1 - (pixel[1] - box["y"]) / box["height"] * (y1 - y0)


def measure(page: Page, what: str) -> Any:
    """Return what a function of `measure.js` finds on the page, as in `cut()`."""
    page.evaluate(f"globalThis.measure || (() => {{ {MEASURE} }})()")
    return page.evaluate(f"measure.{what}")
