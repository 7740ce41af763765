"""Measures the sweep map in a browser and prints a Markdown table.

    pip install -r requirements.txt -r tests/requirements.txt
    python -m benchmarks.sweep

The times of a map begin when it is asked for and end when its colors are painted.
Another session's slider is moved by key, with and without a long map under way, in turns.
"""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.page import OURS, launch, opened, pressed, serving

ROUNDS, HELD = 9, 4
MAP = "view.lab=sweep&a=adam&steps=500"
LONG = "view.lab=sweep&a=line_search&steps=2000"
FOUR = "a=gradient_descent&b=momentum_lecture&c=adam&d=rmsprop&steps=300"
SERVER = ("python", "-m", "streamlit", "run", "app.py", "--server.port", "{port}")

WATCH = """() => {
  const page = document.querySelector(".lab-page.sweep");
  const hand = Worker.prototype.postMessage;
  globalThis.map = {asked: 0, coarse: 0, fine: 0};
  Worker.prototype.postMessage = function (message) {
    const ours = message.message?.task === "plan";
    if (ours) map = {asked: performance.now(), coarse: 0, fine: 0};
    return hand.call(this, message);
  };
  page.addEventListener("sweepdrawn", ({detail}) => requestAnimationFrame(() => setTimeout(() => {
    if (!map.asked) return;
    map.coarse ||= performance.now();
    if (detail === 1) map.fine ||= performance.now();
  })));
}"""


FOLLOW = """() => {
  globalThis.followed = [performance.now()];
  const painted = () => followed.push(performance.now());
  const shown = new MutationObserver(() => requestAnimationFrame(() => setTimeout(painted)));
  const ground = document.querySelector(".sweep-ground");
  shown.observe(ground, {attributes: true, attributeFilter: ["data-felt"]});
}"""


def until(page: Page, holds: str, seconds: float = 300) -> None:
    """Wait until an expression holds on the page, which forbids scripts to be made of texts."""
    end = time.monotonic() + seconds
    while not page.evaluate(holds):
        if time.monotonic() > end:
            raise TimeoutError(holds)
        page.wait_for_timeout(10)


def ready(browser: Browser, url: str, link: str) -> Page:
    """Open a page on the sweep map and watch when its colors are painted."""
    page = opened(browser, url, link, OURS)
    page.wait_for_selector(".lab-page.sweep[data-drawn]")
    page.evaluate(WATCH)
    return page


def mapped(page: Page, k: int) -> tuple[float, float]:
    """Turn the start a little, and return the milliseconds to the coarse and to the whole map."""
    page.wait_for_selector(".lab-page.sweep[aria-busy=false]")
    field = page.locator("[data-testid=stSidebar]").get_by_role("textbox", name="start x")
    field.fill(f"{-1.2 - 0.01 * (k + 1):.2f}")
    field.press("Enter")
    until(page, "map.asked && map.fine > map.asked")
    page.wait_for_selector(".lab-page.sweep[aria-busy=false]")
    took = page.evaluate("[map.coarse - map.asked, map.fine - map.asked]")
    page.evaluate("map = {asked: 0, coarse: 0, fine: 0}")
    return float(took[0]), float(took[1])


def maps(browser: Browser, url: str) -> Iterator[tuple[str, str]]:
    """Measure a map of Adam."""
    page = ready(browser, url, MAP)
    took = [mapped(page, k) for k in range(ROUNDS)]
    for name, times in zip(("coarse", "every"), zip(*took, strict=True), strict=True):
        said = f"asked → {name} cell of 100 × 100 settings of Adam painted, 500 steps"
        yield said, f"{statistics.median(times):.0f} ms (least {min(times):.0f})"
    page.close()


def follows(browser: Browser, url: str) -> Iterator[tuple[str, str]]:
    """Measure a map that follows the rotation under a hand, four seconds long."""
    page = ready(browser, url, f"{MAP}&surface=ravine")
    page.wait_for_selector(".lab-page.sweep[aria-busy=false]")
    thumb = page.get_by_role("slider", name="rotation").first.locator("xpath=..").bounding_box()
    assert thumb is not None
    x, y = thumb["x"] + thumb["width"] / 2, thumb["y"] + thumb["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 2, y)
    page.wait_for_timeout(1000)
    page.evaluate(FOLLOW)
    begin, moves = time.monotonic(), 0
    while time.monotonic() - begin < HELD:
        moves += 1
        page.mouse.move(x + 5 * (moves % 28), y)
        page.wait_for_timeout(10)
    seen = page.evaluate("followed")
    page.close()
    pause = max(later - one for one, later in itertools.pairwise(seen))
    said = "coarse maps painted a second while a slider is held and moved"
    yield said, f"{(len(seen) - 1) / HELD:.0f} (longest pause {pause:.0f} ms)"


def sliders(browser: Browser, url: str) -> Iterator[tuple[str, str]]:
    """Measure another session's slider, in turns without a map and while a long one is computed."""
    other = opened(browser, url, FOUR, OURS)
    busy = browser.new_context().new_page()
    took: dict[str, list[float]] = {"alone": [], "with a map": []}
    for k in range(ROUNDS):
        busy.goto("about:blank")
        took["alone"].append(pressed(other, k))
        busy.goto(f"{url}/?{LONG}")
        busy.wait_for_selector(".lab-page.sweep[data-drawn][aria-busy=true]", timeout=120_000)
        took["with a map"].append(pressed(other, k))
    for name, times in took.items():
        said = f"another session's slider moved by a key → paths painted, {name}"
        yield said, f"{statistics.median(times):.0f} ms (most {max(times):.0f})"
    other.close()
    busy.close()


def memory(browser: Browser, url: str, process: int) -> Iterator[tuple[str, str]]:
    """Measure the server's peak while 100 x 100 settings run 2000 steps."""
    status = Path(f"/proc/{process}")
    if not status.exists():
        return
    (status / "clear_refs").write_text("5")
    page = ready(browser, url, MAP.replace("500", "1999"))
    page.wait_for_selector(".lab-page.sweep[aria-busy=false]", timeout=300_000)
    page.evaluate("map = {asked: 0, coarse: 0, fine: 0}")
    begin = time.perf_counter()
    field = page.locator("[data-testid=stSidebar]").get_by_role("textbox", name="steps")
    field.fill("2000")
    field.press("Enter")
    until(page, "map.asked && map.fine > map.asked")
    took = time.perf_counter() - begin
    page.wait_for_selector(".lab-page.sweep[aria-busy=false]", timeout=300_000)
    peak = next(v for v in (status / "status").read_text().splitlines() if "VmHWM" in v)
    yield "the server's peak memory, 100 × 100 settings of 2000 steps", f"{_megabytes(peak)} MB"
    yield "the same map, every cell painted", f"{took:.1f} s"


def _megabytes(line: str) -> int:
    return round(int(line.split()[1]) / 1024)


def server_of(url: str) -> int:
    """Return the number of the process that listens at an address (Linux)."""
    port = f"--server.port\0{url.rsplit(':', 1)[1]}\0".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if port in (folder / "cmdline").read_bytes():
                return int(folder.name)
        except OSError:
            continue
    return 0


def main() -> None:
    """Measure everything and print the table."""
    with serving(*SERVER) as url, sync_playwright() as playwright:
        browser = launch(playwright)
        rows = [*maps(browser, url), *follows(browser, url), *sliders(browser, url)]
        rows += memory(browser, url, server_of(url))
        browser.close()
    print("| Measured | Here |\n|:--|--:|")
    for row in rows:
        print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()
