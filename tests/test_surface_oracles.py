"""Surfaces against implementations by others: `oracles/surfaces.json`, see `make_surfaces.py`."""

import json
from pathlib import Path

import numpy as np
import pytest

from surfaces import SURFACES

TOLD = json.loads((Path(__file__).parent / "oracles" / "surfaces.json").read_text())
KEYS = [key for key in TOLD if key in SURFACES]


def test_others_were_asked_about_most_of_the_classics():
    assert len(KEYS) == len(TOLD) - 1 >= 20


@pytest.mark.parametrize("key", KEYS)
def test_answers_are_those_of_another_implementation(key):
    told, surface = TOLD[key], SURFACES[key]()
    w = np.transpose(told["points"])
    agree(surface.value(w), told["value"])
    if "gradient" in told:
        agree(surface.gradient(w), np.transpose(told["gradient"]))
        (xx, xy), (_, yy) = np.moveaxis(np.array(told["hessian"]), 0, -1)
        for ours, theirs in zip(surface.hessian(w), (xx, xy, yy), strict=True):
            agree(ours, theirs)


def agree(ours, theirs):
    size = np.median(np.abs(theirs))
    np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12 * (1 + size))
