"""The rules that a saved page offers beside its own: all that a race tells of a rule alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from declarations import Switch, declarations
from engine.setup.experiment import Experiment, Lane
from engine.setup.handles import lane_handles
from engine.setup.labels import said_settings
from engine.setup.link import SLOTS
from optimizers import OPTIMIZERS, Optimizer
from packets.handles import told_handle
from packets.headers import Named, OfferedRule
from packets.modules import modules
from packets.race import lane_caption, memory_names
from packets.theory import theory


def offered(experiment: Experiment) -> list[OfferedRule]:
    """Return the menu's rules that can run in the browser on this surface, in the menu's order.

    Settings are the menu's, but each switch stands both ways. The numbers of a printed rule come
    for runs with noise and without.
    """
    told = (
        _told(experiment, name, form) for name, kind in OPTIMIZERS.items() for form in _forms(kind)
    )
    return [rule for rule in told if rule is not None]


def named(experiment: Experiment) -> list[Named]:
    """Return what each lane is called, before those of one name are told apart."""
    lanes = zip(SLOTS, experiment.lanes, strict=False)
    return [{"label": lane.label, "says": said_settings(lane, slot)} for slot, lane in lanes]


def _forms(kind: type[Any]) -> Iterator[Optimizer]:
    """Yield a rule as the menu has it, and with each of its switches the other way."""
    yield kind()
    for name, declaration in declarations(kind).items():
        if isinstance(declaration, Switch):
            yield replace(kind(), **{name: not getattr(kind(), name)})


def _switched(optimizer: Optimizer) -> dict[str, str]:
    kind: type[Any] = type(optimizer)
    usual = kind()
    return {
        name: declaration.write(getattr(optimizer, name))
        for name, declaration in declarations(kind).items()
        if isinstance(declaration, Switch) and getattr(optimizer, name) != getattr(usual, name)
    }


def _told(experiment: Experiment, name: str, optimizer: Optimizer) -> OfferedRule | None:
    alone = replace(experiment, lanes=(Lane(optimizer),), steps=1)
    (found,) = modules(alone, 0)
    if found is None:
        return None
    switched = _switched(optimizer)
    says = said_settings(alone.lanes[0], SLOTS[0])
    kind = type(optimizer).__name__
    apart = [words for key, words in says if key.removeprefix(f"{kind}.") in switched]
    told: OfferedRule = {
        "name": name,
        "label": optimizer.title,
        "says": says,
        "option": ", ".join((optimizer.title, *apart)),
        "switched": switched,
        "captions": [lane_caption(replace(lane, optimizer=optimizer)) for lane in experiment.lanes],
        "handles": [told_handle(each, alone) for each in lane_handles(alone, 0)],
        "memory": memory_names(optimizer),
        "velocity": optimizer.velocity,
        "theory": theory(alone, 0)[0],
        "modules": found,
    }
    return told
