"""An experiment's whole view: the stage's look and what every lab adds, as links write it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from declarations import choice, declarations, defaults
from engine.setup.experiment import Experiment
from engine.setup.link import read, written
from labs.basins.look import BasinsLook
from labs.menu import LABS
from labs.sensitivity.look import SensitivityLook
from labs.sweep.look import SweepLook
from labs.tuning.look import TuningLook

PREFIX = "view."


@dataclass(frozen=True)
class View(SensitivityLook, BasinsLook, TuningLook, SweepLook):
    """How an experiment is looked at, on the stage and in every lab; a link writes it in order."""

    lab: str = choice(
        "results", tuple(LABS), "below the stage", help="What is shown below the stage."
    )


def write_view(view: View) -> dict[str, str]:
    """Return the view as link parameters, defaults left out."""
    return dict(written(PREFIX, view, defaults(View)))


def split(pairs: Mapping[str, str]) -> tuple[View, dict[str, str], tuple[str, ...]]:
    """Take the view out of link parameters; also return the rest and what was wrong."""
    rest = {key: text for key, text in pairs.items() if not key.startswith(PREFIX)}
    found, problems = defaults(View), []
    for name, declaration in declarations(View).items():
        if PREFIX + name not in pairs:
            continue
        try:
            found[name] = declaration.read(pairs[PREFIX + name][:100])
        except ValueError as problem:
            problems.append(f"{PREFIX}{name}: {problem}")
    return View(**found), rest, tuple(problems)


def asked(pairs: Mapping[str, str]) -> tuple[Experiment, View]:
    """Return what link parameters ask for, and leave out what is wrong with them."""
    view, rest, _ = split(pairs)
    return read(rest)[0], view
