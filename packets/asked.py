"""What a page asks of long work, and the form of such work."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

from engine.run.cancel import Check
from engine.setup.experiment import Experiment
from packets.look import Look

L = TypeVar("L", bound=Look, covariant=True)


class Asked(NamedTuple, Generic[L]):
    """An experiment, how it is looked at, and whatever else stood among the link parameters."""

    experiment: Experiment
    view: L
    more: Mapping[str, str]


Work = Callable[[Asked[Any], Check], Iterator[bytes]]
"""Yields packets as they are found, and calls the check between two steps: it may end the work."""
