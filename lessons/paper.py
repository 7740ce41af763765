"""Room on paper for an answer in each shape: boxes, lines, a picture to mark, axes to draw on."""

from __future__ import annotations

import math
from html import escape

from engine.setup.experiment import Experiment
from lessons.picture import picture_with_axes
from lessons.quantities import Settings
from lessons.shapes import Amount, Curve, Place, Ranking, Shape, Words

WIDTH, HEIGHT = 420, 170
LEFT, BOTTOM, EDGE = 46, 26, 14
UP, DOWN = 2, 8
"""How many powers of ten above and below the loss at the start there is room for."""


def room(shape: Shape, experiment: Experiment) -> str:
    """Return it as HTML; nothing in it depends on a run."""
    if isinstance(shape, Words):
        return boxes([o.text.filled(Settings(experiment)) for o in shape.options])
    if isinstance(shape, Curve):
        return f'<p class="small">Loss above the minimum</p>{_axes(shape, experiment)}'
    if isinstance(shape, Place):
        marked = picture_with_axes(experiment)
        return (
            f'<p class="small">Mark the place in the picture.</p><div class="mark">{marked}</div>'
        )
    if isinstance(shape, Ranking):
        return lines([f"{k + 1}." for k in range(len(shape.by))])
    return lines([shape.unit if isinstance(shape, Amount) else ""])


def boxes(texts: list[str]) -> str:
    """Return a box to tick for each text."""
    return f'<ul class="boxes">{"".join(f"<li>{escape(text)}</li>" for text in texts)}</ul>'


def lines(begun: list[str]) -> str:
    """Return a line to write on for each text, which stands at its beginning."""
    return "".join(f'<div class="line">{escape(text)}</div>' for text in begun)


def _axes(shape: Curve, experiment: Experiment) -> str:
    steps, first = shape.knots(experiment), shape.asked(experiment)["first"]
    top = math.ceil(math.log10(first or 1) + UP)
    powers = range(top - UP - DOWN, top + 1, 2)

    def up(power: float) -> float:
        return EDGE + (HEIGHT - EDGE - BOTTOM) * (top - power) / (UP + DOWN)

    def across(step: int) -> float:
        return LEFT + (WIDTH - LEFT - EDGE) * step / steps[-1]

    rows = "".join(
        f'<path d="M{LEFT} {up(p):.1f}H{WIDTH - EDGE}" stroke="#bbb"/>'
        f'<text x="{LEFT - 5}" y="{up(p) + 4:.1f}" text-anchor="end">10<tspan dy="-4" '
        f'font-size="8">{str(p).replace("-", "−")}</tspan></text>'
        for p in powers
    )
    columns = "".join(
        f'<path d="M{across(t):.1f} {EDGE}V{HEIGHT - BOTTOM}" stroke="#ddd"/>'
        f'<text x="{across(t):.1f}" y="{HEIGHT - 10}" text-anchor="middle">{t}</text>'
        for t in steps
    )
    begins = f'<circle cx="{LEFT}" cy="{up(math.log10(first or 1)):.1f}" r="4" fill="#111"/>'
    drawn = f'viewBox="0 0 {WIDTH} {HEIGHT}" xmlns="http://www.w3.org/2000/svg" font-size="11"'
    return f'<svg class="axes" {drawn}>{columns}{rows}{begins}</svg>'
