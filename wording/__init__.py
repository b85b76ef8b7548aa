"""Every visible word goes through here: translation, and numbers as the language writes them."""

import gettext
import io
import math
import re
from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = {"en": "English", "tr": "Türkçe"}
CATALOGUES = Path(__file__).parent

_language: ContextVar[str] = ContextVar("language", default="en")


def speak(language: str) -> None:
    """Use `language`, a key of LANGUAGES, for everything this thread says from now on."""
    _language.set(language)


def language() -> str:
    """Return the language spoken at the moment."""
    return _language.get()


def _(message: str) -> str:
    """Return `message`, an English sentence of the source, in the language spoken at the moment."""
    return catalogue(language()).gettext(message) if message else ""


def N_(message: str) -> str:
    """Mark a message that is translated later, where the language is known: return it as it is."""
    return message


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Read and compile the catalogue of a language once; English needs none."""
    path = CATALOGUES / f"{language}.po"
    if not path.exists():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with path.open(encoding="utf-8") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


SEPARATORS = {"en": ".,", "tr": ",."}
"""Decimal and thousands separator of each language, in the notation of Plotly's `layout.separators`."""
SWAPPED = str.maketrans(".,", ",.")
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float, digits: int = 4) -> str:
    """Write a number rounded to `digits` significant digits, in plain notation from 0.00001 to 10 million.

    Whole numbers in that range keep all their digits.
    """
    if not math.isfinite(value):
        return _("no number") if math.isnan(value) else "∞" if value > 0 else "−∞"
    size = abs(value)
    if not size:
        return "0"
    if not 1e-5 <= size < 1e7:
        mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
        return f"{_decimals(_trimmed(mantissa))} × 10{str(int(exponent)).translate(SUPERSCRIPTS)}"
    places = 0 if value == int(value) else max(0, digits - 1 - math.floor(math.log10(size)))
    return _decimals(_trimmed(f"{value:,.{places}f}"))


def exact(value: float) -> str:
    """Write a number with every digit it has, as it would be typed."""
    text = repr(float(value)).removesuffix(".0")
    return text.replace(".", SEPARATORS[language()][0])


def percent(share: float, digits: int = 3) -> str:
    """Write a share of one as a percentage: two significant digits below 10 %, else three, or as many as asked for."""
    value = number(100 * share, digits if share >= 0.1 else digits - 1)
    return f"%{value}" if language() == "tr" else f"{value} %"


def unlike(value: float, other: float, digits: int = 4, write: Callable[[float, int], str] = number) -> str:
    """Write a number with as many digits as it takes to tell it from another one."""
    texts = (write(value, d) for d in range(digits, 17) if write(value, d) != write(other, d))
    return next(texts, write(value, digits))


def parse_number(text: str) -> float:
    """Read one typed number: decimal point or comma, a minus of either kind, scientific notation.

    Raises ValueError where the text is no finite number.
    """
    value = float(text.strip().replace("−", "-").replace(",", "."))
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def parse_numbers(text: str) -> tuple[float, ...]:
    """Read several typed numbers, apart by semicolons, spaces, or commas where these are not decimal ones.

    Raises ValueError where a part is no finite number.
    """
    text = text.strip()
    apart = r"\s*;\s*|,?\s+" if re.search(r"[;\s]", text) else ","
    return tuple(parse_number(part) for part in re.split(apart, text))


def with_points(text: str) -> str:
    """Return numbers typed in the notation of the language with decimal points, and commas between them."""
    if SEPARATORS[language()][0] == ".":
        return text
    parts = re.split(r"\s*;\s*|,?\s+", text.strip())
    return ",".join(part.replace(",", ".") if part.count(",") == 1 else part for part in parts)


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _decimals(text: str) -> str:
    text = text.replace("-", "−")
    return text.translate(SWAPPED) if SEPARATORS[language()][0] == "," else text
