import pytest

from core.data.builtin import DATASETS
from pages.settings.data import experiment_of
from tests.pages.known import known_of
from tests.pages.visit import Visit

WITH_A_BIAS = pytest.mark.parametrize("dataset", ["celsius", "noisy-thermometer", "tips"])
PAGES_OF_RUNS = ["train", "learning_rate", "loss_surface"]


@pytest.mark.parametrize("page", PAGES_OF_RUNS)
@pytest.mark.parametrize("name", ["standardise", "summed"])
def test_a_switch_changes_the_address_survives_a_change_of_page_and_is_turned_back(page: str, name: str) -> None:
    visit = Visit(page).flip(name)
    for other in (*PAGES_OF_RUNS, page):
        assert visit.go(other).address == {name: "on"}
        assert visit.app.toggle(name).value is True
    assert visit.flip(name).address == {}


@pytest.mark.parametrize("name", ["standardise", "summed"])
def test_another_data_set_and_reset_turn_a_switch_off(name: str) -> None:
    assert Visit("train").flip(name).pick("dataset", "tips").address == {"dataset": "tips"}
    assert Visit("train").flip(name).press("reset").address == {}


@WITH_A_BIAS
def test_the_sum_switch_divides_the_data_set_s_own_rate_and_its_limits_by_the_number_of_samples(dataset: str) -> None:
    visit, n = Visit("train", dataset=dataset), DATASETS[dataset]().n_samples
    rate, limits = visit.settings.rate, known_of(visit.settings).limits
    summed = visit.flip("summed").settings
    assert summed.rate == pytest.approx(rate / n, rel=1e-12)
    assert known_of(summed).limits.stable == pytest.approx(limits.stable / n, rel=1e-12)


@pytest.mark.parametrize("rate", ["0.001", "0.0003"])
def test_the_sum_switch_leaves_the_run_as_it_is_and_a_chosen_rate_the_same_when_turned_back(rate: str) -> None:
    visit = Visit("train", learning_rate=rate, iterations="50")
    before, address = visit.player["figures"][1]["data"][0]["y"], visit.address
    visit.flip("summed")
    assert visit.settings.rate == pytest.approx(float(rate) / 100, rel=1e-12)
    assert visit.player["figures"][1]["data"][0]["y"] == pytest.approx(before, rel=1e-9)
    assert visit.flip("summed").address == address


@WITH_A_BIAS
def test_the_standardise_switch_brings_a_round_valley_with_a_rate_and_iterations_that_suit_it(dataset: str) -> None:
    visit = Visit("train", dataset=dataset, learning_rate="0.00001", iterations="7")
    plain = known_of(visit.settings).best_loss
    used = visit.flip("standardise").settings
    assert (used.rate, used.iterations) == (0.1, 100)
    assert known_of(used).limits.stable == pytest.approx(1.0)
    assert known_of(used).best_loss == pytest.approx(plain, rel=1e-10, abs=1e-12)


def test_both_switches_together_have_the_limit_of_one_in_the_number_of_samples() -> None:
    visit = Visit("train").flip("standardise").flip("summed")
    assert known_of(visit.settings).limits.stable == pytest.approx(0.01, rel=1e-12)


@WITH_A_BIAS
def test_a_standardised_run_starts_with_the_same_line(dataset: str) -> None:
    plain = Visit("train", dataset=dataset, weights="2", bias="-3")
    before = plain.trace(1, "loss")["y"][0]
    assert plain.flip("standardise").trace(1, "loss")["y"][0] == pytest.approx(before, rel=1e-10)


def test_only_a_standardised_run_also_tells_its_parameters_in_original_units() -> None:
    said = Visit("train", standardise="on", learning_rate="0.5").texts
    assert "In original units: weight 1.8, bias 32." in said
    for address in ({}, {"dataset": "weighted-sum", "standardise": "on"}):
        assert [text for text in Visit("train", **address).texts if "original units" in text] == []


def test_the_weighted_sum_has_neither_switch_and_the_same_run_whatever_a_link_says() -> None:
    expected = experiment_of(Visit("train", dataset="weighted-sum").settings)
    for page in PAGES_OF_RUNS:
        visit = Visit(page, dataset="weighted-sum", standardise="on", summed="on")
        assert {switch.key for switch in visit.app.toggle} <= {"trail", "valley"}
        assert experiment_of(visit.settings) == expected


def test_every_field_and_slider_of_a_run_keeps_its_value_on_the_next_page() -> None:
    visit = Visit("train", learning_rate="0.0008", iterations="321", weights="3", bias="4")
    names = ("learning_rate", "iterations", "weights", "bias")
    expected = [visit.field(name) for name in names]
    for page in PAGES_OF_RUNS:
        visit.go("about").go(page)
        assert [visit.field(name) for name in names] == expected
        assert visit.dial["rate"] == 0.0008
    for page in PAGES_OF_RUNS:
        visit.go(page)
        assert [visit.field(name) for name in names] == expected
