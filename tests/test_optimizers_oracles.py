"""300 steps of every rule that PyTorch or optax has, against paths those libraries computed.

`oracles/make.py` says how the data were made. Paths are compared while rounding alone moves the
library's own path by less than FINE, within ten times as much and a few units in the last place.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from engine.run.run import Run
from engine.run.trajectory import trajectory
from optimizers import OPTIMIZERS
from surfaces import SURFACES

FINE = 1e-7
ROUNDING = 2.0**-52 * 64
ORACLES = Path(__file__).parent / "oracles"


def load(library):
    data = np.load(ORACLES / f"{library}.npz")
    return list(zip(json.loads(str(data["cases"])), data["x"], data["envelope"], strict=True))


CASES = [(library, *case) for library in ("torch", "optax") for case in load(library)]
NAMES = [f"{library}-{case['optimizer']}-{case['surface']}" for library, case, _, _ in CASES]


def run(case, x):
    rule = OPTIMIZERS[case["optimizer"]](**case["settings"])
    return trajectory(Run(rule, SURFACES[case["surface"]](), x[0], len(x) - 1)).x


def excess(ours, x, envelope):
    """Our distance from the library's path over what is allowed, at each comparable step."""
    fine = envelope < FINE
    allowed = 10 * envelope + ROUNDING * (1 + np.abs(x).max(axis=1))
    return (np.abs(ours - x).max(axis=1) / allowed)[fine]


@pytest.mark.parametrize(("library", "case", "x", "envelope"), CASES, ids=NAMES)
def test_the_path_is_the_librarys(library, case, x, envelope):
    worst = excess(run(case, x), x, envelope)
    assert len(worst) > 30
    assert worst.max() <= 1, (case, int(worst.argmax()))


def test_most_steps_can_be_compared():
    assert np.mean([np.mean(envelope < FINE) for _, _, _, envelope in CASES]) > 0.8


@pytest.mark.parametrize("library", ["torch", "optax"])
def test_each_rule_was_run_on_five_surfaces_with_two_settings(library):
    labels = [case for case, _, _ in load(library)]
    for key in {case["optimizer"] for case in labels if library == "torch"}:
        mine = [case for case in labels if case["optimizer"] == key]
        assert len({case["surface"] for case in mine}) >= 5
        assert len({json.dumps(case["settings"]) for case in mine}) >= 2


@pytest.mark.parametrize("key", sorted({case["optimizer"] for _, case, _, _ in CASES}))
def test_the_oracle_notices_a_rate_that_is_off_by_a_billionth(key):
    off = []
    for _, case, x, envelope in CASES:
        if case["optimizer"] == key:
            settings = {**case["settings"], "lr": case["settings"]["lr"] * (1 + 1e-9)}
            off.append(excess(run({**case, "settings": settings}, x), x, envelope).max())
    assert max(off) > 1


@pytest.mark.parametrize("name", ["torch", "optax", "schedules", "tsne"])
def test_the_data_say_which_versions_made_them(name):
    versions = json.loads(str(np.load(ORACLES / f"{name}.npz")["versions"]))
    assert {"python", "numpy"} < set(versions)
