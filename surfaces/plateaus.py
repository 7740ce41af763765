"""Plateaus: where a surface is equally low over an area, its middle stands for all of it."""

from __future__ import annotations

from typing import Any

import numpy as np

from surfaces.base import Array

LARGEST = 1 / 4
"""What covers a larger share of a window is a plain, in which there is nothing to end in."""

Cell = tuple[int, int]


def middles(low: np.ndarray[Any, np.dtype[np.bool_]]) -> list[Cell]:
    """Return the middle node, (row, column), of each plateau among a grid's nodes that are lowest.

    A plateau at the edge goes on beyond it, and has no middle.
    """
    if low.mean() > LARGEST:
        return []
    square = low[:-1, :-1] & low[1:, :-1] & low[:-1, 1:] & low[1:, 1:]
    left = {(int(row), int(column)) for row, column in np.argwhere(low)}
    found = list[Cell]()
    for row, column in np.argwhere(square).tolist():
        if (row, column) not in left:
            continue
        nodes = _taken(left, (row, column))
        if nodes.min() > 0 and nodes.max() < len(low) - 1:
            found.append(_middle(nodes))
    return found


def _taken(left: set[Cell], first: Cell) -> Array:
    """Take the nodes that hang together with one of them out of those that are left."""
    ahead, found = [first], list[Cell]()
    left.discard(first)
    while ahead:
        row, column = ahead.pop()
        found.append((row, column))
        for beside in ((row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1)):
            if beside in left:
                left.discard(beside)
                ahead.append(beside)
    return np.array(sorted(found), dtype=float)


def _middle(nodes: Array) -> Cell:
    far = np.sum((nodes - nodes.mean(axis=0)) ** 2, axis=1)
    row, column = nodes[int(np.argmin(far))].astype(int).tolist()
    return row, column
