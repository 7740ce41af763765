"""Rooms of a class that takes part: what is kept of them, who may do what, and what is heard."""

import asyncio
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from interface import room_routes as room_routes_module
from interface.bounds import TRY_LATER
from interface.room_routes import ENDED, LONGEST, Bulletin, room_routes
from lessons.rooms import LIFE, SEEN, Full, Limits, NoRoom, NotTheLecturer, Rooms, place

PATIENCE = 30.0
"""Seconds to wait for what must happen: a loaded machine is slow, not wrong."""

PREDICT = ("ravine", "predict")
FIRST, SECOND = {"answer": "0", "reason": "1"}, {"answer": "2", "reason": ""}


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def rooms(tmp_path, clock):
    return Rooms(tmp_path / "rooms.sqlite", now=clock)


def shows(rooms, code, key, lesson="ravine", phase="predict"):
    rooms.show(code, key, json.dumps({"lesson": lesson, "phase": phase}), lesson, phase)


def test_answers_are_counted_and_given_to_the_lecturer_alone(rooms):
    code, key = rooms.open("here")
    shows(rooms, code, key)
    rooms.answer(code, "visitor-1", PREDICT, SECOND)
    rooms.answer(code, "visitor-2", PREDICT, FIRST)
    assert rooms.standing(code)[2:] == (2, 2)
    assert rooms.answers(code, key, PREDICT) == [FIRST, SECOND]
    assert rooms.answers(code, key, ("ravine", "check")) == []
    with pytest.raises(NotTheLecturer):
        rooms.answers(code, "another key", PREDICT)
    with pytest.raises(NotTheLecturer):
        shows(rooms, code, "another key")
    with pytest.raises(NotTheLecturer):
        rooms.close(code, "")


def test_a_page_that_answers_again_counts_once(rooms):
    code, key = rooms.open("here")
    shows(rooms, code, key)
    rooms.answer(code, "visitor-1", PREDICT, FIRST)
    rooms.answer(code, "visitor-1", PREDICT, SECOND)
    assert rooms.answers(code, key, PREDICT) == [SECOND]
    assert rooms.standing(code).answered == 1


def test_whoever_has_answered_and_gone_is_still_one_of_the_class(rooms, clock):
    code, key = rooms.open("here")
    shows(rooms, code, key)
    for k in range(3):
        rooms.answer(code, f"visitor-{k}", PREDICT, FIRST)
    rooms.leave(code, "visitor-0")
    assert rooms.standing(code)[2:] == (3, 3)
    shows(rooms, code, key, phase="check")
    assert rooms.standing(code)[2:] == (2, 0)


def test_every_change_is_a_new_version(rooms):
    code, key = rooms.open("here")
    versions = [rooms.standing(code).version]
    for change in (
        lambda: rooms.attend(code, "visitor-1"),
        lambda: shows(rooms, code, key),
        lambda: rooms.answer(code, "visitor-1", PREDICT, FIRST),
        lambda: rooms.leave(code, "visitor-1"),
    ):
        change()
        versions.append(rooms.standing(code).version)
    assert versions == sorted(set(versions))
    rooms.attend(code, "visitor-2")
    there = rooms.standing(code).version
    rooms.attend(code, "visitor-2")
    assert rooms.standing(code).version == there


def test_a_page_that_was_not_heard_of_for_long_is_no_longer_there(rooms, clock):
    code, _ = rooms.open("here")
    rooms.attend(code, "visitor-1")
    clock.now += SEEN / 2
    rooms.attend(code, "visitor-2")
    clock.now += SEEN / 2 + 1
    assert rooms.standing(code).present == 1


def test_a_room_that_nobody_uses_is_forgotten_with_its_answers(rooms, clock):
    code, key = rooms.open("here")
    shows(rooms, code, key)
    clock.now += LIFE - 1
    rooms.answer(code, "visitor-1", PREDICT, FIRST)
    clock.now += LIFE - 1
    other, _ = rooms.open("here")
    assert rooms.standing(code).answered == 1
    clock.now += 2
    for gone in (lambda: rooms.standing(code), lambda: rooms.answers(code, key, PREDICT)):
        with pytest.raises(NoRoom):
            gone()
    assert rooms.standing(other).present == 0


def test_a_lesson_that_is_opened_anew_is_asked_anew(rooms):
    code, key = rooms.open("here")
    shows(rooms, code, key)
    rooms.answer(code, "visitor-1", PREDICT, FIRST)
    for phase in ("watch", "predict"):
        shows(rooms, code, key, phase=phase)
    assert rooms.answers(code, key, PREDICT) == [FIRST]
    shows(rooms, code, key, lesson="saddle")
    assert rooms.answers(code, key, PREDICT) == [FIRST]
    shows(rooms, code, key)
    assert rooms.answers(code, key, PREDICT) == []


def test_an_ended_room_is_forgotten(rooms):
    code, key = rooms.open("here")
    rooms.close(code, key)
    with pytest.raises(NoRoom):
        rooms.attend(code, "visitor-1")


def test_rooms_and_the_pages_in_them_are_bounded(tmp_path):
    rooms = Rooms(tmp_path / "rooms.sqlite", Limits(rooms=3, rooms_of_one=2, pages=2))
    code, _ = rooms.open("here")
    rooms.open("here")
    with pytest.raises(Full):
        rooms.open("here")
    rooms.open("there")
    with pytest.raises(Full):
        rooms.open("elsewhere")
    for k in range(2):
        rooms.attend(code, f"visitor-{k}")
    with pytest.raises(Full):
        rooms.attend(code, "visitor-2")
    rooms.attend(code, "visitor-1")
    rooms.leave(code, "visitor-0")
    rooms.attend(code, "visitor-2")


DIES = """
import os, pathlib, sys
from lessons.rooms import Rooms
rooms = Rooms(pathlib.Path(sys.argv[1]), now=lambda: 1000.0)
rooms.answer(sys.argv[2], "visitor-1", ("ravine", "predict"), {"answer": "1", "reason": ""})
os._exit(9)
"""


def test_processes_share_rooms_and_one_that_dies_loses_no_answer(rooms, tmp_path):
    code, key = rooms.open("here")
    shows(rooms, code, key)
    command = [sys.executable, "-c", DIES, str(tmp_path / "rooms.sqlite"), code]
    died = subprocess.run(command, check=False, cwd=Path(__file__).parents[1])
    assert died.returncode == 9
    assert rooms.answers(code, key, PREDICT) == [{"answer": "1", "reason": ""}]


def test_where_rooms_are_kept_can_be_said(tmp_path):
    assert place({"LOSS_ROOMS": str(tmp_path)}) == tmp_path / "rooms.sqlite"
    assert place({}).name == "rooms.sqlite"


def test_where_nothing_can_be_kept_a_class_is_refused_in_words(tmp_path):
    (tmp_path / "file").write_text("no folder")
    rooms = Rooms(tmp_path / "file" / "rooms.sqlite")
    with TestClient(Starlette(routes=room_routes("", rooms))) as client:
        refused = client.post("/rooms")
    assert (refused.status_code, "no class just now" in refused.text) == (503, True)


def test_a_folder_of_somebody_else_is_not_used(tmp_path, monkeypatch):
    owner = tmp_path.stat().st_uid
    if not owner:
        os.chown(tmp_path, 1, -1)
        owner = 1
    monkeypatch.setattr(os, "getuid", lambda: owner + 1)
    with pytest.raises(PermissionError):
        Rooms(tmp_path / "rooms.sqlite").open("here")


@pytest.fixture
def client(rooms):
    with TestClient(Starlette(routes=room_routes("", rooms))) as found:
        yield found


@pytest.fixture
def lecturer(client):
    """A class that is asked the first question of a lesson: its path, and its lecturer's head."""
    told = client.post("/rooms").json()
    path, head = f"/rooms/{told['code']}", {"X-Room-Key": told["key"]}
    shown = {"lesson": "ravine", "phase": "predict"}
    assert client.post(f"{path}/shown", json=shown, headers=head).status_code == 204
    return path, head


def answer(client, path, **more):
    said = {"who": "visitor-1", "lesson": "ravine", "phase": "predict", "answer": "1"} | more
    return client.post(f"{path}/answers", json=said)


def test_an_answer_travels_from_a_page_to_the_lecturer(client, lecturer):
    path, head = lecturer
    assert answer(client, path.lower(), reason="2").status_code == 204
    asked = f"{path}/answers?lesson=ravine&phase=predict"
    assert client.get(asked, headers=head).json() == [{"answer": "1", "reason": "2"}]
    assert client.get(asked).status_code == 403
    assert client.delete(path).status_code == 403
    assert client.delete(path, headers=head).status_code == 204
    assert client.get(asked, headers=head).status_code == 404


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"answer": "9"}, "Choose one of the answers"),
        ({"answer": "skip"}, "says nothing"),
        ({"phase": "watch"}, "Nothing is asked there"),
        ({"phase": "nonsense"}, "not asked now"),
        ({"lesson": "elsewhere"}, "not asked now"),
        ({"who": "<b>"}, "which it is"),
        ({"answer": "x" * LONGEST}, "too long"),
    ],
)
def test_what_is_no_answer_is_refused_in_words(client, lecturer, said, words):
    refused = answer(client, lecturer[0], **said)
    assert (refused.status_code, words in refused.text) == (400, True)


def test_no_answer_is_taken_to_a_question_that_is_over(client, lecturer):
    path, head = lecturer
    client.post(f"{path}/shown", json={"lesson": "ravine", "phase": "watch"}, headers=head)
    assert answer(client, path).text == "This question is over."
    assert answer(client, path, phase="check", answer="0").status_code == 204


@pytest.mark.parametrize("body", [b"", b"[]", b"nonsense", b'"text"', b"\xff\xfe", b"[" * 9000])
def test_no_message_can_break_a_room(client, lecturer, body):
    path, head = lecturer
    for what in ("shown", "answers"):
        refused = client.post(f"{path}/{what}", content=body, headers=head)
        assert (refused.status_code, "not what a page" in refused.text) == (400, True)


@pytest.mark.parametrize("shown", [{"lesson": "elsewhere"}, {"lesson": "ravine", "phase": "none"}])
def test_only_a_lesson_that_is_there_can_be_shown(client, lecturer, shown):
    path, head = lecturer
    assert client.post(f"{path}/shown", json=shown, headers=head).status_code == 400


def test_pages_hear_what_is_shown_and_the_lecturers_alone_how_many_answered(client, lecturer):
    path, head = lecturer
    with (
        client.websocket_connect(f"{path}/news?who=visitor-1") as student,
        client.websocket_connect(f"{path}/news") as own,
    ):
        shown = student.receive_json()["shown"]
        assert (shown["lesson"], shown["phase"]) == PREDICT
        assert own.receive_json() == {"shown": shown, "present": 1, "answered": 0}
        answer(client, path)
        assert own.receive_json()["answered"] == 1
        client.post(f"{path}/shown", json={"lesson": "ravine", "phase": "watch"}, headers=head)
        for page in (student, own):
            assert page.receive_json()["shown"]["phase"] == "watch"
        client.delete(path, headers=head)
        for page in (student, own):
            assert page.receive()["code"] == ENDED


def test_a_page_that_goes_is_counted_no_more(client, rooms):
    code, _ = rooms.open("here")
    with client.websocket_connect(f"/rooms/{code}/news?who=visitor-1") as page:
        page.receive_json()
        assert rooms.standing(code).present == 1
    until = time.monotonic() + PATIENCE
    while rooms.standing(code).present and time.monotonic() < until:
        time.sleep(0.01)
    assert rooms.standing(code).present == 0


@pytest.mark.parametrize(("limits", "code"), [(Limits(), ENDED), (Limits(pages=0), TRY_LATER)])
def test_a_page_that_cannot_listen_is_told_why(tmp_path, limits, code):
    rooms = Rooms(tmp_path / "rooms.sqlite", limits)
    room = rooms.open("here")[0] if code == TRY_LATER else "XXXX"
    with (
        TestClient(Starlette(routes=room_routes("", rooms))) as client,
        client.websocket_connect(f"/rooms/{room}/news?who=visitor-1") as page,
    ):
        assert page.receive()["code"] == code


def test_a_page_without_news_is_sent_a_sign_of_life(client, lecturer, monkeypatch):
    monkeypatch.setattr(room_routes_module, "BEATS", 0.3)
    with client.websocket_connect(f"{lecturer[0]}/news") as page:
        assert page.receive_text()
        assert page.receive_text() == ""


def test_a_look_that_is_done_is_not_taken_for_one_to_come(rooms):
    code, _ = rooms.open("here")

    async def looks():
        bulletin = Bulletin(rooms)
        look = bulletin._look(code)
        while not look.done():
            await asyncio.sleep(0)
        assert bulletin._look(code) is not look

    asyncio.run(looks())
