"""Processor time of a page's main thread, read from Chromium's own trace.

Time on the processor holds on a busy machine, where frames a second tell mostly who else works.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from playwright.sync_api import Page

CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline"]
KINDS = ("script", "style", "layout", "paint", "other")
NAMED = {
    "UpdateLayoutTree": "style",
    "Layout": "layout",
    "UpdateLayerTree": "paint",
    "UpdateLayer": "paint",
    "PrePaint": "paint",
    "Paint": "paint",
    "Layerize": "paint",
    "Commit": "paint",
    "FunctionCall": "script",
    "FireAnimationFrame": "script",
    "TimerFire": "script",
    "EventDispatch": "script",
    "EvaluateScript": "script",
    "HandlePostMessage": "script",
    "RunMicrotasks": "script",
    "MajorGC": "script",
    "MinorGC": "script",
    "V8.GCScavenger": "script",
}


class Thread(NamedTuple):
    """What a page's main thread did while it was watched.

    `milliseconds` are those on the processor, by kind of work, each without what it called of
    another kind; `frames` those handed to the compositor; `styles` and `layouts` how often either
    was computed anew, `elements` and `boxes` for how many in all; `raster` is what other threads
    needed to turn what was painted into pixels.
    """

    milliseconds: dict[str, float]
    frames: int
    styles: int
    elements: int
    layouts: int
    boxes: int
    raster: float

    @property
    def total(self) -> float:
        """All milliseconds together."""
        return sum(self.milliseconds.values())

    def per(self, count: float) -> list[float]:
        """Milliseconds for each of so many frames or updates: all, then by kind."""
        return [v / max(count, 1) for v in (self.total, *(self.milliseconds[k] for k in KINDS))]


def watched(page: Page, act: Callable[[], Any]) -> tuple[Thread, Any]:
    """Return what the main thread did while something was done, and what doing it returned."""
    browser = page.context.browser
    assert browser is not None
    browser.start_tracing(page=page, categories=CATEGORIES)
    found = act()
    return summed(json.loads(browser.stop_tracing())["traceEvents"]), found


def summed(events: list[dict[str, Any]]) -> Thread:
    """Sum a trace over the main thread that worked most: another page that is open rests."""
    own = list(busiest(events))
    spent: Counter[str] = Counter(dict.fromkeys(KINDS, 0.0))
    for kind, milliseconds in selves(own):
        spent[kind] += milliseconds
    styles = [e["args"] for e in own if e["name"] == "UpdateLayoutTree"]
    layouts = [e["args"].get("beginData", {}) for e in own if e["name"] == "Layout"]
    return Thread(
        dict(spent),
        sum(e["name"] == "Commit" for e in own),
        len(styles),
        sum(a.get("elementCount", 0) for a in styles),
        len(layouts),
        sum(a.get("dirtyObjects", 0) for a in layouts),
        sum(e.get("tdur", 0) for e in events if e["name"] == "RasterTask") / 1000,
    )


def busiest(events: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the whole events of the renderer's main thread that was longest on the processor."""
    whole = [e for e in events if e["ph"] == "X"]
    named = (e for e in events if e["name"] == "thread_name")
    mains = {(e["pid"], e["tid"]) for e in named if e["args"]["name"] == "CrRendererMain"}
    spent: Counter[tuple[int, int]] = Counter()
    for e in whole:
        if e["name"] == "RunTask":
            spent[e["pid"], e["tid"]] += e.get("tdur", 0)
    at = next((place for place, _ in spent.most_common() if place in mains), None)
    yield from (e for e in whole if (e["pid"], e["tid"]) == at)


def selves(events: list[dict[str, Any]]) -> Iterator[tuple[str, float]]:
    """Yield each event's kind and its milliseconds on the processor, without those of its parts."""
    stack: list[tuple[float, str]] = []
    inherited = {"RunTask", "ThreadControllerImpl::RunTask"}
    for event in sorted(events, key=lambda e: (e["ts"], -e.get("dur", 0))):
        while stack and stack[-1][0] <= event["ts"]:
            stack.pop()
        above = stack[-1][1] if stack else None
        kind = "other" if event["name"] in inherited else NAMED.get(event["name"], above or "other")
        spent = event.get("tdur", 0) / 1000
        stack.append((event["ts"] + event.get("dur", 0), kind))
        if above is None:
            yield kind, spent
        elif above != kind:
            yield kind, spent
            yield above, -spent
