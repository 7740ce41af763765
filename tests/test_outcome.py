"""How a run ended is said once, and what is said is so."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.run.batch import outcomes
from engine.run.outcome import End, Goal, goal
from engine.run.run import Run
from engine.run.trajectory import trajectory
from engine.run.watch import Divergence, first_true, lost, stays
from engine.setup.labels import labels
from engine.setup.link import read
from labs.basins.study import RAN_AWAY, basins
from labs.sensitivity.rates import grid
from labs.tuning.study import search
from labs.view import asked
from optimizers import OPTIMIZERS
from packets.outcome import words
from surfaces import SURFACES
from tests.results import results
from tests.sensitivities import sensitivity
from tests.strategies import experiments
from tests.sweeps.colors import levels
from tests.sweeps.plan import planned
from tests.sweeps.study import Ends, ends

FALLING = {"surface": "mccormick", "a": "momentum", "a.lr": "0.02", "a.beta": "0.95"}


def ended(pairs):
    return results(read({key: str(text) for key, text in pairs.items()})[0])[0].outcome


def test_a_run_that_falls_below_the_lowest_of_the_window_has_not_arrived():
    """It ends at a loss of -52.3, a distance of 73.5 from the minimum that it ran past."""
    found = results(read(FALLING)[0])[0]
    assert found.loss == pytest.approx(-52.3, abs=0.05)
    assert found.distance == pytest.approx(73.5, abs=0.05)
    assert found.outcome.end is End.RAN_AWAY
    assert "ran away downhill" in words(found.outcome)


def test_rates_that_work_end_inside_the_window():
    there = read(FALLING)[0]
    rates = grid(1e-4, 1.0)
    found = sensitivity(there, 0, rates)
    assert found.works.any()
    assert (found.away >= 0).any()
    for rate in rates[found.works]:
        x, y = read({**FALLING, "a.lr": str(rate)})[0].runs()[0].x[-1]
        assert -1.5 <= x <= 4
        assert -3 <= y <= 4


def test_the_best_tuned_setting_ends_inside_the_window():
    there = read(FALLING)[0]
    *_, tried = search(there, 0, 60)
    x, y = (
        read({**FALLING, **{k: str(v) for k, v in tried.setting(tried.best).items()}})[0]
        .runs()[0]
        .x[-1]
    )
    assert -1.5 <= x <= 4
    assert -3 <= y <= 4
    assert (tried.away >= 0).any()


def test_a_sweep_gives_runs_that_ran_away_no_color():
    experiment, view = asked(FALLING)
    lane, plan = planned(experiment, view)
    cells = ends(experiment, lane, plan.settings(*(np.arange(0, n, 4) for n in plan.shape[1:])))
    gone = cells.away >= 0
    assert gone.mean() > 0.3
    assert np.nanmin(cells.gap[~gone]) >= -1e-12
    assert (cells.steps[gone] == -1).all()


def test_levels_are_not_known_where_a_run_ran_away():
    one = np.ones((1, 1, 2))
    away = np.array([[[-1, 40]]])
    found = Ends(-3 * one, -1.5 * one, one, away, away, np.full((1, 1, 2), -1))
    for color in ("loss", "distance"):
        assert np.isnan(levels(found, color)).ravel().tolist() == [False, True]


def test_a_basin_of_runs_that_ran_away_is_one_of_its_own():
    surface = SURFACES["mccormick"]()
    rule = OPTIMIZERS["momentum"](lr=0.02, beta=0.95)
    starts = np.array([[3.4, -0.5], [-1.4, -1.5]])
    found = basins(Run(rule, surface, starts, 300), window=surface.window, tolerance=1e-3)
    single = [trajectory(Run(rule, surface, start, 300)).loss[-1] for start in starts.T]
    assert [end == RAN_AWAY for end in found.end] == [loss < -2 for loss in single]
    assert RAN_AWAY in found.end


@pytest.mark.parametrize("key", ["saddle", "monkey_saddle"])
def test_without_a_minimum_to_leave_the_window_downhill_is_to_get_there(key):
    found = ended({"surface": key, "a": "gradient_descent", "a.lr": "0.05", "steps": 300})
    assert found.end is End.RAN_AWAY
    surface = SURFACES[key]()
    run = trajectory(Run(OPTIMIZERS["gradient_descent"](lr=0.05), surface, surface.start, 300))
    (x0, x1), (y0, y1) = surface.window
    x, y = run.x[found.step]
    assert not (x0 <= x <= x1 and y0 <= y <= y1)
    assert run.loss[found.step] < surface.floor <= run.loss[found.step - 1]


@pytest.mark.parametrize("key", ["saddle", "monkey_saddle", "mccormick"])
def test_the_floor_is_the_lowest_loss_of_the_domain(key):
    surface = SURFACES[key]()
    points = np.array(np.meshgrid(*(np.linspace(*side, 701) for side in surface.domain)))
    assert surface.value(points).min() == pytest.approx(surface.floor, abs=1e-4)
    assert surface.value(points).min() >= surface.floor - 1e-12


@pytest.mark.parametrize("key", [key for key, kind in SURFACES.items() if kind.proven])
def test_only_a_loss_that_falls_for_ever_declares_a_domain(key):
    surface = SURFACES[key]()
    with np.errstate(all="ignore"):
        far = surface.value(1e5 * np.array([np.cos(TURN), np.sin(TURN)]))
    falls = bool(np.nanmin(far) < -1e4)
    assert falls == (surface.domain is not None)


def test_what_was_typed_is_known_in_its_window_alone():
    falls = {
        "surface": "formula",
        "surface.text": "x + x^3/9 + y^2",
        "surface.sides": "-1, 1, -1, 1",
    }
    found = ended(falls | {"a": "gradient_descent", "a.lr": 0.05, "x": 0.5, "y": 0.5})
    assert found.end is End.RAN_AWAY
    edge = {"surface": "formula", "surface.text": "x^3 - x + y^2", "surface.sides": "-2, 2, -1, 1"}
    surface = read(edge)[0].surface
    assert surface.floor == pytest.approx(-6)
    assert surface.lowest is None
    assert ended(edge | {"a": "gradient_descent", "a.lr": 0.05, "x": 1.5}).end is End.MINIMUM


TURN = np.linspace(0, 2 * np.pi, 3601)


def test_a_run_that_crossed_the_tolerance_has_passed_through():
    """Momentum without friction swings through the minimum and out again."""
    pairs = {"surface": "sphere", "a": "momentum", "a.lr": "0.01", "a.beta": "0.99", "steps": 60}
    found = ended(pairs | {"tolerance": "0.05"})
    run = read({k: str(v) for k, v in pairs.items()})[0].runs()[0]
    assert found.passed is not None
    assert run.loss[found.passed] <= 0.05 < run.loss[-1]
    assert found.end is End.PASSED
    assert words(found).startswith(f"passed through at step {found.passed}, now ")


def test_arrival_is_the_step_from_which_on_a_run_stays():
    pairs = {"surface": "booth", "a": "momentum", "a.lr": "0.05", "a.beta": "0.9"}
    found, run = ended(pairs), read(pairs)[0].runs()[0]
    assert found.end is End.ARRIVED
    assert found.passed < found.step
    assert (run.loss[found.step :] <= 1e-3).all()
    assert run.loss[found.step - 1] > 1e-3


@pytest.mark.parametrize("rule", ["gradient_descent", "momentum", "adam", "newton"])
def test_a_run_that_stands_exactly_on_a_saddle_rests_there(rule):
    found = ended({"surface": "saddle", "a": rule, "x": 0, "y": 0})
    assert (found.end, words(found)) == (End.SADDLE, "rests at a saddle")


def test_a_run_into_a_saddle_along_its_rim_rests_there():
    found = ended({"surface": "saddle", "a": "gradient_descent", "a.lr": "0.2", "y": 0})
    assert found.end is End.SADDLE


def test_a_run_on_top_of_a_hill_rests_at_a_maximum():
    surface = SURFACES["himmelblau"]()
    top = next(c for c in surface.critical_points if c.kind == "maximum")
    assert np.hypot(*surface.gradient(np.array([top.x, top.y]))) < 1e-9
    found = ended(
        {"surface": "himmelblau", "a": "gradient_descent", "a.lr": 1e-6, "x": top.x, "y": top.y}
    )
    assert found.end is End.MAXIMUM


def test_a_run_in_another_bowl_rests_at_a_local_minimum():
    found = ended({"surface": "three_hump_camel", "a": "gradient_descent", "a.lr": "0.03"})
    assert found.end is End.MINIMUM


def test_a_run_without_any_slope_rests_there():
    found = ended({"surface": "easom", "a": "gradient_descent", "x": -60, "y": -60})
    assert words(found) == "rests where the gradient is exactly 0"


@pytest.mark.parametrize("rate", ["0.02002", "0.0205", "0.021"])
def test_a_loss_that_grows_is_called_growing(rate):
    """Beyond the limit 2 / kappa = 0.02: 5.8e14 after 300 steps at 0.0205, and still numbers."""
    found = ended({"surface": "ravine", "a": "gradient_descent", "a.lr": rate, "steps": 600})
    assert found.end in (End.GROWING, End.DIVERGED)
    if rate == "0.0205":
        at = {"surface": "ravine", "a": "gradient_descent", "a.lr": rate}
        assert ended(at).end is End.GROWING
        assert results(read(at)[0])[0].loss == pytest.approx(5.8e14, rel=0.01)


def test_a_run_at_the_limit_goes_to_and_fro():
    limit = 2 / SURFACES["sphere"]().hessian(np.zeros(2))[0]
    found = ended({"surface": "sphere", "a": "gradient_descent", "a.lr": limit})
    assert found.end is End.ORBITS


@given(experiments())
@settings(max_examples=60, deadline=None)
def test_every_outcome_is_one_and_what_it_says_holds(experiment):
    for name, run, found in zip(
        labels(experiment), experiment.runs(), results(experiment), strict=True
    ):
        end, step = found.outcome.end, found.outcome.step
        limits = experiment.goal
        assert (run.diverged >= 0) <= (end in (End.DIVERGED, End.RAN_AWAY))
        if end is End.ARRIVED:
            assert limits.inside(run.loss[step:]).all()
            assert step == 0 or not limits.inside(run.loss[step - 1])
        if end is End.RAN_AWAY:
            assert experiment.surface.domain is not None
            assert limits.below(run.loss[step:][~np.isnan(run.loss[step:])]).all()
        assert "{" not in words(found.outcome)
        assert found.label == name


@pytest.mark.parametrize("key", ["mccormick", "saddle", "rosenbrock", "rastrigin"])
def test_a_batch_ends_as_its_runs_do(key):
    surface, rates = SURFACES[key](), np.geomspace(1e-3, 0.3, 40)
    rule = OPTIMIZERS["momentum"](lr=rates)
    limits = goal(surface, 0.05)
    found = outcomes(Run(rule, surface, surface.start, 150), goal=limits)
    for k, rate in enumerate(rates):
        one = read(
            {
                "surface": key,
                "a": "momentum",
                "a.lr": repr(float(rate)),
                "steps": "150",
                "tolerance": "0.05",
            }
        )[0]
        told = results(one)[0].outcome
        assert (found.arrived[k] >= 0) == (told.end is End.ARRIVED)
        assert (found.away[k] >= 0) == (told.end is End.RAN_AWAY)
        assert (found.diverged[k] >= 0) == (told.end is End.DIVERGED)
        assert found.passed[k] == (-1 if told.passed is None else told.passed)
        if told.end in (End.ARRIVED, End.RAN_AWAY, End.DIVERGED):
            assert told.step in (found.arrived[k], found.away[k], found.diverged[k])


flags = st.lists(st.lists(st.sampled_from([0.0, 1.0, np.nan]), min_size=4, max_size=4), min_size=1)


@given(flags)
def test_what_is_so_at_the_last_number_is_since_its_last_break(rows):
    loss = np.array(rows)
    gone = np.logical_or.accumulate(np.isnan(loss))
    loss[gone] = np.nan
    first, since = stays(loss < 0.5, loss)
    for k, lane in enumerate(loss.T.tolist()):
        there = [value < 0.5 for value in lane if value == value]
        assert first[k] == (there.index(True) if any(there) else -1)
        breaks = [t for t, so in enumerate(there) if not so]
        whole = len(there) > 0 and there[-1]
        assert since[k] == ((breaks[-1] + 1 if breaks else 0) if whole else -1)


def test_divergence_is_noted_once_and_stays():
    w = np.array([[0.0, 2e12, 1.0], [0.0, 0.0, np.inf]])
    watch = Divergence(w)
    watch.look(0, w)
    watch.look(1, w)
    assert watch.steps.tolist() == [-1, 0, 0]
    assert np.isnan(w[:, 1:]).all()
    assert lost(w).tolist() == [False, True, True]


def test_a_goal_without_a_floor_asks_only_how_low():
    loss = np.array([-5.0, 0.0, 2.0])
    assert Goal(1.0).inside(loss).tolist() == [True, True, False]
    assert Goal(1.0, -1.0, -1.0).inside(loss).tolist() == [False, True, False]
    assert first_true(Goal(1.0, -1.0, -1.0).below(loss)) == 0
