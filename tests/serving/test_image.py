"""What the Dockerfile says, where there is no Docker: its files suffice, and its commands do what they are for."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.browser.conftest import ROOT, free_port
from tests.serving.test_class import Class, running_class

DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
IGNORED = [line for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line and line[0] != "#"]


def ignored(folder: str, names: list[str]) -> list[str]:
    """The names in a folder that do not get into the image."""
    paths = {name: Path(folder, name).relative_to(ROOT).as_posix() for name in names}
    return [
        name
        for name, path in paths.items()
        if any(fnmatch(path, line.removeprefix("**/")) or fnmatch(name, line.removeprefix("**/")) for line in IGNORED)
    ]


def well(port: int) -> bool:
    """What the image's health check says about a server at this port."""
    found = re.search(r"HEALTHCHECK .*\\\n\s*CMD (\[.*\])", DOCKERFILE)
    assert found
    _python, *arguments = json.loads(found[1])
    environment = os.environ | {"PORT": str(port)}
    return not subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, timeout=60).returncode


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Class]:
    with running_class(tmp_path_factory.mktemp("image") / "log.txt", workers=1) as running:
        yield running


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder as it is in the image."""
    return shutil.copytree(ROOT, tmp_path_factory.mktemp("image") / "app", ignore=ignored)


def test_the_health_check_says_that_a_server_is_well(served: Class) -> None:
    assert well(served.port)


def test_the_health_check_notices_that_no_server_answers() -> None:
    assert not well(free_port())


def test_the_app_finds_all_it_needs_among_the_files_of_the_image(image: Path) -> None:
    command = re.search(r'RUN python -c "([^"]+)"', DOCKERFILE)
    assert command
    subprocess.run([sys.executable, "-c", command[1]], cwd=image, check=True, capture_output=True, timeout=60)
    assert len(list((image / "static").glob("plotly-*.min.js"))) == 1


def test_no_test_no_past_and_no_environment_gets_into_the_image(image: Path) -> None:
    assert not {".git", ".venv", "tests"} & {path.name for path in image.iterdir()}


def test_the_image_s_last_user_is_not_root_and_may_write_where_the_rooms_are_kept() -> None:
    user = re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE)[-1]
    assert user != "root"
    assert f"install -d -o {user} -g {user} /data" in DOCKERFILE
    assert "OVERSHOOT_DATABASE=sqlite:////data/" in DOCKERFILE
