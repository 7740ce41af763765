"""The first experiment on a surface: rules, rates and steps that show what it is there for."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl

from declarations import declarations
from engine.setup.experiment import Experiment, first_lanes
from engine.setup.link import read
from surfaces import Surface


def first(surface: Surface) -> Experiment:
    """Return the experiment with which a surface opens."""
    pairs = dict(parse_qsl(surface.first))
    found, _ = read(pairs)
    declared = declarations(type(surface))
    own = {name: f"surface.{name}" for name in declared if f"surface.{name}" in pairs}
    surface = replace(surface, **{name: declared[name].read(pairs[own[name]]) for name in own})
    x = found.x if "x" in pairs else surface.start[0]
    y = found.y if "y" in pairs else surface.start[1]
    return replace(found, surface=surface, x=x, y=y)


def untouched(experiment: Experiment) -> bool:
    """Say whether the lanes are still those that the page, or the surface, opened with."""
    return experiment.lanes in (first_lanes(), first(experiment.surface).lanes)


def chosen(experiment: Experiment, surface: Surface) -> Experiment:
    """Return the experiment once another surface is chosen from the menu.

    Lanes that nobody has touched give way to the surface's first experiment; others stay.
    """
    if type(surface) is type(experiment.surface) or not untouched(experiment):
        return experiment.on(surface)
    noise, seed, tolerance = experiment.noise, experiment.seed, experiment.tolerance
    return replace(first(surface), noise=noise, seed=seed, tolerance=tolerance)
