"""Measures the page in headless Chromium over loopback and prints a Markdown table.

    pip install -r requirements.txt -r tests/requirements.txt
    python -m benchmarks.page

The page and its rival (`plotly_chart_page.py`, the same picture through `st.plotly_chart`) take
turns in one run. A time ends when the browser has painted: at the animation frame after the one in
which the new path stands in the document.
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
ROUNDS = int(os.environ.get("ROUNDS", "25"))
FOUR = "a=gradient_descent&b=momentum_lecture&c=adam&d=rmsprop&steps=300"
SIX = f"{FOUR}&e=nesterov&f=adagrad".replace("steps=300", "steps=1000")
OURS = ".overlay .line[data-lane=a]"
THEIRS = ".stPlotlyChart .scatterlayer .trace .js-line"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

TIMED = """
import sys, time
import engine.setup.experiment  # before the folder of a benchmark of that name joins the path
from streamlit.runtime.scriptrunner import script_runner
from streamlit.web import cli
inner = script_runner.ScriptRunner._run_script
log = sys.argv[1]
def timed(self, *args, **keywords):
    begin = time.perf_counter()
    inner(self, *args, **keywords)
    with open(log, "a") as times:
        times.write(f"{1000 * (time.perf_counter() - begin)}\\n")
script_runner.ScriptRunner._run_script = timed
cli.main(["run", *sys.argv[2:]], standalone_mode=False)
"""

WATCH = """(selector) => {
  const state = globalThis.bench = {seen: [], up: 0, frames: 0};
  const read = () => document.querySelector(selector)?.getAttribute("d") || "";
  const look = (now) => {
    state.frames += 1;
    const d = read();
    if (d && d !== state.seen.at(-1)?.d) state.seen.push({d, now: performance.now()});
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  for (const kind of ["pointerup", "keydown"])
    document.addEventListener(kind, () => { state.up = performance.now(); }, true);
}"""

TOOK = """() => new Promise((done) => requestAnimationFrame(() => {
  const {seen, up} = bench;
  done(Math.max(seen.at(-1).now - up, 0));
}))"""


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(*command: str) -> Iterator[str]:
    """Start a server whose command takes the port as `{port}`, and yield its address."""
    port = free_port()
    filled = [part.format(port=port) for part in command]
    quiet: Any = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    bare = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(filled, cwd=ROOT, env=bare, stderr=subprocess.DEVNULL, **quiet)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(f"{url}/_stcore/health")
        yield url
    finally:
        process.kill()
        process.wait()


def checkouts() -> dict[str, Path]:
    """Return this checkout, and the one that the command line names to measure beside it."""
    return dict(zip(("here", "before"), (ROOT, *map(Path, sys.argv[1:])), strict=False))


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the app of a checkout and yield its address."""
    with process_of(folder) as (url, _):
        yield url


@contextmanager
def process_of(folder: Path) -> Iterator[tuple[str, int]]:
    """Serve the app of a checkout and yield its address and the process that serves it."""
    port = free_port()
    where = ("--server.port", str(port), "--server.address", "127.0.0.1")
    command = (sys.executable, "-m", "streamlit", "run", "app.py", *where)
    bare = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    quiet: Any = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=folder, env=bare, stderr=subprocess.DEVNULL, **quiet)
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.kill()
        process.wait()


def wait_for(url: str) -> None:
    """Wait until an address answers."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{url} does not answer")


def streamlit(script: str, log: Path) -> tuple[str, ...]:
    """Return the command of `streamlit run` that also notes how long each script run takes."""
    where = ("--server.port", "{port}", "--server.address", "127.0.0.1")
    return (
        sys.executable,
        "-c",
        TIMED.replace("{", "{{").replace("}", "}}"),
        str(log),
        script,
        *where,
    )


def opened(browser: Browser, url: str, link: str, selector: str) -> Page:
    """Open a page at the size of a projector and watch a path on it."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.set_default_timeout(120_000)
    page.goto(f"{url}/?{link}")
    page.wait_for_selector(selector, state="attached")
    at_rest(page)
    page.evaluate(WATCH, selector)
    page.wait_for_timeout(1000)
    return page


def at_rest(page: Page) -> None:
    """Wait until the page's script has run to its end."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")


def released(page: Page, k: int) -> float:
    """Hold the slider at another place, let go, and return the milliseconds to the new path."""
    box = page.locator("[data-testid=stSlider]").first.bounding_box()
    thumb = page.get_by_role("slider").first.locator("xpath=..").bounding_box()
    assert box is not None
    assert thumb is not None
    page.mouse.move(
        box["x"] + box["width"] * (0.25 + 0.02 * (k % 8)), thumb["y"] + thumb["height"] / 2
    )
    page.mouse.down()
    page.wait_for_timeout(200)
    page.mouse.up()
    return settled(page)


def pressed(page: Page, k: int) -> float:
    """Move the slider by a key and return the milliseconds to the new path."""
    page.get_by_role("slider").first.press("ArrowRight" if k % 8 < 4 else "ArrowLeft")
    return settled(page)


def settled(page: Page) -> float:
    """Return the time to the last new path, once nothing changes any more."""
    page.wait_for_timeout(1200)
    at_rest(page)
    return float(page.evaluate(TOOK))


def side_by_side(pages: dict[str, Page], act: Any) -> dict[str, float]:
    """Let the pages take turns and return each one's median; a round that moves nothing is none."""
    took: dict[str, list[float]] = {name: [] for name in pages}
    for k in range(ROUNDS):
        for name, page in pages.items():
            page.bring_to_front()
            before = page.evaluate("bench.seen.length")
            found = act(page, k)
            if page.evaluate("bench.seen.length") > before:
                took[name].append(found)
    return {name: statistics.median(times) for name, times in took.items()}


def playing(page: Page, seconds: float = 5.0) -> float:
    """Play and return the frames a second."""
    page.locator(".clock .play").click()
    before, begin = page.evaluate("[bench.frames, performance.now()]")
    page.wait_for_timeout(1000 * seconds)
    after, end = page.evaluate("[bench.frames, performance.now()]")
    assert page.locator(".clock").get_by_role("button", name="Pause").count() == 1
    return float(1000 * (after - before) / (end - begin))


def visits(browser: Browser, url: str) -> list[tuple[int, int]]:
    """Return the bytes of the stage's own files and of everything, on a first and second visit."""
    context = browser.new_context()
    found = []
    for _ in range(2):
        page = context.new_page()
        page.goto(url)
        page.wait_for_selector(OURS, state="attached")
        page.wait_for_timeout(500)
        sizes = page.evaluate(
            """() => performance.getEntriesByType("resource")
              .map(({name, transferSize}) => [name.includes("/stage/"), transferSize])"""
        )
        found.append((sum(s for ours, s in sizes if ours), sum(s for _, s in sizes)))
        page.close()
    context.close()
    return found


def launch(playwright: Any, *flags: str) -> Browser:
    """Start Chromium without an emulated graphics card, which would paint slower than none."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    args = [*(flags or ("--disable-gpu",)), *root]
    browser: Browser = playwright.chromium.launch(executable_path=found, args=args)
    return browser


def main() -> None:
    """Measure everything and print the table."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        log = folder / "ours"
        ours = stack.enter_context(serving(*streamlit("app.py", log)))
        rival = ("benchmarks/plotly_chart_page.py", folder / "theirs")
        theirs = stack.enter_context(serving(*streamlit(*rival)))
        browser = launch(stack.enter_context(sync_playwright()))
        rows = [*sliders(browser, ours, theirs, log), *plays(browser, ours)]
        rows += bytes_of(browser, ours)
        browser.close()
    print("| Measured | Here | `st.plotly_chart` | Ratio |\n|:--|--:|--:|--:|")
    for row in rows:
        print("| " + " | ".join(row) + " |")


def sliders(browser: Browser, ours: str, theirs: str, log: Path) -> Iterator[tuple[str, ...]]:
    """Measure a slider's release, a key on it, and the server's part."""
    pages = {
        "ours": opened(browser, ours, FOUR, OURS),
        "theirs": opened(browser, theirs, FOUR, THEIRS),
    }
    for said, act in (
        ("slider let go → paths painted", released),
        ("slider moved by a key → paths painted", pressed),
    ):
        if act is pressed:
            log.write_text("")
        found = side_by_side(pages, act)
        a, b = found["ours"], found["theirs"]
        ratio = f"{b / a:.1f}" if a >= 1 else ""
        yield f"{said}, 4 lanes of 300 steps", f"{a:.0f} ms", f"{b:.0f} ms", ratio
    runs = [float(text) for text in log.read_text().split()]
    yield "server's part of a rerun, one lane changed", f"{statistics.median(runs):.1f} ms", "", ""
    for page in pages.values():
        page.close()


def plays(browser: Browser, ours: str) -> Iterator[tuple[str, ...]]:
    """Measure the frames a second of a run that plays."""
    page = opened(browser, ours, SIX, OURS)
    yield "frames a second while 6 lanes of 1000 steps play", f"{playing(page):.0f}", "", ""
    page.close()


def bytes_of(browser: Browser, ours: str) -> Iterator[tuple[str, ...]]:
    """Measure what travels on the first two visits."""
    for name, (stage, everything) in zip(("first", "second"), visits(browser, ours), strict=True):
        said = f"bytes of Plotly and the stage on the {name} visit (with Streamlit's own)"
        yield said, f"{stage / 1e6:.2f} MB ({everything / 1e6:.2f} MB)", "", ""


if __name__ == "__main__":
    main()
