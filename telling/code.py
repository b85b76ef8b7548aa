"""The code of the suspects, as the learner reads it."""

import inspect
import re
from functools import cache

from core.lesson.suspects import SUSPECTS


@cache
def code_of(suspect: str) -> str:
    """Return a suspect's code with a neutral name and without the docstring that gives it away."""
    source = re.sub(r'    """.*?"""\n', "", inspect.getsource(SUSPECTS[suspect].backward), flags=re.DOTALL)
    return re.sub(r"def \w+\(.*", "def backward(inputs, outputs, targets):", source, count=1)
