"""A component of several files: Streamlit takes its JavaScript as one string."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import streamlit as st


def registered(name: str, folder: Path, scripts: Iterable[str]) -> Any:
    """Register the component whose HTML and CSS in this folder have its name; return what mounts it."""
    html, css = ((folder / f"{name}.{kind}").read_text(encoding="utf-8") for kind in ("html", "css"))
    js = joined(folder / script for script in scripts)
    return st.components.v2.component(name, html=html, css=css, js=js, isolate_styles=False)


def joined(files: Iterable[Path]) -> str:
    """Return the scripts one after the other, without what ties them to each other; the last has the default export."""
    return "\n".join(map(_untied, files))


def _untied(file: Path) -> str:
    return re.sub(r"^(import .*\n|export (?!default))", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)


def named(name: str, script: str) -> str:
    """Return the script with its default export as a function of this name, for a page that is no component."""
    return script.replace("export default function", f"const {name} = function", 1)
