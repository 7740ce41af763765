"""The routes beside Streamlit's own: assets, and pure answers to a link, bound to no session."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from declarations import Rectangle
from engine.setup.link import read
from interface import assets
from interface.desk import ASKED, FELT, LONGEST_QUERY, Desk, asked
from interface.lesson_routes import lesson_routes
from interface.reference_routes import reference_routes
from interface.room_routes import room_routes
from interface.take import take_routes
from labs.view import asked as read_asked
from lessons.rooms import Rooms, place
from packets.ensemble import ensemble_packet
from packets.landscape import landscape_packet
from packets.maps import AT_ONCE, minima_packet, orders_packet
from packets.modules import modules
from packets.packet import Refused
from surfaces.base import Window

AS_IT_IS = {"Content-Encoding": "identity"}
"""Keeps Streamlit from compressing floats: 30 ms for 620 kB, of which a sixth goes away."""

FOREVER, NEVER = "public, max-age=31536000, immutable", "no-store"


def base() -> str:
    """Return the path that Streamlit is served from, without a slash at its end."""
    return ("/" + (st.get_option("server.baseUrlPath") or "").strip("/")).rstrip("/")


def routes() -> list[BaseRoute]:
    """Return the routes, under the base path that Streamlit is served from."""
    under, desk = base(), Desk()
    return [
        Route(f"{under}/stage/{{stamp}}/rules/{{address:path}}.js", rule(desk)),
        Route(f"{under}/stage/{{stamp}}/{{name:path}}", asset),
        *take_routes(under, desk),
        *lesson_routes(under),
        *reference_routes(under),
        *room_routes(under, Rooms(place())),
        Route(f"{under}/live/landscape", answer(desk, FELT, landscape)),
        Route(f"{under}/live/orders", answer(desk, ASKED, orders)),
        Route(f"{under}/live/minima", answer(desk, ASKED, minima)),
        Route(f"{under}/live/seeds", answer(desk, ASKED, seeds)),
        Route(f"{under}/live/modules", answer(desk, FELT, addresses)),
    ]


def places(found: Sequence[BaseRoute]) -> tuple[str, ...]:
    """Return the paths under which routes lie: the base and one name."""
    paths = (getattr(route, "path", "") for route in found)
    names = {path.removeprefix(base()).strip("/").split("/")[0] for path in paths}
    return tuple(f"{base()}/{name}" for name in sorted(names))


async def asset(request: Request) -> Response:
    """Send a script or style sheet, compressed if the browser can read it."""
    return _sent(request, assets.find(request.path_params["name"]))


def rule(desk: Desk) -> Callable[[Request], Awaitable[Response]]:
    """Return the route of the modules that run lanes; their addresses are not taken on trust."""

    async def endpoint(request: Request) -> Response:
        query = f"?{request.url.query}" if request.url.query else ""
        address = request.path_params["address"] + query

        def make() -> bytes:
            found = assets.module(address)
            return b"" if found is None else found.plain

        made = await asked(desk, FELT, request, make)
        return made if isinstance(made, Response) else _sent(request, assets.module(address))

    return endpoint


def _sent(request: Request, found: assets.Asset | None) -> Response:
    if found is None or request.path_params["stamp"] != assets.stamp():
        return Response("no such file", 404)
    kept = NEVER if assets.developing() else FOREVER
    headers = {"Cache-Control": kept, "Vary": "Accept-Encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(found.plain, media_type=found.type, headers=headers)
    headers["Content-Encoding"] = "gzip"
    return Response(found.compressed, media_type=found.type, headers=headers)


def answer(
    desk: Desk, rank: int, work: Callable[[Mapping[str, str]], bytes]
) -> Callable[[Request], Awaitable[Response]]:
    """Turn a pure function of link parameters into a route."""

    async def endpoint(request: Request) -> Response:
        def make() -> bytes:
            return work(dict(request.query_params))

        found = await asked(desk, rank, request, make)
        if isinstance(found, Response):
            return found
        return Response(found, media_type="application/octet-stream", headers=AS_IT_IS)

    return endpoint


def landscape(pairs: Mapping[str, str]) -> bytes:
    """Return the landscape of a link, over `window=x0,x1,y0,y1` or the surface's own window."""
    surface = read({k: v for k, v in pairs.items() if k != "window"})[0].surface
    return landscape_packet(surface, read_window(pairs.get("window", ""), surface.window))


def orders(pairs: Mapping[str, str]) -> bytes:
    """Return the orders of a link's rows, for batches of every size."""
    experiment, _ = read(pairs)
    return orders_packet(experiment.surface, experiment.steps)


def minima(pairs: Mapping[str, str]) -> bytes:
    """Return the minima of a link's surface with other settings.

    `over` names them, and `at` has their values, surface by surface: `over=surface.a surface.b` and
    `at=0.5 1,0.5 2`. Refused for more surfaces than are searched at once.
    """
    names, lines = pairs.get("over", "").split(), pairs.get("at", "").split(",")
    if len(lines) > AT_ONCE:
        raise Refused(f"Minima are searched for at most {AT_ONCE} settings at once.")
    own = {key: text for key, text in pairs.items() if key not in ("over", "at")}
    start = {"x": "0", "y": "0"}
    links = (own | start | dict(zip(names, line.split(), strict=False)) for line in lines)
    return minima_packet(read(link)[0].surface for link in links)


def seeds(pairs: Mapping[str, str]) -> bytes:
    """Return what many seeds make of a link's chosen lane."""
    experiment, view = read_asked(pairs)
    return ensemble_packet(experiment, view.lane(experiment))


def addresses(pairs: Mapping[str, str]) -> bytes:
    """Return, as JSON, the addresses of the modules that run a link's lanes; they are made here.

    They are the same from any start, and that of a typed formula takes a search.
    """
    experiment, view = read_asked({**pairs, "x": "0", "y": "0"})
    return json.dumps(modules(experiment, view.lane(experiment))).encode()


def read_window(text: str, usual: Window) -> Window:
    """Read a window, falling back to the usual one for anything that is not a small rectangle."""
    try:
        found = Rectangle("window", "What is drawn.").read(text[:LONGEST_QUERY])
    except ValueError:
        return usual
    if not found:
        return usual
    x0, x1, y0, y1 = found
    return (x0, x1), (y0, y1)
