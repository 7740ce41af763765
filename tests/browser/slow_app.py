"""The app on a machine as slow as a test wants: `POST /slow?ms=300` delays every rerun."""

import time
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from interface import component, lesson_acts
from interface.routes import routes

delay = {"ms": 0}


def slowly(packet):
    def slow_packet(*arguments, **named):
        time.sleep(delay["ms"] / 1000)
        return packet(*arguments, **named)

    return slow_packet


async def slow(request: Request) -> Response:
    delay["ms"] = int(request.query_params["ms"])
    return Response("")


component.race_packet = slowly(component.race_packet)
lesson_acts.lesson_packet = slowly(lesson_acts.lesson_packet)
page = Path(__file__).parents[2] / "interface" / "page.py"
app = st.App(page, routes=[*routes(), Route("/slow", slow, methods=["POST"])])
