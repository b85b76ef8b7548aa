"""How a part of the step is written: passages of words and formulas, with the numbers of one step and one sample."""

from dataclasses import dataclass
from functools import cached_property

from core.checks import Array
from core.data.dataset import Dataset
from core.lesson.hidden import HiddenLayer, hidden_layer
from core.lesson.step import Step
from core.losses import CrossEntropy, Loss
from telling.latex import latex_number, long_sum


@dataclass(frozen=True)
class Passage:
    """What is said in words, the lines of LaTeX that follow, and an HTML table after them."""

    words: str
    lines: list[str]
    table: str = ""


@dataclass(frozen=True)
class Part:
    """A part of the step: its title and its passages."""

    title: str
    passages: list[Passage]

    @property
    def lines(self) -> list[str]:
        """All lines of LaTeX."""
        return [line for passage in self.passages for line in passage.lines]


@dataclass(frozen=True, eq=False)
class Written:
    """A step and how it is written: for which sample, with how many digits, and whether a part stands alone.

    `sample` is a place, counted from 0, among the samples that the step sees.
    """

    step: Step
    sample: int
    digits: int
    alone: bool = False

    @property
    def data(self) -> Dataset:
        return self.step.experiment.data

    @property
    def loss(self) -> Loss:
        return self.step.experiment.loss

    @property
    def n_samples(self) -> int:
        """How many samples the step sees."""
        return len(self.step.targets)

    @property
    def says_probability(self) -> bool:
        return isinstance(self.loss, CrossEntropy)

    @cached_property
    def hidden(self) -> HiddenLayer | None:
        return hidden_layer(self.step)

    def result(self, value: float) -> str:
        """Write a number on its own, rounded by the one rule."""
        return latex_number(float(value), self.digits)

    def term(self, value: float) -> str:
        """Write a number for the middle of a formula: a negative one in brackets."""
        return f"({self.result(value)})" if value < 0 else self.result(value)

    def square(self, value: float) -> str:
        """Write a number squared: a negative one, or one with a power of ten, in brackets."""
        text = self.result(value)
        return f"({text})^2" if value < 0 or "^" in text else f"{text}^2"

    def product(self, *factors: float) -> str:
        """Write a product of numbers."""
        return r" \cdot ".join(map(self.term, factors))

    def sum_of(self, *columns: Array) -> str:
        """Write a sum over the samples: of numbers, or of products of the columns, (n_samples,) each."""
        return long_sum(self.n_samples, lambda i: self.product(*(column[i] for column in columns)))


def both(left: str, formula: str, filled: str, result: str) -> list[str]:
    """Return two lines: the formula, and the same with numbers and its result."""
    return [f"{left} = {formula}", f"{left} = {filled} = {result}"]
