"""A page that learns from a thousand rows, for what measures how data are felt."""

from __future__ import annotations

from typing import Any

import numpy as np
from playwright.sync_api import Page

from benchmarks.page import FOUR, at_rest

ROWS = 1000
LINK = FOUR + "&surface=logistic_regression&surface.data=own"


def learned(page: Page) -> None:
    """Open a file of rows of two classes on a page of LINK, and wait until it is learned from."""
    draws = np.random.default_rng(0)
    u = draws.normal(size=ROWS)
    v = draws.random(ROWS) < 1 / (1 + np.exp(-u))
    text = "u,v\n" + "".join(f"{a:.4f},{b:d}\n" for a, b in zip(u, v, strict=True))
    found: Any = {"name": "rows.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.get_by_text("Rows from a file (CSV)").click()
    page.locator("[data-testid=stSidebar] input[type=file]").set_input_files(found)
    page.wait_for_url("**surface.file=**")
    at_rest(page)
