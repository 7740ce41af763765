"""What every answer says of how it may be used, and which pages are answered at all.

Set up by the environment: `LOSS_FRAME_ANCESTORS` says who may show the app in a frame, as the
directive of that name in a content security policy does (`'none'`, `'self'`, or hosts; anybody if
it is not set, because embedding is a feature). Pages of other sites are answered if Streamlit's own
option `server.corsAllowedOrigins` names them.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ANYBODY = "*"
_ANCESTORS = re.compile(r"[\w'*:/.\-\[\] ]+")


def frame_ancestors(environment: Mapping[str, str] = os.environ) -> str:
    """Return who may show the app in a frame; ValueError for what is no list of hosts."""
    said = environment.get("LOSS_FRAME_ANCESTORS", "").strip() or ANYBODY
    if not _ANCESTORS.fullmatch(said):
        raise ValueError(f"LOSS_FRAME_ANCESTORS is 'none', 'self' or hosts with spaces, not {said}")
    return said


def policy(ancestors: str) -> str:
    """Return the content security policy, as strict as Streamlit's page and Plotly's can bear.

    Streamlit sets its styles in the page and imports a component's script from a blob; its page
    has one script of its own, named here by its hash.
    """
    scripts = " ".join(["'self'", "blob:", *_hashes(_streamlit_page())])
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {scripts}",
            "worker-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "media-src 'self' blob:",
            "connect-src 'self'",
            "base-uri 'self'",
            "form-action 'none'",
            f"frame-ancestors {ancestors}",
        ]
    )


def _streamlit_page() -> str:
    return (Path(st.__file__).parent / "static" / "index.html").read_text("utf-8")


def _hashes(page: str) -> list[str]:
    """Return what allows the scripts that stand in a page, in the words of a policy."""
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


def headers(ancestors: str) -> dict[str, str]:
    """Return what every answer says: its type is as written, its address stays with its reader."""
    return {
        "Content-Security-Policy": policy(ancestors),
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }


def welcome(asked: Headers, allowed: frozenset[str]) -> bool:
    """Return whether a request comes from a page of ours, of an allowed site, or from no page.

    A browser names the page's origin where another site's page could misuse the answer (RFC 6454,
    section 7.3), and says of the rest how far away the page is (Fetch Metadata). Opening an
    address, or following a link to it, is not a page's doing.
    """
    origin = asked.get("origin")
    if origin is not None:
        return origin in allowed or origin.partition("://")[2] == asked.get("host", "").lower()
    opened = (asked.get("sec-fetch-mode"), asked.get("sec-fetch-dest")) == ("navigate", "document")
    return opened or asked.get("sec-fetch-site", "none") in ("none", "same-origin")


def under(path: str, places: Sequence[str]) -> bool:
    """Return whether a path is one of these places or lies under one."""
    return any(path == place or path.startswith(f"{place}/") for place in places)


class Guard:
    """Middleware that keeps other sites' pages from our routes, and marks every answer."""

    def __init__(self, app: ASGIApp, ours: Sequence[str]) -> None:
        """Guard an app; `ours` are the paths under which our own routes lie."""
        self._app, self._ours = app, ours
        self._headers = headers(frame_ancestors())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return

        begun, asked, ours = False, Headers(scope=scope), under(scope["path"], self._ours)

        async def marked(message: Message) -> None:
            nonlocal begun
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                begun = True
                marks = MutableHeaders(scope=message)
                marks.update(self._headers)
                if ours and asked.get("origin") in _allowed():
                    marks["Access-Control-Allow-Origin"] = asked["origin"]
                    marks.add_vary_header("Origin")
            await send(message)

        try:
            if ours and not welcome(asked, _allowed()):
                await self._refuse(scope, receive, marked)
            else:
                await self._app(scope, receive, marked)
        except Exception:
            if scope["type"] == "http" and not begun:
                await PlainTextResponse("This went wrong.", 500)(scope, receive, marked)
            raise

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": "another site's page"})
            return
        words = "This page belongs to another site; server.corsAllowedOrigins can name it."
        await PlainTextResponse(words, 403)(scope, receive, send)


def _allowed() -> frozenset[str]:
    return frozenset(st.get_option("server.corsAllowedOrigins") or ())
