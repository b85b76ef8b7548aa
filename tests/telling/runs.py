"""Runs to speak of, each trained once; and what stands in a table."""

import re
from functools import cache
from typing import Any

from core.data.builtin import DATASETS, weighted_sum
from core.data.standardising import standardise
from core.experiment import Experiment
from core.lesson.suspects import SuspectNeuron
from core.losses import SquaredError
from core.training import History, train


@cache
def run(
    dataset: str = "celsius",
    *,
    features: tuple[float, ...] = (),
    standardised: bool = False,
    summed: bool = False,
    suspect: str = "",
    **chosen: Any,
) -> History:
    """A run on a data set, with its own start, learning rate and iterations where no others are chosen."""
    data = weighted_sum(features) if features else DATASETS[dataset]()
    data = standardise(data) if standardised else data
    if summed:
        chosen = {"learning_rate": data.learning_rate / data.n_samples, **chosen, "loss": SquaredError(summed=True)}
    if suspect:  # its runs have no theory
        chosen["model"] = SuspectNeuron(data.has_bias, suspect)
    return train(Experiment.on(data, **chosen))


def cells(html: str, tag: str = "td") -> list[str]:
    """What stands in the cells of a table, one after the other."""
    return re.findall(rf"<{tag}(?: [^>]*)?>(.*?)</{tag}>", html)


def rows(html: str) -> list[list[str]]:
    """The cells of a table, row by row, without its header."""
    return [cells(row) for row in re.findall(r"<tr>(.*?)</tr>", html.split("<tbody>")[1])]
