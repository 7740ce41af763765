"""A setting that can be turned, as the browser reads it."""

from __future__ import annotations

from typing import Any

from declarations import defaults, say
from engine.notation.letters import plain
from engine.setup.experiment import Experiment
from engine.setup.handles import Handle, reach
from engine.setup.labels import labels
from engine.setup.link import SLOTS
from packets.headers import HandleHeader


def told_handle(handle: Handle, experiment: Experiment) -> HandleHeader:
    """Return what the browser needs to turn a handle; a start may go over the surface's window."""
    declared, window = handle.declaration, experiment.surface.window
    return {
        "key": handle.key,
        "owner": handle.owner,
        "lane": handle.lane,
        "label": declared.label,
        "value": declared.write(handle.value),
        "scale": declared.scale,
        "limits": (declared.low, declared.high),
        "smallest": declared.axis.nearest,
        "whole": declared.whole,
        "searched": declared.searched,
        "help": declared.help,
        "reach": reach(handle, window[1 if handle.key == "y" else 0]),
        "symbol": plain(declared.symbol),
        "usual": usual(experiment, handle),
        "group": group(experiment, handle),
    }


def group(experiment: Experiment, handle: Handle) -> str:
    """Return under which title a menu offers a handle."""
    if handle.lane is not None:
        schedule = experiment.lanes[handle.lane].schedule
        return schedule.title if ".schedule." in handle.key else labels(experiment)[handle.lane]
    return experiment.surface.title if handle.owner else "Start and noise"


def usual(experiment: Experiment, handle: Handle) -> str:
    """Return the text of the value that a link leaves out."""
    *path, name = handle.key.split(".")
    if name in ("x", "y") and not path:
        return say(experiment.surface.start["xy".index(name)])
    owner: Any = experiment
    for part in path:
        owner = experiment.lanes[SLOTS.index(part)] if part in SLOTS else getattr(owner, part)
    owner = owner.optimizer if hasattr(owner, "optimizer") else owner
    usual = defaults(type(owner))[name]
    return usual if isinstance(usual, str) else say(float(usual))
