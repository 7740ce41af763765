"""All stops of one handle as the browser reads them: paths, losses and outcomes at each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from engine.run.outcome import Record, goal, judged
from engine.setup.experiment import Experiment
from engine.setup.handles import find, turned
from engine.study.fan import Course, Fan, ends, fan
from packets.landscape import critical, ground
from packets.outcome import told
from packets.packet import pack
from packets.race import caption, lane_caption
from surfaces.base import Array, Critical, Surface

Marked = tuple[Critical, ...]

GROUND = 64
"""Nodes along each side of the maps that are shown while a surface's number slides."""


def fan_packet(
    experiment: Experiment, key: str, low: float | None = None, high: float | None = None
) -> bytes:
    """Return all stops of a handle, or a header with the `problem` if there is no such handle.

    Arrays: `x0` (stops, steps + 1, 2) and `gap0` (stops, steps + 1), the loss above the global
    minimum, or `loss0` where there is none, for each lane that the handle moves. For a handle of
    the surface also `ground` (stops, 64, 16): the map's colors, four bytes in each whole number.
    """
    if find(experiment, key) is None:
        return pack({"problem": f"{key[:50]!r} is no setting of this experiment"}, {})
    found = fan(experiment, key, low, high)
    at = [turned(experiment, {key: _plain(found, stop)}) for stop in found.stops.tolist()]
    marked = _marked(at)
    lowest = [_lowest(points) for points in marked]
    header: dict[str, Any] = {
        "key": key,
        "stops": [found.handle.declaration.write(_plain(found, v)) for v in found.stops.tolist()],
        "values": found.stops.tolist(),
        "range": list(ends(experiment, found.handle, low, high)),
        "lowest": lowest,
        "starts": [list(one.start) for one in at],
        "captions": [caption(one) for one in at],
        "lanes": [_lane(k, at, marked, course) for k, course in found.courses.items()],
    }
    arrays = dict(_arrays(found, lowest))
    if key.startswith("surface."):
        header["critical"] = [
            [critical(c, one.surface) for c in points]
            for one, points in zip(at, marked, strict=True)
        ]
        arrays["ground"] = np.array([ground(one.surface, GROUND) for one in at]).view("<i4")
    return pack(header, arrays)


def _lane(k: int, at: list[Experiment], marked: list[Marked], course: Course) -> dict[str, Any]:
    return {
        "k": k,
        "captions": [lane_caption(one.lanes[k]) for one in at],
        "outcomes": list(_outcomes(at, marked, course)),
    }


def _plain(found: Fan, stop: float) -> float:
    return int(stop) if found.handle.declaration.whole else stop


def _marked(at: list[Experiment]) -> list[Marked]:
    """Return each stop's critical points, which some surfaces have to search for, found once."""
    if all(one.surface == at[0].surface for one in at):
        return [at[0].surface.critical_points] * len(at)
    return [one.surface.critical_points for one in at]


def _minima(points: Marked) -> Marked:
    return tuple(c for c in points if c.kind == "global minimum")


def _lowest(points: Marked) -> float | None:
    minima = _minima(points)
    return minima[0].value if minima else None


def _outcomes(
    at: list[Experiment], marked: list[Marked], course: Course
) -> Iterator[dict[str, Any]]:
    """Yield a lane's outcome at each stop, as the race tells it."""
    steps, each = len(course.x) - 1, np.arange(len(at))
    last = np.where(course.diverged < 0, steps, np.maximum(course.diverged - 1, 0))
    points, losses = course.x[last, :, each].T, course.loss[last, each]
    surfaces, tolerance = [one.surface for one in at], at[0].tolerance
    with np.errstate(all="ignore"):
        far = _distances(at, marked, points)
    record = Record(course.x, course.loss, course.diverged)
    for j, found in enumerate(judged(record, surfaces, tolerance)):
        diverged = int(course.diverged[j])
        yield {
            "final": _finite(losses[j]),
            "distance": _finite(far[j]),
            "diverged": diverged,
            "evaluations": int(course.evaluations[last[j]][1]),
            **told(found, diverged, goal(surfaces[j], tolerance).leaving),
        }


def _distances(at: list[Experiment], marked: list[Marked], points: Array) -> Array:
    """Return the distances to the nearest global minimum, as each stop's surface defines them."""
    surface = at[0].surface
    if all(one.surface == surface for one in at):
        return surface.distance(points)
    if type(surface).distance is not Surface.distance:
        return np.array([one.surface.distance(p) for one, p in zip(at, points.T, strict=True)])
    return np.array([_nearest(_minima(c), p) for c, p in zip(marked, points.T, strict=True)])


def _nearest(minima: Marked, point: Array) -> float:
    gaps = [np.hypot(point[0] - c.x, point[1] - c.y) for c in minima]
    return float(min(gaps)) if gaps else np.nan


def _finite(value: Any) -> float | None:
    return float(value) if np.isfinite(value) else None


def _arrays(found: Fan, lowest: list[float | None]) -> Iterator[tuple[str, Array]]:
    for k, course in found.courses.items():
        yield f"x{k}", np.moveaxis(course.x, 2, 0)
        if None in lowest:
            yield f"loss{k}", course.loss.T
        else:
            yield f"gap{k}", (course.loss - np.array(lowest, dtype=float)).T
