"""Gives the lecture from the app, as a lecturer and as a student, and prints what each moment took.

    pip install -r requirements.txt -r tests/requirements.txt
    python -m benchmarks.lecture [GROUP]

GROUP is a group of lessons (lecture, classics, misconceptions) or all. The lecturer has a window of
1366 by 768, projector size and a presenter's remote; the student has a phone and answers every
question. Counted are presses: to a moment's question, and from there to its last step. Times are
until the step stands, in milliseconds. Set PICTURES to a folder to keep a picture of every step,
SCHEME to dark for dark ones, and URL to an app that runs already.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.page import ROOT, launch, served
from lessons.lesson import Lesson
from lessons.menu import menu

PICTURES = os.environ.get("PICTURES", "")
SCHEME: Any = os.environ.get("SCHEME", "light")
DESK = {"viewport": {"width": 1366, "height": 768}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

STANDS = """key => document.querySelector(".lesson-phases [aria-current=step]")
  && document.querySelector(".lesson-moments [aria-current=page]")?.dataset.key === key
  && document.querySelector("[data-testid=stApp]").dataset.testScriptState === "notRunning" """
OPEN = "() => document.querySelector('.lesson-moments [aria-current=page]')?.dataset.key"
NEXT = ".lesson-body .push:text-is('Next lesson')"
HERE = "() => document.querySelector('.lesson-phases [aria-current=step]')?.textContent"


class Walk(NamedTuple):
    """What one moment took: presses and milliseconds to its question, and on to its last step."""

    opened: int
    opened_in: float
    through: int
    through_in: float


class Hand:
    """Somebody's hand on a page: counts its presses."""

    def __init__(self, page: Page, touch: bool) -> None:
        """Take the page, and whether it is touched."""
        self.page, self.touch, self.presses = page, touch, 0

    def press(self, selector: str) -> None:
        """Press what matches first."""
        self.presses += 1
        found = self.page.locator(selector).locator("visible=true").first
        found.tap() if self.touch else found.click()

    def key(self, name: str) -> None:
        """Press a key."""
        self.presses += 1
        self.page.keyboard.press(name)


def main() -> None:
    """Walk as both, and print a table of each."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else "lecture"
    walked = [each for each in menu().lessons if wanted in (each.group, "all")]
    with ExitStack() as stack:
        url = os.environ.get("URL") or stack.enter_context(served(ROOT))
        browser = launch(stack.enter_context(sync_playwright()))
        told("Lecturer, 1366 by 768", walked, browser, url, DESK, lectured)
        told("Student, a phone", walked, browser, url, PHONE, studied)


def told(
    said: str,
    walked: list[Lesson],
    browser: Browser,
    url: str,
    size: dict[str, Any],
    go: Callable[[Hand, Lesson], None],
) -> None:
    """Walk through all lessons and print a row for each."""
    page = browser.new_context(color_scheme=SCHEME, **size).new_page()
    lecturer = go is lectured
    page.goto(f"{url}/?view.size=projector" if lecturer else url)
    page.wait_for_selector(".first-lesson")
    print(f"\n| {said} | presses to it | ms | presses through it | ms |\n|:--|--:|--:|--:|--:|")
    rows = [moment(Hand(page, not lecturer), lesson, go) for lesson in walked]
    for lesson, row in zip(walked, rows, strict=True):
        print(f"| {lesson.title} | {row.opened} | {row.opened_in:.0f}", end="")
        print(f" | {row.through} | {row.through_in:.0f} |")


def moment(hand: Hand, lesson: Lesson, go: Callable[[Hand, Lesson], None]) -> Walk:
    """Open a lesson as one would from where the page stands, and go to its last step."""
    began = time.perf_counter()
    page = hand.page
    number = f".lesson-moments [data-key='{lesson.key}']"
    if page.locator(number).count():
        hand.press(number)
    elif lesson.key == menu().lessons[0].key:
        hand.press(".first-lesson")
    elif menu().beside(str(page.evaluate(OPEN)), 1) == lesson.key:
        hand.key("Shift+PageDown") if not hand.touch else hand.press(NEXT)
    else:
        hand.press(".tool.lessons")
        hand.press(f".lesson-card[href='?lesson={lesson.key}']")
    page.wait_for_function(STANDS, arg=lesson.key)
    opened, stood = hand.presses, time.perf_counter()
    shown(hand, lesson)
    go(hand, lesson)
    ended = time.perf_counter()
    milliseconds = 1000 * (stood - began), 1000 * (ended - stood)
    return Walk(opened, milliseconds[0], hand.presses - opened, milliseconds[1])


def lectured(hand: Hand, lesson: Lesson) -> None:
    """Go on with a presenter's remote to the last step."""
    last = "Try" if lesson.task else "Result"
    while (here := hand.page.evaluate(HERE)) != last:
        hand.key("PageDown")
        changed(hand, lesson, here)


def studied(hand: Hand, lesson: Lesson) -> None:
    """Answer whatever is asked and go on."""
    last = "Try" if lesson.task else "Result"
    while (here := hand.page.evaluate(HERE)) != last:
        if hand.page.locator(".lesson-question .commit").count():
            answered(hand)
        hand.press(".lesson-body .push")
        changed(hand, lesson, here)


def answered(hand: Hand) -> None:
    """Give some answer in the shape that is wanted, and a reason."""
    page, body = hand.page, ".lesson-question"
    for k in range(page.locator(f"{body} fieldset").count()):
        hand.press(f"{body} fieldset >> nth={k} >> label >> nth=0")
    if page.locator(f"{body} .agree").count():
        hand.press(f"{body} .agree")
    if page.locator(f"{body} .lesson-number").count():
        hand.press(f"{body} .lesson-number")
        page.keyboard.type("10")
    if page.locator(".prediction").count():
        hand.press(".map .plot")
    if page.locator(".pad").count():
        hand.press(".pad")


def changed(hand: Hand, lesson: Lesson, here: str) -> None:
    """Wait until another step stands, and keep its picture."""
    hand.page.wait_for_function(f"here => ({HERE})() !== here", arg=here)
    hand.page.wait_for_function(STANDS, arg=lesson.key)
    shown(hand, lesson)


def shown(hand: Hand, lesson: Lesson) -> None:
    """Keep a picture of a step, of all that is on the page."""
    if not PICTURES:
        return
    folder = Path(PICTURES) / ("phone" if hand.touch else "desk")
    folder.mkdir(parents=True, exist_ok=True)
    count = len(list(folder.glob(f"{lesson.key}-[1-9]-*.png")))
    name = f"{lesson.key}-{count + 1}-{hand.page.evaluate(HERE).lower()}.png"
    hand.page.wait_for_timeout(300)
    hand.page.screenshot(path=folder / name)


if __name__ == "__main__":
    main()
