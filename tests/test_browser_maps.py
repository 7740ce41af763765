"""Maps that the browser computes are the server's, cell by cell."""

import numpy as np
import pytest

from engine.run.javascript_batch import shared_module, varied_module
from engine.run.modules import schedule_module, surface_module
from engine.run.run import Run
from engine.run.seen import noise_draws
from engine.study.basins import basins, centers
from engine.study.minima import all_minima, declared_minima
from engine.study.sweep import NUDGE
from optimizers import OPTIMIZERS
from packets.landscape import critical
from schedules import SCHEDULES
from surfaces import SURFACES
from surfaces.base import Critical
from tests.javascript import Case, answers_of, settings

SIDE = 16
STEPS = 120


def basin_case(folder, written, case):
    """A map of starts as the runner in Node reads it."""
    surface = case.surface
    texts = {
        "shared": shared_module(case.optimizer, surface),
        "varied": varied_module(case.optimizer, surface),
        "surface": surface_module(surface),
        "schedule": schedule_module(case.schedule),
    }
    for text in texts.values():
        if text not in written:
            written[text] = f"m{len(written)}.js"
            (folder / written[text]).write_text(text)
    draws = noise_draws(1.0, case.seed, case.steps).ravel().tolist() if case.sigma else None
    job = {
        "settings": settings(case),
        "steps": case.steps,
        "sigma": case.sigma,
        "draws": draws,
        "window": surface.window,
        "tolerance": case.target,
        "lowest": surface.lowest,
        "floor": surface.floor,
        "critical": [critical(c, surface) for c in surface.critical_points],
    }
    points = centers(surface.window, SIDE).reshape(2, -1).T.ravel().tolist()
    modules = {kind: written[text] for kind, text in texts.items()}
    return {"basins": job, "modules": modules, "points": points}


SINGULAR = 2
"""Cells of a map in which Newton's method may meet a Hessian that only rounding keeps regular."""

NUDGES = [
    size * np.array([[[x]], [[y]]])
    for size in (NUDGE, NUDGE / 10, NUDGE / 100)
    for x, y in ((1, 1), (1, -1), (-1, 1), (-1, -1), (1, 0), (0, 1), (-1, 0), (0, -1))
]
"""What a start of size 1 is moved by: as far as a sweep does to see what is chaotic, or less."""


def server(case, nudge=0.0):
    """The same map as the engine computes it, from starts that are moved by a hair."""
    starts = centers(case.surface.window, SIDE)
    starts = starts + nudge * np.maximum(np.abs(starts), 1)
    plan = {"schedule": case.schedule, "sigma": case.sigma, "seed": case.seed}
    run = Run(case.optimizer, case.surface, starts, case.steps, **plan)
    return basins(run, window=case.surface.window, tolerance=case.target)


def cases(rule):
    """Every surface, with schedules in turn, with and without noise."""
    plans = [kind() for kind in SCHEDULES.values()]
    whole = [kind for kind in SURFACES.values() if "rows" not in surface_module(kind())]
    for n, kind in enumerate(whole):
        schedule = plans[0] if n % 2 else plans[n // 2 % len(plans)]
        noise = (0.2, n) if n % 3 == 1 else (0.0, 0)
        yield Case(OPTIMIZERS[rule](), kind(), schedule, (0.0, 0.0), STEPS, *noise, 1e-3)


def places(end, minima):
    """Where cells end, as points: minima of the same loss may come in another order."""
    points = np.round([(c.x, c.y) for c in minima], 6).reshape(-1, 2)
    found = np.stack([end, end], axis=-1).astype(float)
    found[end >= 0] = points[end[end >= 0].astype(int)]
    return found


@pytest.mark.parametrize("rule", OPTIMIZERS)
def test_basins_in_the_browser_are_the_servers(rule, tmp_path):
    """But for cells in which the server's own map hangs by a hair of the start."""
    written = {}
    runs = list(cases(rule))
    take = answers_of(tmp_path, [basin_case(tmp_path, written, case) for case in runs])
    hanging = []
    for case in runs:
        known = all_minima(case.surface, case.surface.window)
        declared = declared_minima(case.surface)
        (count,) = take(1)
        others = [Critical(x, y, height, "local minimum") for x, y, height in take(int(count), 3)]
        assert len(declared) + len(others) == len(known)
        end, steps = take(SIDE, SIDE), take(SIDE, SIDE)
        theirs = server(case)
        apart = differing(end, steps, (*declared, *others), theirs, known)
        if apart.any():
            around = [server(case, nudge) for nudge in NUDGES]
            loose = [differing(one.end, one.steps, known, theirs, known) for one in around]
            strict = apart & ~np.any(loose, axis=0)
            assert np.count_nonzero(strict) <= SINGULAR, type(case.surface).__name__
        hanging.append(np.mean(apart))
    assert np.mean(hanging) < 0.02


def differing(end, steps, minima, theirs, known):
    """Say which cells end elsewhere, or at another step, shape (SIDE, SIDE)."""
    moved = np.any(places(end, minima) != places(theirs.end, known), axis=-1)
    return moved | (steps != theirs.steps)
