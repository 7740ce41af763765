"""The app as a user starts it, and pages of a real Chromium that may not misbehave."""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    Request,
    sync_playwright,
)

from tests.browser.agreement import reopen
from tests.browser.stage import PATIENCE, drawn

ROOT = Path(__file__).parents[2]
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
)

FLAT = ("--disable-gpu", "--process-per-site")
WEBGL = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")
"""WebGL without a graphics card; it paints everything else far more slowly."""

ROOMS = tempfile.mkdtemp("rooms")
"""Where the servers of these tests keep the rooms of classes."""

atexit.register(shutil.rmtree, ROOMS, ignore_errors=True)

OpenPage = Callable[..., Page]
SlowPage = Callable[..., Page]


class Server:
    """`streamlit run app.py` on a port of its own; it can be killed and started again."""

    def __init__(self, port: int, app: str = "app.py") -> None:
        self.port = port
        self.app = app
        self.url = f"http://127.0.0.1:{port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        where = ("--server.port", str(self.port), "--server.address", "127.0.0.1")
        command = (sys.executable, "-m", "streamlit", "run", self.app, *where)
        bare = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
        own = {"LOSS_ROOMS": ROOMS}
        self.process = subprocess.Popen(command, cwd=ROOT, env=bare | own, **quiet)
        self._wait_until_healthy()

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def _wait_until_healthy(self) -> None:
        assert self.process is not None
        until = time.monotonic() + 60
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=5):
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"{self.url} does not answer")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def page_of(server: Server, browser: Browser, link: str) -> tuple[Page, Watch]:
    """Open a page in a context of its own, and what it complains of for the test to judge."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.set_default_timeout(PATIENCE)
    watch = Watch(context, urlsplit(server.url).netloc)
    page = context.new_page()
    page.goto(f"{server.url}/?{link}")
    return page, watch


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    started = Server(free_port())
    try:
        started.start()
        yield started
    finally:
        started.stop()


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server that a test may kill."""
    started = Server(free_port())
    try:
        started.start()
        yield started
    finally:
        started.stop()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


def executable(flags: tuple[str, ...]) -> dict[str, object]:
    """Return how Chromium is started."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    root = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
    return {"executable_path": found, "args": [*FLAGS, *flags, *root]}


class Chromium:
    """A browser with a profile, which compiles the page's scripts once, and without one."""

    def __init__(self, playwright: Playwright, flags: tuple[str, ...], folder: Path) -> None:
        self._chromium = playwright.chromium
        self._flags = flags
        self._folder = folder

    @cached_property
    def bare(self) -> Browser:
        """Where a context of its own is asked for."""
        return self._chromium.launch(**executable(self._flags))

    @cached_property
    def profile(self) -> BrowserContext:
        """Where most pages are opened, each by a visitor who has never been here."""
        return self._chromium.launch_persistent_context(self._folder, **executable(self._flags))

    def close(self) -> None:
        for started in ("profile", "bare"):
            if started in vars(self):
                getattr(self, started).close()


def running(playwright: Playwright, flags: tuple[str, ...], folder: Path) -> Iterator[Chromium]:
    chromium = Chromium(playwright, flags, folder)
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def chromium(playwright: Playwright, tmp_path_factory) -> Iterator[Chromium]:
    """Chromium without WebGL, as most tests need it."""
    yield from running(playwright, FLAT, tmp_path_factory.mktemp("flat"))


@pytest.fixture(scope="session")
def webgl(playwright: Playwright, tmp_path_factory) -> Iterator[Chromium]:
    """Chromium with WebGL."""
    yield from running(playwright, WEBGL, tmp_path_factory.mktemp("webgl"))


@pytest.fixture
def browser(chromium: Chromium) -> Browser:
    """A browser for contexts of one's own."""
    return chromium.bare


class Watch:
    """Everything a context's pages do that a user should never meet."""

    def __init__(self, context: BrowserContext, host: str) -> None:
        self.host = host
        self.context = context
        self.complaints: list[str] = []
        self.heard = {
            "console": self._console,
            "weberror": self._broken,
            "request": self._asked,
            "page": self._opened,
        }
        for event, hear in self.heard.items():
            context.on(event, hear)

    def end(self) -> None:
        for event, hear in self.heard.items():
            self.context.remove_listener(event, hear)

    def _opened(self, page: Page) -> None:
        page.on("websocket", lambda socket: self._address(socket.url))

    def _asked(self, request: Request) -> None:
        self._address(request.url)

    def _broken(self, found) -> None:
        error = found.error
        self.complaints.append(f"page error: {error.message} {(error.stack or '')[:600]}")

    def _console(self, message) -> None:
        if message.type == "error":
            where = message.location.get("url", "")
            self.complaints.append(f"console error: {message.text} ({where})")

    def _address(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self.host:
            self.complaints.append(f"request to another machine: {url[:200]}")


@pytest.fixture
def open_page(server: Server, chromium: Chromium) -> Iterator[OpenPage]:
    """Open the app with `link` as its query; at the test's end no page may have misbehaved."""
    yield from opening(server, chromium)


@pytest.fixture
def open_in_webgl(server: Server, webgl: Chromium) -> Iterator[OpenPage]:
    """Open the app likewise where WebGL works."""
    yield from opening(server, webgl)


@pytest.fixture
def open_alone(server: Server, chromium: Chromium) -> Iterator[OpenPage]:
    """Open the app where a test may turn what can not be turned back, as the clock of all pages."""
    yield from opening(server, chromium, in_profile=frozenset())


MEDIA = frozenset({"color_scheme", "forced_colors"})
"""What a page of the profile is told of its screen; another option needs a context of its own."""


def opening(
    server: Server, chromium: Chromium, in_profile: frozenset[str] = MEDIA
) -> Iterator[OpenPage]:
    watches: dict[BrowserContext, Watch] = {}
    ends = ExitStack()

    def entered(context: BrowserContext, end: Callable[[BrowserContext], None]) -> Page:
        if context not in watches:
            watches[context] = Watch(context, urlsplit(server.url).netloc)
            ends.callback(end, context)
        return context.new_page()

    def open_it(
        link: str = "", width: int = 1366, height: int = 768, script: str = "", **options
    ) -> Page:
        """Open the link in a page of that size, in which the script runs before any other."""
        size = {"width": width, "height": height}
        if in_profile and options.keys() <= in_profile:
            stay(chromium.profile, server)
            page = entered(chromium.profile, leave)
            page.set_viewport_size(size)
            page.emulate_media(**options)
            forget(page, server)
        else:
            page = entered(chromium.bare.new_context(viewport=size, **options), close)
        page.context.set_default_timeout(PATIENCE)
        if script:
            page.add_init_script(script)
        page.goto(f"{server.url}/?{link}" if link else server.url)
        drawn(page)
        return page

    yield open_it
    ends.close()
    for watch in watches.values():
        watch.end()
    assert [complaint for watch in watches.values() for complaint in watch.complaints] == []


def close(context: BrowserContext) -> None:
    context.close()


def stay(profile: BrowserContext, server: Server) -> None:
    """Keep one page of the site open: its process, which has compiled the scripts, lives on."""
    first = profile.pages[0]
    if not first.url.startswith("http"):
        first.goto(f"{server.url}/_stcore/health")


def forget(page: Page, server: Server) -> None:
    """Let whoever opens the page be here for the first time."""
    everything = {"origin": server.url, "storageTypes": "cookies,local_storage,indexeddb"}
    session = page.context.new_cdp_session(page)
    session.send("Storage.clearDataForOrigin", everything)
    session.detach()


def leave(profile: BrowserContext) -> None:
    """Close the pages of a test, and take back what it has turned for all."""
    profile.set_offline(False)
    profile.clear_permissions()
    profile.unroute_all()
    for page in profile.pages[1:]:
        page.close()


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """The first visit at the size of a projector."""
    return open_page()


@pytest.fixture(scope="session")
def slow_server() -> Iterator[Server]:
    """The app with reruns as slow as a test wants."""
    started = Server(free_port(), "tests/browser/slow_app.py")
    try:
        started.start()
        yield started
    finally:
        started.stop()


@pytest.fixture(scope="module")
def kept_page(slow_server: Server, chromium: Chromium) -> Iterator[Page]:
    """One page for all tests of a module: each opens its own experiment in it, as Back would."""
    pages = opening(slow_server, chromium)
    page = next(pages)("", reduced_motion="reduce")  # an example that is opened does not play
    page.evaluate("for (let k = 0; k < 20; k++) history.pushState({}, '', '/')")
    yield page
    assert list(pages) == []


@pytest.fixture
def slow(kept_page: Page, slow_server: Server) -> Iterator[SlowPage]:
    """Open a link in the page, with a server that takes that many milliseconds for every rerun."""

    def opened(delay: int, link: str = "") -> Page:
        set_delay(kept_page, slow_server, 0)
        reopen(kept_page, link)
        set_delay(kept_page, slow_server, delay)
        return kept_page

    yield opened
    set_delay(kept_page, slow_server, 0)


def set_delay(page: Page, server: Server, delay: int) -> None:
    again = 3  # an idle connection may just be closed, and only a browser asks again by itself
    assert page.request.post(f"{server.url}/slow?ms={delay}", max_retries=again).ok
