"""A running app and a real browser to look at it with."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Literal, Protocol

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.browser import chromium as browser_finder

ROOT = Path(__file__).parents[2]
START_SECONDS = 60

STILL = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  return app?.dataset.testConnectionState === 'CONNECTED'
    && app.dataset.testScriptState === 'notRunning'
    && document.querySelector('[data-testid="stMain"]')
    && !document.querySelector('[data-testid="stSkeleton"], [data-testid="stAppSkeleton"]');
}"""
"""True once the server has run the page and nothing is waiting to be drawn."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the browser tests last: once Playwright's event loop runs in this thread, no other test could start one."""
    items.sort(key=lambda item: Path(__file__).parent in item.path.parents)


class PageAt(Protocol):
    """Open a page of the app as somebody with this language, colour scheme and screen, and wait until it is still.

    `path` is the part of the address after the server's; `server` is another one's base URL. Every page opened has
    a browser context of its own, and at the end of the test must have had no error.
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
    ) -> Page: ...


def wait_until_still(page: Page) -> None:
    """Wait until no run of the page is under way. After an action, wait for what it changes first."""
    page.wait_for_function(STILL, timeout=60_000)


@contextmanager
def running_server(log: Path) -> Iterator[str]:
    """Run the app on a free port and yield its base URL."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
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
            yield base
        finally:
            process.kill()


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
    with running_server(tmp_path_factory.mktemp("server") / "log.txt") as base:
        yield base


@pytest.fixture
def start_server(tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Start a server that nobody has visited yet, for this test only, and return its base URL."""
    with ExitStack() as running:
        yield lambda: running.enter_context(running_server(tmp_path / f"server-{time.monotonic_ns()}.txt"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser that the tests share."""
    try:
        path = browser_finder.find()
    except browser_finder.BrowserMissingError as problem:
        raise pytest.fail.Exception(str(problem), pytrace=False) from None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(browser_finder.FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def page_at(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[PageAt]:
    """Open pages as described in `PageAt`."""
    pages: list[Page] = []
    errors: list[str] = []

    def open_page(
        path: str = "/",
        *,
        server: str | None = None,
        locale: str = "en-GB",
        color_scheme: Literal["light", "dark"] = "light",
        width: int = 1280,
        height: int = 720,
        touch: bool = False,
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            locale=locale,
            color_scheme=color_scheme,
            has_touch=touch,
            is_mobile=touch,
        )
        page = context.new_page()
        pages.append(page)
        page.on("console", lambda message: errors.append(f"console: {message.text}") if is_fault(message) else None)
        page.on("pageerror", lambda error: errors.append(f"page error: {error}"))
        page.goto((server or request.getfixturevalue("server")) + path)
        wait_until_still(page)
        return page

    yield open_page
    for page in pages:
        errors += [f"exception box: {text}" for text in page.get_by_test_id("stException").all_inner_texts()]
        page.context.close()
    if errors:
        pytest.fail("\n".join(errors), pytrace=False)


def is_fault(message: ConsoleMessage) -> bool:
    """Whether it is an error of the app's own; Streamlit's probe for its server below a page's path is none."""
    return message.type == "error" and "/_stcore/" not in message.location.get("url", "")
