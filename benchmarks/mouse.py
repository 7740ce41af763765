"""A mouse that reports where it is as mice do: 125 times a second, whatever the page is doing.

Playwright's own waits after each move until the page has taken it, and so moves the more slowly the
busier the machine is. This one speaks Chromium's DevTools protocol beside it and hears no answers.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Page
from websockets.sync.client import connect

REPORTS = 125
"""Reports a second, what USB mice send unless told otherwise."""

Place = tuple[float, float]
Carry = Callable[[Callable[[int], Place], float], float]


@contextmanager
def mouse(page: Page, port: int) -> Iterator[Carry]:
    """Give a hand whose button is down: it carries along `at(k)`, and says for how many seconds.

    `port` is the one at which the page's browser listens (`--remote-debugging-port`).
    """
    target = page.context.new_cdp_session(page).send("Target.getTargetInfo")["targetInfo"]
    address = f"ws://127.0.0.1:{port}/devtools/page/{target['targetId']}"
    with connect(address, max_queue=None, compression=None) as line:

        def carry(at: Callable[[int], Place], seconds: float) -> float:
            begin = time.perf_counter()
            for k in range(1, int(seconds * REPORTS) + 1):
                line.send(json.dumps(moved(k, at(k))))
                time.sleep(max(0.0, begin + k / REPORTS - time.perf_counter()))
            return time.perf_counter() - begin

        yield carry


def moved(number: int, place: Place) -> dict[str, object]:
    """Return the message that the mouse is at a place with its left button down."""
    x, y = place
    told = {"type": "mouseMoved", "x": x, "y": y, "button": "left", "buttons": 1}
    return {"id": number, "method": "Input.dispatchMouseEvent", "params": told}
