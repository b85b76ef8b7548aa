from typing import Any

import numpy as np
import pytest

from core.data.builtin import DATASETS
from core.theory.quadratic import theory
from telling.comparing import comparison_table
from telling.settling import pace_table, settling_table
from tests.telling.runs import cells, rows, run
from wording import LANGUAGES, speak

STABLE = 0.001199759615731202
EXTREMES: dict[str, dict[str, Any]] = {
    "a start at 1e300": {"start": (1e300, 0.5)},
    "a start at 1e150 that explodes": {"start": (1e150, 0.5), "learning_rate": 0.01},
    "a run that explodes at once": {"learning_rate": 1e300},
    "a learning rate beyond all steps": {"learning_rate": 1e307},
    "the least learning rate there is": {"learning_rate": 1e-320},
    "flat features": {"features": (0.0, 0.0, 0.0, 0.0)},
    "a feature of 1e100": {"features": (1e100, 0.0, 0.0, 0.0)},
    "a run that is not trained": {"iterations": 0},
}


def settling(tolerance: float = 0.5, **chosen: Any) -> list[list[str]]:
    return rows(settling_table(run(**chosen), tolerance))


def compared(*rates: float, tolerance: float = 0.5) -> list[list[str]]:
    return rows(comparison_table([run(learning_rate=rate) for rate in rates], tolerance))


# When each parameter is near enough


def test_the_article_s_run_needs_10_720_iterations_more() -> None:
    (name, distance, iteration), bias = settling()
    assert bias == ["bias", "4.265", "20,720 (10,720 beyond this run)"]
    assert (name, distance) == ("weight", "0.002561")
    assert int(iteration) < 20


@pytest.mark.parametrize(("rate", "text"), [(0.001, "2,071"), (0.00119, "1,740")])
def test_a_parameter_that_settles_within_the_run_has_its_iteration(rate: float, text: str) -> None:
    assert settling(learning_rate=rate)[1][2] == text


def test_the_bias_stays_within_the_tolerance_from_the_iteration_in_the_table() -> None:
    outside = np.abs(run().bias - 32) > 5
    assert settling(5)[1][2] == f"{np.flatnonzero(outside)[-1] + 1:,}"


@pytest.mark.parametrize("rate", [0.0, 0.01, STABLE])
def test_a_parameter_that_never_settles_says_so(rate: float) -> None:
    assert settling(learning_rate=rate)[0][2] == "never"


def test_the_table_of_settling_names_its_tolerance() -> None:
    assert cells(settling_table(run(), 5), "th") == ["parameter", "distance at the end", "within 5 from iteration"]


def test_the_paces_are_those_of_the_published_eigenvalues() -> None:
    assert rows(pace_table(run())) == [["1,667", "0.8333", "3.801"], ["1.999", "0.9998", "3,466"]]


def test_the_weighted_sum_has_one_pace() -> None:
    assert rows(pace_table(run("weighted-sum"))) == [["8", "0.2", "0.4307"]]


def test_summing_makes_each_direction_as_many_times_as_steep_as_there_are_samples_and_keeps_its_pace() -> None:
    assert rows(pace_table(run(summed=True))) == [["166,700", "0.8333", "3.801"], ["199.9", "0.9998", "3,466"]]


# Learning rates side by side


def test_the_table_names_regime_settling_loss_and_parameters() -> None:
    assert cells(comparison_table([run()], 0.5), "th") == [
        *(
            "learning rate",
            "what happens",
            "within 0.5 from iteration",
            "iterations",
            "loss at the end",
            "weight",
            "bias",
        )
    ]


def test_the_table_holds_the_published_end_of_the_article_s_run() -> None:
    assert compared(0.0001) == [["0.0001", "steady", "20,720", "10,000", "18.18", "1.797", "27.74"]]


def test_each_rate_has_its_row_even_where_it_comes_twice() -> None:
    assert [row[2] for row in compared(0.0001, 0.001, 0.00119, 0.001)] == ["20,720", "2,071", "1,740", "2,071"]


@pytest.mark.parametrize("dataset", DATASETS)
def test_rates_on_either_side_of_the_limits_are_named_after_their_regimes(dataset: str) -> None:
    known = theory(run(dataset).experiment)
    assert known
    shares = (0.02, 0.45, 0.8, 1.1)
    table = comparison_table(
        [run(dataset, learning_rate=share * known.limits.stable, iterations=9) for share in shares], 0.5
    )
    assert [row[1] for row in rows(table)] == ["too slow", "steady", "overshoots", "explodes"]


def test_the_rate_in_force_is_marked() -> None:
    table = comparison_table([run(learning_rate=rate) for rate in (0.0001, 0.001)], 0.5, now=0.001)
    assert [row[0] for row in rows(table)] == ["0.0001", "0.001 (now)"]


NEVER = {
    0.0: "nothing moves",
    0.0013: "every step makes it worse",
    STABLE: "it bounces for ever",
    1e-20: "the steps are too short",
}


@pytest.mark.parametrize("rate", NEVER)
def test_a_rate_that_never_settles_says_why(rate: float) -> None:
    assert compared(rate)[0][2] == f"never: {NEVER[rate]}"


def test_the_reasons_speak_turkish() -> None:
    speak("tr")
    assert all(row[2].startswith("hiçbir zaman: ") for row in compared(*NEVER))


# What nobody asks for


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_theory_what_follows_from_it_is_unknown(language: str) -> None:
    speak(language)
    history, unknown = run(suspect="as-derived", iterations=100), {"en": "unknown", "tr": "bilinmiyor"}[language]
    assert [row[1:] for row in rows(settling_table(history, 0.5))] == [[unknown] * 2] * 2
    assert rows(pace_table(history)) == [[unknown] * 3]
    (known,), (row,) = (rows(comparison_table([one], 0.5)) for one in (run(iterations=100), history))
    assert [row[0], *row[3:]] == [known[0], *known[3:]]


@pytest.mark.parametrize("tolerance", [0.5, 1e300, 1e-300])
@pytest.mark.parametrize("extreme", EXTREMES)
def test_the_tables_of_an_extreme_run_are_complete_all_the_same(extreme: str, tolerance: float) -> None:
    history = run(**EXTREMES[extreme])
    n_parameters = history.parameters.shape[1]
    assert len(rows(settling_table(history, tolerance))) == n_parameters
    assert [len(row) for row in rows(comparison_table([history], tolerance))] == [5 + n_parameters]
    assert all(all(row) for row in rows(pace_table(history)))
