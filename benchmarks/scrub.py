"""Measures the scrubber in headless Chromium over loopback and prints a Markdown table.

    pip install -r requirements.txt -r tests/requirements.txt
    python -m benchmarks.scrub

From choosing a setting to the slider being ready; what is sent; the updates painted a second while
it slides; and the engine's batch beside the same stops run one after another, in turns in one run.
Four lanes of 300 steps.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import parse_qsl

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.page import FOUR, OURS, ROUNDS, at_rest, launch, opened, serving, uvicorn
from engine.setup import experiment as single
from engine.setup.handles import turned
from engine.setup.link import read
from engine.study.fan import fan
from packets.fan import fan_packet

HANDLES = {"c.lr": "a lane's learning rate", "x": "the start's x", "surface.b": "the surface's b"}

CHOOSE = """async (key) => {
  const menu = document.querySelector(".scrub .handles");
  const range = document.querySelector(".scrub .stops");
  const row = document.querySelector(".scrub");
  performance.clearResourceTimings();
  const begin = performance.now();
  menu.value = key;
  menu.dispatchEvent(new Event("change"));
  const ready = () => Number(range.max) > 1 && !row.hasAttribute("aria-busy");
  await new Promise((done) => {
    const look = () => (ready() ? done() : setTimeout(look, 1));
    look();
  });
  return performance.now() - begin;
}"""

SENT = """() => performance.getEntriesByType("resource")
  .filter(({name}) => name.includes("live/fan")).at(-1).encodedBodySize"""

SLIDE = """async (seconds) => {
  const range = document.querySelector(".scrub .stops");
  const read = () => document.querySelector(".overlay .line[data-lane=c]").getAttribute("d");
  const begin = performance.now();
  let [seen, last, n] = [0, "", 0];
  while (performance.now() - begin < 1000 * seconds) {
    const most = Number(range.max);
    range.value = Math.abs((n++ % (2 * most)) - most);
    range.dispatchEvent(new Event("input"));
    await new Promise((done) => requestAnimationFrame(done));
    if (read() !== last) seen += 1;
    last = read();
  }
  return seen / seconds;
}"""


def main() -> None:
    """Measure everything and print the table."""
    print("| Measured | Here | One after another | Ratio |\n|:--|--:|--:|--:|")
    for row in [*batches(), *pages()]:
        print("| " + " | ".join(row) + " |")


def batches() -> Iterator[tuple[str, ...]]:
    """Measure the engine's batch against the same stops run singly."""
    whole = read(dict(parse_qsl(FOUR)))[0]
    for key, said in HANDLES.items():
        stops = fan(whole, key, None, None).stops.tolist()
        at = [turned(whole, {key: stop}) for stop in stops]

        def together(key: str = key) -> None:
            fan.cache_clear()
            fan(whole, key, None, None)

        def singly(at: list[single.Experiment] = at) -> None:
            single._run.cache_clear()
            for one in at:
                one.runs()

        a, b = side_by_side(together, singly)
        name = f"engine: {len(stops)} stops of {said}"
        yield name, f"{a:.1f} ms", f"{b:.1f} ms", f"{b / a:.1f}"
        packed = statistics.median(timed(partial(fan_packet, whole, key)) for _ in range(9))
        yield f"the same as bytes, {said}", f"{packed:.1f} ms", "", ""


def side_by_side(*contestants: Callable[[], None]) -> list[float]:
    """Let them take turns and return each one's median in milliseconds."""
    took: list[list[float]] = [[] for _ in contestants]
    for _ in range(ROUNDS):
        for times, work in zip(took, contestants, strict=True):
            times.append(timed(work))
    return [statistics.median(times) for times in took]


def timed(work: Callable[[], object]) -> float:
    """Return the milliseconds of a call."""
    begin = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begin)


def pages() -> Iterator[tuple[str, ...]]:
    """Measure the page as `streamlit run` and `uvicorn` serve it."""
    run = (sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "{port}")
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for name, command in (("streamlit run", run), ("uvicorn app:app", uvicorn())):
            with serving(*command) as url:
                yield from chosen(browser, url, name)
        browser.close()


def chosen(browser: Browser, url: str, name: str) -> Iterator[tuple[str, ...]]:
    """Choose each setting several times, each time on a page and a start of its own, and slide."""
    for key, said in HANDLES.items():
        took, page = [], None
        for k in range(5):
            page = opened(browser, url, f"{FOUR}&y={1 + k / 100}", OURS)
            took.append(float(page.evaluate(CHOOSE, key)))
            if k < 4:
                page.close()
        assert page is not None
        yield (
            f"{said} chosen → ready (`{name}`), median and least",
            f"{statistics.median(took):.0f} ms, {min(took):.0f} ms",
            "",
            "",
        )
        yield f"{said}: bytes sent", f"{page.evaluate(SENT) / 1e3:.0f} kB", "", ""
        yield f"{said}: updates painted a second while it slides", f"{slid(page):.0f}", "", ""
        page.close()


def slid(page: Page) -> float:
    """Slide there and back, and return the median of the updates a second."""
    at_rest(page)
    page.wait_for_timeout(1500)
    return statistics.median(float(page.evaluate(SLIDE, 3)) for _ in range(3))


if __name__ == "__main__":
    main()
