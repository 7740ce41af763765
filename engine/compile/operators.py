"""What a recorded operation is on plain numbers and on arrays, where the two differ."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from typing import Any, cast

import numpy as np

from engine.compile.tracing import Node, Operation
from surfaces.base import Array

_AS_WRITTEN: Mapping[Operation, Operation] = {
    np.add: operator.add,
    np.subtract: operator.sub,
    np.multiply: operator.mul,
    np.true_divide: operator.truediv,
    np.floor_divide: operator.floordiv,
    np.remainder: operator.mod,
    np.power: operator.pow,
    np.negative: operator.neg,
    np.positive: operator.pos,
    np.absolute: operator.abs,
    np.greater: operator.gt,
    np.greater_equal: operator.ge,
    np.less: operator.lt,
    np.less_equal: operator.le,
    np.equal: operator.eq,
    np.not_equal: operator.ne,
}
"""The operators behind NumPy's functions: on plain numbers the two differ (0.9**t, 1 / 0)."""


def as_written(node: Node) -> Operation:
    """Return what computes a node as the rule's own line does."""
    operation = cast(Operation, node.operation)
    return _AS_WRITTEN.get(operation, operation)


_POWERS = {2: np.square, 1: np.positive, 0.5: np.sqrt, -1: np.reciprocal}


def in_effect(node: Node, exponent: Any = None) -> Any:
    """Return what NumPy's `**` on an array is for this exponent, or the operation as it stands.

    `exponent` is the value, where it is not written in the rule itself.
    """
    if node.operation is not np.power:
        return node.operation
    exponent = node.parts[1] if exponent is None else exponent
    return node.operation if isinstance(exponent, Node) else _POWERS.get(exponent, np.power)


def side_by_side(x: Any, y: Any, axes: int) -> Any:
    """Put two coordinates together that may differ from lane to lane: an array of `axes` axes.

    The coordinates come first; a number that all lanes share has an axis of length 1 for each of
    theirs, so that it is never taken for one number a lane.
    """
    pair = np.array(np.broadcast_arrays(x, y))
    return pair.reshape(2, *(1,) * (axes - pair.ndim), *pair.shape[1:])


def spread_over(noise: Array, axes: int) -> Array:
    """Return noise with as many axes as what it is added to: new ones for lanes that share it."""
    return noise.reshape(*noise.shape, *(1,) * (axes - noise.ndim))
