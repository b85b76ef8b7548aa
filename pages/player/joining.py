"""One script of several files: Streamlit takes a component's JavaScript as one string."""

import re
from collections.abc import Iterable
from pathlib import Path


def joined(files: Iterable[Path]) -> str:
    """Return the scripts one after the other, without what ties them to each other; the last has the default export."""
    return "\n".join(map(_untied, files))


def _untied(file: Path) -> str:
    return re.sub(r"^(import .*\n|export (?!default))", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)


def named(name: str, script: str) -> str:
    """Return the script with its default export as a function of this name, for a page that is no component."""
    return script.replace("export default function", f"const {name} = function", 1)
