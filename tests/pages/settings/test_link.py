from typing import Any

import numpy as np
import pytest
from hypothesis import given

from core.schedule import constant
from pages.settings.choosing import complete
from pages.settings.data import original, trained
from pages.settings.link import as_text, from_address, to_address
from pages.settings.table import TABLE
from tests.pages.settings.strategies import PROPERTY, choices, written
from wording import LANGUAGES, speak


def in_force(chosen: dict[str, Any]) -> dict[str, Any]:
    """What of the choices changes anything: where it matters, and is not what would be so without them."""
    settings = complete(chosen)
    kept = {name: value for name, value in chosen.items() if TABLE[name].matters(settings)}
    return {name: value for name, value in kept.items() if value != TABLE[name].default_in(settings)}


@given(choices())
@PROPERTY
def test_what_is_chosen_and_in_force_is_read_back_from_the_link(chosen: dict[str, Any]) -> None:
    assert from_address(to_address(chosen)) == (in_force(chosen), [])


@given(choices())
@PROPERTY
def test_a_link_opens_the_same_settings_elsewhere(chosen: dict[str, Any]) -> None:
    assert complete(from_address(to_address(chosen))[0]) == complete(chosen)


@given(choices())
@PROPERTY
def test_nothing_in_a_link_could_be_left_out(chosen: dict[str, Any]) -> None:
    address = to_address(chosen)
    for name in address:
        shorter, _faults = from_address({other: text for other, text in address.items() if other != name})
        assert complete(shorter) != complete(chosen), name


@given(written(lambda name, value: TABLE[name].kind.write(value)))
@PROPERTY
def test_any_link_put_in_order_stays_in_order_and_says_the_same(address: dict[str, str]) -> None:
    chosen, _faults = from_address(address)
    in_order = to_address(chosen)
    again, faults = from_address(in_order)
    assert (list(to_address(again).items()), faults) == (list(in_order.items()), [])
    assert complete(again) == complete(chosen)


@given(written(lambda name, value: as_text(value)))
@PROPERTY
def test_each_text_of_a_link_is_a_choice_or_a_fault(address: dict[str, str]) -> None:
    chosen, faults = from_address(address)
    assert sorted([*chosen, *(name for name, _text in faults)]) == sorted(address)
    assert [(name, text) for name, text in faults if address[name] != text] == []


def test_the_defaults_need_no_address() -> None:
    assert to_address({}) == {}


@pytest.mark.parametrize(
    ("chosen", "address"),
    [
        ({"learning_rate": constant(0.0)}, {"learning_rate": "0.0"}),
        ({"learning_rate": constant(1e-4), "iterations": 10_000, "weights": (0.5,), "bias": 0.5, "tolerance": 0.5}, {}),
        ({"seed": 0, "weights": (0.5,)}, {"seed": "0", "weights": "0.5"}),
        ({"seed": 0, "weights": (0.6369616873214543,)}, {"seed": "0"}),
        (
            {"dataset": "weighted-sum", "features": (1.0, 2.0, 3.0, 4.5), "target": 7.0},
            {"dataset": "weighted-sum", "features": "1.0,2.0,3.0,4.5", "target": "7.0"},
        ),
        ({"rows": (5, 10), "loss_axis": "log"}, {"loss_axis": "log", "rows": "5,10"}),
        ({"standardise": True, "summed": True}, {"standardise": "on", "summed": "on"}),
        ({"standardise": True, "learning_rate": constant(0.1)}, {"standardise": "on"}),
        ({"summed": True, "learning_rate": constant(1e-4)}, {"summed": "on", "learning_rate": "0.0001"}),
        ({"dataset": "weighted-sum", "plane": (2, 3)}, {"dataset": "weighted-sum", "plane": "2,3"}),
        ({"lang": "en"}, {"lang": "en"}),
        ({"suspect": "C", "shuffle": 4, "check_step": 0.5}, {"suspect": "C", "shuffle": "4", "check_step": "0.5"}),
    ],
)
def test_the_address_holds_what_differs_from_the_default(chosen: dict[str, Any], address: dict[str, str]) -> None:
    assert to_address(chosen) == address


@pytest.mark.parametrize(
    ("address", "in_order"),
    [
        ({"dataset": "weighted-sum", "standardise": "on", "summed": "on"}, {"dataset": "weighted-sum"}),
        ({"dataset": "weighted-sum", "bias": "3", "samples": "one"}, {"dataset": "weighted-sum"}),
        ({"noise": "3", "noise_seed": "4", "features": "1,2,3,4", "target": "9", "plane": "1,2"}, {}),
    ],
)
def test_a_setting_that_does_not_matter_is_neither_in_force_nor_in_the_address(
    address: dict[str, str], in_order: dict[str, str]
) -> None:
    chosen, faults = from_address(address)
    assert (to_address(chosen), faults) == (in_order, [])
    assert complete(chosen) == complete(from_address(in_order)[0])


def test_a_link_that_standardises_one_sample_trains_it_as_it_is() -> None:
    settings = complete(from_address({"dataset": "weighted-sum", "standardise": "on"})[0])
    assert settings.standardise is False
    assert trained(settings) is original(settings)


@pytest.mark.parametrize("name", ["unknown", "", "Dataset", "settings", "__class__", "<b>", "**x**"])
def test_a_name_that_does_not_exist_is_a_fault(name: str) -> None:
    assert from_address({name: "1"}) == ({}, [(name, "1")])


def test_faults_leave_the_good_values_of_a_link_alone() -> None:
    chosen, faults = from_address({"iterations": "-5", "bias": "2", "colour": "red", "loss_axis": "log"})
    assert chosen == {"bias": 2.0, "loss_axis": "log"}
    assert sorted(faults) == [("colour", "red"), ("iterations", "-5")]


@pytest.mark.parametrize("text", ["**x**", "<script>", "\x00", "\n\n# Title", "💥", "%s {0} {name}", "x" * 5000])
def test_a_text_that_is_no_value_at_all_is_a_fault_of_every_setting(text: str) -> None:
    address = dict.fromkeys(TABLE, text)
    assert from_address(address) == ({}, list(address.items()))


@pytest.mark.parametrize(
    ("name", "text", "dataset"),
    [
        ("weights", "1,2,3,4", "celsius"),
        ("weights", "1,2", "tips"),
        ("weights", "1", "weighted-sum"),
        ("plane", "1,3", "tips"),
        ("plane", "4,5", "weighted-sum"),
        ("sample", "101", "celsius"),
        ("sample", "2", "weighted-sum"),
        ("parameter", "3", "noisy-thermometer"),
        ("parameter", "5", "weighted-sum"),
    ],
)
def test_what_does_not_suit_the_data_set_is_a_fault(name: str, text: str, dataset: str) -> None:
    assert from_address({name: text, "dataset": dataset}) == ({"dataset": dataset}, [(name, text)])


def test_values_are_judged_by_the_data_set_wherever_it_stands_in_the_link() -> None:
    chosen, faults = from_address({"weights": "1,2,3,4", "dataset": "weighted-sum"})
    assert (chosen["weights"], faults) == ((1.0, 2.0, 3.0, 4.0), [])


def test_a_hundred_rows_are_read_and_one_more_is_a_fault() -> None:
    assert from_address({"rows": ",".join(["5"] * 100)}) == ({"rows": (5,) * 100}, [])
    assert from_address({"rows": ",".join(["5"] * 101)}) == ({}, [("rows", ",".join(["5"] * 101))])


@pytest.mark.parametrize(
    "address",
    [
        {"dataset": "noisy-thermometer", "noise": "1e100"},
        {"dataset": "weighted-sum", "features": "1e100,-1e100,1e100,1e100", "target": "1e100"},
    ],
)
def test_no_data_that_a_link_may_set_are_too_great_to_be_squared(address: dict[str, str]) -> None:
    chosen, faults = from_address(address)
    data = original(complete(chosen))
    assert faults == []
    assert np.isfinite(data.targets @ data.targets)
    assert np.isfinite(data.inputs.T @ data.inputs).all()


@pytest.mark.parametrize(
    ("value", "english", "turkish"),
    [
        (0.5, "0.5", "0,5"),
        (10_000, "10000", "10000"),
        (0, "0", "0"),
        (None, "", ""),
        ((), "", ""),
        ((0.1, 0.25), "0.1; 0.25", "0,1; 0,25"),
        ((5, 10), "5; 10", "5; 10"),
        ("celsius", "celsius", "celsius"),
        (True, "on", "açık"),
        (False, "off", "kapalı"),
    ],
)
def test_a_value_is_written_as_a_person_would_type_it(value: Any, english: str, turkish: str) -> None:
    texts = {}
    for language in LANGUAGES:
        speak(language)
        texts[language] = as_text(value)
    assert texts == {"en": english, "tr": turkish}


@given(choices())
@PROPERTY
def test_what_the_fields_show_can_be_linked_to(chosen: dict[str, Any]) -> None:
    found = in_force(chosen)
    assert from_address({name: as_text(value) for name, value in found.items()}) == (found, [])
