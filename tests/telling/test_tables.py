import re
from typing import Any

import numpy as np
import pytest

from core.training import History
from telling.tables import console_listing, html_table, iteration_table, shortened_rows, table_iterations
from tests.telling.runs import cells, rows, run
from wording import speak

# The Theano article: weights after each update, and the output before it.
ARTICLE = [
    ([19.94, 20.09, 19.99, 20.14], 0.8),
    ([23.908, 24.058, 23.958, 24.108], 80.16000000000001),
    ([24.7016, 24.8516, 24.7516, 24.9016], 96.032),
    ([24.86032, 25.01032, 24.91032, 25.06032], 99.2064),
    ([24.892064, 25.042064, 24.942064, 25.092064], 99.84128),
    ([24.8984128, 25.0484128, 24.9484128, 25.0984128], 99.968256),
    ([24.89968256, 25.04968256, 24.94968256, 25.09968256], 99.9936512),
    ([24.89993651, 25.04993651, 24.94993651, 25.09993651], 99.99873024),
    ([24.8999873, 25.0499873, 24.9499873, 25.0999873], 99.99974604799999),
    ([24.89999746, 25.04999746, 24.94999746, 25.09999746], 99.99994920960002),
]


def listed_weights(listing: str) -> list[list[float]]:
    return [[float(w) for w in found.split()] for found in re.findall(r"Modified Weights: +\[(.*)\]", listing)]


def listed_outputs(listing: str) -> list[float]:
    return [float(found) for found in re.findall(r"Output: +(.*)", listing)]


@pytest.fixture
def listing() -> str:
    return console_listing(run("weighted-sum"), 10)


def test_the_listing_begins_with_the_start_weights(listing: str) -> None:
    assert re.sub(r"\s+", " ", listing.splitlines()[0]) == "Weights: [0.1 0.25 0.15 0.3 ]"


def test_the_listing_s_weights_equal_the_article_s_to_the_last_printed_digit(listing: str) -> None:
    assert listed_weights(listing) == [weights for weights, _output in ARTICLE]


def test_the_listing_s_outputs_equal_the_article_s(listing: str) -> None:
    assert listed_outputs(listing) == pytest.approx([output for _weights, output in ARTICLE], rel=1e-12)


def test_the_listing_counts_the_iterations_from_zero(listing: str) -> None:
    assert re.findall(r"iteration: +(\d+)", listing) == [str(i) for i in range(10)]


def test_the_listing_speaks_the_program_s_language_only(listing: str) -> None:
    speak("tr")
    assert console_listing(run("weighted-sum"), 10) == listing


@pytest.mark.parametrize(("iterations", "printed"), [(1, 1), (9, 9), (10, 10), (500, 10)])
def test_the_listing_has_no_more_iterations_than_the_run_or_than_asked_for(iterations: int, printed: int) -> None:
    assert len(listed_outputs(console_listing(run("weighted-sum", iterations=iterations), 10))) == printed


def test_the_listing_of_a_run_that_explodes_ends_with_its_last_finite_step() -> None:
    history = run("weighted-sum", learning_rate=1e150)
    assert len(listed_outputs(console_listing(history, 10))) == history.iterations < 10


@pytest.mark.parametrize(
    ("last", "chosen", "shown"),
    [
        (0, (), [0]),
        (1, (), [0, 1]),
        (5, (), [0, 1, 2, 3, 4, 5]),
        (10, (), [0, 1, 2, 3, 8, 9, 10]),
        (10_000, (), [0, 1, 2, 3, 9_998, 9_999, 10_000]),
        (10_000, (500, 100), [0, 1, 2, 3, 100, 500, 9_998, 9_999, 10_000]),
        (10, (2, 2, 5), [0, 1, 2, 3, 5, 8, 9, 10]),
        (10, (11, 100_000), [0, 1, 2, 3, 8, 9, 10]),
    ],
)
def test_the_table_shows_the_first_the_last_and_the_chosen_iterations(
    last: int, chosen: tuple[int, ...], shown: list[int]
) -> None:
    assert table_iterations(last, chosen) == shown


def test_the_table_of_the_article_s_run_holds_its_numbers() -> None:
    table = iteration_table(run(), [0, 1, 10, 1000, 10_000], digits=6)
    assert [row[:4] for row in rows(table)] == [
        ["0", "0.5", "0.5", "2,359.91"],
        ["1", "0.71356", "0.50617", "1,941.47"],
        ["10", "1.5743", "0.562281", "1,023.69"],
        ["1,000", "1.78451", "6.20832", "665.011"],
        ["10,000", "1.79744", "27.7351", "18.1837"],
    ]


def test_the_table_holds_the_gradient_at_each_iteration() -> None:
    table = iteration_table(run(), [0])
    assert rows(table)[0][4:] == ["−2,135.6", "−61.7"]


def test_the_table_names_its_columns() -> None:
    table = iteration_table(run(), [0])
    assert cells(table, "th") == ["iteration", "weight", "bias", "loss", "∂ loss / ∂ weight", "∂ loss / ∂ bias"]


def test_the_table_of_one_sample_shows_its_output_and_no_bias() -> None:
    table = iteration_table(run("weighted-sum"), [0, 1], digits=6)
    names = [f"w{j}" for j in range(1, 5)]
    assert cells(table, "th") == ["iteration", *names, "output", *(f"∂ loss / ∂ {name}" for name in names)]
    assert rows(table)[0] == ["0", "0.1", "0.25", "0.15", "0.3", "0.8", *["−198.4"] * 4]
    assert rows(table)[1] == ["1", "19.94", "20.09", "19.99", "20.14", "80.16", *["−39.68"] * 4]


def test_the_table_is_written_in_turkish() -> None:
    speak("tr")
    table = iteration_table(run(), [1], digits=6)
    assert cells(table, "th")[:4] == ["yineleme", "ağırlık", "sapma", "kayıp"]
    assert rows(table)[0][:4] == ["1", "0,71356", "0,50617", "1.941,47"]


@pytest.mark.parametrize(
    "history",
    [run(learning_rate=0.01), run(start=(1e300, 0.5)), run("weighted-sum", learning_rate=1e150), run(suspect="sign")],
)
def test_the_table_of_a_run_that_left_the_finite_world_has_its_last_rows(history: History) -> None:
    shown = table_iterations(history.iterations, ())
    assert len(rows(iteration_table(history, shown))) == len(shown) >= 1


def test_a_gradient_of_zero_has_no_sign() -> None:
    flat = run(features=(0.0, 0.0, 0.0, 0.0))
    assert rows(iteration_table(flat, [0]))[0][6:] == ["0", "0", "0", "0"]


@pytest.mark.parametrize("chosen", [{}, {"summed": True}, {"suspect": "listing"}])
def test_the_gradient_in_the_table_is_the_one_that_the_next_step_follows(chosen: dict[str, Any]) -> None:
    history = run(**chosen)
    rate, (before, after) = history.experiment.learning_rate, history.parameters[:2]
    shown = [float(cell.replace(",", "").replace("−", "-")) for cell in rows(iteration_table(history, [0]))[0][4:]]
    assert np.array(shown) * rate == pytest.approx(before - after, rel=1e-6)


@pytest.mark.parametrize(
    ("n_rows", "shown"), [(1, [0]), (7, [0, 1, 2, 3, 4, 5, 6]), (8, [0, 1, 2, 5, 6, 7]), (100, [0, 1, 2, 97, 98, 99])]
)
def test_a_long_table_is_shortened_to_its_ends(n_rows: int, shown: list[int]) -> None:
    assert shortened_rows(n_rows) == shown


def test_a_table_escapes_what_it_shows() -> None:
    table = html_table('A "<b>"', ["<i>"], [["a & b", "<script>"]])
    assert cells(table, "th") == ["&lt;i&gt;"]
    assert cells(table) == ["a &amp; b", "&lt;script&gt;"]
    assert 'aria-label="A &quot;&lt;b&gt;&quot;"' in table


def test_a_table_can_be_reached_and_scrolled_from_the_keyboard() -> None:
    assert 'role="region" tabindex="0"' in html_table("Keys", ["Key"], [["P"]])


def test_columns_of_a_table_have_headers_for_those_who_listen() -> None:
    assert html_table("Keys", ["Key", "What"], []).count('<th scope="col">') == 2


def test_only_numbers_are_aligned_to_the_right() -> None:
    assert 'class="table numbers"' in html_table("n", ["n"], [])
    assert 'class="table"' in html_table("n", ["n"], [], numbers=False)


def test_the_cells_of_cards_say_what_they_are_called() -> None:
    table = html_table("Rates", ["rate", "loss"], [["1", "2"]], cards=True)
    assert '<td data-name="rate">1</td><td data-name="loss">2</td>' in table
