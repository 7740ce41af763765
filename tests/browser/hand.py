"""A hand on the page that remembers what it asked for, and the places where the page says it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import ElementHandle, Error, Page

from declarations import declarations
from engine.setup.link import SLOTS, from_json, read, spelled
from optimizers import OPTIMIZERS
from packets.view import split
from schedules import SCHEDULES
from surfaces import SURFACES
from tests.browser.stage import (
    PATIENCE,
    Point,
    data_at,
    map_box,
    on_map,
    parameters,
    ranges,
    start_center,
)

SAID = """() => {
  const said = (element) => {
    const key = [...(element.closest('[class*="st-key-"]')?.classList || [])]
      .find((name) => name.startsWith("st-key-"));
    return key ? key.slice("st-key-".length) : "";
  };
  const side = document.querySelector("[data-testid=stSidebar]");
  const all = (selector, root = document) => [...(root?.querySelectorAll(selector) || [])];
  return {
    sliders: all(".stSlider input[type=range]", side)
      .map((input) => [said(input), input.getAttribute("aria-valuetext")]),
    fields: all(".stTextInput input", side).map((input) => [said(input), input.value]),
    pills: all(".st-key-lane [role=radio]", side)
      .map((pill) => [pill.innerText.trim(), pill.matches("[data-selected], [aria-checked=true]")]),
    lanes: all(".stage .legend .lane").map((lane) =>
      [lane.querySelector(".name").innerText, lane.getAttribute("aria-pressed") === "true"]),
    hidden: all(".stage .legend .eye").map((eye) => eye.getAttribute("aria-pressed") === "true"),
    running: document.querySelector("[data-testid=stApp]").dataset.testScriptState,
    address: location.search,
  };
}"""

SLIDER = """(input) => {
  const key = [...input.closest('[class*="st-key-"]').classList]
    .find((name) => name.startsWith("st-key-"));
  return [key.slice("st-key-".length), input.getAttribute("aria-valuetext")];
}"""

TRACK = """(input, fraction) => {
  const track = input.closest(".stSlider");
  track.scrollIntoView({ block: "nearest" });
  const [box, thumb] = [track, input.parentElement].map((one) => one.getBoundingClientRect());
  return [box.x + box.width * fraction, thumb.y + thumb.height / 2];
}"""

REMOVED = """() => {
  const keys = [...document.querySelectorAll("[data-testid=stSidebar] [class*=st-key-]")]
    .map((element) => /st-key-[a-f]-(?:(\\d+)-)?rule/.exec(element.className));
  return keys.find(Boolean)?.[1] || 0;
}"""

HANDLES = "[data-testid=stSidebar] .stSlider input[type=range]"
PILLS = "[data-testid=stSidebar] .st-key-lane [role=radio]"

STOPS = {"steps": ["50", "77", "120"], "x": ["0.5", "-0.25"], "y": ["0.125", "1.5"]}
"""Values to type into the experiment's own fields."""

KINDS = {
    kind.__name__: kind for menu in (OPTIMIZERS, SCHEDULES, SURFACES) for kind in menu.values()
}

TAKEN = """() => {
  const tab = (name) => [...document.querySelectorAll("dialog.take [role=tab]")]
    .find((one) => one.innerText === name).click();
  document.querySelector(".stage .save").click();
  tab("Link");
  const link = document.querySelector("#take-link").value;
  tab("Data and code");
  const file = document.querySelector("dialog.take .files a[href*='experiment.json']").href;
  document.querySelector("dialog.take").close();
  return { link, file };
}"""


def reopen(page: Page, link: str) -> None:
    """Open another experiment in a page that stands, as Back and Forward do."""
    page.evaluate(
        """(link) => {
          history.pushState({}, "", link ? `/?${link}` : "/");
          dispatchEvent(new PopStateEvent("popstate"));
        }""",
        link,
    )
    rest(page)
    assert parameters(page) == dict(parse_qsl(link))


def rest(page: Page) -> dict[str, Any]:
    """Wait until nothing changes any more, and return what the page says."""
    before, since = None, 0
    for _ in range(PATIENCE // 50):
        now = page.evaluate(SAID)
        since = since + 1 if now == before and now["running"] == "notRunning" else 0
        if since >= 5:
            return now
        before = now
        page.wait_for_timeout(50)
    raise AssertionError(f"no rest: {now}")


def settings_of(address: dict[str, str]) -> dict[str, str]:
    """Return every setting that an address tells, by its name in a link."""
    view, pairs, _ = split(address)
    experiment, problems = read(pairs)
    assert problems == ()
    chosen = min(view.chosen, len(experiment.lanes) - 1)
    return spelled(experiment) | {"view.chosen": str(chosen), "view.lab": view.lab}


def agreed(page: Page) -> dict[str, str]:
    """Return every setting by its name in a link, once all places at rest are found to agree."""
    said = rest(page)
    address = dict(parse_qsl(urlsplit(said["address"]).query))
    view, settings, _ = split(address)
    experiment, told = read(settings)[0], settings_of(address)
    taken = page.evaluate(TAKEN)
    of_link = split(dict(parse_qsl(urlsplit(taken["link"]).query)))
    moment = replace(of_link[0], step=view.step, window=view.window)  # the link tells it besides
    assert (read(of_link[1])[0], moment) == (experiment, view)
    assert from_json(page.request.get(taken["file"]).text())[0] == experiment
    for key, text in said["sliders"]:
        assert (setting(key), text) == (setting(key), told[setting(key)])
    for key, text in said["fields"]:
        if key.endswith("-exact"):
            assert (key, text) == (key, told[setting(key.removesuffix("-exact"))])
    chosen = min(view.chosen, len(experiment.lanes) - 1)
    assert [on for _, on in said["lanes"]] == [k == chosen for k in range(len(experiment.lanes))]
    assert said["hidden"] == [not lane.visible for lane in experiment.lanes]
    names = [name for name, _ in said["lanes"]]
    assert len(set(names)) == len(names)
    hidden = [
        f"{name} (hidden)" if gone else name
        for name, gone in zip(names, said["hidden"], strict=True)
    ]
    assert said["pills"] == [[name, k == chosen] for k, name in enumerate(hidden)]
    return told


def stops(key: str) -> list[str]:
    """Return the texts of the values that a control of that key may take."""
    *_, kind, name = ["", *key.split("-")]
    if kind not in KINDS:
        return STOPS[name]
    declaration = declarations(KINDS[kind])[name]
    return [declaration.write(value) for value in declaration.stops()]


def setting(key: str) -> str:
    """Return the name in a link of what a control is keyed by: `a-2-Adam-lr` is `a.lr`."""
    parts = [part for part in key.split("-") if not part.isdecimal()]
    return ".".join(parts) if len(parts) < 3 else ".".join([*parts[:-2], parts[-1]])


class Hand:
    """Acts on the page like a person, and notes what the controls show right after each act.

    Lanes are noted by themselves, wherever they stand in the end: `lanes` holds what was asked of
    each, `order` which stands where, `orders` how they stood before each removal.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.learn(settings_of(parameters(page)))

    def learn(self, found: dict[str, str]) -> None:
        """Take what the page says for what is wanted."""
        self.wanted: dict[str, str] = {}
        self.start: Point | None = None
        self.order = [{"shown": found[f"{slot}.shown"]} for slot in SLOTS if slot in found]
        self.orders = [list(self.order)]
        self.removed = int(self.page.evaluate(REMOVED))
        self.stale = False
        self.chosen = self.order[int(found["view.chosen"])]

    def does(self, act: str, *what: Any) -> None:
        getattr(self, act)(*what)

    def finds_what_it_asked(self, found: dict[str, str]) -> None:
        wanted = dict(self.wanted)
        for slot, lane in zip(SLOTS, self.order, strict=False):
            wanted |= {f"{slot}.{name}": text for name, text in lane.items()}
        wanted["view.chosen"] = str(self.place())
        lost = {name: (text, found.get(name)) for name, text in wanted.items()}
        assert {name: pair for name, pair in lost.items() if pair[0] != pair[1]} == {}
        assert sum(slot in found for slot in SLOTS) == len(self.order)
        if self.start is not None:
            place = float(found["x"]), float(found["y"])
            assert place == pytest.approx(self.start, abs=self.near)

    def place(self) -> int:
        """Return where the chosen lane stands."""
        return next(k for k, lane in enumerate(self.order) if lane is self.chosen)

    def note(self, key: str, text: str) -> None:
        """Remember a setting; that of a lane which is gone by now is nobody's."""
        name = setting(key)
        slot, dot, rest = name.partition(".")
        if slot not in SLOTS or not dot:
            self.wanted[name] = text
            return
        part = key.split("-")[1]
        lanes = self.orders[(int(part) if part.isdecimal() else 0) - self.removed]
        lanes[SLOTS.index(slot)][rest] = text

    def keys(self, n: int, key: str, times: int, gap: int = 33) -> None:
        with suppress(Error):  # the page may put another lane's controls there just now
            handle = self.handle(n)
            handle.focus()
            for _ in range(times):
                self.page.keyboard.press(key)
                self.page.wait_for_timeout(gap)
            self.note_slider(handle)

    def hold(self, n: int, key: str, times: int) -> None:
        with suppress(Error):
            handle = self.handle(n)
            handle.focus()
            for _ in range(times):
                self.page.keyboard.down(key)
                self.page.wait_for_timeout(20)
            self.page.keyboard.up(key)
            self.note_slider(handle)

    def track(self, n: int, percent: int) -> str:
        with suppress(Error):
            handle = self.handle(n)
            x, y = handle.evaluate(TRACK, percent / 100)
            self.page.mouse.click(x, y)
            return self.note_slider(handle)
        return ""

    def note_slider(self, handle: ElementHandle) -> str:
        key, text = handle.evaluate(SLIDER)
        self.note(key, text)
        return str(text)

    def type(self, n: int, k: int) -> None:
        """Type another stop of a setting into its exact field."""
        with suppress(Error):
            fields = self.page.query_selector_all("[data-testid=stSidebar] [class*='-exact'] input")
            field = fields[n % len(fields)]
            key = str(field.evaluate(SLIDER)[0]).removesuffix("-exact")
            texts = stops(key)
            text = texts[k % len(texts)]
            field.fill(text, timeout=500)
            field.press("Enter", timeout=500)
            if key in ("x", "y"):
                self.start = None
            self.note(key, text)

    def click(self, right: int, down: int) -> Point:
        pixel = on_map(self.page, right / 100, down / 100)
        asked = data_at(self.page, pixel)
        self.page.mouse.click(*pixel)
        self.page.mouse.move(2, 2)
        self.goes(asked)
        return asked

    def nudge(self, key: str, times: int) -> None:
        """Nudge the ring: it ends where it shows right after."""
        self.page.locator(".overlay .start").focus()
        for _ in range(times):
            self.page.keyboard.press(key)
            self.page.wait_for_timeout(33)
        self.goes(data_at(self.page, start_center(self.page)))

    def goes(self, place: Point) -> None:
        self.wanted.pop("x", None)
        self.wanted.pop("y", None)
        self.start, self.near = place, 1.5 * self.pixel()

    def eye(self, n: int) -> None:
        self.know_the_lanes()
        k = n % len(self.order)
        self.page.locator(".stage .legend .eye").nth(k).click()
        self.order[k]["shown"] = "off" if self.order[k]["shown"] == "on" else "on"

    def choose(self, n: int) -> None:
        self.know_the_lanes()
        self.page.locator(".stage .legend .lane").nth(n % len(self.order)).click()
        self.chosen = self.order[n % len(self.order)]

    def pill(self, n: int) -> None:
        """Press a pill of a page at rest: while its own label changes, a press may be lost."""
        rest(self.page)
        self.know_the_lanes()
        self.page.locator(PILLS).nth(n % len(self.order)).click()
        self.chosen = self.order[n % len(self.order)]

    def know_the_lanes(self) -> None:
        """Wait, before one is pointed at, until the page shows what was added and removed."""
        if self.stale:
            rest(self.page)
        self.stale = False

    def press(self, name: str) -> None:
        button = self.page.get_by_role("button", name=name, exact=True)
        if not button.is_enabled():
            return
        button.click()
        self.stale = True
        if name == "Remove" and len(self.order) > 1:
            k = self.place()
            self.order = self.order[:k] + self.order[k + 1 :]
            self.orders.append(list(self.order))
            self.chosen = self.order[min(k, len(self.order) - 1)]
        elif name != "Remove" and len(self.order) < len(SLOTS):
            copied = dict(self.chosen) if name == "Copy" else {}
            self.order = [*self.order, copied | {"shown": "on"}]
            self.orders[-1] = list(self.order)
            self.chosen = self.order[-1]

    def look(self, name: str) -> None:
        self.page.get_by_role("tab", name=name, exact=True).click()
        self.wanted["view.lab"] = name.lower()

    def wait(self, milliseconds: int) -> None:
        self.page.wait_for_timeout(milliseconds)

    def back(self) -> None:
        """Go back in the middle: where that leads depends on what had come so far."""
        self.page.evaluate("history.back()")
        self.page.wait_for_timeout(50)
        self.learn(agreed(self.page))

    def handle(self, n: int) -> ElementHandle:
        found = self.page.query_selector_all(HANDLES)
        return found[n % len(found)]

    def wide(self) -> float:
        """Return how wide the map is."""
        low, high = ranges(self.page)[0]
        return high - low

    def pixel(self) -> float:
        """Return how far a pixel of the map reaches, the longer way."""
        box, ((x0, x1), (y0, y1)) = map_box(self.page), ranges(self.page)
        return max((x1 - x0) / box["width"], (y1 - y0) / box["height"])
