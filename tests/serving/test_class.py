"""The app as `make class` serves it: two processes behind one port."""

import gzip
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import plotly
import pytest
import streamlit

from bench.student import Student
from rooms import room
from tests.browser.conftest import ROOT, free_port, wait_for_health
from tests.serving.own_loop import run

LINK = "learning_rate=0.0008&weights=0.25&iterations=50"
COMMAND = [sys.executable, "-m", "serving"]


@dataclass(frozen=True)
class Class:
    """A running server for a class."""

    port: int
    process: "subprocess.Popen[bytes]"
    log: Path

    def fetch(self, path: str) -> tuple[dict[str, str], bytes]:
        """The headers and the body of the answer to a browser that accepts gzip."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return {name.lower(): value for name, value in answer.headers.items()}, answer.read()


def settings(port: int, workers: int = 2) -> dict[str, str]:
    return {**os.environ, "HOST": "127.0.0.1", "PORT": str(port), "WORKERS": str(workers)}


@contextmanager
def running_class(log: Path, workers: int = 2) -> Iterator[Class]:
    port = free_port()
    with (
        log.open("wb") as output,
        subprocess.Popen(COMMAND, cwd=ROOT, env=settings(port, workers), stdout=output, stderr=output) as process,
    ):
        try:
            wait_for_health(f"http://127.0.0.1:{port}", process, log)
            yield Class(port, process, log)
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Class]:
    with running_class(tmp_path_factory.mktemp("class") / "log.txt") as running:
        yield running


@pytest.fixture(scope="module")
def document(served: Class) -> tuple[dict[str, str], str]:
    """The headers and the text of the document of a page."""
    headers, body = served.fetch("/train")
    return headers, gzip.decompress(body).decode()


def test_the_server_says_that_it_is_well(served: Class) -> None:
    assert served.fetch("/_stcore/health")[1] == b"ok"


def test_the_teacher_s_link_is_printed_and_its_key_opens_the_room(served: Class) -> None:
    link = re.search(
        r"http://127\.0\.0\.1:\d+/class_board\?room=([a-z]{6})&iterations=1000#(\S+)", served.log.read_text()
    )
    assert link
    assert room.holds_key(link[1], link[2])
    assert not room.holds_key(link[1], link[2][:-1])


def test_the_document_announces_plotly_s_script_where_it_is_served(
    served: Class, document: tuple[dict[str, str], str]
) -> None:
    address = re.fullmatch(r"<(/app/static/plotly-.*\.js)>; rel=preload; as=script", document[0]["link"])
    assert address
    script = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    assert gzip.decompress(served.fetch(address[1])[1]) == script.read_bytes()


def test_streamlit_s_own_scripts_arrive_compressed(served: Class, document: tuple[dict[str, str], str]) -> None:
    scripts = re.findall(r'(?:src|href)="\.(/static/js/[^"]+)"', document[1])
    assert len(scripts) > 10
    for script in scripts:
        headers, body = served.fetch(script)
        original = (Path(streamlit.__file__).parent / f"static{script}").read_bytes()
        assert (gzip.decompress(body) if headers.get("content-encoding") else body) == original
        assert headers.get("content-encoding") == "gzip" or len(original) < 500


def test_the_icon_of_the_page_is_a_file_that_every_process_has(served: Class) -> None:
    assert served.fetch("/app/static/icon.png")[0]["content-type"] == "image/png"


def workers(served: Class) -> list[int]:
    """The numbers of the two processes."""
    command = ["pgrep", "-P", str(served.process.pid), "-f", "spawn_main"]
    return [int(word) for word in subprocess.check_output(command).split()]


async def what_it_shows(port: int) -> tuple[str, list[str]]:
    """The address of a session that was opened with a link, and all that its page shows, but for the session's name."""
    async with Student(port, "train", LINK) as student:
        await student.open()
        return student.query, [re.sub(r'"order\\*": \[.*?\]', "", str(element)) for element in student.shown]


def test_a_link_opens_the_same_page_in_each_process(served: Class) -> None:
    pages = []
    for worker in workers(served):
        os.kill(worker, signal.SIGSTOP)  # so that the other one must answer
        try:
            pages.append(run(what_it_shows(served.port)))
        finally:
            os.kill(worker, signal.SIGCONT)
    assert len(pages) == 2
    assert pages[0] == pages[1]
    assert any("rate" in element and "0.0008" in element for element in pages[0][1])


def test_ctrl_c_ends_all_without_a_complaint(tmp_path: Path) -> None:
    log = tmp_path / "log.txt"
    with running_class(log) as served:
        served.process.send_signal(signal.SIGINT)
        assert served.process.wait(60) == 0
    greeting, for_the_teacher = log.read_text().splitlines()
    assert greeting == f"Open http://127.0.0.1:{served.port} in a browser. Ctrl+C ends it."
    assert for_the_teacher.startswith("The class board, for the teacher alone: ")


def test_a_port_in_use_is_named_with_the_way_to_another(served: Class) -> None:
    second = subprocess.run(COMMAND, cwd=ROOT, env=settings(served.port), capture_output=True, text=True, timeout=60)
    assert second.returncode == 1
    assert second.stderr == (
        f"Cannot listen at 127.0.0.1, port {served.port}: Address already in use. "
        f"Another port: make class PORT={served.port + 1}\n"
    )
