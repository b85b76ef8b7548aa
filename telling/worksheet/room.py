"""What a question leaves room for: lines to write on, words to tick, a table and a graph to fill in."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Question:
    """A question, as plain text; and as HTML the room for an answer and the answer itself."""

    text: str
    room: str
    answer: str


def lines(count: int) -> str:
    """Return ruled lines."""
    return '<div class="line"></div>' * count


def blanks(names: Sequence[str]) -> str:
    """Return a row of names, each with room for its value."""
    return f'<div class="blanks">{"".join(f"<span>{escape(name)} =</span>" for name in names)}</div>'


def boxes(words: Sequence[str]) -> str:
    """Return a row of words to tick."""
    return f'<div class="boxes">{"".join(f"<span><i></i>{escape(word)}</span>" for word in words)}</div>'


def row(*parts: str) -> str:
    """Return what stands beside each other."""
    return f'<div class="row">{"".join(parts)}</div>'


def said(text: str) -> str:
    """Return an answer in words."""
    return f"<p>{escape(text)}</p>"


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table with cells as high as a hand writes; an empty one is to be filled in."""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in header)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def picture(svg: str, alt: str, kind: str) -> str:
    """Return a drawing as an image: what st.html shows may hold no drawing of its own."""
    source = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    return f'<img class="{kind}" alt="{escape(alt)}" src="{source}">'
