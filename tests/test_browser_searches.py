"""Sensitivity curves and searches that the browser computes are those of the studies."""

from dataclasses import replace

import numpy as np

from engine.run.batch import best
from engine.setup.experiment import Experiment, Lane
from engine.setup.handles import lane_handles
from labs.sensitivity.rates import grid
from labs.tuning.study import search, space
from optimizers import OPTIMIZERS
from packets.handles import told_handle
from schedules import SCHEDULES
from surfaces import SURFACES
from surfaces.data.regression import Regression
from surfaces.data.swept import MOST_EXACT
from surfaces.formula import Formula
from tests.javascript import answers_of
from tests.sensitivities import chosen, sensitivity, stretches
from tests.test_browser_maps import case_of, module_name, runs_of, written_modules
from tests.test_many_rows import loss_of


def list_case(folder, written, experiment):
    """What is told of the first lane's settings, and what its runs at a list of them rest on."""
    surface, case = experiment.surface, case_of(experiment)
    minima = [{"x": c.x, "y": c.y, "height": c.value, "floor": None} for c in surface.minima]
    bottom = {"lowest": surface.lowest, "floor": surface.floor, "minima": minima}
    job = {**runs_of(case, experiment), "minima": {"over": [], "surfaces": [bottom]}}
    told = [told_handle(handle, experiment) for handle in lane_handles(experiment, 0)]
    return told, {"job": job, "modules": written_modules(folder, written, case)}


def lanes_apart():
    """Every surface with rules in turn: with noise, schedules, batches, many rows, typed ones."""
    rules, plans = list(OPTIMIZERS.values()), list(SCHEDULES.values())
    own = [Formula(text=text) for text in ("sin(3x) + y^2", "exp(x^2 y) - x", "|x|^1.5 + 2|y|")]
    many = replace(loss_of("huber_regression", MOST_EXACT + 1)[0], batch="8")
    for n, surface in enumerate([*(kind() for kind in SURFACES.values()), *own, many]):
        if isinstance(surface, Regression) and n % 2:
            surface = replace(surface, batch="4")
        lane = Lane(
            rules[n % len(rules)](), plans[n // 3 % len(plans)]() if n % 3 == 1 else plans[0]()
        )
        noise = 0.05 if n % 4 == 2 else 0.0
        start = dict(zip("xy", surface.start, strict=True))
        yield Experiment(surface=surface, lanes=(lane,), steps=60, noise=noise, **start)


HAIRS = (1e-10, -1e-12)
"""By what share a start is moved to see which runs hang by a hair of it."""


def moved(experiment, by):
    """The study's curve from another start."""
    x, y = (side * (1 + by) for side in experiment.start)
    low, high = chosen(experiment)
    return sensitivity(replace(experiment, x=x, y=y), 0, grid(low, min(high, 100.0)))


def apart(one, other):
    """Say which runs end otherwise."""
    steps = (one.steps != other.steps) | (one.away != other.away)
    return steps | (one.diverged != other.diverged) | ~alike(one.loss, other.loss)


def alike(one, other):
    return np.isclose(one, other, rtol=1e-6, atol=1e-12, equal_nan=True)


def test_sensitivity_curves_in_the_browser_are_the_study_s(tmp_path):
    """The same rates, how they end, which of them work, and which is best."""
    written, asked, runs = {}, [], list(lanes_apart())
    for experiment in runs:
        told, case = list_case(tmp_path, written, experiment)
        shown = {"rates": told[:1], "view": {"slowest": 0, "fastest": 0}, "kept": None}
        asked.append({"curve": shown, "names": ["optimizer.lr"], **case})
    take = answers_of(tmp_path, asked)
    for experiment in runs:
        (count,) = take(1)
        low, high = chosen(experiment)
        theirs = sensitivity(experiment, 0, grid(low, min(high, 100.0)))
        assert take(int(count)).tolist() == theirs.rates.tolist()
        loss, distance, steps, away, diverged = (take(int(count)) for _ in range(5))
        hanging = np.any([apart(moved(experiment, by), theirs) for by in HAIRS], axis=0)
        ours = theirs._replace(loss=loss, steps=steps, away=away, diverged=diverged)
        assert np.mean(apart(ours, theirs) & ~hanging) < 0.02, type(experiment.surface).__name__
        near = alike(distance, theirs.distance)
        assert np.mean(near | hanging) > 0.98, type(experiment.surface).__name__
        first, length = take(2).astype(int)
        assert first == best(steps, loss, away)
        assert take(length, 2).tolist() == [list(pair) for pair in stretches(steps >= 0)]


def test_a_search_in_the_browser_is_the_study_s(tmp_path):
    """The same settings to the digit that a link holds, and the same best."""
    written, asked, runs = {}, [], list(lanes_apart())
    for experiment in runs:
        told, case = list_case(tmp_path, written, experiment)
        names = [module_name(handle.key) for handle in space(experiment, 0)]
        wish = {"handles": told, "slot": "a", "budget": 30}
        asked.append({"tuned": wish, "names": names, **case})
    take = answers_of(tmp_path, asked)
    for experiment in runs:
        *_, theirs = search(experiment, 0, 30)
        for key, column in theirs.settings.items():
            assert take(30).tolist() == column.tolist(), (type(experiment.surface).__name__, key)
        take(30)
        for known in (theirs.steps, theirs.away, theirs.diverged):
            assert np.mean(take(30) != known) < 0.04, type(experiment.surface).__name__
        assert take(1) == theirs.best
