"""What each recipe promises: from any start its network learns the data that it is for."""

from collections import deque

import numpy as np
import pytest

from core.checks import Array
from core.data.more import MORE_DATASETS, RECIPES
from core.experiment import Experiment
from core.losses import MEAN_SQUARED_ERROR, CrossEntropy, accuracy
from core.network import Network
from core.optimisers import OPTIMISERS
from core.schedule import constant
from core.stepping import steps


def learnt(slug: str, seed: int) -> tuple[Array, Array]:
    """What the network of a recipe says in the end from the start of a seed, and what it should say."""
    recipe, data = RECIPES[slug], MORE_DATASETS[slug]()
    model, loss = Network(recipe.n_hidden), CrossEntropy() if data.has_classes else MEAN_SQUARED_ERROR
    start, optimiser = tuple(model.start(data.n_features, seed).tolist()), OPTIMISERS[recipe.optimiser]()
    experiment = Experiment(data, model, start, constant(recipe.learning_rate), recipe.iterations, loss, optimiser)
    ((parameters, _state),) = deque(steps(experiment), maxlen=1)
    return loss.predicted(model.forward(parameters, model.seen(data.inputs))), data.targets


@pytest.mark.parametrize("slug", ["xor", "circles", "moons"])
def test_from_each_of_ten_starts_all_samples_are_told_apart(slug: str) -> None:
    assert [accuracy(*learnt(slug, seed)) for seed in range(10)] == [1.0] * 10


def test_from_each_of_ten_starts_the_spirals_are_told_apart_but_for_the_point_that_they_share() -> None:
    # Both begin in the origin: one of its two samples is always on the wrong side.
    assert [accuracy(*learnt("spirals", seed)) for seed in range(10)] == [0.995] * 10


@pytest.mark.parametrize("slug", ["sine", "step"])
def test_from_each_of_three_starts_a_curve_is_followed(slug: str) -> None:
    for seed in range(3):
        predicted, targets = learnt(slug, seed)
        assert np.mean((predicted - targets) ** 2) < 0.05
