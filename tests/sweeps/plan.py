"""What is on a sweep map's axes and where theory draws lines, as a page has to plan it."""

from __future__ import annotations

from typing import Any

from engine.notation.letters import plain
from engine.setup.experiment import Experiment
from engine.setup.handles import Handle
from engine.setup.labels import labels
from engine.setup.link import SLOTS
from labs.sweep.look import SweepLook
from labs.sweep.maps import BATCH, NOTES
from packets.handles import group, usual
from packets.model import stand_ins
from packets.outcome import endings
from tests.sweeps.axes import Axes, Axis, Wanted, axes, offered
from tests.sweeps.batch_sizes import placed
from tests.sweeps.boundaries import boundaries


def planned(experiment: Experiment, view: SweepLook) -> tuple[int, Axes]:
    """Return which lane is mapped, and over which axes."""
    lane = view.lane(experiment)
    wanted = Wanted(view.across, view.up, view.third, view.reach_across, view.reach_up)
    return lane, axes(experiment, lane, wanted)


def opening(experiment: Experiment, lane: int, plan: Axes) -> dict[str, Any]:
    """Return what is on the axes, what else could be, and what is said of it."""
    return {
        "part": "axes",
        "lane": {"slot": SLOTS[lane], "label": labels(experiment)[lane]},
        "axes": {
            "across": _axis(experiment, plan.across),
            "up": _axis(experiment, plan.up),
            "third": _axis(experiment, plan.third) if plan.third else None,
        },
        "menu": [_entry(experiment, handle) for handle in offered(experiment, lane)],
        "notes": [*plan.notes, *stand_ins(experiment.surface), *_unruled(plan)],
        "minimum": experiment.surface.lowest is not None,
        "steps": experiment.steps,
        "tolerance": experiment.tolerance,
        "endings": endings(),
    }


def _unruled(plan: Axes) -> list[str]:
    """Say why theory draws no line over batch sizes."""
    if BATCH not in (plan.across.handle.key, plan.up.handle.key):
        return []
    return [NOTES["batches"]]


def _axis(experiment: Experiment, axis: Axis) -> dict[str, Any]:
    declared = axis.handle.declaration
    return {
        **_entry(experiment, axis.handle),
        "scale": declared.scale,
        "low": declared.low,
        "high": declared.high,
        "smallest": declared.axis.nearest,
        "usual": usual(experiment, axis.handle),
        "values": [declared.write(float(value)) for value in axis.values],
        "places": declared.axis.place(axis.values).tolist(),
    }


def _entry(experiment: Experiment, handle: Handle) -> dict[str, Any]:
    symbol = plain(handle.declaration.symbol)
    label = handle.declaration.label
    said = label if symbol in label.split() else f"{label} {symbol}"
    return {"key": handle.key, "label": said, "symbol": symbol, "group": group(experiment, handle)}


def theory(
    experiment: Experiment, lane: int, plan: Axes
) -> tuple[dict[str, Any], dict[str, list[float]]]:
    """Return theory's lines on every panel, and their places on both axes."""
    across, up = plan.across.handle, plan.up.handle
    searched = None if experiment.surface.proven else _searched(plan)
    lines, places = [], {}
    for panel, there in enumerate(_panels(experiment, plan)):
        for line in boundaries(there, lane, across.key, up.key, searched):
            places[f"across{len(lines)}"] = across.declaration.axis.place(line.across).tolist()
            places[f"up{len(lines)}"] = up.declaration.axis.place(line.up).tolist()
            point = [float(line.across[0]), float(line.up[0])] if line.kind == "point" else None
            told = {"name": line.name, "label": line.label, "local": line.local}
            lines.append({"panel": panel, **told, "kind": line.kind, "point": point})
    return {"part": "theory", "lines": lines}, places


def _searched(plan: Axes) -> list[float] | None:
    """Return the values of an axis at which minima are known."""
    sides = (plan.across, plan.up)
    return next((s.values.tolist() for s in sides if s.handle.key.startswith("surface.")), None)


def _panels(experiment: Experiment, plan: Axes) -> list[Experiment]:
    if plan.third is None:
        return [experiment]
    handle, values = plan.third
    return [placed(experiment, {handle.key: _exact(handle, value)}) for value in values]


def _exact(handle: Handle, value: float) -> float:
    return int(value) if handle.declaration.whole else float(value)
