"""Whom a server behind a proxy believes what about its visitors."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.browser.conftest import ROOT, free_port, wait_for_health
from tests.debian import ProgramMissingError
from tests.serving.nginx import Site, running_nginx

HERE, ELSEWHERE = "127.0.0.1", "192.0.2.1"
"""This machine, and an address for documentation, at which nobody is."""


@contextmanager
def behind_nginx(log: Path, **environment: str) -> Iterator[Site]:
    """The application that tells what it knows, served as the app is, with nginx in front."""
    port = free_port()
    code = f"from serving.__main__ import serve; serve('tests.serving.visitor:app', {HERE!r}, {port}, 1)"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [sys.executable, "-c", code], cwd=ROOT, env=os.environ | environment, stdout=output, stderr=output
        ) as process,
    ):
        try:
            wait_for_health(f"http://{HERE}:{port}", process, log)
            with running_nginx(port) as site:
                yield site
        except ProgramMissingError as problem:
            raise pytest.fail.Exception(str(problem), pytrace=False) from None
        finally:
            process.terminate()


def test_the_server_believes_a_proxy_on_its_own_machine_and_it_believes_no_visitor(tmp_path: Path) -> None:
    with behind_nginx(tmp_path / "log.txt") as site:
        claimed = {"X-Forwarded-For": ELSEWHERE, "X-Forwarded-Proto": "http"}
        assert site.ask("/", headers=claimed).body.decode() == f"https {HERE}"


def test_the_server_believes_only_the_proxies_it_is_told(tmp_path: Path) -> None:
    with behind_nginx(tmp_path / "log.txt", FORWARDED_ALLOW_IPS=ELSEWHERE) as site:
        assert site.ask("/").body.decode() == f"http {HERE}"
