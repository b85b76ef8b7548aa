"""The pictures of a run that most pages show: what the neuron predicts, its loss, and what bounces."""

from charts.curves import curves_figure
from charts.iterations import IterationScale
from charts.loss_curve import loss_figure
from charts.prediction import prediction_figure
from charts.valley import valley_figure
from core.theory.quadratic import Quadratic, theory
from core.theory.watched import watched
from core.training import History
from pages.player.player import Picture
from telling.captions import curves_alt, prediction_alt
from telling.names import watched_name
from wording import _


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
    known, name = theory(history.experiment), watched_name(history.experiment.data, watch)
    second, best_loss = watched(history, known, watch), known.best_loss if known else None
    figure = curves_figure(history, best_loss, second, name, iterations, scale=scale, loss_axis=loss_axis)
    return Picture(figure, curves_alt(history, name))


def valley_picture(history: History, known: Quadratic, iterations: list[int]) -> Picture:
    """Return the valley: the loss as a bowl, and the ball in it."""
    data = history.experiment.data
    value = "output" if data.n_samples == 1 else "weight"
    name = watched_name(data, value)
    alt = _("The loss over the {name} as a bowl, and a ball that jumps from step to step.").format(name=name)
    return Picture(valley_figure(history, known, watched(history, known, value), name, iterations), alt, 0.75)


def suspect_pictures(history: History, known: Quadratic | None, iterations: list[int], letter: str) -> list[Picture]:
    """Return the two pictures of what a suspect's backward pass makes of a run, of which the best is `known`."""
    line = _("What the backward pass {letter} makes of the prediction.").format(letter=letter)
    curve = _("The loss while training with the backward pass {letter}.").format(letter=letter)
    return [
        Picture(prediction_figure(history, known, iterations), line),
        Picture(loss_figure(history, known.best_loss if known else None, iterations), curve),
    ]
