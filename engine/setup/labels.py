"""What each lane is called, wherever lanes are told apart: lists, tables, pictures and files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from declarations import Declared, Number, Switch
from engine.setup.experiment import Experiment, Lane


def labels(experiment: Experiment) -> tuple[str, ...]:
    """Return one name for each lane, no two alike.

    Lanes of the same name also say what differs: the first settings that tell them apart, as in
    "Gradient descent, rate 0.002", or a number if nothing does.
    """
    lanes = experiment.lanes
    shared = Counter(lane.label for lane in lanes)
    found = {k: lane.label for k, lane in enumerate(lanes)}
    for label in (label for label, count in shared.items() if count > 1):
        alike = [k for k, lane in enumerate(lanes) if lane.label == label]
        for k, said in zip(alike, _differences([lanes[k] for k in alike]), strict=True):
            found[k] = ", ".join([label, *said])
    return _numbered(list(found.values()))


def _differences(lanes: Sequence[Lane]) -> list[list[str]]:
    """Return for each lane the settings that tell it from the others, as few as will do."""
    told: list[list[str]] = [[] for _ in lanes]
    settings = [dict(_settings(lane)) for lane in lanes]
    for name in dict.fromkeys(name for each in settings for name in each):
        more = [each.get(name, "") for each in settings]
        both = [[*before, said] for before, said in zip(told, more, strict=True)]
        if len(set(map(tuple, both))) > len(set(map(tuple, told))):
            told = both
    return [[said for said in each if said] for each in told]


def said_settings(lane: Lane, slot: str) -> list[tuple[str, str]]:
    """Return what may tell a lane from others of its name, for pages that tell lanes apart.

    Each with its words, in which a number stands as its place, "rate {a.lr}".
    """
    return [said for said in _settings(lane, slot) if said[1]]


def _settings(lane: Lane, slot: str = "") -> Iterator[tuple[str, str]]:
    """Yield what may differ, the most telling first, and how a name says it."""
    yield "rule", lane.optimizer.title if lane.name else ""
    yield from _said(lane.optimizer, slot)
    yield "schedule", lane.schedule.title.lower()
    yield from _said(lane.schedule, slot and f"{slot}.schedule")


def _said(value: Declared, owner: str) -> Iterator[tuple[str, str]]:
    kind = type(value).__name__
    for name, declaration in value.used().items():
        text = declaration.write(getattr(value, name))
        if owner and isinstance(declaration, Number):
            text = f"{{{owner}.{name}}}"
        label = declaration.label.removeprefix("learning ")
        negated = isinstance(declaration, Switch) and text == "off"
        said = f"not {label}" if negated else f"{label} {text}".removesuffix(" on")
        yield f"{kind}.{name}", said


def _numbered(names: list[str]) -> tuple[str, ...]:
    """Number what is still alike, from the second on."""
    found: list[str] = []
    for name in names:
        n, said = 1, name
        while said in found or (n > 1 and said in names):
            n += 1
            said = f"{name} ({n})"
        found.append(said)
    return tuple(found)
