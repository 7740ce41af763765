"""Routes of the reference pages and of their search."""

from __future__ import annotations

from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from lessons import reference

SEARCH = """
const field = document.querySelector("input[type=search]");
field.addEventListener("input", () => {
  const wanted = field.value.trim().toLowerCase();
  const shown = (text) => text.toLowerCase().includes(wanted);
  for (const item of document.querySelectorAll("ul.menu li")) {
    item.hidden = !shown(item.textContent);
  }
  for (const term of document.querySelectorAll("dt")) {
    const meaning = term.nextElementSibling;
    term.hidden = meaning.hidden = !shown(`${term.textContent} ${meaning.textContent}`);
  }
});
"""


def reference_routes(base: str) -> list[BaseRoute]:
    """Return the routes under `base`."""
    return [
        Route(f"{base}/reference/", index),
        Route(f"{base}/reference/search.js", search),
        Route(f"{base}/reference/{{kind}}/{{key}}", page),
    ]


def index(request: Request) -> Response:
    """Send the list of all pages and the glossary."""
    return Response(_page("", ""), media_type="text/html")


def page(request: Request) -> Response:
    """Send the page of one optimizer, schedule or surface."""
    found = _page(request.path_params["kind"], request.path_params["key"])
    if found is None:
        return Response("there is no such page", 404)
    return Response(found, media_type="text/html")


def search(request: Request) -> Response:
    """Send the script that narrows the list to what is typed."""
    return Response(SEARCH, media_type="text/javascript")


@lru_cache(maxsize=128)
def _page(kind: str, key: str) -> str | None:
    return reference.page(kind, key) if kind else reference.index()
