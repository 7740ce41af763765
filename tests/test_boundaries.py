"""Theory's lines over two settings: met from both sides by the engine, equal to closed forms."""

from dataclasses import replace

import numpy as np
import pytest

from engine.run.run import Run
from engine.run.trajectory import trajectory
from engine.setup.experiment import Experiment, Lane
from engine.setup.handles import turned
from engine.theory.stability import roots
from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from surfaces import SURFACES
from tests.linear import MOMENTA
from tests.sweeps.boundaries import boundaries


def race(surface, key, **settings):
    return Experiment(surface=surface, lanes=(Lane(OPTIMIZERS[key](**settings)),))


def named(found, name, part=""):
    return [line for line in found if line.name == name and part in line.label]


RAVINE = SURFACES["ravine"](kappa=50.0, theta=20.0)


@pytest.mark.parametrize("key", MOMENTA)
def test_the_stability_boundary_is_met_from_both_sides(key):
    (line,) = named(boundaries(race(RAVINE, key), 0, "a.lr", "a.beta"), "stability")
    some = np.linspace(0, np.searchsorted(line.up, 0.97), 7).astype(int)
    ends = []
    for side in (0.99, 1.01):
        rule = OPTIMIZERS[key](lr=side * line.across[some], beta=line.up[some])
        path = np.abs(trajectory(Run(rule, RAVINE, (1.0, 0.7), 6000)).x).max(axis=1)
        ends.append(np.nan_to_num(path[-40:], nan=np.inf).max(axis=0))
    assert np.all(ends[0] < 0.5)
    assert np.all(ends[1] > 20)


def test_boundaries_equal_their_closed_forms():
    forms = {
        "momentum_lecture": lambda b: 2 * (1 + b) / 50,
        "momentum": lambda b: 2 * (1 + b) / 50,
        "momentum_ema": lambda b: 2 * (1 + b) / (1 - b) / 50,
        "nesterov": lambda b: 2 * (1 + b) / (1 + 2 * b) / 50,
    }
    for key, form in forms.items():
        (line,) = named(boundaries(race(RAVINE, key), 0, "a.lr", "a.beta"), "stability")
        np.testing.assert_allclose(line.across, form(line.up), rtol=1e-9)
        assert (line.local, line.kind) == (False, "line")
        assert line.up[0] == 0
        assert line.up[-1] == 0.9999


@pytest.mark.parametrize("key", ["momentum_lecture", "momentum"])
@pytest.mark.parametrize(("part", "curvature"), [("flat", 1.0), ("steep", 50.0), ("", 50.0)])
def test_critical_damping_is_goh_s_curve(key, part, curvature):
    """beta = (1 - sqrt(lr lambda))^2, G. Goh (2017), doi:10.23915/distill.00006."""
    name = f"damping_{part}" if part else "flips"  # the same curve, beyond its lowest momentum
    lines = named(boundaries(race(RAVINE, key), 0, "a.lr", "a.beta"), name)
    assert lines
    for line in lines:
        beta = (1 - np.sqrt(line.across * curvature)) ** 2
        np.testing.assert_allclose(line.up, beta, rtol=1e-6, atol=1e-12)


@pytest.mark.parametrize("key", MOMENTA)
def test_on_either_side_of_critical_damping_a_run_swings_or_does_not(key):
    (line,) = named(boundaries(race(RAVINE, key), 0, "a.lr", "a.beta"), "damping_flat")
    some = np.flatnonzero((line.up > 0.2) & (line.up < 0.95))[::4]
    inside = {}
    for side in (0.9, 1.1):
        rule = OPTIMIZERS[key](lr=side * line.across[some], beta=line.up[some])
        moves = rule.dynamics(1, rule.lr, None)
        inside[side] = roots(moves, rule.lr, 1.0).discriminant
    assert np.all(inside[0.9] > 0)
    assert np.all(inside[1.1] < 0)


@pytest.mark.parametrize("key", MOMENTA)
def test_the_optimum_is_better_than_its_neighbors(key):
    name = "best_nesterov" if key == "nesterov" else "polyak"
    (point,) = named(boundaries(race(RAVINE, key), 0, "a.lr", "a.beta"), name)
    assert point.kind == "point"
    lr, beta = float(point.across[0]), float(point.up[0])
    best = worst_radius(key, lr, beta)
    for around in (-1e-3, 1e-3):
        assert worst_radius(key, lr * (1 + around), beta) > best
        assert worst_radius(key, lr, beta * (1 + around)) > best


def worst_radius(key, lr, beta):
    moves = OPTIMIZERS[key](beta=beta).dynamics(1, 1.0, None)
    return roots(moves, lr, np.array([1.0, 50.0])).radius.max()


def test_polyaks_optimum_in_each_convention():
    alpha, beta = (2 / (1 + np.sqrt(50))) ** 2, ((np.sqrt(50) - 1) / (np.sqrt(50) + 1)) ** 2
    for key, lr in (("momentum", alpha), ("momentum_ema", alpha / (1 - beta))):
        (point,) = named(boundaries(race(RAVINE, key), 0, "a.beta", "a.lr"), "polyak")
        assert point.across[0] == pytest.approx(beta)
        assert point.up[0] == pytest.approx(lr)


def test_axes_may_be_swapped():
    one = boundaries(race(RAVINE, "momentum"), 0, "a.lr", "a.beta")
    other = boundaries(race(RAVINE, "momentum"), 0, "a.beta", "a.lr")
    for a, b in zip(one, other, strict=True):
        np.testing.assert_array_equal(a.across, b.up)
        np.testing.assert_array_equal(a.up, b.across)


def test_the_rate_against_the_condition_number():
    found = boundaries(race(RAVINE, "gradient_descent"), 0, "a.lr", "surface.kappa")
    (line,), (best,) = named(found, "stability"), named(found, "best_rate")
    np.testing.assert_allclose(line.across, 2 / line.up, rtol=1e-9)
    np.testing.assert_allclose(best.across, 2 / (1 + best.up), rtol=1e-9)


@pytest.mark.parametrize("key", ["rosenbrock", "himmelblau", "beale"])
def test_off_quadratics_the_line_is_local_and_says_so(key):
    surface = SURFACES[key]()
    experiment = race(surface, "gradient_descent").on(surface)
    experiment = replace(experiment, x=surface.minima[-1].x, y=surface.minima[-1].y)
    (line, *_) = named(boundaries(experiment, 0, "a.lr", "noise"), "stability")
    assert line.local
    assert "local" in line.label
    near = surface.minima[-1]
    xx, xy, yy = surface.hessian(np.array([near.x, near.y]))
    sharpest = np.linalg.eigvalsh([[xx, xy], [xy, yy]])[1]
    np.testing.assert_allclose(line.across, 2 / sharpest, rtol=1e-9)
    rule = OPTIMIZERS["gradient_descent"](lr=np.array([0.98, 1.02]) * 2 / sharpest)
    path = trajectory(Run(rule, surface, (near.x + 1e-7, near.y + 1e-7), 1500))
    inside, outside = np.hypot(path.x[-1, 0] - near.x, path.x[-1, 1] - near.y)
    assert inside < 1e-7
    assert not outside < 1e-5


def test_other_lanes_have_their_own_lines():
    lanes = (Lane(OPTIMIZERS["adam"]()), Lane(OPTIMIZERS["momentum"]()))
    experiment = Experiment(surface=RAVINE, lanes=lanes)
    assert boundaries(experiment, 1, "b.lr", "b.beta")
    assert not boundaries(experiment, 0, "b.lr", "b.beta")


@pytest.mark.parametrize(
    ("surface", "key", "up"),
    [
        ("ravine", "adam", "beta1"),
        ("ravine", "rprop", "grow"),
        ("ravine", "local_gains", "beta"),
        ("monkey_saddle", "momentum", "beta"),
        ("l1_valley", "momentum", "beta"),
        ("ackley", "momentum", "beta"),
        ("ravine", "momentum", "schedule"),
    ],
)
def test_where_theory_says_nothing_there_is_no_line(surface, key, up):
    experiment = race(SURFACES[surface](), key)
    assert boundaries(experiment, 0, "a.lr", f"a.{up}") == ()


def test_neither_under_a_schedule_nor_without_a_rate():
    experiment = race(RAVINE, "momentum")
    assert boundaries(experiment, 0, "a.beta", "x") == ()
    lane = replace(experiment.lanes[0], schedule=SCHEDULES["cosine"]())
    scheduled = replace(experiment, lanes=(lane,))
    assert boundaries(scheduled, 0, "a.lr", "a.beta") == ()


def test_weight_decay_counts_as_curvature():
    experiment = race(RAVINE, "gradient_descent")
    (line,) = named(boundaries(experiment, 0, "a.lr", "a.weight_decay"), "stability")
    np.testing.assert_allclose(line.across, 2 / (50 + line.up), rtol=1e-9)
    there = turned(experiment, {"a.weight_decay": 10.0, "a.lr": 0.99 * 2 / 60})
    assert there.runs()[0].diverged < 0
