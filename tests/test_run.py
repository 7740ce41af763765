"""The quick ways through a run give what the rule itself gives, step by step as it is written."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pytest

from declarations import Number, declarations
from engine.compile.recording import record
from engine.compile.tracing import LIMIT, Untraceable
from engine.run.loop import moved
from engine.run.run import Run
from engine.run.seen import noise_draws
from engine.run.trajectory import trajectory
from engine.run.watch import first_true
from optimizers import OPTIMIZERS, Optimizer
from schedules import SCHEDULES, Constant
from surfaces import SURFACES
from tests.written import states

EXACT = {np.add, np.subtract, np.multiply, np.true_divide, np.sqrt, np.negative, np.absolute}
EXACT |= {np.square, np.where, np.sign, np.maximum, np.minimum, np.greater, np.less, np.equal}
PAIRS = [(rule, loss) for rule in OPTIMIZERS for loss in SURFACES]
EVERY_RULE_AND_LOSS = pytest.mark.parametrize(
    ("rule", "loss"), PAIRS, ids=["-".join(pair) for pair in PAIRS]
)


def spread(declared, shape, rng):
    """Choose settings for lanes: each number an array of its slider's stops."""
    numbers = {
        name: declaration
        for name, declaration in declarations(type(declared)).items()
        if isinstance(declaration, Number)
    }
    choices = {name: rng.choice(number.stops(), shape) for name, number in numbers.items()}
    return replace(declared, **choices)


def written(optimizer, surface, start, steps, noise=None, schedule=None):
    """Return points and memory, step by step, of the rule itself."""
    w = Run(optimizer, surface, np.asarray(start, dtype=float), 0).lanes()
    with np.errstate(all="ignore"):
        run = list(states(Run(optimizer, surface, w, steps, schedule or Constant()), noise))
    return np.array([s.w for s in run]), [
        np.array(part) for part in zip(*(s.memory for s in run), strict=True)
    ]


def same(ours, theirs):
    return np.array_equal(ours, theirs, equal_nan=True)


class Last(NamedTuple):
    """What the rules below remember."""

    g: np.ndarray


@dataclass(frozen=True)
class Halting(Optimizer):
    """A rule that looks at the numbers: it stops where the gradient is small."""

    rule = ()

    lr: float = 0.01

    def start(self, w):
        return Last(np.zeros_like(w))

    def step(self, t, lr, w, memory, surface):
        g = surface.gradient(w)
        return (w - lr * g if np.max(np.abs(g)) > 1.0 else w), Last(g)


class Shuffling(Halting):
    """A rule that hands its state about, so that no result may be written over another."""

    def step(self, t, lr, w, memory, surface):
        x, y = surface.gradient(w)
        return w - lr * memory.g, Last(np.stack((y, x)) + np.where(t % 2 == 0, w, memory.g))


class Cubing(Halting):
    """A rule that leaves what a Python float can hold before it leaves the limit."""

    def step(self, t, lr, w, memory, surface):
        g = surface.gradient(w)
        return w - lr * np.sign(g) * np.minimum(np.exp(g * g), 2.0), Last(g**3)


@pytest.mark.parametrize("kind", [Halting, Shuffling, Cubing])
@pytest.mark.parametrize("shape", [(), (3,)], ids=["single", "lanes"])
def test_rules_that_are_hard_to_hurry(kind, shape):
    surface, start = SURFACES["sphere"](), np.full((2, *shape), 0.7)
    start[0] = 30.0
    run = trajectory(Run(kind(lr=1e-3), surface, start, 50, sigma=0.1, seed=1))
    x, (g,) = written(kind(lr=1e-3), surface, start, 50, noise_draws(0.1, 1, 50))
    assert same(run.x, x)
    assert np.allclose(run.memory["g"], g, rtol=1e-12)


def inexact(optimizer, surface):
    """Count the operations of a step that IEEE 754 does not round in one way."""
    try:
        program = record(optimizer, surface, noisy=False)
    except Untraceable:
        return 0
    operations = [node.operation for node in program.needed(*program.next_state)]
    return sum(op not in EXACT for op in operations if isinstance(op, np.ufunc))


def exact(optimizer, surface):
    """Say whether a rule needs only operations that IEEE 754 rounds in one way."""
    return not inexact(optimizer, surface)


@EVERY_RULE_AND_LOSS
def test_a_single_path_in_floats_is_the_rule_itself(rule, loss):
    """To the last bit where rounding is defined; otherwise as close as the rule allows.

    exp, sin and powers may differ in the last bit between NumPy and the C library, and a rule
    may let that grow: so two runs of the rule itself, started a bit apart, set the scale. A sum
    over data has many such functions, and as many bits.
    """
    optimizer, surface = OPTIMIZERS[rule](), SURFACES[loss]()
    start = np.add(surface.start, (0.03, -0.02))
    ours = trajectory(Run(optimizer, surface, start, 60))
    theirs, memory = written(optimizer, surface, start, 60)
    alive = np.all(np.abs(theirs) <= LIMIT, axis=1) & (np.cumsum(np.isnan(ours.x[:, 0])) == 0)
    assert alive.sum() == (ours.diverged if ours.diverged >= 0 else 61)
    bits = exact(optimizer, surface)
    if bits:
        assert same(ours.x[alive], theirs[alive])
        assert all(map(same, (m[alive] for m in ours.memory.values()), (m[alive] for m in memory)))
    else:
        nudges = [(1, 1), (1, -1), (-1, 1), (-1, -1)]
        apart = 4e-16 * max(1.0, inexact(optimizer, surface) / 4)
        nudged = [written(optimizer, surface, start + apart * np.array(n), 60)[0] for n in nudges]
        with np.errstate(all="ignore"):
            envelope = np.max(np.abs(np.array(nudged) - theirs), axis=(0, 2))
        envelope = 1e-13 + 10 * np.maximum.accumulate(envelope)
        comparable = alive & (envelope < 1e-6)
        assert np.all(np.abs(ours.x - theirs)[comparable].max(axis=1) <= envelope[comparable])


@pytest.mark.parametrize("rule", OPTIMIZERS)
@pytest.mark.parametrize("shape", [(), (3,)], ids=["single", "lanes"])
def test_evaluations_are_those_the_rule_asks_for(rule, shape):
    optimizer, surface = OPTIMIZERS[rule](), next(iter(SURFACES.values()))()
    start = np.ones((2, *shape))
    run = Run(optimizer, surface, start, 10)
    with np.errstate(all="ignore"):
        counts = [state.asked for state in moved(run, start)]
    assert np.array_equal(trajectory(run).evaluations, counts)


@pytest.mark.parametrize("schedule", SCHEDULES)
@pytest.mark.parametrize("shape", [(), (3,)], ids=["single", "lanes"])
def test_a_schedule_sets_the_rate_of_each_step(schedule, shape):
    optimizer = next(iter(OPTIMIZERS.values()))(lr=1e-3)
    surface, plan = next(iter(SURFACES.values()))(), SCHEDULES[schedule]()
    start = np.ones((2, *shape)) * 0.5
    ours = trajectory(Run(optimizer, surface, start, 80, schedule=plan, sigma=0.5, seed=4))
    w = Run(optimizer, surface, start, 0).lanes()
    theirs = list(states(Run(optimizer, surface, w, 80, plan), noise_draws(0.5, 4, 80)))
    assert same(ours.x, np.array([s.w for s in theirs]))
    expected = [np.broadcast_to(s.lr, shape) for s in theirs[1:]]
    assert same(ours.lr, np.array(expected))


@pytest.mark.parametrize("rule", OPTIMIZERS)
@pytest.mark.parametrize("loss", SURFACES)
def test_a_bad_lane_leaves_the_others_as_they_were(rule, loss):
    surface, kind = SURFACES[loss](), OPTIMIZERS[rule]
    rates = np.array([1e-3, 100.0, 2e-3, 50.0])
    good = trajectory(Run(kind(lr=rates[::2]), surface, surface.start, 15))
    both = trajectory(Run(kind(lr=rates), surface, surface.start, 15))
    assert same(both.x[..., ::2], good.x)
    assert same(both.loss[..., ::2], good.loss)


@pytest.mark.parametrize("start", [(-1.2, 1.0), [[-1.2, 0.9], [1.0, 0.9]]], ids=["single", "lanes"])
def test_what_leaves_the_limit_is_nan_from_then_on_and_nothing_is_clipped(start):
    optimizer, surface = OPTIMIZERS["gradient_descent"](lr=0.02), SURFACES["rosenbrock"]()
    run = trajectory(Run(optimizer, surface, start, 30))
    path, _ = written(optimizer, surface, start, 30)
    outside = first_true(~np.all(np.abs(path) <= LIMIT, axis=1))
    gone = (np.arange(31).reshape(-1, *(1,) * outside.ndim) >= outside) & (outside >= 0)
    assert outside.max() > 0
    assert np.array_equal(run.diverged, outside)
    assert same(run.x, np.where(gone[:, None], np.nan, path))
    assert np.array_equal(np.isnan(run.loss), gone)


@pytest.mark.parametrize("rule", OPTIMIZERS)
def test_one_seed_gives_one_path(rule):
    optimizer, surface = OPTIMIZERS[rule](), SURFACES["rosenbrock"]()
    first, again, other = (
        trajectory(Run(optimizer, surface, (0.3, 0.4), 50, sigma=50.0, seed=seed))
        for seed in (1, 1, 2)
    )
    assert same(first.x, again.x)
    assert not same(first.x, other.x)


@EVERY_RULE_AND_LOSS
def test_every_rule_of_the_menu_can_be_recorded(rule, loss):
    record(OPTIMIZERS[rule](), SURFACES[loss](), noisy=False)


def test_lanes_search_each_as_long_as_it_needs():
    lengths, kind = np.array([0.5, 100.0, 1e-3]), OPTIMIZERS["line_search"]
    loss, start = SURFACES["rosenbrock"](), np.array([np.full(3, -1.2), np.ones(3)])
    *_, run = moved(Run(kind(lr=lengths, rho=0.9), loss, start, 1), start)
    alone = [trajectory(Run(kind(lr=lr, rho=0.9), loss, (-1.2, 1.0), 1)) for lr in lengths]
    assert same(run.w, np.array([one.x[1] for one in alone]).T)
    looks = [one.evaluations[1, 0] for one in alone]
    assert looks[2] < looks[0] < looks[1]
    assert run.asked[0] == max(looks)
