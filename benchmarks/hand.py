"""Measures what the hand feels, in headless Chromium, and prints a Markdown table.

    pip install -r requirements.txt -r tests/requirements.txt
    python -m benchmarks.hand [FOLDER]

FOLDER is another checkout of this app, measured in turns with this one in the same run. Four lanes
of 300 steps; the start is dragged in circles, over loopback and over a line of 1 Mbit/s with 200 ms
of delay, in turns with a page on loopback, for what a machine gives changes from minute to minute,
then beside 3-D and on a logistic regression of 1000 rows; a slider to and fro, beside the
contour and beside 3-D. The mouse reports 125 times a second and waits for nothing (`mouse.py`).
Beside them the same hand drags the circle of a page that does nothing else: no page can be quicker
under this hand. Then what choosing another rule costs, and what one path costs in Node beside the
engine. Set RUNS for more rounds, and ONLY to words of the drags wanted; SECTION=drags measures the
drags alone.
"""

from __future__ import annotations

import gzip
import json
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from benchmarks.frames import SOLID, WEBGL
from benchmarks.mouse import mouse
from benchmarks.page import FOUR, OURS, ROOT, at_rest, checkouts, free_port, launch, served
from benchmarks.thousand import LINK, learned
from engine.run.run import Run
from engine.run.trajectory import trajectory
from optimizers import OPTIMIZERS
from packets.modules import module
from surfaces import DATA, KNOWN

RUNS = int(os.environ.get("RUNS", "3"))
SECTION = os.environ.get("SECTION", "")
ONLY = os.environ.get("ONLY", "")
SLOW = {"offline": False, "latency": 200, "downloadThroughput": 125e3, "uploadThroughput": 125e3}

MEASURED = ("updates painted a second", "from move to paint, p95", "requests")

CIRCLE = """<!doctype html><body style="margin:0">
<svg width="1366" height="768"><circle cx="600" cy="400" r="8"/></svg>
<script>
  const circle = document.querySelector("circle");
  let at = null;
  addEventListener("pointermove", (event) => {
    if (!at) requestAnimationFrame(() => {
      circle.setAttribute("cx", at.clientX);
      circle.setAttribute("cy", at.clientY);
      at = null;
    });
    at = event;
  });
</script>"""
"""A page that does nothing but follow the hand."""

WATCH = """(shown) => {
  const state = globalThis.felt = {moved: null, took: [], seen: 0};
  const line = document.querySelector(shown);
  const painted = new MessageChannel();
  document.addEventListener("pointermove", ({timeStamp}) => (state.moved ??= timeStamp), true);
  painted.port1.onmessage = ({data}) => {
    state.seen += 1;
    state.took.push(performance.now() - data);
  };
  new MutationObserver(() => {
    if (state.moved === null) return;
    painted.port2.postMessage(state.moved);
    state.moved = null;
  }).observe(line, {subtree: true, attributes: true, attributeFilter: ["d", "cx"]});
}"""
"""A frame is painted when the task comes that was asked for while it was made."""

CHOSEN = """async (address) => {
  const known = performance.getEntriesByType("resource").find(({name}) => name.includes("/rules/"));
  const begin = performance.now();
  const url = known.name.replace(/\\/rules\\/.*/, `/rules/${address}.js`);
  await import(url);
  const found = performance.getEntriesByName(url).at(-1);
  return [performance.now() - begin, found.encodedBodySize];
}"""

ONE_PATH = """
import * as rule from "./rule.js";
import * as surface from "./surface.js";
import * as schedule from "./schedule.js";
const { path } = await import(process.argv[2]);
const settings = JSON.parse(process.argv[3]);
const run = { start: [-1.2, 1], steps: 500 };
const once = () => path({ rule, surface, schedule }, settings, run);
for (let k = 0; k < 300; k++) once();
const begin = process.hrtime.bigint();
for (let k = 0; k < 500; k++) once();
console.log(Number(process.hrtime.bigint() - begin) / 500e6);
"""


class Hand(NamedTuple):
    """A thing dragged on a page, `stride` pixels a report, what follows it, and over which line.

    It is carried to and fro over `span` pixels from `begin` on, measured from where it stands: a
    slider only where every stop is another path, for a rate that is too large diverges at once.
    `fall` pixels a report it goes down as well, 44 times: a start has to stay on its map.
    """

    said: str
    link: str
    thing: str
    follows: str
    stride: int = 2
    begin: int = 60
    span: int = 120
    fall: int = -2
    line: dict[str, float] | None = None
    ready: Callable[[Page], object] = at_rest


RING, THUMB, STRANDS = (
    ".overlay .start .ring",
    "[data-testid=stSlider] input >> xpath=..",
    ".relief",
)
HANDS = (
    Hand("start dragged, loopback", FOUR, RING, OURS),
    Hand("start dragged, 1 Mbit/s, 200 ms", FOUR, RING, OURS, line=SLOW),
    Hand("slider dragged", FOUR, THUMB, OURS, 12, -72, 72),
    Hand("start dragged beside 3-D", f"{FOUR}&view.map=both", RING, STRANDS),
    Hand("slider dragged in 3-D", FOUR + SOLID, THUMB, STRANDS, 12, -72, 72),
    Hand(
        "start dragged, logistic regression of 1000 rows", LINK, RING, OURS, fall=2, ready=learned
    ),
)


def main() -> None:
    """Measure everything and print the table."""
    folders = checkouts()
    print("| Measured | Here | Before | A circle alone | Here / circle | Here, on loopback |")
    print("|:--|--:|--:|--:|--:|--:|")
    with ExitStack() as stack:
        urls = {name: stack.enter_context(served(folder)) for name, folder in folders.items()}
        playwright = stack.enter_context(sync_playwright())
        flat, solid = listening(playwright, "--disable-gpu"), listening(playwright, *WEBGL)
        for hand in (hand for hand in HANDS if ONLY in hand.said):
            found = drags(*(solid if "3-D" in hand.said else flat), urls, hand)
            for what, cells in zip(MEASURED, found, strict=True):
                row(f"{what}, {hand.said}", *cells)
        if SECTION != "drags":
            row("another rule → its module there, median and most", *chosen(flat[0], urls["here"]))
        for browser, _ in (flat, solid):
            browser.close()
    if SECTION == "drags":
        return
    row("one path of Adam, 500 steps, Node beside the engine", *one_path())
    size = max(len(gzip.compress(module(f"rule/{r}/{s}").encode())) for r, s in pairs())
    row("the largest module, compressed", f"{size} bytes")


def listening(playwright: Playwright, *flags: str) -> tuple[Browser, int]:
    """Start Chromium so that a mouse of ours can speak to it; say at which port."""
    port = free_port()
    return launch(playwright, *flags, f"--remote-debugging-port={port}"), port


def chosen(browser: Browser, url: str) -> tuple[str, str]:
    """Fetch every rule's module for a surface once, as choosing a rule does for the first time."""
    page = browser.new_page()
    page.goto(f"{url}/?{FOUR}")
    page.wait_for_selector(OURS, state="attached")
    at_rest(page)
    page.wait_for_load_state("networkidle")
    others = [rule for rule in OPTIMIZERS if rule not in FOUR]
    found = [page.evaluate(CHOSEN, f"rule/{rule}/rosenbrock") for rule in others]
    page.close()
    times, sizes = zip(*found, strict=True)
    sent = f"at most {max(sizes) / 1e3:.1f} kB sent"
    return f"{statistics.median(times):.0f} ms, {max(times):.0f} ms", sent


def row(*cells: str) -> None:
    """Print a row of the table."""
    print("| " + " | ".join(cells) + " |", flush=True)


def pairs() -> Iterator[tuple[str, str]]:
    """Yield every rule on every surface that is not of a person's own making."""
    yield from ((rule, loss) for rule in OPTIMIZERS for loss in KNOWN | DATA)


def drags(browser: Browser, port: int, urls: dict[str, str], hand: Hand) -> Iterator[list[str]]:
    """Drag in turns; yield updates a second, the 95th percentile, and the requests, each a row."""
    hands = {name: (opened(browser, url, hand), hand) for name, url in urls.items()}
    if hand.line:
        near = hand._replace(line=None)
        hands["loopback"] = opened(browser, urls["here"], near), near
    hands["circle"] = circle(browser)
    found: dict[str, list[tuple[float, float, int]]] = {name: [] for name in hands}
    for _ in range(RUNS):
        for name, (page, held) in hands.items():
            page.bring_to_front()
            found[name].append(dragged(page, port, held))
    for page, _ in hands.values():
        page.close()
    for k, unit in enumerate(("", " ms", "")):
        each = {name: statistics.median(r[k] for r in runs) for name, runs in found.items()}
        told = {name: f"{value:.0f}{unit}" for name, value in each.items()}
        ratio = f"{each['here'] / each['circle']:.2f}" if each["circle"] else ""
        others = (told.get(name, "") for name in ("before", "circle"))
        yield [told["here"], *others, ratio, told.get("loopback", "")]


def opened(browser: Browser, url: str, hand: Hand) -> Page:
    """Open the app as a hand wants it, and watch what follows it."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.set_default_timeout(120_000)
    page.goto(f"{url}/?{hand.link}")
    page.wait_for_selector(OURS, state="attached")
    at_rest(page)
    hand.ready(page)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1000)
    if hand.line:
        page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", hand.line)
    page.evaluate(WATCH, hand.follows)
    return page


def circle(browser: Browser) -> tuple[Page, Hand]:
    """Open the page that only follows the hand."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.set_content(CIRCLE)
    page.evaluate(WATCH, "circle")
    return page, Hand("circle", "", "circle", "circle")


def dragged(page: Page, port: int, hand: Hand, seconds: float = 3.0) -> tuple[float, float, int]:
    """Drag a thing to and fro, and put it back: updates a second, move to paint, requests."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    box = page.locator(hand.thing).first.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate("Object.assign(felt, {moved: null, took: [], seen: 0})")

    def at(k: int) -> tuple[float, float]:
        return x + hand.begin + hand.stride * k % hand.span, y + hand.fall * (k % 45)

    with mouse(page, port) as carry:
        took = carry(at, seconds)
        seen, times = page.evaluate("[felt.seen, felt.took]")
    requests = len(asked)
    page.mouse.move(x, y)
    page.mouse.up()
    page.wait_for_timeout(2000)
    late = sorted(times)[int(0.95 * len(times))] if times else float("nan")
    return seen / took, late, requests


def one_path() -> tuple[str, str]:
    """Return the milliseconds of one path in Node and in the engine."""
    optimizer, surface = OPTIMIZERS["adam"](), KNOWN["rosenbrock"]()
    owned = {"optimizer": optimizer, "surface": surface}
    settings = {f"{o}.{k}": v for o, one in owned.items() for k, v in one.settings().items()}
    with tempfile.TemporaryDirectory() as folder:
        for name, address in (
            ("rule", "rule/adam/rosenbrock"),
            ("surface", "surface/rosenbrock"),
            ("schedule", "schedule/constant"),
        ):
            (Path(folder) / f"{name}.js").write_text(module(address))
        (Path(folder) / "package.json").write_text('{"type": "module"}')
        (Path(folder) / "one.js").write_text(ONE_PATH)
        runner = (ROOT / "interface" / "stage" / "run" / "path.js").as_uri()
        command = ["node", "one.js", runner, json.dumps(settings)]
        found = subprocess.run(command, cwd=folder, capture_output=True, check=True, text=True)
    times = []
    for _ in range(50):
        begin = time.perf_counter()
        trajectory(Run(optimizer, surface, (-1.2, 1.0), 500))
        times.append(1000 * (time.perf_counter() - begin))
    return f"{float(found.stdout):.2f} ms", f"engine {statistics.median(times):.2f} ms"


if __name__ == "__main__":
    main()
