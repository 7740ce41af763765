"""What a script has of a loss of data: its rows, and of many rows the means over arrays."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from surfaces.data.rows import Rows


def written(data: Rows) -> Mapping[str, str]:
    """Return the source of those methods of a regression that hold rows or go through them."""
    if isinstance(data, np.ndarray):
        return {"rows": _KEPT.format(data.tolist()), **_ON_ARRAYS}
    return {"rows": f"def rows(self):\n    return {data!r}"}


_KEPT = "def rows(self, kept=np.array({})):\n    return kept"
_ON_ARRAYS = {
    "seen": """def seen(self, t):
    data = self.rows()
    return Batch(self, data[self.drawn(t, len(data))])""",
    "mean_cost": """def mean_cost(self, x, y, data):
    u, v = data.T
    return np.mean(self.cost(x * u + y, v))""",
    "mean_slope": """def mean_slope(self, x, y, data):
    u, v = data.T
    slope = self.slope(x * u + y, v)
    return np.mean(slope * u), np.mean(slope)""",
    "mean_bend": """def mean_bend(self, x, y, data):
    u, v = data.T
    bend = self.bend(x * u + y, v) + 0 * u
    return np.mean(bend * u * u), np.mean(bend * u), np.mean(bend)""",
}
