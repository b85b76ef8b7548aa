"""Further data sets, curves and classes: two real ones, all of them by slug, and how a network begins on each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from core.checks import Array
from core.data.clouds import circles, moons, spirals, two_clouds, xor
from core.data.curves import sine, step
from core.data.dataset import Dataset

HOURS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 1.75, 2, 2.25, 2.5, 2.75, 3, 3.25, 3.5, 4, 4.25, 4.5, 4.75, 5, 5.5]
PASSED = [0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1]


def hours() -> Dataset:
    """How many hours 20 students studied, and who of them passed the exam.

    Logistic regression finds the weight 1.5046 per hour and the bias -4.0777. Source: the worked example of Wikipedia's
    article "Logistic regression".
    """
    return Dataset(
        name="Hours studied, and passed",
        inputs=np.array(HOURS)[:, np.newaxis],
        targets=np.array(PASSED),
        input_names=("Hours",),
        input_unit="h",
        target_name="Passed",
        target_unit="",
        start=np.zeros(2),
        learning_rate=0.1,
        iterations=5000,
        class_names=("failed", "passed"),
    )


def iris() -> Dataset:
    """Real data: how long and wide the petals of 50 irises of each of two species are, in cm.

    Source: Fisher, R. A. (1936), The use of multiple measurements in taxonomic problems, Annals of Eugenics 7.
    """
    petals, species = _iris_columns()
    return Dataset(
        name="Iris: two species",
        inputs=petals,
        targets=species,
        input_names=("Petal length", "Petal width"),
        input_unit="cm",
        target_name="Species",
        target_unit="",
        start=np.zeros(3),
        learning_rate=0.1,
        iterations=5000,
        class_names=("versicolor", "virginica"),
    )


@cache
def _iris_columns() -> tuple[Array, Array]:
    table = np.loadtxt(Path(__file__).with_name("iris.csv"), delimiter=",", skiprows=1)
    return table[:, :2], table[:, 2]


MORE_DATASETS: Mapping[str, Callable[..., Dataset]] = {
    "sine": sine,
    "step": step,
    "hours": hours,
    "iris": iris,
    "two-clouds": two_clouds,
    "xor": xor,
    "circles": circles,
    "moons": moons,
    "spirals": spirals,
}


@dataclass(frozen=True)
class Recipe:
    """What a network with one hidden layer of tanh neurons begins with.

    `optimiser` is "descent", plain gradient descent, or "adam".
    """

    n_hidden: int
    learning_rate: float
    iterations: int
    optimiser: str


RECIPES: Mapping[str, Recipe] = {
    "sine": Recipe(8, 0.1, 2000, "descent"),
    "step": Recipe(8, 0.1, 2000, "descent"),
    "hours": Recipe(4, 0.05, 500, "adam"),
    "iris": Recipe(8, 0.05, 500, "adam"),
    "two-clouds": Recipe(8, 0.05, 500, "adam"),
    "xor": Recipe(8, 0.05, 500, "adam"),
    "circles": Recipe(8, 0.05, 500, "adam"),
    "moons": Recipe(8, 0.05, 500, "adam"),
    "spirals": Recipe(16, 0.05, 500, "adam"),
}
