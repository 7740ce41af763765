"""Long work for one page at a time: maps and searches that arrive in parts and can be called off.

A page sends `{"n": 3, "kind": "sweep", "query": "..."}` over a socket and hears the parts of job
3 as they are found, then its end. A new message on the same socket ends the job before it. Jobs
of all pages take turns of a few hundredths of a second, so that a long one delays none, and
Python's lock is free for the pages' own scripts whenever NumPy computes.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl

from starlette.websockets import WebSocket, WebSocketDisconnect

from engine.run.cancel import Check, Stopped

Job = Callable[[Mapping[str, str], Check], Iterator[bytes]]

LOG = logging.getLogger(__name__)
LONGEST_MESSAGE = 10_000
SLICE = 0.05
"""Seconds that a job works before it lets another one have its turn."""

GIVES_WAY = 0.1
"""Seconds that a job waits after each slice for what somebody's hand is waiting for."""

THREADS = 32
"""Jobs that stand in line at once; more wait until one of these has found its next part."""

PART, DONE, PROBLEM = range(3)
"""What follows the two numbers (job and this) with which every answer begins."""


class Gate:
    """Lets a few jobs in at once and the others wait in the order in which they came."""

    def __init__(self, places: int) -> None:
        """Open the gate for that many jobs at once."""
        self._free, self._waiting, self._lock = places, deque[threading.Event](), threading.Lock()

    def enter(self) -> None:
        """Wait for a place."""
        with self._lock:
            if self._free:
                self._free -= 1
                return
            called = threading.Event()
            self._waiting.append(called)
        called.wait()

    def leave(self) -> None:
        """Give the place to whoever has waited longest."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1


class Turn:
    """One job's way through the gate; called between two steps, it may stop or pause the job."""

    def __init__(self, gate: Gate, quiet: threading.Event) -> None:
        """Stand before the gate; `quiet` is set while nothing more pressing is under way."""
        self._gate, self._quiet, self._lock = gate, quiet, threading.Lock()
        self._called_off = threading.Event()
        self._until = 0.0

    def enter(self) -> None:
        """Wait for a turn; raises Stopped if the job was called off meanwhile."""
        self._gate.enter()
        self._until = time.monotonic() + SLICE
        if self._called_off.is_set():
            self._gate.leave()
            raise Stopped

    def leave(self) -> None:
        """End the turn."""
        self._gate.leave()

    def call_off(self) -> None:
        """Stop the job at its next check."""
        self._called_off.set()

    def __call__(self) -> None:
        """Raise Stopped if the job is called off; after a full slice let others go first."""
        if self._called_off.is_set():
            raise Stopped
        if time.monotonic() < self._until:
            return
        with self._lock:
            if time.monotonic() >= self._until:
                self._gate.leave()
                self._quiet.wait(GIVES_WAY)
                self._gate.enter()
                self._until = time.monotonic() + SLICE


class Office:
    """Takes jobs from sockets; `jobs` by kind."""

    def __init__(self, jobs: Mapping[str, Job], quiet: threading.Event) -> None:
        """Take jobs of these kinds, as many at once as there are processors to spare.

        They give way for a moment whenever `quiet` is not set.

        Jobs wait for their turn in threads of their own, so that they hold none of those which
        answer sliders.
        """
        self._jobs, self._quiet = jobs, quiet
        self._gate = Gate(max(1, (os.cpu_count() or 2) // 2))
        self._threads = ThreadPoolExecutor(THREADS, "job")

    async def serve(self, socket: WebSocket) -> None:
        """Work for one page until it leaves."""
        await socket.accept()
        turn, task = Turn(self._gate, self._quiet), None
        try:
            async for text in _texts(socket):
                turn.call_off()
                if task is not None:
                    await task
                turn = Turn(self._gate, self._quiet)
                task = asyncio.create_task(self._work(socket, text, turn))
        finally:
            turn.call_off()
            if task is not None:
                await task

    async def _work(self, socket: WebSocket, text: str, turn: Turn) -> None:
        with suppress(Stopped):
            try:
                n, kind, pairs = read_message(text)
                parts = self._jobs[kind](pairs, turn)
            except ValueError as problem:
                await _send(socket, 0, PROBLEM, str(problem).encode())
            except KeyError:
                await _send(socket, n, PROBLEM, b"no such job")
            else:
                await self._parts(socket, n, parts, turn)

    async def _parts(self, socket: WebSocket, n: int, parts: Iterator[bytes], turn: Turn) -> None:
        loop = asyncio.get_running_loop()
        try:
            while part := await loop.run_in_executor(self._threads, _next, parts, turn):
                await _send(socket, n, PART, part)
            await _send(socket, n, DONE, b"")
        except ValueError as problem:
            await _send(socket, n, PROBLEM, str(problem).encode())
        except Stopped:
            raise
        except Exception:
            LOG.exception("a job failed")
            await _send(socket, n, PROBLEM, b"This could not be computed.")


async def _texts(socket: WebSocket) -> AsyncIterator[str]:
    """Yield what a page says until it leaves; what is no text is an empty one."""
    while (message := await socket.receive())["type"] != "websocket.disconnect":
        yield message.get("text") or ""


def read_message(text: str) -> tuple[int, str, dict[str, str]]:
    """Return number, kind and link parameters of a message; ValueError in plain words."""
    if len(text) > LONGEST_MESSAGE:
        raise ValueError("this message is too long")
    try:
        message: Any = json.loads(text)
        n, kind, query = message["n"], message["kind"], message["query"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise ValueError("this message is not a job") from None
    if type(n) is not int or not 0 <= n < 2**31 or not isinstance(kind, str):
        raise ValueError("this message is not a job")
    return n, kind, dict(parse_qsl(str(query), keep_blank_values=True))


def _next(parts: Iterator[bytes], turn: Turn) -> bytes | None:
    turn.enter()
    try:
        return next(parts, None)
    finally:
        turn.leave()


async def _send(socket: WebSocket, n: int, what: int, content: bytes) -> None:
    try:
        await socket.send_bytes(
            n.to_bytes(4, "little") + what.to_bytes(4, "little") + bytes(content)
        )
    except (RuntimeError, WebSocketDisconnect):
        raise Stopped from None
