"""A running app and a real browser to look at it with."""

import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    ViewportSize,
    WebSocketRoute,
    expect,
    sync_playwright,
)

from tests.browser import chromium as browser_finder

ROOT = Path(__file__).parents[2]
START_SECONDS = 60
PATIENCE = 30_000
"""Milliseconds for which an expectation waits: nothing is ever that slow, but on a busy machine much is slower."""

expect.set_options(timeout=PATIENCE)

UNFILLED = (
    '[data-testid="stBidiComponentRegular"]:not(:has(> div > *))',
    ".player-back:not([aria-label])",
    ".unfilled",
)
"""A component that is not there yet, or still without the words that its script puts in."""

STILL = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  return app?.dataset.testConnectionState === 'CONNECTED'
    && app.dataset.testScriptState === 'notRunning'
    && document.querySelector('[data-testid="stMain"]')
    && !document.querySelector('[data-testid="stSkeleton"], [data-testid="stAppSkeleton"], UNFILLED')
    && [...document.querySelectorAll('.player')].every((player) => player.querySelector('.main-svg')
      && (player.querySelector('.player-controls').hidden || player.querySelector('.player-caption').textContent));
}""".replace("UNFILLED", ", ".join(UNFILLED))
"""True once the server has run the page, nothing is waiting to be drawn, and each player shows its figures."""

# As if the browser's way back led there. The app notes what the browser asks for until the server has answered; and no
# caption stands under a picture until the one that is asked for has been drawn.
LEAD_TO = """(address) => {
  for (const caption of document.querySelectorAll('.player-caption')) caption.textContent = '';
  History.prototype.pushState.call(history, {}, '', address);
  dispatchEvent(new PopStateEvent('popstate', { state: {} }));
}"""
ARRIVED = "() => overshootHistory.asked === undefined"

REFUSED = """addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile }) =>
  console.error(`refused by ${effectiveDirective}: ${blockedURI}, in ${sourceFile}`))"""
"""What the browser does not let a page do, it says to the page alone, not always in the console."""

STREAM = re.compile("_stcore/stream")
"""The connection over which a page and its server talk."""

ONE_PROCESS = "--process-per-site"
"""Lets all pages of a browser context share a process."""

PROJECTOR: ViewportSize = {"width": 1280, "height": 720}
PHONE: ViewportSize = {"width": 390, "height": 844}

HARMLESS = ("/_stcore/", "Streamlit server is not responding")
"""Streamlit looks for its server below a page's path first, and again and again while a test has ended it."""

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


class PageAt(Protocol):
    """Open a page of the app as somebody with this language, colour scheme and screen, and wait until it is still.

    `path` is the part of the address after the server's; `server` is another one's base URL; `stream` stands between
    the page and its server. Visitors with another language, or with fingers, have another browser context. At the end
    of a test no page must have had an error.
    """

    def __call__(
        self,
        path: str = "/",
        *,
        server: str | None = None,
        locale: str = "en-GB",
        color_scheme: Literal["light", "dark"] = "light",
        width: int = 1280,
        height: int = 720,
        touch: bool = False,
        stream: Callable[[WebSocketRoute], None] | None = None,
    ) -> Page: ...


def wait_until_still(page: Page) -> None:
    """Wait until no run of the page is under way. After an action, wait for what it changes first."""
    page.wait_for_function(STILL, timeout=60_000, polling=50)


def lead_to(page: Page, address: str) -> None:
    """Lead a page to another address without loading the app anew, which takes much longer.

    So does the browser's way back: for the server it is the same session. An address without settings changes none, and
    what is shown there must not be what is shown already.
    """
    page.evaluate(LEAD_TO, address)
    page.wait_for_function(ARRIVED, polling=50)
    wait_until_still(page)
    assert page.locator(ERROR_BOXES).all_inner_texts() == []


class Visits:
    """Opens pages, and notes their errors and whom they ask for something.

    Visitors with the same language and hands share a browser context, in which one page always stays open: in a process
    that already knows the app it starts several times as fast. For the server each start is a new session.
    """

    def __init__(self, chromium: Browser, server: str) -> None:
        self.chromium, self.server = chromium, server
        self.contexts: dict[object, BrowserContext] = {}
        self.errors: list[str] = []
        self.hosts: set[str | None] = set()

    @contextmanager
    def visiting(self) -> Iterator[PageAt]:
        """Open pages as described in `PageAt`, and close them at the end of the block."""
        pages: list[Page] = []

        def page_at(
            path: str = "/",
            *,
            server: str | None = None,
            locale: str = "en-GB",
            color_scheme: Literal["light", "dark"] = "light",
            width: int = 1280,
            height: int = 720,
            touch: bool = False,
            stream: Callable[[WebSocketRoute], None] | None = None,
        ) -> Page:
            page = self.context(locale, touch).new_page()
            pages.append(page)
            self.watch(page)
            page.set_viewport_size({"width": width, "height": height})
            if stream:
                page.route_web_socket(STREAM, stream)
            # With less motion nothing plays by itself, so that a page comes to rest at once.
            page.emulate_media(color_scheme=color_scheme, reduced_motion="reduce")
            page.goto((server or self.server) + path)
            wait_until_still(page)
            page.emulate_media(reduced_motion="no-preference")
            return page

        yield page_at
        for page in pages:
            self.errors += [f"error box: {text}" for text in page.locator(ERROR_BOXES).all_inner_texts()]
            page.close()

    def context(self, locale: str, touch: bool) -> BrowserContext:
        visitor = (locale, touch)
        if visitor not in self.contexts:
            self.contexts[visitor] = self.chromium.new_context(
                viewport=PHONE if touch else PROJECTOR, locale=locale, has_touch=touch, is_mobile=touch
            )
            self.contexts[visitor].add_init_script(REFUSED)
            self.contexts[visitor].new_page().goto(f"{self.server}/_stcore/health")
        return self.contexts[visitor]

    def watch(self, page: Page) -> None:
        page.on("console", self.note_console)
        page.on("pageerror", lambda error: self.errors.append(f"page error: {error}"))
        page.on("request", lambda request: self.note_address(request.url))
        page.on("websocket", lambda socket: self.note_address(socket.url))

    def note_console(self, message: ConsoleMessage) -> None:
        address = str(message.location.get("url"))
        if message.type == "error" and not self.is_harmless(address, message.text):
            self.errors.append(f"console: {message.text}")

    def is_harmless(self, address: str, text: str) -> bool:
        # The shared server never refuses anything; a test's own one does so once the test has ended it.
        ended = "net::ERR_CONNECTION_REFUSED" in text and not address.startswith(self.server)
        return ended or any(harmless in f"{address} {text}" for harmless in HARMLESS)

    def note_address(self, address: str) -> None:
        if not address.startswith(("data:", "blob:", "file:")):  # of a page that a test opens from a file, too
            self.hosts.add(urlsplit(address).hostname)

    def complain(self) -> None:
        """Fail with the errors noted so far, and forget them."""
        errors, self.errors = self.errors, []
        if errors:
            pytest.fail("\n".join(errors), pytrace=False)


@contextmanager
def browser_at(server: str) -> Iterator[Visits]:
    """Run a browser until the end of the block."""
    try:
        path = browser_finder.find()
    except browser_finder.BrowserMissingError as problem:
        raise pytest.fail.Exception(str(problem), pytrace=False) from None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*browser_finder.FLAGS, ONE_PROCESS])
        yield Visits(browser, server)
        browser.close()


@pytest.fixture(scope="session")
def visits(server: str) -> Iterator[Visits]:
    """The browser that the tests share."""
    with browser_at(server) as visits:
        yield visits


@pytest.fixture(autouse=True)
def no_errors(visits: Visits) -> Iterator[None]:
    """Fail a test during which a page had an error."""
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
