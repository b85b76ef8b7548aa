from typing import Any

import numpy as np
import pytest

from core.data.builtin import DATASETS
from core.data.dataset import Dataset
from core.data.more import MORE_DATASETS
from core.schedule import constant
from core.theory.quadratic import theory
from core.training import History, train
from pages.settings import data
from pages.settings.choosing import complete
from pages.settings.data import english_names, experiment_of, original, start, trained
from tests.pages.known import known_of

WITH_A_BIAS = pytest.mark.parametrize("dataset", ["celsius", "noisy-thermometer", "tips"])


def run(**chosen: Any) -> History:
    return train(experiment_of(complete(chosen)))


def test_every_data_set_has_its_own_name() -> None:
    made = {slug: make().name for slug, make in {**DATASETS, **MORE_DATASETS}.items()}
    assert english_names() == {**made, "own": "Your data"}
    assert len(set(english_names().values())) == len(english_names())


def test_features_and_target_make_the_weighted_sum() -> None:
    made = original(complete({"dataset": "weighted-sum", "features": (1.0, 2.0, 3.0, 4.0), "target": 7.0}))
    assert (made.inputs.tolist(), made.targets.tolist()) == ([[1.0, 2.0, 3.0, 4.0]], [7.0])


def test_noise_and_its_seed_make_the_noisy_thermometer() -> None:
    noisy = original(complete({"dataset": "noisy-thermometer", "noise": 2.0, "noise_seed": 5}))
    errors = noisy.targets - original(complete({})).targets
    assert np.allclose(errors, 2 * np.random.default_rng(5).standard_normal(100))


@pytest.mark.parametrize("dataset", ["celsius", "tips"])
def test_options_of_other_data_sets_change_nothing(dataset: str) -> None:
    options = {"dataset": dataset, "noise": 99.0, "noise_seed": 3, "features": (9.0, 9.0, 9.0, 9.0), "target": 9.0}
    assert original(complete(options)) == original(complete({"dataset": dataset}))


@pytest.mark.parametrize("dataset", DATASETS)
def test_a_data_set_and_what_follows_from_it_are_made_once(dataset: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[dict[str, Any]] = []

    def make(**options: Any) -> Dataset:
        made.append(options)
        return DATASETS[dataset](**options)

    monkeypatch.setattr(data, "DATASETS", {dataset: make})
    data._made.cache_clear()
    first, second = (complete({"dataset": dataset, "loss_axis": axis, "bias": 3.0}) for axis in ("linear", "log"))
    assert original(first) is original(second)
    assert trained(first) is trained(second)
    assert known_of(first) is known_of(second)
    assert len(made) == 1


@WITH_A_BIAS
def test_standardised_data_and_their_theory_are_made_once(dataset: str) -> None:
    first, second = (complete({"dataset": dataset, "standardise": True, "bias": bias}) for bias in (1.0, 2.0))
    assert trained(first) is trained(second)
    assert known_of(first) is known_of(second)


@pytest.mark.parametrize("dataset", DATASETS)
def test_the_theory_of_the_settings_is_that_of_their_experiment(dataset: str) -> None:
    settings = complete({"dataset": dataset, "summed": True})
    assert known_of(settings) is theory(experiment_of(settings))


@WITH_A_BIAS
def test_standardised_inputs_have_mean_0_and_deviation_1_and_a_stable_limit_of_1(dataset: str) -> None:
    settings = complete({"dataset": dataset, "standardise": True})
    inputs = trained(settings).inputs
    assert (inputs.mean(), inputs.std()) == pytest.approx((0.0, 1.0), abs=1e-12)
    assert known_of(settings).limits.stable == pytest.approx(1.0, rel=1e-12)


def test_standardising_brings_a_rate_and_iterations_that_suit_it() -> None:
    used = complete({"standardise": True})
    assert (used.rate, used.iterations) == (0.1, 100)


@WITH_A_BIAS
def test_a_typed_start_is_in_the_data_set_s_own_units(dataset: str) -> None:
    settings = complete({"dataset": dataset, "standardise": True, "weights": (3.0,), "bias": -2.0})
    deviation, mean = original(settings).inputs.std(), original(settings).inputs.mean()
    assert start(settings) == pytest.approx([3 * deviation, -2 + 3 * mean], rel=1e-12)


@WITH_A_BIAS
def test_a_standardised_run_starts_with_the_same_loss_and_can_reach_the_same_least_one(dataset: str) -> None:
    plain, standardised = (complete({"dataset": dataset, "standardise": on, "iterations": 1}) for on in (False, True))
    losses = [train(experiment_of(settings)).loss[0] for settings in (plain, standardised)]
    assert losses[1] == pytest.approx(losses[0], rel=1e-10)
    assert known_of(standardised).best_loss == pytest.approx(known_of(plain).best_loss, rel=1e-10, abs=1e-12)


def test_the_experiment_is_the_article_s_when_nothing_is_chosen() -> None:
    history = run()
    assert history.iterations == 10_000
    assert history.weights[-1, 0] == pytest.approx(1.7974385149673768, rel=1e-12)
    assert history.bias[-1] == pytest.approx(27.73512588225364, rel=1e-12)


def test_the_article_s_sum_at_a_millionth_gives_its_published_numbers() -> None:
    history = run(learning_rate=constant(1e-6), summed=True)
    assert history.weights[-1, 0] == pytest.approx(1.7974385149673768, rel=1e-11)
    assert history.bias[-1] == pytest.approx(27.73512588225364, rel=1e-11)


@WITH_A_BIAS
@pytest.mark.parametrize("share", [0.1, 0.9, 1.1])
def test_the_sum_with_the_rate_divided_by_the_number_of_samples_is_the_run_of_the_mean(
    dataset: str, share: float
) -> None:
    settings = complete({"dataset": dataset})
    rate, n = share * known_of(settings).limits.stable, original(settings).n_samples
    mean = run(dataset=dataset, learning_rate=constant(rate), iterations=500).parameters
    summed = run(dataset=dataset, learning_rate=constant(rate / n), iterations=500, summed=True).parameters
    assert summed == pytest.approx(mean, rel=1e-9, abs=1e-9 * float(np.abs(mean).max()))


@WITH_A_BIAS
@pytest.mark.parametrize("standardise", [False, True])
def test_without_a_rate_of_one_s_own_the_sum_is_the_same_run_with_other_limits(dataset: str, standardise: bool) -> None:
    mean, summed = (
        complete({"dataset": dataset, "standardise": standardise, "summed": on, "iterations": 100})
        for on in (False, True)
    )
    n = original(mean).n_samples
    assert summed.rate == pytest.approx(mean.rate / n, rel=1e-12)
    assert known_of(summed).limits.stable == pytest.approx(known_of(mean).limits.stable / n, rel=1e-12)
    losses = [train(experiment_of(settings)).loss for settings in (mean, summed)]
    assert losses[1] == pytest.approx(losses[0], rel=1e-9)


def test_for_a_single_sample_sum_and_mean_are_the_same_experiment() -> None:
    mean, summed = (experiment_of(complete({"dataset": "weighted-sum", "summed": on})) for on in (False, True))
    assert summed == mean


def test_an_experiment_begins_at_the_chosen_start_and_is_as_long_as_chosen() -> None:
    history = run(weights=(3.0,), bias=-2.0, iterations=17)
    assert (history.parameters[0].tolist(), history.iterations) == ([3.0, -2.0], 17)


@pytest.mark.parametrize(
    "beside",
    [
        {"loss_axis": "log"},
        {"rows": (5, 6)},
        {"lang": "tr"},
        {"view": "3d"},
        {"tolerance": 3.0},
        {"learning_rate": constant(1e-4), "iterations": 10_000, "weights": (0.5,), "bias": 0.5},
    ],
)
def test_what_does_not_change_a_run_describes_the_same_experiment(beside: dict[str, Any]) -> None:
    assert experiment_of(complete(beside)) == experiment_of(complete({}))


@pytest.mark.parametrize(
    "change",
    [
        {"learning_rate": constant(1e-3)},
        {"iterations": 51},
        {"weights": (0.6,)},
        {"bias": 0.6},
        {"seed": 0},
        {"summed": True},
        {"standardise": True},
        {"dataset": "noisy-thermometer"},
    ],
)
def test_what_changes_a_run_describes_another_experiment(change: dict[str, Any]) -> None:
    assert experiment_of(complete(change)) != experiment_of(complete({}))


@pytest.mark.parametrize(
    ("dataset", "tolerance"), [("celsius", 0.5), ("noisy-thermometer", 0.5), ("tips", 0.01), ("weighted-sum", 0.1)]
)
def test_each_data_set_has_a_sensible_tolerance(dataset: str, tolerance: float) -> None:
    assert complete({"dataset": dataset}).tolerance == tolerance


def test_a_target_of_nothing_has_a_tolerance_too() -> None:
    assert complete({"dataset": "weighted-sum", "target": 0.0}).tolerance == 0.01


@pytest.mark.parametrize(
    ("dataset", "sample"), [("celsius", 93), ("noisy-thermometer", 93), ("tips", 1), ("weighted-sum", 1)]
)
def test_the_sample_is_the_article_s_with_input_42_or_the_first(dataset: str, sample: int) -> None:
    assert complete({"dataset": dataset}).sample == sample
