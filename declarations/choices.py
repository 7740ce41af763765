"""Words to choose from: off or on, one of a few, any of a few."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Switch:
    """A choice between off and on that belongs to a rule's definition (as `centered` does)."""

    label: str
    help: str
    symbol: str = ""

    def problem(self, value: Any) -> str | None:
        """Say in words what is wrong with `value`, or None."""
        return None if isinstance(value, bool) else f"{value!r} is neither on nor off"

    def read(self, text: str) -> bool:
        """Read `on` or `off`."""
        if text not in ("on", "off"):
            raise ValueError(f"{text!r} is neither on nor off")
        return text == "on"

    def write(self, value: bool) -> str:
        """Write `on` or `off`."""
        return "on" if value else "off"


@dataclass(frozen=True)
class Choice:
    """One of a few words; `titles`, if given, say what each option is called on screen."""

    label: str
    options: tuple[str, ...]
    help: str
    symbol: str = ""
    titles: tuple[str, ...] = ()

    def titled(self, option: str) -> str:
        """Return what an option is called on screen."""
        return self.titles[self.options.index(option)] if self.titles else option

    def problem(self, value: Any) -> str | None:
        """Say in words what is wrong with `value`, or None."""
        return None if value in self.options else f"{value!r} is none of {', '.join(self.options)}"

    def read(self, text: str) -> str:
        """Read one of the options."""
        problem = self.problem(text)
        if problem:
            raise ValueError(problem)
        return text

    def write(self, value: str) -> str:
        """Write the option as it stands."""
        return value


@dataclass(frozen=True)
class Several:
    """Any of a few words, in their own order; linked as `loss,rate`, none of them as `none`."""

    label: str
    options: tuple[str, ...]
    help: str
    symbol: str = ""

    def problem(self, value: Any) -> str | None:
        """Say in words what is wrong with `value`, or None."""
        if isinstance(value, tuple) and value == tuple(o for o in self.options if o in value):
            return None
        return f"{value!r} is not a choice from {', '.join(self.options)}"

    def read(self, text: str) -> tuple[str, ...]:
        """Read words separated by commas."""
        words = () if text == "none" else tuple(text.split(","))
        chosen = tuple(option for option in self.options if option in words)
        if len(chosen) != len(words):
            raise ValueError(f"{text!r} is not a choice from {', '.join(self.options)}")
        return chosen

    def write(self, value: tuple[str, ...]) -> str:
        """Write the words separated by commas."""
        return ",".join(value) or "none"
