"""The sweep map as the browser reads it: axes first, then cells, the best of them, the chaotic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from declarations import choice, span, word
from engine.notation.letters import plain
from engine.run.cancel import Check
from engine.setup.experiment import Experiment
from engine.setup.handles import Handle
from engine.setup.labels import labels
from engine.setup.link import SLOTS
from engine.theory.boundaries import Boundary, boundaries
from labs.sweep.axes import NOTES, Axes, Axis, Wanted, axes, offered
from labs.sweep.batch_sizes import BATCH, placed
from labs.sweep.colors import COLORS, best, chaotic, ranges
from labs.sweep.headers import (
    Sweepable,
    SweepAxis,
    SweepBest,
    SweepCells,
    SweepChaos,
    SweepLine,
    SweepOpening,
    SweepTheory,
)
from labs.sweep.study import NUDGE, Ends, Tile, blank, cut, ends, put, slabs, tiles
from packets.asked import Asked
from packets.handles import group, usual
from packets.look import Look
from packets.model import stand_ins
from packets.outcome import endings
from packets.packet import pack


@dataclass(frozen=True)
class SweepLook(Look):
    """What is on the map's axes and in its colors."""

    across: str = word("", "across", help="The setting across the sweep map.")
    up: str = word("", "up", help="The setting up the sweep map.")
    reach_across: tuple[()] | tuple[str, float, float] = span(
        "range across", help="From where to where the sweep map reaches across."
    )
    reach_up: tuple[()] | tuple[str, float, float] = span(
        "range up", help="From where to where the sweep map reaches up."
    )
    third: str = word("", "in each map", help="A setting that differs from map to map.")
    color: str = choice("loss", tuple(COLORS), "color", help="What the sweep map's colors show.")


def sweep_packets(asked: Asked[SweepLook], check: Check) -> Iterator[bytes]:
    """Yield the map that is asked for: what is on its axes, a coarse map, finer ones, the rest.

    Each packet's header says in `part` what it brings: `axes`, `cells`, `theory`, `best` or
    `chaos`.
    """
    experiment, lane, plan = planned(asked)
    yield _opening(experiment, lane, plan)
    whole = blank(plan.shape)
    for number, tile in enumerate(tiles(*plan.shape[1:])):
        found = ends(experiment, lane, plan.settings(tile.rows, tile.columns), check=check)
        put(whole, tile, found)
        yield _cells(experiment, whole, tile, found)
        if not number:
            yield _theory(experiment, lane, plan)
    found_best: SweepBest = {"part": "best", "best": {c: best(whole, c) for c in COLORS}}
    yield pack(found_best, {})
    yield from _chaos(experiment, lane, plan, whole, check)


def planned(asked: Asked[SweepLook]) -> tuple[Experiment, int, Axes]:
    """Return what is mapped: an experiment, which of its lanes, and over which axes."""
    experiment, view, _ = asked
    lane = view.lane(experiment)
    wanted = Wanted(view.across, view.up, view.third, view.reach_across, view.reach_up)
    return experiment, lane, axes(experiment, lane, wanted)


def _chaos(
    experiment: Experiment, lane: int, plan: Axes, whole: Ends, check: Check
) -> Iterator[bytes]:
    """Run everything again from a start that is moved by a hair, and mark what changed."""
    scales = ranges(experiment, whole)
    for tile in slabs(*plan.shape[1:]):
        settings = plan.settings(tile.rows, tile.columns)
        moved = ends(experiment, lane, settings, nudge=NUDGE, check=check)
        known = cut(whole, tile)
        header: SweepChaos = {"part": "chaos"}
        yield pack(header, {**_where(tile), "chaotic": chaotic(known, moved, scales)})


def _opening(experiment: Experiment, lane: int, plan: Axes) -> bytes:
    header: SweepOpening = {
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
    return pack(header, {})


def _unruled(plan: Axes) -> list[str]:
    """Say why theory draws no line over batch sizes."""
    if BATCH not in (plan.across.handle.key, plan.up.handle.key):
        return []
    return [NOTES["batches"]]


def _axis(experiment: Experiment, axis: Axis) -> SweepAxis:
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


def _entry(experiment: Experiment, handle: Handle) -> Sweepable:
    symbol = plain(handle.declaration.symbol)
    label = handle.declaration.label
    said = label if symbol in label.split() else f"{label} {symbol}"
    return {"key": handle.key, "label": said, "symbol": symbol, "group": group(experiment, handle)}


def _cells(experiment: Experiment, whole: Ends, tile: Tile, found: Ends) -> bytes:
    header: SweepCells = {
        "part": "cells",
        "block": list(tile.block),
        "ranges": ranges(experiment, whole),
    }
    return pack(header, {**_where(tile), **found._asdict()})


def _where(tile: Tile) -> dict[str, np.ndarray[Any, Any]]:
    return {"rows": tile.rows, "columns": tile.columns}


def _theory(experiment: Experiment, lane: int, plan: Axes) -> bytes:
    """Return theory's lines on every panel, as places on both axes."""
    across, up = plan.across.handle, plan.up.handle
    searched = None if experiment.surface.proven else _searched(plan)
    lines: list[SweepLine] = []
    arrays = {}
    for panel, there in enumerate(_panels(experiment, plan)):
        for line in boundaries(there, lane, across.key, up.key, searched):
            arrays[f"across{len(lines)}"] = across.declaration.axis.place(line.across)
            arrays[f"up{len(lines)}"] = up.declaration.axis.place(line.up)
            lines.append(_line(panel, line))
    header: SweepTheory = {"part": "theory", "lines": lines}
    return pack(header, arrays)


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


def _line(panel: int, line: Boundary) -> SweepLine:
    point = (float(line.across[0]), float(line.up[0])) if line.kind == "point" else None
    return {
        "panel": panel,
        "name": line.name,
        "label": line.label,
        "local": line.local,
        "kind": line.kind,
        "point": point,
    }
