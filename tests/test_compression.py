"""Streamlit's own scripts are sent compressed to whoever can read that, or else as they are."""

from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient

from interface.compression import Compressed

STATIC = Path(streamlit.__file__).parent / "static"
SCRIPTS = sorted(STATIC.glob("static/js/*.js"), key=lambda path: path.stat().st_size)
LARGEST, LEAST = SCRIPTS[-1], SCRIPTS[0]
STYLE = next(STATIC.glob("static/css/*.css"))
FONT = next(STATIC.glob("static/media/*.woff2"))

COMPRESSED = [Middleware(Compressed, places=["/static"])]


def address(path):
    return f"/{path.relative_to(STATIC).as_posix()}"


@pytest.fixture(scope="module")
def client():
    files = Mount("/static", StaticFiles(directory=STATIC / "static"))
    return TestClient(Starlette(routes=[files], middleware=COMPRESSED))


@pytest.mark.parametrize("path", [LARGEST, STYLE], ids=lambda path: path.suffix)
def test_a_script_arrives_whole_in_a_fraction_of_its_bytes(client, path):
    for _ in range(2):
        answer = client.get(address(path), headers={"accept-encoding": "gzip"})
        assert answer.headers["content-encoding"] == "gzip"
        assert "accept-encoding" in answer.headers["vary"].lower()
        assert int(answer.headers["content-length"]) < path.stat().st_size / 2
        assert answer.content == path.read_bytes()


def test_who_reads_no_compression_gets_the_file(client):
    answer = client.get(address(LARGEST), headers={"accept-encoding": "identity"})
    assert "content-encoding" not in answer.headers
    assert answer.content == LARGEST.read_bytes()


@pytest.mark.parametrize("path", [FONT, LEAST], ids=["font", "short"])
def test_what_would_not_get_smaller_is_left_alone(client, path):
    if path is LEAST:
        assert path.stat().st_size < 1024
    answer = client.get(address(path), headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in answer.headers
    assert answer.content == path.read_bytes()


def test_a_browser_that_has_the_file_is_told_so(client):
    first = client.get(address(LARGEST), headers={"accept-encoding": "gzip"})
    told = {"accept-encoding": "gzip", "if-none-match": first.headers["etag"]}
    again = client.get(address(LARGEST), headers=told)
    assert (again.status_code, again.content) == (304, b"")


def test_a_file_that_has_changed_is_compressed_anew():
    sent = iter(["a" * 5000, "b" * 5000])

    def endpoint(request):
        text = next(sent)
        return PlainTextResponse(text, media_type="text/css", headers={"etag": f'"{text[0]}"'})

    made = Starlette(
        routes=[Route("/static/x", endpoint)],
        middleware=COMPRESSED,
    )
    client = TestClient(made)
    assert [client.get("/static/x").text[0] for _ in range(2)] == ["a", "b"]


@pytest.mark.parametrize(("status", "path"), [(404, "/static/x"), (200, "/elsewhere")])
def test_errors_and_other_places_are_passed_on(status, path):
    def endpoint(request):
        return Response("c" * 5000, status, media_type="text/javascript")

    made = Starlette(routes=[Route(path, endpoint)], middleware=COMPRESSED)
    answer = TestClient(made).get(path)
    assert "content-encoding" not in answer.headers
    assert (answer.status_code, len(answer.content)) == (status, 5000)
