"""An ensemble is the runs of its seeds, and its band is what NumPy says of them."""

from dataclasses import replace

import numpy as np
import pytest

from engine.run.run import Run
from engine.run.seen import noise_draws
from engine.run.trajectory import trajectory
from engine.setup.experiment import Experiment, Lane
from engine.setup.link import query, read, write
from engine.study.ensemble import HIGH, LOW, SEEDS, ensemble, losses, spread
from labs.view import asked
from optimizers import OPTIMIZERS
from packets.ensemble import ensemble_packet, predicted_floor
from packets.packet import unpack
from schedules import SCHEDULES, Constant
from surfaces import SURFACES
from tests.test_run import exact
from tests.written import states

SEED = 17


def lane(key="gradient_descent", schedule=None, **settings):
    return Lane(OPTIMIZERS[key](**settings), schedule or Constant())


def noisy(surface="sphere", steps=60, noise=0.5, **settings):
    kind = SURFACES[surface](**settings)
    return Experiment(surface=kind, steps=steps, noise=noise, seed=SEED).on(kind)


def written(rule, surface, start, steps, schedule, sigma, seed):
    """Return the losses of one seed's run by the rule as it is written."""
    noise = noise_draws(sigma, seed, steps)
    w = Run(rule, surface, np.asarray(start, dtype=float), 0).lanes()
    return np.array(
        [surface.value(s.w) for s in states(Run(rule, surface, w, steps, schedule), noise)]
    )


@pytest.mark.parametrize("surface", ["ravine", "rosenbrock", "himmelblau", "rastrigin"])
@pytest.mark.parametrize("key", OPTIMIZERS)
def test_each_seed_is_its_single_run(key, surface):
    """To the last bit where rounding is defined, as the single run itself is."""
    rule, loss = OPTIMIZERS[key](lr=1e-3), SURFACES[surface]()
    found = losses(
        Run(rule, loss, loss.start, 40, schedule=Constant(), sigma=200.0),
        seeds=range(SEED, SEED + 5),
    )
    single = [
        trajectory(Run(rule, loss, loss.start, 40, sigma=200.0, seed=SEED + k)) for k in range(5)
    ]
    single = np.array([run.loss for run in single]).T
    assert len(np.unique(found[-1])) > 1
    if exact(rule, loss) and exact_value(loss):
        np.testing.assert_array_equal(found, single)
    else:
        np.testing.assert_allclose(found, single, rtol=1e-9)


def exact_value(surface):
    """Say whether the loss itself needs no function that libraries round differently."""
    return type(surface).__name__ != "Rastrigin"


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_each_seed_follows_its_own_schedule(schedule):
    rule, loss, plan = OPTIMIZERS["adam"](lr=0.05), SURFACES["ravine"](), SCHEDULES[schedule]()
    found = losses(Run(rule, loss, loss.start, 80, schedule=plan, sigma=3.0), seeds=range(4))
    for seed in range(4):
        alone = trajectory(Run(rule, loss, loss.start, 80, schedule=plan, sigma=3.0, seed=seed))
        np.testing.assert_array_equal(found[:, seed], alone.loss)


def test_the_first_seed_is_the_experiments_own():
    experiment = noisy()
    experiment = replace(experiment, lanes=(lane(lr=0.1),))
    rule = experiment.lanes[0].optimizer
    seeds = range(SEED, SEED + SEEDS)
    found = losses(
        Run(
            rule,
            experiment.surface,
            experiment.start,
            experiment.steps,
            schedule=Constant(),
            sigma=experiment.noise,
        ),
        seeds=seeds,
    )
    np.testing.assert_array_equal(found[:, 0], experiment.runs()[0].loss)
    band = ensemble(experiment, experiment.lanes[0])
    for part, level in ((band.low, LOW), (band.median, 50), (band.high, HIGH)):
        np.testing.assert_array_equal(part, np.percentile(found, level, axis=1))
    np.testing.assert_allclose(band.mean, found.mean(axis=1), rtol=1e-12)
    assert not band.diverged.any()


def test_four_fifths_of_the_seeds_lie_in_the_band():
    loss = np.random.default_rng(0).exponential(size=(50, SEEDS))
    band = spread(loss)
    inside = (loss >= band.low[:, None]) & (loss <= band.high[:, None])
    np.testing.assert_array_equal(inside.sum(axis=1), SEEDS * (HIGH - LOW) // 100)
    assert np.all(np.count_nonzero(loss < band.median[:, None], axis=1) == SEEDS // 2)


def test_seeds_that_diverge_count_as_infinitely_high():
    loss = np.tile(np.arange(1.0, SEEDS + 1), (4, 1))
    loss[1, :9], loss[2, :30], loss[3, :60] = np.nan, np.nan, np.nan
    band = spread(loss)
    np.testing.assert_array_equal(band.diverged, [0, 9, 30, 60])
    np.testing.assert_array_equal(np.isinf(band.high), [False, False, True, True])
    np.testing.assert_array_equal(np.isinf(band.median), [False, False, False, True])
    assert np.isfinite(band.low).all()
    np.testing.assert_array_equal(np.isnan(band.mean), [False, True, True, True])
    assert np.isinf(spread(np.full((2, SEEDS), np.nan)).low).all()


def test_a_lane_that_diverges_does_so_in_every_seed_as_alone():
    rule, loss = OPTIMIZERS["gradient_descent"](lr=0.02), SURFACES["rosenbrock"]()
    found = losses(
        Run(rule, loss, (-1.2, 1.0), 30, schedule=Constant(), sigma=1.0),
        seeds=range(SEED, SEED + 3),
    )
    alone = [
        trajectory(Run(rule, loss, (-1.2, 1.0), 30, sigma=1.0, seed=SEED + k)) for k in range(3)
    ]
    assert [int(np.isnan(column).argmax()) for column in found.T] == [a.diverged for a in alone]
    assert all(a.diverged > 0 for a in alone)


def test_a_spread_is_computed_once_and_cannot_be_written_to():
    experiment = noisy(noise=0.25)
    first = ensemble(experiment, lane(lr=0.1))
    assert ensemble(experiment, lane(lr=0.1)) is first
    with pytest.raises(ValueError, match="read-only"):
        first.median[0] = 1.0


def packet(experiment, k=0):
    return unpack(ensemble_packet(read(write(experiment))[0], k))


def test_a_link_gives_a_packet_of_a_lane():
    experiment = noisy("booth", steps=25, noise=2.0)
    rules = (lane(lr=0.02), replace(lane("adam"), visible=False), lane("rmsprop", lr=0.1))
    experiment = replace(experiment, lanes=rules)
    found = [packet(experiment, k) for k in (0, 2)]
    assert [header["slot"] for header, _ in found] == ["a", "c"]
    for k, (header, arrays) in zip((0, 2), found, strict=True):
        band = ensemble(experiment, experiment.lanes[k])
        assert header["link"] == query(experiment)
        assert (header["levels"], header["seeds"], header["base"]) == ([LOW, HIGH], SEEDS, 0.0)
        for name in ("low", "median", "high", "mean"):
            np.testing.assert_allclose(arrays[name], getattr(band, name), rtol=6e-8)
    np.testing.assert_allclose(found[0][1]["floor"], predicted_floor(experiment, 0), rtol=6e-8)
    assert "floor" not in found[1][1]


def test_heights_are_above_the_minimum_where_there_is_one():
    experiment = replace(noisy("styblinski_tang", steps=20, noise=1.0), lanes=(lane(lr=0.01),))
    header, arrays = packet(experiment)
    assert header["base"] == experiment.surface.lowest < -70
    band = ensemble(experiment, experiment.lanes[0])
    np.testing.assert_allclose(arrays["median"], band.median - header["base"], rtol=1e-6)
    flat = replace(noisy("saddle", steps=20, noise=1.0), lanes=(lane(lr=0.01),))
    assert packet(flat)[0]["base"] == 0.0


def test_no_packet_claims_a_floor_above_the_stability_limit():
    experiment = replace(noisy("ravine", steps=20), lanes=(lane(lr=0.021),))
    assert predicted_floor(experiment, 0) is None
    falling = replace(experiment, lanes=(lane(lr=0.021, schedule=SCHEDULES["step"]()),))
    floor = predicted_floor(falling, 0)
    np.testing.assert_array_equal(np.isnan(floor), np.arange(20) < 5)


def test_no_packet_claims_a_floor_for_a_run_that_is_gone():
    rule = lane(lr=0.5, schedule=SCHEDULES["step"](interval=0.5, gamma=0.01))
    gone = replace(noisy("ravine", steps=60), lanes=(rule,))
    assert 0 < gone.runs()[0].diverged < 30
    assert predicted_floor(gone, 0) is None
    late = SCHEDULES["warmup_cosine"](warmup=0.5, first=0.001)
    gone = replace(noisy("ravine", steps=60), lanes=(lane(lr=0.5, schedule=late),))
    diverged = gone.runs()[0].diverged
    floor = predicted_floor(gone, 0)
    assert np.isfinite(floor[0])
    assert np.isnan(floor[diverged - 1 :]).all()


@pytest.mark.parametrize("link", [{}, {"noise": "nonsense"}, {"noise": "-1"}])
def test_a_link_without_noise_is_refused_in_words(link):
    with pytest.raises(ValueError, match="noise"):
        ensemble_packet(asked(link)[0], 0)


def test_a_bad_link_is_read_with_its_defaults():
    link = {"a": "moon", "noise": "1", "steps": "5", "seed": "1e99", "view.band": "maybe"}
    _, arrays = unpack(ensemble_packet(asked(link)[0], 0))
    assert len(arrays["median"]) == 6


def test_what_would_take_too_long_is_refused_in_words():
    """On half a million rows a step of all seeds takes seconds."""
    link = {"surface": "huber_regression", "surface.data": "generated", "noise": "1"}
    with pytest.raises(ValueError, match="fewer steps"):
        ensemble_packet(asked(link | {"steps": "2000"})[0], 0)


def test_runs_that_all_diverge_are_sent_as_infinitely_high():
    experiment = replace(noisy("rosenbrock", steps=30, noise=1.0), lanes=(lane(lr=0.05),))
    header, arrays = packet(experiment)
    assert header["diverged"] == SEEDS
    assert np.isinf(arrays["low"][-1])
    assert np.isnan(arrays["mean"][-1])
