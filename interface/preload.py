"""A page tells at once what the stage on it will fetch, long before the stage asks for it.

A browser learns of the stage's scripts from Streamlit's, and of those from the server's messages:
two trips later. They wait behind Streamlit's own scripts (RFC 8288; fetch priority, HTML standard).
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from interface import assets
from interface.guard import under


class Preload:
    """Middleware that names the stage's scripts in the head of every page of Streamlit's."""

    def __init__(self, app: ASGIApp, ours: Sequence[str], base: str) -> None:
        """Stand before an app that is served from a base path, with routes of ours under others."""
        self._app, self._ours, self._base = app, ours, base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and mark the answer if it is a page."""
        if scope["type"] != "http" or under(scope["path"], self._ours):
            await self._app(scope, receive, send)
            return

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                MutableHeaders(scope=message)["Link"] = links(self._base)
            await send(message)

        await self._app(scope, receive, marked)


def links(base: str) -> str:
    """Return the header that names them, under the path that Streamlit is served from."""
    under_stamp = f"{base}/stage/{assets.stamp()}"
    return ", ".join(
        [
            f"<{under_stamp}/stage.js>; rel=modulepreload; fetchpriority=low",
            f"<{under_stamp}/plotly.min.js>; rel=preload; as=script; fetchpriority=low",
        ]
    )


def _is_page(begun: Message) -> bool:
    kind = Headers(raw=begun["headers"]).get("content-type", "")
    return bool(begun["status"] == 200 and kind.startswith("text/html"))
