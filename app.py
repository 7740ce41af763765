"""Start the app: `streamlit run app.py`, or `uvicorn app:app --workers N` for a large class."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from interface.guard import Guard
from interface.routes import base, routes

app = st.App(
    Path(__file__).parent / "interface" / "page.py",
    routes=routes(),
    middleware=[Middleware(Guard, base=base())],
)
