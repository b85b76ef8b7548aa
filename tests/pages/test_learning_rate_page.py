import re
from functools import cache
from typing import Any

import numpy as np
import pytest

from core.data.builtin import DATASETS, celsius
from core.theory.quadratic import quadratic
from tests.pages.visit import Visit

EVERY_DATASET = pytest.mark.parametrize("dataset", DATASETS)
COMPARED = "The learning rates compared"


@cache
def opened(dataset: str) -> Visit:
    """The page with a data set, only to be read."""
    return Visit("learning_rate", dataset=dataset)


@pytest.fixture
def visit() -> Visit:
    return Visit("learning_rate")


def u_curve(visit: Visit) -> list[dict[str, Any]]:
    traces: list[dict[str, Any]] = visit.players[0]["figures"][0]["data"]
    return traces


@EVERY_DATASET
def test_the_page_shows_a_u_curve_to_click_on_a_comparison_and_bounces(dataset: str) -> None:
    players = opened(dataset).players
    assert [len(player["figures"]) for player in players] == [1, 2, 1]
    assert [player["clickable"] for player in players] == [True, False, False]
    assert re.search(r"The least is .+, at .+\.", opened(dataset).title)


@EVERY_DATASET
def test_the_u_curve_holds_the_final_losses_of_300_rates_of_the_dial(dataset: str) -> None:
    curve, made = u_curve(opened(dataset))[0], DATASETS[dataset]()
    rates = np.geomspace(float(curve["x"][0]), float(curve["x"][-1]), 300)
    losses = quadratic(made).final_losses(made.start, rates, made.iterations)
    seen = losses < made.n_samples * quadratic(made).final_losses(made.start, np.array([0.0]), 1)[0]
    scale = opened(dataset).dial["scale"]
    assert curve["x"] == pytest.approx(rates.tolist())
    assert rates[0] == scale[0][1] < rates[-1] <= scale[-1][1]
    assert np.array(curve["y"], dtype=float)[seen] == pytest.approx(losses[seen], rel=1e-6, nan_ok=True)


@pytest.mark.parametrize("iterations", [1, 100, 100_000])
def test_the_iterations_slider_changes_the_u_curve(visit: Visit, iterations: int) -> None:
    visit.slide("iterations", iterations)
    curve = u_curve(visit)[0]
    (expected,) = quadratic(celsius()).final_losses(celsius().start, np.array([curve["x"][100]]), iterations)
    assert curve["y"][100] == pytest.approx(expected, rel=1e-9)
    assert f"at iteration {iterations:,}, over" in visit.title


def test_the_diamond_stands_at_the_last_loss_of_the_run_and_follows_the_learning_rate(visit: Visit) -> None:
    assert u_curve(visit)[1]["y"] == pytest.approx([18.183695593848714], rel=1e-9)
    visit.slide("learning_rate", 0.0008)
    assert u_curve(visit)[1]["x"] == [0.0008]


def test_a_click_on_the_u_curve_takes_its_rate_with_three_digits_to_every_page(visit: Visit) -> None:
    visit.click_figure(0, figure=0, curve=0, x=0.00081234, y=3.0)
    assert visit.address == {"learning_rate": "0.000812"}
    assert u_curve(visit)[1]["x"] == [0.000812]
    assert visit.go("train").field("learning_rate") == "0.000812"


def test_the_u_curve_of_the_summed_gradient_lies_at_smaller_rates(visit: Visit) -> None:
    summed = u_curve(Visit("learning_rate", summed="on"))[0]
    assert summed["x"][0] == pytest.approx(u_curve(visit)[0]["x"][0] / 100)


def test_the_least_after_many_iterations_is_not_written_like_a_rate_that_diverges() -> None:
    found = re.search(r"The least is .*, at (\d\.\d+)\.", opened("celsius").title)
    assert found
    assert float(found[1]) < 0.001199759615731202


def test_the_fastest_in_the_long_run_and_the_limit_are_told_apart(visit: Visit) -> None:
    assert "★ is the fastest in the long run, 0.001198; the limit is 0.0012. Textbooks" in " ".join(visit.texts)


def test_a_rate_that_is_the_best_for_few_iterations_only_is_explained() -> None:
    texts = " ".join(Visit("learning_rate", iterations="10").texts)
    assert re.search(r"By iteration 10, 0\.0010\d* gets farther: at ★", texts)


def test_the_rate_in_force_has_a_row_of_its_own_in_the_comparison(visit: Visit) -> None:
    assert [row[0] for row in visit.table(COMPARED)] == ["0.0001 (now)", "0.000024", "0.00054", "0.00096", "0.0013"]


# Side by side


@EVERY_DATASET
def test_the_ready_made_rates_are_each_in_a_regime_of_its_own(dataset: str) -> None:
    regimes = [row[1] for row in opened(dataset).table(COMPARED) if "(now)" not in row[0]]
    assert regimes == ["too slow", "steady", "overshoots", "explodes"]


def test_typed_rates_are_compared_and_leave_the_run_s_own_rate_alone(visit: Visit) -> None:
    visit.type("rates", "0.0001; 0.001; 0.00119; 0.001")
    rows = visit.table(COMPARED)
    assert visit.chosen == {"rates": (0.0001, 0.001, 0.00119, 0.001)}
    assert visit.address == {"rates": "0.0001,0.001,0.00119,0.001"}
    assert [row[0] for row in rows] == ["0.0001 (now)", "0.001", "0.00119", "0.001"]
    assert [row[2] for row in rows] == ["20,720", "2,071", "1,740", "2,071"]  # to half a degree, as published
    assert rows[0] == ["0.0001 (now)", "steady", "20,720", "10,000", "18.18", "1.797", "27.74"]


@pytest.mark.parametrize(
    ("text", "rates"), [("0,0005", (0.0005,)), ("0,0005; 0,001", (0.0005, 0.001)), ("0,0005 0,001", (0.0005, 0.001))]
)
def test_learning_rates_to_compare_may_be_typed_with_decimal_commas(text: str, rates: tuple[float, ...]) -> None:
    visit = Visit("learning_rate", lang="tr").type("rates", text)
    assert visit.warnings == []
    assert visit.settings.rates == rates


def test_up_to_six_rates_are_drawn_together(visit: Visit) -> None:
    visit.type("rates", "1e-5, 2e-5, 3e-5, 4e-5, 5e-5, 6e-5")
    predictions, losses = visit.players[1]["figures"]
    assert len(predictions["data"]) == 1 + 6
    assert len(losses["data"]) == 6 + 6


def test_rates_that_cannot_be_compared_change_nothing_but_leave_a_complaint(visit: Visit) -> None:
    for text in ("1,2,3,4,5,6,7", "-1", "abc", "nan", "1e999", ""):
        assert visit.type("rates", text).chosen == {}
        assert [f"“{text}”" in warning for warning in visit.warnings] == [True]


def test_the_ready_made_button_brings_the_four_rates_back(visit: Visit) -> None:
    visit.type("rates", "0.0001").press("ready_made")
    assert visit.address == {}
    assert len(visit.table(COMPARED)) == 1 + 4
    assert visit.field("rates") == "2.4e-05; 0.00054; 0.00096; 0.0013"


def test_another_tolerance_moves_the_iterations_in_the_table_and_goes_along_to_other_pages(visit: Visit) -> None:
    visit.type("rates", "0.001").type("tolerance", "5")
    # The stepped run's bias is 5.0064 away after 919 iterations, and 4.9964 after 920.
    assert visit.table(COMPARED)[1][2] == "920"
    visit.go("train").go("learning_rate")
    assert visit.address == {"rates": "0.001", "tolerance": "5.0"}
    assert (visit.field("rates"), visit.field("tolerance")) == ("0.001", "5")


# Bounces


def test_the_bounces_have_the_factors_in_the_text(visit: Visit) -> None:
    visit.slide("learning_rate", 0.0008)
    (text,) = [text for text in visit.texts if "Factors" in text]
    assert text == "Factors at this learning rate: 1 − 0.0008 · 1,667 = −0.3336, 1 − 0.0008 · 1.999 = 0.9984."
    steep, flat = (trace["y"] for trace in visit.players[2]["figures"][0]["data"])
    assert steep[:3] == pytest.approx([1.0, -0.33360048048, 0.11128928057], rel=1e-8)
    assert flat[:2] == pytest.approx([1.0, 1 - 0.0008 * 1.9993994], rel=1e-8)


@pytest.mark.parametrize("address", [{"dataset": "weighted-sum"}, {"standardise": "on"}])
def test_a_round_valley_has_one_direction_or_two_alike(address: dict[str, str]) -> None:
    parts = [trace["y"] for trace in Visit("learning_rate", **address).players[2]["figures"][0]["data"]]
    assert len(parts) == 1 or parts[0][:5] == pytest.approx(parts[1][:5])


def test_flat_data_have_no_bounces_and_two_rates_side_by_side() -> None:
    visit = Visit("learning_rate", dataset="weighted-sum", features="0,0,0,0")
    assert len(visit.players) == 2
    assert len(visit.table(COMPARED)) == 2
