"""A few experiments to press, each of which shows one thing; what they say is tested."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import parse_qsl

from engine.setup.experiment import Experiment
from engine.setup.link import read


class Example(NamedTuple):
    """What to press, what is then to be seen, and the query part of the link that opens it."""

    title: str
    shows: str
    link: str

    @property
    def experiment(self) -> Experiment:
        """Return the experiment that the link tells."""
        return read(dict(parse_qsl(self.link)))[0]


EXAMPLES = {
    "ravine": Example(
        "Zigzag in a ravine",
        "Gradient descent jumps from wall to wall; momentum averages the jumps out and runs "
        "along the floor.",
        "surface=ravine&steps=60&a=gradient_descent&a.lr=0.019&b=momentum_lecture&b.lr=0.019"
        "&b.beta=0.7",
    ),
    "local_minimum": Example(
        "Past a local minimum",
        "At one rate, gradient descent stops in the first hollow; momentum carries its speed past "
        "it to the lowest.",
        "surface=three_hump_camel&steps=150&a=gradient_descent&a.lr=0.03&b=momentum_lecture"
        "&b.lr=0.03",
    ),
    "saddle": Example(
        "Away from a saddle",
        "Beside the ridge the slope is tiny: RMSProp divides by its size and leaves first, "
        "gradient descent lingers.",
        "surface=saddle&steps=60&a=gradient_descent&a.lr=0.01&b=momentum_lecture&b.lr=0.01"
        "&c=rmsprop&c.lr=0.02",
    ),
    "bias_correction": Example(
        "Adam's first steps",
        "Averages start from zero: uncorrected, Adam's first step is 3.16 times its rate; "
        "corrected, it is the rate.",
        "surface=sphere&steps=100&a=adam&a.name=Adam%2C+corrected"
        "&b=adam_lecture&b.name=Adam%2C+uncorrected",
    ),
    "rate_limit": Example(
        "One percent too fast",
        "The limit is 2 / 100, two over the steepest curvature: below it swings die out, "
        "above it they grow.",
        "surface=ravine&steps=100&a=gradient_descent&a.lr=0.0198&a.name=Rate+0.0198"
        "&b=gradient_descent&b.lr=0.0202&b.name=Rate+0.0202",
    ),
    "noise": Example(
        "Noise needs a schedule",
        "Both see the same noise: at a constant rate the path never settles, a rate that falls "
        "averages it out.",
        "surface=ravine&surface.kappa=10&noise=5&a=gradient_descent&a.lr=0.1&a.name=Constant+rate"
        "&b=gradient_descent&b.lr=0.1&b.schedule=cosine&b.name=Falling+rate",
    ),
}
"""By their keys, in the order in which they are offered."""
