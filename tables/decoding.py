"""A file's bytes as text: what is no text at all is told by its first bytes."""

from tables.notes import UnreadableError
from wording import N_

MOST_BYTES = 8 * 2**20
KINDS = {
    b"PK\x03\x04": N_("This is an Excel or zip file. Save the sheet as CSV in your spreadsheet, and bring that."),
    b"\xd0\xcf\x11\xe0": N_("This is an old Excel file. Save the sheet as CSV in your spreadsheet, and bring that."),
    b"%PDF": N_("This is a PDF. Copy the table out of it, and paste it here."),
    b"\x89PNG": N_("This is a picture. A table is needed: a CSV file, or cells copied from a spreadsheet."),
    b"\xff\xd8\xff": N_("This is a picture. A table is needed: a CSV file, or cells copied from a spreadsheet."),
    b"GIF8": N_("This is a picture. A table is needed: a CSV file, or cells copied from a spreadsheet."),
    b"\x1f\x8b": N_("This file is compressed. Unpack it, and bring the CSV file in it."),
}
"""How files begin that people take for tables, and what to do with them."""
WIDE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
CONTROLS = {*range(32)} - {9, 10, 12, 13}
LOOKED_AT = 4096


def text_of(content: bytes) -> str:
    """Return the text: UTF-8, UTF-16 with its mark, or else Windows-1254, which has the letters of 1252 and Turkish.

    Raises UnreadableError where it is none, is empty, or is larger than 8 MB.
    """
    if len(content) > MOST_BYTES:
        raise UnreadableError(N_("The file is larger than {most} MB."), most=MOST_BYTES / 2**20)
    for beginning, text in KINDS.items():
        if content.startswith(beginning):
            raise UnreadableError(text)
    encoding = WIDE.get(content[:2])
    if not encoding and CONTROLS & {*content[:LOOKED_AT]}:
        raise UnreadableError(N_("This is no text. A table is needed: a CSV file, or cells copied from a spreadsheet."))
    text = content.decode(encoding, "replace") if encoding else _narrow(content)
    if not text.strip("\ufeff \t\r\n,;"):
        raise UnreadableError(N_("There is nothing in it."))
    return text.removeprefix("\ufeff")


def _narrow(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("windows-1254", "replace")
