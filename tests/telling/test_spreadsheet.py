import csv
from dataclasses import replace
from io import StringIO

import numpy as np
import pytest

from core.data.builtin import celsius
from core.data.dataset import Dataset
from core.data.holding_out import hold_out
from core.data.more import MORE_DATASETS
from core.experiment import Experiment
from core.losses import CrossEntropy, accuracy
from core.training import History, losses, train
from telling.spreadsheet import BYTE_ORDER_MARK, MOST_NUMBERS, SEPARATORS, no_formula, spreadsheet, steps_apart
from tests.telling.runs import run
from wording import speak

EVERY_NOTATION = pytest.mark.parametrize("decimal", SEPARATORS)


def read(text: str, decimal: str = ".") -> list[list[str]]:
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.reader(StringIO(text[1:], newline=""), delimiter=SEPARATORS[decimal]))


def column(text: str, name: str, decimal: str = ".") -> list[float]:
    header, *rows = read(text, decimal)
    return [float(row[header.index(name)].replace(decimal, ".")) for row in rows]


def of(history: History, decimal: str = ".") -> str:
    return spreadsheet([("", history)], decimal)


def long_run(iterations: int, n_parameters: int = 2) -> History:
    """A run that nobody trained."""
    return History(run().experiment, np.zeros((iterations + 1, n_parameters)), np.zeros(iterations + 1))


@EVERY_NOTATION
@pytest.mark.parametrize("learning_rate", [1e-4, 1.3e-3, 1e-12])
def test_every_number_is_read_back_to_the_last_bit(decimal: str, learning_rate: float) -> None:
    history = run(learning_rate=learning_rate, iterations=300)
    text = of(history, decimal)
    assert column(text, "weight", decimal) == history.weights[:, 0].tolist()
    assert column(text, "bias", decimal) == history.bias.tolist()
    assert column(text, "loss", decimal) == history.loss.tolist()


def test_a_decimal_point_goes_with_commas_between_cells_and_a_decimal_comma_with_semicolons() -> None:
    history = run(iterations=0)
    assert of(history, ".").splitlines()[1] == "0,0.0001,0.5,0.5,2359.915"
    assert of(history, ",").splitlines()[1] == "0;0,0001;0,5;0,5;2359,915"


def test_there_is_a_row_for_every_iteration() -> None:
    assert column(of(run(iterations=40)), "iteration") == list(range(41))


def test_each_row_has_the_learning_rate_of_the_step_that_follows() -> None:
    history = train(replace(run().experiment, schedule=((0, 1e-3), (2, 1e-4)), iterations=4))
    assert column(of(history), "learning rate") == [1e-3, 1e-3, 1e-4, 1e-4, 1e-4]


def test_a_run_that_exploded_ends_where_its_numbers_do() -> None:
    history = run(learning_rate=1.0)
    assert history.diverged_at
    assert column(of(history), "iteration")[-1] == history.iterations


def test_several_runs_stand_below_each_other_with_their_names() -> None:
    runs = [("first", run(iterations=1)), ("second", run(learning_rate=1e-3, iterations=2))]
    assert [row[:3] for row in read(spreadsheet(runs, "."))] == [
        ["run", "iteration", "learning rate"],
        ["first", "0", "0.0001"],
        ["first", "1", "0.0001"],
        ["second", "0", "0.001"],
        ["second", "1", "0.001"],
        ["second", "2", "0.001"],
    ]


@EVERY_NOTATION
@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", " =1+1", "\t=1", '"""', "a;b,c", "</script>", "0,5"])
def test_no_name_becomes_a_formula_and_none_breaks_its_cell(name: str, decimal: str) -> None:
    runs = [(name, run(iterations=0)), ("", run(iterations=0))]
    (cell, *_numbers), *_others = read(spreadsheet(runs, decimal), decimal)[1:]
    assert cell == no_formula(name)
    assert cell.removeprefix("'") == name
    assert not cell.strip().startswith(("=", "+", "-", "@"))


def test_two_runs_of_one_name_are_both_there() -> None:
    assert len(read(spreadsheet([("0.1", run(iterations=0))] * 2, "."))) == 3


@pytest.mark.parametrize("data", [celsius(), MORE_DATASETS["hours"]()], ids=lambda data: data.name)
def test_of_a_part_held_out_the_results_are_there_too(data: Dataset) -> None:
    part, held_out = hold_out(data, 0.3, 1)
    history = train(Experiment.on(part, iterations=5))
    text = spreadsheet([("", history)], ".", held_out)
    expected = losses(replace(history.experiment, data=held_out), history.parameters)
    assert column(text, "held-out part: loss") == expected.tolist()


def test_of_classes_the_share_on_the_right_side_is_there_too() -> None:
    history = train(Experiment.on(MORE_DATASETS["hours"](), loss=CrossEntropy(), iterations=30))
    shares = accuracy(history.experiment.loss.predicted(history.outputs(slice(None))), history.experiment.data.targets)
    assert column(of(history), "share on the right side") == shares.tolist()


def test_a_hundred_thousand_iterations_of_one_neuron_are_all_there() -> None:
    assert steps_apart([long_run(100_000)]) == 1


@pytest.mark.parametrize(("iterations", "n_parameters"), [(100_000, 4), (100_000, 65), (50_000, 33)])
def test_what_is_too_long_has_rows_an_odd_number_of_iterations_apart(iterations: int, n_parameters: int) -> None:
    apart = steps_apart([long_run(iterations, n_parameters)])
    assert apart > 1
    assert apart % 2 == 1
    assert iterations / apart * (3 + n_parameters) <= MOST_NUMBERS


def test_the_last_iteration_is_there_in_any_case() -> None:
    history = long_run(MOST_NUMBERS)
    assert column(of(history), "iteration")[-1] == MOST_NUMBERS


def test_the_columns_are_named_in_the_language_spoken() -> None:
    speak("tr")
    assert read(of(run(iterations=0), ","), ",")[0] == ["yineleme", "öğrenme oranı", "ağırlık", "sapma", "kayıp"]
