"""Data of a person's own: checked where they enter, small enough to be a key, and made a data set like any other."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from core.data.dataset import Dataset
from core.losses import CrossEntropy, SquaredError
from core.neuron import Neuron
from core.optimisers import DESCENT
from core.theory.in_force import fixed_limits
from core.theory.quadratic import quadratic

NAME = "Your data"
LONGEST_NAME = 24
MOST_FEATURES, MOST_ROWS = 8, 2000
LARGEST = 1e100
"""Data end here, so that their squares are still numbers."""
SHARE_OF_LIMIT = 0.45
FEWEST_ITERATIONS, MOST_ITERATIONS = 100, 10_000
ITERATIONS_NEEDED = 5
"""Times the condition number: then one percent is left of the error that is slowest to go."""
HOPELESS = 1000
"""From this condition number on plain descent takes more steps than anybody wants to wait for."""
FOREIGN = re.compile(r"[^\w.°/()²³−-]|_|\.(?=[^\W\d_])")
"""What no name keeps; a full stop before a letter makes a link of www.example.com in Markdown."""
LEADING = re.compile(r"^(?:(?!−\d)\W)+")


def safe_name(text: str, otherwise: str) -> str:
    """Return a foreign text as a name that no language of markup, formulas or programs takes for its own.

    Of letters, digits, blanks and .°/()-−²³ it keeps 24 characters from the first letter, digit or negative number
    on; all else becomes a blank. Where nothing is left it is `otherwise`.
    """
    plain = FOREIGN.sub(" ", unicodedata.normalize("NFC", text[: 10 * LONGEST_NAME]))
    plain = LEADING.sub("", " ".join(plain.split()))
    return plain[:LONGEST_NAME].strip() or otherwise


def safe_names(texts: Iterable[str], otherwise: str = "x") -> tuple[str, ...]:
    """Return safe names, all different: a nameless one is x and its number, a second one of a name has a 2."""
    found: dict[str, None] = {}
    for k, text in enumerate(texts, start=1):
        found[_unlike(found, safe_name(text, f"{otherwise}{k}"))] = None
    return tuple(found)


def _unlike(found: Iterable[str], name: str) -> str:
    taken, number, new = set(found), 1, name
    while new in taken:
        number += 1
        new = f"{name[: LONGEST_NAME - len(str(number)) - 1].strip()} {number}"
    return new


@dataclass(frozen=True)
class OwnData:
    """Rows of numbers, the target last, and what the columns are called.

    `names` (n_features + 1,) and `rows` (n_samples, n_features + 1): 2 to 2000 rows and 1 to 8 features, no number
    beyond 1e100. Where `class_names` are given the targets are 0 and 1. Raises ValueError where this does not hold, or
    a name is no safe one.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[float, ...], ...]
    class_names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.names != safe_names(self.names) or self.class_names != safe_names(self.class_names):
            raise ValueError("names must be safe and different")
        if not 2 <= len(self.names) <= MOST_FEATURES + 1 or not 2 <= len(self.rows) <= MOST_ROWS:
            raise ValueError("there must be 1 to 8 features, and 2 to 2000 rows")
        if any(len(row) != len(self.names) or not all(abs(v) <= LARGEST for v in row) for row in self.rows):
            raise ValueError("all rows must be of one length, and their numbers not beyond 1e100")
        if self.class_names and (len(self.class_names) != 2 or not {row[-1] for row in self.rows} <= {0.0, 1.0}):
            raise ValueError("of two classes the targets must be 0 and 1")

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.names, self.rows, self.class_names))


STARTER = OwnData(("x", "y"), ((1.0, 2.1), (2.0, 3.9), (3.0, 6.2), (4.0, 7.8), (5.0, 10.1)))
"""Five points nearly on a line, for whoever has none yet."""


def own_dataset(own: OwnData = STARTER) -> Dataset:
    """Return the data as a data set, with a start of zeros and a learning rate and iterations that suit it."""
    table = np.array(own.rows)
    made = Dataset(
        name=NAME,
        inputs=table[:, :-1],
        targets=table[:, -1],
        input_names=own.names[:-1],
        input_unit="",
        target_name=own.names[-1],
        target_unit="",
        start=np.zeros(table.shape[1]),
        learning_rate=0.1,
        iterations=FEWEST_ITERATIONS,
        class_names=own.class_names,
    )
    return _begun(made)


def _begun(data: Dataset) -> Dataset:
    """Return the data with a round learning rate at 0.45 of the stable limit, and iterations that get somewhere."""
    limits = fixed_limits(data, Neuron(), CrossEntropy() if data.has_classes else SquaredError(), DESCENT)
    rate = float(f"{SHARE_OF_LIMIT * limits.stable:.2g}") if limits else data.learning_rate
    needed = min(max(ITERATIONS_NEEDED * quadratic(data).condition_number, FEWEST_ITERATIONS), MOST_ITERATIONS)
    return replace(data, learning_rate=rate, iterations=int(float(f"{needed:.1g}")))
