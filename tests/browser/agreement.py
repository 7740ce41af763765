"""The places where the page says what it shows, and whether they agree once it is at rest."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Page

from engine.setup.experiment import Experiment
from engine.setup.link import from_json, read, spelled
from labs.view import View, split
from lessons.menu import menu
from lessons.sitting import NAME, apart, read_sitting
from tests.browser.stage import PATIENCE, parameters

SAID = """() => {
  const said = (element) => {
    const key = [...(element.closest('[class*="st-key-"]')?.classList || [])]
      .find((name) => name.startsWith("st-key-"));
    return key ? key.slice("st-key-".length) : "";
  };
  const side = document.querySelector("[data-testid=stSidebar]");
  const all = (selector, root = document) => [...(root?.querySelectorAll(selector) || [])];
  const texts = (selector) => all(selector, side).map((input) => [said(input), input.value]);
  return {
    sliders: all(".stSlider input[type=range]", side)
      .map((input) => [said(input), input.getAttribute("aria-valuetext")]),
    fields: texts(".stTextInput input"),
    numbers: texts(".stNumberInput input"),
    menus: texts(".stSelectbox [role=combobox]"),
    toggles: all(".stCheckbox input", side)
      .map((input) => [said(input), input.checked ? "on" : "off"]),
    lights: all(".st-key-lane [role=radio]", side)
      .map((radio) => [radio.innerText.trim(), radio.matches("[aria-checked=true]")]),
    lanes: all(".stage .legend .lane").map((lane) =>
      [lane.querySelector(".name").innerText, lane.getAttribute("aria-pressed") === "true"]),
    hidden: all(".stage .legend .eye").map((eye) => eye.getAttribute("aria-pressed") === "true"),
    rests: document.querySelector("[data-testid=stApp]").dataset.testScriptState === "notRunning"
      && !document.querySelector(".stage [aria-busy=true], .stage.scrubbing, .stage[data-waits]"),
    refused: all(".refused", side).map((said) => said.innerText),
    address: location.search,
  };
}"""

TAKEN = """async () => {
  const tab = (name) => [...document.querySelectorAll("dialog.take [role=tab]")]
    .find((one) => one.innerText === name).click();
  document.querySelector(".stage .save").click();
  while (!document.querySelector("dialog.take[open]")) await new Promise(requestAnimationFrame);
  tab("Link");
  const link = document.querySelector("#take-link").value;
  tab("Data and code");
  const { href } = document.querySelector("dialog.take .files a[href*='experiment.json']");
  document.querySelector("dialog.take[open]").close();
  return { link, file: await (await fetch(href)).text() };
}"""
"""The page itself fetches the file: a browser asks again if an idle connection is just closed."""

POLLS, POLL = 3, 40
"""So many looks in a row must find the same, and so many milliseconds lie between two."""


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
    """Wait until all that was done is taken in and shown, and return what the page says."""
    before, since = None, 0
    for _ in range(PATIENCE // POLL):
        now = page.evaluate(SAID)
        since = since + 1 if now == before and now["rests"] else 0
        if since == POLLS:
            return now
        before = now
        page.wait_for_timeout(POLL)
    raise AssertionError(f"no rest: {now}")


class Way(NamedTuple):
    """The lesson that is open, its phase, and which of its variations is shown."""

    key: str
    phase: str
    variation: str = ""


def told(lesson: Way | None) -> dict[str, str]:
    """Return what says in an address which lesson is open."""
    said = {} if lesson is None else {"": lesson.key} | lesson._asdict()
    return {f"{NAME}.{name}".rstrip("."): text for name, text in said.items() if name != "key"}


def opened(address: dict[str, str]) -> tuple[Experiment, View, Way | None]:
    """Return what an address tells; a lesson brings what the address leaves out."""
    own, rest = apart(address)
    view, pairs, _ = split(rest)
    experiment, problems = read(pairs)
    assert problems == ()
    if not own:
        return experiment, view, None
    lesson = menu().find(own[NAME])
    assert lesson is not None
    sitting, unread = read_sitting(own, lesson)
    assert unread == ()
    if not rest.keys() - pairs.keys():
        view = lesson.seen(sitting.phase)
    begun = experiment if pairs else lesson.at(sitting.phase)
    return begun, view, Way(lesson.key, sitting.phase, sitting.variation)


def settings_of(address: dict[str, str]) -> dict[str, str]:
    """Return every setting that an address tells, by its name in a link."""
    experiment, view, lesson = opened(address)
    chosen = min(view.chosen, len(experiment.lanes) - 1)
    looked = {"view.chosen": str(chosen), "view.lab": view.lab, "view.map": view.map}
    return spelled(experiment) | looked | told(lesson)


def agreed(page: Page) -> dict[str, str]:
    """Return every setting by its name in a link, once all places at rest are found to agree."""
    said = rest(page)
    address = dict(parse_qsl(urlsplit(said["address"]).query))
    experiment, view, lesson = opened(address)
    known = settings_of(address)
    taken = page.evaluate(TAKEN)
    of_link = opened(dict(parse_qsl(urlsplit(taken["link"]).query)))
    moment = replace(of_link[1], step=view.step, window=view.window)  # the link tells it besides
    assert (of_link[0], moment, of_link[2]) == (experiment, view, lesson)
    assert from_json(taken["file"])[0] == experiment
    _sidebar_says(said, known, experiment)
    _lanes_are_said(said, experiment, int(known["view.chosen"]), lesson)
    return known


def _sidebar_says(said: dict[str, Any], known: dict[str, str], experiment: Experiment) -> None:
    for key, text in [*said["sliders"], *said["numbers"], *said["toggles"]]:
        shown, meant = (setting(key), text), (setting(key), known[setting(key)])
        assert shown == meant, f"{shown} is shown, {meant} is meant"
    for key, text in said["fields"]:
        shown, meant = (key, text), (key, known[setting(key.removesuffix("-exact"))])
        refused = any(f"'{text}' is not" in why for why in said["refused"])
        assert shown == meant or refused, f"{shown} is shown, {meant} is meant"
    for key, text in said["menus"]:
        assert (key, text) == (key, _title(key, experiment))


def _title(key: str, experiment: Experiment) -> str:
    """Return what a menu of that key is to show."""
    slot, *rest = [part for part in key.split("-") if not part.isdecimal()]
    part = experiment.surface
    if slot != "surface":
        lane = experiment.lanes["abcdef".index(slot)]
        part = lane.schedule if rest[0] == "schedule" else lane.optimizer
    if rest in ([], ["rule"], ["schedule"]):
        return part.title
    declaration = type(part).__dataclass_fields__[rest[-1]].metadata["declaration"]
    return str(declaration.titled(getattr(part, rest[-1])))


def _lanes_are_said(
    said: dict[str, Any], experiment: Experiment, chosen: int, lesson: Way | None
) -> None:
    names = [name for name, _ in said["lanes"]]
    assert len(set(names)) == len(names) == len(experiment.lanes), names
    assert [on for _, on in said["lanes"]] == [k == chosen for k in range(len(names))], said[
        "lanes"
    ]
    assert said["hidden"] == [not lane.visible for lane in experiment.lanes], said["hidden"]
    shown = [
        f"{name} (hidden)" if gone else name
        for name, gone in zip(names, said["hidden"], strict=True)
    ]
    lights = [[name, k == chosen] for k, name in enumerate(shown)] if lesson is None else []
    assert said["lights"] == lights, f"{said['lights']} are shown, {lights} are meant"


def setting(key: str) -> str:
    """Return the name in a link of what a control is keyed by: `a-2-Adam-lr` is `a.lr`."""
    parts = [part for part in key.split("-") if not part.isdecimal()]
    return ".".join(parts) if len(parts) < 3 else ".".join([*parts[:-2], parts[-1]])
