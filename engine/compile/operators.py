"""What a recorded operation is on plain numbers and on arrays, where the two differ."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from typing import Any, cast

import numpy as np

from engine.compile.tracing import Node, Operation

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


def on_arrays(node: Node) -> Any:
    """Return what NumPy's `**` on an array is for this exponent, or the operation as it stands."""
    if node.operation is not np.power or isinstance(node.parts[1], Node):
        return node.operation
    return _POWERS.get(node.parts[1], np.power)
