"""Measures what a frame costs the page's main thread, and prints a Markdown table.

    pip install -r requirements.txt -r tests/requirements.txt
    python -m benchmarks.frames [FOLDER]

FOLDER is another checkout of this app, measured in turns with this one in the same run.
Milliseconds are those on the processor (see `benchmarks/thread.py`): for each frame of a run that
plays, for each update while the start, a slider or the scrubber is dragged or a slider moved by
keys, on the contour and in 3-D, and in all while nothing moves. Set ROUNDS for more rounds, and
ONLY to words of the cases wanted.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.page import FOUR, OURS, SIX, at_rest, checkouts, launch, served
from benchmarks.thousand import LINK, learned
from benchmarks.thread import KINDS, Thread, watched

ROUNDS = int(os.environ.get("ROUNDS", "3"))
ONLY = os.environ.get("ONLY", "")
SECONDS = 1.5
MOVES = 60
SOLID = "&view.map=3d"
WEBGL = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")


class Case(NamedTuple):
    """Something done on a page in three parts: made ready, watched, and put back.

    Its cost is that of each of `updates`, or of each frame where their number is not known.
    """

    said: str
    link: str
    act: Callable[[Page], Iterator[None]]
    updates: int = 0
    ready: Callable[[Page], None] = at_rest


def main() -> None:
    """Measure everything and print the table."""
    folders = checkouts()
    with ExitStack() as stack:
        urls = {name: stack.enter_context(served(folder)) for name, folder in folders.items()}
        playwright = stack.enter_context(sync_playwright())
        flat, solid = launch(playwright), launch(playwright, *WEBGL)
        kinds = " | ".join(KINDS)
        print(f"| ms on the processor | at | all | {kinds} | raster | elements | boxes | frames |")
        print(f"|:--|:--|{'--:|' * (len(KINDS) + 5)}")
        for case in CASES:
            if ONLY in case.said:
                compared(solid if "3-D" in case.said else flat, urls, case)
        flat.close()
        solid.close()


def compared(browser: Browser, urls: dict[str, str], case: Case) -> None:
    """Let the checkouts take turns at a case and print a row for each."""
    pages = {name: opened(browser, url, case) for name, url in urls.items()}
    found: dict[str, list[Thread]] = {name: [] for name in pages}
    for _ in range(ROUNDS):
        for name, page in pages.items():
            page.bring_to_front()
            found[name].append(once(page, case))
    for name, threads in found.items():
        rows = zip(*(row(thread, case) for thread in threads), strict=True)
        cells = [f"{statistics.median(values):.1f}" for values in rows]
        print(f"| {case.said} | {name} | {' | '.join(cells)} |", flush=True)
    for page in pages.values():
        page.context.close()


def once(page: Page, case: Case) -> Thread:
    """Do a case once and return what the main thread did for it."""
    parts = case.act(page)
    next(parts)
    found = watched(page, lambda: next(parts))[0]
    for _ in parts:
        pass
    return found


def row(thread: Thread, case: Case) -> list[float]:
    """Return what each update costs: milliseconds, elements, boxes; and how many frames it took."""
    n = case.updates or max(thread.frames, 1)
    return [*thread.per(n), thread.raster / n, thread.elements / n, thread.boxes / n, thread.frames]


def opened(browser: Browser, url: str, case: Case) -> Page:
    """Open a page at the size of a projector and wait until it rests."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.set_default_timeout(60_000)
    page.goto(f"{url}/?{case.link}")
    page.wait_for_selector(OURS, state="attached")
    at_rest(page)
    case.ready(page)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1000)
    return page


def play(page: Page) -> Iterator[None]:
    """Play from the start, at a speed at which every frame shows another step."""
    page.locator(".clock").get_by_role("button", name="To the start").click()
    page.locator(".clock .speed").select_option(label="2×")
    page.locator(".clock .play").click()
    page.wait_for_timeout(300)
    yield
    page.wait_for_timeout(1000 * SECONDS)
    yield
    page.locator(".clock .play").click()


def drag(page: Page, thing: str, far: float) -> Iterator[None]:
    """Drag something to and fro, a move a frame, and put it back where it was."""
    box = page.locator(thing).first.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    yield
    for k in range(MOVES):
        page.mouse.move(x + far * (1 - abs(1 - 2 * k / MOVES)) + k % 2, y + k % 3)
        page.evaluate("() => new Promise(requestAnimationFrame)")
    yield
    page.mouse.move(x, y)
    page.mouse.up()
    page.wait_for_timeout(300)
    at_rest(page)


def press(page: Page) -> Iterator[None]:
    """Move a slider by keys to and fro, a press a frame."""
    slider = page.locator("[data-testid=stSidebar]").get_by_role("slider").first
    slider.focus()
    yield
    for k in range(MOVES):
        page.keyboard.press("ArrowRight" if k < MOVES // 2 else "ArrowLeft")
        page.evaluate("() => new Promise(requestAnimationFrame)")
    yield
    page.wait_for_timeout(300)
    at_rest(page)


def rest(page: Page) -> Iterator[None]:
    """Leave the page alone."""
    yield
    page.wait_for_timeout(1000 * SECONDS)
    yield


START = partial(drag, thing=".overlay .start .ring", far=150)
SCRUBBER = partial(drag, thing=".scrub input.stops", far=100)
SLIDER = partial(drag, thing="[data-testid=stSlider] input >> xpath=..", far=60)

CASES = [
    Case("plays, 4 lanes of 300", FOUR, play),
    Case("plays, 6 lanes of 1000", SIX, play),
    Case("plays in 3-D, 6 lanes of 1000", SIX + SOLID, play),
    Case("start dragged, 4 lanes of 300", FOUR, START, MOVES),
    Case("start dragged, 6 lanes of 1000", SIX, START, MOVES),
    Case("start dragged, logistic of 1000 rows, 4 lanes of 300", LINK, START, MOVES, learned),
    Case("start dragged beside 3-D, 4 lanes of 300", f"{FOUR}&view.map=both", START, MOVES),
    Case("slider dragged, 4 lanes of 300", FOUR, SLIDER, MOVES),
    Case("slider dragged, 6 lanes of 1000", SIX, SLIDER, MOVES),
    Case("slider moved by keys, 4 lanes of 300", FOUR, press, MOVES),
    Case("scrubber dragged, 4 lanes of 300", f"{FOUR}&view.scrub=b.beta", SCRUBBER, MOVES),
    Case("slider dragged in 3-D, 4 lanes of 300", FOUR + SOLID, SLIDER, MOVES),
    Case("nothing moves", FOUR, rest, 1),
    Case("nothing moves, 3-D", FOUR + SOLID, rest, 1),
]


if __name__ == "__main__":
    main()
