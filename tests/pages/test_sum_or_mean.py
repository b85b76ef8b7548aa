from typing import Any

import numpy as np
import pytest

from core.datasets import DATASETS
from core.learning_rate import limits
from pages.frame.runs import run_of
from pages.settings.table import Settings, complete
from tests.pages.visit import Visit

WITH_A_BIAS = pytest.mark.parametrize("dataset", ["celsius", "noisy-thermometer", "tips"])
EVERY_PAGE = pytest.mark.parametrize("page", ["train", "learning_rate", "loss_surface"])


def flip(visit: Visit, name: str) -> Visit:
    """Turn a switch."""
    toggle: Any = visit.app.toggle(name)
    toggle.set_value(not toggle.value)
    return visit._run()


@WITH_A_BIAS
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 1.1])
def test_the_sum_with_the_rate_divided_by_the_number_of_samples_is_the_run_of_the_mean(
    dataset: str, share: float
) -> None:
    made = DATASETS[dataset]()
    rate = share * limits(made).stable
    mean = run_of(Settings(dataset=dataset, learning_rate=rate, iterations=500))
    summed = run_of(Settings(dataset=dataset, learning_rate=rate / made.n_samples, iterations=500, summed=True))
    largest = float(np.abs(mean.history.bias).max() + np.abs(mean.history.weights).max())
    assert summed.history.weights == pytest.approx(mean.history.weights, rel=1e-9, abs=1e-9 * largest)
    assert summed.history.bias == pytest.approx(mean.history.bias, rel=1e-9, abs=1e-9 * largest)


def test_the_article_s_sum_at_a_millionth_gives_its_published_numbers() -> None:
    history = run_of(Settings(learning_rate=1e-6, summed=True)).history
    assert history.weights[-1, 0] == pytest.approx(1.7974385149673768, rel=1e-11)
    assert history.bias[-1] == pytest.approx(27.73512588225364, rel=1e-11)


@WITH_A_BIAS
def test_the_limits_of_the_sum_are_divided_by_the_number_of_samples(dataset: str) -> None:
    made = DATASETS[dataset]()
    found = run_of(Settings(dataset=dataset, summed=True)).limits
    assert found.stable == pytest.approx(limits(made).stable / made.n_samples, rel=1e-12)


@WITH_A_BIAS
def test_without_a_rate_of_one_s_own_the_sum_shows_the_same_run(dataset: str) -> None:
    mean, summed = (run_of(Settings(dataset=dataset, summed=summed)) for summed in (False, True))
    assert summed.history.loss == pytest.approx(mean.history.loss, rel=1e-9)


def test_for_a_single_sample_sum_and_mean_are_the_same() -> None:
    mean, summed = (run_of(Settings(dataset="weighted-sum", summed=summed)) for summed in (False, True))
    assert summed.history.weights.tolist() == mean.history.weights.tolist()


@EVERY_PAGE
def test_the_sum_switch_changes_the_address(page: str) -> None:
    assert flip(Visit(page), "summed").address == {"summed": "on"}


def test_the_sum_switch_divides_the_rate_by_the_number_of_samples() -> None:
    visit = flip(Visit("train", learning_rate="0.001"), "summed")
    assert visit.settings.learning_rate == pytest.approx(1e-5, rel=1e-12)


def test_the_sum_switch_shows_the_data_set_s_own_rate_divided_by_the_number_of_samples() -> None:
    visit = flip(Visit("train"), "summed")
    assert complete(visit.settings).learning_rate == pytest.approx(1e-6, rel=1e-12)


def test_the_sum_switch_leaves_the_pictures_as_they_are() -> None:
    visit = Visit("train", learning_rate="0.001", iterations="50")
    before = visit.player["figures"][1]["data"][0]["y"]
    assert flip(visit, "summed").player["figures"][1]["data"][0]["y"] == pytest.approx(before, rel=1e-9)


def test_the_sum_switch_there_and_back_is_the_same_run_again() -> None:
    visit = flip(flip(Visit("train", learning_rate="0.001"), "summed"), "summed")
    assert visit.settings.learning_rate == pytest.approx(0.001, rel=1e-12)
    assert visit.settings.summed is False


def test_the_sum_switch_there_and_back_leaves_the_same_address() -> None:
    visit = flip(flip(Visit("train", learning_rate="0.0003"), "summed"), "summed")
    assert visit.address == {"learning_rate": "0.0003"}


@EVERY_PAGE
def test_the_standardise_switch_changes_the_address(page: str) -> None:
    assert flip(Visit(page), "standardise").address == {"standardise": "on"}


def test_the_standardise_switch_brings_a_rate_and_iterations_that_suit_it() -> None:
    used = complete(flip(Visit("train"), "standardise").settings)
    assert (used.learning_rate, used.iterations) == (0.1, 100)


@WITH_A_BIAS
def test_the_standardise_switch_changes_the_limit_to_1(dataset: str) -> None:
    assert run_of(flip(Visit("train", dataset=dataset), "standardise").settings).limits.stable == pytest.approx(1.0)


@WITH_A_BIAS
def test_a_standardised_run_starts_with_the_same_loss(dataset: str) -> None:
    plain, standardised = (run_of(Settings(dataset=dataset, standardise=on)) for on in (False, True))
    assert standardised.history.loss[0] == pytest.approx(plain.history.loss[0], rel=1e-10)


@WITH_A_BIAS
def test_a_standardised_run_can_reach_the_same_least_loss(dataset: str) -> None:
    plain, standardised = (run_of(Settings(dataset=dataset, standardise=on)) for on in (False, True))
    assert standardised.best_loss == pytest.approx(plain.best_loss, rel=1e-10, abs=1e-12)


def test_a_standardised_run_also_shows_its_parameters_in_original_units() -> None:
    captions = [markdown.value for markdown in Visit("train", standardise="on", learning_rate="0.5").app.markdown]
    assert "In original units: weight 1.8, bias 32." in captions


def test_a_run_that_is_not_standardised_has_no_other_units() -> None:
    assert [caption.value for caption in Visit("train").app.caption if "original" in caption.value] == []


@pytest.mark.parametrize("name", ["standardise", "summed"])
def test_a_switch_survives_a_change_of_page(name: str) -> None:
    visit = flip(Visit("train"), name).go("loss_surface").go("learning_rate").go("train")
    assert visit.address == {name: "on"}
    assert visit.app.toggle(name).value is True


@pytest.mark.parametrize("name", ["standardise", "summed"])
def test_another_data_set_turns_a_switch_off(name: str) -> None:
    assert flip(Visit("train"), name).pick("dataset", "tips").address == {"dataset": "tips"}


def test_both_switches_together_have_the_limit_of_one_in_the_number_of_samples() -> None:
    visit = flip(flip(Visit("train"), "standardise"), "summed")
    assert run_of(visit.settings).limits.stable == pytest.approx(0.01, rel=1e-12)


@EVERY_PAGE
def test_the_weighted_sum_has_neither_switch(page: str) -> None:
    assert len(Visit(page, dataset="weighted-sum").app.toggle) == 0


def test_reset_turns_both_switches_off() -> None:
    assert Visit("train", standardise="on", summed="on").press("reset").address == {}


@EVERY_PAGE
@pytest.mark.parametrize("field", ["learning_rate", "iterations", "weights", "bias"])
def test_every_field_keeps_its_text_on_the_next_page(page: str, field: str) -> None:
    visit = Visit("train", learning_rate="0.0008", iterations="321", weights="3", bias="4")
    expected = visit.field(field)
    assert visit.go("about").go(page).field(field) == expected


@pytest.mark.parametrize("field", ["learning_rate", "iterations", "weights", "bias"])
def test_every_field_keeps_its_text_from_train_to_the_loss_surface(field: str) -> None:
    visit = Visit("train", learning_rate="0.0008", iterations="321", weights="3", bias="4")
    expected = visit.field(field)
    assert visit.go("loss_surface").field(field) == expected


def test_the_learning_rate_slider_stands_where_it_stood_on_the_next_page() -> None:
    visit = Visit("train", learning_rate="0.0008")
    assert visit.go("loss_surface").slider("learning_rate").value == 0.0008
