from dataclasses import FrozenInstanceError

import numpy as np
import plotly.data
import pytest

from core.checks import Array
from core.data.builtin import DATASETS
from core.data.dataset import Dataset
from core.data.more import MORE_DATASETS, RECIPES, Recipe, hours, iris

ALL = [make() for make in MORE_DATASETS.values()]
SLUGS = ["sine", "step", "hours", "iris", "two-clouds", "xor", "circles", "moons", "spirals"]


def after_logistic_regression(data: Dataset) -> Array:
    """The parameters of one neuron after plain gradient descent on the mean cross-entropy."""
    inputs, parameters = np.column_stack([data.inputs, np.ones(data.n_samples)]), data.start
    for _ in range(data.iterations):
        probabilities = 1 / (1 + np.exp(-inputs @ parameters))
        parameters = parameters - data.learning_rate * inputs.T @ (probabilities - data.targets) / data.n_samples
    return parameters


def test_the_slugs_and_their_order_are_stable() -> None:
    assert list(MORE_DATASETS) == SLUGS


def test_no_slug_and_no_name_is_taken_twice() -> None:
    assert not set(MORE_DATASETS) & set(DATASETS)
    assert len({data.name for data in ALL}) == len(ALL)


def test_every_data_set_fits_together() -> None:
    for data in ALL:
        assert data.inputs.shape == (data.n_samples, data.n_features)
        assert len(data.input_names) == data.n_features
        assert data.start.tolist() == [0.0] * (data.n_features + 1)


def test_every_data_set_is_the_same_each_time_it_is_made() -> None:
    assert [make() for make in MORE_DATASETS.values()] == ALL


def test_every_default_learning_rate_settles_with_cross_entropy_for_classes_and_squared_error_for_curves() -> None:
    for data in ALL:
        inputs = np.column_stack([data.inputs, np.ones(data.n_samples)])
        largest = np.linalg.eigvalsh(inputs.T @ inputs / data.n_samples)[-1]
        curvature = largest / 4 if data.has_classes else 2 * largest
        assert 0 < data.learning_rate < 2 / curvature


def test_two_class_names_come_with_targets_of_0_and_1() -> None:
    for data in ALL[2:]:
        assert len(data.class_names) == 2
        assert set(data.targets.tolist()) == {0.0, 1.0}


def test_only_the_curves_have_no_classes() -> None:
    assert [data.has_classes for data in ALL] == [False] * 2 + [True] * 7


def test_hours_is_wikipedia_s_20_students() -> None:
    assert hours().inputs[:, 0].sum() == 55.75
    assert hours().inputs[hours().targets == 1, 0].tolist() == [1.75, 2.25, 2.75, 3.25, 4, 4.25, 4.5, 4.75, 5, 5.5]
    assert hours().inputs[hours().targets == 0, 0].tolist() == [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5]


def test_logistic_regression_on_hours_arrives_where_wikipedia_s_does() -> None:
    assert after_logistic_regression(hours()) == pytest.approx([1.5046, -4.0777], rel=1e-3)


def test_iris_equals_the_two_species_shipped_with_plotly() -> None:
    published = plotly.data.iris().query("species != 'setosa'")
    assert np.array_equal(iris().inputs, published[["petal_length", "petal_width"]].to_numpy())
    assert [iris().class_names[int(number)] for number in iris().targets] == published["species"].tolist()


def test_iris_is_50_flowers_of_each_species() -> None:
    assert iris().inputs.shape == (100, 2)
    assert iris().targets.sum() == 50


def test_logistic_regression_on_iris_tells_95_of_100_flowers_apart() -> None:
    *weights, bias = after_logistic_regression(iris())
    assert np.sum((iris().inputs @ weights + bias > 0) == iris().targets) == 95


def test_every_data_set_has_a_recipe_for_a_network() -> None:
    assert list(RECIPES) == SLUGS


def test_curves_are_learnt_by_descent_and_classes_with_adam() -> None:
    assert [RECIPES[slug].optimiser for slug in SLUGS] == ["descent"] * 2 + ["adam"] * 7


def test_spirals_need_the_largest_network() -> None:
    assert RECIPES["spirals"] == Recipe(16, 0.05, 500, "adam")
    assert max(recipe.n_hidden for slug, recipe in RECIPES.items() if slug != "spirals") == 8


def test_a_recipe_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        RECIPES["xor"].n_hidden = 9  # type: ignore[misc]
