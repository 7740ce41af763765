"""The measured rate of a run that swings is that at which its swings shrink."""

import numpy as np
import pytest

from engine.setup.link import read
from labs.view import View
from packets.packet import unpack
from packets.race import race_packet


def measured(**pairs):
    there = read({key: str(value) for key, value in pairs.items()})[0]
    _, arrays = unpack(race_packet(there, View(lab="theory")))
    return arrays["theory.measured"]


@pytest.mark.parametrize(("rate", "beta"), [(0.05, 0.9), (0.02, 0.9), (0.05, 0.8), (0.1, 0.95)])
def test_both_directions_of_a_swinging_run_shrink_by_the_root_of_beta(rate, beta):
    """Booth at 0.05 and 0.9: predicted 0.949; from step to step the distance gave 0.80 to 1.12."""
    found = measured(surface="booth", a="momentum", **{"a.lr": rate, "a.beta": beta})
    known = found[60:][np.isfinite(found[60:])]
    assert len(known) > 100
    np.testing.assert_allclose(known, beta**0.5, atol=0.015)


def test_a_run_without_swings_is_measured_as_before():
    found = measured(surface="sphere", a="gradient_descent", **{"a.lr": 0.1})
    np.testing.assert_allclose(found[21:100], 0.8, rtol=1e-6)
