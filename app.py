"""Start the app: `streamlit run app.py`, or `uvicorn app:app --workers N` for a large class."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.types import ASGIApp

from interface.bounds import Sockets
from interface.compression import Compressed
from interface.guard import Guard
from interface.no_delay import NoDelay
from interface.preload import Preload
from interface.routes import base, places, routes

found = routes()
ours = places(found)
app: ASGIApp = st.App(
    Path(__file__).parent / "interface" / "page.py",
    routes=found,
    middleware=[
        Middleware(Guard, ours=ours),
        Middleware(Sockets, ours=ours),
        Middleware(Preload, ours=ours, base=base()),
        Middleware(Compressed, places=[f"{base()}/static"]),
    ],
)
app = NoDelay(app)
