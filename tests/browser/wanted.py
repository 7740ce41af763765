"""What a hand has asked for so far: the experiment as it must end, by the rules of the engine."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from declarations import Choice, Declared, declarations, defaults
from engine.setup.experiment import COLORS, MOST_LANES, Experiment, Lane
from engine.setup.first import chosen
from engine.setup.link import SLOTS, changed, spelled
from interface.lanes import OFFERED
from interface.typed_number import read_typed
from labs.view import View
from lessons.examples import EXAMPLES
from lessons.menu import menu
from lessons.sitting import PASSAGES, Sitting
from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from surfaces import SURFACES
from tests.browser.agreement import Way, opened, told

MENUS = {"optimizer": OPTIMIZERS, "schedule": SCHEDULES, "surface": SURFACES}


def read_text(declaration: Any, text: str) -> Any:
    """Return the value that a control shows as this text."""
    if isinstance(declaration, Choice):
        return next(one for one in declaration.options if declaration.titled(one) == text)
    number = hasattr(declaration, "low")
    return read_typed(declaration, text) if number else declaration.read(text)


def entry(menu: dict[str, Any], title: str) -> Declared:
    return next(kind() for kind in menu.values() if kind.title == title)


class Wanted:
    """An experiment, its chosen lane, the open lab and how the landscape is shown, as asked for.

    A lane has a number that stays its own; `ages` are the lanes' numbers between two removals,
    for a control of an earlier age still speaks of the lane that it had.
    """

    def __init__(self, address: dict[str, str], removed: int) -> None:
        self.removed = removed
        self.ages: list[list[int]] = [[]]
        self.diary: list[tuple[str, ...]] = []
        self.learn(*opened(address))

    def learn(self, experiment: Experiment, view: View, lesson: Way | None = None) -> None:
        """Take what was opened for what is wanted."""
        self.lesson = lesson
        self.near = 0.0
        self.lab, self.map = view.lab, view.map
        self.put(experiment)
        self.chosen = self.ids[min(view.chosen, len(self.ids) - 1)]

    @property
    def ids(self) -> list[int]:
        return self.ages[-1]

    def put(self, experiment: Experiment) -> None:
        """Want another experiment; its lanes keep the numbers of those in their places."""
        self.experiment = experiment
        del self.ids[len(experiment.lanes) :]
        while len(self.ids) < len(experiment.lanes):
            self.ids.append(1 + max((n for age in self.ages for n in age), default=0))

    def place(self) -> int:
        return self.ids.index(self.chosen)

    def choose(self, k: int) -> None:
        self.chosen = self.ids[k]

    def toggle(self, k: int) -> None:
        self._lane(self.ids[k], lambda lane: replace(lane, visible=not lane.visible))

    def go(self, point: tuple[float, float], near: float) -> None:
        """Want the start where a pointer was, as exactly as that can be."""
        self.near = near
        self.put(replace(self.experiment, x=point[0], y=point[1]))

    def turn(self, key: str, text: str) -> None:
        self.diary.append(("turned", key, text))
        self.put(changed(self.experiment, {key: text})[0])

    def start_over(self) -> None:
        self.learn(Experiment(), View(), self.lesson)

    def enter(self, key: str, sitting: Sitting) -> None:
        """Want a lesson's phase, with the experiment and the view that belong to it."""
        lesson = menu().find(key)
        assert lesson is not None
        way = Way(key, sitting.phase)
        self.learn(lesson.at(way.phase), lesson.seen(way.phase), way)

    def go_on(self) -> None:
        """Want what follows a question that has been answered."""
        assert self.lesson is not None
        self.enter(self.lesson.key, Sitting(phase=PASSAGES[self.lesson.phase].leads))

    def vary(self, k: int) -> None:
        """Want a variation of an explanation, or the lesson's own settings where it was shown."""
        assert self.lesson is not None
        lesson, shown = menu().find(self.lesson.key), self.lesson.variation
        assert lesson is not None
        pressed = "" if shown == str(k) else str(k)
        self.lesson = self.lesson._replace(variation=pressed)
        own = lesson.at(self.lesson.phase)
        self.put(lesson.variations[k].changes.on(lesson.experiment) if pressed else own)

    def leave(self) -> None:
        self.lesson = None

    def press_example(self, key: str) -> None:
        self.put(EXAMPLES[key].experiment)
        self.near = 0.0
        self.chosen = self.ids[0]

    def add(self) -> None:
        used = {type(lane.optimizer) for lane in self.experiment.lanes}
        kinds = [kind for key in OFFERED if (kind := OPTIMIZERS[key]) not in used]
        rest = [kind for kind in OPTIMIZERS.values() if kind not in used]
        self._append(Lane([*kinds, *rest][0](), color=self._free_color()))

    def copy(self) -> None:
        lane = self.experiment.lanes[self.place()]
        self._append(replace(lane, color=self._free_color(), visible=True))

    def remove(self) -> None:
        lanes, k = self.experiment.lanes, self.place()
        if len(lanes) == 1:
            return
        self.ages.append([*self.ids[:k], *self.ids[k + 1 :]])
        self.put(replace(self.experiment, lanes=lanes[:k] + lanes[k + 1 :]))
        self.choose(min(k, len(self.ids) - 1))

    def set(self, key: str, text: str) -> None:
        """Want what a control of that key is made to show."""
        self.diary.append(("set", key, text))
        parts = [part for part in key.split("-") if not part.isdecimal()]
        with suppress(ValueError):  # settings that exclude each other are refused
            if parts[0] in SLOTS and len(parts) > 1:
                self._set_of_lane(self._id(key), parts[1:], text)
            elif parts[0] == "surface":
                surface = self.part(self.experiment.surface, SURFACES, parts[1:], text)
                if surface is not self.experiment.surface:
                    self.put(chosen(self.experiment, surface))
            else:
                value = read_text(declarations(Experiment)[key], text)
                self.put(replace(self.experiment, **{key: value}))

    def back(self, key: str) -> None:
        """Want the default again of what a control of that key shows."""
        if key in ("x", "y"):
            start = dict(zip("xy", self.experiment.surface.start, strict=True))
            self.put(replace(self.experiment, **{key: start[key]}))
            return
        kind, name = self._declared(key)
        usual = defaults(kind)[name]
        declaration = declarations(kind)[name]
        named = isinstance(declaration, Choice)
        self.set(key, declaration.titled(usual) if named else declaration.write(usual))

    def part(self, now: Any, menu: Any, parts: list[str], text: str) -> Any:
        """Return a part with what its own controls show; the same one for a control of another."""
        if len(parts) < 2:
            found = entry(menu, text)
            return now if type(found) is type(now) else found
        kind, name = parts
        if type(now).__name__ != kind:
            return now
        return replace(now, **{name: read_text(now.declared()[name], text)})

    def finds(self, found: dict[str, str]) -> None:
        """Fail if what was asked for is not what was found."""
        asked = spelled(self.experiment)
        asked |= {"view.chosen": str(self.place()), "view.lab": self.lab, "view.map": self.map}
        asked |= told(self.lesson)
        lost = {name: (text, found.get(name)) for name, text in asked.items()}
        lost |= {name: (asked.get(name), text) for name, text in found.items()}
        for name in ("x", "y"):
            if self.near and float(asked[name]) == pytest.approx(float(found[name]), abs=self.near):
                del lost[name]
        lost = {name: pair for name, pair in lost.items() if pair[0] != pair[1]}
        assert not lost, f"asked and found: {lost}, after {self.diary}"

    def _declared(self, key: str) -> tuple[type[Declared], str]:
        *_, kind, name = ["", *[part for part in key.split("-") if not part.isdecimal()]]
        kinds = (one for menu in MENUS.values() for one in menu.values())
        return next((one for one in kinds if one.__name__ == kind), Experiment), name

    def _id(self, key: str) -> int:
        """Return the number of the lane that a control of that key belongs to."""
        slot, age = key.split("-")[:2]
        since = (int(age) if age.isdecimal() else 0) - self.removed
        return self.ages[since][SLOTS.index(slot)]

    def _set_of_lane(self, id: int, parts: list[str], text: str) -> None:
        if parts == ["name"]:
            return self._lane(id, lambda lane: replace(lane, name=text))
        name = "schedule" if parts[0] == "schedule" else "optimizer"
        rest = parts[1:] if name == "schedule" else parts
        return self._lane(
            id,
            lambda lane: replace(
                lane, **{name: self.part(getattr(lane, name), MENUS[name], rest, text)}
            ),
        )

    def _lane(self, id: int, change: Callable[[Lane], Lane]) -> None:
        """Want a lane changed, if it is still there."""
        if id in self.ids:
            lanes = list(self.experiment.lanes)
            k = self.ids.index(id)
            lanes[k] = change(lanes[k])
            self.put(replace(self.experiment, lanes=tuple(lanes)))

    def _append(self, lane: Lane) -> None:
        lanes = self.experiment.lanes
        if len(lanes) < MOST_LANES:
            self.put(replace(self.experiment, lanes=(*lanes, lane)))
        self.choose(len(self.ids) - 1)

    def _free_color(self) -> str:
        used = {lane.color for lane in self.experiment.lanes}
        return next((color for color in COLORS if color not in used), COLORS[0])
