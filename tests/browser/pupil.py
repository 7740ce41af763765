"""A hand that takes lessons as well, and knows what each step of one must bring."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from playwright.sync_api import Error

from lessons.menu import menu
from lessons.sitting import PASSAGES, Sitting
from tests.browser.agreement import agreed, rest
from tests.browser.hand import Hand, press
from tests.browser.stage import becomes

ANYWHERE = {"wait", "back", "forward", "lesson"}
IN_A_LESSON = {"commit", "leave", "turn", "vary", "slide"}
"""There are no controls beside a lesson, and of the stage it hides what would tell its answer."""

FIELDS = "input[type=radio][value='0'], button.agree"
PANEL = ".lesson:not([hidden])"


class Pupil(Hand):
    """Does to a lesson what it is told, where one is open; elsewhere nothing comes of it."""

    def does(self, act: str, *what: Any) -> None:
        if act in ANYWHERE or (act in IN_A_LESSON) == (self.wanted.lesson is not None):
            self.wanted.diary.append((act, *map(str, what)))
            super().does(act, *what)

    def lesson(self, n: int) -> None:
        """Open a lesson from the list."""
        with suppress(Error):
            press(self.page.locator(".stage button.lessons"))
            cards = self.page.locator("dialog.lesson-list[open] .lesson-card")
            becomes(self.page, cards.count, lambda found: found > 0)
            card = cards.nth(n % cards.count())
            key = str(card.get_attribute("href")).removeprefix("?lesson=")
            press(card)
            self.stale = True
            self.wanted.enter(key, Sitting())

    def commit(self) -> None:
        """Answer what is asked, where the first words or the order as it stands can do so."""
        self.know_the_lesson()
        if not PASSAGES[self.wanted.lesson.phase].leads:
            return
        with suppress(Error):
            for field in self.page.query_selector_all(f"{PANEL} :is({FIELDS})"):
                press(field)
            button = self.page.locator(f"{PANEL} button.commit")
            if button.count() and button.is_enabled():
                press(button)
                self.wanted.go_on()

    def vary(self, n: int) -> None:
        """Show a variation of what is explained, or the lesson's own run again."""
        self.know_the_lesson()
        shown = self.page.locator(f"{PANEL} .lesson-variations button")
        if shown.count():
            k = n % shown.count()
            press(shown.nth(k))
            self.wanted.vary(k)

    def slide(self, n: int, key: str, times: int) -> None:
        """Slide a setting below the stage, where the lesson shows what came of the run."""
        self.know_the_lesson()
        if self.page.locator(".scrub select.handles").is_visible():
            self.scrub(n, key, times)

    def leave(self) -> None:
        """Leave the lesson and go on with its experiment."""
        self.know_the_lesson()
        self.page.locator(f"{PANEL} .lesson-strip").get_by_role("button", name="Leave").click()
        self.wanted.leave()
        rest(self.page)  # its panel goes, and all beside it moves

    def turn(self, keys: str) -> None:
        """Turn to the phase or the lesson after or before, as a presenter's remote does."""
        self.know_the_lesson()
        self.page.evaluate("document.activeElement.blur()")
        self.page.keyboard.press(keys)
        agreed(self.page)
        before = self.wanted.lesson
        self.learn()
        assert self.wanted.lesson is not None
        by = {"Shift+PageDown": 1, "Shift+PageUp": -1}.get(keys)
        if by is not None:
            expected = menu().beside(before.key, by) or before.key
            assert self.wanted.lesson.key == expected

    def forward(self) -> None:
        """Go forward again, if there is anything: where that leads is where Back came from."""
        self.page.evaluate("history.forward()")
        self.page.wait_for_timeout(50)
        agreed(self.page)
        self.learn()

    def know_the_lesson(self) -> None:
        """Wait, before its panel is used, until the page shows the lesson as it stands."""
        rest(self.page)
        self.stale = False
