"""A small picture of an experiment before it runs: contours, the start, the minima, the lanes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from engine.setup.experiment import Experiment
from packets.palette import STYLES
from surfaces.base import Array

WIDTH, HEIGHT = 160, 110
COLUMNS, ROWS = 49, 35
LEVELS = 9
TICKS = 5


def picture(experiment: Experiment) -> str:
    """Return it as SVG; nothing in it depends on a run, so it gives no answer away."""
    return _picture(experiment, _dots(experiment))


def picture_with_axes(experiment: Experiment) -> str:
    """Return it as SVG with numbers along its edges, to be printed and marked by hand.

    They stand at the edges that are farther from the start, which would cover them.
    """
    (x0, x1), (y0, y1) = experiment.surface.window
    below = HEIGHT - 2 if experiment.y > (y0 + y1) / 2 else 6
    beside, anchor = (WIDTH - 2, "end") if experiment.x < (x0 + x1) / 2 else (2, "start")
    words = [
        f'<text x="{WIDTH * s:.1f}" y="{below}" text-anchor="middle">{_told(s, x0, x1)}</text>'
        f'<text x="{beside}" y="{HEIGHT * (1 - s) + 1.5:.1f}" text-anchor="{anchor}">'
        f"{_told(s, y0, y1)}</text>"
        for s in (k / TICKS for k in range(1, TICKS))
    ]
    halo = 'fill="currentColor" stroke="#fff" stroke-width="1.2" paint-order="stroke"'
    return _picture(experiment, f'<g font-size="5" {halo}>{"".join(words)}</g>')


def picture_with_paths(experiment: Experiment) -> str:
    """Return it as SVG with the path of every lane."""
    (x0, x1), (y0, y1) = experiment.surface.window
    paths = ""
    for lane, run in zip(experiment.lanes, experiment.runs(), strict=True):
        x = run.x[np.all(np.isfinite(run.x), axis=1)]
        across = np.clip((x[:, 0] - x0) / (x1 - x0) * WIDTH, -WIDTH, 2 * WIDTH)
        up = np.clip(HEIGHT - (x[:, 1] - y0) / (y1 - y0) * HEIGHT, -HEIGHT, 2 * HEIGHT)
        points = " ".join(f"{px:.1f},{py:.1f}" for px, py in zip(across, up, strict=True))
        color = STYLES[lane.color].light
        paths += f'<polyline points="{points}" stroke="{color}" stroke-width="1.6"/>'
    return _picture(experiment, paths + _dots(experiment))


def _dots(experiment: Experiment) -> str:
    """Return a dot for each lane, in the order and the colors of the lanes."""
    return "".join(
        f'<circle cx="{8 + 10 * k}" cy="{HEIGHT - 8}" r="3.5" fill="{STYLES[lane.color].light}" '
        'stroke="none"/>'
        for k, lane in enumerate(experiment.lanes)
    )


def _picture(experiment: Experiment, above: str) -> str:
    (x0, x1), (y0, y1) = experiment.surface.window
    xs, ys = np.linspace(x0, x1, COLUMNS), np.linspace(y0, y1, ROWS)
    with np.errstate(all="ignore"):
        heights = experiment.surface.value(np.array(np.meshgrid(xs, ys)))
    levels = np.unique(np.quantile(heights[np.isfinite(heights)], np.linspace(0.04, 0.94, LEVELS)))
    lines = "".join(
        f'<path d="{"".join(contour(heights, level))}" stroke-opacity="{0.65 - 0.05 * k:.2f}"/>'
        for k, level in enumerate(levels)
    )
    marks = "".join(
        f'<path d="M{_x(c.x, x0, x1) - 3:.1f} {_y(c.y, y0, y1):.1f}h6m-3-3v6" stroke-width="1.6"/>'
        for c in experiment.surface.minima
        if x0 <= c.x <= x1 and y0 <= c.y <= y1
    )
    sx, sy = _x(experiment.x, x0, x1), _y(experiment.y, y0, y1)
    start = f'<circle cx="{sx:.1f}" cy="{sy:.1f}" r="3.5" stroke-width="1.8"/>'
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" xmlns="http://www.w3.org/2000/svg" fill="none" '
        f'stroke="currentColor" stroke-width="0.8">{lines}{above}{marks}{start}</svg>'
    )


def _told(share: float, low: float, high: float) -> str:
    return f"{low + share * (high - low):.3g}".replace("-", "−")


def _x(x: float, low: float, high: float) -> float:
    return (x - low) / (high - low) * WIDTH


def _y(y: float, low: float, high: float) -> float:
    return HEIGHT - (y - low) / (high - low) * HEIGHT


def contour(heights: Array, level: float) -> Iterator[str]:
    """Yield the pieces of one contour line, a straight one for each cell it crosses.

    Marching squares on the heights of a grid, shape (rows, columns), rows by rising y.
    """
    rows, columns = heights.shape
    wide, high = WIDTH / (columns - 1), HEIGHT / (rows - 1)
    above = heights > level
    mixed = (above[:-1, :-1] != above[:-1, 1:]) | (above[:-1, :-1] != above[1:, :-1])
    mixed |= above[:-1, :-1] != above[1:, 1:]
    for j, i in np.argwhere(mixed):
        corners = ((j, i), (j, i + 1), (j + 1, i + 1), (j + 1, i), (j, i))
        cuts = [
            _between(a, b, heights[a], heights[b], level)
            for a, b in pairwise(corners)
            if above[a] != above[b]
        ]
        for (ja, ia), (jb, ib) in zip(cuts[::2], cuts[1::2], strict=False):
            yield (
                f"M{ia * wide:.1f} {HEIGHT - ja * high:.1f}"
                f"L{ib * wide:.1f} {HEIGHT - jb * high:.1f}"
            )


def _between(
    a: tuple[int, int], b: tuple[int, int], low: float, high: float, level: float
) -> tuple[float, float]:
    share = (level - low) / (high - low)
    return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])
