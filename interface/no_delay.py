"""Answers that leave at once, where a server would hold back the end of each for 40 ms.

Nagle's algorithm (RFC 896) keeps a small piece until what went before it is acknowledged, which the
other side puts off in turn. asyncio switches it off, but not on sockets that were made without
naming their protocol, as Streamlit and uvicorn make theirs (github.com/Kludex/uvicorn/issues/3149).
"""

from __future__ import annotations

import asyncio
import socket

from starlette.types import ASGIApp, Receive, Scope, Send

NETWORKED = (socket.AF_INET, socket.AF_INET6)


class NoDelay:
    """An app around another that sets TCP_NODELAY on every connection it is asked over."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an app; nothing may stand between this and the server."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, once its connection no longer holds anything back."""
        transport = getattr(getattr(send, "__self__", None), "transport", None)
        if isinstance(transport, asyncio.BaseTransport):
            connection = transport.get_extra_info("socket")
            if connection is not None and connection.family in NETWORKED:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await self._app(scope, receive, send)
