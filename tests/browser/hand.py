"""A hand on the page that remembers what it asked for: all that can be done there, by name."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from playwright.sync_api import ElementHandle, Error, Locator, Page

from declarations import declarations
from engine.setup.experiment import Experiment
from labs.menu import LABS
from tests.browser.agreement import agreed, rest
from tests.browser.stage import map_box, on_map, parameters, ranges
from tests.browser.wanted import Wanted
from tests.strategies import KINDS, TEXTS

KEY = """(element) => {
  const key = [...element.closest('[class*="st-key-"]').classList]
    .find((name) => name.startsWith("st-key-"));
  return key.slice("st-key-".length);
}"""

TRACK = """(input, fraction) => {
  const track = input.closest(".stSlider");
  track.scrollIntoView({ block: "nearest" });
  const [box, thumb] = [track, input.parentElement].map((one) => one.getBoundingClientRect());
  return [box.x + box.width * fraction, thumb.y + thumb.height / 2];
}"""

WATCH = """() => {
  if (window.asked) return;
  window.asked = [];
  const key = (element) => [...element.closest('[class*="st-key-"]').classList]
    .find((name) => name.startsWith("st-key-")).slice("st-key-".length);
  const note = (element, text) => window.asked.push([key(element), text]);
  const slid = (input) => setTimeout(() => note(input, input.getAttribute("aria-valuetext")));
  const on = (name, work) => window.addEventListener(name, ({ target }) => work(target), true);
  const placeOf = ({ clientX, clientY }) => {
    const plot = document.querySelector(".stage .map .plot");
    const { xaxis, yaxis } = plot._fullLayout;
    const box = plot.getBoundingClientRect();
    const [x, y] = [xaxis.range, yaxis.range].map((range) => range.map(Number));
    return [
      x[0] + ((clientX - box.x - xaxis._offset) / xaxis._length) * (x[1] - x[0]),
      y[1] - ((clientY - box.y - yaxis._offset) / yaxis._length) * (y[1] - y[0]),
      1.5 * Math.max((x[1] - x[0]) / xaxis._length, (y[1] - y[0]) / yaxis._length),
    ];
  };
  let held = null;
  window.addEventListener("keydown", ({ target, key }) => {
    if (target.matches(".stSlider input") && /^(Arrow|Page|Home$|End$)/.test(key)) slid(target);
  }, true);
  on("pointerdown", (target) => {
    held = target.closest(".stSlider")?.querySelector("input");
    const number = target.closest("[data-testid^=stNumberInputStep]") &&
      target.closest(".stNumberInput").querySelector("input");
    if (number) window.addEventListener("click", () =>
      setTimeout(() => note(number, number.value)), { once: true });
  });
  on("pointerup", () => held && slid(held));
  on("pointerup", (target) => {
    window.picked = target.closest("[role=option]")?.innerText.trim();
  });
  const onRing = ({ clientX, clientY }) => {
    const ring = document.querySelector(".stage .map .start .ring").getBoundingClientRect();
    const [x, y] = [ring.x + ring.width / 2, ring.y + ring.height / 2];
    return Math.hypot(clientX - x, clientY - y) <= 8;
  };
  window.addEventListener("pointerdown", (event) => {
    if (event.target.closest(".stage .map")) window.placed = onRing(event) ? null : placeOf(event);
  }, true);
  window.placeOf = placeOf;
  on("click", (target) => {
    const toggle = target.closest(".stCheckbox")?.querySelector("input");
    if (toggle) setTimeout(() => note(toggle, toggle.checked ? "on" : "off"));
  });
}"""
"""Notes what a control shows right after each press: a moment later it may show another's."""

RING = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  await frame().then(frame);
  const ring = document.querySelector(".stage .map .overlay .start .ring");
  const { x, y, width, height } = ring.getBoundingClientRect();
  return placeOf({ clientX: x + width / 2, clientY: y + height / 2 });
}"""

UNCOVER = """() => document.querySelector("#stFloatingOverlayPortal p") &&
  document.activeElement.blur()"""
"""The help of a button that has the focus goes with it."""

COVERED = """([x, y]) => !document.elementFromPoint(x, y)?.closest(".start")"""

ASKED = """async () => {
  await new Promise((done) => setTimeout(done, 10));
  return window.asked.splice(0);
}"""

REMOVED = """() => {
  const keys = [...document.querySelectorAll("[data-testid=stSidebar] [class*=st-key-]")]
    .map((element) => /st-key-[a-f]-(?:(\\d+)-)?rule/.exec(element.className));
  return keys.find(Boolean)?.[1] || 0;
}"""

MAP = ".stage .panel.map"
ON_MAP = {"click", "nudge", "drag", "zoom"}
"""Acts for which the contour must be in sight: in 3-D alone it is not."""

SIDE = "[data-testid=stSidebar]"
HANDLES = f"{SIDE} .stSlider input[type=range]"
LIGHTS = f"{SIDE} .st-key-lane [role=radio]"
MENUS = f"{SIDE} .stSelectbox [role=combobox]"
TOGGLES = f"{SIDE} .stCheckbox label"
STEPPERS = f"{SIDE} [data-testid^=stNumberInputStep]:enabled"
BACKS = f"{SIDE} [class*='-reset'] button"
FOLD = f"{SIDE} .st-key-more summary"
TYPED = {"number": f"{SIDE} [class*='-exact'] input", "text": f"{SIDE} [class*='-typed'] input"}

OWN = {
    "steps": ("50", "77", "120"),
    "x": ("0.5", "-0.25", "1.5"),
    "y": ("0.125", "1.5"),
    "noise": ("0.5", "0.01"),
    "tolerance": ("0.001", "0.1"),
}
"""Values to type into the experiment's own fields."""

PATIENCE = 1500
"""Milliseconds for what may be gone from the page when the hand comes there.

Not for the Enter after a text, which ends as soon as its field is gone: a text that is typed and
not entered stands there and asks for nothing.
"""

TOOLS = ", ".join(
    f".stage {one}"
    for one in (".clock button", "button.reset", "button:text-is('Hold')", "button:text-is('Fit')")
)
ENTRIES = ("Step length", "Comet tail", "Logarithmic loss", "Equal units of x and y")


def press(element: Locator | ElementHandle) -> None:
    """Click; Error where the element does not stand there to be clicked, and then nothing was."""
    element.click(trial=True, timeout=PATIENCE)
    element.click()


def stops(key: str) -> Sequence[str]:
    """Return the texts of the values that a control of that key may take."""
    *_, kind, name = ["", *key.split("-")]
    kinds = {one.__name__: one for one in KINDS if one is not Experiment}
    if kind not in kinds:
        return OWN[name]
    declaration = declarations(kinds[kind])[name]
    texts = TEXTS.get(declaration.label)
    return texts or [declaration.write(value) for value in declaration.stops()]


class Hand:
    """Does to the page what it is told, and knows what must come of it.

    What is no longer there when the hand arrives is not done, and nothing comes of it.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        page.evaluate(WATCH)
        self.note()
        self.learn()

    def learn(self) -> None:
        """Take what the page says for what is wanted."""
        self.wanted = Wanted(parameters(self.page), int(self.page.evaluate(REMOVED)))
        self.stale = False

    def does(self, act: str, *what: Any) -> None:
        if act in ON_MAP and not self.page.locator(MAP).is_visible():
            return
        self.page.mouse.move(2, 2)  # away from where a help might cover what is pressed next
        self.page.evaluate(UNCOVER)
        getattr(self, act)(*what)

    def keys(self, n: int, key: str, times: int, gap: int = 33) -> None:
        with suppress(Error):  # the page may put another lane's controls there just now
            handle = self.found(HANDLES, n)
            handle.focus()
            for _ in range(times):
                handle.press(key)
                self.page.wait_for_timeout(gap)
        self.note()

    def hold(self, n: int, key: str, times: int) -> None:
        with suppress(Error):
            handle = self.found(HANDLES, n)
            handle.focus()
            for _ in range(times):
                self.page.keyboard.down(key)
                self.page.wait_for_timeout(20)
            self.page.keyboard.up(key)
        self.note()

    def track(self, n: int, percent: int) -> str:
        with suppress(Error):
            handle = self.found(HANDLES, n)
            x, y = handle.evaluate(TRACK, percent / 100)
            self.page.mouse.click(x, y)
        return self.note()

    def note(self) -> str:
        """Want what controls showed right after they were pressed, and return the last text."""
        text = ""
        for key, text in self.page.evaluate(ASKED):
            if hasattr(self, "wanted"):
                self.wanted.set(key, text)
        return text

    def type(self, kind: str, n: int, k: int) -> None:
        """Type another value of a setting into its field."""
        with suppress(Error):
            field = self.found(TYPED[kind], n)
            key = str(field.evaluate(KEY)).removesuffix("-exact")
            texts = stops(key)
            text = texts[k % len(texts)]
            field.fill(text, timeout=PATIENCE)
            field.press("Enter")
            self.wanted.set(key, text)

    def menu(self, n: int, k: int) -> None:
        """Choose from a menu with the pointer."""
        with suppress(Error):
            menu = self.found(MENUS, n)
            key = str(menu.evaluate(KEY))
            press(menu)
            press(self.found("[role=option]", k))
            picked = self.page.evaluate("() => window.picked")
            if picked:  # a rerun between press and release may take the option from under them
                self.wanted.set(key, picked)
                return
        self.page.keyboard.press("Escape")  # an open menu hides all else

    def flip(self, n: int) -> None:
        with suppress(Error):
            press(self.found(TOGGLES, n))
        self.note()

    def count(self, n: int) -> None:
        """Press a button of a number that only steps."""
        with suppress(Error):
            press(self.found(STEPPERS, n))
        self.note()

    def reset(self, n: int) -> None:
        """Press a small button that takes a setting back."""
        with suppress(Error):
            button = self.found(BACKS, n)
            key = str(button.evaluate(KEY)).removesuffix("-reset")
            press(button)
            self.wanted.back(key)

    def name(self, text: str) -> None:
        """Call the chosen lane something."""
        with suppress(Error):
            field = self.page.get_by_role("textbox", name="Name of this lane")
            if not field.count():
                press(self.page.get_by_role("button", name="Name", exact=True))
            key = str(field.evaluate(KEY, timeout=PATIENCE))
            field.fill(text, timeout=PATIENCE)
            field.press("Enter")
            self.wanted.set(key, text)
            field.press("Escape", timeout=PATIENCE)

    def unfold(self) -> None:
        """Open or shut the settings of noise."""
        self.page.locator(FOLD).click()

    def click(self, right: int, down: int) -> None:
        """Click on the map: the start goes there, unless that only takes hold of it."""
        self.page.mouse.click(*on_map(self.page, right / 100, down / 100))
        self.page.mouse.move(2, 2)
        where = self.page.evaluate("() => window.placed")
        if where:
            self.goes(where)

    def nudge(self, key: str, times: int) -> None:
        """Nudge the ring: it ends where it shows right after."""
        self.page.locator(f"{MAP} .overlay .start").focus()
        for _ in range(times):
            self.page.keyboard.press(key)
            self.page.wait_for_timeout(33)
        self.goes(self.page.evaluate(RING))

    def drag(self, right: int, down: int) -> None:
        """Drag the ring by some pixels: it ends where it shows once it is let go."""
        box = self.page.locator(f"{MAP} .overlay .start .ring").bounding_box()
        edge = map_box(self.page)
        if box is None:
            return
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        inside = 0 < x - edge["x"] < edge["width"] and 0 < y - edge["y"] < edge["height"]
        if not inside or self.page.evaluate(COVERED, [x, y]):
            return
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        for k in range(1, 5):
            self.page.mouse.move(x + right * k / 4, y + down * k / 4)
        self.page.mouse.up()
        ring = self.page.evaluate(RING)
        self.page.mouse.move(2, 2)
        self.goes(ring)

    def zoom(self, clicks: int) -> None:
        """Turn the wheel over the map with ctrl held down."""
        self.page.mouse.move(*on_map(self.page, 0.5, 0.5))
        self.page.keyboard.down("Control")
        self.page.mouse.wheel(0, 100 * clicks)
        self.page.keyboard.up("Control")

    def solid(self, mode: str) -> None:
        """Choose the contour, the landscape in 3-D or both."""
        self.page.locator(f".segments [data-mode='{mode}']").click()
        self.wanted.map = mode

    def goes(self, where: list[float]) -> None:
        """Want the start at a place, as exactly as a pointer can say it."""
        x, y, near = where
        self.wanted.go((x, y), near)

    def eye(self, n: int) -> None:
        self.know_the_lanes()
        k = n % len(self.wanted.ids)
        self.page.locator(".stage .legend .eye").nth(k).click()
        self.wanted.toggle(k)

    def choose(self, n: int) -> None:
        self.know_the_lanes()
        k = n % len(self.wanted.ids)
        self.page.locator(".stage .legend .lane").nth(k).click()
        self.wanted.choose(k)

    def light(self, n: int) -> None:
        """Choose a lane in the sidebar."""
        self.know_the_lanes()
        k = n % len(self.wanted.ids)
        self.page.locator(LIGHTS).nth(k).click()
        self.wanted.choose(k)

    def know_the_lanes(self) -> None:
        """Wait, before one is pointed at, until the page shows what was added and removed."""
        if self.stale:
            rest(self.page)
        self.stale = False

    def press(self, name: str) -> None:
        button = self.page.get_by_role("button", name=name, exact=True)
        if not button.is_enabled():
            return
        with suppress(Error):  # a rerun may take the last lane that can be removed, or added
            press(button)
            self.stale = True
            {"Add": self.wanted.add, "Copy": self.wanted.copy, "Remove": self.wanted.remove}[name]()

    def over(self) -> None:
        """Start over."""
        self.page.get_by_role("button", name="Start over", exact=True).click()
        self.stale = True
        self.wanted.start_over()

    def example(self, n: int) -> None:
        with suppress(Error):
            link = self.found(".stage a.example", n)
            key = link.get_attribute("data-example")
            press(link)
            self.stale = True
            self.wanted.press_example(str(key))

    def scrub(self, n: int, key: str, times: int) -> None:
        """Slide a setting below the stage, and let it go; its menu calls lanes by their places."""
        self.know_the_lanes()
        with suppress(Error):
            menu = self.page.locator(".scrub select.handles")
            values = menu.evaluate("(menu) => [...menu.options].map((option) => option.value)")
            handle = values[1:][n % (len(values) - 1)]
            menu.select_option(handle, timeout=PATIENCE)
            stops = self.page.locator(".scrub .stops")
            with suppress(Error):  # a press that comes too late takes none back that came before
                for _ in range(times):
                    stops.press(key)
            said = self.page.locator(".scrub .scrub-said").get_attribute("title")
            stops.blur(timeout=PATIENCE)
            self.wanted.turn(handle, str(said).rpartition(" ")[2])

    def tool(self, n: int) -> None:
        """Press a button of the stage that changes no setting."""
        with suppress(Error):
            press(self.found(TOOLS, n))

    def view(self, n: int) -> None:
        """Switch a word of the view."""
        with suppress(Error):
            press(self.page.locator(".stage .choices summary"))
            entry = self.page.locator(".stage .choices label").filter(
                has_text=ENTRIES[n % len(ENTRIES)]
            )
            press(entry.first)
            self.page.keyboard.press("Escape")

    def look(self, name: str) -> None:
        self.page.get_by_role("tab", name=LABS[name].title, exact=True).click()
        self.wanted.lab = name

    def wait(self, milliseconds: int) -> None:
        self.page.wait_for_timeout(milliseconds)

    def back(self) -> None:
        """Go back in the middle: where that leads depends on what had come so far."""
        self.page.evaluate("history.back()")
        self.page.wait_for_timeout(50)
        agreed(self.page)
        self.learn()

    def found(self, selector: str, n: int) -> ElementHandle:
        """Return one of those that are there; Error if there is none."""
        there = self.page.query_selector_all(selector)
        if not there:
            raise Error(f"no {selector}")
        return there[n % len(there)]

    def wide(self) -> float:
        """Return how wide the map is."""
        low, high = ranges(self.page)[0]
        return high - low

    def pixel(self) -> float:
        """Return how far a pixel of the map reaches, the longer way."""
        box, ((x0, x1), (y0, y1)) = map_box(self.page), ranges(self.page)
        return max((x1 - x0) / box["width"], (y1 - y0) / box["height"])
