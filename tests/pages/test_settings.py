from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from core.datasets import DATASETS
from pages.settings.kinds import MAX_NUMBER
from pages.settings.table import (
    MAX_DATA,
    MAX_ITERATIONS,
    MAX_SEED,
    TABLE,
    Settings,
    as_text,
    complete,
    drawn_start,
    from_address,
    make_dataset,
    to_address,
)
from wording import LANGUAGES, speak

TYPED = st.floats(-MAX_NUMBER, MAX_NUMBER)
DATA = st.floats(-MAX_DATA, MAX_DATA)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


@st.composite
def chosen_settings(draw: st.DrawFn) -> Settings:
    slug = draw(st.sampled_from(list(DATASETS)))
    dataset = DATASETS[slug]()
    rates = st.floats(0.0, MAX_NUMBER)
    parameters = st.permutations(range(1, dataset.n_features + dataset.trains_bias + 1))
    return Settings(
        dataset=slug,
        learning_rate=draw(maybe(rates | st.just(dataset.learning_rate))),
        iterations=draw(maybe(st.integers(1, MAX_ITERATIONS) | st.just(dataset.iterations))),
        weights=draw(maybe(st.tuples(*[TYPED] * dataset.n_features))),
        bias=draw(maybe(TYPED | st.just(0.5))),
        seed=draw(maybe(st.integers(0, MAX_SEED))),
        noise=draw(st.floats(0.0, MAX_DATA) | st.just(10.0)),
        noise_seed=draw(st.integers(0, MAX_SEED) | st.just(0)),
        features=draw(st.tuples(*[DATA] * 4) | st.just((1.0, 1.0, 1.0, 1.0))),
        target=draw(DATA | st.just(100.0)),
        loss_axis=draw(st.sampled_from(["linear", "log"])),
        standardise=draw(st.booleans()),
        summed=draw(st.booleans()),
        tolerance=draw(maybe(st.floats(1e-300, MAX_NUMBER) | st.just(0.5))),
        rows=draw(st.lists(st.integers(0, MAX_ITERATIONS), max_size=3).map(tuple)),
        rates=draw(maybe(st.lists(rates, min_size=1, max_size=6).map(tuple))),
        plane=draw(parameters.map(lambda order: tuple(order[:2]))),
        view=draw(st.sampled_from(["contour", "3d"])),
        lang=draw(maybe(st.sampled_from(list(LANGUAGES)))),
    )


def test_the_table_the_fields_and_the_link_use_the_same_words() -> None:
    assert list(TABLE) == [field.name for field in fields(Settings)]


@pytest.mark.parametrize("dataset", DATASETS)
def test_without_a_choice_every_data_set_decides_for_itself(dataset: str) -> None:
    own, used = DATASETS[dataset](), complete(Settings(dataset=dataset))
    assert (used.learning_rate, used.iterations) == (own.learning_rate, own.iterations)
    assert (used.weights, used.bias) == (tuple(own.start.weights), own.start.bias)


@pytest.mark.parametrize(
    ("name", "value"),
    [("learning_rate", 0.0), ("iterations", 1), ("weights", (0.0,)), ("bias", 0.0)],
)
def test_a_choice_comes_before_the_data_set_s_own_value_even_zero(name: str, value: Any) -> None:
    assert getattr(complete(Settings(**{name: value})), name) == value


# What numpy.random.default_rng(seed) draws first and second.
@pytest.mark.parametrize(
    ("seed", "weight", "bias"),
    [(0, 0.6369616873214543, 0.2697867137638703), (1, 0.5118216247002567, 0.9504636963259353)],
)
def test_a_seed_draws_the_weight_and_then_the_bias(seed: int, weight: float, bias: float) -> None:
    used = complete(Settings(seed=seed))
    assert (used.weights, used.bias) == ((weight,), bias)


@pytest.mark.parametrize("dataset", DATASETS)
@pytest.mark.parametrize("seed", [0, 1, 7, MAX_SEED])
def test_equal_seeds_draw_equal_starts_from_zero_to_one(dataset: str, seed: int) -> None:
    first, second = (drawn_start(make_dataset(Settings(dataset=dataset)), seed) for _ in range(2))
    assert (first.weights.tolist(), first.bias) == (second.weights.tolist(), second.bias)
    assert all(0 <= parameter < 1 for parameter in (*first.weights, first.bias))


def test_without_a_trained_bias_none_is_drawn() -> None:
    used = complete(Settings(dataset="weighted-sum", seed=0))
    assert used.bias == 0.0
    assert used.weights == (0.6369616873214543, 0.2697867137638703, 0.04097352393619469, 0.016527635528529094)


def test_typed_weights_and_a_typed_bias_come_before_the_seed() -> None:
    used = complete(Settings(seed=0, weights=(3.0,)))
    assert (used.weights, used.bias) == ((3.0,), 0.2697867137638703)
    assert complete(Settings(seed=0, bias=3.0)).bias == 3.0


def test_features_and_target_make_the_weighted_sum() -> None:
    dataset = make_dataset(Settings(dataset="weighted-sum", features=(1.0, 2.0, 3.0, 4.0), target=7.0))
    assert (dataset.inputs.tolist(), dataset.targets.tolist()) == ([[1.0, 2.0, 3.0, 4.0]], [7.0])


def test_noise_and_its_seed_make_the_noisy_thermometer() -> None:
    exact = make_dataset(Settings()).targets
    errors = make_dataset(Settings(dataset="noisy-thermometer", noise=2.0, noise_seed=5)).targets - exact
    assert np.allclose(errors, 2 * np.random.default_rng(5).standard_normal(100))


@pytest.mark.parametrize("dataset", ["celsius", "tips"])
def test_options_of_other_data_sets_change_nothing(dataset: str) -> None:
    options = Settings(dataset=dataset, noise=99.0, noise_seed=3, features=(9.0, 9.0, 9.0, 9.0), target=9.0)
    assert make_dataset(options).targets.tolist() == make_dataset(Settings(dataset=dataset)).targets.tolist()


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("dataset", "tips", "tips"),
        ("learning_rate", "0.001", 0.001),
        ("learning_rate", "0,001", 0.001),
        ("learning_rate", "1e-5", 1e-5),
        ("learning_rate", "0", 0.0),
        ("iterations", "1", 1),
        ("iterations", "100000", 100_000),
        ("iterations", "1e3", 1000),
        ("iterations", "500.0", 500),
        ("bias", "1.000", 1.0),
        ("bias", "0.500", 0.5),
        ("bias", "0,50", 0.5),
        ("weights", "0.7", (0.7,)),
        ("weights", "0.1,0.2,0.3,0.4", (0.1, 0.2, 0.3, 0.4)),
        ("weights", "-1; −2; 3; 4", (-1.0, -2.0, 3.0, 4.0)),
        ("bias", "-3", -3.0),
        ("seed", "0", 0),
        ("seed", "2147483647", 2_147_483_647),
        ("noise", "0", 0.0),
        ("noise", "2.5", 2.5),
        ("noise_seed", "12", 12),
        ("features", "1,2,3,4", (1.0, 2.0, 3.0, 4.0)),
        ("features", "0 0 0 0", (0.0, 0.0, 0.0, 0.0)),
        ("target", "-50", -50.0),
        ("loss_axis", "log", "log"),
        ("loss_axis", "linear", "linear"),
        ("rows", "", ()),
        ("rows", "5", (5,)),
        ("rows", "5,10,100000", (5, 10, 100_000)),
        ("rows", "5; 10 ; 0", (5, 10, 0)),
        ("standardise", "on", True),
        ("summed", "off", False),
        ("tolerance", "0.5", 0.5),
        ("rates", "0.001", (0.001,)),
        ("rates", "0,1e-4,0.001,1,2,3", (0.0, 1e-4, 0.001, 1.0, 2.0, 3.0)),
        ("plane", "2,1", (2, 1)),
        ("view", "3d", "3d"),
        ("lang", "tr", "tr"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_reads_the_same_in_every_language(language: str, name: str, text: str, value: Any) -> None:
    speak(language)
    read = TABLE[name].read(text)
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    ("language", "name", "text", "value"),
    [
        ("en", "iterations", "1.000", 1),
        ("tr", "iterations", "1.000", 1000),
        ("en", "iterations", "10,000", 10_000),
        ("tr", "iterations", "10 000", 10_000),
        ("en", "bias", "10,720", 10_720.0),
        ("tr", "bias", "10.720", 10_720.0),
        ("en", "bias", "−1.8", -1.8),
        ("tr", "learning_rate", "9 × 10⁻⁶", 9e-6),
        ("tr", "features", "0,1; 0,25; 1.000; 3", (0.1, 0.25, 1000.0, 3.0)),
        ("en", "rows", "10,000; 5", (10_000, 5)),
        ("en", "rows", " ", ()),
        ("en", "rows", " ".join(["5"] * 100), (5,) * 100),
        ("tr", "standardise", "on", True),
    ],
)
def test_what_is_typed_is_read_in_the_language(language: str, name: str, text: str, value: Any) -> None:
    speak(language)
    parsed = TABLE[name].parse(text)
    assert (parsed, type(parsed)) == (value, type(value))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *(("iterations", text) for text in ["0.500", "3 5", "3; 5", "100,001", "1e999"]),
        *(("bias", text) for text in ["3 5", "3; 5", "1e301"]),
        *(("rows", text) for text in [" ".join(["5"] * 101), "5" * 10_000, "0.5"]),
    ],
)
def test_what_is_typed_and_no_such_value_is_refused(name: str, text: str) -> None:
    try:
        value = TABLE[name].parse(text)
    except ValueError:
        value = "refused"
    assert value == "refused"


@given(chosen_settings(), st.sampled_from(list(LANGUAGES)))
@given_settings(deadline=None)
def test_a_field_takes_every_value_that_it_shows(settings: Settings, language: str) -> None:
    speak(language)
    shown = {name: value for name, value in vars(settings).items() if name != "lang" and value is not None}
    shown = {name: value for name, value in shown.items() if not isinstance(value, bool)}
    assert {name: TABLE[name].parse(as_text(value)) for name, value in shown.items()} == shown


NO_NUMBER = ["", " ", "abc", "nan", "inf", "-inf", "1e999", "--1", "1;2;x", "0x1"]
BAD_VALUES = [
    *(("dataset", text) for text in ["", "unknown", "Celsius", "celsius ", "<b>celsius</b>", "**celsius**"]),
    *(("learning_rate", text) for text in [*NO_NUMBER, "-0.1", "-1e-9", "0.1;0.2"]),
    *(("iterations", text) for text in [*NO_NUMBER, "0", "-1", "-100", "1.5", "100001", "1000000000", "1e30"]),
    *(("iterations", text) for text in ["0.500", "10,000", "10.000"]),
    *(("weights", text) for text in [*NO_NUMBER, "0.1;0.2;0.3;0.4", "1 2"]),
    *(("bias", text) for text in [*NO_NUMBER, "1;2", "1e301", "1,000"]),
    *(("seed", text) for text in [*NO_NUMBER, "-1", "0.5", "2147483648", "1e20"]),
    *(("noise", text) for text in [*NO_NUMBER, "-1", "1e101"]),
    *(("noise_seed", text) for text in [*NO_NUMBER, "-1", "0.5", "2147483648"]),
    *(("features", text) for text in [*NO_NUMBER, "1", "1,2,3", "1,2,3,4,5", "1,2,3,nan", "1e101,1,1,1"]),
    *(("target", text) for text in [*NO_NUMBER, "1;2", "1e101", "-1e101"]),
    *(("loss_axis", text) for text in ["", "Log", "logarithmic", "square"]),
    *(("rows", text) for text in [*NO_NUMBER[2:], "-1", "0.5", "100001", "5;;6", ",".join(["5"] * 101)]),
    *(("standardise", text) for text in ["", "On", "1", "true", "yes"]),
    *(("summed", text) for text in ["", "0", "False"]),
    *(("tolerance", text) for text in [*NO_NUMBER, "0", "-1"]),
    *(("rates", text) for text in [*NO_NUMBER, "-1", "1,2,3,4,5,6,7", "1,-1"]),
    *(("plane", text) for text in [*NO_NUMBER, "1", "1,1", "0,1", "1,3", "1,2,3", "1.5,2"]),
    *(("view", text) for text in ["", "2d", "3D"]),
    *(("lang", text) for text in ["", "xx", "EN", "en-GB", "de"]),
]


@pytest.mark.parametrize(("name", "text"), BAD_VALUES)
def test_a_bad_value_of_a_link_is_a_fault_and_the_default_is_used(name: str, text: str) -> None:
    assert from_address({name: text}) == (Settings(), [(name, text)])


@pytest.mark.parametrize("name", ["unknown", "", "Dataset", "settings", "complaints", "__class__", "<b>", "**x**"])
def test_a_name_that_does_not_exist_is_a_fault(name: str) -> None:
    assert from_address({name: "1"}) == (Settings(), [(name, "1")])


def test_faults_leave_the_good_values_of_a_link_alone() -> None:
    settings, faults = from_address({"iterations": "-5", "bias": "2", "colour": "red", "loss_axis": "log"})
    assert settings == Settings(bias=2.0, loss_axis="log")
    assert faults == [("iterations", "-5"), ("colour", "red")]


def test_weights_are_judged_by_the_data_set_wherever_it_stands_in_the_link() -> None:
    link = {"weights": "1,2,3,4", "dataset": "weighted-sum"}
    assert from_address(link) == (Settings(dataset="weighted-sum", weights=(1.0, 2.0, 3.0, 4.0)), [])


@pytest.mark.parametrize(
    ("dataset", "weights"),
    [("celsius", "1,2,3,4"), ("tips", "1,2"), ("noisy-thermometer", "1,2,3,4"), ("weighted-sum", "1")],
)
def test_too_many_or_too_few_weights_are_a_fault(dataset: str, weights: str) -> None:
    settings, faults = from_address({"dataset": dataset, "weights": weights})
    assert (settings, faults) == (Settings(dataset=dataset), [("weights", weights)])


@pytest.mark.parametrize(
    "link",
    [
        {"dataset": "noisy-thermometer", "noise": "1e100"},
        {"dataset": "weighted-sum", "features": "1e100,-1e100,1e100,1e100", "target": "1e100"},
    ],
)
def test_no_data_that_a_link_may_set_are_too_great_to_be_squared(link: dict[str, str]) -> None:
    settings, faults = from_address(link)
    dataset = make_dataset(settings)
    assert faults == []
    assert np.isfinite(dataset.targets @ dataset.targets)
    assert np.isfinite(dataset.inputs.T @ dataset.inputs).all()


def test_the_defaults_need_no_address() -> None:
    assert to_address(Settings()) == {}


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        (Settings(dataset="tips"), {"dataset": "tips"}),
        (Settings(learning_rate=0.001), {"learning_rate": "0.001"}),
        (Settings(learning_rate=0.0), {"learning_rate": "0.0"}),
        (Settings(learning_rate=1e-4), {}),
        (Settings(iterations=500), {"iterations": "500"}),
        (Settings(iterations=10_000), {}),
        (Settings(weights=(0.7,), bias=-1.5), {"weights": "0.7", "bias": "-1.5"}),
        (Settings(weights=(0.5,), bias=0.5), {}),
        (Settings(seed=0), {"seed": "0"}),
        (Settings(seed=0, weights=(0.5,)), {"seed": "0", "weights": "0.5"}),
        (Settings(dataset="noisy-thermometer", noise=0.0), {"dataset": "noisy-thermometer", "noise": "0.0"}),
        (Settings(dataset="noisy-thermometer", noise_seed=4), {"dataset": "noisy-thermometer", "noise_seed": "4"}),
        (
            Settings(dataset="weighted-sum", features=(1.0, 2.0, 3.0, 4.5), target=7.0),
            {"dataset": "weighted-sum", "features": "1.0,2.0,3.0,4.5", "target": "7.0"},
        ),
        (Settings(loss_axis="log"), {"loss_axis": "log"}),
        (Settings(rows=(5, 10)), {"rows": "5,10"}),
        (Settings(standardise=True, summed=True), {"standardise": "on", "summed": "on"}),
        (Settings(tolerance=0.25), {"tolerance": "0.25"}),
        (Settings(tolerance=0.5), {}),
        (Settings(rates=(0.001, 0.1)), {"rates": "0.001,0.1"}),
        (Settings(plane=(2, 1), view="3d"), {"plane": "2,1", "view": "3d"}),
        (Settings(lang="en"), {"lang": "en"}),
    ],
)
def test_the_address_holds_what_differs_from_the_default(settings: Settings, address: dict[str, str]) -> None:
    assert to_address(settings) == address


@given(chosen_settings())
@given_settings(deadline=None)
def test_a_link_opens_the_same_run_elsewhere(settings: Settings) -> None:
    restored, faults = from_address(to_address(settings))
    assert faults == []
    assert complete(restored) == complete(settings)


@given(chosen_settings())
@given_settings(deadline=None)
def test_nothing_in_a_link_could_be_left_out(settings: Settings) -> None:
    address = to_address(settings)
    for name in address:
        shorter, _faults = from_address({other: text for other, text in address.items() if other != name})
        assert complete(shorter) != complete(settings), name


@given(chosen_settings())
@given_settings(deadline=None)
def test_a_restored_link_is_written_again_as_it_was(settings: Settings) -> None:
    address = to_address(settings)
    assert to_address(from_address(address)[0]) == address


@given(st.dictionaries(st.sampled_from([*TABLE, "other"]), st.text(max_size=20)))
@given_settings(deadline=None)
def test_no_link_whatsoever_raises_or_leaves_a_run_incomplete(address: dict[str, str]) -> None:
    settings, faults = from_address(address)
    assert {name for name, _text in faults} <= set(address)
    assert None not in vars(replace(complete(settings), seed=0, rates=(), at=0.0, lang="en")).values()


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
    ],
)
def test_a_value_is_written_as_a_person_would_type_it(value: Any, english: str, turkish: str) -> None:
    assert as_text(value) == english
    speak("tr")
    assert as_text(value) == turkish


@pytest.mark.parametrize(
    "settings",
    [
        Settings(learning_rate=0.00125),
        Settings(iterations=12_345),
        Settings(weights=(0.25,)),
        Settings(weights=(-1.25,)),
        Settings(dataset="weighted-sum", weights=(0.5, 0.25, 0.15, 0.3)),
        Settings(bias=-0.75),
        Settings(seed=7),
        Settings(noise=2.5),
        Settings(noise_seed=3),
        Settings(features=(1.5, 2.0, -3.0, 4.0)),
        Settings(target=99.5),
        Settings(rows=(5,)),
        Settings(rows=(5, 10)),
    ],
)
def test_what_the_fields_show_can_be_linked_to(settings: Settings) -> None:
    shown = {name: as_text(getattr(settings, name)) for name in to_address(settings)}
    assert from_address(shown) == (settings, [])
