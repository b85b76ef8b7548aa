import numpy as np
import pytest

from core.datasets import celsius, tips, weighted_sum
from core.learning_rate import exact_fit
from core.neuron import Neuron
from pages.frame.runs import least_loss, parameters, run_of
from pages.settings.table import Settings


def test_a_run_is_the_article_s_when_nothing_is_chosen() -> None:
    run = run_of(Settings())
    assert run.history.iterations == 10_000
    assert run.history.weights[-1, 0] == pytest.approx(1.7974385149673768, rel=1e-12)
    assert run.history.bias[-1] == pytest.approx(27.73512588225364, rel=1e-12)


def test_a_run_begins_at_the_chosen_start() -> None:
    run = run_of(Settings(weights=(3.0,), bias=-2.0, iterations=1))
    assert (run.history.weights[0, 0], run.history.bias[0]) == (3.0, -2.0)


def test_a_run_is_as_long_as_chosen() -> None:
    assert run_of(Settings(iterations=17)).history.iterations == 17


@pytest.mark.parametrize("beside", [{"loss_axis": "log"}, {"rows": (5, 6)}, {"lang": "tr"}])
def test_what_does_not_change_a_run_does_not_train_it_again(beside: dict[str, object]) -> None:
    assert run_of(Settings(iterations=50, **beside)) is run_of(Settings(iterations=50))  # type: ignore[arg-type]


def test_the_data_set_s_own_values_chosen_by_hand_do_not_train_again() -> None:
    by_hand = Settings(learning_rate=1e-4, iterations=10_000, weights=(0.5,), bias=0.5)
    assert run_of(by_hand) is run_of(Settings())


@pytest.mark.parametrize(
    "change", [{"learning_rate": 1e-3}, {"iterations": 51}, {"weights": (0.6,)}, {"bias": 0.6}, {"seed": 0}]
)
def test_what_changes_a_run_trains_it_again(change: dict[str, object]) -> None:
    assert run_of(Settings(**{"iterations": 50, **change})) is not run_of(Settings(iterations=50))  # type: ignore[arg-type]


def test_the_output_of_a_run_is_the_article_s() -> None:
    run = run_of(Settings(dataset="weighted-sum"))
    assert [run.output(i) for i in range(3)] == pytest.approx([0.8, 80.16000000000001, 96.032], rel=1e-12)


def test_the_least_loss_of_the_tips_is_that_of_least_squares() -> None:
    assert least_loss(tips(), exact_fit(tips())) == pytest.approx(1.036019442, rel=1e-9)


@pytest.mark.parametrize("dataset", [celsius(), weighted_sum(), weighted_sum([3.0, 0.1], 1e6)])
def test_the_least_loss_is_zero_where_only_rounding_is_left(dataset: object) -> None:
    assert least_loss(dataset, exact_fit(dataset)) == 0.0  # type: ignore[arg-type]


def test_a_small_loss_that_is_not_rounding_is_kept() -> None:
    assert least_loss(celsius(), Neuron(np.array([1.8]), 32.001)) == pytest.approx(1e-6)


def test_parameters_stand_in_the_order_of_their_names() -> None:
    assert parameters(celsius(), Neuron(np.array([3.0]), 4.0)) == [3.0, 4.0]
    assert parameters(weighted_sum(), Neuron(np.array([1.0, 2.0, 3.0, 4.0]), 0.0)) == [1.0, 2.0, 3.0, 4.0]
