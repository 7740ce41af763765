"""The routes beside Streamlit's: pure answers to links, and scripts that are cached for good."""

import gzip
import os
import re
import time
from dataclasses import replace
from urllib.parse import parse_qsl, quote, urlencode

import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from engine.setup.experiment import Experiment
from engine.setup.link import read, write
from interface import assets
from interface.bundle import resolved
from interface.desk import LONGEST_QUERY
from interface.routes import routes
from packets.headers import MinimaHeader
from packets.modules import module, modules
from packets.packet import unpack
from surfaces import SURFACES, formula
from surfaces.data.batches import batches
from tests.test_headers import misfits

BAD = (
    "surface=moon&a=teleport",
    "a=adam&a.lr=NaN&x=inf&y=-inf",
    "steps=1000000000",
    "window=1,2,3",
    "window=nan,nan,nan,nan",
    "window=5,1,5,1",
    "window=-1e300,1e300,-1e300,1e300",
    "x=1&x=2&x=3",
    "%00=%ff&%F0%9F%98%80=1",
    "view.chosen=99",
    "&&&===",
)


@pytest.fixture(scope="module")
def client():
    with TestClient(Starlette(routes=routes())) as found:
        yield found


@pytest.mark.parametrize("key", SURFACES)
def test_a_landscape_is_the_surface_of_its_link_over_its_window(client, key):
    surface = SURFACES[key]()
    _, arrays = unpack(client.get(f"/live/landscape?surface={key}").content)
    assert ((arrays["x"][0], arrays["x"][-1]), (arrays["y"][0], arrays["y"][-1])) == tuple(
        tuple(np.float32(side)) for side in surface.window
    )
    answer = client.get(f"/live/landscape?surface={key}&window=0.5,0.75,-0.5,0.5")
    x, y = (unpack(answer.content)[1][side] for side in "xy")
    assert (x[0], x[-1], y[0], y[-1]) == (0.5, 0.75, -0.5, 0.5)


def test_the_same_link_has_the_same_answer(client):
    link = urlencode(write(Experiment()) | {"noise": "0.5", "seed": "7"})
    first, second = (client.get(f"/live/landscape?{link}") for _ in range(2))
    assert first.content == second.content


def test_a_landscape_that_is_only_foreseen_is_searched_once_and_not_sent(client, monkeypatch):
    searches = []
    monkeypatch.setattr(formula, "critical_points", lambda *asked: searches.append(asked) or ())
    link = "surface=formula&surface.text=x%5E2%2B17y%5E2&surface.sides=-3,3,-2,2"
    answer = client.head(f"/live/landscape?{link}")
    assert (answer.status_code, answer.content) == (200, b"")
    assert len(searches) == 1
    client.get(f"/live/landscape?{link}")
    assert len(searches) == 1


@pytest.mark.parametrize("more", ["", "&surface.replacement=on&surface.shuffle=2"])
def test_orders_of_rows_are_the_same_for_batches_of_every_size(client, more):
    """A size's steps go through the lines one after the other, as surfaces/data/batches.py says."""
    link = f"surface=linear_regression&steps=90{more}"
    header, arrays = unpack(client.get(f"/live/orders?{link}").content)
    lines, whole = arrays["rows"].tolist(), read(dict(parse_qsl(link)))[0].surface
    for size in (1, 4, 32):
        steps = batches(replace(whole, batch=str(size)), 90)
        each = 1 if header["replacement"] else -(-len(lines[0]) // size)
        for t, chosen in enumerate(steps.tolist()):
            line, first = lines[t // each], t % each * size
            assert line[first : first + size] == [k for k in chosen if k >= 0]


FORMULA = "surface=formula&surface.text=x^4-a x^2+b y^2&surface.sides=-3,3,-3,3"


def test_minima_are_those_of_the_surface_with_the_settings_asked_for(client):
    link = f"{FORMULA}&surface.b=2&over=surface.a surface.b&at=1 0.5,2 3,-1 1"
    header, _ = unpack(client.get(f"/live/minima?{link}").content)
    for (a, b), found in zip(((1, 0.5), (2, 3), (-1, 1)), header["surfaces"], strict=True):
        own = {"surface.a": str(a), "surface.b": str(b)}
        surface = read(dict(parse_qsl(FORMULA)) | own)[0].surface
        assert (found["lowest"], found["floor"]) == (surface.lowest, surface.floor)
        assert [(c["x"], c["y"]) for c in found["minima"]] == [(c.x, c.y) for c in surface.minima]
    assert misfits(header, MinimaHeader) == []


def test_minima_are_searched_for_a_few_settings_at_once(client):
    answer = client.get(f"/live/minima?{FORMULA}&over=surface.a&at={','.join(['1'] * 21)}")
    assert (answer.status_code, answer.text) == (
        400,
        "Minima are searched for at most 20 settings at once.",
    )


def test_what_has_no_rows_is_refused_in_words(client):
    answer = client.get("/live/orders?surface=sphere")
    assert (answer.status_code, answer.text) == (400, "Only a loss of data has batches.")


def test_modules_of_a_text_that_is_still_typed_are_those_that_its_race_will_ask_for(client):
    link = {"surface": "formula", "surface.text": "x^2 + 19y^2", "a": "adam", "b": "momentum"}
    found = client.get(f"/live/modules?{urlencode(link | {'view.chosen': '1'})}").json()
    assert found == modules(read(link)[0], 1)
    assert all(client.get(f"/stage/{assets.stamp()}/rules/{rule(a)}").is_success for a in found)


def rule(addresses):
    """Return where a lane's own module lies."""
    return addresses["rule"].replace("?", ".js?")


@pytest.mark.parametrize("query", BAD)
def test_a_bad_link_is_answered_with_defaults(client, query):
    answer = client.get(f"/live/landscape?{query}")
    assert answer.status_code == 200
    unpack(answer.content)


def test_a_link_without_end_is_refused(client):
    answer = client.get(f"/live/landscape?x={'1' * LONGEST_QUERY * 8}")
    assert answer.status_code == 414


@pytest.mark.parametrize("path", ["/live/race", "/live/fan"])
def test_what_is_felt_is_asked_of_nobody(client, path):
    assert client.get(f"{path}?a=adam").status_code == 404


def test_a_module_that_runs_a_lane_is_small_and_kept_by_the_browser(client):
    answer = client.get(f"/stage/{assets.stamp()}/rules/rule/nadam/goldstein_price.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    assert answer.text == module("rule/nadam/goldstein_price")
    assert int(answer.headers["content-length"]) < 6000


def test_a_typed_formula_has_a_module_made_from_its_meaning(client):
    query = urlencode({"text": "x^2 / (1 + |b y|)"})
    answer = client.get(f"/stage/{assets.stamp()}/rules/rule/adam/formula.js?{query}")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.text == module(f"rule/adam/formula?{query}")
    for text in ("", "x + alert(1)", "</script>", "x" * 301, "x + y\n", "x" * 9000):
        query = urlencode({"text": text})
        forged = client.get(f"/stage/{assets.stamp()}/rules/surface/formula.js?{query}")
        assert forged.status_code in (404, 414)
        assert forged.text in ("no such file", "this link is too long")


@pytest.mark.parametrize(
    "address",
    ["rule/adam/nowhere", "rule/adam~x=<script>/sphere", "//example.org/x", "x" * 1000, "stage"],
)
def test_a_forged_module_is_not_there_and_nothing_is_sent_back(client, address):
    answer = client.get(f"/stage/{assets.stamp()}/rules/{quote(address)}.js")
    assert answer.status_code == 404
    assert answer.text == "no such file"
    known = client.get(f"/stage/{'0' * 12}/rules/surface/sphere.js")
    assert known.status_code == 404


@pytest.mark.parametrize("name", ["plotly.min.js", *assets.stage()])
def test_an_asset_is_compressed_and_kept_by_the_browser(client, name):
    answer = client.get(f"/stage/{assets.stamp()}/{name}")
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["vary"].lower() == "accept-encoding"
    plain = client.get(f"/stage/{assets.stamp()}/{name}", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == answer.content


def test_everything_a_first_visit_loads_is_small():
    first = (assets.plotly(), assets.stage()["stage.js"], assets.stage()["stage.css"])
    assert sum(len(found.compressed) for found in first) < 1_600_000
    assert gzip.decompress(assets.plotly().compressed) == assets.plotly().plain


def test_only_assets_are_served(client):
    stamp = assets.stamp()
    for name in ("nothing.js", "__init__.py", "..%2F..%2Fapp.py", "%2e%2e/routes.py"):
        assert client.get(f"/stage/{stamp}/{name}").status_code == 404
    assert client.get("/stage/0123456789ab/stage.js").status_code == 404


def test_the_stamp_changes_with_any_file(monkeypatch):
    before = assets.stamp()
    changed = dict(assets.stage())
    name = next(iter(changed))
    changed[name] = changed[name]._replace(plain=changed[name].plain + b" ")
    monkeypatch.setattr(assets, "stage", lambda: changed)
    assert assets._hash.__wrapped__() != before


def test_what_is_saved_while_developing_is_seen_on_reload(client, monkeypatch, tmp_path):
    """Script, style and page style; and no browser keeps what it got."""
    for name, text in {"stage.js": "export const a = 1;\n", "stage.css": "a {}"}.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "page.css").write_text("p {}")
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "worker.js").write_text("")
    monkeypatch.setattr(assets, "STAGE", tmp_path)
    monkeypatch.setattr(assets, "STYLES", ("stage.css",))
    monkeypatch.setenv("LOSS_DEV", "1")
    before = [client.get(f"/stage/{assets.stamp()}/{name}") for name in ("stage.js", "stage.css")]
    (tmp_path / "stage.js").write_text("export const a = 2;\n")
    (tmp_path / "stage.css").write_text("b {}")
    (tmp_path / "page.css").write_text("q {}")
    later = time.time_ns() + 10**9
    os.utime(tmp_path / "page.css", ns=(later, later))
    after = [client.get(f"/stage/{assets.stamp()}/{name}") for name in ("stage.js", "stage.css")]
    assert ["a = 1" in before[0].text, "a = 2" in after[0].text] == [True, True]
    assert [before[1].text, after[1].text, assets.page_style()] == ["a {}", "b {}", "q {}"]
    assert {answer.headers["cache-control"] for answer in before + after} == {"no-store"}


def test_modules_name_each_other_and_nothing_on_the_net():
    modules = assets.modules()
    cited = {"labs/theory/words.js": {"doi.org", "arxiv.org"}}
    for name, text in modules.items():
        code = re.sub(r"/\*\*.*?\*/|^ *//.*?$", "", text, flags=re.DOTALL | re.MULTILINE)
        written = re.findall(r'(?:from |import\()"([^"]+)"', code)
        assert {resolved(name, one) for one in written} <= set(modules)
        hosts = set(re.findall(r"https?://([^/\"'`]+)", text))
        assert hosts <= {"www.w3.org"} | cited.get(name, set())


def test_only_a_refusal_is_told_in_its_own_words(monkeypatch):
    def broken(surface, window):
        raise ValueError("operands could not be broadcast")

    monkeypatch.setattr("interface.routes.landscape_packet", broken)
    with TestClient(Starlette(routes=routes()), raise_server_exceptions=False) as client:
        wrong = client.get("/live/landscape?surface=sphere")
        refused = client.get("/live/orders?surface=sphere")
    assert (wrong.status_code, "operands" in wrong.text) == (500, False)
    assert (refused.status_code, refused.text) == (400, "Only a loss of data has batches.")
