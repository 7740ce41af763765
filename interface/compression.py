"""Streamlit's own scripts and styles, compressed: it sends them as they lie on the disk.

On a first visit they are the most of what travels. Each is compressed once and kept; their names
tell their content, so there are only as many as Streamlit has files.
"""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Sequence
from typing import NamedTuple

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from interface.guard import under

WORTHWHILE = ("text/javascript", "application/javascript", "text/css")
LEAST, MOST_KEPT = 1024, 1000


class Kept(NamedTuple):
    """A file as it was sent, named by its tag, and compressed."""

    tag: str
    content: bytes


class Compressed:
    """Middleware that compresses the files of some places for whoever can read that."""

    def __init__(self, app: ASGIApp, places: Sequence[str]) -> None:
        """Compress what an app sends from under some paths."""
        self._app, self._places = app, places
        self._kept: dict[str, Kept] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and compress its answer if that is worthwhile."""
        asked = scope["type"] == "http" and scope["method"] == "GET"
        if not asked or not under(scope["path"], self._places) or not _reads(scope):
            await self._app(scope, receive, send)
            return
        begun: Message | None = None
        parts: list[bytes] = []

        async def squeezed(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = message if _worthwhile(message) else None
                if begun is None:
                    await send(message)
            elif begun is None:
                await send(message)
            else:
                parts.append(message.get("body", b""))
                if not message.get("more_body", False):
                    content = await self._content(scope["path"], begun, b"".join(parts))
                    await _send(send, begun, content)

        await self._app(scope, receive, squeezed)

    async def _content(self, path: str, begun: Message, plain: bytes) -> bytes:
        tag = Headers(raw=begun["headers"]).get("etag", "")
        kept = self._kept.get(path)
        if kept is not None and kept.tag == tag:
            return kept.content
        content = await asyncio.to_thread(gzip.compress, plain, 9, mtime=0)
        if tag and len(self._kept) < MOST_KEPT:
            self._kept[path] = Kept(tag, content)
        return content


def _reads(scope: Scope) -> bool:
    return "gzip" in Headers(scope=scope).get("accept-encoding", "")


def _worthwhile(begun: Message) -> bool:
    said = Headers(raw=begun["headers"])
    kind = said.get("content-type", "").partition(";")[0]
    length = int(said.get("content-length", LEAST))
    plain = "content-encoding" not in said and begun["status"] == 200
    return plain and kind in WORTHWHILE and length >= LEAST


async def _send(send: Send, begun: Message, content: bytes) -> None:
    said = MutableHeaders(scope=begun)
    said["Content-Encoding"], said["Content-Length"] = "gzip", str(len(content))
    said.add_vary_header("Accept-Encoding")
    tag = said.get("etag")
    if tag and not tag.startswith("W/"):
        said["ETag"] = f"W/{tag}"  # other bytes than the file's own (RFC 9110, section 8.8.1)
    await send(begun)
    await send({"type": "http.response.body", "body": content})
