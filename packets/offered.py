"""The rules that a saved page offers beside its own: all that a race tells of a rule alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from engine.setup.experiment import Experiment, Lane
from engine.setup.handles import lane_handles
from optimizers import OPTIMIZERS, Optimizer
from packets.handles import told_handle
from packets.headers import OfferedRule
from packets.modules import modules
from packets.race import lane_caption, memory_names
from packets.theory import theory


def offered(experiment: Experiment) -> list[OfferedRule]:
    """Return the menu's rules that can run in the browser on this surface, in the menu's order.

    Settings are the menu's. The numbers of a printed rule come for runs with noise and without.
    """
    menu: dict[str, type[Any]] = OPTIMIZERS
    told = (_told(experiment, name, kind()) for name, kind in menu.items())
    return [rule for rule in told if rule is not None]


def _told(experiment: Experiment, name: str, optimizer: Optimizer) -> OfferedRule | None:
    alone = replace(experiment, lanes=(Lane(optimizer),), steps=1)
    (found,) = modules(alone, 0)
    if found is None:
        return None
    told: OfferedRule = {
        "name": name,
        "label": optimizer.title,
        "captions": [lane_caption(replace(lane, optimizer=optimizer)) for lane in experiment.lanes],
        "handles": [told_handle(each, alone) for each in lane_handles(alone, 0)],
        "memory": memory_names(optimizer),
        "velocity": optimizer.velocity,
        "theory": theory(alone, 0)[0],
        "modules": found,
    }
    return told
