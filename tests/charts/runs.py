"""Runs to draw: ordinary ones, and those that explode, stand still or start out of this world."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np

from charts.curves import curves_figure
from charts.iterations import IterationScale, frame_iterations, live_end, portion_iterations
from charts.look import Figure
from charts.loss_curve import loss_figure
from charts.prediction import prediction_figure
from core.data.builtin import celsius, tips, weighted_sum
from core.data.dataset import Dataset
from core.experiment import Experiment
from core.lesson.suspects import SuspectNeuron
from core.losses import SquaredError
from core.nudges import Nudges
from core.theory.forecast import Forecast, forecast
from core.theory.limits import Limits
from core.theory.quadratic import Quadratic, quadratic, theory
from core.theory.watched import watched
from core.training import History, train
from telling.names import watched_name

CHOSEN = (7, 333)
"""Iterations that a page asks for beside the usual ones."""
QUARTER = (0.1, 0.25, 0.15, 0.3)
THREE = (0.1, 0.2, 0.3, 0.5)


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
        start=np.array(THREE),
        learning_rate=0.01,
        iterations=100,
    )


def flat_inputs() -> Dataset:
    """Samples that differ in their targets only."""
    return replace(celsius(), inputs=np.zeros((3, 1)), targets=np.array([1.0, 2.0, 6.0]))


def flat_targets() -> Dataset:
    """Samples that all have the same target."""
    return replace(celsius(), targets=np.full(100, 5.0))


def on(data: Dataset, start: tuple[float, ...], learning_rate: float, iterations: int) -> Experiment:
    """An experiment, its numbers in the order in which they are spoken of."""
    return Experiment.on(data, start=start, learning_rate=learning_rate, iterations=iterations)


def steered(experiment: Experiment, *changes: tuple[int, float], nudges: Nudges = ()) -> Experiment:
    """The experiment, with other learning rates from some iterations on, and parameters that a hand has put there."""
    return replace(experiment, schedule=(*experiment.schedule, *changes), nudges=nudges)


def misled(data: Dataset, suspect: str, learning_rate: float, iterations: int) -> Experiment:
    """An experiment that has no theory: its neuron learns by the backward pass of a suspect."""
    model = SuspectNeuron(data.has_bias, suspect)
    return replace(on(data, tuple(data.start), learning_rate, iterations), model=model)


RUNS: dict[str, Callable[[], Experiment]] = {
    "a line that settles": lambda: on(celsius(), (0.5, 0.5), 1e-4, 1000),
    "a line that creeps": lambda: on(celsius(), (0.5, 0.5), 1e-5, 300),
    "a line just below the limit": lambda: on(celsius(), (0.5, 0.5), 1.19e-3, 3000),
    "a line at the limit": lambda: on(celsius(), (0.5, 0.5), quadratic(celsius()).limits.stable, 100),
    "a line that overshoots": lambda: on(celsius(), (0.5, 0.5), 8e-4, 200),
    "a line that flies apart": lambda: on(celsius(), (0.5, 0.5), 0.0012, 500),
    "a line that leaves the picture": lambda: on(celsius(), (0.5, 0.5), 0.005, 60),
    "a line that explodes": lambda: on(celsius(), (0.5, 0.5), 0.01, 10_000),
    "a line that explodes at once": lambda: on(celsius(), (0.5, 0.5), 1e300, 10),
    "a line at rest": lambda: on(celsius(), (0.5, 0.5), 0.0, 50),
    "a line at its best": lambda: on(celsius(), (1.8, 32.0), 1e-4, 50),
    "a line after one iteration": lambda: on(celsius(), (0.5, 0.5), 1e-4, 1),
    "a line that is not trained": lambda: on(celsius(), (0.5, 0.5), 1e-4, 0),
    "a line from 1e20": lambda: on(celsius(), (1e20, 0.0), 1e-4, 100),
    "a line from 1e300": lambda: on(celsius(), (1e300, 1e300), 1e-4, 10),
    "a line from the largest number": lambda: on(celsius(), (1.7e308, -1.7e308), 1e-4, 10),
    "a line by the summed gradient": lambda: replace(
        on(celsius(), (0.5, 0.5), 1e-6, 300), loss=SquaredError(summed=True)
    ),
    "a line by a wrong gradient": lambda: misled(celsius(), "listing", 1e-4, 100),
    "a line that goes uphill": lambda: misled(celsius(), "sign", 1e-4, 10_000),
    "a line through real data": lambda: on(tips(), (0.0, 0.0), 1e-3, 500),
    "a line without any slope in the inputs": lambda: on(flat_inputs(), (0.5, 0.5), 0.1, 20),
    "a line without any slope in the targets": lambda: on(flat_targets(), (0.5, 0.5), 1e-4, 20),
    "a line turned up": lambda: steered(on(celsius(), (0.5, 0.5), 1e-4, 90), (40, 0.0013)),
    "a line turned up and down": lambda: steered(on(celsius(), (0.5, 0.5), 1e-5, 400), (40, 0.0013), (80, 5e-4)),
    "a line turned up until it explodes": lambda: steered(on(celsius(), (0.5, 0.5), 1e-4, 500), (40, 0.01)),
    "a line turned off": lambda: steered(on(celsius(), (0.5, 0.5), 1e-4, 60), (10, 0.0), (20, -1e-4), (60, 1e-5)),
    "a line that is nudged": lambda: steered(on(celsius(), (0.5, 0.5), 1e-4, 60), nudges=((30, (4.0, -100.0)),)),
    "a line that is turned up by a wrong gradient": lambda: steered(
        misled(celsius(), "listing", 1e-4, 100), (50, 1e-3)
    ),
    "weights turned up and down": lambda: steered(on(weighted_sum(), QUARTER, 0.02, 30), (10, 0.26), (25, 0.22)),
    "weights that are nudged": lambda: steered(
        on(weighted_sum(), QUARTER, 0.1, 10), nudges=((5, (90.0, 0.0, -50.0, 9.0)),)
    ),
    "weights that settle": lambda: on(weighted_sum(), QUARTER, 0.1, 10),
    "weights that bounce": lambda: on(weighted_sum(), QUARTER, 0.25, 40),
    "weights that explode": lambda: on(weighted_sum(), QUARTER, 3.0, 5000),
    "weights at rest": lambda: on(weighted_sum(), QUARTER, 0.0, 10),
    "weights at their best": lambda: on(weighted_sum(), (10.0, 20.0, 30.0, 40.0), 0.1, 10),
    "weights after one iteration": lambda: on(weighted_sum(), QUARTER, 0.1, 1),
    "weights that are not trained": lambda: on(weighted_sum(), QUARTER, 0.1, 0),
    "weights from 1e300": lambda: on(weighted_sum(), (1e300,) * 4, 0.1, 10),
    "weights of flat features": lambda: on(weighted_sum([0.0, 0.0]), (0.1, 0.25), 0.1, 10),
    "weights by a wrong gradient": lambda: misled(weighted_sum(), "listing", 0.001, 20),
    "one weight of one sample": lambda: on(weighted_sum([2.0], 0.0), (3.0,), 0.1, 10),
    "several features that settle": lambda: on(several_features(), THREE, 0.01, 400),
    "several features that explode": lambda: on(several_features(), THREE, 2.0, 5000),
    "several features at rest": lambda: on(several_features(), THREE, 0.0, 10),
    "several features from 1e300": lambda: on(several_features(), (1e300, 1e300, -1e300, 0.0), 0.01, 10),
    "several features by a wrong gradient": lambda: misled(several_features(), "missing-sum", 0.01, 20),
}
"""Each is trained once; drawing one with arrays that cannot be written to shows that a figure changes none."""


@cache
def history(run: str) -> History:
    """Train a run."""
    return trained(RUNS[run]())


def trained(experiment: Experiment) -> History:
    """Train, and lock what came of it."""
    trained = train(experiment)
    for array in (trained.parameters, trained.loss):
        array.setflags(write=False)
    return trained


def known(history: History) -> Quadratic:
    """The theory of a run that has one."""
    found = theory(history.experiment)
    assert found is not None
    return found


def best_loss(history: History) -> float | None:
    """The least loss there is, where there is a theory."""
    known = theory(history.experiment)
    return known.best_loss if known else None


def iterations(history: History) -> list[int]:
    """The frames of a run, as a page asks for them."""
    return frame_iterations(history.iterations, CHOSEN)


@cache
def prediction(run: str) -> Figure:
    """What the neuron of a run predicts, as the Train page draws it."""
    return prediction_of(history(run))


def prediction_of(history: History, *, with_trail: bool = True) -> Figure:
    """What the neuron predicts in a run that has no name."""
    return prediction_figure(history, theory(history.experiment), iterations(history), with_trail=with_trail)


def loss_of(history: History, loss_axis: str = "auto") -> Figure:
    """The loss of a run, as the Train page draws it."""
    return loss_figure(history, best_loss(history), iterations(history), loss_axis=loss_axis)


@cache
def loss_curve(run: str, loss_axis: str = "linear") -> Figure:
    """The loss of a run that has a name."""
    return loss_of(history(run), loss_axis)


def scale_of(history: History) -> IterationScale:
    """Where the iterations of a run stand."""
    return IterationScale(history.iterations)


@cache
def at_rate(learning_rate: float, iterations: int = 1000) -> History:
    """The line of Celsius and Fahrenheit, from the article's start."""
    return trained(on(celsius(), (0.5, 0.5), learning_rate, iterations))


@cache
def summed_at_rate(learning_rate: float, iterations: int = 40) -> History:
    """The weighted sum, from Theano's start."""
    return trained(on(weighted_sum(), QUARTER, learning_rate, iterations))


def limits_of(history: History) -> Limits | None:
    """The limits of the learning rate, where there is a theory."""
    known = theory(history.experiment)
    return known.limits if known else None


def live_scale(history: History) -> IterationScale:
    """Where the iterations of a live run stand."""
    return IterationScale(live_end(history.iterations), logarithmic=False)


def portion(history: History) -> list[int]:
    """The frames of the last portion of a live run, played at ten iterations a second."""
    return portion_iterations(max(history.iterations - 20, 0), history.iterations, 10)


def ahead_of(history: History) -> Forecast:
    """What is ahead of a live run on its axis, as a page asks for it."""
    ahead = np.unique(np.linspace(1, live_scale(history).last - history.iterations, 60).round())
    with np.errstate(all="ignore"):
        return forecast(history, theory(history.experiment), ahead)


def live_curves(
    history: History, frames: list[int] | None = None, *, watch: str = "weight", loss_axis: str = "auto"
) -> Figure:
    """The curves of a live run, as the Train page draws them."""
    second = watched(history, theory(history.experiment), watch)
    return curves_figure(
        history,
        best_loss(history),
        second,
        watched_name(history, watch),
        portion(history) if frames is None else frames,
        scale=live_scale(history),
        loss_axis=loss_axis,
        limits=limits_of(history),
        ahead=ahead_of(history),
    )


def live_prediction(history: History, frames: list[int] | None = None) -> Figure:
    """What the neuron of a live run predicts, as the Train page draws it."""
    shown = portion(history) if frames is None else frames
    return prediction_figure(history, theory(history.experiment), shown, recent=True)
