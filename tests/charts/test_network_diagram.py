import json
import math
from collections.abc import Callable, Collection
from functools import cache
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from charts.iterations import frame_iterations
from charts.look import Figure
from charts.network_diagram import FAINT, HAIRLINE, THICKEST, WIDE, clicked_neuron, largest_weight
from charts.network_diagram import network_diagram_figure as diagram
from core.data.clouds import spirals, xor
from core.data.curves import sine
from core.data.dataset import Dataset
from core.experiment import Experiment
from core.losses import MEAN_SQUARED_ERROR, CrossEntropy
from core.network import Network
from core.optimisers import Adam
from core.training import History
from tests.charts.contract import broken
from tests.charts.runs import history, trained
from tests.charts.seen import axes, names, ranges, trace, traces

Edge = tuple[int, float, float]
"""The column in which an edge begins, its height there, and its height in the next column."""
ROUNDING = 0.11
SIGNS = {"positive weights": 1, "negative weights": -1}


def on(data: Dataset, n_hidden: int, learning_rate: float, iterations: int, **others: Any) -> Experiment:
    model = Network(n_hidden)
    parts = {"start": model.start(data.n_features, 1), "loss": MEAN_SQUARED_ERROR, **others}
    return Experiment.on(data, model=model, learning_rate=learning_rate, iterations=iterations, **parts)


RUNS: dict[str, Callable[[], Experiment]] = {
    "a curve": lambda: on(sine(), 8, 0.05, 300, optimiser=Adam()),
    "classes": lambda: on(xor(), 8, 0.05, 300, optimiser=Adam(), loss=CrossEntropy()),
    "many neurons": lambda: on(spirals(), 16, 0.05, 300, optimiser=Adam(), loss=CrossEntropy()),
    "one neuron": lambda: on(xor(), 1, 0.05, 300, optimiser=Adam(), loss=CrossEntropy()),
    "an explosion": lambda: on(sine(), 8, 3.0, 3000),
    "an explosion at once": lambda: on(sine(), 3, 1e300, 50),
    "no training": lambda: on(sine(), 3, 0.1, 0),
    "zeros": lambda: on(sine(), 3, 0.0, 5, start=np.zeros(10)),
    "the largest numbers": lambda: on(sine(), 2, 0.0, 5, start=np.array([1.7e308, -1.7e308, 1e300, 1, -1, 1e-300, 0])),
}


@cache
def run(name: str) -> History:
    return trained(RUNS[name]())


def pictured(found: History, muted: Collection[int] = ()) -> Figure:
    return diagram(found, frame_iterations(found.iterations), found.experiment.data.input_names, muted=muted)


def model(found: History) -> Network:
    assert isinstance(found.experiment.model, Network)
    return found.experiment.model


def weights(figure: Figure, found: History, iteration: int) -> dict[Edge, float]:
    """Each weight after so many steps, by where its edge has to be: between the two nodes that it joins."""
    ones, hidden = trace(figure, "always 1")["y"], trace(figure, "hidden neurons")["y"]
    inputs, (output,) = [*trace(figure, "inputs")["y"], ones[0]], trace(figure, "output")["y"]
    first, second, bias = model(found).layers(found.parameters[iteration], len(inputs))
    return {
        **{(0, y, end): float(first[j, k]) for j, y in enumerate(inputs) for k, end in enumerate(hidden)},
        **{(1, y, output): float(second[k]) for k, y in enumerate(hidden)},
        (1, ones[1], output): float(bias[0]),
    }


def areas(figure: Figure, frame: int, *, faint: bool) -> list[tuple[str, list[int], list[float]]]:
    """The edges in a frame, those without any thickness, too: the trace of each, and its corners."""
    moved = figure["frames"][frame]
    whole = [(traces(figure)[k], new["y"]) for k, new in zip(moved["traces"], moved["data"], strict=True)]
    return [
        (trace["name"], trace["x"][corner : corner + 4], y[corner : corner + 4])
        for trace, y in whole
        for corner in range(0, len(y), 5)
        if not faint or trace.get("opacity") == FAINT
    ]


def thicknesses(figure: Figure, frame: int, *, faint: bool = False) -> list[tuple[Edge, float]]:
    """The edges that are seen in a frame, or the faint ones of these, and how thick each is: a negative one below 0."""
    found = []
    for name, (column, *_others), (begin, end, end_below, begin_below) in areas(figure, frame, faint=faint):
        edge = (column, (begin + begin_below) / 2, (end + end_below) / 2)
        assert begin - begin_below == pytest.approx(end - end_below, abs=ROUNDING)
        found.append((edge, SIGNS[name] * (begin - begin_below) / np.hypot(1, (edge[2] - edge[1]) / WIDE)))
    return [(edge, thickness) for edge, thickness in found if thickness]


def seen(figure: Figure, frame: int, edges: Collection[Edge]) -> dict[Edge, float]:
    """How thick each of these edges is in a frame; none is seen twice, and no other one."""
    found = dict.fromkeys(edges, 0.0)
    for place, thickness in thicknesses(figure, frame):
        (edge,) = [edge for edge in edges if math.dist(edge, place) < 2 * ROUNDING]
        assert found[edge] == 0
        found[edge] = thickness
    return found


@pytest.mark.parametrize("name", RUNS)
def test_it_keeps_the_contract_of_all_figures(name: str) -> None:
    for muted in ((), (0,)):
        assert broken(pictured(run(name), muted)) == []


@pytest.mark.parametrize("name", RUNS)
def test_every_edge_is_as_thick_as_its_weight_is_large_and_its_sign_decides_the_trace(name: str) -> None:
    found, figure = run(name), pictured(run(name))
    widest = THICKEST * trace(figure, "hidden neurons")["marker"]["size"]
    for frame, iteration in enumerate(frame_iterations(found.iterations)):
        expected = weights(figure, found, iteration)
        for edge, thickness in seen(figure, frame, expected).items():
            share = min(max(expected[edge] / largest_weight(found), -1), 1)
            size = HAIRLINE + (widest - HAIRLINE) * abs(share)
            assert thickness == pytest.approx(np.sign(share) * size, abs=ROUNDING)


@pytest.mark.parametrize("name", RUNS)
def test_frames_move_heights_only_and_always_as_many(name: str) -> None:
    figure = pictured(run(name))
    for frame in figure["frames"]:
        assert [new.keys() for new in frame["data"]] == [{"y"}] * len(frame["data"])
        assert [len(new["y"]) for new in frame["data"]] == [len(traces(figure)[k]["x"]) for k in frame["traces"]]
        assert [traces(figure)[k]["name"] for k in frame["traces"]] == [name for name in names(figure) if name in SIGNS]


def test_a_weight_that_changes_its_sign_goes_over_to_the_other_trace() -> None:
    found, figure = run("classes"), pictured(run("classes"))
    first, last = (weights(figure, found, iteration) for iteration in (0, -1))
    turned = [edge for edge in first if first[edge] * last[edge] < 0]
    assert turned
    shown = [seen(figure, frame, first) for frame in (0, -1)]
    assert all(shown[0][edge] * first[edge] > 0 > shown[0][edge] * shown[1][edge] for edge in turned)


def test_the_two_signs_differ_in_colour_and_in_pattern() -> None:
    figure = pictured(run("classes"))
    positive, negative = trace(figure, "positive weights"), trace(figure, "negative weights")
    assert "fillpattern" not in positive
    assert negative["fillpattern"]["shape"]
    assert negative["fillpattern"]["fgcolor"] != positive["fillcolor"]


@pytest.mark.parametrize("name", ["an explosion", "an explosion at once"])
def test_a_run_that_explodes_does_not_hide_its_beginning(name: str) -> None:
    found, figure = run(name), pictured(run(name))
    assert found.diverged_at is not None
    assert largest_weight(found) <= 10 * np.abs(found.parameters[0]).max()
    start = seen(figure, 0, weights(figure, found, 0))
    widest = THICKEST * trace(figure, "hidden neurons")["marker"]["size"]
    assert max(map(abs, start.values())) > widest / 10


def test_ranges_are_those_of_every_run_and_hold_all_nodes() -> None:
    figures = [pictured(run(name)) for name in RUNS]
    assert all(ranges(figure) == ranges(figures[0]) for figure in figures)
    for figure in figures:
        (left, right), (bottom, top) = ranges(figure)
        assert all(axis["fixedrange"] and not axis["visible"] for axis in axes(figure).values())
        for node in ("inputs", "always 1", "hidden neurons", "output"):
            assert all(left < x < right for x in trace(figure, node)["x"])
            assert all(bottom < y < top for y in trace(figure, node)["y"])


def test_nodes_say_what_they_are() -> None:
    figure = diagram(run("classes"), [0, 300], ("Petal length", "x2"), muted=[2])
    assert trace(figure, "inputs")["hovertext"] == ["Petal length", "x2"]
    assert trace(figure, "hidden neurons")["hovertext"][1:3] == [
        "neuron 2: a click leaves it out",
        "neuron 3, left out: a click brings it back",
    ]
    notes = [note["text"] for note in figure["layout"]["annotations"]]
    assert notes[:3] == ["Petal<br>length", "x2", "output"]


@pytest.mark.parametrize(("name", "numbers"), [("a curve", [*"12345678"]), ("many neurons", [""] * 16)])
def test_neurons_are_numbered_where_there_is_room(name: str, numbers: list[str]) -> None:
    assert trace(pictured(run(name)), "")["text"] == ["1", "1", *numbers]


def test_a_muted_neuron_is_crossed_and_its_edges_are_faint() -> None:
    found = run("classes")
    figure, whole = pictured(found, [1, 4]), pictured(found)
    symbols = trace(figure, "hidden neurons")["marker"]["symbol"]
    assert [k for k, symbol in enumerate(symbols) if symbol == "circle-x-open"] == [1, 4]
    assert trace(figure, "")["text"][2:] == ["1", "", "3", "4", "", "6", "7", "8"]
    crossed = [trace(figure, "hidden neurons")["y"][k] for k in (1, 4)]
    for frame in range(len(figure["frames"])):
        faint = [edge for edge, _size in thicknesses(figure, frame, faint=True)]
        assert len(faint) == 2 * 4
        assert all(any(abs(end - y) < 1 for y in crossed) for column, *ends in faint for end in [ends[1 - column]])
    every = weights(whole, found, 0)
    assert seen(figure, 0, every) == pytest.approx(seen(whole, 0, every))


def test_without_muted_neurons_all_marks_are_alike_and_nothing_is_faint() -> None:
    figure = pictured(run("classes"))
    assert trace(figure, "hidden neurons")["marker"].keys() == {"size", "color", "line"}
    assert all("opacity" not in part for part in traces(figure))


@pytest.mark.parametrize("n_hidden", range(1, 17))
def test_a_click_on_a_neuron_s_node_tells_its_number(n_hidden: int) -> None:
    figure = pictured(trained(on(sine(), n_hidden, 0.1, 1)))
    node = trace(figure, "hidden neurons")
    assert node["x"] == [1] * n_hidden
    assert node["y"] == sorted(node["y"], reverse=True)
    found = [clicked_neuron(x, y, n_hidden) for x, y in zip(node["x"], node["y"], strict=True)]
    assert found == list(range(n_hidden))


@pytest.mark.parametrize("n_hidden", range(1, 17))
def test_a_click_on_any_other_node_is_none_on_a_neuron(n_hidden: int) -> None:
    figure = pictured(trained(on(xor(), n_hidden, 0.1, 1)))
    others = [trace(figure, name) for name in ("inputs", "always 1", "output")]
    places = [place for node in others for place in zip(node["x"], node["y"], strict=True)]
    assert [clicked_neuron(x, y, n_hidden) for x, y in places] == [None] * 5


def test_plotly_and_its_frames_accept_it_and_it_is_short_to_send() -> None:
    figure = diagram(run("many neurons"), list(range(0, 296, 8)), ("x1", "x2"))
    assert len(go.Figure(figure).frames) == 37
    assert len(json.dumps(figure)) < 150_000


def test_a_neuron_alone_has_no_such_picture() -> None:
    with pytest.raises(TypeError, match="network"):
        diagram(history("a line that settles"), [0], ("x",))
