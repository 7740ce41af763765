"""The batch size as an axis of the sweep map: all sizes on the menu, and all rows as so many rows.

A batch size is a choice and no number: its handle gives every size a place on a logarithmic axis.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from declarations import Choice, Number
from declarations.scale import Logarithmic, Scale
from engine.setup.experiment import Experiment
from engine.setup.handles import Handle, turned
from labs.sweep.maps import ALL, BATCH, SYMBOL
from surfaces.data.regression import Regression


@dataclass(frozen=True)
class _Steps(Logarithmic):
    """Powers of ten, on which only a few sizes lie."""

    sizes: tuple[float, ...] = ()

    def rounded(self, value: float, digits: int) -> float:
        return float(min(self.sizes, key=lambda size: abs(np.log(size / value))))

    def around(self, value: float, decades: float) -> tuple[float, float]:
        return self.low, self.high


@dataclass(frozen=True)
class Sizes(Number):
    """The sizes that a batch may have; `whole_set` is what the size of all rows is called."""

    sizes: tuple[float, ...] = ()
    whole_set: str = ALL

    @property
    def axis(self) -> Scale:
        """Return the axis on which only these sizes lie."""
        return _Steps(self.low, self.high, self.low, self.sizes)

    def write(self, value: float) -> str:
        """Write a size as the menu has it."""
        return self.whole_set if value == self.high else super().write(value)


def batch_sizes(experiment: Experiment) -> Handle | None:
    """Return the batch size as a handle, where the loss is one of data."""
    surface = experiment.surface
    declared = surface.declared().get("batch")
    if not isinstance(surface, Regression) or not isinstance(declared, Choice):
        return None
    count = len(surface.rows())
    options = (int(option) for option in declared.options if option != ALL)
    sizes = (*(float(size) for size in sorted(options) if size < count), float(count))
    number = Sizes(SYMBOL, declared.label, 1, count, declared.help, "log", whole=True, sizes=sizes)
    if not surface.changes:
        number = replace(number, whole_set=surface.batch)
    value = int(surface.batch) if surface.changes else count
    return Handle(BATCH, surface.title, None, number, value)


def placed(experiment: Experiment, settings: Mapping[str, Any]) -> Experiment:
    """Return the experiment with handles at other values, the batch size among them."""
    rest = {key: value for key, value in settings.items() if key != BATCH}
    handle, surface = batch_sizes(experiment), experiment.surface
    if handle and isinstance(surface, Regression) and BATCH in settings:
        size = handle.declaration.write(float(settings[BATCH]))
        experiment = replace(experiment, surface=replace(surface, batch=size))
    return turned(experiment, rest)
