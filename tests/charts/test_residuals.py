from typing import Any

import numpy as np
import pytest

from charts.lesson_look import AFTER
from charts.look import NOW, Figure
from charts.residuals import MOST, is_plane, residuals_figure
from core.batches import Batches
from core.data.builtin import DATASETS, celsius, tips
from core.data.clouds import xor
from core.data.curves import sine
from core.data.dataset import Dataset
from core.data.more import hours
from core.experiment import Experiment
from core.lesson.step import Step, step_after
from core.losses import CrossEntropy
from core.network import Network
from tests.charts.runs import several_features, trained
from tests.charts.seen import ranges, trace


def step_of(data: Dataset) -> Step:
    return step_after(trained(Experiment.on(data, iterations=1)), 0)


def step(slug: str = "celsius") -> Step:
    return step_of(DATASETS[slug]())


def residuals(slug: str = "celsius", *, after: bool = False, squares: bool = False) -> Figure:
    return residuals_figure(step(slug), 0, after=after, squares=squares)


@pytest.mark.parametrize("slug", ["celsius", "noisy-thermometer", "tips", "weighted-sum"])
def test_every_residual_goes_from_a_target_to_its_output(slug: str) -> None:
    dataset = DATASETS[slug]()
    outputs = dataset.inputs @ dataset.start[: dataset.n_features] + (dataset.start[-1] if dataset.has_bias else 0)
    line = residuals(slug)["data"][0]
    ends = list(zip(line["y"][::3], line["y"][1::3], strict=True))
    assert set(ends) <= set(zip(dataset.targets.tolist(), outputs.tolist(), strict=True))
    assert line["y"][2::3] == [None] * len(ends)


def test_a_residual_is_vertical() -> None:
    line = residuals()["data"][0]
    assert line["x"][::3] == line["x"][1::3]


@pytest.mark.parametrize("slug", DATASETS)
def test_not_more_residuals_are_drawn_than_can_be_told_apart(slug: str) -> None:
    n_samples = DATASETS[slug]().n_samples
    assert len(residuals(slug)["data"][0]["x"]) // 3 == min(MOST, n_samples)


@pytest.mark.parametrize("sample", [0, 1, 92, 99])
def test_the_chosen_sample_always_has_its_residual_and_its_ring(sample: int) -> None:
    figure = residuals_figure(step(), sample, after=False, squares=False)
    ring = trace(figure, "this sample")
    assert (ring["x"], ring["y"]) == ([sample - 50.0], [celsius().targets[sample]])
    assert sample - 50.0 in figure["data"][0]["x"]


def test_the_prediction_is_the_neuron_s() -> None:
    line = trace(residuals(), "now")
    assert line["y"] == pytest.approx([0.5 * x + 0.5 for x in line["x"]])


def test_after_the_update_its_prediction_is_drawn_as_well() -> None:
    figure = residuals(after=True)
    line = trace(figure, "after the update")
    assert line["y"] == pytest.approx([0.71356 * x + 0.50617 for x in line["x"]])


def test_before_the_update_there_is_one_prediction() -> None:
    assert [part["name"] for part in residuals()["data"]] == [
        "residuals (12 of 100)",
        "data",
        "now",
        "this sample",
    ]


def test_the_line_has_the_colour_of_now_and_the_one_after_the_update_has_its_own() -> None:
    figure = residuals(after=True)
    assert trace(figure, "now")["line"]["color"] == NOW
    assert trace(figure, "after the update")["line"]["color"] == AFTER


@pytest.mark.parametrize(("slug", "name"), [("celsius", "residuals (12 of 100)"), ("weighted-sum", "residuals")])
def test_it_is_said_how_many_of_the_samples_have_their_residuals_drawn(slug: str, name: str) -> None:
    assert residuals(slug)["data"][0]["name"] == name


def test_every_data_point_is_drawn() -> None:
    points = trace(residuals("tips"), "data")
    assert points["y"] == tips().targets.tolist()


def test_squares_are_drawn_only_when_asked_for() -> None:
    assert residuals()["layout"]["shapes"] == []
    assert len(residuals(squares=True)["layout"]["shapes"]) == MOST


def test_a_square_is_as_high_as_its_residual() -> None:
    square = residuals(squares=True)["layout"]["shapes"][0]
    # -50 degrees: target -58, output -24.5.
    assert (square["y0"], square["y1"], square["x0"]) == pytest.approx((-58.0, -24.5, -50.0))


def test_every_square_lies_within_the_width_of_the_frame() -> None:
    figure = residuals(squares=True)
    low, high = ranges(figure)[0]
    assert all(low <= square["x1"] <= high for square in figure["layout"]["shapes"])


def test_of_several_features_the_samples_are_numbered() -> None:
    assert trace(residuals_figure(step_of(several_features()), 5, after=True, squares=True), "data")["x"] == [
        1.0,
        2.0,
        3.0,
        4.0,
        5.0,
        6.0,
    ]


# Networks, classes and batches


def bent(data: Dataset, **chosen: Any) -> Step:
    """The first step of a network of four hidden neurons."""
    model = Network(4)
    start = tuple(model.start(data.n_features, 1).tolist())
    return step_after(trained(Experiment.on(data, model=model, start=start, iterations=1, **chosen)), 0)


def test_the_prediction_of_a_network_is_a_curve_and_each_residual_ends_on_it() -> None:
    taken = bent(sine(), learning_rate=0.1)
    figure = residuals_figure(taken, 0, after=True, squares=True)
    now, line = trace(figure, "now"), figure["data"][0]
    assert (now["x"][0], now["x"][-1]) == (-3.0, 3.0)
    assert len(set(np.diff(now["y"]).round(6))) > 2
    ends = np.array(line["y"][1::3], dtype=float)
    assert ends == pytest.approx(np.interp(line["x"][1::3], now["x"], now["y"]), abs=0.02)
    assert trace(figure, "after the update")["y"] != now["y"]


def test_of_two_classes_the_probability_is_drawn_and_how_far_it_is_off() -> None:
    data = hours()
    taken = step_after(trained(Experiment.on(data, start=(1.5, -4.0), loss=CrossEntropy(), iterations=1)), 0)
    figure = residuals_figure(taken, 0, after=False, squares=False)
    assert figure["layout"]["yaxis"]["title"]["text"] == "probability of passed"
    line = figure["data"][0]
    places, targets, ends = np.array([line["x"][::3], line["y"][::3], line["y"][1::3]], dtype=float)
    assert ends == pytest.approx(1 / (1 + np.exp(4.0 - 1.5 * places)))
    assert set(targets) == {0.0, 1.0}


def test_only_the_samples_of_the_batch_have_residuals_and_the_others_are_faint() -> None:
    taken = step_after(trained(Experiment.on(celsius(), iterations=1, batches=Batches(5))), 0)
    figure = residuals_figure(taken, 2, after=False, squares=True)
    degrees = celsius().inputs[taken.rows, 0].tolist()
    assert trace(figure, "data")["x"] == degrees
    assert figure["data"][0]["x"][::3] == degrees
    assert trace(figure, "this sample")["x"] == [degrees[2]]
    assert len(figure["layout"]["shapes"]) == 5
    others = trace(figure, "not in this step")
    assert (len(others["x"]), others["marker"]["opacity"] < 0.5) == (100, True)


def test_over_two_features_it_is_the_plane_with_a_ring_around_the_sample() -> None:
    taken = bent(xor(), loss=CrossEntropy(), batches=Batches(7))
    figure = residuals_figure(taken, 3, after=True, squares=True)
    assert (figure["data"][0]["type"], figure["frames"]) == ("heatmap", [])
    seen, ring = (next(t for t in figure["data"] if t["name"] == name) for name in ("in this step", "this sample"))
    assert [ring["x"] + ring["y"]] == xor().inputs[taken.rows[[3]]].tolist()
    assert len(seen["x"]) == 7
    assert is_plane(taken)
    assert not is_plane(step())
