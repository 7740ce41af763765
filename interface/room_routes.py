"""Routes of a class that takes part: its lecturer's page shows something, all others hear of it.

News travel over a socket, as what Streamlit itself tells a page: where one gets through, so does
the other. An answer to a question is kept before it is acknowledged.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from interface.bounds import TRY_LATER, address
from lessons.headers import RoomNews, RoomShown
from lessons.opened import find_lesson
from lessons.rooms import Full, NoRoom, NotTheLecturer, Rooms, Standing
from lessons.shapes import SKIPPED
from lessons.sitting import PHASES, read_answer

LOG = logging.getLogger(__name__)

LONGEST = 16_000
"""Bytes of what a page may say at once."""

LOOKS = 0.1
"""Seconds between two looks at a room, for all its pages together."""

BEATS = 10.0
"""Seconds after which a page that had no news is sent a sign of life, and counted as present."""

_WHO = re.compile(r"[\w-]{8,64}")
_NO_ROOM = "There is no class of this code, or it has ended."

ENDED = 4404
"""Why a socket is closed whose room is no more; a page asks again after any other reason."""


def room_routes(base: str, rooms: Rooms) -> list[BaseRoute]:
    """Return the routes under `base`."""
    under, lobby = f"{base}/rooms", Lobby(rooms)
    return [
        Route(under, _told(lobby.opened), methods=["POST"]),
        Route(f"{under}/{{code}}", _told(lobby.closed), methods=["DELETE"]),
        Route(f"{under}/{{code}}/shown", _told(lobby.shown), methods=["POST"]),
        Route(f"{under}/{{code}}/answers", _told(lobby.answered), methods=["POST"]),
        Route(f"{under}/{{code}}/answers", _told(lobby.answers)),
        WebSocketRoute(f"{under}/{{code}}/news", lobby.news),
    ]


class Lobby:
    """What the routes do."""

    def __init__(self, rooms: Rooms) -> None:
        """Lead to these rooms."""
        self._rooms, self._bulletin = rooms, Bulletin(rooms)

    async def opened(self, request: Request) -> Response:
        """Open a room: its code, and the key of its lecturer's page."""
        code, key = await run_in_threadpool(self._rooms.open, address(request.scope))
        return JSONResponse({"code": code, "key": key})

    async def closed(self, request: Request) -> Response:
        """End a room."""
        await run_in_threadpool(self._rooms.close, _code(request), _key(request))
        return Response(status_code=204)

    async def shown(self, request: Request) -> Response:
        """Take what the lecturer's page shows."""
        told = _shown(await _said(request))
        text = json.dumps(told, ensure_ascii=False)
        parts = (_code(request), _key(request), text, told["lesson"], told["phase"])
        await run_in_threadpool(self._rooms.show, *parts)
        return Response(status_code=204)

    async def answered(self, request: Request) -> Response:
        """Take a page's answer."""
        await run_in_threadpool(_answer, self._rooms, _code(request), await _said(request))
        return Response(status_code=204)

    async def answers(self, request: Request) -> Response:
        """Give the lecturer's page the answers to a question."""
        of = (request.query_params.get("lesson", ""), request.query_params.get("phase", ""))
        parts = (_code(request), _key(request), of)
        return JSONResponse(await run_in_threadpool(self._rooms.answers, *parts))

    async def news(self, socket: WebSocket) -> None:
        """Tell a page what is shown, from now on, until it goes or the room ends."""
        who = socket.query_params.get("who", "")
        page = _Page(self._rooms, _code(socket), who if _WHO.fullmatch(who) else "")
        await socket.accept()
        gone = asyncio.ensure_future(_gone(socket))
        told = asyncio.ensure_future(self._tell(page, socket))
        try:
            await asyncio.wait({gone, told}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            page.gone()
            gone.cancel()
            told.cancel()
            # A page may go while it is told.
            await asyncio.gather(gone, told, return_exceptions=True)

    async def _tell(self, page: _Page, socket: WebSocket) -> None:
        try:
            await page.here()
            async for text in self._bulletin.read(page):
                await socket.send_text(text)
        except NoRoom:
            await socket.close(ENDED, _NO_ROOM)
        except Full as problem:
            await socket.close(TRY_LATER, str(problem))


async def _gone(socket: WebSocket) -> None:
    """Wait until a page goes; what it says is nothing that anybody hears."""
    while (await socket.receive())["type"] != "websocket.disconnect":
        pass


class _Page(NamedTuple):
    """A page that hears of a room; its lecturer's says not which it is, and hears how many are."""

    rooms: Rooms
    code: str
    who: str = ""

    async def here(self) -> None:
        """Count the page as present; NoRoom if there is no such room."""
        if self.who:
            await run_in_threadpool(self.rooms.attend, self.code, self.who)
        else:
            await run_in_threadpool(self.rooms.standing, self.code)

    def gone(self) -> None:
        """Count it no more."""
        if self.who:
            self.rooms.leave(self.code, self.who)

    def news(self, found: Standing) -> str:
        """Write what the page is told of a room."""
        told: RoomNews = {"shown": json.loads(found.shown) if found.shown else None}
        if not self.who:
            told |= {"present": found.present, "answered": found.answered}
        return json.dumps(told, ensure_ascii=False)


class Bulletin:
    """Looks at a room now and then, once for all its pages that wait here."""

    def __init__(self, rooms: Rooms) -> None:
        """Look at these rooms; used from one event loop."""
        self._rooms = rooms
        self._looks: dict[str, asyncio.Task[Standing]] = {}

    async def read(self, page: _Page) -> AsyncIterator[str]:
        """Yield a room's news, none twice, and now and then nothing; NoRoom when it has ended."""
        version, before = 0, ""
        while True:
            try:
                found = await asyncio.wait_for(self._after(page.code, version), BEATS)
            except TimeoutError:
                await page.here()
                yield ""
                continue
            version, text = found.version, page.news(found)
            if text != before:
                before = text
                yield text

    async def _after(self, code: str, version: int) -> Standing:
        """Wait for a newer version of a room; NoRoom when it has ended."""
        while True:
            found = await asyncio.shield(self._look(code))
            if found.version > version:
                return found

    def _look(self, code: str) -> asyncio.Task[Standing]:
        task = self._looks.get(code)
        if task is None:
            task = asyncio.ensure_future(self._looked(code))
            self._looks[code] = task
        return task

    async def _looked(self, code: str) -> Standing:
        try:
            await asyncio.sleep(LOOKS)
            return await run_in_threadpool(self._rooms.standing, code)
        finally:
            del self._looks[code]  # before it is done: who finds it done looks again without end


def _answer(rooms: Rooms, code: str, said: Mapping[str, Any]) -> None:
    """Keep an answer to what is asked now; ValueError in words for any other."""
    told = {
        name: str(said.get(name, "")) for name in ("lesson", "phase", "answer", "reason", "who")
    }
    lesson, phase = find_lesson(told["lesson"]), told["phase"]
    shown, there = rooms.asks(code)
    if lesson is None or shown != told["lesson"] or phase not in PHASES:
        raise ValueError("this is not asked now")
    if PHASES.index(there) > PHASES.index(phase):
        raise ValueError("this question is over")
    given = read_answer(lesson, phase, told["answer"], told["reason"])
    if given["answer"] == SKIPPED:
        raise ValueError("this says nothing")
    rooms.answer(code, _who(told["who"]), (shown, phase), given)


def _shown(said: Mapping[str, Any]) -> RoomShown:
    """Read what a lecturer shows; ValueError in words if it is nothing that can be shown."""
    told: RoomShown = {
        "lesson": str(said.get("lesson", "")),
        "phase": str(said.get("phase", "")),
        "address": str(said.get("address", "")),
        "step": int(_number(said.get("step"))),
        "playing": said.get("playing") is True,
        "speed": _number(said.get("speed")),
        "turn": int(_number(said.get("turn"))),
    }
    if told["lesson"] and (find_lesson(told["lesson"]) is None or told["phase"] not in PHASES):
        raise ValueError("there is no such lesson")
    return told


def _number(said: object) -> float:
    return said if isinstance(said, int | float) and abs(said) < 1e9 else 0


def _told(
    route: Callable[[Request], Awaitable[Response]],
) -> Callable[[Request], Awaitable[Response]]:
    """Turn what a route may not do into an answer in words."""

    async def endpoint(request: Request) -> Response:
        try:
            return await route(request)
        except NoRoom:
            return PlainTextResponse(_NO_ROOM, 404)
        except NotTheLecturer:
            return PlainTextResponse("Only the page that opened this class may do this.", 403)
        except Full as problem:
            return PlainTextResponse(str(problem), 503)
        except (OSError, sqlite3.Error):
            LOG.exception("rooms cannot be kept")
            return PlainTextResponse("This server can keep no class just now.", 503)
        except ValueError as problem:
            words = str(problem)
            return PlainTextResponse(f"{words[:1].upper()}{words[1:]}.", 400)

    return endpoint


async def _said(request: Request) -> Mapping[str, Any]:
    """Read what a page says; ValueError for what is too long or no object."""
    text = b""
    async for part in request.stream():
        text += part
        if len(text) > LONGEST:
            raise ValueError("this is too long")
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise ValueError("this is not what a page of a class says")
    return said


def _code(asked: HTTPConnection) -> str:
    return str(asked.path_params["code"]).upper()


def _key(request: Request) -> str:
    return request.headers.get("x-room-key", "")


def _who(text: str) -> str:
    """Read the random word by which a page is known; ValueError for anything else."""
    if not _WHO.fullmatch(text):
        raise ValueError("this page does not say which it is")
    return text
