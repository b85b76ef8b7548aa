from collections.abc import Mapping
from dataclasses import fields
from typing import Any, get_args, get_origin, get_type_hints

import numpy as np
import pytest
from hypothesis import given

from core.data.builtin import DATASETS
from core.schedule import constant
from pages.settings.choosing import complete
from pages.settings.data import original
from pages.settings.model import MAX_SEED
from pages.settings.row import Field, Pick, SideBySide, Slider
from pages.settings.table import TABLE, Settings
from tests.pages.settings.strategies import PROPERTY, choices
from wording import LANGUAGES, speak

MAY_BE_NONE = {"seed", "lang"}
WITHOUT_A_QUESTION = {"variant"}
BEYOND_ONE_NEURON = {
    "activation",
    "batch",
    "batch_seed",
    "compare",
    "delta",
    "gap",
    "held_out",
    "held_out_seed",
    "hidden",
    "loss",
    "model",
    "momentum",
    "muted",
    "optimiser",
}


def test_the_table_the_fields_and_the_link_use_the_same_words() -> None:
    assert list(TABLE) == [field.name for field in fields(Settings)]


def _alternatives(hint: Any) -> set[Any]:
    """The types of a union, their generic ones without what they hold, and of a literal that of its value."""
    parts = [part for each in get_args(hint) for part in (each, get_origin(each), *get_args(each))]
    return {type(part) if isinstance(part, str) else part for part in parts}


def test_every_value_has_the_type_that_its_field_says() -> None:
    settings, hints = complete({"seed": 0, "lang": "en"}), get_type_hints(Settings)
    types = {name: {hint, get_origin(hint), *_alternatives(hint)} for name, hint in hints.items()}
    assert [name for name, found in types.items() if type(getattr(settings, name)) not in found] == []


@given(choices())
@PROPERTY
def test_everything_is_in_force_but_a_seed_and_a_language_that_nobody_chose(chosen: dict[str, Any]) -> None:
    assert {name for name, value in vars(complete(chosen)).items() if value is None} <= MAY_BE_NONE


@given(choices())
@PROPERTY
def test_whatever_is_chosen_where_it_matters_is_in_force(chosen: dict[str, Any]) -> None:
    settings = complete(chosen)
    in_force = {name: getattr(settings, name) for name in chosen if TABLE[name].matters(settings)}
    assert in_force == {name: chosen[name] for name in in_force}


@given(choices())
@PROPERTY
def test_what_does_not_matter_keeps_its_default(chosen: dict[str, Any]) -> None:
    settings = complete(chosen)
    idle = [name for name in TABLE if not TABLE[name].matters(settings)]
    assert [name for name in idle if getattr(settings, name) != TABLE[name].default_in(settings)] == []


@given(choices())
@PROPERTY
def test_whatever_is_in_force_suits_the_data(chosen: dict[str, Any]) -> None:
    settings = complete(chosen)
    assert [name for name, row in TABLE.items() if not row.suits(settings, getattr(settings, name))] == []


@given(choices())
@PROPERTY
def test_whatever_is_in_force_can_be_shown(chosen: dict[str, Any]) -> None:
    settings = complete(chosen)
    for name, row in TABLE.items():
        if row.matters(settings):
            assert row.title is None or row.title(settings), name
            if isinstance(row.widget, Pick | SideBySide):
                assert getattr(settings, name) in row.widget.names(settings), name
            elif not isinstance(row.widget, Field) and hasattr(row.widget, "places"):
                assert row.widget.places(settings), name


@pytest.mark.parametrize("dataset", DATASETS)
def test_without_a_choice_every_data_set_decides_for_itself(dataset: str) -> None:
    own, used = DATASETS[dataset](), complete({"dataset": dataset})
    assert (used.rate, used.iterations) == (own.learning_rate, own.iterations)
    assert (*used.weights, used.bias)[: len(own.start)] == tuple(own.start)


@pytest.mark.parametrize(
    ("name", "value"),
    [("learning_rate", constant(0.0)), ("iterations", 1), ("weights", (0.0,)), ("bias", 0.0), ("seed", 0)],
)
def test_a_choice_comes_before_the_data_set_s_own_value_even_zero(name: str, value: Any) -> None:
    assert getattr(complete({name: value}), name) == value


@pytest.mark.parametrize("dataset", DATASETS)
def test_a_seed_draws_the_weights_and_then_the_bias(dataset: str) -> None:
    for seed in (0, 1, 7, MAX_SEED):
        used = complete({"dataset": dataset, "seed": seed})
        n = len(original(used).start)
        assert (*used.weights, used.bias)[:n] == tuple(np.random.default_rng(seed).random(n))


def test_the_first_seed_draws_the_published_numbers() -> None:
    used = complete({"seed": 0})
    assert (used.weights, used.bias) == ((0.6369616873214543,), 0.2697867137638703)


def test_without_a_bias_none_is_drawn() -> None:
    assert complete({"dataset": "weighted-sum", "seed": 0}).bias == 0.0


@pytest.mark.parametrize(
    ("typed", "weights", "bias"),
    [({"weights": (3.0,)}, (3.0,), 0.2697867137638703), ({"bias": 3.0}, (0.6369616873214543,), 3.0)],
)
def test_what_is_typed_comes_before_the_seed(typed: dict[str, Any], weights: tuple[float], bias: float) -> None:
    used = complete({"seed": 0, **typed})
    assert (used.weights, used.bias) == (weights, bias)


def test_the_ball_lies_at_the_start_of_its_parameter_until_it_is_moved() -> None:
    assert complete({"weights": (3.0,), "bias": 4.0}).at == 3.0
    assert complete({"weights": (3.0,), "bias": 4.0, "parameter": 2}).at == 4.0


def test_the_rates_side_by_side_are_those_of_the_summed_gradient() -> None:
    rates = complete({"summed": True}).rates
    assert rates == pytest.approx(tuple(rate / 100 for rate in complete({}).rates), rel=1e-12)


@pytest.mark.parametrize(
    ("dataset", "idle"),
    [
        ("celsius", {"own", "noise", "noise_seed", "features", "target", "plane"}),
        ("noisy-thermometer", {"own", "features", "target", "plane"}),
        ("tips", {"own", "noise", "noise_seed", "features", "target", "plane"}),
        ("weighted-sum", {"own", "noise", "noise_seed", "standardise", "summed", "bias", "sample", "samples"}),
    ],
)
def test_a_setting_is_there_exactly_where_it_changes_anything(dataset: str, idle: set[str]) -> None:
    settings = complete({"dataset": dataset})
    assert {
        name for name, row in TABLE.items() if not row.matters(settings)
    } == idle | BEYOND_ONE_NEURON | WITHOUT_A_QUESTION


@pytest.mark.parametrize(
    ("chosen", "there"),
    [
        ({"dataset": "celsius", "more": True}, {"model", "loss", "optimiser", "held_out", "batch"}),
        ({"dataset": "weighted-sum", "more": True}, {"model", "loss", "optimiser"}),
        ({"dataset": "celsius", "more": True, "loss": "huber"}, {"delta"}),
        ({"dataset": "celsius", "more": True, "optimiser": "nesterov"}, {"momentum"}),
        ({"dataset": "celsius", "more": True, "batch": 10}, {"batch_seed"}),
        ({"dataset": "celsius", "more": True, "held_out": 0.2}, {"held_out_seed"}),
        ({"dataset": "sine"}, {"noise", "noise_seed", "hidden", "activation", "muted"}),
        ({"dataset": "two-clouds"}, {"gap", "noise_seed"}),
        ({"dataset": "spirals"}, {"noise_seed"}),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_what_goes_beyond_one_neuron_is_there_where_it_changes_anything(
    chosen: dict[str, Any], there: set[str]
) -> None:
    settings = complete(chosen)
    assert there <= {name for name, row in TABLE.items() if row.matters(settings)}


def test_a_momentum_without_momentum_a_seed_without_batches_and_the_like_are_not_there() -> None:
    settings = complete({"dataset": "sine"})
    idle = {"delta", "momentum", "batch_seed", "held_out_seed", "gap", "features", "target", "standardise"}
    assert idle <= {name for name, row in TABLE.items() if not row.matters(settings)}


def test_every_seed_of_a_start_is_asked_for_only_after_a_draw() -> None:
    assert [TABLE["seed"].shown(complete(chosen)) for chosen in ({}, {"seed": 0})] == [False, True]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("dataset", DATASETS)
def test_no_two_values_to_pick_from_have_the_same_name(dataset: str, lang: str) -> None:
    speak(lang)
    settings = complete({"dataset": dataset})
    widgets = [row.widget for row in TABLE.values() if row.matters(settings)]
    names: list[Mapping[Any, str]] = [w.names(settings) for w in widgets if isinstance(w, Pick | SideBySide)]
    assert [found for found in names if len(set(found.values())) < len(found)] == []


def test_what_is_more_or_less_of_something_has_a_slider() -> None:
    assert [name for name, row in TABLE.items() if isinstance(row.widget, Slider)] == [
        "gap",
        "hidden",
        "momentum",
        "held_out",
        "batch",
        "iterations",
        "at",
        "check_step",
    ]
