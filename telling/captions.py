"""What is said of the figures of a run: a line of text for each frame, and texts for those who cannot see them."""

from core.theory.quadratic import theory
from core.training import History
from telling.names import parameter_names
from telling.sentence import sentence
from wording import _, number


def caption(history: History, iteration: int) -> str:
    """Say iteration, loss, output where there is only one, and parameters."""
    return captions(history, [iteration])[0]


def captions(history: History, iterations: list[int]) -> list[str]:
    """Return the line of text under the figures for each of their frames."""
    data = history.experiment.data
    names = [_("iteration"), _("loss")]
    columns = [iterations, history.loss[iterations].tolist()]
    if data.n_samples == 1:
        names.append(_("output"))
        columns.append(history.outputs(iterations)[:, 0].tolist())
    names += parameter_names(data)
    columns += history.parameters[iterations].T.tolist()
    return [
        " · ".join([f"{name} {number(value)}" for name, value in zip(names, row, strict=True)])
        for row in zip(*columns, strict=True)
    ]


def prediction_alt(history: History) -> str:
    """Say what the figure of the predictions shows."""
    text = _("The neuron's predictions and the data, before training, now, and as good as possible. {sentence}")
    if theory(history.experiment) is None:
        text = _("The neuron's predictions and the data, before training and now. {sentence}")
    return text.format(sentence=sentence(history))


def loss_alt(history: History) -> str:
    """Say what the figure of the loss shows."""
    first, last = history.loss[[0, -1]].tolist()
    return _("The loss over the iterations: from {first} at the start to {last} at iteration {iterations}.").format(
        first=number(first), last=number(last), iterations=number(history.iterations)
    )
