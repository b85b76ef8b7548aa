"""The pictures of a run that most pages show: what the neuron predicts, its loss, and what bounces."""

import numpy as np

from charts.curves import Watched, curves_figure
from charts.iterations import IterationScale
from charts.loss_curve import loss_figure
from charts.prediction import prediction_figure
from charts.samples import with_unit
from charts.valley import valley_figure
from core.theory.outcome import distances, mirrored
from core.theory.quadratic import Quadratic, theory
from core.training import History
from pages.player.player import Picture
from telling.captions import curves_alt, prediction_alt
from telling.names import parameter_names
from wording import _, number


def prediction_picture(
    history: History, iterations: list[int], share: float = 1.3, *, with_trail: bool = True
) -> Picture:
    """Return the picture of what the neuron predicts, beside the best that is possible."""
    figure = prediction_figure(history, theory(history.experiment), iterations, with_trail=with_trail)
    return Picture(figure, prediction_alt(history), share)


def curves_picture(
    history: History, iterations: list[int], watch: str, loss_axis: str, scale: IterationScale
) -> Picture:
    """Return the picture of what bounces, above the loss that does not show it."""
    known, second = theory(history.experiment), watched(history, watch)
    best_loss = known.best_loss if known else None
    figure = curves_figure(history, best_loss, second, iterations, scale=scale, loss_axis=loss_axis)
    return Picture(figure, curves_alt(history, second.name))


def watched(history: History, watch: str) -> Watched:
    """Return the value of a run that is watched: the first weight, the last sample's output, or the steep error."""
    known = theory(history.experiment)
    if watch == "error" and known:
        return _steep_error(history, known)
    return _output(history, known) if watch == "output" else _weight(history, known)


def _weight(history: History, known: Quadratic | None) -> Watched:
    name, values = parameter_names(history.experiment.data)[0], history.weights[:, 0]
    if known is None:
        return Watched(name, values)
    return Watched(name, values, float(known.best(history.parameters[0])[0]), float(mirrored(history, known)[0]))


def _output(history: History, known: Quadratic | None) -> Watched:
    data, model = history.experiment.data, history.experiment.model
    sample, name = data.inputs[-1:], _("output")
    if data.n_samples > 1 and data.n_features == 1:
        name = _("output at {input}").format(input=with_unit(number(float(sample[0, 0])), data.input_unit))
    values = history.outputs(slice(None), sample)[:, 0]
    if known is None:
        return Watched(name, values)
    ends = np.array([known.best(history.parameters[0]), mirrored(history, known)])
    with np.errstate(over="ignore", invalid="ignore"):
        best, far = model.forward(ends, model.seen(sample))[:, 0].tolist()
    return Watched(name, values, best, far)


def _steep_error(history: History, known: Quadratic) -> Watched:
    along = distances(history, known, list(range(history.iterations + 1))) @ known.directions[:, -1]
    with np.errstate(over="ignore", invalid="ignore"):
        shares = along / along[0] if along[0] else along
    return Watched(_("error along the steep direction"), shares, 0.0, -1.0)


def valley_picture(history: History, known: Quadratic, iterations: list[int]) -> Picture:
    """Return the valley: the loss as a bowl, and the ball in it."""
    one = history.experiment.data.n_samples == 1
    name = _("output") if one else parameter_names(history.experiment.data)[0]
    alt = _("The loss over the {name} as a bowl, and a ball that jumps from step to step.").format(name=name)
    return Picture(valley_figure(history, known, iterations, name), alt, 0.75)


def suspect_pictures(history: History, known: Quadratic | None, iterations: list[int], letter: str) -> list[Picture]:
    """Return the two pictures of what a suspect's backward pass makes of a run, of which the best is `known`."""
    line = _("What the backward pass {letter} makes of the prediction.").format(letter=letter)
    curve = _("The loss while training with the backward pass {letter}.").format(letter=letter)
    return [
        Picture(prediction_figure(history, known, iterations), line),
        Picture(loss_figure(history, known.best_loss if known else None, iterations), curve),
    ]
