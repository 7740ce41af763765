"""Of a batch only the end is kept, and it is the end that `trajectory` gives."""

import numpy as np
import pytest

from engine.run.batch import outcomes
from engine.run.outcome import Goal
from engine.run.run import Run
from engine.run.trajectory import trajectory
from engine.run.watch import first_true
from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from surfaces import SURFACES

LOSSES = list(SURFACES)


def check(optimizer, surface, start, **options):
    target = options.pop("target", None)
    limits = Goal(-np.inf if target is None else target)
    batch = outcomes(Run(optimizer, surface, start, 30, **options), goal=limits)
    full = trajectory(Run(optimizer, surface, start, 30, **options))
    assert np.array_equal(batch.x, full.x[-1], equal_nan=True)
    assert np.array_equal(batch.loss, full.loss[-1], equal_nan=True)
    assert np.array_equal(batch.diverged, full.diverged)
    never = np.full(full.diverged.shape, -1)
    reached = never if target is None else first_true(full.loss <= target)
    assert np.array_equal(batch.passed, reached)
    for index in np.ndindex(full.diverged.shape if target is not None else (0,)):
        outside = np.flatnonzero(~(full.loss[(slice(None), *index)] <= target))
        since = int(outside[-1]) + 1 if len(outside) else 0
        assert batch.arrived[index] == (since if since < len(full.loss) else -1)
    return batch


def ended(optimizer, start, steps):
    return outcomes(Run(optimizer, SURFACES["sphere"](), start, steps), Goal(-np.inf))


@pytest.mark.parametrize("number", range(len(OPTIMIZERS)), ids=list(OPTIMIZERS))
def test_the_end_is_the_last_row_of_the_trajectory(number):
    rng = np.random.default_rng(number)
    rates = 10 ** rng.uniform(-4, 1.5, (5, 1))
    optimizer = list(OPTIMIZERS.values())[number](lr=rates)
    for loss in LOSSES[number % 5 :: 5]:
        surface = SURFACES[loss]()
        start = np.reshape(surface.start, (2, 1, 1)) + rng.normal(scale=0.2, size=(2, 5, 6))
        check(optimizer, surface, start, sigma=0.05, seed=number, target=surface.value(start).min())


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("shape", [(), (1,), (2, 1, 3)], ids=str)
def test_lanes_may_have_any_shape(loss, shape):
    surface = SURFACES[loss]()
    start = np.add(np.reshape(surface.start, (2, *(1,) * len(shape))), np.full((2, *shape), 0.01))
    batch = check(OPTIMIZERS["gradient_descent"](lr=0.03), surface, start, target=0.1)
    assert batch.x.shape == (2, *shape)
    assert batch.loss.shape == batch.diverged.shape == batch.passed.shape == shape


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_every_schedule_sets_the_rates_of_a_batch(schedule):
    optimizer = OPTIMIZERS["momentum"](lr=np.array([1e-4, 1e-3, 0.1]))
    surface = SURFACES["rosenbrock"]()
    check(optimizer, surface, surface.start, schedule=SCHEDULES[schedule](), target=1.0)


def test_lanes_that_diverge_are_counted_once_and_come_back_never():
    """A start beyond the limit diverges at once, although the next step would bring it back."""
    start = np.array([[2e12, 1.0, 1e5, 1.0], [1.0, 1.0, 1.0, 3e12]])
    batch = check(OPTIMIZERS["gradient_descent"](lr=0.49), SURFACES["sphere"](), start, target=1.0)
    assert batch.diverged.tolist() == [0, -1, -1, 0]
    assert np.isnan(batch.x[:, [0, 3]]).all()


def test_what_cannot_be_broadcast_is_refused():
    with pytest.raises(ValueError, match="shape"):
        ended(OPTIMIZERS["adam"](lr=np.full(3, 0.1)), np.ones((2, 2)), 5)


def test_no_lanes_and_no_steps_are_allowed():
    assert ended(OPTIMIZERS["adam"](), np.ones((2, 0)), 5).loss.shape == (0,)
    assert ended(OPTIMIZERS["adam"](), np.ones((2, 3)), 0).loss.shape == (3,)


@pytest.mark.parametrize("beta2", [0.0, 1 / 3, 0.5, 0.6])
def test_radam_runs_where_its_share_would_divide_by_zero(beta2):
    rule, start = OPTIMIZERS["radam"](beta2=beta2), np.array([[1.0, 2.0], [0.5, 1.0]])
    found = ended(rule, start, 20)
    single = trajectory(Run(rule, SURFACES["sphere"](), start[:, 0], 20))
    np.testing.assert_array_equal(found.x[:, 0], single.x[-1])
