"""A running app and a real browser to look at it with."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from tests.browser import chromium as browser_finder

ROOT = Path(__file__).parents[2]
START_SECONDS = 60

STILL = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  return app?.dataset.testConnectionState === 'CONNECTED'
    && app.dataset.testScriptState === 'notRunning'
    && document.querySelector('[data-testid="stMain"]')
    && !document.querySelector('[data-testid="stSkeleton"], [data-testid="stAppSkeleton"]')
    && [...document.querySelectorAll('.player')].every((player) => player.querySelector('.main-svg')
      && (player.querySelector('.player-controls').hidden || player.querySelector('.player-caption').textContent));
}"""
"""True once the server has run the page, nothing is waiting to be drawn, and each player shows its figures."""


ERROR_BOXES = '[data-testid="stException"], [data-testid="stAlertContentError"]'


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the browser tests last: once Playwright's event loop runs in this thread, no other test could start one."""
    items.sort(key=lambda item: Path(__file__).parent in item.path.parents)


@dataclass(frozen=True)
class Server:
    """A server of the app that a test may kill."""

    base: str
    port: int
    process: "subprocess.Popen[bytes]"

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@contextmanager
def running_server(log: Path, port: int | None = None) -> Iterator[Server]:
    """Run the app, on a free port unless one is given, until the end of the block."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    command += ["--server.address=127.0.0.1", f"--server.port={port}", "--server.headless=true"]
    command += ["--client.showErrorDetails=full"]  # so that a failing test shows the traceback
    with (
        log.open("wb") as output,
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output) as process,
    ):
        try:
            base = f"http://127.0.0.1:{port}"
            wait_for_health(base, process, log)
            yield Server(base, port, process)
        finally:
            process.kill()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def wait_for_health(base: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait until the server answers; fail, with what it wrote, when it ends or does not answer in time."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{base}/_stcore/health", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"The app's server did not start:\n{log.read_text(errors='replace')}", pytrace=False)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The base URL of the server that the tests share."""
    with running_server(tmp_path_factory.mktemp("server") / "log.txt") as running:
        yield running.base


class StartServer(Protocol):
    """Start a server that nobody has visited yet, for this test only, where a `port` is given there."""

    def __call__(self, port: int | None = None) -> Server: ...


@pytest.fixture
def start_server(tmp_path: Path) -> Iterator[StartServer]:
    """Start servers as described in `StartServer`."""
    with ExitStack() as running:

        def start(port: int | None = None) -> Server:
            return running.enter_context(running_server(tmp_path / f"server-{time.monotonic_ns()}.txt", port))

        yield start


class PageAt(Protocol):
    """Open a page of the app as somebody with this language, these wishes and this screen, and wait until it is still.

    `path` is the part of the address after the server's; `server` is another one's base URL. Every page opened
    during a test has a browser context of its own, and must have had no error at the end of the test.
    """

    def __call__(
        self,
        path: str = "/",
        *,
        server: str | None = None,
        locale: str = "en-GB",
        color_scheme: Literal["light", "dark"] = "light",
        reduced_motion: Literal["reduce", "no-preference"] = "no-preference",
        width: int = 1280,
        height: int = 720,
        touch: bool = False,
    ) -> Page: ...


def wait_until_still(page: Page) -> None:
    """Wait until no run of the page is under way. After an action, wait for what it changes first."""
    page.wait_for_function(STILL, timeout=60_000)


class Visits:
    """Opens pages and notes their errors.

    A page that nobody uses any more is kept for the next visitor with the same language and screen: in an open page
    the app starts several times as fast as in a new one, and each start is a new session for the server all the same.
    """

    def __init__(self, chromium: Browser, server: str) -> None:
        self.chromium, self.server = chromium, server
        self.free: dict[object, list[Page]] = defaultdict(list)
        self.errors: list[str] = []

    @contextmanager
    def visiting(self) -> Iterator[PageAt]:
        """Open pages as described in `PageAt`, until the end of the block."""
        with ExitStack() as opened:

            def page_at(
                path: str = "/",
                *,
                server: str | None = None,
                locale: str = "en-GB",
                color_scheme: Literal["light", "dark"] = "light",
                reduced_motion: Literal["reduce", "no-preference"] = "no-preference",
                width: int = 1280,
                height: int = 720,
                touch: bool = False,
            ) -> Page:
                page = opened.enter_context(self.page(server or self.server, locale, width, height, touch))
                page.emulate_media(color_scheme=color_scheme, reduced_motion=reduced_motion)
                page.goto((server or self.server) + path)
                wait_until_still(page)
                return page

            yield page_at

    @contextmanager
    def page(self, server: str, locale: str, width: int, height: int, touch: bool) -> Iterator[Page]:
        visitor = (server, locale, width, height, touch)
        page = self.free[visitor].pop() if self.free[visitor] else self.new_page(server, locale, width, height, touch)
        yield page
        self.errors += [f"error box: {text}" for text in page.locator(ERROR_BOXES).all_inner_texts()]
        if server == self.server:
            page.goto(f"{server}/_stcore/health")  # ends the session, and all that still moves
            self.free[visitor].append(page)
        else:
            page.context.close()

    def new_page(self, server: str, locale: str, width: int, height: int, touch: bool) -> Page:
        context = self.chromium.new_context(
            viewport={"width": width, "height": height}, locale=locale, has_touch=touch, is_mobile=touch
        )
        page = context.new_page()
        page.on("console", self.note_console)
        page.on("pageerror", lambda error: self.errors.append(f"page error: {error}"))
        page.on("request", self.note_request)
        return page

    def note_console(self, message: ConsoleMessage) -> None:
        # Streamlit looks for its server below a page's path first, and again and again while there is none.
        if message.type == "error" and "/_stcore/" not in message.location.get("url", "") + message.text:
            self.errors.append(f"console: {message.text}")

    def complain(self) -> None:
        """Fail with the errors noted so far, and forget them."""
        errors, self.errors = self.errors, []
        if errors:
            pytest.fail("\n".join(errors), pytrace=False)

    def note_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.hostname != "127.0.0.1":
            self.errors.append(f"request to another host: {request.url}")


@pytest.fixture(scope="session")
def visits(server: str) -> Iterator[Visits]:
    """The browser that the tests share."""
    try:
        path = browser_finder.find()
    except browser_finder.BrowserMissingError as problem:
        raise pytest.fail.Exception(str(problem), pytrace=False) from None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(browser_finder.FLAGS))
        yield Visits(browser, server)
        browser.close()


@pytest.fixture(autouse=True)
def no_errors(visits: Visits) -> Iterator[None]:
    """Fail a test during which a page had an error, or asked another host for something."""
    yield
    visits.complain()


@pytest.fixture
def page_at(visits: Visits, no_errors: None) -> Iterator[PageAt]:
    """Open pages as described in `PageAt`, for one test."""
    with visits.visiting() as page_at:
        yield page_at


@pytest.fixture(scope="module")
def shared_page_at(visits: Visits) -> Iterator[PageAt]:
    """Open pages as described in `PageAt`, which the tests of a file share."""
    with visits.visiting() as page_at:
        yield page_at
    visits.complain()
