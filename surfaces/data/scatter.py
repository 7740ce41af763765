"""How far the gradients of batches scatter around the gradient of all rows."""

from __future__ import annotations

import numpy as np

from surfaces.base import Array
from surfaces.data.many import BLOCK, grouped
from surfaces.data.regression import Regression


def batch_scatter(loss: Regression, path: Array) -> Array:
    """Return g_x, g_y of all rows and C_xx, C_xy, C_yy of a batch's gradient, shape (n, 5).

    `path` has shape (n, 2). C is the covariance S of single rows' gradients divided by the batch
    size B, and without replacement by (N - B) / (N - 1) smaller (Cochran, Sampling Techniques).
    """
    rows = np.array(loss.rows())
    count, size = len(rows), int(loss.batch)
    data = grouped(rows) if isinstance(loss.rows(), np.ndarray) else rows
    u, v = data[:, 0], data[:, 1]
    weight = data[:, 2] if data.shape[1] == 3 else np.full(count, 1.0 / count)
    left = 1.0 if loss.replacement else (count - size) / (count - 1)
    found = np.empty((len(path), 5))
    step = max(1, BLOCK // len(data))
    with np.errstate(all="ignore"):
        for k in range(0, len(path), step):
            x, y = path[k : k + step].T
            slope = loss.slope(np.outer(x, u) + y[:, None], v)
            gx, gy = (slope * u) @ weight, slope @ weight
            square = slope * slope
            xx, xy, yy = ((square * part) @ weight for part in (u * u, u, np.ones_like(u)))
            spread = (xx - gx * gx, xy - gx * gy, yy - gy * gy)
            found[k : k + step] = np.stack((gx, gy, *(s * left / size for s in spread)), axis=1)
    return found
