"""What one visitor may take from the others: each bound is met here, and work goes on beside it."""

import asyncio
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from engine.setup import experiment
from engine.setup.experiment import COLORS, Experiment, Lane
from engine.study import ensemble
from interface.bounds import IDLE, TOO_LONG, TRY_LATER, Limits, Line, Sockets
from interface.desk import ASKED, FELT, Answers, Desk, TooMany
from interface.desk import Limits as DeskLimits
from optimizers import OPTIMIZERS
from packets import landscape
from surfaces import SURFACES

PATIENCE = 30


async def echo(socket):
    await socket.accept()
    async for text in socket.iter_text():
        await socket.send_text(text)


def client(path="/live", **limits):
    bounded = Middleware(Sockets, ours=["/live"], limits=Limits(**limits))
    return TestClient(Starlette(routes=[WebSocketRoute(path, echo)], middleware=[bounded]))


@pytest.mark.parametrize("limits", [{"sockets": 2}, {"sockets_of_one": 2}])
@pytest.mark.parametrize("path", ["/live", "/_stcore/stream"])
def test_only_so_many_sockets_are_open_and_a_place_that_is_left_is_free(path, limits):
    app = client(path, **limits)
    with app.websocket_connect(path) as first:
        with app.websocket_connect(path), pytest.raises(WebSocketDisconnect) as refused:
            app.websocket_connect(path).__enter__()
        assert refused.value.code == TRY_LATER
        with app.websocket_connect(path) as third:
            for socket in (first, third):
                socket.send_text("still")
                assert socket.receive_text() == "still"


def test_a_message_is_not_longer_than_allowed():
    with client(longest_message=100).websocket_connect("/live") as socket:
        socket.send_text("x" * 100)
        assert socket.receive_text() == "x" * 100
        socket.send_text("x" * 101)
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_text()
    assert closed.value.code == TOO_LONG


def test_a_socket_that_says_nothing_is_closed():
    with (
        client(idle_seconds=0.05).websocket_connect("/live") as socket,
        pytest.raises(WebSocketDisconnect) as closed,
    ):
        socket.receive_text()
    assert closed.value.code == IDLE


def test_a_socket_that_hears_something_is_not_idle():
    """A long job speaks, its page only listens."""

    async def heard():
        silence = asyncio.get_running_loop().create_future()
        said = []

        async def receive():
            return await silence

        async def send(message):
            said.append(message["type"])

        line = Line(receive, send, Limits(idle_seconds=0.05))
        listening = asyncio.ensure_future(line.receive())
        spoken = time.monotonic()
        while not listening.done():
            if time.monotonic() < spoken + 0.5:
                await line.send({"type": "websocket.send"})
            await asyncio.sleep(0.005)
        line.leave()
        return time.monotonic() - spoken, said

    lasted, said = asyncio.run(asyncio.wait_for(heard(), PATIENCE))
    assert lasted > 0.5
    assert said[-1] == "websocket.close"


class Work:
    """Work that begins, says so, and ends when it is let go."""

    def __init__(self):
        self.let = threading.Event()
        self.begun = []

    def __call__(self, name):
        self.begun.append(name)
        assert self.let.wait(PATIENCE)
        return str(name).encode()


async def until(condition):
    async def wait():
        while not condition():
            await asyncio.sleep(0.002)

    await asyncio.wait_for(wait(), PATIENCE)


async def settled():
    """Let everything that can go on go on."""
    for _ in range(20):
        await asyncio.sleep(0.001)


def asks(desk, work, visitor, name, rank=ASKED):
    return asyncio.ensure_future(desk.answer(visitor, rank, name, partial(work, name)))


def test_one_visitor_has_so_much_under_way_and_another_goes_beside_it():
    async def scene():
        desk, work = Desk(DeskLimits(threads=4, of_one=2)), Work()
        greedy = [asks(desk, work, "greedy", n) for n in range(20)]
        await until(lambda: len(work.begun) == 2)
        await settled()
        assert work.begun == [0, 1]
        modest = asks(desk, work, "modest", "one")
        await until(lambda: "one" in work.begun)
        work.let.set()
        assert await modest == b"one"
        assert await asyncio.gather(*greedy) == [str(n).encode() for n in range(20)]

    asyncio.run(asyncio.wait_for(scene(), PATIENCE))


def test_visitors_take_turns_whoever_asks_more():
    async def scene():
        desk, work = Desk(DeskLimits(threads=2, of_one=1)), Work()
        first = asks(desk, work, "greedy", "g")
        await until(lambda: work.begun == ["g"])
        rest = [asks(desk, work, "greedy", f"g{n}") for n in range(50)]
        await settled()
        rest += [asks(desk, work, "modest", f"m{n}") for n in range(2)]
        work.let.set()
        await asyncio.gather(first, *rest)
        assert {work.begun.index(f"m{n}") < 8 for n in range(2)} == {True}

    asyncio.run(asyncio.wait_for(scene(), PATIENCE))


def test_what_is_felt_goes_before_the_rest_and_has_a_place_kept():
    async def scene():
        desk, work = Desk(DeskLimits(threads=2, of_one=2)), Work()
        maps = [asks(desk, work, "a", f"map {n}") for n in range(5)]
        await until(lambda: work.begun == ["map 0"])
        felt = asks(desk, work, "b", "felt", FELT)
        await until(lambda: work.begun == ["map 0", "felt"])
        more = asks(desk, work, "a", "felt too", FELT)
        await settled()
        work.let.set()
        await asyncio.gather(felt, more, *maps)
        assert work.begun.index("felt too") < work.begun.index("map 1")

    asyncio.run(asyncio.wait_for(scene(), PATIENCE))


def test_equal_questions_are_computed_once_and_then_kept():
    async def scene():
        desk, work = Desk(), Work()
        all_at_once = [asks(desk, work, f"visitor {n}", "same") for n in range(30)]
        await settled()
        work.let.set()
        assert set(await asyncio.gather(*all_at_once)) == {b"same"}
        assert await asks(desk, work, "later", "same") == b"same"
        assert work.begun == ["same"]

    asyncio.run(asyncio.wait_for(scene(), PATIENCE))


def test_more_than_may_wait_is_refused_and_what_waits_is_answered():
    async def scene():
        desk, work = Desk(DeskLimits(threads=2, of_one=1, waiting_of_one=3)), Work()
        asked = [asks(desk, work, "one", n) for n in range(5)]
        await settled()
        work.let.set()
        return await asyncio.gather(*asked, return_exceptions=True)

    *answered, refused = asyncio.run(asyncio.wait_for(scene(), PATIENCE))
    assert answered == [b"0", b"1", b"2", b"3"]
    assert isinstance(refused, TooMany)


def test_work_that_fails_leaves_its_place():
    def fails():
        raise ValueError("no")

    async def scene():
        desk = Desk(DeskLimits(threads=2, of_one=1))
        for n in range(5):
            with pytest.raises(ValueError, match="no"):
                await desk.answer("one", ASKED, n, fails)
        assert desk.answers.size == (0, 0)

    asyncio.run(asyncio.wait_for(scene(), PATIENCE))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 60))))
def test_kept_answers_stay_within_their_number_and_their_bytes(asked):
    answers = Answers(DeskLimits(answers=4, answers_bytes=100))
    for question, length in asked:
        answers.keep(question, bytes(length))
        assert answers.get(question) == bytes(length)
        number, size = answers.size
        assert number <= 4
        assert size <= 100
        assert size == sum(len(kept) for q in range(10) if (kept := answers.get(q)) is not None)


def held(value):
    """The bytes of every array in a value."""
    if isinstance(value, np.ndarray):
        return value.nbytes
    parts = vars(value).values() if hasattr(value, "__dict__") else value
    parts = parts.values() if isinstance(parts, Mapping) else parts
    return sum(map(held, parts)) if isinstance(parts, Iterable) and type(parts) is not str else 0


LANES = tuple(Lane(OPTIMIZERS["nadam"](), color=color) for color in COLORS)
LARGEST = replace(Experiment(), steps=2000, noise=1.0, lanes=LANES)
KEPT = {
    # the largest entry of each cache of arrays, and how many megabytes all its entries may be
    "runs": (experiment._kept, lambda: LARGEST.runs()[0], 150),
    "spreads": (ensemble._spread, lambda: ensemble.ensemble(LARGEST, LARGEST.lanes[0]), 50),
    "landscapes": (landscape.landscape, lambda: flat(SURFACES["levy13"]()), 100),
}


def flat(surface):
    return landscape.landscape(surface, surface.window)


@pytest.mark.parametrize("name", KEPT)
def test_what_a_cache_holds_is_bounded_in_bytes(name):
    kept, largest, megabytes = KEPT[name]
    most = kept.cache_info().maxsize
    assert 0 < most * held(largest()) < megabytes * 2**20
