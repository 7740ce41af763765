"""Fields of frozen dataclasses that carry their declarations, and values that keep to them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from types import GenericAlias
from typing import Any, ClassVar, Literal, cast, get_type_hints

from declarations.choices import Choice, Several, Switch
from declarations.number import Number
from declarations.places import Outlook, Rectangle, Span, Word
from declarations.scale import SCALES
from declarations.text import Text

Declaration = Number | Switch | Choice | Several | Word | Span | Rectangle | Outlook | Text


def number(default: float, symbol: str, label: str, low: float, high: float, **rest: Any) -> Any:
    """Declare a dataclass field as a `Number`; the keywords are those of `Number`."""
    declaration = Number(symbol, label, low, high, **rest)
    if declaration.scale not in SCALES or declaration.problem(default):
        raise ValueError(f"{label}: the declaration contradicts itself")
    return _field(default, declaration)


def switch(default: bool, label: str, help: str) -> Any:
    """Declare a dataclass field as a `Switch`."""
    return _field(default, Switch(label, help))


def choice(
    default: str, options: tuple[str, ...], label: str, help: str, titles: tuple[str, ...] = ()
) -> Any:
    """Declare a dataclass field as a `Choice`."""
    return _field(default, Choice(label, options, help, titles=titles))


def several(default: tuple[str, ...], options: tuple[str, ...], label: str, help: str) -> Any:
    """Declare a dataclass field as a `Several`."""
    return _field(default, Several(label, options, help))


def word(default: str, label: str, help: str) -> Any:
    """Declare a dataclass field as a `Word`."""
    return _field(default, Word(label, help))


def typed(
    default: str,
    label: str,
    *,
    longest: int,
    check: Callable[[str], object],
    help: str,
    instead: str = "",
) -> Any:
    """Declare a dataclass field as a `Text`."""
    return _field(default, Text(label, help, longest, check, instead))


def span(label: str, help: str) -> Any:
    """Declare a dataclass field as a `Span`, at first nothing."""
    return _field((), Span(label, help))


def rectangle(label: str, help: str) -> Any:
    """Declare a dataclass field as a `Rectangle`, at first nothing."""
    return _field((), Rectangle(label, help))


def outlook(label: str, help: str) -> Any:
    """Declare a dataclass field as an `Outlook`, at first nothing."""
    return _field((), Outlook(label, help))


def _field(default: Any, declaration: Declaration) -> Any:
    return field(default=default, metadata={"declaration": declaration})


@dataclass(frozen=True)
class Declared:
    """A value whose adjustable fields are declared, and which refuses values outside them."""

    title: ClassVar[str]

    def __post_init__(self) -> None:
        """Refuse a value outside its declared range with a ValueError that names all three."""
        for name, declaration in declarations(type(self)).items():
            problem = declaration.problem(getattr(self, name))
            if problem:
                raise ValueError(f"{type(self).__name__}.{name}: {problem}")

    def unused(self) -> frozenset[str]:
        """Return the names of fields that change nothing as the others stand."""
        return frozenset()

    def declared(self) -> Mapping[str, Declaration]:
        """Return the declarations by name, with the ranges that this value's sliders have."""
        return declarations(type(self))

    def used(self) -> dict[str, Declaration]:
        """Return the declarations of the fields that change something as the others stand."""
        idle = self.unused()
        return {name: found for name, found in self.declared().items() if name not in idle}

    def settings(self) -> dict[str, Any]:
        """Return the adjustable fields by name, in the order they are declared."""
        return {name: getattr(self, name) for name in declarations(type(self))}


def declarations(kind: type[Declared]) -> Mapping[str, Declaration]:
    """Return the declarations of a dataclass's adjustable fields by name, in order."""
    return _declarations(cast(Hashable, kind))


@cache
def _declarations(kind: Any) -> Mapping[str, Declaration]:
    return {f.name: f.metadata["declaration"] for f in fields(kind) if "declaration" in f.metadata}


def defaults(kind: type[Declared]) -> dict[str, Any]:
    """Return the declared defaults by field name."""
    return {f.name: f.default for f in fields(kind) if "declaration" in f.metadata}


def menu_key(value: Declared, menu: Mapping[str, type[Any]]) -> str:
    """Return under which key a menu has what a value is; LookupError if under none."""
    for key, kind in menu.items():
        if kind is type(value):
            return key
    raise LookupError(type(value).__name__)


def types(kind: type[Declared]) -> dict[str, Any]:
    """Return the declared fields' types by name: of words to choose from, these words alone."""
    hints = get_type_hints(kind)
    return {name: _type(hints[name], found) for name, found in declarations(kind).items()}


def _type(hint: Any, declaration: Declaration) -> Any:
    if isinstance(declaration, Choice):
        return Literal[declaration.options]
    if isinstance(declaration, Several):
        return GenericAlias(list, Literal[declaration.options])
    return hint
