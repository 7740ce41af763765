"""How long a formula that is typed takes until it is set and drawn, as a Markdown table.

    pip install -r requirements.txt -r tests/requirements.txt
    python -m benchmarks.typed [FOLDER]

FOLDER is another checkout of this app, measured in turns with this one in the same run. A text is
typed to its end but for one sign, and has come to rest; then its last key is pressed. Told are the
milliseconds from that key until the formula stands in the head, and until contours and path of it
are painted (the last of their changes), the 30 ms of a pause in typing included; and those that
the server spends on the processor, which hold on a busy machine too. Set RUNS for more rounds.
"""

from __future__ import annotations

import os
import statistics
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.page import OURS, at_rest, checkouts, launch, process_of

RUNS = int(os.environ.get("RUNS", "3"))
TEXTS = (
    "x^2 + 3y^2 + sin({}x)",
    "(1-x)^2 + {}00(y-x^2)^2",
    "20 + e - 2{}exp(-sqrt((x^2+y^2)/2)/5) - exp((cos(2pi x)+cos(2pi y))/2)",
    "|x| + a|y-x^2|^1.5 + if(x<{}, x^2, 0)",
    "max(|x-{}|, |y|)",
)

WATCH = """() => {
  const state = globalThis.typed = {key: 0, set: 0, drawn: 0};
  const painted = new MessageChannel();
  painted.port1.onmessage = ({data}) => (state[data] = performance.now());
  document.addEventListener("keydown", ({isTrusted}) => {
    if (isTrusted) Object.assign(state, {key: performance.now(), set: 0, drawn: 0});
  }, true);
  const watch = (what, css, options) => {
    const seen = () => state.key && requestAnimationFrame(() => painted.port2.postMessage(what));
    new MutationObserver(seen).observe(document.querySelector(css), options);
  };
  const shapes = {subtree: true, childList: true, attributes: true, attributeFilter: ["d"]};
  watch("set", ".stage-head", {subtree: true, childList: true});
  watch("drawn", ".panel.map", shapes);
}"""


def main() -> None:
    """Measure every text and print the table."""
    folders = checkouts()
    print("| from the last key, ms | at | set | drawn | the server's processor |")
    print("|:--|:--|--:|--:|--:|")
    with ExitStack() as stack:
        servers = {name: stack.enter_context(process_of(f)) for name, f in folders.items()}
        browser = launch(stack.enter_context(sync_playwright()))
        pages: dict[str, tuple[Page, int]] = {}
        for name, (url, server) in servers.items():
            page = browser.new_page(viewport={"width": 1366, "height": 768})
            page.set_default_timeout(60_000)
            page.goto(f"{url}/?surface=formula&a=adam&steps=300")
            page.wait_for_selector(OURS, state="attached")
            at_rest(page)
            page.evaluate(WATCH)
            pages[name] = page, server
        for text in TEXTS:
            told(text, pages)
        browser.close()


def told(text: str, pages: dict[str, tuple[Page, int]]) -> None:
    """Type a text with other numbers in turns, and print a row for each page."""
    found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in pages}
    for k in range(RUNS):
        for name, (page, server) in pages.items():
            page.bring_to_front()
            found[name].append(typed(page, server, text.format(k + 2)))
    for name, rows in found.items():
        cells = [f"{statistics.median(column):.0f}" for column in zip(*rows, strict=True)]
        print(f"| `{text.format(2)}` | {name} | {' | '.join(cells)} |", flush=True)


def typed(page: Page, server: int, text: str) -> tuple[float, float, float]:
    """Type the last sign of a text; return when it was set and drawn, and the server's time."""
    field = page.get_by_label("formula", exact=True)
    field.fill(text[:-1])
    field.press("End")
    page.wait_for_timeout(1500)
    at_rest(page)
    before = spent(server)
    page.keyboard.press(text[-1])
    page.wait_for_timeout(2500)
    at_rest(page)
    key, set_, drawn = page.evaluate("[typed.key, typed.set, typed.drawn]")
    if not (set_ and drawn):
        raise RuntimeError(f"{text} was not drawn")
    return set_ - key, drawn - key, spent(server) - before


def spent(process: int) -> float:
    """Return the milliseconds that a process has been on the processor."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return 1e3 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
