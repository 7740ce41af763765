"""What mirror symmetry says about critical points."""

from collections.abc import Iterator
from itertools import product

import numpy as np

from surfaces.base import Critical


def mirrored(*points: Critical) -> Iterator[Critical]:
    """Yield the points and their mirror images in both axes, those on an axis once."""
    for x, y, value, kind in points:
        for i, j in product(_signs(x), _signs(y)):
            yield Critical(i * x, j * y, value, kind)


def _signs(coordinate: float) -> tuple[int, ...]:
    return (1, -1) if np.any(coordinate) else (1,)
