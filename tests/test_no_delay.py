"""Nagle's algorithm holds no answer back: asked of a real server on a socket like Streamlit's."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from websockets.sync.client import connect

from app import app
from interface.no_delay import NoDelay


class Watched:
    """An app that notes whether the connections it is asked over send at once."""

    def __init__(self) -> None:
        """Answer one page and one socket."""
        self.prompt: list[bool] = []
        self._app = Starlette(routes=[Route("/", page), WebSocketRoute("/talk", talk)])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and note what is set on the connection."""
        if scope["type"] != "lifespan":
            transport = send.__self__.transport  # type: ignore[attr-defined]
            connection = transport.get_extra_info("socket")
            option = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            self.prompt.append(bool(option))
        await self._app(scope, receive, send)


async def page(request: Any) -> PlainTextResponse:
    """Answer with a word."""
    return PlainTextResponse("here")


async def talk(line: WebSocket) -> None:
    """Say a word."""
    await line.accept()
    await line.send_text("here")
    await line.close()


@pytest.fixture
def served() -> Iterator[tuple[Watched, int]]:
    """Serve a watched app behind NoDelay on a socket that was made without naming its protocol."""
    watched = Watched()
    listening = socket.socket(family=socket.AF_INET)
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    server = uvicorn.Server(uvicorn.Config(NoDelay(watched), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield watched, listening.getsockname()[1]
    server.should_exit = True
    thread.join()


def test_pages_and_sockets_are_answered_over_connections_that_send_at_once(served):
    watched, port = served
    assert httpx2.get(f"http://127.0.0.1:{port}/").text == "here"
    with connect(f"ws://127.0.0.1:{port}/talk") as line:
        assert line.recv() == "here"
    assert watched.prompt == [True, True]


def test_the_app_that_is_started_stands_behind_nothing_else():
    assert isinstance(app, NoDelay)


def test_an_answer_without_a_connection_is_passed_on():
    heard = []

    async def send(message):
        heard.append(message["type"])

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    asked = {"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b""}
    routed = Starlette(routes=[Route("/", page)])
    asyncio.run(NoDelay(routed)(asked, receive, send))
    assert heard == ["http.response.start", "http.response.body"]
