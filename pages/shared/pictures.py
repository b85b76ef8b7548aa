"""The figures of a run, as the pages show them, with their captions and text alternatives."""

import numpy as np

from charts.look import frame_iterations
from charts.loss_curve import loss_figure
from charts.picture import picture_figure
from core.checks import Array
from core.closed_form import errors, parameter_vector
from pages.frame.runs import Run, parameter_names, parameters
from pages.player.player import Picture
from pages.settings.table import Settings
from pages.shared.sentence import sentence
from wording import _, number


def frames_of(run: Run, settings: Settings) -> list[int]:
    """Return the iterations that get a frame."""
    return frame_iterations(run.history.iterations, settings.rows)


def captions(run: Run, iterations: list[int]) -> list[str]:
    """Return the line of text under the pictures for each frame."""
    return [caption(run, iteration) for iteration in iterations]


def caption(run: Run, iteration: int) -> str:
    """Say iteration, loss, output where there is only one, and parameters."""
    now = parameters(run.dataset, run.history.neuron(iteration))
    parts = [f"{_('iteration')} {number(iteration)}", f"{_('loss')} {number(float(run.history.loss[iteration]))}"]
    if run.dataset.n_samples == 1:
        parts.append(f"{_('output')} {number(run.output(iteration))}")
    parts += [f"{name} {number(v)}" for name, v in zip(parameter_names(run.dataset), now, strict=True)]
    return " · ".join(parts)


def prediction_picture(run: Run, iterations: list[int], share: float = 1.3) -> Picture:
    """Return the picture of what the neuron predicts."""
    alt = _("The neuron's predictions and the data, before training, now, and as good as possible. {sentence}")
    figure = picture_figure(run.dataset, run.history, run.best, iterations)
    return Picture(figure, alt.format(sentence=sentence(run)), share)


def loss_picture(run: Run, settings: Settings, iterations: list[int]) -> Picture:
    """Return the loss curve."""
    alt = _("The loss over the iterations: from {first} at the start to {last} at iteration {iterations}.").format(
        first=number(float(run.history.loss[0])),
        last=number(float(run.history.loss[-1])),
        iterations=number(run.history.iterations),
    )
    logarithmic, unit = settings.loss_axis == "log", run.dataset.target_unit
    figure = loss_figure(run.history, run.best_loss, iterations, logarithmic=logarithmic, unit=unit)
    return Picture(figure, alt)


def distances(run: Run, iterations: list[int]) -> Array:
    """Return the distance of each parameter to its best value at these iterations, with its sign, (n, n_parameters)."""
    history, best = run.history, parameter_vector(run.dataset, run.best)
    columns = [history.weights[iterations]]
    if run.dataset.trains_bias:
        columns.append(history.bias[iterations, np.newaxis])
    away: Array = np.hstack(columns) - best
    return away


def errors_along_directions(run: Run, last: int) -> list[Array]:
    """Return the error along the steepest and along the flattest sloping direction, as shares of the start's.

    Measured in the run, for iterations 0 ... last. Only one, where all sloping directions are equally steep.
    """
    parts = errors(run.dataset, run.start)
    along = distances(run, list(range(min(last, run.history.iterations) + 1))) @ parts.directions
    sloping = np.flatnonzero(parts.eigenvalues > 0)
    chosen = dict.fromkeys([int(sloping[-1]), int(sloping[0])]) if sloping.size else {}
    return [along[:, k] / along[0, k] if along[0, k] else along[:, k] for k in chosen]
