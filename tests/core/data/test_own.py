import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.own import LONGEST_NAME, MOST_ROWS, STARTER, OwnData, own_dataset, safe_name, safe_names
from core.experiment import Experiment
from core.theory.quadratic import quadratic
from core.training import train

HARMLESS = set(" .°/()-²³")
ROWS = ((1.0, 2.0), (2.0, 4.0))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hours studied", "Hours studied"),
        ("  Hours\n studied ", "Hours studied"),
        ("total_bill", "total bill"),
        ("Sepal.Length", "Sepal Length"),
        ("T (°C)", "T (°C)"),
        ("m²/s", "m²/s"),
        ("Ağırlık", "Ağırlık"),
        ("v1.5", "v1.5"),
        ("www.example.com", "www example com"),
        ("<script>alert(1)</script>", "script alert(1) /script"),
        ("$x$", "x"),
        ('"""', "x1"),
        ("=1+1", "1 1"),
        ("'; drop table", "drop table"),
        ("-5", "5"),
        ("−1,5", "−1 5"),
        ("−−a", "a"),
        ("−", "x1"),
        ("", "x1"),
        ("a" * 99, "a" * LONGEST_NAME),
    ],
)
def test_a_name_keeps_what_no_language_takes_for_its_own(text: str, name: str) -> None:
    assert safe_name(text, "x1") == name


@given(st.text(max_size=60))
def test_a_safe_name_holds_letters_digits_and_harmless_signs_and_is_its_own_safe_name(text: str) -> None:
    name = safe_name(text, "x1")
    assert all(character.isalnum() or character in HARMLESS for character in name)
    assert name[0].isalnum()
    assert len(name) <= LONGEST_NAME
    assert safe_name(name, "x1") == name


@given(st.lists(st.text("ab_ ", max_size=30), min_size=1, max_size=9))
def test_safe_names_are_all_different_and_stay_as_they_are(texts: list[str]) -> None:
    names = safe_names(texts)
    assert len(set(names)) == len(texts)
    assert safe_names(names) == names


def test_a_second_one_of_a_name_is_numbered() -> None:
    assert safe_names(["x", "x", "_x_", ""]) == ("x", "x 2", "x 3", "x4")


@pytest.mark.parametrize(
    ("names", "rows", "classes"),
    [
        (("<b>", "y"), ROWS, ()),
        (("x", "x"), ROWS, ()),
        (("x",), ((1.0,), (2.0,)), ()),
        (("x", "y"), ROWS[:1], ()),
        (("x", "y"), ((1.0, 2.0), (2.0,)), ()),
        (("x", "y"), ((1.0, float("nan")), (2.0, 1.0)), ()),
        (("x", "y"), ((1.0, float("inf")), (2.0, 1.0)), ()),
        (("x", "y"), ((1.0, 1e101), (2.0, 1.0)), ()),
        (("x", "y"), ROWS * MOST_ROWS, ()),
        (("x", "y"), ROWS, ("no", "yes")),
        (("x", "y"), ((1.0, 0.0), (2.0, 1.0)), ("no",)),
        (("x", "y"), ((1.0, 0.0), (2.0, 1.0)), ("no", "$yes$")),
        (tuple("abcdefghij"), ((1.0,) * 10,) * 2, ()),
    ],
)
def test_own_data_that_are_no_data_are_refused(
    names: tuple[str, ...], rows: tuple[tuple[float, ...], ...], classes: tuple[str, ...]
) -> None:
    with pytest.raises(ValueError, match="must"):
        OwnData(names, rows, classes)


def test_equal_own_data_are_one_key() -> None:
    same = OwnData(STARTER.names, tuple(tuple(row) for row in STARTER.rows))
    assert hash(same) == hash(STARTER)
    assert same == STARTER


def test_own_data_become_a_data_set_of_the_same_numbers() -> None:
    data = own_dataset(OwnData(("a", "b", "c"), ((1.0, 2.0, 0.0), (3.0, 4.0, 1.0)), ("no", "yes")))
    np.testing.assert_array_equal(data.inputs, [[1, 2], [3, 4]])
    np.testing.assert_array_equal(data.targets, [0, 1])
    assert (data.input_names, data.target_name, data.class_names) == (("a", "b"), "c", ("no", "yes"))


def test_what_own_data_propose_arrives_at_the_least_squares_line() -> None:
    data = own_dataset()
    slope, bias = np.polyfit(data.inputs[:, 0], data.targets, 1)
    final = train(Experiment.on(data)).parameters[-1]
    assert final == pytest.approx([slope, bias], rel=0.02, abs=0.02)


@pytest.mark.parametrize("scale", [1e-100, 1e-9, 1.0, 1e6, 1e99])
def test_data_of_every_size_propose_a_stable_rate(scale: float) -> None:
    data = own_dataset(OwnData(("x", "y"), tuple((k * scale, k * scale) for k in range(4))))
    history = train(Experiment.on(data, iterations=50))
    assert history.diverged_at is None
    assert history.loss[-1] < history.loss[0]


def test_the_condition_number_is_the_ratio_of_the_squared_singular_values() -> None:
    data = own_dataset(OwnData(("x", "y"), ((100.0, 1.0), (101.0, 2.0), (103.0, 2.5))))
    largest, least = np.linalg.svd(np.column_stack([data.inputs, np.ones(3)]))[1]
    assert quadratic(data).condition_number == pytest.approx((largest / least) ** 2)


def test_the_condition_number_of_identical_columns_leaves_out_what_nothing_depends_on() -> None:
    data = own_dataset(OwnData(("a", "b", "y"), ((1.0, 1.0, 1.0), (2.0, 2.0, 2.0), (-3.0, -3.0, -3.0))))
    assert quadratic(data).condition_number < 100
