"""The address under which others in the network reach this server, where there is one."""

from __future__ import annotations

import socket

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

ANYWHERE = ("192.0.2.1", 9)
"""A place of RFC 5737, used by nobody: nothing is sent there, the route to it names our address."""

PATIENCE = 0.3


def own_address() -> str | None:
    """Return this machine's address in its network, or None where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(ANYWHERE)
        except OSError:
            return None
        found = str(probe.getsockname()[0])
    return None if found.startswith(("127.", "0.")) else found


def answers(host: str, port: int) -> bool:
    """Say whether something answers there."""
    try:
        with socket.create_connection((host, port), timeout=PATIENCE):
            return True
    except OSError:
        return False


def reached(port: int) -> str | None:
    """Return the host under which others reach a server on a port, or None if they cannot."""
    host = own_address()
    return host if host is not None and answers(host, port) else None


async def reach(request: Request) -> Response:
    """Answer with the host for others, or null."""
    server = request.scope.get("server") or ("", 0)
    host = await run_in_threadpool(reached, int(server[1] or 0))
    return JSONResponse({"host": host}, headers={"Cache-Control": "no-store"})
