"""The routes that answer a link with a file, and the page that plays offline."""

from __future__ import annotations

import base64
import csv
import gzip
import io
import json
import re
import socket
from dataclasses import asdict, replace
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from engine.setup.experiment import Experiment
from engine.setup.link import from_json, query, to_json
from interface import assets, network_address
from interface.desk import LONGEST_QUERY, Desk
from interface.handout import script
from interface.stage_acts import LARGEST, read_file
from interface.take import FILES, LONGEST_QR, take_routes
from labs.menu import LABS
from lessons.menu import menu
from lessons.sitting import Sitting
from packets.packet import unpack
from tests.javascript import longest_line

LINK = query(replace(Experiment(), steps=20, x=0.5))


@pytest.fixture(scope="module")
def client():
    with TestClient(Starlette(routes=take_routes("/base", Desk()))) as found:
        yield found


@pytest.mark.parametrize("file", FILES)
def test_every_file_is_an_attachment_with_a_plain_name(client, file):
    answer = client.get(f"/base/take/{file}?{LINK}")
    assert answer.status_code == 200
    said = answer.headers["content-disposition"]
    assert re.fullmatch(rf'attachment; filename="rosenbrock[\w-]*\.{file.rsplit(".")[-1]}"', said)
    assert answer.headers["content-type"].startswith(FILES[file].type)


@pytest.mark.parametrize("file", FILES)
def test_a_link_that_is_too_long_is_refused(client, file):
    answer = client.get(f"/base/take/{file}?x={'1' * LONGEST_QUERY}")
    assert answer.status_code == 414


@pytest.mark.parametrize("file", FILES)
def test_nonsense_is_answered_with_defaults(client, file):
    nonsense = urlencode(
        {"surface": "../../etc/passwd", "x": "nan", "view.chosen": "9", "\x00": ""}
    )
    assert client.get(f"/base/take/{file}?{nonsense}").status_code == 200


def test_an_unknown_file_is_not_found(client):
    assert client.get("/base/take/secrets.txt").status_code == 404


def test_tables_hold_every_lane_and_step(client):
    text = client.get(f"/base/take/trajectories.csv?{LINK}").text
    rows = list(csv.reader(line for line in io.StringIO(text) if not line.startswith("#")))
    assert len(rows) == 1 + 3 * 21
    assert json.loads(client.get(f"/base/take/trajectories.json?{LINK}").text)


def test_a_table_begins_with_the_mark_that_spreadsheets_need(client):
    answer = client.get("/base/take/trajectories.csv?steps=20&a=adam&a.name=M%C3%BCller")
    assert answer.content.startswith(b"\xef\xbb\xbfsurface,")
    assert "Müller" in answer.content.decode("utf-8-sig")
    assert not client.get(f"/base/take/trajectories.json?{LINK}").content.startswith(b"\xef")


def test_the_address_for_others_is_one_that_answers(client, monkeypatch):
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        port = listening.getsockname()[1]
        monkeypatch.setattr(network_address, "own_address", lambda: "127.0.0.1")
        assert network_address.reached(port) == "127.0.0.1"
    assert network_address.reached(port) is None
    monkeypatch.setattr(network_address, "own_address", lambda: None)
    assert network_address.reached(port) is None
    assert client.get("/base/take/reach").json() == {"host": None}


def test_a_saved_experiment_opens_as_it_was(client):
    text = client.get(f"/base/take/experiment.json?{LINK}").text
    assert from_json(text) == (replace(Experiment(), steps=20, x=0.5), ())


@pytest.mark.parametrize("file", [name for name in FILES if name.endswith(".py")])
def test_scripts_are_python(client, file):
    compile(client.get(f"/base/take/{file}?{LINK}").text, file, "exec")


def test_a_qr_code_is_a_square_drawing(client):
    answer = client.get("/base/take/qr.svg", params={"text": f"http://class.example/?{LINK}"})
    assert answer.headers["content-type"].startswith("image/svg+xml")
    drawing = ElementTree.fromstring(answer.text)
    _, _, width, height = drawing.attrib["viewBox"].split()
    assert width == height
    assert "#fff" in answer.text


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("javascript:alert(1)", 400),
        ("", 400),
        ("https://a.example/" + "x" * LONGEST_QR, 414),
        ("https://a.example/" + "ä" * (LONGEST_QR // 2), 414),
        ("https://a.example/" + "x" * (LONGEST_QR - 18), 200),
    ],
)
def test_a_qr_code_is_made_of_addresses_of_bounded_length(client, text, status):
    assert client.get("/base/take/qr.svg", params={"text": text}).status_code == status


def test_the_offline_page_holds_all_it_needs(client):
    page = client.get(f"/base/take/handout.html?{LINK}").text
    found = re.findall(
        r'<script type="application/octet-stream" data-packet="(\w+)">([^<]*)<', page
    )
    assert [kind for kind, _ in found] == ["race"] * 3
    packets = [unpack(gzip.decompress(base64.b64decode(text))) for _, text in found]
    assert [header["chosen"] for header, _ in packets[:3]] == [0, 1, 2]
    assert packets[0][1]["x0"].shape == (21, 2)
    of_data = client.get("/base/take/handout.html?surface=linear_regression&steps=20").text
    assert 'data-packet="landscape"' in of_data
    tags = re.findall(r"<(?:script|link|img)\b[^>]*\b(?:src|href)=", page.split("<script>")[0])
    assert tags == []
    pages = page.count('<script type="text/plain" data-page="')
    assert pages
    offered = page.count('<script type="application/json" data-offered>')
    assert offered == 1
    (carried,) = re.findall(r"<script [^>]*data-carried>([^<]*)<", page)
    texts = json.loads(gzip.decompress(base64.b64decode(carried)))
    lanes = [lane for header, _ in packets[:3] for lane in header["modules"]]
    held = {address for lane in lanes for address in lane.values()}
    assert held <= set(texts["modules"])
    assert page.count(" data-named>") == 1
    assert page.count("</script>") == len(found) + pages + offered + 4


def test_a_lesson_is_saved_from_its_beginning_or_from_where_it_stands(client):
    begun = client.get("/base/take/handout.html?lesson=ravine")
    assert 'filename="lesson-ravine.html"' in begun.headers["content-disposition"]
    place = {"lesson": "ravine", "lesson.phase": "check", "lesson.answer": "1"}
    own = place | {"surface": "linear_regression", "a": "adam", "view.chosen": "7"}
    texts = [client.get("/base/take/handout.html", params=here).text for here in (place, own)]
    held = [
        json.loads(re.findall(r"data-lesson>([^<]*)<", page)[0]) for page in (begun.text, *texts)
    ]
    check = asdict(Sitting("check", "1"))
    assert [one["sitting"] for one in held] == [asdict(Sitting()), check, check]
    assert ["here" in one["phases"] for one in held] == [False, False, True]
    assert 'data-packet="landscape" data-of="surface=linear_regression"' in texts[1]
    lesson = menu().find("ravine")
    assert 'data-packet="race"' not in begun.text
    for text in (lesson.explanation.text, lesson.transfer.text, lesson.check.text):
        plain = max((part for part in text.parts if isinstance(part, str)), key=len)
        assert plain not in begun.text
    gone = client.get(f"/base/take/handout.html?lesson=own-{'0' * 24}")
    assert (gone.status_code, "open its file again" in gone.text) == (404, True)
    alone = client.get("/base/take/handout.html?lesson=nowhere&steps=20").text
    assert 'data-packet="race"' in alone


def test_a_name_cannot_break_out_of_the_offline_page(client):
    named = urlencode({"a": "adam", "a.name": "</script><script>alert(1)</script>"})
    page = client.get(f"/base/take/handout.html?{named}").text
    assert "alert(1)" not in page


def test_the_offline_page_holds_every_module_but_those_that_need_a_server():
    missing = [n for n, text in assets.modules().items() if longest_line(text) not in script()]
    later = {name for name in assets.stage() if name.endswith(".js")} - {"stage.js"}
    labs = {f"labs/{name}/{name}.js" for name in LABS}
    offline = labs | {"save/tabs.js", "save/video.js", "lesson/lesson.js"}
    assert (later - offline - {"worker.js"}) | {"run/worker.js"} <= set(missing)
    assert offline.isdisjoint(missing)
    sent = "".join(assets.stage()[name].plain.decode() for name in later)
    assert all(longest_line(assets.modules()[name]) in sent for name in missing)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x" * (LARGEST + 1), "6,000,001 characters"),
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not an experiment"),
        (to_json(Experiment()).replace('"version": 1', '"version": 99'), "version 99"),
    ],
)
def test_a_file_that_is_no_experiment_is_refused_in_words(text, said):
    with pytest.raises(ValueError, match=said):
        read_file(text)


@settings(deadline=None, max_examples=50)
@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists, max_leaves=8))
def test_any_settings_in_a_file_give_an_experiment(value):
    content = {"format": "loss-surface-experiment", "version": 1, "settings": {"x": value}}
    assert isinstance(read_file(json.dumps(content))[0], Experiment)
