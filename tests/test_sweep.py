"""A sweep map's cells are the runs they stand for, and what is said of them is so."""

from dataclasses import replace

import numpy as np
import pytest

from engine.run.run import Run
from engine.run.trajectory import trajectory
from engine.setup.experiment import Experiment, Lane
from engine.setup.handles import find, turned
from engine.setup.link import read
from labs.sweep.look import COLORS
from labs.sweep.maps import BATCH, NUDGE, PANELS, SIDE, SMALL_SIDE
from labs.view import asked
from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from surfaces import SURFACES
from tests.sweeps.axes import Wanted, axes, offered
from tests.sweeps.batch_sizes import placed
from tests.sweeps.boundaries import boundaries
from tests.sweeps.colors import best, chaotic, levels, ranges
from tests.sweeps.plan import opening, planned
from tests.sweeps.study import ends

DICE = np.random.default_rng(4)


def experiment(**pairs):
    return read({"steps": "40", **{k.replace("_", "."): v for k, v in pairs.items()}})[0]


def lane(rule, schedule="constant", surface="rosenbrock", **settings):
    loss = SURFACES[surface]()
    own = Lane(OPTIMIZERS[rule](), SCHEDULES[schedule]())
    if data := settings.pop("data", None):
        loss = replace(loss, data=data)
    x, y = loss.start
    return replace(Experiment(surface=loss, x=x, y=y, steps=40, lanes=(own,)), **settings)


def mapped(shown, wanted, rows=7, columns=9):
    """Return axes thinned to a few stops, and the ends at all of them."""
    plan = axes(shown, 0, wanted)
    few = {"across": columns, "up": rows}
    thin = {side: _thinned(getattr(plan, side), count) for side, count in few.items()}
    plan = plan._replace(**thin)
    _, up, across = plan.shape
    return plan, ends(shown, 0, plan.settings(np.arange(up), np.arange(across)))


def _thinned(axis, count):
    places = np.unique(np.linspace(0, len(axis.values) - 1, count).astype(int))
    return axis._replace(values=axis.values[places])


def alone(shown, plan, cell):
    """Return the trajectory that a cell stands for."""
    sides = (plan.third, plan.up, plan.across)
    pairs = [(side, k) for side, k in zip(sides, cell, strict=True) if side]
    there = placed(shown, {side.handle.key: side.values[k].item() for side, k in pairs})
    own = there.lanes[0]
    options = {"schedule": own.schedule, "sigma": there.noise, "seed": there.seed}
    start, steps = there.start, there.steps
    return there, trajectory(Run(own.optimizer, there.surface, start, steps, **options))


def since(loss, there):
    """Return since when a run is within the tolerance, or out of the saddle's window downhill."""
    known, surface = loss[~np.isnan(loss)], there.surface
    if surface.lowest is None:
        inside = known < surface.floor
    else:
        inside = np.abs(loss - surface.lowest) <= there.tolerance
    if not inside[-1]:
        return -1
    return int(np.flatnonzero(~inside)[-1]) + 1 if not inside.all() else 0


def check(shown, wanted, cells=6):
    plan, found = mapped(shown, wanted)
    for cell in zip(*(DICE.integers(0, n, cells) for n in plan.shape), strict=True):
        there, run = alone(shown, plan, cell)
        lowest = there.surface.lowest
        assert found.steps[cell] == since(run.loss, there)
        assert found.diverged[cell] == run.diverged or there.surface.domain is not None
        same = {"rtol": 1e-9, "atol": 1e-300, "equal_nan": True}
        assert np.allclose(found.loss[cell], run.loss[-1], **same)
        assert np.allclose(found.distance[cell], there.surface.distance(run.x[-1]), **same)
        gap = np.nan if lowest is None else run.loss[-1] - lowest
        assert np.allclose(found.gap[cell], gap, **same)


@pytest.mark.parametrize("rule", ["gradient_descent", "nesterov", "adam", "rprop", "line_search"])
def test_cells_are_single_trajectories(rule):
    check(lane(rule), Wanted())


@pytest.mark.parametrize(
    ("shown", "wanted"),
    [
        (lane("adam", "step"), Wanted(up="a.schedule.interval")),
        (lane("adam", "cosine"), Wanted("a.schedule.length", "a.schedule.floor")),
        (lane("momentum", "reduce_on_plateau"), Wanted(up="a.schedule.patience")),
        (lane("adam", "one_cycle"), Wanted(up="a.schedule.rise", third="a.beta2")),
        (lane("momentum", surface="ravine"), Wanted(up="surface.kappa", third="surface.theta")),
        (lane("gradient_descent", surface="two_wells"), Wanted(up="x", third="y")),
        (lane("adam", noise=0.3, seed=5), Wanted(up="noise", third="a.beta1")),
        (lane("adam", noise=0.3, seed=5), Wanted(up="a.beta1")),
        (lane("momentum", surface="saddle"), Wanted(up="surface.a")),
        (lane("adam", surface="logistic_regression"), Wanted(up=BATCH, third="a.beta1")),
        (lane("adam", surface="huber_regression", noise=0.1), Wanted(up="noise", third=BATCH)),
        (lane("momentum", surface="linear_regression", data="generated"), Wanted(up=BATCH)),
    ],
    ids=[
        *(
            "step",
            "two numbers",
            "plateau",
            "third",
            "surface",
            "start",
            "noise",
            "noisy",
            "saddle",
        ),
        *("batches", "batches and noise", "batches of many rows"),
    ],
)
def test_every_handle_can_be_an_axis(shown, wanted):
    plan, _ = mapped(shown, wanted)
    asked = [name for name in wanted[:3] if name]
    assert [s.handle.key for s in (plan.across, plan.up, plan.third) if s][-len(asked) :] == asked
    check(shown, wanted)


def test_the_present_value_is_a_stop_and_the_range_stays_when_it_moves():
    shown = lane("gradient_descent", surface="ravine")
    first = axes(shown, 0, Wanted())
    assert shown.lanes[0].optimizer.lr in first.across.values
    moved = axes(turned(shown, {"a.lr": float(first.across.values[17])}), 0, Wanted())
    assert moved.across.values[[0, -1]].tolist() == first.across.values[[0, -1]].tolist()


def test_usual_axes_are_the_rate_and_what_tells_most():
    usual = {
        rule: [side.handle.key for side in axes(lane(rule), 0, Wanted())[:2]]
        for rule in ("adam", "momentum", "gradient_descent")
    }
    assert usual["adam"] == ["a.lr", "a.beta1"]
    assert usual["momentum"] == ["a.lr", "a.beta"]
    assert usual["gradient_descent"] == ["a.lr", "surface.b"]
    bare = axes(lane("gradient_descent", surface="himmelblau"), 0, Wanted())
    assert bare.up.handle.key == "x"


@pytest.mark.parametrize("rule", list(OPTIMIZERS))
def test_every_rule_on_every_surface_has_axes(rule):
    for name in SURFACES:
        plan = axes(lane(rule, surface=name), 0, Wanted())
        assert plan.notes == ()
        assert plan.shape[0] == 1
        assert 30 <= plan.shape[1] <= SIDE
        assert 90 <= plan.shape[2] <= SIDE
        for side in (plan.across, plan.up):
            assert side.handle.declaration.problem(side.values) is None
            assert (np.diff(side.values) > 0).all()
            assert side.values[0] <= side.handle.value <= side.values[-1]


def test_a_third_handle_makes_a_few_smaller_maps_one_of_them_the_present():
    shown = lane("adam")
    plan = axes(shown, 0, Wanted(third="a.beta2"))
    assert plan.shape == (PANELS, SMALL_SIDE, SMALL_SIDE)
    assert shown.lanes[0].optimizer.beta2 in plan.third.values


def test_names_of_another_lane_are_meant_for_the_chosen_one():
    shown = read({"a": "adam", "b": "momentum"})[0]
    plan = axes(shown, 1, Wanted("a.lr", "a.weight_decay"))
    assert (plan.across.handle.key, plan.up.handle.key) == ("b.lr", "b.weight_decay")
    assert plan.notes == ()


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Wanted("a.nonsense"), "no setting 'a.nonsense'"),
        (Wanted("surface.kappa"), "no setting 'surface.kappa'"),
        (Wanted("steps"), "no setting 'steps'"),
        (Wanted("a.beta1", "a.beta1"), "across already"),
        (Wanted(third="a.lr"), "on an axis already"),
        (Wanted(third="f.oo.bar"), "no setting 'f.oo.bar'"),
        (Wanted(reach_across=("a.lr", 0.01, 0.01)), "only the value 0.01"),
        (Wanted(reach_across=("a.lr", -5.0, 1e9)), "may be 1e-6 to 100"),
        (Wanted(reach_up=("a.beta1", 7.0, 9.0)), "only the value 0.9999"),
    ],
)
def test_what_cannot_be_shown_is_said(wanted, words):
    shown = lane("adam")
    plan = axes(shown, 0, wanted)
    assert words in " ".join(plan.notes)
    found = ends(shown, 0, plan.settings(np.arange(1), np.arange(1)))
    assert found.loss.shape == (1, 1, 1)


def test_a_narrow_range_keeps_its_stops_apart():
    """To three digits a hundred rates within one percent would be two or three."""
    plan = axes(lane("adam"), 0, Wanted(reach_across=("a.lr", 0.0199, 0.0201)))
    assert plan.shape[2] == SIDE


def test_a_range_belongs_to_its_setting():
    plan = axes(lane("adam"), 0, Wanted(reach_across=("a.beta1", 0.5, 0.6)))
    assert plan.across.values[0] < 0.05
    assert plan.notes == ()


def test_the_start_and_the_noise_are_offered_with_the_lane_s_own_numbers():
    shown = read({"a": "adam", "b": "momentum", "a.schedule": "step"})[0]
    keys = [handle.key for handle in offered(shown, 0)]
    assert {"a.lr", "a.schedule.gamma", "surface.a", "x", "y", "noise"} <= set(keys)
    assert not any(key.startswith("b.") for key in keys)


def test_the_best_cell_is_the_least():
    shown = lane("momentum", surface="ravine", steps=120)
    _, found = mapped(shown, Wanted(), 20, 20)
    for color in COLORS:
        cell = tuple(best(found, color))
        level = levels(found, color)
        assert level[cell] == np.nanmin(level)
        assert found.diverged[cell] == -1
    first = found.steps[tuple(best(found, "loss"))]
    equal = levels(found, "loss") == np.nanmin(levels(found, "loss"))
    assert first == np.where(found.steps >= 0, found.steps, 10**6)[equal].min()


def test_where_all_diverge_nothing_is_best():
    shown = lane("gradient_descent", surface="ravine")
    _, found = mapped(shown, Wanted(reach_across=("a.lr", 3.0, 90.0)))
    assert (found.diverged >= 0).all()
    assert [best(found, color) for color in COLORS] == [None] * 3
    assert all(low < high for low, high in ranges(shown, found).values())


def test_a_chaotic_cell_is_one_that_a_nudge_changes():
    """Beyond the stability limit gradient descent may stay bounded, but not twice the same."""
    shown = lane("gradient_descent", surface="himmelblau", steps=300, x=-0.27, y=-0.92)
    settings = {"a.lr": np.array([0.005, 0.02, 0.026])}
    known, moved = (ends(shown, 0, settings, nudge=by) for by in (0.0, NUDGE))
    starts = np.array([[-0.27, -0.27 + 1e-10], [-0.92, -0.92 + 1e-10]])
    pairs = [
        trajectory(Run(OPTIMIZERS["gradient_descent"](lr=lr), shown.surface, starts, 300)).loss[-1]
        for lr in settings["a.lr"]
    ]
    assert np.allclose(known.loss, [before for before, _ in pairs], atol=1e-20)
    assert np.allclose(moved.loss, [after for _, after in pairs], atol=1e-20)
    assert np.abs(np.diff(pairs[2])) > 10
    flags = chaotic(known, moved, ranges(shown, known))
    assert (flags & 1).tolist() == [0, 0, 1]


def test_no_best_rate_is_drawn_where_no_gradient_gets_through():
    """With full dampening the velocity never grows, and no learning rate is the best."""
    shown = lane("momentum", surface="ravine")
    stuck = turned(shown, {"a.dampening": 1.0})
    names = {line.name for line in boundaries(stuck, 0, "a.lr", "a.beta")}
    assert "polyak" not in names
    assert "polyak" in {line.name for line in boundaries(shown, 0, "a.lr", "a.beta")}
    along = boundaries(turned(shown, {"a.beta": 0.0}), 0, "a.lr", "a.dampening")
    assert all(np.isfinite(line.across).all() for line in along)


def test_the_usual_axes_are_worth_a_look():
    """T22: gradient descent on Rosenbrock was mapped over where the minimum lies."""
    plan = axes(read({"a": "gradient_descent"})[0], 0, Wanted())
    assert (plan.across.handle.key, plan.up.handle.key) == ("a.lr", "surface.b")
    plan = axes(read({"surface": "ravine", "a": "gradient_descent"})[0], 0, Wanted())
    assert plan.up.handle.key == "surface.kappa"


def opened(link):
    shown, view = asked(link)
    return opening(shown, *planned(shown, view))


def test_what_a_link_leaves_out_is_told_for_every_axis():
    link = {"a": "adam", "a.schedule": "step", "a.lr": "0.3", "surface": "ravine"}
    for up in ("a.beta2", "a.schedule.gamma", "surface.kappa", "x", "noise"):
        sides = opened({**link, "view.up": up})["axes"]
        bare = read({"a": "adam", "a.schedule": "step", "surface": "ravine"})[0]
        for side in (sides["across"], sides["up"]):
            assert float(side["usual"]) == find(bare, side["key"]).value


@pytest.mark.parametrize(
    ("pairs", "sizes"),
    [
        ({}, ["1", "2", "4", "8", "16", "32", "all"]),
        ({"surface.batch": "8"}, ["1", "2", "4", "8", "16", "32", "all"]),
        ({"surface.batch": "256"}, ["1", "2", "4", "8", "16", "32", "256"]),
        ({"surface.data": "women"}, ["1", "2", "4", "8", "all"]),
        ({"view.reach_up": f"{BATCH},4,16"}, ["4", "8", "16"]),
    ],
)
def test_batch_sizes_are_those_of_the_menu_and_the_whole_set(pairs, sizes):
    """A batch of 256 of 50 rows is all of them: it keeps its own name, and its place on the map."""
    link = {"surface": "linear_regression", "a": "adam", "view.up": BATCH, **pairs}
    up = opened(link)["axes"]["up"]
    assert up["values"] == sizes
    assert link.get(BATCH, up["usual"]) in sizes or "view.reach_up" in link
    assert up["places"] == sorted(set(up["places"]))
