"""Losses of real data: the fits that were published, exact slopes, and batches that are fair."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from declarations import declarations
from engine.run.run import Run
from engine.run.trajectory import trajectory
from engine.setup.experiment import Experiment, Lane
from engine.setup.link import read, write
from engine.theory.curvature import quadratic
from labs.view import View
from optimizers import OPTIMIZERS
from packets.model import model, rows_drawn
from packets.modules import addresses
from packets.packet import unpack
from packets.race import race_packet
from surfaces import DATA
from surfaces.data.kinds import LinearRegression, LogisticRegression, PoissonRegression
from surfaces.data.rows import PUBLISHED, own_table
from surfaces.data.tables import TABLES
from tests.test_export import assert_reproduced
from tests.written import states

ALL = [
    pytest.param(kind(data=data, standardized=scaled), id=f"{key}-{data}-{scaled}")
    for key, kind in DATA.items()
    for data, scaled in product(declarations(kind)["data"].options, (True, False))
    if data != "own"
]
every_loss = pytest.mark.parametrize("loss", ALL)


@pytest.mark.parametrize(
    ("loss", "slope", "intercept"),
    [
        (LinearRegression("cars", False), 3.9324, -17.5791),
        (LinearRegression("women", False), 3.45, -87.51667),
        (LinearRegression("fuel", False), -5.3445, 37.2851),
        (LinearRegression("outlier", False), 0.4997, 3.0025),
        (LogisticRegression("o_rings", False), -0.2322, 15.0429),
        (LogisticRegression("gears", False), -4.0240, 12.0404),
    ],
)
def test_the_minimum_is_the_fit_that_r_s_manual_prints(loss, slope, intercept):
    (c,) = loss.minima
    assert (c.x, c.y) == (pytest.approx(slope, abs=5e-5), pytest.approx(intercept, abs=5e-5))


def test_the_horse_kicks_add_up_to_the_published_sum():
    assert sum(TABLES["kicks"].v) == 196
    assert all(len(t.u) == len(t.v) > 5 and len(t.source) > 20 for t in TABLES.values())


@every_loss
def test_the_minimum_is_flat_and_nothing_in_the_window_is_lower(loss):
    (x0, x1), (y0, y1) = loss.window
    grid = np.array(np.meshgrid(np.linspace(x0, x1, 61), np.linspace(y0, y1, 61)))
    for c in loss.critical_points:
        size = np.array([x1 - x0, y1 - y0])
        steep = np.abs(loss.gradient(np.array([c.x, c.y]))) * size
        assert np.all(steep <= 1e-9 * np.ptp(loss.value(grid)))
        assert x0 < c.x < x1
        assert y0 < c.y < y1
    if loss.proven:
        assert loss.value(grid).min() >= loss.lowest
    else:
        assert loss.critical_points


def test_least_squares_agrees_with_the_closed_form():
    for key in declarations(LinearRegression)["data"].options[:-1]:
        u, v = np.array(PUBLISHED[key].u, dtype=float), np.array(PUBLISHED[key].v, dtype=float)
        (c,) = LinearRegression(key, False).minima
        np.testing.assert_allclose((c.x, c.y), np.polyfit(u, v, 1), rtol=1e-10)


def test_poisson_s_minimum_keeps_the_sums():
    """At the fit, predictions add up to the counts, and so do their products with u."""
    loss = PoissonRegression("kicks", False)
    (c,) = loss.minima
    u, v = np.array(loss.rows()).T
    predicted = np.exp(c.x * u + c.y)
    np.testing.assert_allclose([predicted.sum(), predicted @ u], [v.sum(), v @ u], rtol=1e-10)


COSTS = {
    "linear_regression": lambda z, v: (z - v) ** 2 / 2,
    "logistic_regression": lambda z, v: sympy.log(1 + sympy.exp(z)) - v * z,
    "poisson_regression": lambda z, v: sympy.exp(z) - v * z,
    "tanh_neuron": lambda z, v: (sympy.tanh(z) - v) ** 2 / 2,
}


@pytest.mark.parametrize("key", COSTS)
def test_value_gradient_and_hessian_are_sympy_s(key):
    loss, (x, y) = DATA[key](), sympy.symbols("x y", real=True)
    rows = loss.rows()
    f = sum(COSTS[key](x * u + y, v) for u, v in rows) / len(rows)
    w = np.random.default_rng(0).uniform(-2, 2, (2, 30))
    wanted = [f, f.diff(x), f.diff(y), f.diff(x, 2), f.diff(x, y), f.diff(y, 2)]
    got = (loss.value(w), *loss.gradient(w), *loss.hessian(w))
    for part, formula in zip(got, sympy.lambdify((x, y), wanted, cse=True)(*w), strict=True):
        np.testing.assert_allclose(part, formula + 0 * part, rtol=1e-10, atol=1e-12)


def test_huber_is_least_squares_for_small_residuals_and_bounded_for_large_ones():
    w = np.random.default_rng(0).uniform(-2, 2, (2, 30))
    wide, plain = DATA["huber_regression"]("cars", delta=20.0), LinearRegression("cars")
    np.testing.assert_allclose(wide.value(w), plain.value(w), rtol=1e-12)
    np.testing.assert_allclose(wide.gradient(w), plain.gradient(w), rtol=1e-12, atol=1e-15)
    narrow = DATA["huber_regression"]("cars", delta=0.05)
    assert np.all(np.abs(narrow.gradient(w)[1]) <= 0.05)
    assert np.all(narrow.slope(w[0], 0.0) == np.clip(w[0], -0.05, 0.05))


def test_scaling_changes_the_condition_number():
    def condition(scaled):
        low, high = np.linalg.eigvalsh(
            [[h[0], h[1]], [h[1], h[2]]]
            if (h := [float(p) for p in LinearRegression("women", scaled).hessian(np.zeros(2))])
            else []
        )
        return high / low

    assert condition(True) == pytest.approx(1.0)
    assert condition(False) > 1e5
    assert quadratic(LinearRegression()) is not None


def of(size, **more):
    return LogisticRegression("gears", batch=str(size), **more)


@pytest.mark.parametrize("size", [1, 2, 4, 8, 16])
@pytest.mark.parametrize("shuffle", ["0", "7"])
def test_an_epoch_goes_once_through_all_rows(size, shuffle):
    loss, w = of(size, shuffle=shuffle), np.array([0.3, -0.4])
    n = len(loss.rows())
    for epoch in (0, 3):
        times = range(1 + epoch * n // size, 1 + (epoch + 1) * n // size)
        drawn = [k for t in times for k in loss.drawn(t, n)]
        assert sorted(drawn) == list(range(n))
        assert drawn != sorted(drawn)
        mean = np.mean([loss.seen(t).gradient(w) for t in times], axis=0)
        np.testing.assert_allclose(mean, loss.gradient(w), rtol=1e-12)


@pytest.mark.parametrize("replacement", [False, True])
def test_a_batch_is_drawn_as_the_method_that_is_handed_out_draws_it(replacement):
    loss = LogisticRegression(data="own", batch="4", shuffle="3", replacement=replacement)
    as_written = type(loss).drawn.__wrapped__
    for t, count in product(range(1, 40), (6, 23)):
        assert loss.drawn(t, count) == as_written(loss, t, count)


@pytest.mark.parametrize("size", [1, 4, 16])
@pytest.mark.parametrize("replacement", [True, False])
def test_the_covariance_of_batch_gradients_is_what_sampling_theory_says(size, replacement):
    """S / B with replacement, S / B (n - B) / (n - 1) without."""
    loss, w = of(size, replacement=replacement), np.array([0.3, -0.4])
    n = len(loss.rows())
    single = np.array([of(1).slope(w[0] * u + w[1], v) * np.array([u, 1]) for u, v in loss.rows()])
    wanted = np.cov(single.T, bias=True) / size * (1 if replacement else (n - size) / (n - 1))
    seen = np.array([loss.seen(t).gradient(w) for t in range(1, 4001)])
    scale = np.sqrt(np.outer(np.diag(wanted), np.diag(wanted)))
    np.testing.assert_array_less(np.abs(np.cov(seen.T) - wanted) / scale, 0.12)


def test_a_batch_of_all_rows_is_the_loss_itself():
    for loss in (of("all"), of(32)):
        assert not loss.changes
        assert loss.unused() == {"replacement", "shuffle", "points", "across", "up", "file"}
    assert of(16).changes
    assert of(16).unused() == {"points", "across", "up", "file"}


@pytest.mark.parametrize("rule", ["gradient_descent", "adam", "momentum", "line_search"])
def test_every_step_of_a_run_learns_from_its_own_batch(rule):
    loss, optimizer = of(4), OPTIMIZERS[rule]()
    run = trajectory(Run(optimizer, loss, loss.start, 30))
    w, memory = np.array(loss.start), optimizer.start(np.array(loss.start))
    for t in range(1, 31):
        np.testing.assert_array_equal(run.gradient[t - 1], loss.seen(t).gradient(w))
        w, memory = optimizer.step(t, optimizer.lr, w, memory, loss.seen(t))
        np.testing.assert_array_equal(run.x[t], w)


def test_many_lanes_see_the_same_batches_as_one():
    loss, optimizer = of(4), OPTIMIZERS["adam"]()
    starts = np.array([[0.1, -2.0], [0.5, 0.4]])
    ends = list(states(Run(optimizer, loss, starts, 20)))[-1].w
    for k in range(2):
        np.testing.assert_allclose(
            ends[:, k], trajectory(Run(optimizer, loss, starts[:, k], 20)).x[-1], rtol=1e-12
        )


def test_a_sweep_over_a_number_of_the_loss_sees_the_same_batches():
    kind, widths = DATA["huber_regression"], np.array([0.1, 0.5, 2.0])
    start, rule = np.zeros((2, 3)), OPTIMIZERS["momentum"]()
    many = kind(batch="4", delta=widths)
    ends = list(states(Run(rule, many, start, 15)))[-1].w
    for k, delta in enumerate(widths.tolist()):
        one = trajectory(Run(rule, kind(batch="4", delta=delta), (0.0, 0.0), 15)).x[-1]
        np.testing.assert_allclose(ends[:, k], one, rtol=1e-12)


def test_another_shuffle_is_another_run_and_the_same_shuffle_the_same():
    runs = [
        trajectory(Run(OPTIMIZERS["adam"](), of(2, shuffle=s), (0.0, 0.0), 20)).x for s in "001"
    ]
    np.testing.assert_array_equal(runs[0], runs[1])
    assert not np.array_equal(runs[0], runs[2])


@pytest.mark.parametrize("key", DATA)
@pytest.mark.parametrize("noise", [0.0, 0.2])
def test_exported_code_learns_from_the_same_batches(key, noise):
    lanes = tuple(Lane(OPTIMIZERS[rule]()) for rule in ("gradient_descent", "adam", "newton"))
    loss = DATA[key](batch="4", replacement=noise > 0, shuffle="3")
    assert_reproduced(replace(Experiment(lanes=lanes, steps=40, noise=noise).on(loss)))


def test_the_printed_numbers_of_a_step_are_those_of_its_batch():
    experiment = replace(Experiment().on(of(2)), steps=12)
    _, arrays = unpack(race_packet(experiment, View()))
    run = experiment.runs()[0]
    np.testing.assert_allclose(arrays["gradient0"], run.gradient, rtol=1e-6)
    shown = arrays["slots"]
    assert any(np.allclose(row[1:], run.gradient[:-1, 0], rtol=1e-5) for row in shown)


@pytest.mark.parametrize(
    "text", ["0 1, 2 3, 4 5", "0,1;2,3\n4,5", " 0\t1\r\n2\t3\r\n4\t5\r\n", "0 1 2 3 4 5"]
)
def test_points_are_read_as_they_come_from_a_table(text):
    loss = LinearRegression("own", False, points=text)
    assert loss.rows() == ((0.0, 1.0), (2.0, 3.0), (4.0, 5.0))
    assert (loss.minima[0].x, loss.minima[0].y) == pytest.approx((1.0, 1.0))
    assert read(write(Experiment().on(loss))) == (Experiment().on(loss), ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "'' is not a number"),
        ("1 2 3", "3 numbers are no pairs"),
        ("1 2", "1 points: at least 2"),
        ("1 two 3 4", "'two' is not a number"),
        ("1 nan 3 4", "nan is missing or too large"),
        ("1 inf 3 4", "inf is missing or too large"),
        ("1 2 1 3", "all points lie above one another"),
        (" ".join(["1 2"] * 201), "201 points: at least 2, at most 200"),
        ("1 2 " * 2000, "8000 characters are too many"),
    ],
)
def test_what_is_no_list_of_points_is_refused_in_words(text, said):
    with pytest.raises(ValueError, match=r"LinearRegression\.points: ") as refusal:
        LinearRegression("own", points=text)
    assert said in str(refusal.value)


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("logistic_regression", "0 0 1 2", "two classes"),
        ("logistic_regression", "0 1 1 1", "all points are of one class, 1"),
        ("tanh_neuron", "0 0 1 -1", "two classes"),
        ("poisson_regression", "0 0.5 1 2", "counts"),
        ("poisson_regression", "0 0 1 0", "counts"),
    ],
)
def test_points_that_a_loss_is_not_for_are_refused_in_words(key, text, said):
    with pytest.raises(ValueError, match=said):
        DATA[key]("own", points=text)
    shown, notices = read({"surface": key, "surface.data": "own", "surface.points": text})
    assert shown == Experiment().on(DATA[key]())
    assert said in notices[0]
    assert "Regression." not in notices[0]


@pytest.mark.parametrize("standardized", [True, False])
@pytest.mark.parametrize(
    ("key", "points", "fits"),
    [
        ("logistic_regression", "0 0, 1 0, 2 1, 3 1", False),
        ("logistic_regression", "0 0, 1 0, 1 1, 2 1", False),
        ("logistic_regression", "0 0, 1 1, 2 0, 3 1", True),
        ("poisson_regression", "0 0, 1 0, 2 1", False),
        ("poisson_regression", "0 0, 1 0, 2 3, 2 5", False),
        ("poisson_regression", "0 0, 1 1, 2 0, 3 2", True),
    ],
)
def test_only_rows_that_no_line_parts_have_a_fit(key, points, fits, standardized):
    """Albert and Anderson (1984), Biometrika 71, 1: classes that touch at one value have none."""
    loss = DATA[key]("own", standardized, points=points)
    assert (loss.lowest is not None) == fits
    assert all(low < 0 < high for low, high in loss.window) or fits


def test_classes_that_a_line_parts_have_no_fit():
    loss = LogisticRegression("own", points="0 0, 1 0, 2 1, 3 1")
    assert loss.critical_points == ()
    assert loss.lowest is None
    (x0, x1), (y0, y1) = loss.window
    assert x0 < loss.start[0] < x1
    assert y0 < loss.start[1] < y1


@given(st.text(max_size=80) | st.text("0123456789.,; -e\tnai", max_size=80))
def test_any_text_is_a_list_of_points_or_refused(text):
    try:
        table = own_table(text)
    except ValueError:
        return
    assert 2 <= len(table.u) == len(table.v) <= 200
    assert np.isfinite([table.u, table.v]).all()


@pytest.mark.parametrize("key", DATA)
def test_the_stage_is_told_how_points_become_rows(key):
    loss = DATA[key]("own", points="3 0, 5 1, 9 0, 4 1, 7 1")
    told = model(loss)
    for side in (0, 1):
        shift, scale = told["own"]["scales"][side]
        points = np.array(told["own"]["points"])[:, side]
        rows = rows_drawn(loss)[:, side]
        np.testing.assert_allclose((points - shift) / scale, rows, atol=1e-12)
    assert model(DATA[key]())["own"] is None


def test_one_module_serves_all_rows_and_batches():
    adam, kind = Lane(OPTIMIZERS["adam"]()), DATA["logistic_regression"]
    found = addresses(kind(), adam)
    assert found
    assert found == addresses(kind("own"), adam) == addresses(of(4), adam)


@pytest.mark.parametrize("size", [2, 8])
@pytest.mark.parametrize("replacement", [True, False])
def test_the_stage_is_told_how_batches_scatter_at_every_step(size, replacement):
    loss = of(size, replacement=replacement)
    experiment = replace(Experiment().on(loss), steps=3)
    header, arrays = unpack(race_packet(experiment, View()))
    n = len(loss.rows())
    assert header["model"]["epoch"] == -(-n // size)
    w, told = arrays["scatter"][2][:2].astype(float), arrays["scatter"][2][2:]
    np.testing.assert_array_equal(arrays["scatter"][:, :2], arrays["x0"])
    single = np.array([loss.slope(w[0] * u + w[1], v) * np.array([u, 1]) for u, v in loss.rows()])
    wanted = np.cov(single.T, bias=True) / size * (1 if replacement else (n - size) / (n - 1))
    np.testing.assert_allclose(told[:2], loss.gradient(w), rtol=1e-5)
    np.testing.assert_allclose(told[2:], wanted[[0, 0, 1], [0, 1, 1]], rtol=1e-5)
    assert "scatter" not in unpack(race_packet(replace(Experiment().on(of("all"))), View()))[1]


def test_a_weight_that_is_nothing_but_rounding_is_zero():
    """Standardized rows have their fit through 0, of which rounding had left 1.7e-16."""
    found = LinearRegression().minima[0]
    assert found.y == 0
    assert found.x == pytest.approx(0.8068949006892104, rel=1e-12)
