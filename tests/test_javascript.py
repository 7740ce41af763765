"""What the browser computes is what the engine computes, for everything on the menus."""

from dataclasses import replace
from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from declarations import Number, declarations
from engine.compile import javascript
from engine.compile.averages import Sums
from engine.compile.floats import FORMULAS as ON_FLOATS
from engine.compile.recording import open_form, record_open
from engine.run.run import Run
from engine.run.trajectory import trajectory
from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from surfaces import DATA, SURFACES
from surfaces.data.columns import table
from surfaces.data.shelf import SHELF
from tests.formulas import any_formula
from tests.javascript import Case, answers_of, browser, engine

EXACT = {np.add, np.subtract, np.multiply, np.true_divide, np.sqrt, np.negative, np.absolute}
EXACT |= {np.square, np.where, np.sign, np.maximum, np.minimum, np.greater, np.less, np.equal}
EXACT |= {np.greater_equal, np.less_equal, np.isnan, np.bitwise_or, np.bitwise_and, np.invert}
STEPS = 40
DIRECTIONS = np.array([(1, 1), (1, -1), (-1, 1), (-1, -1), (1, 0), (0, 1), (-1, 0), (0, -1)])


def drawn(declared, rng):
    """The same with every number at a stop of its slider, and every switch thrown."""
    found = {}
    for name, declaration in declarations(type(declared)).items():
        if isinstance(declaration, Number):
            found[name] = rng.choice(declaration.stops()).item()
        elif isinstance(getattr(declared, name), bool):
            found[name] = bool(rng.integers(2))
    return replace(declared, **found)


def target(surface):
    return None if surface.lowest is None else surface.lowest + 1e-3


def cases(rule):
    """Four runs on every surface: settings drawn or not, noise on and off, every schedule."""
    rng = np.random.default_rng(sorted(OPTIMIZERS).index(rule))
    plans = [kind() for kind in SCHEDULES.values()]
    for n, kind in enumerate(SURFACES.values()):
        for k in range(4):
            optimizer, surface = OPTIMIZERS[rule](), kind()
            schedule = plans[0] if k == 0 else plans[(n + 3 * k) % len(plans)]
            if k % 2:
                optimizer, surface = drawn(optimizer, rng), drawn(surface, rng)
                schedule = drawn(schedule, rng)
            start = tuple(np.add(surface.start, rng.normal(scale=0.3, size=2)).tolist())
            noise = (0.3, k) if k in (1, 2) else (0.0, 0)
            yield Case(optimizer, surface, schedule, start, STEPS, *noise, target(surface))


def exact(case):
    """Say whether a run needs only operations that IEEE 754 rounds in one way."""
    program = record_open(open_form(case.optimizer), open_form(case.surface))
    asked = (*program.next_state, program.loss)
    nodes = program.needed(*asked)
    nodes += tuple(row for n in nodes if isinstance(n.operation, Sums) for row in n.operation.body)
    used = {n.operation for n in nodes if isinstance(n.operation, np.ufunc)}
    return used <= EXACT and type(case.schedule).__name__ in ("Constant", "Inverse")


def nudged(case):
    """The engine's run from a few last digits beside the start, in every direction."""
    ways = np.concatenate([size * DIRECTIONS.T for size in (1, 3, 9)], axis=1)
    starts = np.array(case.start)[:, None] * (1 + 2.0**-52 * ways)
    plan = {"schedule": case.schedule, "sigma": case.sigma, "seed": case.seed}
    return trajectory(Run(case.optimizer, case.surface, starts, case.steps, **plan))


def same(ours, theirs):
    return np.array_equal(ours, theirs, equal_nan=True)


def assert_same(case, ours, theirs):
    last = case.steps if theirs.diverged < 0 else theirs.diverged - 1
    assert (ours.diverged, ours.arrived) == (theirs.diverged, theirs.arrived)
    assert same(ours.evaluations[: last + 1], theirs.evaluations[: last + 1])
    assert same(ours.x, theirs.x)
    assert same(ours.loss, theirs.loss)
    assert same(ours.gradient, theirs.gradient)
    assert all(same(ours.memory[name], theirs.memory[name]) for name in theirs.memory)


def assert_close(case, ours, theirs):
    """As close as the engine is to itself when a start a few last digits away is let grow."""
    around = nudged(case)
    with np.errstate(all="ignore"):
        apart = np.abs(around.x - theirs.x[:, :, None]).max(axis=(1, 2))
    apart = np.maximum.accumulate(np.where(np.isnan(apart), np.inf, apart))
    if np.all(around.diverged == theirs.diverged):
        assert ours.diverged == theirs.diverged
    alive = np.isfinite(theirs.x[:, 0]) & np.isfinite(ours.x[:, 0])
    size = np.maximum.accumulate(np.abs(np.where(alive[:, None], theirs.x, 0)).max(axis=1))
    allowed = 1e-12 * (1 + size) + 30 * apart
    comparable = alive & (allowed < 1e-6 * (1 + size))
    # A search may end a look sooner where two losses differ in the last digit; then runs part.
    comparable &= np.logical_and.accumulate((ours.evaluations == theirs.evaluations).all(axis=1))
    error = np.abs(ours.x - theirs.x).max(axis=1)
    assert np.all(error[comparable] <= allowed[comparable])
    looks = {tuple(around.evaluations[t]) for t in np.flatnonzero(comparable)}
    told = {tuple(theirs.evaluations[t]) for t in np.flatnonzero(comparable)}
    if comparable.all() and looks == told:
        assert same(ours.evaluations, theirs.evaluations)
        assert ours.arrived == theirs.arrived
    return np.mean(comparable)


@pytest.mark.parametrize("rule", OPTIMIZERS)
def test_a_rule_runs_in_the_browser_as_in_the_engine(rule, tmp_path):
    assert assert_alike(list(cases(rule)), tmp_path) > 0.6


def assert_alike(runs, folder):
    """Runs in the browser are the engine's, to the last bit where only + - * / and roots occur."""
    compared = []
    for case, ours in zip(runs, browser(folder, runs), strict=True):
        theirs = engine(case)
        np.testing.assert_allclose(ours.lr, theirs.lr, rtol=1e-12)
        if exact(case):
            assert_same(case, ours, theirs)
            compared.append(1.0)
        else:
            compared.append(assert_close(case, ours, theirs))
    return np.mean(compared)


def formula_case(drawn):
    text, rule, x, y, a, b, noisy = drawn
    surface = SURFACES["formula"](text, a=a, b=b, sides="-3,3,-2,2")
    noise = (0.2, 1) if noisy else (0.0, 0)
    return Case(OPTIMIZERS[rule](), surface, SCHEDULES["cosine"](), (x, y), STEPS, *noise)


NEAR = st.floats(-3, 3).map(lambda v: round(v, 3))
TYPED = st.tuples(
    any_formula(), st.sampled_from(list(OPTIMIZERS)), NEAR, NEAR, NEAR, NEAR, st.booleans()
).map(formula_case)
PLAIN = "if(x < a, x^2/(1 + y^2), max(x, -b y)) + |x y| + sqrt(1 + y^2) + relu(x) + sign(y)x"


@settings(max_examples=8, deadline=None)
@given(st.lists(TYPED, min_size=8, max_size=8))
def test_a_typed_formula_runs_in_the_browser_as_in_the_engine(tmp_path_factory, runs):
    assert_alike(runs, tmp_path_factory.mktemp("formulas"))


@pytest.mark.parametrize("rule", ["momentum", "adagrad", "rprop", "line_search"])
def test_a_typed_formula_without_functions_is_the_same_to_the_last_bit(rule, tmp_path):
    drawn = (PLAIN, rule, 1.2, -0.7, 0.3, 0.9, False)
    case = formula_case(drawn)._replace(schedule=SCHEDULES["constant"]())
    assert exact(case)
    assert assert_alike([case], tmp_path) == 1


@pytest.mark.parametrize("rule", OPTIMIZERS)
def test_batches_of_data_are_the_engines(rule, tmp_path):
    runs = [
        Case(OPTIMIZERS[rule](), kind(batch=size, **drawn), plan(), start, 60, sigma, 5)
        for kind in DATA.values()
        for size, start in (("1", (0.5, -1.0)), ("8", (-0.3, 0.2)))
        for plan, sigma, drawn in (
            (SCHEDULES["constant"], 0.0, {"shuffle": "7"}),
            (SCHEDULES["reduce_on_plateau"], 0.2, {"replacement": True, "standardized": False}),
        )
    ]
    # one row bends the loss in one direction only, so that Newton's steps amplify last digits
    assert assert_alike(runs, tmp_path) > (0.3 if rule == "newton" else 0.6)


@settings(max_examples=5, deadline=None)
@given(
    st.lists(st.tuples(st.floats(-1e3, 1e3), st.booleans()), min_size=3, max_size=40),
    st.sampled_from(list(OPTIMIZERS)),
)
def test_points_of_one_s_own_run_in_the_browser_as_in_the_engine(tmp_path_factory, rows, rule):
    rows = [(0.0, False), (1.5, True), *rows]
    points = ", ".join(f"{u} {int(v)}" for u, v in rows)
    kinds = [kind for name, kind in DATA.items() if kind.target != "counted"]
    runs = [
        Case(OPTIMIZERS[rule](), kind(data="own", points=points, batch=size), plan, (0.4, -0.2), 40)
        for kind in kinds
        for size, plan in (("all", SCHEDULES["constant"]()), ("2", SCHEDULES["constant"]()))
    ]
    assert_alike(runs, tmp_path_factory.mktemp("points"))


def test_the_logarithms_of_thousands_of_rows_add_up_in_the_browser_too(tmp_path):
    u = np.linspace(-3.0, 3.0, 3000)
    name, held = SHELF.keep(table("u", "v", u, (u > 0.3).astype(float)))
    surface = DATA["logistic_regression"](file=name)
    starts = ((0.0, 0.0), (-40.0, 3.0), (60.0, -18.0), (1e3, 2e3))
    runs = [
        Case(OPTIMIZERS["momentum"](), surface, SCHEDULES["constant"](), start, 30)
        for start in starts
    ]
    for case, ours in zip(runs, browser(tmp_path, runs), strict=True):
        theirs = engine(case)
        np.testing.assert_allclose(ours.loss, theirs.loss, rtol=1e-12, atol=1e-300)
        np.testing.assert_allclose(ours.gradient, theirs.gradient, rtol=1e-11, atol=1e-15)
    assert len(held.u) == 3000


HARD = [
    ("gradient_descent", {"lr": 1.0}, "rosenbrock", (3.0, 3.0), 2000),
    ("adam", {"eps": 0.0}, "ravine", (0.0, 0.0), 30),
    ("adam", {"eps": 0.0}, "saddle", (1.0, 0.0), 300),
    ("momentum", {}, "saddle", (0.0, 0.0), 30),
    ("rprop", {}, "sphere", (9e11, -9e11), 300),
    ("adagrad", {"eps": 0.0}, "l1_valley", (0.0, 1.0), 50),
    ("gradient_descent", {"lr": 1e-3}, "ravine", (1e5, 1e5), 2000),
    ("line_search", {}, "monkey_saddle", (1e3, 1e3), 100),
]


@pytest.mark.parametrize("watched", [False, True], ids=["plain", "watched"])
def test_the_edges_are_the_engines_too(watched, tmp_path):
    plan = SCHEDULES["reduce_on_plateau" if watched else "constant"]()
    runs = []
    for rule, numbers, loss, start, steps in HARD:
        surface = SURFACES[loss]()
        runs.append(Case(OPTIMIZERS[rule](**numbers), surface, plan, start, steps))
    for case, ours in zip(runs, browser(tmp_path, runs), strict=True):
        theirs = engine(case)
        assert ours.diverged == theirs.diverged
        np.testing.assert_allclose(ours.x, theirs.x, rtol=1e-9, atol=1e-12)


SPECIAL = np.array([0.0, -0.0, np.inf, -np.inf, np.nan, 5e-324, 1.7e308, 1.0, -1.0, 0.5, -2.5, 2.0])


def operands(seed):
    """Rows of three numbers: any bits, small ones, halves of whole ones, and the special ones."""
    rng = np.random.default_rng(seed)
    any_bits = rng.integers(0, 2**64, (300, 3), dtype=np.uint64).view(float)
    halves = rng.integers(-20, 20, (300, 3)) / 2
    kinds = np.stack([any_bits, rng.normal(size=(300, 3)), halves, rng.choice(SPECIAL, (300, 3))])
    return np.take_along_axis(kinds, rng.integers(0, 4, (1, 300, 3)), axis=0)[0].tolist()


ROUNDED_FREELY = {np.power, np.exp2, np.hypot, np.arctan2, np.deg2rad}
ROUNDED_FREELY |= {getattr(np, name) for name in javascript.SAME_NAME}
TRUTHS = {np.bitwise_and, np.bitwise_or, np.invert}


def numpys(operation, row):
    with np.errstate(all="ignore"):
        if operation is np.where:
            return float(np.where(row[0] > 0, row[1], row[2]))
        given_ = (
            [bool(v > 0) for v in row] if operation in TRUTHS else [np.array([v, v]) for v in row]
        )
        return float(np.ravel(operation(*given_))[0])


def asked(operation, rows):
    """One formula with rows of operands, as tests/js/replay.js takes it."""
    body = javascript.FORMULAS[operation]
    count = 3 if "{2}" in body else 2 if "{1}" in body else 1
    names = ["a", "b", "c"]
    if operation is np.where or operation in TRUTHS:
        names = [f"({n} > 0)" if k == 0 or operation in TRUTHS else n for k, n in enumerate(names)]
    return {
        "body": body.format(*names),
        "count": count,
        "rows": [
            [repr(v).replace("inf", "Infinity").replace("nan", "NaN") for v in r] for r in rows
        ],
    }


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 2**32).map(operands))
def test_every_operation_is_numpys_on_any_bits(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("operations")
    operations = list(javascript.FORMULAS)
    take = answers_of(folder, [asked(operation, rows) for operation in operations])
    for operation in operations:
        count = asked(operation, [])["count"]
        theirs = np.array([numpys(operation, row[:count]) for row in rows])
        ours, name = take(len(rows)), str(operation)
        if operation in ROUNDED_FREELY:
            np.testing.assert_allclose(ours, theirs, rtol=1e-14, atol=5e-323, err_msg=name)
            continue
        signed = ~np.isnan(theirs)
        if operation is np.copysign:  # the sign of a NaN is not to be seen in JavaScript
            signed &= ~np.isnan([row[1] for row in rows])
        np.testing.assert_array_equal(np.abs(ours), np.abs(theirs), err_msg=name)
        np.testing.assert_array_equal(ours[signed], theirs[signed], err_msg=name)
        if operation in (np.maximum, np.minimum):  # of 0 and -0 NumPy itself takes either
            continue
        np.testing.assert_array_equal(
            np.signbit(ours[signed]), np.signbit(theirs[signed]), err_msg=name
        )


def test_whole_powers_are_right_to_the_last_digit(tmp_path):
    rng = np.random.default_rng(0)
    rows = np.stack([1 - rng.random(4000) / 5, rng.integers(1, 2001, 4000)], axis=1).tolist()
    ours = answers_of(tmp_path, [asked(np.power, rows)])(len(rows))
    with localcontext(prec=60):
        theirs = [float(Decimal(base) ** int(n)) for base, n in rows]
    np.testing.assert_array_equal(ours, theirs)


def test_both_languages_know_the_same_operations():
    assert set(javascript.FORMULAS) >= set(ON_FLOATS)
