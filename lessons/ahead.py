"""What follows a committed prediction, for a page that may lose its line: sent at once.

Each phase is a packet of what differs from the run that is watched, compressed by itself. The page
opens it when its own questions have been answered, and not before: the outcome of the transfer is
in no legible form on the page until the transfer is committed. What has been predicted is told
nobody: the page compares answers with what is true.
"""

from __future__ import annotations

import zlib
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np

from engine.setup.experiment import Experiment
from labs.view import View
from lessons.headers import AheadHeader
from lessons.lesson import Lesson
from lessons.packet import lesson_packet
from lessons.sitting import Sitting, phases
from lessons.standing import Standing, begun
from packets.packet import pack, unpack
from surfaces.base import Array

LARGEST = 200_000
"""A variation of more characters is not sent ahead: its rows are many."""

Header = dict[str, Any]
Arrays = dict[str, Array]

BASE = "watch"
"""The phase that is told whole; the others tell what differs from it."""

HERE = "here"
"""What is called so is no phase, but what somebody has set in one."""


@lru_cache(maxsize=128)
def ahead(lesson: Lesson) -> AheadHeader:
    """Return every phase of a lesson by its name, variations as `explain.0` and so on.

    `grounds`, `labs` and `modules` name what the page has to fetch besides.
    """
    packets = {
        name: unpack(lesson_packet(lesson, sitting, experiment, view))
        for name, sitting, experiment, view in moments(lesson)
    }
    header, arrays = packets[BASE]
    found = {name: _packed(*packet, BASE, header, arrays) for name, packet in packets.items()}
    found[BASE] = _packed(header, arrays)
    found = {name: text for name, text in found.items() if "." not in name or len(text) <= LARGEST}
    told = [header for header, _ in packets.values()]
    lanes = [lane for header in told for lane in header["modules"] if lane]
    return {
        "of": lesson.key,
        "phases": found,
        "grounds": sorted({header["surface"]["key"] for header in told}),
        "labs": sorted({header["view"]["lab"] for header in told}),
        "modules": sorted({address for lane in lanes for address in lane.values()}),
    }


@lru_cache(maxsize=8)
def carried(lesson: Lesson, here: Standing | None = None) -> dict[str, str]:
    """Return every phase by its name, and as it is seen from every other lane as `explain/1`.

    Each names the one `of` which it tells what differs: the one that leaves least to tell. `here`
    is what somebody has set in one of them, of the same name.
    """
    whole = dict[str, tuple[Header, Arrays]]()
    found = dict[str, str]()
    own = [(HERE, *here)] if here else []
    for name, sitting, experiment, view in sorted([*moments(lesson), *own], key=_later):
        lanes = range(len(experiment.lanes))
        for k in sorted(lanes, key=lambda k: k != min(view.chosen, lanes[-1])):
            lane = f"/{k}" if name in found else ""
            seen = replace(view, chosen=k)
            packet = unpack(lesson_packet(lesson, sitting, experiment, seen))
            bases = (name, f"{sitting.phase}{lane}", f"{BASE}{lane}", BASE)
            near = [one for one in bases if one in whole]
            told = (_packed(*packet, of, *whole[of]) for of in dict.fromkeys(near))
            found[name + lane] = min(told, key=len, default="") or _packed(*packet)
            whole[name + lane] = packet
    return found


def _later(moment: tuple[str, Sitting, Experiment, View]) -> int:
    return (moment[0] != BASE) + (moment[0] == HERE)


def moments(lesson: Lesson) -> Iterator[tuple[str, Sitting, Experiment, View]]:
    """Yield every phase and variation by name: its sitting, its experiment, how it is seen."""
    for phase in phases(lesson):
        yield phase, *begun(lesson, Sitting(phase))
    for k in range(len(lesson.variations)):
        yield f"explain.{k}", *begun(lesson, Sitting("explain", variation=str(k)))


def _packed(
    header: Header,
    arrays: Arrays,
    of: str = "",
    base: Mapping[str, Any] = MappingProxyType({}),
    known: Mapping[str, Array] = MappingProxyType({}),
) -> str:
    """Return what a packet tells otherwise than the one it is `of`, and which arrays are the same.

    Of none it tells all.
    """
    differing = {name: told for name, told in header.items() if base.get(name, ...) != told}
    kept = [name for name, array in arrays.items() if _same(array, known.get(name))]
    new = {name: array for name, array in arrays.items() if name not in kept}
    return b64encode(zlib.compress(pack(differing | {"of": of, "kept": kept}, new))).decode()


def _same(array: Array, other: Array | None) -> bool:
    return other is not None and np.array_equal(array, other, equal_nan=True)
