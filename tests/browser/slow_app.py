"""The app on a machine as slow as a test wants: `POST /slow?ms=300` delays every rerun."""

import time
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from interface import component
from interface.routes import routes

race_packet = component.race_packet
delay = {"ms": 0}


def slowly(*arguments, **named):
    time.sleep(delay["ms"] / 1000)
    return race_packet(*arguments, **named)


async def slow(request: Request) -> Response:
    delay["ms"] = int(request.query_params["ms"])
    return Response("")


component.race_packet = slowly
page = Path(__file__).parents[2] / "interface" / "page.py"
app = st.App(page, routes=[*routes(), Route("/slow", slow, methods=["POST"])])
