"""What every update rule on the menu keeps to, whatever it computes."""

import importlib
import inspect
import pkgutil
import re
from dataclasses import fields, replace
from functools import partial

import numpy as np
import pytest

import optimizers
from declarations import Number, Switch, declarations, defaults
from engine.run.run import Run
from engine.run.trajectory import trajectory
from optimizers import OPTIMIZERS, Optimizer
from optimizers.base import NoMemory
from surfaces import SURFACES
from tests.rounding import assert_same
from tests.simple_surfaces import Bowl, Scaled, Slope

START = (-1.2, 1.0)
ROSENBROCK = SURFACES["rosenbrock"]()
every_rule = pytest.mark.parametrize("key", OPTIMIZERS)


def variants(key):
    """The rule at its defaults, and once with every switch thrown."""
    kind = OPTIMIZERS[key]
    switches = {n: True for n, d in declarations(kind).items() if isinstance(d, Switch)}
    return [kind(), kind(**switches)] if switches else [kind()]


def numbers(key):
    return {n: d for n, d in declarations(OPTIMIZERS[key]).items() if isinstance(d, Number)}


def near_default(key, seed, shape):
    """Settings drawn from the stops within a factor of 3 of each default, arrays of a shape."""
    random, drawn = np.random.default_rng(seed), {}
    for name, declaration in numbers(key).items():
        stops, middle = np.array(declaration.stops()), defaults(OPTIMIZERS[key])[name]
        close = stops[(stops >= middle / 3) & (stops <= max(middle * 3, 1e-3))]
        drawn[name] = random.choice(close if len(close) else stops, size=shape)
    return drawn


def same(ours, others, equal=np.testing.assert_array_equal):
    for name in ("x", "loss", "gradient"):
        equal(getattr(ours, name), getattr(others, name))
    assert ours.memory.keys() == others.memory.keys()
    for name, rows in ours.memory.items():
        equal(rows, others.memory[name])


def lane(run, k):
    memory = {name: rows[..., k] for name, rows in run.memory.items()}
    return run._replace(
        x=run.x[..., k], loss=run.loss[..., k], gradient=run.gradient[..., k], memory=memory
    )


def test_every_file_is_on_the_menu_under_its_own_name():
    found = {}
    for module in pkgutil.iter_modules(optimizers.__path__):
        parts = vars(importlib.import_module(f"optimizers.{module.name}")).values()
        rules = [p for p in parts if isinstance(p, type) and p.__module__.endswith(module.name)]
        for rule in (r for r in rules if issubclass(r, Optimizer) and not inspect.isabstract(r)):
            assert module.name not in found, "one file, one rule"
            found[module.name] = rule
    assert found == OPTIMIZERS


@every_rule
def test_the_rule_says_where_it_comes_from(key):
    kind = OPTIMIZERS[key]
    assert kind.paper.isascii()
    assert re.search(r"\((19|20)\d\d\)", kind.paper)
    assert len({other.title for other in OPTIMIZERS.values()}) == len(OPTIMIZERS)
    assert kind.__doc__
    assert all(isinstance(line, str) for rule in variants(key) for line in rule.rule)


@every_rule
def test_every_memory_array_has_a_symbol(key):
    kept = {name for rule in variants(key) for name in rule.start(np.ones(2))._fields}
    assert kept == set(OPTIMIZERS[key].memory_symbols)
    assert OPTIMIZERS[key].velocity in kept | {""}


@every_rule
def test_the_learning_rate_comes_first_and_every_field_is_declared(key):
    kind = OPTIMIZERS[key]
    assert list(declarations(kind)) == [field.name for field in fields(kind)]
    assert next(iter(declarations(kind))) == "lr"


@every_rule
def test_defaults_are_allowed_values(key):
    for name, declaration in declarations(OPTIMIZERS[key]).items():
        assert declaration.problem(defaults(OPTIMIZERS[key])[name]) is None


@every_rule
def test_a_value_out_of_range_is_named_with_its_range(key):
    for name, d in numbers(key).items():
        for bad in (d.low - 1, d.high * 2 + 1, np.nan, np.inf):
            with pytest.raises(ValueError, match=re.escape(f"{OPTIMIZERS[key].__name__}.{name}: ")):
                OPTIMIZERS[key](**{name: bad})
        with pytest.raises(ValueError, match=r"-?[\d.e-]+ is outside [\d.e-]+ to [\d.e-]+$"):
            OPTIMIZERS[key](**{name: d.low - 1})


@every_rule
def test_a_tiny_rate_stays_put(key):
    slope = np.abs(ROSENBROCK.gradient(np.array(START))).max()
    for rule in variants(key):
        path = trajectory(Run(replace(rule, lr=1e-6), ROSENBROCK, START, 1)).x
        assert 0 < np.abs(path[1] - path[0]).max() <= 1e-5 * slope


@every_rule
def test_a_run_starts_from_fresh_memory(key):
    for rule in variants(key):
        same(*(trajectory(Run(rule, ROSENBROCK, START, 30)) for _ in range(2)))


@every_rule
@np.errstate(all="ignore")
def test_nothing_is_changed_in_place(key):
    for rule in variants(key):
        w = np.array([[-1.2, 0.3], [1.0, 0.7]])
        memory = rule.start(w)
        for t in (1, 2, 3):
            before = w.copy(), [part.copy() for part in memory]
            after, kept = rule.step(t, rule.lr, w, memory, ROSENBROCK)
            np.testing.assert_array_equal(w, before[0])
            for part, copy in zip(memory, before[1], strict=True):
                np.testing.assert_array_equal(part, copy)
            assert type(kept) is type(memory)
            assert [np.shape(part) for part in kept] == [np.shape(part) for part in memory]
            w, memory = after, kept


@every_rule
@pytest.mark.parametrize("surface", ["rosenbrock", "himmelblau", "booth"])
def test_a_batch_of_lanes_equals_its_lanes_one_by_one(key, surface):
    loss, drawn = SURFACES[surface](), near_default(key, 7, 5)
    starts = np.random.default_rng(8).uniform(-1.5, 1.5, (2, 5))
    for rule in variants(key):
        batch = trajectory(Run(replace(rule, **drawn), loss, starts, 60))
        for k in range(5):
            alone = {name: values[k] for name, values in drawn.items()}
            one = trajectory(Run(replace(rule, **alone), loss, starts[:, k], 60))
            same(lane(batch, k), one, partial(assert_same, rule))


@every_rule
def test_a_lane_that_goes_wrong_leaves_the_others_untouched(key):
    fine = np.random.default_rng(9).uniform(-1, 1, (2, 4))
    wrong = fine.copy()
    wrong[:, 1], wrong[:, 2] = np.nan, (1e11, -1e11)
    for rule in variants(key):
        alone, beside = (trajectory(Run(rule, ROSENBROCK, w, 60)) for w in (fine, wrong))
        assert beside.diverged[1] == 0
        assert np.isnan(beside.x[:, :, 1]).all()
        for k in (0, 3):
            same(lane(alone, k), lane(beside, k))


@every_rule
def test_hyperparameters_and_starts_broadcast(key):
    settings = near_default(key, 3, (3, 1))
    starts = np.random.default_rng(4).uniform(-1, 1, (2, 1, 4))
    for rule in variants(key):
        run = trajectory(Run(replace(rule, **settings), ROSENBROCK, starts, 20))
        assert run.x.shape == (21, 2, 3, 4)
        corner = {name: values[2, 0] for name, values in settings.items()}
        one = trajectory(Run(replace(rule, **corner), ROSENBROCK, starts[:, 0, 1], 20))
        assert_same(rule, run.x[:, :, 2, 1], one.x)


@every_rule
def test_a_coordinate_without_slope_stays_exactly_where_it_is(key):
    """With averages that start at 0, where a rule lets one choose."""
    zeroed = {"initial": 0.0} if "initial" in numbers(key) else {}
    for rule in variants(key):
        for bend in (1.0, -1.0):
            run = trajectory(Run(replace(rule, **zeroed), Bowl(2.0, bend), (0.9, 0.0), 50))
            np.testing.assert_array_equal(run.x[:, 1], 0.0)
            assert run.x[1, 0] != 0.9


@every_rule
def test_steps_are_finite_on_a_surface_without_slope(key):
    for rule in variants(key):
        run = trajectory(Run(rule, Bowl(0.0, 0.0), (0.9, -0.4), 5))
        shift = np.abs(run.x[-1] - run.x[0]).max()
        assert shift < 0.1 or run.diverged > 0


SCALE_FREE = {
    "rprop": {},
    "sign_descent": {},
    "lion": {},
    "adagrad": {"eps": 0.0},
    "rmsprop": {"eps": 0.0},
    "adam_lecture": {"eps": 0.0},
    "adam": {"eps": 0.0},
    "amsgrad": {"eps": 0.0},
    "adamw": {"eps": 0.0},
    "nadam": {"eps": 0.0},
    "adamax": {"eps": 0.0},
    "adabelief": {"eps": 0.0},
    "newton": {},
}
TALLER = Scaled(ROSENBROCK, 1024.0)


@pytest.mark.parametrize("key", SCALE_FREE)
def test_scaling_the_loss_moves_no_bit(key):
    rule = OPTIMIZERS[key](**SCALE_FREE[key])
    low, high = (trajectory(Run(rule, loss, START, 200)).x for loss in (ROSENBROCK, TALLER))
    np.testing.assert_array_equal(low, high)


@pytest.mark.parametrize("key", ["gradient_descent", "momentum", "local_gains", "radam"])
def test_the_other_rules_feel_the_scale(key):
    rule = replace(OPTIMIZERS[key](), lr=1e-6)
    low, high = (trajectory(Run(rule, loss, START, 20)).x for loss in (ROSENBROCK, TALLER))
    assert np.abs(low - high).max() > 1e-3


@pytest.mark.parametrize(
    ("key", "settings"),
    [
        ("momentum_lecture", {"beta": 0.0}),
        ("momentum", {"beta": 0.0}),
        ("momentum_ema", {"beta": 0.0}),
        ("nesterov", {"beta": 0.0}),
        ("local_gains", {"beta": 0.0}),
        ("local_gains_hinton", {"delta": 0.0}),
        ("delta_bar_delta", {"kappa": 0.0, "phi": 0.0}),
    ],
)
def test_a_rule_without_its_idea_is_gradient_descent(key, settings):
    plain = trajectory(Run(OPTIMIZERS["gradient_descent"](lr=1e-3), ROSENBROCK, START, 200)).x
    path = trajectory(Run(OPTIMIZERS[key](lr=1e-3, **settings), ROSENBROCK, START, 200)).x
    np.testing.assert_array_equal(plain, path)


def test_conventions_of_momentum_agree_once_the_rate_is_converted():
    paths = [
        trajectory(Run(OPTIMIZERS[key](lr=lr, beta=0.9), ROSENBROCK, START, 100)).x
        for key, lr in (("momentum_lecture", 5e-4), ("momentum", 5e-4), ("momentum_ema", 5e-3))
    ]
    np.testing.assert_allclose(paths[0], paths[1], rtol=1e-9)
    np.testing.assert_allclose(paths[0], paths[2], rtol=1e-9)


def test_coupled_and_decoupled_decay_differ_only_where_the_gradient_is_scaled():
    loss, decay = SURFACES["himmelblau"](), {"lr": 0.01, "weight_decay": 0.1}
    coupled = trajectory(Run(OPTIMIZERS["adam"](**decay), loss, (1.0, 1.0), 50)).x
    decoupled = trajectory(Run(OPTIMIZERS["adamw"](**decay), loss, (1.0, 1.0), 50)).x
    assert np.abs(coupled - decoupled).max() > 1e-3
    free = {"lr": 0.01, "weight_decay": 0.0}
    same(*(trajectory(Run(OPTIMIZERS[k](**free), loss, (1.0, 1.0), 50)) for k in ("adam", "adamw")))


def test_centered_rmsprop_survives_a_constant_slope():
    """Where torch.optim.RMSprop (alpha 0.5) turns to NaN at step 54."""
    rule = OPTIMIZERS["rmsprop"](lr=1e-6, alpha=0.5, centered=True)
    run = trajectory(Run(rule, Slope(0.1, -0.7), START, 400))
    assert np.isfinite(run.x).all()
    assert (run.memory["v"] < run.memory["m"] ** 2).any()


def test_a_rule_without_memory_keeps_nothing():
    assert trajectory(Run(OPTIMIZERS["gradient_descent"](), ROSENBROCK, START, 3)).memory == {}
    assert NoMemory() == ()
