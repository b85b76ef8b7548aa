"""Every visible word goes through here: translation, and numbers as the language writes and reads them."""

from wording.numbers import SEPARATORS, SUPERSCRIPTS, exact, number, percent, unlike
from wording.translation import CATALOGUES, LANGUAGES, N_, AsGiven, _, catalogue, language, speak
from wording.typed import AmbiguousNumberError, parse_number, parse_numbers

__all__ = [
    "CATALOGUES",
    "LANGUAGES",
    "N_",
    "SEPARATORS",
    "SUPERSCRIPTS",
    "AmbiguousNumberError",
    "AsGiven",
    "_",
    "catalogue",
    "exact",
    "language",
    "number",
    "parse_number",
    "parse_numbers",
    "percent",
    "speak",
    "unlike",
]
