"""The variants of a question: what each of them sets in a run, and what a link that names something keeps."""

from itertools import pairwise
from typing import Any

import pytest

from core.data.builtin import DATASETS
from core.data.more import MORE_DATASETS
from core.lesson.prediction import Kind, question, unsuited
from core.theory.quadratic import quadratic
from core.training import train
from pages.settings.asking import VARIANTS
from pages.settings.choosing import Chosen, complete
from pages.settings.data import experiment_of, limits_of, original
from pages.settings.link import from_address, to_address
from pages.settings.variants import next_number, opened, with_variant

OWN_NUMBER = 7
EVERY_DATASET = pytest.mark.parametrize("dataset", [*DATASETS, *MORE_DATASETS, "own"])


def link(**address: str) -> Chosen:
    chosen, faults = from_address(address)
    assert faults == []
    return opened(chosen, OWN_NUMBER)


def test_variant_0_is_the_run_that_the_link_opens() -> None:
    assert link(predict="loss", learning_rate="0.0003") == {"predict": "loss", "learning_rate": ((0, 0.0003),)}
    assert link(predict="loss", variant="0", learning_rate="0.0003")["learning_rate"] == ((0, 0.0003),)


def test_a_variant_without_a_question_is_none() -> None:
    assert complete(link(variant="3")) == complete({})


@pytest.mark.parametrize("predict", ["line", "loss", "regime", "limit"])
def test_a_variant_is_the_same_for_everybody_and_another_for_the_neighbour(predict: str) -> None:
    first, again, other = (link(predict=predict, variant=variant) for variant in ("5", "5", "6"))
    assert first == again
    assert experiment_of(complete(first)) != experiment_of(complete(other))


@pytest.mark.parametrize("predict", ["line", "loss", "regime", "limit"])
def test_the_number_that_a_session_has_drawn_stands_in_the_address_with_its_numbers(predict: str) -> None:
    chosen = link(predict=predict, variant="own", learning_rate="0.0003", weights="4")
    address = to_address(chosen)
    assert address["variant"] == str(OWN_NUMBER)
    assert link(**address) == chosen == with_variant(chosen, OWN_NUMBER)


def test_what_a_link_names_itself_holds() -> None:
    assert link(predict="regime", variant="3", learning_rate="0.0003")["learning_rate"] == ((0, 0.0003),)
    assert "learning_rate" not in link(predict="line", variant="3", weights="4")


def test_a_line_gets_another_start_that_is_seen_and_the_other_questions_keep_theirs() -> None:
    assert {"weights", "bias", "learning_rate"} <= link(predict="line", variant="3").keys()
    assert not {"weights", "bias"} & link(predict="loss", variant="3").keys()


def test_the_limit_of_a_neighbour_is_another_one() -> None:
    limits = [limits_of(complete(link(predict="limit", variant=str(variant)))) for variant in range(1, 9)]
    stable = [limit.stable for limit in limits if limit]
    assert len(stable) == 8
    assert all(one != other for one, other in pairwise(stable))
    assert len(set(stable)) == 4


def test_where_more_is_open_the_limit_of_a_variant_is_that_of_another_momentum() -> None:
    momenta = [complete(link(predict="limit", more="on", variant=str(k))).momentum for k in range(1, 7)]
    assert len(set(momenta)) == 6
    assert complete(link(predict="limit", more="on", variant="1")).optimiser == "momentum"


def test_the_limit_of_a_weighted_sum_has_other_features() -> None:
    now = complete(link(predict="limit", dataset="weighted-sum", variant="2"))
    assert now.features != (1.0, 1.0, 1.0, 1.0)
    found = limits_of(now)
    assert found is not None
    assert found.stable == pytest.approx(quadratic(original(now)).limits.stable)


def test_there_is_always_a_next_number() -> None:
    assert [next_number(complete({"predict": "loss", "variant": k})) for k in (0, 1, VARIANTS, "own")] == [1, 2, 1, 1]


@EVERY_DATASET
@pytest.mark.parametrize("predict", ["line", "loss", "regime", "limit"])
def test_each_variant_of_each_question_is_a_run_on_every_data_set(dataset: str, predict: str) -> None:
    for variant in (1, 2, 3, VARIANTS):
        now = complete(link(predict=predict, dataset=dataset, variant=str(variant)))
        assert (now.dataset, now.variant) == (dataset, variant)
        experiment = experiment_of(now, iterations=3)
        asked = question(Kind(predict), experiment, variant=variant)
        reason: Any = unsuited(asked, train(experiment))
        assert reason is None or predict != "loss"
