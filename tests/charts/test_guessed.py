"""The pictures of questions: what is told only afterwards is not in them before; a hand can take what is its own."""

from functools import cache
from typing import Any

import numpy as np
import pytest

from charts.guessed_limit import guessed_limit_figure, limit_bounds
from charts.guessed_line import guessed_line_figure
from charts.guessed_loss import guessed_loss_figure
from charts.guessed_regime import FACTORS, guessed_regime_figure
from charts.look import Figure
from core.data.builtin import celsius
from core.experiment import Experiment
from core.lesson.prediction import Kind, Question, question
from core.lesson.truth import first_errors, line_at, loss_at
from core.theory.limits import Regime
from core.theory.quadratic import quadratic
from core.training import History, train

NAMES = {regime: regime.value for regime in Regime}
RATES = [0.0001, 0.0011, 0.0013, 1.0]


@cache
def run(rate: float) -> History:
    return train(Experiment.on(celsius(), learning_rate=rate, iterations=200))


def asked(kind: Kind, rate: float) -> tuple[Question, History]:
    return question(kind, run(rate).experiment), run(rate)


def names(figure: Figure) -> list[str]:
    return [trace["name"] for trace in figure["data"]]


def trace(figure: Figure, name: str) -> dict[str, list[float]]:
    found: dict[str, list[float]] = figure["data"][names(figure).index(name)]
    return found


def test_before_it_is_told_a_picture_is_the_same_whatever_the_learning_rate() -> None:
    lines = [guessed_line_figure(*asked(Kind.LINE, rate), (0.0, 50.0), told=False) for rate in RATES]
    losses = [guessed_loss_figure(*asked(Kind.LOSS, rate), 40.0, told=False) for rate in RATES]
    assert all(line == lines[0] for line in lines)
    assert all(loss == losses[0] for loss in losses)


def axes(figure: Figure) -> list[dict[str, Any]]:
    return [figure["layout"][axis] for axis in ("xaxis", "yaxis")]


@pytest.mark.parametrize("rate", RATES)
def test_what_is_told_stands_on_the_same_axes(rate: float) -> None:
    line, loss = asked(Kind.LINE, rate), asked(Kind.LOSS, rate)
    before, after = (guessed_line_figure(*line, (0.0, 50.0), told=told) for told in (False, True))
    assert axes(before) == axes(after)
    before, after = (guessed_loss_figure(*loss, 40.0, told=told) for told in (False, True))
    assert axes(before) == axes(after)


def test_the_line_after_the_step_stands_beside_the_one_that_was_drawn() -> None:
    figure = guessed_line_figure(*asked(Kind.LINE, 0.0011), (0.0, 50.0), told=True)
    assert trace(figure, "your line")["y"] == [0.0, 50.0]
    assert trace(figure, "after the step")["y"] == pytest.approx(line_at(*asked(Kind.LINE, 0.0011), ahead=1))
    assert trace(figure, "before the step")["y"] == [-24.5, 25.0]


def test_the_loss_at_the_end_stands_beside_the_one_that_was_said() -> None:
    figure = guessed_loss_figure(*asked(Kind.LOSS, 0.0001), 40.0, told=True)
    assert trace(figure, "your loss")["y"][-1] == 40.0
    assert trace(figure, "so it was")["y"] == [loss_at(*asked(Kind.LOSS, 0.0001))]
    assert trace(figure, "loss")["y"] == pytest.approx(run(0.0001).loss[:101])


@pytest.mark.parametrize(("rate", "symbol"), [(0.0001, "diamond"), (0.0013, "triangle-up"), (1.0, "triangle-up")])
def test_a_loss_beyond_the_picture_is_pointed_at(rate: float, symbol: str) -> None:
    figure = guessed_loss_figure(*asked(Kind.LOSS, rate), 40.0, told=True)
    assert figure["data"][names(figure).index("so it was")]["marker"]["symbol"] == symbol


def test_a_hand_can_take_its_own_line_and_nothing_once_it_is_told() -> None:
    line = guessed_line_figure(*asked(Kind.LINE, 0.0001), (0.0, 50.0), told=False)
    handles = line["layout"]["meta"]["handles"]
    assert [handle["points"] for handle in handles] == [[0], [1]]
    assert {names(line)[handle["trace"]] for handle in handles} == {"your line"}
    assert "meta" not in guessed_line_figure(*asked(Kind.LINE, 0.0001), (0.0, 50.0), told=True)["layout"]


def test_the_errors_of_the_run_are_drawn_over_the_sketch_that_was_chosen() -> None:
    errors = first_errors(*asked(Kind.REGIME, 0.0011))
    figure = guessed_regime_figure(NAMES, Regime.CREEPING, Regime.OVERSHOOTING, errors)
    assert trace(figure, "this run")["x"] == trace(figure, "creeping")["x"]
    assert trace(figure, "this run")["y"] == pytest.approx(errors[:7])


def test_each_sketch_does_what_its_regime_is_called_after() -> None:
    limits = quadratic(celsius()).limits
    found = {limits.regime((1 - factor) / 2 * limits.stable): regime for regime, factor in FACTORS.items()}
    assert found == {regime: regime for regime in FACTORS}


def test_the_regimes_are_painted_only_once_they_are_told() -> None:
    bounds, limits = limit_bounds(0.0001), quadratic(celsius()).limits
    before, after = (guessed_limit_figure(bounds, 0.001, known, NAMES) for known in (None, limits))
    assert "the limit" not in names(before)
    assert trace(after, "the limit")["y"] == [limits.stable, limits.stable]
    assert trace(after, "your limit")["y"] == trace(before, "your limit")["y"] == [0.001, 0.001]


@pytest.mark.parametrize("usual", [0.0001, 0.00099, 1.0, 0.1])
def test_the_axis_of_limits_reaches_two_powers_of_ten_below_the_usual_rate_and_some_above(usual: float) -> None:
    low, high = limit_bounds(usual)
    assert low <= usual / 100 * (1 + 1e-9)
    assert usual * 10 <= high
    assert np.log10(high / low) == pytest.approx(5)


def test_where_the_gradient_is_added_up_there_is_room_for_its_limit_below() -> None:
    assert limit_bounds(0.0001, 100)[0] <= quadratic(celsius()).limits.stable / 100
    assert limit_bounds(0.0001, 10_000)[0] <= quadratic(celsius()).limits.stable / 10_000
    assert limit_bounds(0.0001, 10_000)[1] == limit_bounds(0.0001)[1]
