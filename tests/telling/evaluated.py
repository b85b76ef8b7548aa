"""What a line of LaTeX comes to when its numbers are worked out."""

import math
import re
from collections.abc import Iterable
from typing import Any

SIGNS = {
    "{,}": "",
    r"\left": "",
    r"\right": "",
    r"\,": "",
    r"\cdot": "*",
    r"\frac{": "frac(",
    r"\sqrt{": "sqrt(",
    r"\tanh": "tanh",
    r"\max": "max",
    r"\ln": "log",
    "^": "**",
    "}{": ",",
    "{": "(",
    "}": ")",
    "[": "(",
    "]": ")",
}
KNOWN: dict[str, Any] = {
    **{"frac": lambda a, b: a / b, "sqrt": math.sqrt, "tanh": math.tanh, "max": max, "log": math.log, "e": math.e},
    "__builtins__": {},
}


def value_of(latex: str) -> float | None:
    """What a side of an equation comes to; None where letters stand in it, or dots, or cases."""
    for sign, python in SIGNS.items():
        latex = latex.replace(sign, python)
    expression = re.sub(r"(?<=[\d)])\s+(?=\()", "*", latex.strip())  # 2 (x - y) and 2 [ x ] are products
    try:
        return float(eval(expression, dict(KNOWN)))
    except (NameError, SyntaxError):
        return None


def values_by_name(lines: Iterable[str]) -> dict[str, list[float]]:
    """All that is said, in numbers, of each left side of these equations."""
    found: dict[str, list[float]] = {}
    for line in lines:
        left, *sides = line.split(" = ")
        found.setdefault(left, []).extend(value for side in sides if (value := value_of(side)) is not None)
    return found
