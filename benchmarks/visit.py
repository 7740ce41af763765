"""How long a first visit waits for its picture, over several lines, as a Markdown table.

    pip install -r requirements.txt -r tests/requirements.txt
    python -m benchmarks.visit [FOLDER]

FOLDER is another checkout of this app, visited in turns with this one. Each visit begins with an
empty cache; told are the milliseconds until the page shows anything and until a path stands on the
map (medians). Set RUNS for more rounds.
"""

from __future__ import annotations

import json
import os
import statistics
from contextlib import ExitStack

from playwright.sync_api import Browser, sync_playwright

from benchmarks.page import FOUR, OURS, checkouts, launch, served

RUNS = int(os.environ.get("RUNS", "3"))
LINES = {"loopback": None, "20 Mbit/s, 40 ms": (20e6, 40), "5 Mbit/s, 100 ms": (5e6, 100)}

WATCH = """{
  const look = () => {
    if (document.querySelector(SHOWN)) globalThis.stood = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""
FOUND = """[
  performance.getEntriesByName("first-contentful-paint")[0].startTime,
  globalThis.stood,
]"""


def main() -> None:
    """Visit over every line and print the table."""
    folders = checkouts()
    print("| first visit, ms | at | something shown | a path on the map |")
    print("|:--|:--|--:|--:|")
    with ExitStack() as stack:
        urls = {name: stack.enter_context(served(folder)) for name, folder in folders.items()}
        browser = launch(stack.enter_context(sync_playwright()))
        for said, line in LINES.items():
            found: dict[str, list[tuple[float, float]]] = {name: [] for name in urls}
            for _ in range(RUNS):
                for name, url in urls.items():
                    found[name].append(visited(browser, url, line))
            for name, times in found.items():
                first, stood = map(statistics.median, zip(*times, strict=True))
                print(f"| {said} | {name} | {first:.0f} | {stood:.0f} |", flush=True)
        browser.close()


def visited(browser: Browser, url: str, line: tuple[float, float] | None) -> tuple[float, float]:
    """Open the app for the first time over a line (bits a second, milliseconds of delay)."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.add_init_script(WATCH.replace("SHOWN", json.dumps(OURS)))
    page = context.new_page()
    if line:
        speed, delay = line[0] / 8, line[1]
        told = {"offline": False, "latency": delay}
        session = context.new_cdp_session(page)
        session.send(
            "Network.emulateNetworkConditions",
            told | {"downloadThroughput": speed, "uploadThroughput": speed},
        )
    page.goto(f"{url}/?{FOUR}", timeout=120_000)
    page.wait_for_selector(OURS, state="attached", timeout=120_000)
    first, stood = page.evaluate(FOUND)
    page.wait_for_timeout(500)
    context.close()
    return first, stood


if __name__ == "__main__":
    main()
