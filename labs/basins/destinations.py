"""Where runs may end: minima, of which a whole valley of them is one."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from engine.study.minima import all_minima, declared_minima, radii
from surfaces.base import Array, Critical, Surface, Whole, Window


class Destinations(NamedTuple):
    """What runs may end in, the `named` ones first; a valley's minimum stands for all of it.

    A run is at destination `owners[k]` when it comes closer than `reach[k]` to `places[k]`.
    """

    minima: tuple[Critical, ...]
    named: int
    places: tuple[Critical, ...]
    owners: Whole
    reach: Array


@lru_cache(maxsize=64)
def destinations(surface: Surface, window: Window) -> Destinations:
    """Return all minima of a surface, those of one valley as one."""
    declared, known = declared_minima(surface), all_minima(surface, window)
    floors: dict[Critical, Any] = {c: surface.valleys.get((c.x, c.y)) for c in declared}
    of_valley: dict[int, list[Critical]] = {}
    for c, floor in floors.items():
        if floor is not None:
            of_valley.setdefault(floor.valley, []).append(c)
    standing = {k: _middle(minima) for k, minima in of_valley.items()}
    chosen = [standing[floors[c].valley] if floors.get(c) else c for c in known]
    minima = tuple(dict.fromkeys(chosen))
    numbers = {c: k for k, c in enumerate(minima)}
    places, owners = list[Critical](), list[int]()
    for c, stand in zip(known, chosen, strict=True):
        along = floors[c].piece if floors.get(c) else ()
        places += [stand._replace(x=x, y=y) for x, y in ((c.x, c.y), *along)]
        owners += [numbers[stand]] * (1 + len(along))
    named = len(minima) - (len(known) - len(declared))
    whose = np.array(owners, dtype=np.int64)
    reach = radii(tuple(places), window, whose) if places else np.zeros(0)
    return Destinations(minima, named, tuple(places), whose, reach)


def _middle(minima: list[Critical]) -> Critical:
    """Return the one in the middle from left to right, in which a valley's name stands."""
    return sorted(minima, key=lambda c: (c.x, c.y))[len(minima) // 2]
