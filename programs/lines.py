"""Lines of a program: blocks, comments, and arrays of several lines where they are long."""

from collections.abc import Iterable
from textwrap import fill
from typing import Any

WIDTH = 80
"""Characters of a line, so that it is read without scrolling."""
NO_BREAK = "\N{NO-BREAK SPACE}"


def comment(text: str) -> str:
    """Return a text as a comment of one line or more."""
    return fill(text, WIDTH, initial_indent="# ", subsequent_indent="# ")


def remark(line: str, text: str) -> str:
    """Return a line with a comment at its end."""
    return f"{line}  # {text}"


def stacked(*blocks: str, apart: int = 1) -> str:
    """Return the blocks that are not empty below each other, with so many empty lines between them."""
    return ("\n" * (apart + 1)).join(block.strip("\n") for block in blocks if block.strip())


def indented(*blocks: str, levels: int = 1) -> str:
    """Return the blocks without empty lines between them, as the body of a loop."""
    lines = stacked(*blocks, apart=0).splitlines()
    return "\n".join("    " * levels + line if line else "" for line in lines)


def numbers(values: Iterable[float], array: str) -> str:
    """Return an array of numbers, of several lines where it is long."""
    return listed(map(repr, values), array)


def row(values: list[float]) -> str:
    """Return one row of a matrix, which is not broken."""
    return repr(values).replace(" ", NO_BREAK)


def listed(items: Iterable[str], array: str) -> str:
    """Return an array of what is already written, of several lines where it is long."""
    whole = f"{array}([{', '.join(items)}])"
    if len(whole) < WIDTH - 20:
        return whole.replace(NO_BREAK, " ")
    inner = whole.removeprefix(f"{array}([").removesuffix("])")
    return f"{array}([\n{_block(inner)}\n])".replace(NO_BREAK, " ")


def mapping(pairs: Iterable[tuple[int, Any]]) -> str:
    """Return a dictionary of several lines, where it is long."""
    items = [f"{key}: {value!r}" for key, value in pairs]
    inner = ", ".join(items)
    return f"{{{inner}}}" if len(inner) < WIDTH - 20 else f"{{\n{_block(inner)}\n}}"


def _block(text: str) -> str:
    return fill(text, WIDTH, initial_indent="    ", subsequent_indent="    ", break_long_words=False)
