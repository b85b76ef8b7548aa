"""What the class has found, and what it has answered, in pictures."""

import math

import pytest

from charts.class_answers import BINS, Scale, class_choices_figure, class_values_figure
from charts.class_curve import Point
from charts.look import Figure
from core.theory.limits import Regime
from tests.charts.figures import REGIME_NAMES, class_curve
from tests.charts.seen import traces

SCALE = Scale("loss", (0.1, 1e7), is_logarithmic=True, can_explode=True)


def named(figure: Figure, name: str) -> dict[str, list[float]]:
    (found,) = [trace for trace in traces(figure) if trace["name"] == name]
    return found


def curve(tries: list[Point], *, is_revealed: bool = False) -> Figure:
    return class_curve(tries, is_revealed=is_revealed).draw([])


def test_the_axes_do_not_depend_on_what_is_tried_nor_on_what_is_revealed() -> None:
    pictures = [curve([]), curve([Point(1.0, None, "a")]), curve([Point(1e-9, 1e-9, "a")], is_revealed=True)]
    assert len({tuple(picture["layout"][axis]["range"]) for picture in pictures for axis in ("xaxis", "yaxis")}) == 2


def test_a_try_stands_at_its_rate_and_loss() -> None:
    tries = named(curve([Point(0.0005, 700.0, "a")]), "tries")
    assert (tries["x"], tries["y"]) == ([0.0005], [700.0])


def test_what_exploded_is_a_cross_and_no_point() -> None:
    figure = curve([Point(0.002, None, "a")])
    assert [trace["name"] for trace in traces(figure)] == ["exploded"]


def test_the_theory_is_in_the_picture_only_once_it_is_revealed() -> None:
    hidden, shown = curve([]), curve([], is_revealed=True)
    assert traces(hidden) == []
    assert "loss at the end" in [trace["name"] for trace in traces(shown)]
    assert "shapes" not in hidden["layout"]
    assert len(shown["layout"]["shapes"]) > 4


@pytest.mark.parametrize("values", [[], [3.0], [0.001, 1e9, 40.0, math.inf, math.inf], [40.0] * 30])
def test_every_answer_is_counted_once(values: list[float]) -> None:
    (columns,) = traces(class_values_figure(values, SCALE))
    assert sum(columns["y"]) == len(values)
    assert columns["y"][BINS] == sum(map(math.isinf, values))


def test_the_truth_stands_in_the_column_of_those_who_were_right() -> None:
    figure = class_values_figure([638.0], SCALE, 638.0)
    (columns,), (line,) = traces(figure), figure["layout"]["shapes"]
    place = columns["x"][columns["y"].index(1)]
    assert abs(line["x0"] - place) <= SCALE.width / 2


def test_a_truth_that_explodes_stands_with_those_who_said_so() -> None:
    figure = class_values_figure([math.inf], SCALE, math.inf)
    assert figure["layout"]["shapes"][0]["x0"] == traces(figure)[0]["x"][-1]


def test_the_right_choice_has_a_tick_once_it_is_told() -> None:
    counts = dict.fromkeys([Regime.CREEPING, Regime.MONOTONE, Regime.OVERSHOOTING, Regime.DIVERGING], 1)
    hidden = class_choices_figure(counts, REGIME_NAMES)
    told = class_choices_figure(counts, REGIME_NAMES, Regime.MONOTONE)
    assert "✓" not in str(hidden)
    assert [text.startswith("✓") for text in told["layout"]["xaxis"]["ticktext"]] == [False, True, False, False]
