"""The app on a server: nginx, TLS and two processes behind it, one of which dies in the middle of a lesson."""

import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psutil
import pytest
from playwright.sync_api import BrowserContext, Page, WebSocket, expect

from pages.settings.own import LONGEST, TOO_MANY
from tables.decoding import MOST_BYTES
from tests.browser.conftest import PROJECTOR, Visits, wait_until_still
from tests.browser.live import until
from tests.browser.seen import sentence
from tests.debian import ProgramMissingError
from tests.serving.nginx import Site, running_nginx
from tests.serving.test_class import Class, running_class, workers

RUNS = (
    "/train?dataset=tips&learning_rate=0.0008&weights=0.1",
    "/train?dataset=weighted-sum&learning_rate=0.05&seed=3",
)
TOO_LARGE = 413
UPLOAD = "/_stcore/upload_file/nobody/nothing"
KNOCK = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Protocol": "streamlit",
}
"""What a browser says to open a WebSocket; the key is the one of RFC 6455."""
NOTE_CONNECTION = """() => {
  const app = document.querySelector('[data-test-connection-state]');
  window.noticed = [];
  new MutationObserver(() => window.noticed.push(app.dataset.testConnectionState))
    .observe(app, { attributeFilter: ['data-test-connection-state', 'data-test-script-state'] });
}"""
"""Notes from now on every change of the page's connection, and every run."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Class]:
    with running_class(tmp_path_factory.mktemp("nginx") / "log.txt") as running:
        yield running


@pytest.fixture(scope="module")
def site(served: Class) -> Iterator[Site]:
    try:
        with running_nginx(served.port) as site:
            yield site
    except ProgramMissingError as problem:
        raise pytest.fail.Exception(str(problem), pytrace=False) from None


@pytest.fixture(scope="module")
def browser(visits: Visits) -> Iterator[BrowserContext]:
    """Visitors who trust any certificate."""
    with visits.chromium.new_context(viewport=PROJECTOR, locale="en-GB", ignore_https_errors=True) as context:
        yield context


def test_who_comes_without_tls_is_led_to_the_same_address_with_it(site: Site) -> None:
    answer = site.ask_plainly("/train?learning_rate=0.0008&weights=0.25")
    assert answer.status == 301
    assert answer.headers["location"] == "https://127.0.0.1/train?learning_rate=0.0008&weights=0.25"


def test_the_app_says_through_nginx_that_it_is_well(site: Site) -> None:
    answer = site.ask("/_stcore/health")
    assert (answer.status, answer.body) == (200, b"ok")


def test_the_policy_arrives_once(site: Site) -> None:
    (policy,) = site.ask("/train").headers.get_all("content-security-policy", [])
    assert policy.startswith("default-src 'none'; ")


def test_what_the_app_has_compressed_arrives_compressed(site: Site) -> None:
    answer = site.ask("/train", headers={"accept-encoding": "gzip"})
    assert answer.headers.get_all("content-encoding") == ["gzip"]


@pytest.mark.parametrize("host", ["class.example.org", "class.example.org:8443"])
def test_a_page_of_whatever_host_and_port_may_open_its_connection_and_a_foreign_page_may_not(
    site: Site, host: str
) -> None:
    asked = [KNOCK | {"Host": host, "Origin": f"https://{origin}"} for origin in (host, "foreign.example.org")]
    assert [site.ask("/_stcore/stream", headers=headers).status for headers in asked] == [101, 403]


def test_the_longest_link_arrives(site: Site) -> None:
    assert site.ask(f"/your_data?own={quote('ö' * LONGEST)}").status == 200


def test_nginx_refuses_no_file_that_the_app_takes(site: Site) -> None:
    assert site.ask(UPLOAD, "PUT", bytes(MOST_BYTES)).status != TOO_LARGE


def test_nginx_refuses_what_is_far_larger_before_it_is_sent(site: Site) -> None:
    assert site.ask(UPLOAD, "PUT", headers={"content-length": str(8 * MOST_BYTES)}).status == TOO_LARGE


def test_a_file_as_large_as_may_be_arrives_over_the_session_s_connection(
    site: Site, browser: BrowserContext, visits: Visits, tmp_path: Path
) -> None:
    file = tmp_path / "large.csv"
    file.write_bytes(b"Hours,Marks\n" + b"1,2\n" * ((MOST_BYTES - 12) // 4))
    page = opened(browser, visits, f"{site.base}/your_data").page
    page.set_input_files(".door-file", file)
    expect(page).to_have_url(re.compile(f"own={TOO_MANY}"))  # what the server has read is too much for a link
    page.close()


@dataclass
class Visitor:
    """A page of a run, with what it shows and its connections to the server."""

    page: Page
    shown: tuple[str, ...] = ()
    connections: list[WebSocket] = field(default_factory=list)

    def look(self) -> tuple[str, ...]:
        """The address, the sentence, the learning rate, and the iteration in the picture."""
        rate, caption = self.page.locator(".dial-number"), self.page.locator(".player-caption")
        return self.page.url, sentence(self.page), rate.input_value(), caption.inner_text()


@contextmanager
def answered_by(worker: int, processes: list[int]) -> Iterator[None]:
    """Have all other processes stand still, so that this one must answer."""
    others = [process for process in processes if process != worker]
    for other in others:
        os.kill(other, signal.SIGSTOP)
    try:
        yield
    finally:
        for other in others:
            os.kill(other, signal.SIGCONT)


def opened(browser: BrowserContext, visits: Visits, address: str) -> Visitor:
    """Open a page, and note its errors and every connection that it makes."""
    visitor = Visitor(browser.new_page())
    visits.watch(visitor.page)
    visitor.page.on("websocket", lambda connection: visitor.connections.append(connection))
    visitor.page.emulate_media(reduced_motion="reduce")
    visitor.page.goto(address)
    wait_until_still(visitor.page)
    return visitor


def remembered(visitor: Visitor) -> Visitor:
    """Remember what the page of a run shows, and note from now on whether its connection changes."""
    visitor.shown = visitor.look()
    visitor.page.evaluate(NOTE_CONNECTION)
    return visitor


def connections_of(worker: int, port: int) -> int:
    """How many connections a server process has: one for each page, once all that a page asks for is there."""
    connections = psutil.Process(worker).net_connections("tcp")
    return sum(each.status == psutil.CONN_ESTABLISHED and each.laddr.port == port for each in connections)


@dataclass(frozen=True)
class Lesson:
    """What became of the pages whose process was killed, and of the one whose process went on."""

    served: Class
    killed: int
    left: int
    struck: list[Visitor]
    spared: Visitor


@pytest.fixture(scope="module")
def lesson(served: Class, site: Site, browser: BrowserContext, visits: Visits) -> Lesson:
    """Two pages at one process and one at the other; the first process dies."""
    processes = doomed, left = workers(served)
    with answered_by(doomed, processes):
        struck = [remembered(opened(browser, visits, site.base + run)) for run in RUNS]
    with answered_by(left, processes):
        spared = remembered(opened(browser, visits, site.base + RUNS[0]))
    until(spared.page, lambda: [connections_of(each, served.port) for each in processes] == [2, 1])
    os.kill(doomed, signal.SIGKILL)
    for visitor in struck:
        until(visitor.page, lambda visitor=visitor: len(visitor.connections) > 1)  # type: ignore[misc]
        wait_until_still(visitor.page)
    return Lesson(served, doomed, left, struck, spared)


@pytest.mark.parametrize("number", range(len(RUNS)))
def test_a_page_whose_process_was_killed_comes_back_by_itself_with_the_same_run(lesson: Lesson, number: int) -> None:
    visitor = lesson.struck[number]
    assert visitor.connections[0].is_closed()
    assert visitor.look() == visitor.shown


def test_the_other_process_s_page_has_not_noticed(lesson: Lesson) -> None:
    assert lesson.spared.page.evaluate("window.noticed") == []
    assert [connection.is_closed() for connection in lesson.spared.connections] == [False]
    assert lesson.spared.look() == lesson.spared.shown


def test_the_first_move_on_a_page_that_came_back_counts(lesson: Lesson) -> None:
    page = lesson.struck[0].page
    page.bring_to_front()
    page.get_by_role("slider", name="Learning rate").press("ArrowRight")
    expect(page).to_have_url(re.compile(r"learning_rate=0\.00085&"))
    wait_until_still(page)


def test_the_process_that_was_killed_is_replaced(lesson: Lesson) -> None:
    until(lesson.spared.page, lambda: len({*workers(lesson.served)} - {lesson.killed}) == 2)
    assert lesson.left in workers(lesson.served)
