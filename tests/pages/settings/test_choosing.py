from typing import Any

import pytest
from hypothesis import given

from core.data.builtin import DATASETS
from core.schedule import constant
from pages.settings.choosing import MOVES_THE_BALL, changed, complete, fitting, is_allowed
from pages.settings.kinds import MAX_NUMBER
from pages.settings.link import from_address, to_address
from pages.settings.table import TABLE
from tests.pages.settings.strategies import PROPERTY, changes

RATES = [0.0003, 0.0008, 0.001, 0.0012, 1e-4, 1.1, 5e-324, 0.0]


@given(changes())
@PROPERTY
def test_after_any_change_a_page_can_be_shown_and_linked_to(change: tuple[dict[str, Any], str, Any]) -> None:
    chosen, name, value = change
    after = changed(chosen, **{name: value})
    restored, faults = from_address(to_address(after))
    assert faults == []
    assert complete(restored) == complete(after)


@given(changes())
@PROPERTY
def test_what_is_changed_is_chosen_and_none_takes_it_back(change: tuple[dict[str, Any], str, Any]) -> None:
    chosen, name, value = change
    assert changed(chosen, **{name: value}).get(name) == value


@given(changes())
@PROPERTY
def test_a_change_leaves_what_was_chosen_before_as_it_was(change: tuple[dict[str, Any], str, Any]) -> None:
    chosen, name, value = change
    before = dict(chosen)
    changed(chosen, **{name: value})
    assert chosen == before


@given(changes())
@PROPERTY
def test_nothing_else_changes_but_what_is_forgotten_and_the_rate_of_a_sum(
    change: tuple[dict[str, Any], str, Any],
) -> None:
    chosen, name, value = change
    rescaled = {"learning_rate"} if name == "summed" else set()
    after = changed(chosen, **{name: value})
    others = {other: kept for other, kept in after.items() if other not in {name, *rescaled}}
    assert others == {other: chosen[other] for other in others}


EVERYTHING = {
    "noise": 1.0,
    "standardise": True,
    "summed": True,
    "learning_rate": constant(0.25),
    "iterations": 7,
    "seed": 3,
    "bias": 2.0,
    "loss_axis": "log",
    "tolerance": 0.25,
    "rates": (0.5,),
    "view": "3d",
    "at": 1.5,
    "lang": "tr",
}


@pytest.mark.parametrize("dataset", [name for name in DATASETS if name != "celsius"])
def test_another_data_set_keeps_the_loss_axis_and_the_language_only(dataset: str) -> None:
    assert changed(EVERYTHING, dataset=dataset) == {"dataset": dataset, "loss_axis": "log", "lang": "tr"}


def test_the_same_data_set_again_forgets_nothing() -> None:
    assert changed(EVERYTHING, dataset="celsius") == {**EVERYTHING, "dataset": "celsius"}


def test_back_to_the_first_data_set_is_another_one_too() -> None:
    assert changed({"dataset": "tips", "bias": 2.0}, dataset=None) == {}


@pytest.mark.parametrize("on", [True, False])
def test_other_units_forget_what_the_rates_were_and_where_the_ball_was(on: bool) -> None:
    forgotten = EVERYTHING.keys() - changed(EVERYTHING, standardise=on).keys()
    assert forgotten == {"learning_rate", "iterations", "rates", "at"}


@pytest.mark.parametrize("name", sorted(MOVES_THE_BALL))
def test_whatever_moves_the_start_or_the_valley_forgets_the_ball(name: str) -> None:
    assert "at" not in changed({"at": 1.5}, **{name: getattr(complete({"seed": 1}), name)})


@pytest.mark.parametrize("name", ["learning_rate", "iterations", "view", "tolerance"])
def test_the_ball_stays_where_nothing_moves_it(name: str) -> None:
    assert changed({"at": 1.5}, **{name: getattr(complete({}), name)})["at"] == 1.5


def test_the_ball_stays_where_it_is_put() -> None:
    assert changed({"at": 1.5}, at=2.5) == {"at": 2.5}


@pytest.mark.parametrize(("dataset", "n"), [("celsius", 100), ("noisy-thermometer", 100), ("tips", 244)])
def test_a_sum_divides_the_chosen_rate_by_the_number_of_samples(dataset: str, n: int) -> None:
    chosen = [{"dataset": dataset, "learning_rate": constant(rate)} for rate in RATES]
    after = [changed(one, summed=True)["learning_rate"][0][1] for one in chosen]
    assert after == pytest.approx([rate / n for rate in RATES], rel=1e-14, abs=0)


@pytest.mark.parametrize("rate", RATES[:-2])
def test_a_sum_there_and_back_is_the_same_rate_to_the_last_digit(rate: float) -> None:
    assert changed(changed({"learning_rate": constant(rate)}, summed=True), summed=False)["learning_rate"] == constant(
        rate
    )


@pytest.mark.parametrize(("rate", "divided"), [(0.0008, 0.000008), (0.0003, 0.000003), (0.0011, 0.000011)])
def test_a_rate_with_few_digits_has_few_digits_for_the_sum(rate: float, divided: float) -> None:
    assert changed({"learning_rate": constant(rate)}, summed=True)["learning_rate"] == constant(divided)


def test_the_sum_of_one_sample_leaves_the_rate_as_it_is() -> None:
    assert changed({"dataset": "weighted-sum", "learning_rate": constant(0.3)}, summed=True)[
        "learning_rate"
    ] == constant(0.3)


def test_summing_what_is_summed_already_leaves_the_rate_as_it_is() -> None:
    assert changed({"summed": True, "learning_rate": constant(1e-6)}, summed=True)["learning_rate"] == constant(1e-6)


def test_taking_the_sum_back_is_the_mean_again() -> None:
    assert changed({"summed": True, "learning_rate": constant(1e-6)}, summed=None) == {"learning_rate": constant(1e-4)}


def test_a_rate_that_is_chosen_together_with_the_sum_is_taken_as_it_is() -> None:
    assert changed({"learning_rate": constant(0.5)}, summed=True, learning_rate=constant(0.25))[
        "learning_rate"
    ] == constant(0.25)


def test_no_rate_of_a_mean_is_greater_than_a_link_may_hold() -> None:
    assert changed({"summed": True, "learning_rate": constant(MAX_NUMBER)}, summed=False)["learning_rate"] == constant(
        MAX_NUMBER
    )


def test_a_sum_forgets_the_rates_side_by_side() -> None:
    assert changed({"rates": (0.5,)}, summed=True) == {"summed": True}


def test_everything_can_be_taken_back_at_once() -> None:
    assert changed(EVERYTHING, **dict.fromkeys(EVERYTHING)) == {}


@pytest.mark.parametrize(
    ("name", "value", "chosen"),
    [
        ("weights", (1.0, 2.0, 3.0, 4.0), {}),
        ("weights", (1.0,), {"dataset": "weighted-sum"}),
        ("weights", (), {}),
        ("plane", (1, 3), {}),
        ("plane", (4, 5), {"dataset": "weighted-sum"}),
        ("sample", 101, {}),
        ("sample", 245, {"dataset": "tips"}),
        ("parameter", 3, {}),
        ("parameter", 5, {"dataset": "weighted-sum"}),
    ],
)
def test_what_does_not_suit_the_data_set_is_refused(name: str, value: Any, chosen: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\d|\(\)"):
        fitting(name, value, complete(chosen))


@pytest.mark.parametrize(
    ("name", "value", "chosen"),
    [
        ("weights", (1.0, 2.0, 3.0, 4.0), {"dataset": "weighted-sum"}),
        ("plane", (2, 4), {"dataset": "weighted-sum"}),
        ("sample", 244, {"dataset": "tips"}),
        ("parameter", 4, {"dataset": "weighted-sum"}),
    ],
)
def test_what_suits_the_data_set_is_taken(name: str, value: Any, chosen: dict[str, Any]) -> None:
    assert fitting(name, value, complete(chosen)) == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("loss_axis", "logarithmic"),
        ("loss_axis", None),
        ("dataset", "Celsius to Fahrenheit"),
        ("standardise", "yes"),
        ("iterations", -1),
        ("iterations", float("inf")),
        ("bias", float("nan")),
        ("rates", ()),
        ("features", 3.0),
    ],
)
def test_no_value_that_could_not_stand_in_a_link_is_allowed(name: str, value: Any) -> None:
    assert not is_allowed(name, value)


def test_what_is_in_force_without_a_choice_is_allowed() -> None:
    settings = complete({"seed": 0, "lang": "en"})
    assert [name for name in TABLE if not is_allowed(name, getattr(settings, name))] == []


def test_a_sample_and_a_batch_that_are_too_large_for_what_is_left_to_train_on_are_forgotten() -> None:
    chosen = changed({"more": True, "sample": 93, "batch": 80}, held_out=0.5)
    assert {"sample", "batch"}.isdisjoint(chosen)
    kept = changed({"more": True, "sample": 7, "batch": 10}, held_out=0.5)
    assert (kept["sample"], kept["batch"]) == (7, 10)
