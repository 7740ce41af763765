"""Whose pages are answered, and what every answer says of itself: on the app as it is started."""

import re

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from app import app
from interface import assets, guard
from interface.guard import Guard, frame_ancestors, headers, policy, welcome
from interface.preload import links
from interface.routes import places, routes
from interface.take import FILES

EVIL = "http://evil.example"
ANSWERS = (
    *("/", "/_stcore/health", "/_stcore/host-config", "/favicon.png", "/nothing/here"),
    f"/stage/{assets.stamp()}/stage.js",
    f"/stage/{assets.stamp()}/plotly.min.js",
    "/stage/other/stage.js",
    *("/live/landscape", "/live/landscape?" + "x" * 9000, "/live/nothing", "/lessons/menu.json"),
    *("/lessons/ahead.json", "/lessons/ahead.json?lesson=ravine", "/rooms/XXXX/answers"),
    *(f"/take/{name}?steps=2" for name in FILES),
    *("/take/nothing", "/take/qr.svg", "/take/qr.svg?text=http://a.example"),
)


@pytest.fixture(scope="module")
def client():
    with TestClient(app) as found:
        yield found


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_says_how_it_may_be_used(client, path):
    for told in ({}, {"origin": EVIL}):
        answer = client.get(path, headers=told)
        assert answer.headers.get_list("x-content-type-options") == ["nosniff"]
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["content-security-policy"] == policy("*")


def test_streamlits_own_scripts_are_sent_compressed(client):
    page = client.get("/").text
    script = re.search(r'src="[./]*(static/js/[^"]+)"', page)[1]
    answer = client.get(f"/{script}", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.text


def test_a_page_names_the_scripts_of_the_stage_and_nothing_else_does(client):
    named = re.findall(r"<([^>]+)>; rel=(\w+)", client.get("/").headers["link"])
    assert [how for _, how in named] == ["modulepreload", "preload"]
    for address, _ in named:
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/javascript")
    for path in ("/_stcore/health", "/lessons/menu.json", named[0][0]):
        assert "link" not in client.get(path).headers


def test_scripts_are_named_under_the_path_that_the_page_is_served_from():
    assert f"</base/stage/{assets.stamp()}/stage.js>" in links("/base")


def test_what_breaks_is_marked_too():
    def broken(request):
        raise RuntimeError("a fault")

    made = Starlette(
        routes=[Route("/live/x", broken)], middleware=[Middleware(Guard, ours=["/live"])]
    )
    answer = TestClient(made, raise_server_exceptions=False).get("/live/x")
    assert (answer.status_code, answer.headers["x-content-type-options"]) == (500, "nosniff")
    assert "a fault" not in answer.text


def test_nothing_runs_in_the_page_that_is_not_ours_or_named():
    script = re.search(r"script-src ([^;]+)", policy("*"))[1].split()
    assert {word for word in script if not word.startswith("'sha256-")} == {"'self'", "blob:"}
    assert len(script) == 3
    assert policy("*").startswith("default-src 'none'")


OURS = {"host": "stage.example:8501"}
SAME = "http://stage.example:8501"


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ({}, True),
        ({"origin": SAME}, True),
        ({"origin": "https://stage.example:8501"}, True),
        ({"origin": "https://slides.example"}, True),
        ({"origin": EVIL}, False),
        ({"origin": "null"}, False),
        ({"origin": ""}, False),
        ({"origin": "http://["}, False),
        ({"origin": "http://stage.example"}, False),
        ({"origin": "http://stage.example:8501.evil.example"}, False),
        ({"sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"}, True),
        ({"sec-fetch-site": "none", "sec-fetch-mode": "navigate"}, True),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}, False),
        ({"sec-fetch-site": "same-site", "sec-fetch-mode": "cors"}, False),
        (
            {
                "sec-fetch-site": "cross-site",
                "sec-fetch-mode": "navigate",
                "sec-fetch-dest": "document",
            },
            True,
        ),
        (
            {
                "sec-fetch-site": "cross-site",
                "sec-fetch-mode": "navigate",
                "sec-fetch-dest": "iframe",
            },
            False,
        ),
    ],
)
def test_pages_of_other_sites_are_not_answered(asked, answered):
    assert welcome(Headers(OURS | asked), frozenset({"https://slides.example"})) == answered


def guarded_paths():
    for route in routes():
        yield (
            route.path.replace("{stamp}", "x")
            .replace("{name:path}", "y")
            .replace("{name}", "z")
            .replace("{address:path}", "a")
        )


@pytest.mark.parametrize("path", sorted({*guarded_paths()}))
def test_every_route_of_ours_is_guarded(path):
    """Sockets and plain routes alike, whatever they are called."""
    reached = []

    async def socket(ws):
        await ws.accept()
        reached.append(path)
        await ws.close()

    def plain(request):
        reached.append(path)
        return PlainTextResponse("")

    made = [Route(path, plain), WebSocketRoute(path, socket)]
    guarding = Middleware(Guard, ours=places(routes()))
    client = TestClient(Starlette(routes=made, middleware=[guarding]))
    assert client.get(path, headers={"origin": EVIL}).status_code == 403
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        client.websocket_connect(path, headers={"origin": EVIL}),
    ):
        pass
    assert (refused.value.code, reached) == (1008, [])
    client.get(path)
    with client.websocket_connect(path):
        pass
    assert reached == [path, path]


def test_other_sites_are_allowed_by_streamlits_own_option(client, monkeypatch):
    path = "/live/landscape"
    assert client.get(path, headers={"origin": "https://slides.example"}).status_code == 403
    monkeypatch.setattr(guard, "_allowed", lambda: frozenset({"https://slides.example"}))
    answer = client.get(path, headers={"origin": "https://slides.example"})
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "https://slides.example"
    assert "origin" in answer.headers["vary"].lower()


def test_a_setting_forbids_or_limits_frames():
    assert frame_ancestors({}) == "*"
    for said in ("'none'", "'self' https://slides.example", "http://[::1]:80 *.example"):
        assert frame_ancestors({"LOSS_FRAME_ANCESTORS": f" {said} "}) == said
        assert headers(said)["Content-Security-Policy"].endswith(f"frame-ancestors {said}")
    for said in ("'none'; script-src *", "a, b", "a\nb"):
        with pytest.raises(ValueError, match="LOSS_FRAME_ANCESTORS is"):
            frame_ancestors({"LOSS_FRAME_ANCESTORS": said})
