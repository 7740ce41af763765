"""Measures what thirty pages that drag at once ask of the server, and prints a Markdown table.

    pip install -r requirements.txt -r tests/requirements.txt
    python -m benchmarks.crowd

The start is held and moved on all pages in turn, while another session keeps changes of a slider;
then twenty open the sweep map at once, which they compute themselves.
What the server spends is its time on the processor (as Linux counts it), which depends little on
who else works. Set PAGES for another number of pages.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.page import FOUR, OURS, ROOT, at_rest, launch, process_of

PAGES = int(os.environ.get("PAGES", "30"))
ASKING = min(PAGES, 20)
PRESSES = 12
REST = 3.0
TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measure everything and print the table."""
    with ExitStack() as stack:
        url, server = stack.enter_context(process_of(ROOT))
        browser = launch(stack.enter_context(sync_playwright()))
        other = opened(browser, url)
        crowd = [opened(browser, url) for _ in range(PAGES)]
        time.sleep(REST)
        idle = rate(server, lambda: time.sleep(REST))
        alone = [kept(other, server, k) for k in range(PRESSES)]
        asked: list[str] = []
        for page in crowd:
            page.on("request", lambda request: asked.append(request.url))
            press(page)
        moved = rate(server, lambda: move(crowd, 6))
        beside = []
        for k in range(PRESSES):
            move(crowd, 1)
            beside.append(kept(other, server, k))
        requests = len(asked)
        for page in crowd:
            page.mouse.up()
            at_rest(page)
        time.sleep(REST)
        one = mapped([other], server)
        many = mapped(crowd[:ASKING], server)
        browser.close()
    print("| Measured | Here |\n|:--|--:|")
    print(f"| requests while {PAGES} pages drag | {requests} |")
    print(f"| the server's time on the processor, ms a second, at rest | {idle:.0f} |")
    print(f"| the same while {PAGES} pages drag | {moved:.0f} |")
    print(f"| the server's time for another session's change, alone | {middle(alone)} |")
    print(f"| the same while {PAGES} pages drag | {middle(beside)} |")
    print(f"| the server's time for a page that opens the sweep map, alone | {one:.0f} ms |")
    print(f"| the same of each of {ASKING} that do so at once | {many:.0f} ms |")


def middle(found: list[float]) -> str:
    """Return the median in words."""
    return f"{statistics.median(found):.0f} ms (least {min(found):.0f})"


def spent(server: int) -> float:
    """Return the milliseconds that a process has been on the processor, all threads together."""
    fields = Path(f"/proc/{server}/stat").read_text().rpartition(")")[2].split()
    return 1000 * (int(fields[11]) + int(fields[12])) / TICKS


def rate(server: int, act: Callable[[], None]) -> float:
    """Return the server's milliseconds on the processor in a second of something."""
    before, begin = spent(server), time.perf_counter()
    act()
    return (spent(server) - before) / (time.perf_counter() - begin)


def opened(browser: Browser, url: str) -> Page:
    """Open a page of its own session and wait until it rests."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.set_default_timeout(120_000)
    page.goto(f"{url}/?{FOUR}")
    page.wait_for_selector(OURS, state="attached")
    at_rest(page)
    return page


def press(page: Page) -> None:
    """Take hold of the start."""
    box = page.locator(".overlay .start .ring").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()


def move(crowd: list[Page], rounds: int) -> None:
    """Move every page's hand in turn."""
    for k in range(rounds):
        for page in crowd:
            page.mouse.move(600 + 7 * k % 90, 300 - 5 * k % 60)


def kept(page: Page, server: int, k: int) -> float:
    """Move a slider by a key and return what the server spends on it until all rests."""
    before = spent(server)
    page.get_by_role("slider").first.press("ArrowRight" if k % 8 < 4 else "ArrowLeft")
    page.wait_for_timeout(400)
    at_rest(page)
    return spent(server) - before


def mapped(pages: list[Page], server: int) -> float:
    """Open the sweep map on pages at once; return what the server spends on each until all rest."""
    before = spent(server)
    for page in pages:
        page.get_by_role("tab", name="Sweep map").click(no_wait_after=True)
    for page in pages:
        page.wait_for_selector(".lab-page.sweep[data-drawn=whole][aria-busy=false]")
        at_rest(page)
    return (spent(server) - before) / len(pages)


if __name__ == "__main__":
    main()
