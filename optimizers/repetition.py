"""A step repeated a bounded number of times, lane by lane: what a search for its length needs."""

from collections.abc import Callable
from functools import singledispatch
from typing import Any

import numpy as np


@singledispatch
def repeated(
    value: Any, most: int, again: Callable[[Any], Any], change: Callable[[Any], Any]
) -> tuple[Any, Any]:
    """Change a value of shape (...) as long as `again` holds of it, at most `most` >= 1 times.

    Returns the value and where `again` still held at the last look, both of shape (...). A lane
    whose search has ended keeps its value while others go on.
    """
    for _ in range(most):
        holds = again(value)
        if not np.any(holds):
            break
        value = np.where(holds, change(value), value)
    return value, holds
