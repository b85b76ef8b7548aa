import json
import math
from collections.abc import Iterator
from typing import Any

import plotly.graph_objects as go
import pytest

from charts.look import BEFORE, BEST, DATA, LOSS, NOW, Figure, frame_iterations
from charts.picture import picture_figure
from tests.charts.runs import (
    BEYOND_EVERY_SCREEN,
    KINDS,
    RUNS,
    axes,
    coordinates,
    drawing,
    figures,
    moved,
    trace,
    traces,
)

EVERY_RUN = pytest.mark.parametrize("run", RUNS)
EVERY_KIND = pytest.mark.parametrize("kind", KINDS)
INFINITE_START = [run for run in RUNS if "1e300" in run or "largest number" in run]


def numbers(content: Any) -> Iterator[float]:
    if isinstance(content, dict):
        content = list(content.values())
    if isinstance(content, list | tuple):
        for part in content:
            yield from numbers(part)
    elif isinstance(content, float):
        yield content


def refuse(literal: str) -> None:
    raise AssertionError(f"{literal} in the JSON")


def ranges(drawn: dict[str, Figure]) -> list[list[float]]:
    return [axis["range"] for figure in drawn.values() for axis in axes(figure).values()]


@EVERY_RUN
def test_a_figure_passes_plotly_s_own_validation(run: str) -> None:
    for figure in drawing(run).figures.values():
        assert len(go.Figure(figure).frames) == len(figure["frames"]) > 0


@EVERY_RUN
def test_a_figure_s_json_parses_without_nan_or_infinity(run: str) -> None:
    for figure in drawing(run).figures.values():
        content = json.loads(go.Figure(figure).to_json(), parse_constant=refuse)
        assert len(traces(content)) == len(traces(figure))


@EVERY_RUN
def test_what_the_player_sends_holds_finite_numbers_only(run: str) -> None:
    for figure in drawing(run).figures.values():
        # plotly's own to_json would turn NaN into null and hide it; the player sends the plain figure.
        assert [number for number in numbers(figure) if not math.isfinite(number)] == []
        assert json.loads(json.dumps(figure, allow_nan=False)).keys() == {"data", "frames", "layout"}


@EVERY_RUN
def test_no_coordinate_is_further_off_than_a_browser_can_draw(run: str) -> None:
    for figure in drawing(run).figures.values():
        for name, values in coordinates(figure).items():
            low, high = axes(figure)[name]["range"]
            reach = BEYOND_EVERY_SCREEN * (high - low)
            assert [value for value in values if not low - reach <= value <= high + reach] == [], name


@EVERY_RUN
def test_every_axis_has_a_fixed_range_with_some_extent(run: str) -> None:
    for figure in drawing(run).figures.values():
        for axis in axes(figure).values():
            low, high = axis["range"]
            assert low < high
            assert axis["autorange"] is False


@EVERY_RUN
def test_no_frame_changes_an_axis_or_anything_else_of_the_layout(run: str) -> None:
    for figure in drawing(run).figures.values():
        assert [frame for frame in figure["frames"] if frame.keys() != {"name", "traces", "data"}] == []


@EVERY_RUN
def test_the_axes_stay_the_same_whichever_iterations_get_a_frame(run: str) -> None:
    drawn = drawing(run)
    every = list(range(min(drawn.history.iterations, 300) + 1))
    iterations = sorted({*frame_iterations(drawn.history.iterations), *every})
    more = figures(drawn.dataset, drawn.history, drawn.best, iterations)
    assert ranges(more) == ranges(drawn.figures)


@EVERY_RUN
def test_both_figures_of_a_run_have_a_frame_for_each_iteration_asked_for(run: str) -> None:
    drawn = drawing(run)
    names = [str(iteration) for iteration in drawn.iterations]
    assert {
        kind: [frame["name"] for frame in figure["frames"]] for kind, figure in drawn.figures.items()
    } == dict.fromkeys(KINDS, names)


@EVERY_RUN
def test_every_frame_names_the_traces_it_moves(run: str) -> None:
    for figure in drawing(run).figures.values():
        for frame in figure["frames"]:
            assert frame["traces"] == figure["frames"][0]["traces"]
            assert len(frame["traces"]) == len(set(frame["traces"])) == len(frame["data"]) > 0
            assert set(frame["traces"]) <= set(range(len(traces(figure))))


@EVERY_RUN
def test_a_frame_never_changes_the_type_of_a_trace(run: str) -> None:
    for figure in drawing(run).figures.values():
        types = [trace["type"] for trace in traces(figure)]
        for frame in figure["frames"]:
            assert [data.get("type", "scatter") for data in frame["data"]] == [types[k] for k in frame["traces"]]


@EVERY_RUN
def test_without_a_player_a_figure_shows_its_last_frame(run: str) -> None:
    for figure in drawing(run).figures.values():
        last = figure["frames"][-1]
        for k, data in zip(last["traces"], last["data"], strict=True):
            assert {name: traces(figure)[k][name] for name in data} == data


@EVERY_RUN
def test_x_and_y_of_a_trace_are_equally_long_in_every_frame(run: str) -> None:
    for figure in drawing(run).figures.values():
        for frame in figure["frames"]:
            for k, data in zip(frame["traces"], frame["data"], strict=True):
                whole = {**traces(figure)[k], **data}
                assert len(whole["x"]) == len(whole["y"]) > 0


@EVERY_RUN
def test_the_colours_of_text_grid_and_background_are_left_to_the_page_s_theme(run: str) -> None:
    for figure in drawing(run).figures.values():
        layout = figure["layout"]
        assert layout["template"] == {}
        assert {"paper_bgcolor", "plot_bgcolor"} & layout.keys() == set()
        assert "color" not in layout["font"]
        assert [axis for axis in axes(figure).values() if {"color", "gridcolor"} & axis.keys()] == []


@pytest.mark.parametrize("run", INFINITE_START)
def test_a_start_with_an_infinite_loss_is_drawn_with_one_frame_and_no_loss(run: str) -> None:
    drawn = drawing(run)
    assert drawn.history.diverged_at == 0
    assert drawn.iterations == [0]
    assert moved(drawn.figures["log"], "now") == [{"x": [0], "y": [None]}]


@pytest.mark.parametrize("run", ["a line that settles", "weights that settle", "several features that settle"])
@EVERY_KIND
def test_equal_runs_give_equal_figures(run: str, kind: str) -> None:
    drawn = drawing(run)
    again = figures(drawn.dataset, drawn.history, drawn.best, drawn.iterations)
    assert again[kind] == drawn.figures[kind]


@pytest.mark.parametrize(
    ("run", "kind", "name", "color"),
    [
        ("a line that settles", "picture", "data", DATA),
        ("a line that settles", "picture", "before training", BEFORE),
        ("a line that settles", "picture", "now", NOW),
        ("a line that settles", "picture", "best possible", BEST),
        ("weights that settle", "picture", "before training", BEFORE),
        ("weights that settle", "picture", "now", NOW),
        ("weights that settle", "picture", "best possible", BEST),
        ("weights that settle", "picture", "target", BEST),
        ("several features that settle", "picture", "before training", BEFORE),
        ("several features that settle", "picture", "now", NOW),
        ("several features that settle", "picture", "perfect", BEST),
        ("a line that settles", "linear", "loss", LOSS),
        ("a line that settles", "linear", "now", NOW),
        ("a line that settles", "linear", "least possible", BEST),
    ],
)
def test_one_meaning_has_one_colour_everywhere(run: str, kind: str, name: str, color: str) -> None:
    drawn = trace(drawing(run).figures[kind], name)
    lines, markers = drawn.get("line", {}), drawn.get("marker", {})
    if "lines" in drawn.get("mode", ""):
        assert lines["color"] == color
    else:
        assert markers.get("color", markers.get("line", {}).get("color")) == color


def test_no_two_meanings_share_a_colour() -> None:
    assert len({DATA, BEFORE, NOW, BEST, LOSS}) == 5


@pytest.mark.parametrize("run", ["a line that settles", "weights that settle", "several features that settle"])
def test_what_is_before_now_and_best_also_differs_in_its_dash_or_shape(run: str) -> None:
    looks = [
        (trace["type"], trace.get("line", {}).get("dash"), trace.get("marker", {}).get("symbol"), trace.get("mode"))
        for trace in traces(drawing(run).figures["picture"])
        if trace["name"] in ("data", "before training", "now", "best possible", "perfect")
    ]
    assert len(set(looks)) == len(looks)


@pytest.mark.usefixtures("turkish")
@pytest.mark.parametrize("run", ["a line that settles", "weights that settle", "several features that settle"])
@EVERY_KIND
def test_in_turkish_numbers_have_a_decimal_comma_and_points_between_thousands(run: str, kind: str) -> None:
    drawn = drawing(run)
    turkish = figures(drawn.dataset, drawn.history, drawn.best, drawn.iterations)
    assert turkish[kind]["layout"]["separators"] == ",."
    assert drawn.figures[kind]["layout"]["separators"] == ".,"


@pytest.mark.usefixtures("turkish")
@pytest.mark.parametrize(
    ("run", "kind", "names"),
    [
        ("a line that settles", "picture", ["veri", "eğitimden önce", "en iyisi", "şimdi"]),
        (
            "weights that settle",
            "picture",
            ["şimdi", "eğitimden önce", "en iyisi", "hedef", "çıktı", "çıktı"],
        ),
        ("several features that settle", "picture", ["kusursuz", "eğitimden önce", "şimdi"]),
        ("a line that settles", "linear", ["kayıp", "en küçük kayıp", "şimdi"]),
        ("a line that settles", "log", ["kayıp", "en küçük kayıp", "şimdi"]),
    ],
)
def test_in_turkish_the_legend_is_turkish(run: str, kind: str, names: list[str]) -> None:
    drawn = drawing(run)
    turkish = figures(drawn.dataset, drawn.history, drawn.best, drawn.iterations)
    assert [trace["name"] for trace in traces(turkish[kind])] == names


@pytest.mark.parametrize(
    ("run", "kind", "titles"),
    [
        ("a line that settles", "picture", {"xaxis": "Celsius (°C)", "yaxis": "Fahrenheit (°F)"}),
        ("a line through real data", "picture", {"xaxis": "Bill ($)", "yaxis": "Tip ($)"}),
        ("weights that settle", "picture", {"yaxis": "", "xaxis2": "output by iteration", "yaxis2": ""}),
        ("several features that settle", "picture", {"xaxis": "actual (€)", "yaxis": "predicted (€)"}),
        ("a line that settles", "linear", {"xaxis": "iteration", "yaxis": "loss (°F²)"}),
        ("weights that settle", "log", {"xaxis": "iteration", "yaxis": "loss"}),
    ],
)
def test_the_axes_say_what_stands_on_them_and_in_which_unit(run: str, kind: str, titles: dict[str, str]) -> None:
    assert {name: axis["title"]["text"] for name, axis in axes(drawing(run).figures[kind]).items()} == titles


@pytest.mark.usefixtures("turkish")
@pytest.mark.parametrize(
    ("run", "kind", "titles"),
    [
        ("a line that settles", "picture", {"xaxis": "Celsius (°C)", "yaxis": "Fahrenheit (°F)"}),
        ("a line through real data", "picture", {"xaxis": "Hesap ($)", "yaxis": "Bahşiş ($)"}),
        ("weights that settle", "picture", {"yaxis": "", "xaxis2": "yinelemelere göre çıktı", "yaxis2": ""}),
        ("several features that settle", "picture", {"xaxis": "gerçek (€)", "yaxis": "tahmin (€)"}),
        ("a line that settles", "linear", {"xaxis": "yineleme", "yaxis": "kayıp (°F²)"}),
        ("weights that settle", "log", {"xaxis": "yineleme", "yaxis": "kayıp"}),
    ],
)
def test_in_turkish_the_axes_have_turkish_titles(run: str, kind: str, titles: dict[str, str]) -> None:
    drawn = drawing(run)
    turkish = figures(drawn.dataset, drawn.history, drawn.best, drawn.iterations)
    assert {name: axis["title"]["text"] for name, axis in axes(turkish[kind]).items()} == titles


@pytest.mark.parametrize(
    ("run", "names"),
    [
        ("a line that settles", ["data", "before training", "best possible", "now"]),
        ("weights that settle", ["now", "before training", "best possible", "target", "output", "output"]),
        ("one weight of one sample", ["now", "before training", "best possible", "target", "output", "output"]),
        ("several features that settle", ["perfect", "before training", "now"]),
    ],
)
def test_the_picture_fits_the_number_of_samples_and_features(run: str, names: list[str]) -> None:
    drawn = drawing(run)
    picture = picture_figure(drawn.dataset, drawn.history, drawn.best, drawn.iterations)
    assert [trace["name"] for trace in traces(picture)] == names
