"""The landscape that the browser computes for itself is the one that the server would send."""

import json
import subprocess
from pathlib import Path

import numpy as np
import pytest

from engine.setup.link import read
from labs.view import View
from packets.landscape import landscape_packet
from packets.modules import addresses, module
from packets.packet import unpack
from packets.race import race_packet
from surfaces import DATA, SURFACES

RUNNER = Path(__file__).parent / "js" / "land.js"

LINKS = {
    **{key: {"surface": key} for key in SURFACES if key not in DATA},
    "formula with a parameter": {"surface": "formula", "surface.text": "|x| + a y^2 + min(x, y)"},
    "ravine turned": {"surface": "ravine", "surface.theta": "33", "surface.kappa": "70"},
}


def asked(link):
    """The experiment of a link that the server reads without a complaint."""
    experiment, complaints = read(link)
    assert not complaints
    return experiment


def close_by(surface):
    """A window within a surface's own, as a zoom would show it."""
    return tuple((0.6 * low + 0.4 * high, 0.3 * low + 0.7 * high) for low, high in surface.window)


@pytest.fixture(scope="module")
def landscapes(tmp_path_factory):
    """What the browser computes for every link, over its own window and close by."""
    folder, cases = tmp_path_factory.mktemp("land"), []
    (folder / "package.json").write_text('{"type": "module"}')
    for k, link in enumerate(LINKS.values()):
        experiment = asked(link)
        (folder / f"{k}.bin").write_bytes(race_packet(experiment, View()))
        surface = addresses(experiment.surface, experiment.lanes[0])["surface"]
        (folder / f"{k}.js").write_text(module(surface))
        zoomed = [side for pair in close_by(experiment.surface) for side in pair]
        case = {"race": f"{k}.bin", "module": f"{k}.js"}
        cases += [{**case, "window": None}, {**case, "window": zoomed}]
    (folder / "cases.json").write_text(json.dumps(cases))
    subprocess.run(["node", RUNNER, folder], check=True)
    answers = json.loads((folder / "answers.json").read_text())
    return dict(zip(LINKS, zip(answers[::2], answers[1::2], strict=True), strict=True))


@pytest.mark.parametrize("name", LINKS)
def test_a_landscape_computed_here_is_the_servers(landscapes, name):
    surface = asked(LINKS[name]).surface
    for found, window in zip(landscapes[name], (surface.window, close_by(surface)), strict=True):
        header, arrays = unpack(landscape_packet(surface, window))
        logarithms = [told.pop("logarithm") or () for told in (found["header"], header)]
        np.testing.assert_allclose(*logarithms, rtol=1e-9)
        assert header == {**found["header"], "arrays": header["arrays"]}
        here = {what: read_back(one) for what, one in found["arrays"].items()}
        if surface.scale == "rank":
            assert_ranked(here.pop("shown"), arrays["loss"])
        for what, ours in here.items():
            theirs = arrays[what]
            size = np.max(np.abs(theirs), where=np.isfinite(theirs), initial=0.0)
            near = 1e-4 if what in ("shown", "height") else 1e-6 * size
            np.testing.assert_allclose(ours, theirs, rtol=1e-6, atol=near, err_msg=what)


def read_back(array):
    return np.array(array["values"], float).reshape(array["shape"])


def assert_ranked(shown, loss):
    """Ranks rise with the loss; points of equal loss, as symmetry makes many, rank in any order."""
    rising = loss.ravel()[np.argsort(shown, axis=None)]
    assert np.diff(rising).min() >= -1e-6 * np.ptp(loss)
    assert (shown.min(), shown.max()) == (0, 1)
