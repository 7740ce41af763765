"""Start the app: `streamlit run app.py`, or `uvicorn app:app --workers N` for a large class."""

from pathlib import Path

import streamlit as st

from interface.routes import routes

app = st.App(Path(__file__).parent / "interface" / "page.py", routes=routes())
