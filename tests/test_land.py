"""The landscape that the browser computes, or draws from what it is sent, is the engine's."""

import json
import subprocess
from pathlib import Path

import numpy as np
import pytest

from engine.setup.link import read
from labs.view import View
from packets.landscape import ground, landscape, landscape_packet
from packets.modules import addresses, module
from packets.race import race_packet
from surfaces import SURFACES
from surfaces.data.regression import Regression
from tests.landscapes import as_drawn

RUNNER = Path(__file__).parent / "js" / "land.js"

LINKS = {
    **{key: {"surface": key} for key in SURFACES},
    "formula with a parameter": {"surface": "formula", "surface.text": "|x| + a y^2 + min(x, y)"},
    **{
        f"little to see: {text}": {"surface": "formula", "surface.text": text}
        for text in ("sqrt(-1-x^2)", "0x", "0/0", "1/0", "log(x)", "x^60 - y^60", "5")
    },
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
    """What the page has for every link, over its own window and close by."""
    folder, cases = tmp_path_factory.mktemp("land"), []
    (folder / "package.json").write_text('{"type": "module"}')
    for k, (name, link) in enumerate(LINKS.items()):
        experiment = asked(link)
        (folder / f"{k}.bin").write_bytes(race_packet(experiment, View()))
        surface = addresses(experiment.surface, experiment.lanes[0])["surface"]
        (folder / f"{k}.js").write_text(module(surface))
        for n, window in enumerate((experiment.surface.window, close_by(experiment.surface))):
            sent = f"{k}-{n}.land"
            (folder / sent).write_bytes(landscape_packet(experiment.surface, window))
            sides = [side for pair in window for side in pair] if n else None
            case = {"race": f"{k}.bin", "module": f"{k}.js", "window": sides, "sent": sent}
            cases.append(case | {"name": name})
    (folder / "cases.json").write_text(json.dumps(cases))
    subprocess.run(["node", RUNNER, folder], check=True)
    answers = json.loads((folder / "answers.json").read_text())
    return dict(zip(LINKS, zip(answers[::2], answers[1::2], strict=True), strict=True))


@pytest.mark.parametrize("name", LINKS)
def test_the_landscape_on_the_page_is_the_engines(landscapes, name):
    surface = asked(LINKS[name]).surface
    for found, window in zip(landscapes[name], (surface.window, close_by(surface)), strict=True):
        grid = landscape(surface, window)
        if isinstance(surface, Regression):  # drawn from what is sent
            grid = grid._replace(loss=grid.loss.astype(np.float32).astype(float))
        own = as_drawn(grid, surface)
        found["header"].pop("arrays", None)
        logarithm = found["header"].pop("logarithm") or ()
        np.testing.assert_allclose(logarithm, own.logarithm or (), rtol=1e-6)
        assert found["header"] == json.loads(json.dumps(ground(surface)))
        here = {what: read_back(one) for what, one in found["arrays"].items()}
        if surface.scale == "rank":
            assert_ranked(here.pop("shown"), grid.loss)
        theirs = grid._asdict() | {"shown": own.shown, "height": own.height}
        for what, ours in here.items():
            if what not in theirs:
                continue
            size = np.max(np.abs(theirs[what]), where=np.isfinite(theirs[what]), initial=0.0)
            near = 1e-4 if what in ("shown", "height") else 1e-6 * size
            np.testing.assert_allclose(ours, theirs[what], rtol=1e-6, atol=near, err_msg=what)


@pytest.mark.parametrize("name", SURFACES)
def test_what_is_shown_is_spread_from_0_to_1_rises_with_the_loss_and_shows_structure(
    landscapes, name
):
    found = landscapes[name][0]["arrays"]
    loss, shown, height = (read_back(found[what]) for what in ("loss", "shown", "height"))
    assert np.isfinite(shown).all()
    assert (shown.min(), shown.max()) == (pytest.approx(0, abs=1e-12), pytest.approx(1))
    order = np.argsort(loss, axis=None, kind="stable")
    for heights in (shown, height):
        assert (np.diff(heights.ravel()[order]) >= -1e-12).all()
    levels = np.histogram(shown, bins=10, range=(0, 1))[0]
    assert (levels > 0).sum() >= 6, "most of the contour levels lie nowhere"


def read_back(array):
    return np.array(array["values"], float).reshape(array["shape"])


def assert_ranked(shown, loss):
    """Ranks rise with the loss; points of equal loss, as symmetry makes many, rank in any order."""
    rising = loss.ravel()[np.argsort(shown, axis=None)]
    assert np.diff(rising).min() >= -1e-6 * np.ptp(loss)
    assert (shown.min(), shown.max()) == (0, 1)
