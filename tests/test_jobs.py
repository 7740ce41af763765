"""Long work over a socket: in order, called off at once, and never a traceback on the page."""

import asyncio
import itertools
import json
import threading
import time
from contextlib import ExitStack

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient

from engine.run.cancel import Stopped
from interface.jobs import DONE, PART, PROBLEM, Gate, Office, Turn, read_message

PATIENCE = 20
QUIET = threading.Event()
QUIET.set()


def app(**jobs):
    return TestClient(Starlette(routes=[WebSocketRoute("/work", Office(jobs, QUIET).serve)]))


def ask(socket, n, kind, query=""):
    socket.send_text(json.dumps({"n": n, "kind": kind, "query": query}))


def hear(socket):
    data = socket.receive_bytes()
    n, what = (int.from_bytes(data[k : k + 4], "little") for k in (0, 4))
    return n, what, data[8:]


def hear_all(socket):
    """Return what is said up to the end of a job."""
    found = [hear(socket)]
    while found[-1][1] == PART:
        found.append(hear(socket))
    return found


def letters(pairs, check):
    for letter in pairs.get("word", ""):
        check()
        yield letter.encode()


class Endless:
    """A job without an end, which tells when it was begun and when it was left."""

    def __init__(self):
        self.begun, self.left = threading.Event(), threading.Event()

    def __call__(self, pairs, check):
        try:
            for k in itertools.count():
                check()
                if k == 0:
                    yield b"begun"
                    self.begun.set()
                time.sleep(0.001)
        finally:
            self.left.set()


def test_parts_arrive_in_order_and_then_the_end():
    with app(letters=letters).websocket_connect("/work") as socket:
        ask(socket, 7, "letters", "word=abc&other=1")
        said = [(7, PART, b"a"), (7, PART, b"b"), (7, PART, b"c"), (7, DONE, b"")]
        assert hear_all(socket) == said
        ask(socket, 8, "letters")
        assert hear_all(socket) == [(8, DONE, b"")]


def test_a_new_message_ends_the_job_before():
    endless = Endless()
    with app(endless=endless, letters=letters).websocket_connect("/work") as socket:
        ask(socket, 1, "endless")
        assert hear(socket) == (1, PART, b"begun")
        ask(socket, 2, "letters", "word=x")
        assert hear_all(socket) == [(2, PART, b"x"), (2, DONE, b"")]
        assert endless.left.wait(PATIENCE)


def test_leaving_ends_the_job():
    endless = Endless()
    with app(endless=endless) as client:
        with client.websocket_connect("/work") as socket:
            ask(socket, 1, "endless")
            assert hear(socket) == (1, PART, b"begun")
        assert endless.left.wait(PATIENCE)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not a job"),
        ("[1, 2]", "not a job"),
        ('{"n": 1, "kind": "letters"}', "not a job"),
        ('{"n": -1, "kind": "letters", "query": ""}', "not a job"),
        ('{"n": 1.5, "kind": "letters", "query": ""}', "not a job"),
        ('{"n": 1, "kind": ["letters"], "query": ""}', "not a job"),
        ("[" * 9000, "not a job"),
        ("x" * 20_000, "too long"),
        ('{"n": true, "kind": "letters", "query": ""}', "not a job"),
        ('{"n": 1, "kind": "other", "query": ""}', "no such job"),
    ],
)
def test_bad_messages_are_answered_in_words_and_do_no_harm(text, words):
    with app(letters=letters).websocket_connect("/work") as socket:
        socket.send_text(text)
        _, what, said = hear(socket)
        assert what == PROBLEM
        assert words in said.decode()
        ask(socket, 2, "letters", "word=a")
        assert hear_all(socket) == [(2, PART, b"a"), (2, DONE, b"")]


def test_what_is_not_text_is_answered_too():
    with app(letters=letters).websocket_connect("/work") as socket:
        socket.send_bytes(b"\x00\x01")
        assert hear(socket)[1] == PROBLEM
        ask(socket, 2, "letters", "word=a")
        assert hear_all(socket) == [(2, PART, b"a"), (2, DONE, b"")]


def test_parameters_are_read_like_a_link():
    text = json.dumps({"n": 3, "kind": "k", "query": "a=1&b=%2C&empty=&a=2"})
    assert read_message(text) == (3, "k", {"a": "2", "b": ",", "empty": ""})


def test_a_job_that_fails_says_so_and_the_next_one_works(caplog):
    def refuses(pairs, check):
        yield b"first"
        raise ValueError("too narrow")

    def breaks(pairs, check):
        raise ZeroDivisionError("secret")
        yield

    with app(refuses=refuses, breaks=breaks, letters=letters).websocket_connect("/work") as socket:
        ask(socket, 1, "refuses")
        assert hear_all(socket) == [(1, PART, b"first"), (1, PROBLEM, b"too narrow")]
        ask(socket, 2, "breaks")
        assert hear_all(socket) == [(2, PROBLEM, b"This could not be computed.")]
        ask(socket, 3, "letters", "word=a")
        assert hear_all(socket)[-1] == (3, DONE, b"")
    assert "secret" in caplog.text


def test_two_pages_take_turns():
    """However many long jobs there are, a short one comes through while they go on."""
    endless = [Endless() for _ in range(3)]
    jobs = {f"endless{k}": job for k, job in enumerate(endless)}
    with app(**jobs, letters=letters) as client:
        sockets = [client.websocket_connect("/work") for _ in range(4)]
        with sockets[0] as a, sockets[1] as b, sockets[2] as c, sockets[3] as quick:
            for k, socket in enumerate((a, b, c)):
                ask(socket, 1, f"endless{k}")
                assert hear(socket) == (1, PART, b"begun")
            ask(quick, 1, "letters", "word=ab")
            assert hear_all(quick) == [(1, PART, b"a"), (1, PART, b"b"), (1, DONE, b"")]
            assert not any(job.left.is_set() for job in endless)
        assert all(job.left.wait(PATIENCE) for job in endless)


def test_waiting_jobs_leave_the_threads_that_answer_sliders_free():
    """However long the line, what another page asks in between is answered."""

    async def slider(request):
        answer = asyncio.to_thread(lambda: "moved")
        return PlainTextResponse(await asyncio.wait_for(answer, PATIENCE))

    office = Office({"endless": Endless()}, QUIET)
    routes = [WebSocketRoute("/work", office.serve), Route("/slider", slider)]
    with TestClient(Starlette(routes=routes)) as client, ExitStack() as stack:
        for _ in range(40):
            ask(stack.enter_context(client.websocket_connect("/work")), 1, "endless")
        assert client.get("/slider").text == "moved"


def test_the_gate_lets_in_whoever_has_waited_longest():
    gate, order = Gate(1), []
    gate.enter()

    def come(name):
        gate.enter()
        order.append(name)
        gate.leave()

    threads = []
    for name in "abc":
        threads.append(threading.Thread(target=come, args=(name,)))
        threads[-1].start()
        until = time.monotonic() + PATIENCE
        while len(gate._waiting) < len(threads) and time.monotonic() < until:
            time.sleep(0.001)
    gate.leave()
    for thread in threads:
        thread.join(PATIENCE)
    assert order == ["a", "b", "c"]


def test_a_job_called_off_while_it_waits_gives_its_place_back():
    gate = Gate(1)
    gate.enter()
    turn = Turn(gate, QUIET)
    turn.call_off()
    gate.leave()
    with pytest.raises(Stopped):
        turn.enter()
    gate.enter()


def test_a_job_called_off_stops_at_its_next_step():
    turn = Turn(Gate(1), QUIET)
    turn.enter()
    turn()
    turn.call_off()
    with pytest.raises(Stopped):
        turn()
