"""A rule called as it is written, step by step: what every quicker way is compared with."""

from engine.run.loop import moved


def states(run, noise=None):
    """The state before the first step and after each, with the run's own draws or these."""
    yield from moved(run, run.lanes(), noise)
