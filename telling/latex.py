"""Numbers, names and sums as LaTeX writes them, in the notation of the language."""

import math
from collections.abc import Callable

from core.data.dataset import Dataset
from wording import number

SHOWN_TERMS = 2
"""Terms of a long sum that are written out at either end."""
PLAIN = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def latex_number(value: float, digits: int) -> str:
    """Write a number rounded to `digits` significant digits; what is no number as a word."""
    if not math.isfinite(value):
        return word(number(value))
    mantissa, _times, power = number(value, digits).replace("−", "-").replace(",", "{,}").partition(" × 10")
    return rf"{mantissa} \cdot 10^{{{power.translate(PLAIN)}}}" if power else mantissa


def word(text: str) -> str:
    """Set words, not letters, into a formula."""
    return rf"\text{{{text}}}"


def slope_of(value: str, over: str) -> str:
    """Write the derivative of a word over a word or a letter."""
    gap = r"\," if over.startswith("\\") else " "
    return rf"\frac{{\partial\,{value}}}{{\partial{gap}{over}}}"


def symbols(data: Dataset) -> list[str]:
    """Return what formulas call the parameters: w (or w_1, w_2, ...), then b where there is a bias."""
    return [*numbered("w", data.n_features), *(["b"] if data.has_bias else [])]


def weight_into(feature: int, neuron: int | str) -> str:
    """Return what formulas call the weight of a feature, counted from 1, into a hidden neuron: a number or a letter."""
    return rf"w_{{{feature} \to {neuron}}}"


def of_neuron(letter: str, neuron: int | str) -> str:
    """Return what formulas call something of a hidden neuron: its bias b, sum z, value h or weight v."""
    return f"{letter}_{{{neuron}}}"


def numbered(letter: str, count: int) -> list[str]:
    """Return a letter for each of so many things: x, or x_1, x_2, ..."""
    return [letter] if count == 1 else [f"{letter}_{j}" for j in range(1, count + 1)]


def long_sum(n_terms: int, term: Callable[[int], str]) -> str:
    """Join the terms of a sum, counted from 0, with dots in place of the middle of a long one; only these are made."""
    if n_terms <= 2 * SHOWN_TERMS + 1:
        return " + ".join(map(term, range(n_terms)))
    first, last = map(term, range(SHOWN_TERMS)), map(term, range(n_terms - SHOWN_TERMS, n_terms))
    return " + ".join([*first, r"\dots", *last])
