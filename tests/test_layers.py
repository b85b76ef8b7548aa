"""The rooms of the house and one direction: core computes, charts draw, telling says, pages show."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "core": {"numpy"},
    "wording": {"babel"},
    "charts": {"core", "wording", "numpy", "plotly"},
    "telling": {"core", "wording", "numpy"},
    "programs": {"core", "wording", "numpy"},
    "rooms": {"sqlalchemy"},
    "tables": {"core", "wording", "numpy"},
    "pages/settings": {"pages", "core", "programs", "rooms", "telling", "wording", "numpy"},
}
"""What a room may import besides the standard library and itself."""
EXCEPTIONS = {("telling/diagram.py", "charts.dependencies"), ("telling/graph.py", "charts.graph")}
MAY_IMPORT_STREAMLIT = {"pages", "tests", "bench"}
SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "shared", "misc"}


def own_files(ending: str = "*") -> list[Path]:
    """The project's files, relative to its folder; without hidden ones, an environment or a cache."""
    folders = [path for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith((".", "_"))]
    files = [*ROOT.glob(ending), *(file for folder in folders for file in folder.rglob(ending))]
    return [file.relative_to(ROOT) for file in files if file.is_file() and "__pycache__" not in file.parts]


def imported_modules(source: str, package: str) -> set[str]:
    """The modules that `source`, a file of `package`, imports anywhere; a relative import is the package itself."""
    modules = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            modules.add(node.module if node.module and not node.level else package)
    return modules


def imports_below(folder: str) -> set[tuple[str, str]]:
    """Each (file, module it imports) of one folder of the project."""
    return {
        (file.relative_to(ROOT).as_posix(), module)
        for file in (ROOT / folder).rglob("*.py")
        for module in imported_modules(file.read_text(encoding="utf-8"), folder)
    }


def package(module: str) -> str:
    return module.split(".")[0]


def lengths(files: list[Path]) -> dict[str, int]:
    return {file.as_posix(): len((ROOT / file).read_text("utf-8").splitlines()) for file in files}


@pytest.mark.parametrize(
    "source",
    [
        "import streamlit",
        "import streamlit.components.v2 as v2",
        "import os, streamlit as st",
        "from streamlit import session_state",
        "from streamlit.testing.v1 import AppTest",
        "def late():\n    import streamlit",
        "try:\n    from streamlit import fragment\nexcept ImportError:\n    pass",
    ],
)
def test_an_import_is_seen_however_it_is_written(source: str) -> None:
    assert "streamlit" in map(package, imported_modules(source, "charts"))


@pytest.mark.parametrize("source", ["from . import look", "from .look import GREEN", "from .streamlit import x"])
def test_a_relative_import_is_the_package_s_own(source: str) -> None:
    assert imported_modules(source, "charts") == {"charts"}


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_what_it_may(room: str) -> None:
    imports, allowed = imports_below(room), {room, *MAY_IMPORT[room], *sys.stdlib_module_names}
    assert imports
    assert {found for found in imports if package(found[1]) not in allowed} <= EXCEPTIONS


def test_only_pages_and_the_app_import_streamlit() -> None:
    files = [file for file in own_files("*.py") if file.parts[0] not in {*MAY_IMPORT_STREAMLIT, "app.py"}]
    sources = {file.as_posix(): (ROOT / file).read_text("utf-8") for file in files}
    assert [name for name, text in sources.items() if "streamlit" in map(package, imported_modules(text, ""))] == []


def test_no_file_and_no_folder_has_a_name_that_says_nothing() -> None:
    assert [file.as_posix() for file in own_files() if SAY_NOTHING & {*file.parts, file.stem}] == []


def test_a_page_is_shorter_than_100_lines_and_any_other_source_than_200() -> None:
    source = [file for file in own_files("*.py") if file.parts[0] != "tests"]
    largest = {file: 100 if file.parent == Path("pages") else 200 for file in source}
    assert {name: n for name, n in lengths(source).items() if n >= largest[Path(name)]} == {}
