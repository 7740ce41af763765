"""A few experiments to press, each of which shows one thing; what they say is tested."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

from engine.setup.experiment import COLORS, Experiment, Lane
from engine.setup.link import write
from optimizers.adam import Adam
from optimizers.adam_lecture import LectureAdam
from optimizers.base import Optimizer
from optimizers.gradient_descent import GradientDescent
from optimizers.momentum_lecture import LectureMomentum
from optimizers.rmsprop import RMSProp
from schedules.cosine import Cosine
from surfaces.base import Surface
from surfaces.camels import ThreeHumpCamel
from surfaces.ravine import Ravine
from surfaces.saddle import Saddle
from surfaces.sphere import Sphere


class Example(NamedTuple):
    """An experiment that shows one thing: what to press, and what is then to be seen."""

    title: str
    shows: str
    experiment: Experiment

    @property
    def link(self) -> str:
        """Return the query part of the link that opens it."""
        return urlencode(write(self.experiment))


def _race(surface: Surface, *lanes: Lane, steps: int, noise: float = 0.0) -> Experiment:
    x, y = surface.start
    colored = (
        Lane(lane.optimizer, lane.schedule, color, lane.name)
        for lane, color in zip(lanes, COLORS, strict=False)
    )
    return Experiment(surface=surface, lanes=tuple(colored), x=x, y=y, steps=steps, noise=noise)


def _lane(optimizer: Optimizer, name: str = "") -> Lane:
    return Lane(optimizer, name=name)


EXAMPLES = {
    "ravine": Example(
        "Zigzag in a ravine",
        "Gradient descent jumps from wall to wall; momentum averages the jumps out and runs "
        "along the floor.",
        _race(
            Ravine(),
            _lane(GradientDescent(lr=0.019)),
            _lane(LectureMomentum(lr=0.019, beta=0.7)),
            steps=60,
        ),
    ),
    "local_minimum": Example(
        "Past a local minimum",
        "At one rate, gradient descent stops in the first hollow; momentum carries its speed past "
        "it to the lowest.",
        _race(
            ThreeHumpCamel(),
            _lane(GradientDescent(lr=0.03)),
            _lane(LectureMomentum(lr=0.03)),
            steps=150,
        ),
    ),
    "saddle": Example(
        "Away from a saddle",
        "Beside the ridge the slope is tiny: RMSProp divides by its size and leaves first, "
        "gradient descent lingers.",
        _race(
            Saddle(),
            _lane(GradientDescent(lr=0.01)),
            _lane(LectureMomentum(lr=0.01)),
            _lane(RMSProp(lr=0.02)),
            steps=60,
        ),
    ),
    "bias_correction": Example(
        "Adam's first steps",
        "Averages start from zero: uncorrected, Adam's first step is 3.16 times its rate; "
        "corrected, it is the rate.",
        _race(
            Sphere(),
            _lane(Adam(lr=0.1), "Adam, corrected"),
            _lane(LectureAdam(lr=0.1), "Adam, uncorrected"),
            steps=100,
        ),
    ),
    "rate_limit": Example(
        "One percent too fast",
        "The limit is 2 / 100, two over the steepest curvature: below it swings die out, "
        "above it they grow.",
        _race(
            Ravine(),
            _lane(GradientDescent(lr=0.0198), "Rate 0.0198"),
            _lane(GradientDescent(lr=0.0202), "Rate 0.0202"),
            steps=100,
        ),
    ),
    "noise": Example(
        "Noise needs a schedule",
        "Both see the same noise: at a constant rate the path never settles, a rate that falls "
        "averages it out.",
        _race(
            Ravine(kappa=10.0),
            _lane(GradientDescent(lr=0.1), "Constant rate"),
            Lane(GradientDescent(lr=0.1), Cosine(), name="Falling rate"),
            steps=300,
            noise=5.0,
        ),
    ),
}
"""By their keys, in the order in which they are offered."""
