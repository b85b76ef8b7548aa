"""Numbers as the language spoken writes them."""

import math
from collections.abc import Callable

from wording.translation import _, language

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
    texts = ((write(value, d), write(other, d)) for d in range(digits, 17))
    return next((text for text, others in texts if text != others), write(value, digits))


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _decimals(text: str) -> str:
    text = text.replace("-", "−")
    return text.translate(SWAPPED) if SEPARATORS[language()][0] == "," else text
