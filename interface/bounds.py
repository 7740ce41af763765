"""Bounds on what one visitor may take from the others: sockets, messages, idle time, work at once.

Nothing here is meant to be met by a person at a page. What is bounded is refused in a way that a
page survives: a socket that was closed is opened again by the next question.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from interface.guard import under

TRY_LATER, TOO_LONG, IDLE = 1013, 1009, 1001
"""Why a socket is closed (RFC 6455, section 7.4.1)."""


class Limits(NamedTuple):
    """How many sockets may be open in all and for one address, and what may pass through one."""

    sockets: int = 4000
    sockets_of_one: int = 1500
    longest_message: int = 65_536
    idle_seconds: float = 900.0


class Sockets:
    """Middleware that bounds open sockets, and the messages and idle time of our own.

    A class may sit behind one address, with three sockets a page; so one address may have many.
    """

    def __init__(self, app: ASGIApp, ours: Sequence[str], limits: Limits | None = None) -> None:
        """Bound an app; `ours` are the paths under which our routes lie."""
        self._app, self._ours, self._limits = app, ours, limits or Limits()
        self._open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a socket in if there is room."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        visitor = address(scope)
        if self._full(visitor):
            await send({"type": "websocket.close", "code": TRY_LATER, "reason": "too many pages"})
            return
        self._open[visitor] += 1
        try:
            await self._bounded(scope, receive, send)
        finally:
            self._open[visitor] -= 1
            self._open += Counter()  # forgets whom nothing is open for

    def _full(self, visitor: str) -> bool:
        most = self._limits
        return self._open.total() >= most.sockets or self._open[visitor] >= most.sockets_of_one

    async def _bounded(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not under(scope["path"], self._ours):
            await self._app(scope, receive, send)
            return
        line = Line(receive, send, self._limits)
        try:
            await self._app(scope, line.receive, line.send)
        finally:
            line.leave()


class Line:
    """One socket of ours: closed from here when it says too much at once, or nothing for long."""

    def __init__(self, receive: Receive, send: Send, limits: Limits) -> None:
        """Stand between a socket and what serves it."""
        self._receive, self._send, self._limits = receive, send, limits
        self._next: asyncio.Task[Message] | None = None
        self._heard = asyncio.Event()

    async def send(self, message: Message) -> None:
        """Pass on what is said to the page; as long as something is said, it is not idle."""
        self._heard.set()
        await self._send(message)

    async def receive(self) -> Message:
        """Return what the page says, or that it is gone."""
        if self._next is None:
            self._next = asyncio.ensure_future(self._receive())
        while not (await asyncio.wait({self._next}, timeout=self._limits.idle_seconds))[0]:
            if not self._heard.is_set():
                return await self._close(IDLE, "nothing was asked for a while")
            self._heard.clear()
        self._heard.clear()
        message, self._next = self._next.result(), None
        said = message.get("text") or message.get("bytes") or ""
        if len(said) > self._limits.longest_message:
            return await self._close(TOO_LONG, "this message is too long")
        return message

    async def _close(self, code: int, reason: str) -> Message:
        await self._send({"type": "websocket.close", "code": code, "reason": reason})
        return {"type": "websocket.disconnect", "code": code, "reason": reason}

    def leave(self) -> None:
        """Stop listening."""
        if self._next is not None:
            self._next.cancel()


def address(scope: Scope) -> str:
    """Return where a visitor comes from."""
    client = scope.get("client")
    return client[0] if client else ""
