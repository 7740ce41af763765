"""An experiment as a flat mapping of short texts, and back: links, files and the live route.

What equals its default is left out of a link, so links stay short; a file spells everything
out. Reading never fails: whatever is unknown, out of range or nonsense takes its default, and a
sentence says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import urlencode

from declarations import Declared, declarations, defaults, menu_key
from engine.setup.experiment import COLORS, FIRST_SURFACE, MOST_LANES, Experiment, Lane, first_lanes
from optimizers import OPTIMIZERS
from schedules import SCHEDULES, Constant
from surfaces import SURFACES
from surfaces.data.carried import kept_rows, rows_of

SLOTS = "abcdef"[:MOST_LANES]
LONGEST_TEXT = 200
MOST_NOTICES = 6
MOST_PAIRS = 500
FORMAT, VERSION = "loss-surface-experiment", 1

D = TypeVar("D", bound=Declared)


def write(experiment: Experiment) -> dict[str, str]:
    """Return the experiment as link parameters, defaults left out."""
    base = {"x": experiment.surface.start[0], "y": experiment.surface.start[1]}
    pairs = dict(written("", experiment, defaults(Experiment) | base))
    surface = dict(_part("surface", experiment.surface, SURFACES))
    if surface == {"surface": FIRST_SURFACE}:
        surface = {}
    if experiment.lanes == first_lanes():
        return surface | pairs
    lanes = (pair for k, lane in enumerate(experiment.lanes) for pair in _lane(k, lane))
    return surface | pairs | dict(lanes)


def read(pairs: Mapping[str, str]) -> tuple[Experiment, tuple[str, ...]]:
    """Return the experiment that link parameters describe, and a sentence for each bad one."""
    reader = _Reader(pairs)
    surface = reader.part("surface", SURFACES, FIRST_SURFACE)
    values = reader.values("", Experiment)
    if not {"x", "y"} <= values.keys():  # a typed formula's own start takes a search
        values = {"x": surface.start[0], "y": surface.start[1]} | values
    lanes = tuple(reader.lane(k) for k, slot in enumerate(SLOTS) if slot in reader.pairs)
    experiment = Experiment(surface=surface, lanes=lanes or first_lanes(), **values)
    return experiment, reader.notices()


def query(experiment: Experiment) -> str:
    """Return the experiment as the query part of a link, without the question mark."""
    return urlencode(write(experiment))


def spelled(experiment: Experiment) -> dict[str, str]:
    """Return the experiment as link parameters that leave nothing to a default."""
    pairs = dict(written("", experiment, {}))
    pairs |= dict(_part("surface", experiment.surface, SURFACES, {}))
    for k, lane in enumerate(experiment.lanes):
        pairs |= dict(_lane(k, lane, {}))
    return pairs


def changed(
    experiment: Experiment, changes: Mapping[str, str]
) -> tuple[Experiment, tuple[str, ...]]:
    """Return the experiment with these link parameters changed, and a sentence for each bad one.

    A surface that is turned may take along what is not given of the start.
    """
    found, problems = read(spelled(experiment) | dict(changes))
    x, y = experiment.carried(found.surface)
    x, y = found.x if "x" in changes else x, found.y if "y" in changes else y
    return replace(found, x=x, y=y), problems


def to_json(experiment: Experiment) -> str:
    """Return the experiment as a JSON file that spells out every setting, and holds its rows."""
    content = {"format": FORMAT, "version": VERSION, "settings": spelled(experiment)}
    text = json.dumps(content, indent=2)
    rows = rows_of(experiment.surface)
    if rows is None:
        return text
    carried = json.dumps(rows, separators=(",", ":"))
    return f'{text.removesuffix("}").rstrip()},\n  "rows": {carried}\n}}'


def from_json(text: str) -> tuple[Experiment, tuple[str, ...]]:
    """Read a file written by `to_json`; ValueError in plain words if it is not one."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("this file is not JSON") from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ValueError("this JSON file is not an experiment saved here")
    if content.get("version") != VERSION:
        version = str(content.get("version"))[:20]
        raise ValueError(f"it has version {version}; this app reads version {VERSION}")
    settings = content.get("settings")
    if not isinstance(settings, dict):
        raise ValueError("it holds no settings")
    kept = kept_rows(content["rows"]) if "rows" in content else None
    found = read({str(key): str(value) for key, value in settings.items()})
    del kept  # an experiment that learns from the rows holds them from here on
    return found


def written(prefix: str, value: Declared, left_out: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield a value's settings as link parameters, but those that are as in `left_out`."""
    for name, declaration in declarations(type(value)).items():
        setting = getattr(value, name)
        if name not in left_out or setting != left_out[name]:
            yield prefix + name, declaration.write(setting)


def _part(
    key: str,
    value: Declared,
    menu: Mapping[str, type[Any]],
    left_out: Mapping[str, Any] | None = None,
) -> Iterator[tuple[str, str]]:
    yield key, menu_key(value, menu)
    yield from written(f"{key}.", value, defaults(type(value)) if left_out is None else left_out)


def _lane(
    k: int, lane: Lane, left_out: Mapping[str, Any] | None = None
) -> Iterator[tuple[str, str]]:
    slot, everything = SLOTS[k], left_out is not None
    yield from _part(slot, lane.optimizer, OPTIMIZERS, left_out)
    if everything or lane.schedule != Constant():
        yield from _part(f"{slot}.schedule", lane.schedule, SCHEDULES, left_out)
    if everything or lane.color != COLORS[k]:
        yield f"{slot}.color", lane.color
    if everything or lane.name:
        yield f"{slot}.name", lane.name
    if everything or not lane.visible:
        yield f"{slot}.shown", "on" if lane.visible else "off"


class _Reader:
    """Takes values out of link parameters and collects what had to be replaced."""

    def __init__(self, pairs: Mapping[str, str]) -> None:
        self.pairs = dict(islice(pairs.items(), MOST_PAIRS))
        self.known: set[str] = set()
        self.problems: list[str] = []
        if len(pairs) > MOST_PAIRS:
            self.problems.append(f"{len(pairs)} parameters are too many; {MOST_PAIRS} were read")

    def text(self, key: str, longest: int = LONGEST_TEXT) -> str | None:
        self.known.add(key)
        text = self.pairs.get(key)
        if text is not None and len(text) > longest:
            self.problems.append(f"{key}: {len(text)} characters are too many")
            return None
        return text

    def choice(self, key: str, menu: Mapping[str, Any] | tuple[str, ...], default: str) -> str:
        text = self.text(key)
        if text is None or text in menu:
            return default if text is None else text
        self.problems.append(f"{key}: {text!r} is not on the menu; {default} is shown")
        return default

    def part(self, key: str, menu: Mapping[str, type[D]], default: str) -> D:
        kind = menu[self.choice(key, menu, default)]
        try:
            return kind(**self.values(f"{key}.", kind))
        except ValueError as problem:
            self.problems.append(f"{key}: {problem}; it is shown as it comes")
            return kind()

    def values(self, prefix: str, kind: type[Declared]) -> dict[str, Any]:
        """Return the settings of a kind that are given."""
        found: dict[str, Any] = {}
        for name, declaration in declarations(kind).items():
            text = self.text(prefix + name, getattr(declaration, "longest", LONGEST_TEXT))
            if text is None:
                continue
            try:
                found[name] = declaration.read(text)
            except ValueError as problem:
                self.problems.append(f"{prefix}{name}: {problem}")
        return found

    def lane(self, k: int) -> Lane:
        slot = SLOTS[k]
        name = self.text(f"{slot}.name") or ""
        color = self.choice(f"{slot}.color", COLORS, COLORS[k])
        shown = self.choice(f"{slot}.shown", ("on", "off"), "on")
        schedule = self.part(f"{slot}.schedule", SCHEDULES, "constant")
        lane = Lane(self.part(slot, OPTIMIZERS, "adam"), schedule, color, "", shown == "on")
        try:
            return Lane(lane.optimizer, schedule, color, name, lane.visible)
        except ValueError as problem:
            self.problems.append(f"{slot}.{problem}")
            return lane

    def notices(self) -> tuple[str, ...]:
        unknown = sorted(set(self.pairs) - self.known)
        extra = [f"{key[:LONGEST_TEXT]}: unknown, left out" for key in unknown[:MOST_NOTICES]]
        found = self.problems + extra
        rest = len(self.problems) + len(unknown) - MOST_NOTICES
        more = (f"and {rest} more",) if rest > 0 else ()
        return tuple(found[:MOST_NOTICES]) + more
