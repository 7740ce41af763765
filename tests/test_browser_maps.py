"""Maps that the browser computes are the server's, cell by cell."""

import itertools
import json
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from engine.compile.javascript_batch import batch_module
from engine.compile.javascript_modules import schedule_module, surface_module
from engine.compile.recording import EVEN, WEIGHTED
from engine.run.run import Run
from engine.run.seen import noise_draws
from engine.setup.experiment import Experiment, Lane
from labs.basins.destinations import destinations
from labs.basins.study import basins, centers
from labs.sweep.look import COLORS
from labs.sweep.maps import BATCH, NUDGE
from labs.view import View
from optimizers import OPTIMIZERS
from packets.landscape import critical
from packets.maps import bottom, orders_packet
from packets.packet import unpack
from packets.race import race_packet
from schedules import SCHEDULES
from surfaces import DATA, SURFACES
from surfaces.base import Critical
from surfaces.data.batches import batches
from surfaces.data.regression import Regression
from surfaces.data.swept import MOST_EXACT, few
from surfaces.formula import Formula
from tests.javascript import Case, answers_of, runners, settings, stored
from tests.sweeps.axes import Wanted, axes
from tests.sweeps.batch_sizes import placed
from tests.sweeps.colors import best, chaotic, highest, ranges
from tests.sweeps.plan import opening, planned, theory
from tests.sweeps.study import Ends, ends
from tests.test_many_rows import loss_of

SIDE = 16
STEPS = 120


def written_modules(folder, written, case, *along, sized=False):
    """The names of the files that a map's modules stand in; `sized` over several batch sizes."""
    watched = ["lr"] if case.schedule.watches_loss else []
    columns = WEIGHTED if stand_ins(case.surface) is not None else EVEN
    inputs, parts = frozenset([*along, *watched]), sized or case.surface.changes
    texts = {
        "batch": batch_module(case.optimizer, case.surface, inputs, EVEN if parts else columns),
        **({"whole": batch_module(case.optimizer, case.surface, inputs, columns)} if sized else {}),
        "surface": surface_module(case.surface, columns),
        "schedule": schedule_module(case.schedule),
    }
    return stored(folder, written, texts)


def basin_case(folder, written, case):
    """A map of starts as the runner in Node reads it."""
    surface = case.surface
    draws = noise_draws(1.0, case.seed, case.steps).ravel().tolist() if case.sigma else None
    job = {
        "settings": settings(case),
        "steps": case.steps,
        **data_of(surface, case.steps),
        "sigma": case.sigma,
        "draws": draws,
        "window": surface.window,
        "tolerance": case.target,
        "lowest": surface.lowest,
        "floor": surface.floor,
        "convex": surface.convex,
        "critical": [critical(c, surface) for c in surface.critical_points],
    }
    points = centers(surface.window, SIDE).reshape(2, -1).T.ravel().tolist()
    modules = written_modules(folder, written, case)
    return {"basins": job, "modules": modules, "points": points}


def data_of(surface, steps):
    """The rows of a loss of data, those that stand for them, and which each step learns from."""
    if not isinstance(surface, Regression):
        return {}
    groups = stand_ins(surface)
    few = {} if groups is None else {"few": np.ravel(groups).tolist()}
    order = {"order": batches(surface, steps).tolist()} if surface.changes else {}
    return {"rows": np.ravel(surface.rows()).tolist(), **few, **order}


def stand_ins(surface):
    """The rows with weights that stand for many, None where there are none."""
    return few(surface) if isinstance(surface, Regression) else None


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
    whole = [kind for key, kind in SURFACES.items() if key not in DATA]
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


def data_cases():
    """Every loss of data with rules in turn, learned from as a whole and in batches."""
    rules = ["adam", "line_search", "momentum", "newton", "gradient_descent"]
    plans = [SCHEDULES["constant"](), SCHEDULES["reduce_on_plateau"]()]
    for n, key in enumerate(DATA):
        for k, batch in enumerate(("all", "4")):
            surface = SURFACES[key](batch=batch)
            rule = OPTIMIZERS[rules[(n + k) % len(rules)]]()
            yield Case(rule, surface, plans[(n + k) % 2], (0.0, 0.0), STEPS, target=1e-3)


def many_rows():
    """Losses of so many rows that others stand for them, as a whole and in batches."""
    names = ["linear_regression", "huber_regression", "logistic_regression", "tanh_neuron"]
    for n, key in enumerate(names):
        surface = replace(loss_of(key, MOST_EXACT + 1)[0], batch=("all", "8")[n % 2])
        plan = SCHEDULES[("constant", "reduce_on_plateau")[n // 2]]()
        yield Case(OPTIMIZERS["adam"](), surface, plan, (0.0, 0.0), 40, target=1e-3)


@pytest.mark.parametrize("rule", OPTIMIZERS)
def test_basins_in_the_browser_are_the_servers(rule, tmp_path):
    """But for cells in which the server's own map hangs by a hair of the start."""
    agree(list(cases(rule)), tmp_path, SINGULAR if rule == "newton" else 0)


def valleys():
    """Formulas of one's own whose minima lie in a row, or in two."""
    for text in ("(x^2 + y^2 - 1)^2", "(x y - 1)^2", "(x - y)^2 + 0.1 sin(x)^4"):
        surface = Formula(text=text, sides="-3, 3, -3, 3")
        plan = SCHEDULES["constant"]()
        yield Case(OPTIMIZERS["adam"](lr=0.1), surface, plan, (0.0, 0.0), STEPS, target=1e-3)


@pytest.mark.parametrize("runs", [data_cases, many_rows, valleys])
def test_basins_of_what_is_one_s_own_in_the_browser_are_the_servers(runs, tmp_path):
    agree(list(runs()), tmp_path, SINGULAR)


def agree(runs, tmp_path, allowed):
    """Compare the browser's maps with the server's; so many cells of a map may differ."""
    written = {}
    take = answers_of(tmp_path, [basin_case(tmp_path, written, case) for case in runs])
    hanging = []
    for case in runs:
        known, named, *_ = destinations(case.surface, case.surface.window)
        (count,) = take(1)
        others = [Critical(x, y, height, "local minimum") for x, y, height in take(int(count), 3)]
        assert named + len(others) == len(known)
        end, steps = take(SIDE, SIDE), take(SIDE, SIDE)
        theirs = server(case)
        apart = differing(end, steps, (*known[:named], *others), theirs, known)
        strict, nudges = apart, iter(NUDGES)
        while np.count_nonzero(strict) > allowed:
            nudge = next(nudges, None)
            assert nudge is not None, type(case.surface).__name__
            one = server(case, nudge)
            strict = strict & ~differing(one.end, one.steps, known, theirs, known)
        hanging.append(np.mean(apart))
    assert np.mean(hanging) < 0.02


def differing(end, steps, minima, theirs, known):
    """Say which cells end elsewhere, or at another step, shape (SIDE, SIDE)."""
    moved = np.any(places(end, minima) != places(theirs.end, known), axis=-1)
    return moved | (steps != theirs.steps)


ROSENBROCK = SURFACES["rosenbrock"]
HUBER, LINEAR = SURFACES["huber_regression"], SURFACES["linear_regression"]
LOGISTIC = SURFACES["logistic_regression"]

SIDES = "-3, 3, -3, 3"

AXES = [
    ("a.lr", "a.beta1", "", ROSENBROCK),
    ("a.beta2", "a.beta1", "a.lr", ROSENBROCK),
    ("surface.kappa", "a.lr", "", SURFACES["ravine"]),
    ("x", "y", "", ROSENBROCK),
    ("noise", "a.lr", "", ROSENBROCK),
    ("a.schedule.gamma", "a.lr", "", ROSENBROCK),
    ("surface.delta", "a.lr", "", HUBER),
    ("a.beta1", "a.lr", "surface.delta", partial(HUBER, batch="8")),
    ("a.eps", "a.lr", "", partial(LOGISTIC, batch="2", replacement=True)),
    ("a.weight_decay", "a.lr", "", partial(HUBER, data="generated")),
    (BATCH, "a.lr", "", partial(LINEAR, batch="4", shuffle="3")),
    ("a.lr", BATCH, "", partial(LOGISTIC, replacement=True)),
    ("a.beta1", "a.lr", BATCH, LINEAR),
    ("surface.a", "a.lr", "", partial(Formula, text="x^4 - a x^2 + b x + y^2", sides=SIDES)),
    ("a.lr", "surface.b", "surface.a", partial(Formula, text="(a x^2 + b y^2 - 1)^2", sides=SIDES)),
    ("a.lr", BATCH, "", lambda: loss_of("huber_regression", MOST_EXACT + 1)[0]),
]
"""What is across, up and from map to map, and of which surface."""


@pytest.mark.parametrize("watched", [False, True], ids=["plain", "watched"])
def test_a_sweep_in_the_browser_is_the_servers(watched, tmp_path):
    """Outcome, steps and loss of every cell, over every kind of axis."""
    written, asked, theirs = {}, [], []
    plan = SCHEDULES["reduce_on_plateau" if watched else "exponential"]()
    for across, up, third, kind in AXES:
        if watched and "schedule" in across:
            continue
        surface = kind()
        lane = Lane(OPTIMIZERS["adam"](lr=0.05), plan)
        noise = 0.1 if across != "x" else 0.0
        experiment = Experiment(surface=surface, lanes=(lane,), steps=STEPS, noise=noise)
        chosen = axes(experiment, 0, Wanted(across, up, third))
        rows, columns = (np.arange(0, n, 1 if n < 20 else 9) for n in chosen.shape[1:])
        theirs.append(ends(experiment, 0, chosen.settings(rows, columns)))
        asked.append(sweep_case(tmp_path, written, experiment, chosen, (rows, columns)))
    take = answers_of(tmp_path, asked)
    for found in theirs:
        ours = Ends(*(take(*found.loss.shape) for _ in Ends._fields))
        for name in ("steps", "away", "diverged"):
            assert np.mean(getattr(ours, name) != getattr(found, name)) < 0.02, name
        for name in ("loss", "gap", "distance"):
            one, other = getattr(ours, name), getattr(found, name)
            assert np.array_equal(np.isnan(one), np.isnan(other)), name
            close = np.isclose(one, other, rtol=1e-6, atol=1e-12, equal_nan=True)
            assert np.mean(close) > 0.95, name


def case_of(experiment):
    """The first lane as the runner in Node reads it."""
    lane, run = experiment.lanes[0], (experiment.start, experiment.steps)
    return Case(lane.optimizer, experiment.surface, lane.schedule, *run)


def runs_of(case, experiment):
    """What runs of a lane at many settings rest on, but for what these are and their minima."""
    return {
        "settings": settings(case) | {"noise": experiment.noise},
        "start": experiment.start,
        "steps": experiment.steps,
        "draws": noise_draws(1.0, experiment.seed, experiment.steps).ravel().tolist(),
        "tolerance": experiment.tolerance,
        **data_of(experiment.surface, experiment.steps),
    }


def sweep_case(folder, written, experiment, chosen, at):
    """A part of a sweep as the runner in Node reads it."""
    case = case_of(experiment)
    sides = {"third": chosen.third, "up": chosen.up, "across": chosen.across}
    sized = any(side and side.handle.key == BATCH for side in sides.values())
    job = {
        **runs_of(case, experiment),
        **(drawn_for(case.surface, case.steps) if sized else {}),
        "axes": [
            {"key": module_name(side.handle.key), "values": side.values.tolist()}
            if side
            else {"key": "none", "values": [0]}
            for side in sides.values()
        ],
        "minima": minima_of(experiment, chosen),
    }
    part = {"rows": at[0].tolist(), "columns": at[1].tolist(), "nudge": 0}
    differs = {"optimizer.lr": ["lr"], "schedule.gamma": ["lr"], "x": [], BATCH: []}
    across = job["axes"][-1]["key"]
    along = differs.get(across, [across])
    modules = written_modules(folder, written, case, *along, sized=sized)
    return {"cells": job, "modules": modules, "part": part}


def drawn_for(surface, steps):
    """What batches of every size are cut from, as a page gets it."""
    header, arrays = unpack(orders_packet(replace(surface, batch="all"), steps))
    return {"drawn": {"lines": arrays["rows"].tolist(), **header}}


def minima_of(experiment, chosen):
    """The minima of every surface on a map, by the axes that tell them apart."""
    sides = {"third": chosen.third, "up": chosen.up, "across": chosen.across}
    turning = {
        name: side
        for name, side in sides.items()
        if side and side.handle.key.startswith("surface.") and side.handle.key != BATCH
    }
    found = []
    for values in itertools.product(*(side.values.tolist() for side in turning.values())):
        keys = (side.handle.key for side in turning.values())
        surface = placed(experiment, dict(zip(keys, values, strict=True))).surface
        found.append(bottom(surface))
    return {"over": list(turning), "surfaces": found}


def module_name(key):
    """What a module calls a setting that is `a.lr` in a link."""
    owner, _, rest = key.partition(".")
    return (
        key
        if owner in ("surface", "x", "y", "noise")
        else (rest if "." in rest else f"optimizer.{rest}")
    )


def plan_case(folder, written, experiment, view):
    """What a page plans a sweep from, as the runner in Node reads it."""
    lane, header = experiment.lanes[0], unpack(race_packet(experiment, View()))[0]
    texts = runners(lane.optimizer, experiment.surface, lane.schedule)
    modules = stored(folder, written, texts)
    rows = data_of(experiment.surface, 1).get("rows")
    job = {"header": header, "wishes": view.settings(), "rows": rows}
    minima = minima_of(experiment, planned(experiment, view)[1])
    searched = minima["over"] and not experiment.surface.proven
    found = {"found": minima["surfaces"]} if searched else {}
    return {"plan": job | found, "modules": modules}


def plans(rules):
    """Every rule on surfaces in turn, with usual axes, chosen ones, ranges, and what cannot be.

    A plan rests on no run: one step is enough.
    """
    surfaces = ["ravine", "rosenbrock", "saddle", "two_wells", "l1_valley"]
    views = [
        View(),
        View(up="x"),
        View(across="surface.kappa", third="a.lr"),
        View(up="a.beta", reach_across=("a.lr", 1e-12, 5.0)),
        View(up="surface.theta", across="a.lr"),
        View(across="a.lr", up="a.lr", third="b.nothing"),
    ]
    for n, rule in enumerate(rules):
        plan = SCHEDULES["cosine" if n % 5 == 4 else "constant"]()
        for k, view in enumerate(views):
            surface = SURFACES[surfaces[(n + k) % len(surfaces)]]()
            lane = Lane(OPTIMIZERS[rule](), plan)
            yield Experiment(surface=surface, lanes=(lane,), steps=1), view
    for across, up, third in (("a.lr", "surface.a", ""), ("surface.b", "a.lr", "surface.a")):
        lane = Lane(OPTIMIZERS["momentum"]())
        surface = Formula(text="x^4 - a x^2 + b x + y^2", sides=SIDES)
        experiment = Experiment(surface=surface, lanes=(lane,), steps=1)
        yield experiment, View(across=across, up=up, third=third)
    for n, key in enumerate(DATA):
        lane, batch = Lane(OPTIMIZERS["momentum"]()), ("all", "4", "512")[n % 3]
        experiment = Experiment(surface=SURFACES[key](batch=batch), lanes=(lane,), steps=1)
        up = "surface.delta" if key == "huber_regression" else "a.beta"
        yield experiment, View(up=up, third="x")
        yield experiment, View(up=BATCH)
        yield experiment, View(across="a.lr", up="a.beta", third=BATCH)
        yield experiment, View(across=BATCH, reach_across=(BATCH, 3, 17))
        yield replace(experiment, lanes=(Lane(OPTIMIZERS["gradient_descent"]()),)), View()


def test_a_sweep_is_planned_as_the_server_plans_it(tmp_path):
    """Axes with their ranges and notes, the minima of each surface, and theory's lines."""
    written, runs = {}, list(plans(OPTIMIZERS))
    take = answers_of(tmp_path, [plan_case(tmp_path, written, *run) for run in runs])
    for experiment, view in runs:
        (length,) = take(1)
        ours = json.loads("".join(map(chr, take(int(length)).astype(int))))
        lane, plan = planned(experiment, view)
        alike(ours["axes"], json.loads(json.dumps(opening(experiment, lane, plan))))
        lines, places = theory(experiment, lane, plan)
        alike((ours["theory"], ours["numbers"]), (lines, places))
        minima = minima_of(experiment, plan)
        alike(ours["minima"], {"part": "minima", "highest": highest(experiment), **minima})


def alike(ours, theirs):
    """The same to the last word, but for the last digits of numbers."""
    if isinstance(theirs, dict):
        assert set(ours) == set(theirs)
        for key, value in theirs.items():
            alike(ours[key], value)
    elif isinstance(theirs, list | tuple):
        assert len(ours) == len(theirs)
        for one, other in zip(ours, theirs, strict=True):
            alike(one, other)
    elif isinstance(theirs, float):
        assert ours == pytest.approx(theirs, rel=1e-6, abs=1e-9)
    else:
        assert ours == theirs


def test_a_sweep_is_judged_as_the_server_judges_it(tmp_path):
    """How far colors reach, the best cell by each, and which cells a nudge changes."""
    asked, theirs = [], []
    for rule, surface in (
        ("adam", "rosenbrock"),
        ("gradient_descent", "saddle"),
        ("momentum", "ravine"),
    ):
        lane = Lane(OPTIMIZERS[rule](), SCHEDULES["constant"]())
        experiment = Experiment(surface=SURFACES[surface](), lanes=(lane,), steps=STEPS)
        chosen = axes(experiment, 0, Wanted())
        at = chosen.settings(*(np.arange(0, count, 9) for count in chosen.shape[1:]))
        known, moved = ends(experiment, 0, at), ends(experiment, 0, at, nudge=1e-3)
        spans = ranges(experiment, known)
        theirs.append((known.loss.shape, spans, known, chaotic(known, moved, spans)))
        told = {"shape": known.loss.shape, "highest": highest(experiment)}
        asked.append({"judged": cells_of(known), "moved": cells_of(moved), **told})
    take = answers_of(tmp_path, asked)
    for shape, spans, known, flags in theirs:
        np.testing.assert_allclose(take(3, 2), list(spans.values()), rtol=1e-12)
        cells = [best(known, color) or [-1, -1, -1] for color in COLORS]
        assert take(3, 3).tolist() == cells
        assert np.array_equal(take(*shape), flags)


def cells_of(found):
    """A map's cells as JSON can hold them."""
    return {name: [str(v) for v in values.ravel()] for name, values in found._asdict().items()}
