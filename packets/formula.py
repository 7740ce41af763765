"""What a page says under a formula of one's own: its gradient, its kinks, and what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from packets.significant import significant
from surfaces.base import Array, Kind, Surface
from surfaces.formula import Formula
from surfaces.formulas.meaning import expression
from surfaces.formulas.printing import latex
from surfaces.formulas.search import MOST_FOUND, MOST_OTHERS

POINTS = 200

_SUBGRADIENTS = {
    "abs": "the slope of |u| counts as 0 where u = 0",
    "sign": "the slope of sign(u) counts as 0 everywhere",
    "max": "where two sides of max are equal, the first one counts",
    "min": "where two sides of min are equal, the first one counts",
    "pieces": "on the border of a piece, the piece whose condition holds there counts",
    "root": "the slope of a root counts as 0 where the root is 0",
}


@lru_cache(maxsize=64)
def slopes(text: str) -> tuple[str, ...]:
    """Return f_x and f_y as LaTeX lines, those that are short enough to be read."""
    terms = Formula(text=text).compiled.terms[1:3]
    trees = zip(("f_x", "f_y"), map(expression, terms), strict=True)
    return tuple(f"{name} = {_tall(latex(tree))}" for name, tree in trees if tree is not None)


def _tall(text: str) -> str:
    """Let parentheses grow with what they hold, without the room that TeX leaves around such."""
    if not any(word in text for word in (r"\frac", r"\begin")):
        return text
    return text.replace("(", r"\mathopen{}\left(").replace(")", r"\right)\mathclose{}")


def notes(surface: Formula) -> tuple[str, ...]:
    """Return sentences: how well the slopes were confirmed, which subgradients, what was found."""
    kinks = [_SUBGRADIENTS[kink] for kink in surface.compiled.kinks]
    smooth = (f"Not smooth everywhere: {'; '.join(kinks)}.",) if kinks else ()
    return (confirmed(surface), *smooth, found(surface))


PLURALS: Mapping[Kind, str] = {
    "global minimum": "global minima",
    "local minimum": "local minima",
    "saddle": "saddles",
    "maximum": "maxima",
}


def found(surface: Surface) -> str:
    """Return how many critical points of each kind were found in the window."""
    points, valleys = surface.critical_points, surface.valleys
    if not points:
        return "No minimum, saddle or maximum was found in the window."
    alone = Counter(c.kind for c in points if (c.x, c.y) not in valleys)
    said = list[str]()
    for kind, many in PLURALS.items():
        floors = [valleys.get((c.x, c.y)) for c in points if c.kind == kind]
        if count := len({floor.valley for floor in floors if floor}):
            long = "a valley" if count == 1 else f"{count} valleys"
            said.append(f"{long} of {many}, equally low all along")
        if alone[kind]:
            said.append(f"{alone[kind]} {many if alone[kind] > 1 else kind}")
    told = f"Found in the window, by search from many starts: {', '.join(said)}."
    most = f" There may be more: no more than {MOST_FOUND} are marked, minima first."
    whole = len(points) < MOST_FOUND or (valleys and alone.total() < MOST_OTHERS)
    return told if whole else told + most


def confirmed(surface: Formula) -> str:
    """Return how the gradient compares with differences of the formula's own values."""
    low, high = np.transpose(surface.window)[..., None]
    w = np.random.default_rng(0).uniform(low, high, (2, POINTS))
    gap = _gap(surface, w, 1e-5 * (high - low))
    if not gap.size:
        return "The formula has no finite value in the window."
    worst, usual = float(gap.max()), float(np.median(gap))
    told = f"The gradient agrees with differences at {gap.size} points of the window"
    if worst < 1e-4:
        return f"{told} to {_said(worst)} of its size."
    return f"{told}: to {_said(usual)} of its size at half of them, {_said(worst)} at the worst."


def _said(value: float) -> str:
    return significant(float(f"{value:.1g}"))


def _gap(surface: Formula, w: Array, step: Array) -> Array:
    """Return the distance between gradients and central differences, relative, where finite."""
    with np.errstate(all="ignore"):
        sides = [step * np.array([[1.0], [0.0]]), step * np.array([[0.0], [1.0]])]
        measured = np.array([surface.value(w + s) - surface.value(w - s) for s in sides])
        measured = measured / (2 * step)
        exact = surface.gradient(w)
    fine = np.isfinite(measured).all(axis=0) & np.isfinite(exact).all(axis=0)
    measured, exact = measured[:, fine], exact[:, fine]
    size = np.hypot(*exact)
    usual = np.median(size) if size.size else 0.0
    gap: Array = np.hypot(*(measured - exact)) / (size + usual + 1e-300)
    return gap
