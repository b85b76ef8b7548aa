"""The two pictures of a run that most pages show: what the neuron predicts, and its loss."""

from charts.loss_curve import loss_figure
from charts.prediction import prediction_figure
from core.theory.quadratic import Quadratic
from core.training import History
from pages.player.player import Picture
from telling.captions import loss_alt, prediction_alt
from wording import _


def prediction_picture(
    history: History, theory: Quadratic | None, iterations: list[int], share: float = 1.3
) -> Picture:
    """Return the picture of what the neuron predicts, beside the best that is possible."""
    best = theory.best(history.parameters[0]) if theory else None
    return Picture(prediction_figure(history, best, iterations), prediction_alt(history), share)


def loss_picture(history: History, theory: Quadratic | None, iterations: list[int], loss_axis: str) -> Picture:
    """Return the loss curve."""
    best_loss = theory.best_loss if theory else None
    figure = loss_figure(history, best_loss, iterations, logarithmic=loss_axis == "log")
    return Picture(figure, loss_alt(history))


def suspect_pictures(history: History, theory: Quadratic | None, iterations: list[int], letter: str) -> list[Picture]:
    """Return the two pictures of what a suspect's backward pass makes of a run that `theory` knows the best of."""
    best, best_loss = (theory.best(history.parameters[0]), theory.best_loss) if theory else (None, None)
    line = _("What the backward pass {letter} makes of the prediction.").format(letter=letter)
    curve = _("The loss while training with the backward pass {letter}.").format(letter=letter)
    return [
        Picture(prediction_figure(history, best, iterations), line),
        Picture(loss_figure(history, best_loss, iterations, logarithmic=False), curve),
    ]
