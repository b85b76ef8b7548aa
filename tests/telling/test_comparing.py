from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from core.batches import Batches
from core.data.builtin import celsius
from core.data.curves import sine
from core.data.more import hours
from core.experiment import Experiment
from core.losses import CrossEntropy
from core.network import Network
from core.optimisers import OPTIMISERS
from core.theory.in_force import limits_in_force
from core.training import History, train
from telling.comparing import arrival, comparison_table, optimisers_table
from telling.happening import happened
from telling.racing import race_sentence, rates_sentence, short_names
from tests.telling.runs import cells, rows
from wording import number


@cache
def five(batch: int = 0) -> list[History]:
    """The optimisers from the same start, the three without a pace of their own at 0.0001, and these at 0.009."""
    runs = Experiment.on(celsius(), batches=Batches(batch) if batch else None)
    rates = [1e-4, 1e-4, 1e-4, 0.009, 0.009]
    return [
        train(replace(runs, optimiser=kind(), schedule=((0, rate),)))
        for kind, rate in zip(OPTIMISERS.values(), rates, strict=True)
    ]


@cache
def network(rate: float = 0.1, **others: Any) -> History:
    start = Network(4).start(1, seed=0)
    chosen = {"learning_rate": rate, "iterations": 400, **others}
    return train(Experiment.on(sine(), model=Network(4), start=start, **chosen))


def table(histories: list[History], tolerance: float = 0.5) -> list[list[str]]:
    return rows(optimisers_table(histories, short_names(), tolerance))


# Optimisers


def test_each_optimiser_has_its_rate_and_the_loss_of_its_run() -> None:
    for row, history in zip(table(five()), five(), strict=True):
        assert row[1] == number(history.learning_rate)
        assert row[-1] == number(float(history.loss[-1]))


def test_the_limit_of_each_is_its_own_and_none_is_known_of_those_with_a_pace_of_their_own() -> None:
    expected = [number(limits_in_force(history).stable, 3) for history in five()[:3]]
    assert expected == ["0.0012", "0.00228", "0.000814"]
    assert [row[2] for row in table(five())] == [*expected, "none known", "none known"]


def test_what_happens_is_the_regime_where_it_is_known_else_what_was_seen() -> None:
    happens = [row[3] for row in table(five())]
    assert happens[:3] == ["steady", "overshoots", "overshoots"]
    assert all(text.startswith("goes down") for text in happens[3:])


def test_a_run_has_arrived_when_its_parameters_are_near_for_good() -> None:
    for row, history in zip(table(five())[1:], five()[1:], strict=True):
        away = abs(history.parameters - [1.8, 32.0]).max(axis=1)
        arrived = int(row[4].replace(",", ""))
        assert away[arrived:].max() <= 0.5 < away[arrived - 1]


def test_of_a_network_99_per_cent_of_the_way_down_to_the_lowest_count() -> None:
    histories = [network(rate) for rate in (0.1, 0.01, 0.2)]
    least, first = min(float(history.loss.min()) for history in histories), float(histories[0].loss[0])
    arrives = arrival(histories, 0.5)
    reached = [arrives(history) for history in histories]
    for iteration, history in zip(reached, histories, strict=True):
        below = history.loss <= least + 0.01 * (first - least)
        assert iteration == (int(below.argmax()) if below.any() else None)
    assert any(reached)


def test_of_classes_the_share_on_the_right_side_is_told() -> None:
    history = train(Experiment.on(hours(), loss=CrossEntropy()))
    header = cells(optimisers_table([history], ["a"], 0.5), "th")
    assert header == ["optimiser", "learning rate", "limit", "what happens", *header[4:6], "on the right side"]
    assert rows(optimisers_table([history], ["a"], 0.5))[0][-1] == "80 %"


def test_where_limits_move_it_is_the_last_one() -> None:
    header = cells(optimisers_table([network()], ["a"], 0.5), "th")
    assert header[2] == "limit at the end"
    assert rows(optimisers_table([network()], ["a"], 0.5))[0][2] == number(limits_in_force(network()).stable, 3)


def test_a_network_s_learning_rates_are_compared_without_its_parameters() -> None:
    html = comparison_table([network()], 0.5)
    assert cells(html, "th") == [
        "learning rate",
        "what happens",
        "99 % of the way down at iteration",
        "iterations",
        "loss at the end",
    ]
    assert [len(row) for row in rows(html)] == [5]


def test_in_batches_no_regime_is_claimed() -> None:
    assert {row[3] for row in table(five(batch=10))} <= {"goes down steadily", "goes down, with ups and downs"}


# What happened


def test_a_network_that_explodes_says_when() -> None:
    history = network(30.0, iterations=2000)
    expected = "goes up" if history.diverged_at is None else f"explodes at iteration {history.diverged_at:,}"
    assert happened(history) == expected


@pytest.mark.parametrize(
    ("rate", "word"), [(0.0, "stays where it is"), (0.001, "goes down steadily"), (1e300, "explodes at iteration 1")]
)
def test_what_is_seen_of_a_network_is_said_in_a_word(rate: float, word: str) -> None:
    assert happened(network(rate)) == word


def test_ups_and_downs_are_seen() -> None:
    assert happened(network(0.1, batches=Batches(5))) == "goes down, with ups and downs"


# The race


def test_the_first_that_arrives_is_named() -> None:
    arrivals = [arrival(five(), 0.5)(history) for history in five()]
    text = race_sentence(five(), short_names(), [None, *arrivals[1:]])
    assert text == f"From the same start momentum arrives first, at iteration {arrivals[1]:,}."


def test_where_none_arrives_the_lowest_is_named() -> None:
    text = race_sentence(five(), short_names(), [None] * 5)
    lowest = min(range(5), key=lambda k: five()[k].loss[-1])
    assert text.startswith(f"From the same start none arrives in this run; {short_names()[lowest]} gets lowest")


def test_where_all_explode_it_is_said() -> None:
    wild = train(Experiment.on(celsius(), learning_rate=1.0))
    assert race_sentence([wild] * 5, short_names(), [None] * 5) == "From the same start all of them explode."


def test_it_is_said_which_of_them_take_the_rate_in_the_hand() -> None:
    plain, adaptive = rates_sentence(False), rates_sentence(True)
    assert plain.startswith("Plain descent and both kinds of momentum take the learning rate in the hand")
    assert adaptive.startswith("RMSProp and Adam take the learning rate in the hand")
