"""How fast a class of many pages hears its lecturer and is heard, as a Markdown table.

    pip install -r requirements.txt -r tests/requirements.txt
    python -m benchmarks.room

PAGES pages of one class (200) wait at WORKERS processes (2). Told are the milliseconds from the
lecturer's change to every page's news of it, over CHANGES changes (median, 95th percentile, worst);
how long it takes until the lecturer's page has counted answers that all pages give at once; and how
many of them are found after the process that took the last one was killed.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

PAGES = int(os.environ.get("PAGES", "200"))
WORKERS = int(os.environ.get("WORKERS", "2"))
CHANGES = int(os.environ.get("CHANGES", "30"))
ROOT = Path(__file__).parents[1]
ASKED = {"lesson": "ravine", "phase": "predict"}

Json = Any


def main() -> None:
    """Start the app, let a class take part, and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        command = [sys.executable, "-m", "uvicorn", "app:app", "--workers", str(WORKERS)]
        server = subprocess.Popen(
            [*command, "--port", str(port), "--no-access-log"],
            cwd=ROOT,
            env=os.environ | {"LOSS_ROOMS": folder},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            asyncio.run(measured(port, server))
        finally:
            server.terminate()
            server.wait()


async def measured(port: int, server: subprocess.Popen[bytes]) -> None:
    """Measure one class."""
    room = await opened(port)
    pages = [Listener(port, f"/rooms/{room['code']}/news?who=visitor-{k}") for k in range(PAGES)]
    lecturer = Listener(port, f"/rooms/{room['code']}/news")
    await asyncio.gather(*(page.open() for page in (*pages, lecturer)))
    lags = [lag for k in range(CHANGES) for lag in await told(port, room, pages, k)]
    counted = await answered(port, room, lecturer)
    for child in children(server.pid):
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    left = await kept(port, room)
    lags.sort()
    print(f"| {PAGES} pages, {WORKERS} processes | median | 95 % | worst |")
    print("|:--|--:|--:|--:|")
    worst, share = lags[-1], lags[int(0.95 * len(lags))]
    print(f"| a change is heard, ms | {statistics.median(lags):.0f} | {share:.0f} | {worst:.0f} |")
    print(
        f"\nAnswers of all counted after {counted:.0f} ms; {left} left of {PAGES} after the kill."
    )


async def told(port: int, room: Json, pages: list[Listener], k: int) -> list[float]:
    """Show another step and return how many milliseconds later each page knows."""
    begun = time.perf_counter()
    await say(port, f"/rooms/{room['code']}/shown", ASKED | {"step": k}, room["key"])
    times = await asyncio.gather(*(page.step(k) for page in pages))
    return [1000 * (time_ - begun) for time_ in times]


async def answered(port: int, room: Json, lecturer: Listener) -> float:
    """Let all pages answer at once; return the milliseconds until the lecturer has counted all."""
    begun = time.perf_counter()
    path = f"/rooms/{room['code']}/answers"
    said = [ASKED | {"who": f"visitor-{k}", "answer": str(k % 3)} for k in range(PAGES)]
    await asyncio.gather(*(say(port, path, one) for one in said))
    while (await lecturer.next())["answered"] < PAGES:
        pass
    return 1000 * (time.perf_counter() - begun)


async def kept(port: int, room: Json) -> int:
    """Return how many answers there are, as soon as a new process answers."""
    path = f"/rooms/{room['code']}/answers?lesson=ravine&phase=predict"
    while True:
        with suppress(OSError, ValueError):
            return len(json.loads(await asked(port, "GET", path, key=room["key"])))
        await asyncio.sleep(0.2)


class Listener:
    """A page that waits for news."""

    def __init__(self, port: int, path: str) -> None:
        """Know where to listen."""
        self._url = f"ws://127.0.0.1:{port}{path}"
        self._socket: ClientConnection

    async def open(self) -> None:
        """Wait for the first news."""
        self._socket = await connect(self._url)
        await self.next()

    async def next(self) -> Json:
        """Return the next news; a sign of life is none."""
        while not (text := await self._socket.recv()):
            pass
        return json.loads(text)

    async def step(self, k: int) -> float:
        """Return when it was heard that step k is shown."""
        while ((await self.next())["shown"] or {}).get("step") != k:
            pass
        return time.perf_counter()


async def opened(port: int) -> Json:
    """Open a class, as soon as the app answers."""
    while True:
        with suppress(OSError):
            return json.loads(await asked(port, "POST", "/rooms"))
        await asyncio.sleep(0.2)


async def say(port: int, path: str, said: Json, key: str = "") -> None:
    """Tell the app something; RuntimeError if it is refused."""
    await asked(port, "POST", path, json.dumps(said).encode(), key)


async def asked(port: int, how: str, path: str, body: bytes = b"", key: str = "") -> bytes:
    """Return the body of an answer; RuntimeError for a refusal."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request(how, path, body, key))
    text = await reader.read()
    writer.close()
    head, _, found = text.partition(b"\r\n\r\n")
    if b" 20" not in head.splitlines()[0]:
        raise RuntimeError(f"{how} {path}: {text[:200]!r}")
    return found


def request(how: str, path: str, body: bytes, key: str) -> bytes:
    """Return a request; its connection is not kept."""
    lines = [f"{how} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close"]
    lines += [f"Content-Length: {len(body)}"] + [f"X-Room-Key: {key}"] * bool(key)
    return "\r\n".join([*lines, "", ""]).encode() + body


def children(process: int) -> list[int]:
    """Return the processes that another has started (Linux)."""
    found = Path(f"/proc/{process}/task/{process}/children").read_text("ascii")
    return [int(each) for each in found.split()]


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
