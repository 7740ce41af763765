"""Each surface opens with an experiment in which what it is there for can be seen."""

from urllib.parse import parse_qsl

import numpy as np
import pytest

from engine.run.outcome import End
from engine.setup.experiment import FIRST_SURFACE, Experiment, first_lanes
from engine.setup.first import chosen, first, untouched
from engine.setup.link import read, write
from packets.race import sign_changes
from surfaces import KNOWN
from tests.results import results


class Shown:
    """A surface's first experiment, run: how its lanes a, b, c ended, and what they did."""

    def __init__(self, key):
        self.experiment = first(KNOWN[key]())
        self.surface, self.runs = self.experiment.surface, self.experiment.runs()
        self.ends = [found.outcome for found in results(self.experiment)]
        self.loss = [found.loss for found in results(self.experiment)]
        self.flips = [[len(side) for side in sign_changes(run)] for run in self.runs]
        self.place = [run.x[np.isfinite(run.x[:, 0])][-1] for run in self.runs]

    def arrive(self, *lanes):
        return all(self.ends[k].end is End.ARRIVED for k in lanes)

    def steps(self, k):
        return self.ends[k].step

    def rests(self, *lanes):
        return all(self.ends[k].end is End.MINIMUM for k in lanes)

    def apart(self, k, other):
        return np.hypot(*(self.place[k] - self.place[other]))

    def sharpness(self, k):
        xx, xy, yy = (float(part) for part in self.surface.hessian(self.place[k]))
        return np.linalg.eigvalsh([[xx, xy], [xy, yy]])[-1]

    def lr(self, k):
        return self.experiment.lanes[k].optimizer.lr

    def far(self):
        return [float(self.surface.distance(place)) for place in self.place]


SEEN = {
    # Gradient descent walks straight in; momentum swings through the minimum and comes late.
    "sphere": lambda s: (
        s.arrive(0, 1, 2) and s.flips[0] == [0, 0] and s.flips[1][0] > 5 and s.steps(0) < s.steps(1)
    ),
    # Gradient descent flips across the ravine at every step; a little momentum damps that.
    "ravine": lambda s: s.flips[0][1] == 60 and s.flips[1][1] < 40 and s.loss[1] < s.loss[0] / 10,
    # All leave the saddle; who remembers leaves first, who divides by the slope's size second.
    "saddle": lambda s: (
        all(end.end is End.RAN_AWAY for end in s.ends) and s.steps(1) < s.steps(2) < s.steps(0)
    ),
    # Where even the curvature vanishes, Newton's step creeps into the center and stays.
    "monkey_saddle": lambda s: (
        s.ends[0].end is s.ends[1].end is End.RAN_AWAY and np.hypot(*s.place[2]) < 0.01
    ),
    # Gradient descent falls into the valley and stays behind; momentum and Adam go along it.
    "rosenbrock": lambda s: s.loss[0] > 3 and max(s.loss[1:]) < 0.2,
    # Without slope gradient descent stands; memory gathers it, division by its size does more.
    "plateau": lambda s: s.loss[0] > 0.99 and s.arrive(1, 2) and s.steps(2) < s.steps(1),
    # Small steps fall into the sharp well, momentum leaps over it into the flat one.
    "two_wells": lambda s: s.arrive(0, 2) and s.rests(1) and s.sharpness(0) > 10 * s.sharpness(1),
    # Each arrives at another point of the same curve, one of them at a sharp one.
    "two_layer_linear": lambda s: (
        s.arrive(0, 1, 2) and s.apart(0, 1) > 1 and s.sharpness(1) > 2 * s.sharpness(2)
    ),
    # A large rate climbs about until the sharpness is below 2 / rate, and settles only there.
    "four_layer_linear": lambda s: (
        s.arrive(0, 1, 2)
        and s.sharpness(0) < 2 * 2 / 0.2 / 1.8
        and s.sharpness(0) < s.sharpness(1) < s.sharpness(2)
        and s.steps(0) > 3 * s.steps(1)
    ),
    # Heavy ball as tuned for quadratics runs in circles; plain descent arrives.
    "lessard": lambda s: s.ends[0].end is End.ORBITS and s.arrive(1, 2),
    # Signs lead to where most batches want to go; what averages stays at the mean of all.
    "ten_batches": lambda s: (
        abs(s.place[0][0] + 1) < 0.05 and abs(s.place[1][0]) < 0.25 and abs(s.place[2][0]) < 0.1
    ),
    # Adam with a short memory ends at the wrong wall, the two others at the right one.
    "online_sequence": lambda s: s.place[0][0] < -0.9 < 1 < s.place[1][0] and s.place[2][0] < -0.9,
    # A fixed rate hops across the kink for ever, a decaying one comes near, Rprop arrives.
    "l1_valley": lambda s: (
        s.ends[0].end is End.ORBITS and s.loss[1] < 0.01 < s.loss[0] and s.arrive(2)
    ),
    # Gentle enough for every rule; heavy momentum swings long.
    "booth": lambda s: s.arrive(0, 1, 2) and s.steps(1) > 4 * max(s.steps(0), s.steps(2)),
    # Gradient descent crawls along the trough, momentum and Adam do not.
    "matyas": lambda s: s.ends[0].end is End.ON_ITS_WAY and s.arrive(1, 2),
    # In the flat valley the same rate that the corner allows is too slow.
    "beale": lambda s: s.ends[0].end is End.ON_ITS_WAY and s.arrive(1, 2),
    # Four equal minima: the rule decides which one is found.
    "himmelblau": lambda s: s.arrive(0, 1, 2) and s.apart(0, 2) > 5,
    # Gradient descent is caught by the hump's own dip; momentum rolls through it.
    "three_hump_camel": lambda s: s.rests(0) and s.arrive(1, 2),
    # The same, and Adam with small steps is caught as well.
    "six_hump_camel": lambda s: s.rests(0, 2) and s.arrive(1),
    # One coordinate right, the other wrong: only momentum gets across the ridge.
    "styblinski_tang": lambda s: (
        s.rests(0, 2)
        and s.arrive(1)
        and s.place[0][0] > 0 > s.place[0][1]
        and abs(s.place[0][1] - s.place[1][1]) < 0.01
    ),
    # Gradient descent needs a rate of 0.00005 here; Adam does not care about the slope's size.
    "goldstein_price": lambda s: (
        s.arrive(0, 1, 2) and s.steps(2) < s.steps(1) < s.steps(0) and s.lr(0) * 1000 < s.lr(2)
    ),
    # Momentum overruns the lowest dip of the window and falls for ever.
    "mccormick": lambda s: s.arrive(0, 2) and s.ends[1].end is End.RAN_AWAY,
    # Three equal minima: momentum finds another one.
    "branin": lambda s: s.arrive(0, 1, 2) and s.apart(0, 1) > 5,
    # The rate that the wall allows is too slow for the floor; Adam arrives.
    "zakharov": lambda s: s.ends[0].end is End.ON_ITS_WAY and s.loss[0] > 1 and s.arrive(2),
    # All are led along one curved valley to the same of two equal minima.
    "dixon_price": lambda s: s.arrive(0, 1, 2) and s.apart(0, 1) < 0.1 and s.apart(1, 2) < 0.1,
    # Gradient descent rests in the first dip, momentum and Adam roll over.
    "bohachevsky": lambda s: s.rests(0) and s.arrive(1, 2),
    # Without enough momentum the nearest dimple is the end; Adam's long steps reach a lower one.
    "rastrigin": lambda s: s.rests(0, 1, 2) and s.apart(0, 1) < 0.1 and s.loss[2] < s.loss[0] / 1.5,
    # Gradient descent rests in a dimple; who reaches the funnel can not settle in its cusp.
    "ackley": lambda s: s.rests(0) and max(s.loss[1:]) < 0.5 and not s.arrive(1) | s.arrive(2),
    # Nothing but waves: only heavy momentum feels the bowl and passes the middle.
    "griewank": lambda s: s.rests(0, 2) and s.ends[1].passed is not None and s.apart(0, 2) < 0.1,
    # Waves everywhere: momentum comes near the minimum, the others are held far away.
    "levy13": lambda s: s.rests(0, 2) and s.loss[0] > 30 and s.loss[2] > 10 and s.loss[1] < 0.01,
    # Steep waves on both sides: small steps keep to the trough they fell into.
    "schaffer2": lambda s: not s.arrive(0) | s.arrive(1) | s.arrive(2) and min(s.far()) > 3,
    # Every ring holds who comes slowly; long steps cross some of them.
    "drop_wave": lambda s: s.rests(0, 2) and s.loss[2] < s.loss[0] - 0.2,
    # Hardly any slope at first: most steps pass before the dip is felt.
    "easom": lambda s: s.arrive(0, 1, 2) and s.steps(0) > 60 and s.runs[0].loss[45] > -0.5,
    # The floor is razor-sharp: all fall to it, and nobody gets along it.
    "bukin6": lambda s: not s.arrive(0) | s.arrive(1) | s.arrive(2) and min(s.loss) > 10,
}


@pytest.mark.parametrize("key", [k for k in KNOWN if KNOWN[k].first or k == FIRST_SURFACE])
def test_what_a_surface_is_there_for_is_seen_on_it(key):
    assert key in SEEN, "say here what is to be seen in the experiment that it declares"
    assert SEEN[key](Shown(key))


@pytest.mark.parametrize("key", KNOWN)
def test_a_first_experiment_is_read_without_a_word(key):
    assert read({"surface": key} | dict(parse_qsl(KNOWN[key].first)))[1] == ()


@pytest.mark.parametrize("key", KNOWN)
def test_choosing_a_surface_while_the_lanes_are_untouched_takes_its_first_experiment(key):
    for before in (Experiment(), first(KNOWN["ravine"]())):
        if type(before.surface) is not KNOWN[key]:
            assert chosen(before, KNOWN[key]()) == first(KNOWN[key]())


def test_lanes_that_somebody_touched_stay():
    touched = read({"surface": "ravine", "a": "adam", "a.lr": "0.07", "steps": "77"})[0]
    there = chosen(touched, KNOWN["sphere"]())
    assert not untouched(touched)
    assert there.lanes == touched.lanes
    assert there.steps == 77
    assert there.start == KNOWN["sphere"].start


@pytest.mark.parametrize("key", KNOWN)
def test_links_keep_their_meaning(key):
    """A link that names a surface alone still means the lanes of the first visit."""
    meant = read({"surface": key})[0]
    assert meant.lanes == first_lanes()
    assert meant.steps == 300
    assert read(write(first(KNOWN[key]())))[0] == first(KNOWN[key]())
