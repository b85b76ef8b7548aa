"""Runs to draw: ordinary ones, and those that explode, stand still or start out of this world."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np

from charts.look import Figure, frame_iterations
from charts.loss_curve import loss_figure
from charts.picture import picture_figure
from core.datasets import Dataset, celsius, tips, weighted_sum
from core.learning_rate import exact_fit
from core.neuron import Neuron
from core.training import History, losses, train

KINDS = ("picture", "linear", "log")
BEYOND_EVERY_SCREEN = 1e5
"""How many times the width of the frame a point may lie outside it, for a browser still to draw it."""


@dataclass(frozen=True, eq=False)
class Drawing:
    """A run and its three figures."""

    dataset: Dataset
    history: History
    best: Neuron
    iterations: list[int]
    figures: dict[str, Figure]


def neuron(*weights: float, bias: float = 0.0) -> Neuron:
    """A neuron with these weights."""
    return Neuron(np.array(weights), bias)


def several_features() -> Dataset:
    """Six samples with three features, and targets that no neuron meets."""
    return Dataset(
        name="Flats",
        inputs=np.array([[1, 2, 0], [2, 1, 1], [3, 0, 2], [0, 3, 1], [1, 1, 1], [2, 3, 4]]),
        targets=np.array([5.0, 6.0, 8.0, 3.0, 4.0, 13.0]),
        input_names=("Rooms", "Floor", "Balconies"),
        input_unit="",
        target_name="Rent",
        target_unit="€",
        start=neuron(0.1, 0.2, 0.3, bias=0.5),
        learning_rate=0.01,
        iterations=100,
    )


def flat_inputs() -> Dataset:
    """Samples that differ in their targets only."""
    return replace(celsius(), inputs=np.zeros((3, 1)), targets=np.array([1.0, 2.0, 6.0]))


def flat_targets() -> Dataset:
    """Samples that all have the same target."""
    return replace(celsius(), targets=np.full(100, 5.0))


RUNS: dict[str, Callable[[], tuple[Dataset, Neuron, float, int]]] = {
    "a line that settles": lambda: (celsius(), neuron(0.5, bias=0.5), 1e-4, 1000),
    "a line that overshoots": lambda: (celsius(), neuron(0.5, bias=0.5), 8e-4, 200),
    "a line that flies apart": lambda: (celsius(), neuron(0.5, bias=0.5), 0.0012, 500),
    "a line that explodes": lambda: (celsius(), neuron(0.5, bias=0.5), 0.01, 10_000),
    "a line that explodes at once": lambda: (celsius(), neuron(0.5, bias=0.5), 1e300, 10),
    "a line at rest": lambda: (celsius(), neuron(0.5, bias=0.5), 0.0, 50),
    "a line at its best": lambda: (celsius(), neuron(1.8, bias=32.0), 1e-4, 50),
    "a line after one iteration": lambda: (celsius(), neuron(0.5, bias=0.5), 1e-4, 1),
    "a line that is not trained": lambda: (celsius(), neuron(0.5, bias=0.5), 1e-4, 0),
    "a line from 1e20": lambda: (celsius(), neuron(1e20), 1e-4, 100),
    "a line from 1e300": lambda: (celsius(), neuron(1e300, bias=1e300), 1e-4, 10),
    "a line from the largest number": lambda: (celsius(), neuron(1.7e308, bias=-1.7e308), 1e-4, 10),
    "a line through real data": lambda: (tips(), neuron(0.0), 1e-3, 500),
    "a line without any slope in the inputs": lambda: (flat_inputs(), neuron(0.5, bias=0.5), 0.1, 20),
    "a line without any slope in the targets": lambda: (flat_targets(), neuron(0.5, bias=0.5), 1e-4, 20),
    "weights that settle": lambda: (weighted_sum(), neuron(0.1, 0.25, 0.15, 0.3), 0.1, 10),
    "weights that bounce": lambda: (weighted_sum(), neuron(0.1, 0.25, 0.15, 0.3), 0.25, 40),
    "weights that explode": lambda: (weighted_sum(), neuron(0.1, 0.25, 0.15, 0.3), 3.0, 5000),
    "weights at rest": lambda: (weighted_sum(), neuron(0.1, 0.25, 0.15, 0.3), 0.0, 10),
    "weights at their best": lambda: (weighted_sum(), neuron(10.0, 20.0, 30.0, 40.0), 0.1, 10),
    "weights after one iteration": lambda: (weighted_sum(), neuron(0.1, 0.25, 0.15, 0.3), 0.1, 1),
    "weights that are not trained": lambda: (weighted_sum(), neuron(0.1, 0.25, 0.15, 0.3), 0.1, 0),
    "weights from 1e300": lambda: (weighted_sum(), neuron(1e300, 1e300, 1e300, 1e300), 0.1, 10),
    "weights of flat features": lambda: (weighted_sum([0.0, 0.0]), neuron(0.1, 0.25), 0.1, 10),
    "one weight of one sample": lambda: (weighted_sum([2.0], 0.0), neuron(3.0), 0.1, 10),
    "several features that settle": lambda: (several_features(), neuron(0.1, 0.2, 0.3, bias=0.5), 0.01, 400),
    "several features that explode": lambda: (several_features(), neuron(0.1, 0.2, 0.3, bias=0.5), 2.0, 5000),
    "several features at rest": lambda: (several_features(), neuron(0.1, 0.2, 0.3, bias=0.5), 0.0, 10),
    "several features from 1e300": lambda: (several_features(), neuron(1e300, 1e300, -1e300), 0.01, 10),
}


@cache
def drawing(run: str) -> Drawing:
    """Train and draw a run, in English."""
    return draw(*RUNS[run](), chosen=(7, 333))


def draw(
    dataset: Dataset, start: Neuron, learning_rate: float, iterations: int, chosen: tuple[int, ...] = ()
) -> Drawing:
    """Train and draw, as the Train page does."""
    history = train(dataset, start, learning_rate, iterations)
    best = exact_fit(dataset, start)
    shown = frame_iterations(history.iterations, chosen)
    return Drawing(dataset, history, best, shown, figures(dataset, history, best, shown))


def figures(dataset: Dataset, history: History, best: Neuron, iterations: list[int]) -> dict[str, Figure]:
    """Draw the three figures of a run."""
    with np.errstate(over="ignore", invalid="ignore"):
        best_loss = float(losses(dataset, best.weights[np.newaxis], np.array([best.bias]))[0])
    unit = dataset.target_unit
    return {
        "picture": picture_figure(dataset, history, best, iterations),
        "linear": loss_figure(history, best_loss, iterations, logarithmic=False, unit=unit),
        "log": loss_figure(history, best_loss, iterations, logarithmic=True, unit=unit),
    }


def traces(figure: Figure) -> list[dict[str, Any]]:
    """What the figure shows, one after the other."""
    found: list[dict[str, Any]] = figure["data"]
    return found


def trace(figure: Figure, name: str) -> dict[str, Any]:
    """The one trace of this name."""
    (found,) = [trace for trace in traces(figure) if trace.get("name") == name]
    return found


def moved(figure: Figure, name: str) -> list[dict[str, Any]]:
    """What each frame gives the trace of this name."""
    (index,) = [k for k, trace in enumerate(traces(figure)) if trace.get("name") == name]
    return [frame["data"][frame["traces"].index(index)] for frame in figure["frames"]]


def axes(figure: Figure) -> dict[str, dict[str, Any]]:
    """The axes on which numbers stand, by their names in the layout."""
    return {name: axis for name, axis in figure["layout"].items() if "axis" in name and axis.get("type") != "category"}


def coordinates(figure: Figure) -> dict[str, list[float]]:
    """All numbers drawn on each of these axes, before and during the animation, as the axis counts them."""
    pairs = [(trace, trace) for trace in traces(figure)]
    pairs += [
        (traces(figure)[k], data)
        for frame in figure["frames"]
        for k, data in zip(frame["traces"], frame["data"], strict=True)
    ]
    drawn: dict[str, list[float]] = {name: [] for name in axes(figure)}
    for trace, data in pairs:
        for letter in "xy":
            name = trace.get(f"{letter}axis", letter).replace(letter, f"{letter}axis")
            values = [value for value in data.get(letter, []) if value is not None]
            if name in drawn:
                drawn[name] += np.log10(values).tolist() if axes(figure)[name].get("type") == "log" else values
    return drawn
