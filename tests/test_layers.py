import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT_STREAMLIT = {"pages", "tests", "bench"}
CORE_MAY_IMPORT = {"numpy", "core", *sys.stdlib_module_names}


def imported_packages(source: str, package: str) -> set[str]:
    """The top-level packages that `source`, a file of `package`, imports anywhere; a relative import is its own."""
    packages = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            packages |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            packages.add(node.module.split(".")[0] if node.module and not node.level else package)
    return packages


def imports_below(folder: str) -> set[tuple[str, str]]:
    """Each (file, package it imports) of one folder of the project."""
    return {
        (file.relative_to(ROOT).as_posix(), package)
        for file in (ROOT / folder).rglob("*.py")
        for package in imported_packages(file.read_text(encoding="utf-8"), folder)
    }


def folders_without_streamlit() -> list[str]:
    folders = (path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))
    return sorted(set(folders) - MAY_IMPORT_STREAMLIT)


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
    assert "streamlit" in imported_packages(source, "charts")


@pytest.mark.parametrize("source", ["from . import look", "from .look import GREEN", "from .streamlit import x"])
def test_a_relative_import_is_the_package_s_own(source: str) -> None:
    assert imported_packages(source, "charts") == {"charts"}


def test_core_imports_only_numpy_the_standard_library_and_itself() -> None:
    imports = imports_below("core")
    assert ("core/training.py", "numpy") in imports
    assert [(file, package) for file, package in imports if package not in CORE_MAY_IMPORT] == []


def test_charts_never_imports_streamlit_or_pages() -> None:
    forbidden = {"streamlit", "pages", "app"}
    assert [(file, package) for file, package in imports_below("charts") if package in forbidden] == []


def test_telling_imports_neither_streamlit_nor_plotly_and_of_charts_only_what_the_diagram_is_made_of() -> None:
    allowed = {*CORE_MAY_IMPORT, "telling", "wording"}
    others = {(file, package) for file, package in imports_below("telling") if package not in allowed}
    assert others == {("telling/diagram.py", "charts")}


@pytest.mark.parametrize("folder", folders_without_streamlit())
def test_only_pages_and_the_app_import_streamlit(folder: str) -> None:
    assert [file for file, package in imports_below(folder) if package == "streamlit"] == []


def test_no_other_script_beside_the_app_imports_streamlit() -> None:
    scripts = [file for file in ROOT.glob("*.py") if file.name != "app.py"]
    assert [file.name for file in scripts if "streamlit" in imported_packages(file.read_text("utf-8"), "")] == []
