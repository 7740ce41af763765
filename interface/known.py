"""What Python and the stage's JavaScript must both know, said once: here, or where it is from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from declarations import declarations
from declarations.scale import BELOW, SCALES
from engine.compile.javascript import HEIGHTS
from engine.run import outcome
from engine.run.standstill import NEAR
from engine.setup.link import SLOTS
from engine.study import minima
from engine.study.ensemble import SEEDS
from engine.theory import curvature
from engine.theory.stability import REGIMES, TOUCHING
from interface.room_routes import ENDED
from interface.stage_acts import LARGEST
from interface.take import FILES, LONGEST_QR
from labs.basins.look import COARSE, RESOLUTION
from labs.basins.study import DIVERGED, ELSEWHERE, NOT_ARRIVED, RAN_AWAY
from labs.lab import Lab
from labs.menu import LABS
from labs.sensitivity.rates import COUNT, MARGIN, allowed
from labs.sweep import lines, maps
from labs.sweep.look import COLORS
from labs.tuning.look import BUDGETS
from labs.tuning.study import BASES, NARROWER
from labs.view import View
from lessons.expression import EQUAL, NEARLY
from lessons.reading import LONGEST_FILE
from optimizers import OPTIMIZERS
from packets.landscape import RESOLUTION as LANDSCAPE_SIDE
from packets.look import LAST_STEP, MARKS, PANELS, Titled
from packets.maps import AT_ONCE
from packets.outcome import HEIGHT_DIGITS
from packets.palette import BASINS
from packets.slots import PARENTHESES
from surfaces import plateaus, spline_points
from surfaces.base import GRID, ROUNDING, Kind
from surfaces.data import fit
from surfaces.data.batches import sizes
from surfaces.data.regression import Regression
from surfaces.spline import BORDER

CRITICAL: dict[Kind, str] = {
    "global minimum": "Minimum",
    "local minimum": "Local minimum",
    "saddle": "Saddle",
    "maximum": "Maximum",
}

OF_NO_RUN = ("name", "color", "shown")
"""What a lane has that changes no run: how it looks."""


def known() -> dict[str, tuple[str, Any]]:
    """Return each constant of `core/known.js` with the sentence that stands above it."""
    return {**_drawn(), **_judged(), **_by_hand(), **_studied(), **_exchanged()}


def _drawn() -> dict[str, tuple[str, Any]]:
    return {
        "SCALES": (
            "Scales: what powers of ten are counted from, if any, and how a range is walked.",
            {name: {"origin": kind.origin, "walked": kind.walked} for name, kind in SCALES.items()},
        ),
        "BELOW": ("A value nearer to its origin than the nearest is placed so much nearer.", BELOW),
        "LANE_LETTERS": ("What lanes are called in links.", list(SLOTS)),
        "PANELS": ("Panels of curves and their titles.", _titles(PANELS)),
        "MARKS": ("Marks of the chosen lane and their titles.", _titles(MARKS)),
        "LABS": (
            "Labs: title, and whether it may stand beside the landscape.",
            {name: _tab(lab) for name, lab in LABS.items()},
        ),
        "CRITICAL": ("Kinds of marked points and their titles.", CRITICAL),
        "REGIMES": ("Damping regimes by the number that stands in a packet.", list(REGIMES)),
        "TOUCHING": ("Roots this close together count as one: critical damping.", TOUCHING),
        "COLORS": ("What a sweep map's colors show, in the order of their bits.", COLORS),
        "LANDSCAPE_SIDE": ("How many points a landscape has along each side.", LANDSCAPE_SIDE),
        "LEAST": (
            "Smaller heights above a minimum, and smaller distances to one, have one color.",
            {"loss": maps.FLOOR, "distance": maps.NEAREST},
        ),
        "BASIN_COLORS": (
            "Colors of basins by theme.",
            {theme: list(colors) for theme, colors in BASINS.items()},
        ),
    }


def _judged() -> dict[str, tuple[str, Any]]:
    return {
        "OF_NO_RUN": ("Settings of a lane that change no run.", list(OF_NO_RUN)),
        "ENDS": (
            "Ends of a start that are no known minimum.",
            {
                "notArrived": NOT_ARRIVED,
                "diverged": DIVERGED,
                "elsewhere": ELSEWHERE,
                "ranAway": RAN_AWAY,
            },
        ),
        "JUDGED": (
            "What decides how a run ended, as engine/run/outcome.py and standstill.py say it.",
            {
                "grows": outcome.GROWS,
                "closer": outcome.CLOSER,
                "peaks": outcome.PEAKS,
                "turns": outcome.TURNS,
                "same": outcome.SAME,
                "near": NEAR,
                "digits": HEIGHT_DIGITS,
            },
        ),
        "GRID": ("Points along each side of a window where its lowest loss is looked for.", GRID),
        "MINIMA": (
            "How minima that nobody declared are looked for, as engine/study/minima.py says it.",
            {
                "beyond": minima.BEYOND,
                "most": minima.MOST,
                "grid": minima.GRID,
                "same": minima.SAME,
                "rounds": minima.NEWTON_STEPS,
                "fitted": fit.NEWTON_STEPS,
                "rounding": ROUNDING,
            },
        ),
    }


def _by_hand() -> dict[str, tuple[str, Any]]:
    return {
        "HEIGHTS": ("What the heights of a drawn surface are called in a link.", HEIGHTS),
        "BORDER": ("How often a drawn surface's outermost heights are repeated.", BORDER),
        "DRAWN": (
            "How minima of a drawn surface are looked for, as surfaces/spline_points.py says it.",
            {
                "starts": spline_points.PER_SIDE,
                "apart": spline_points.APART,
                "rounding": ROUNDING,
                "plain": plateaus.LARGEST,
            },
        ),
    }


def _studied() -> dict[str, tuple[str, Any]]:
    return {
        "BASINS": (
            "Cells along each side of a map of starts, and how many a coarse one leaps over.",
            {"resolution": RESOLUTION, "coarse": COARSE},
        ),
        "SWEEPS": (
            "Sweep maps: leaps, nudges, seen changes.",
            {
                "coarse": maps.COARSE,
                "nudge": maps.NUDGE,
                "visible": maps.VISIBLE,
            },
        ),
        "BUDGETS": ("Settings that a fair tuning may try, and how many it does.", list(BUDGETS)),
        "BUDGET": ("The usual one.", View().budget),
        "LAST_STEP": ("No run is longer, so that this step is the end of any.", LAST_STEP),
        "SEEDS": ("Seeds behind a band.", SEEDS),
        "RATES": ("The learning rates that every rule allows.", list(allowed(OPTIMIZERS.values()))),
    }


def planned() -> dict[str, tuple[str, Any]]:
    """Return what a page knows that plans sweep maps, curves and searches by itself."""
    return {
        **_searched(),
        "COUNTS": (
            "Cells along a map and along small ones, how many of these, places along a line.",
            [maps.SIDE, maps.SMALL_SIDE, maps.PANELS, lines.PLACES],
        ),
        "REACHES": (
            "How far rates reach: below and above a limit, below and above the usual rate.",
            [maps.BELOW, maps.ABOVE, maps.UNDER, maps.OVER],
        ),
        "CLOSEST": ("How near to one is tried, unless asked.", maps.HIGHEST["towards one"]),
        "FIRST": (
            "Which numbers of a rule and of a surface go on axes first, by their scale.",
            {"rule": maps.OF_A_RULE, "surface": maps.OF_A_SURFACE},
        ),
        "NOTES": ("What is said of a wish that cannot be met.", maps.NOTES),
        "BATCHES": (
            "The batch size among the settings of a loss of data.",
            {
                "key": maps.BATCH,
                "label": declarations(Regression)["batch"].label,
                "symbol": maps.SYMBOL,
                "scale": "log",
                "usual": maps.ALL,
                "sizes": list(sizes(Regression)),
            },
        ),
        "AT_ONCE": ("Surfaces whose minima are searched for in one answer.", AT_ONCE),
        "WORSE": (
            "A run that ends so many times as high as it began has the last color.",
            maps.WORSE,
        ),
        "LINES": ("What theory's lines are called.", dict(lines.LINES)),
        "LOCAL": ("What is added where a line holds only near the minimum.", lines.LOCAL),
        "ALIKE": ("What differs by less than this share is the same.", curvature.ALIKE),
        "SCATTERED": ("How many points a surface is looked at.", curvature.SCATTERED),
        "SCATTER": ("Shares of its window from one to the next.", list(curvature.SCATTER)),
    }


def _searched() -> dict[str, tuple[str, Any]]:
    return {
        "CURVE": (
            "Rates of a sensitivity curve, and decades shown beyond the lanes' own.",
            {"count": COUNT, "margin": MARGIN},
        ),
        "SEARCH": (
            "How many times narrower each round of a search is, and its points' bases.",
            {"narrower": NARROWER, "bases": list(BASES)},
        ),
    }


def _exchanged() -> dict[str, tuple[str, Any]]:
    return {
        "PARENTHESES": (
            "Which numbers stand in parentheses after a sign, and which of them under a power.",
            PARENTHESES,
        ),
        "FILES": (
            "Files to take away: title, and what is in them.",
            {name: [file.title, file.about] for name, file in FILES.items()},
        ),
        "CLASS_ENDED": ("Why a socket is closed whose class is no more.", ENDED),
        "LARGEST": ("The most bytes of an experiment's file that are read.", LARGEST),
        "CLAIMS": (
            "By what share two numbers of a claim may differ and be near, or equal.",
            {"nearly": NEARLY, "equal": EQUAL},
        ),
        "LONGEST_LESSON": ("The most characters of a lesson that are read.", LONGEST_FILE),
        "LONGEST_QR": ("The most bytes of an address that a QR code holds here.", LONGEST_QR),
    }


def _tab(lab: Lab) -> dict[str, Any]:
    return {"title": lab.title, "beside": lab.beside}


def _titles(menu: Mapping[str, Titled]) -> dict[str, str]:
    return {name: shown.title for name, shown in menu.items()}
