"""What is said of the figures of a run: a line of text for each frame, and texts for those who cannot see them."""

from collections.abc import Iterable
from dataclasses import replace

from core.data.dataset import Dataset
from core.losses import accuracy
from core.network import Network
from core.theory.limits import Regime
from core.theory.quadratic import theory
from core.training import History, losses
from telling.names import names_in
from telling.sentence import sentence
from wording import N_, _, number, percent

TRAILS = {
    Regime.CREEPING: N_("The first steps hardly leave the start."),
    Regime.MONOTONE: N_("Each of the first steps comes nearer to the data, and is shorter than the one before."),
    Regime.OVERSHOOTING: N_("The first step lands on the other side of the data, and the next one back again."),
    Regime.BOUNCING: N_("The first step lands on the other side of the data, and the next one where it began."),
    Regime.DIVERGING: N_("The first step lands on the other side of the data, and every next one farther away."),
}
"""What the trail of the first steps shows, for those who cannot see it."""
FEW = 6
"""No more parameters than these are listed under a figure."""


def iteration_captions(iterations: Iterable[int]) -> list[str]:
    """Return the iteration for each frame, where several runs are shown that have little more in common."""
    return [f"{_('iteration')} {number(iteration)}" for iteration in iterations]


def caption(history: History, iteration: int) -> str:
    """Say iteration, loss, output where there is only one, and parameters."""
    return captions(history, [iteration])[0]


def short_captions(
    history: History, iterations: list[int], left_at: int | None, held_out: Dataset | None = None
) -> list[str]:
    """Return iteration and loss for each frame, where the parameters are shown beside them.

    Of classes they also say which share is on the right side, and the same of a `held_out` part.

    After the iteration `left_at`, at which the prediction has left the picture, they say that the time goes faster.
    """
    seen = zip(iterations, _results(history, iterations), _held_out_results(history, iterations, held_out), strict=True)
    pairs = [" · ".join([f"{_('iteration')} {number(i)}", *result, *held]) for i, result, held in seen]
    gone = len(pairs) if left_at is None else sum(i <= left_at for i in iterations)
    return pairs[:gone] + [_("fast forward: {caption}").format(caption=pair) for pair in pairs[gone:]]


def _results(history: History, iterations: list[int]) -> list[list[str]]:
    """Return the loss at each iteration, and of classes the share on the right side, in words."""
    said = [[f"{_('loss')} {number(loss)}"] for loss in history.loss[iterations].tolist()]
    if not history.experiment.data.has_classes:
        return said
    shares = _shares(history, iterations, history.experiment.data)
    return [[*one, _("{share} right").format(share=share)] for one, share in zip(said, shares, strict=True)]


def _held_out_results(history: History, iterations: list[int], held_out: Dataset | None) -> list[list[str]]:
    if held_out is None:
        return [[] for _iteration in iterations]
    if held_out.has_classes:
        text, shares = _("held-out part {share}"), _shares(history, iterations, held_out)
        return [[text.format(share=share)] for share in shares]
    text, values = (
        _("held-out part {loss}"),
        losses(replace(history.experiment, data=held_out), history.parameters[iterations]),
    )
    return [[text.format(loss=number(value))] for value in values.tolist()]


def _shares(history: History, iterations: list[int], data: Dataset) -> list[str]:
    outputs = history.experiment.loss.predicted(history.outputs(iterations, data.inputs))
    return [percent(share, 3) for share in accuracy(outputs, data.targets).tolist()]


def captions(history: History, iterations: list[int]) -> list[str]:
    """Return the line of text under the figures for each of their frames: with output and parameters, if few."""
    if len(history.experiment.start) > FEW:
        return short_captions(history, iterations, None)
    data = history.experiment.data
    names = [_("iteration"), _("loss")]
    columns = [iterations, history.loss[iterations].tolist()]
    if data.n_samples == 1:
        names.append(_("output"))
        columns.append(history.outputs(iterations)[:, 0].tolist())
    names += names_in(history.experiment)
    columns += history.parameters[iterations].T.tolist()
    return [
        " · ".join([f"{name} {number(value)}" for name, value in zip(names, row, strict=True)])
        for row in zip(*columns, strict=True)
    ]


def prediction_alt(history: History) -> str:
    """Say what the figure of the predictions shows."""
    known = theory(history.experiment)
    if isinstance(history.experiment.model, Network):
        return _("The network's predictions, and the data. {sentence}").format(sentence=sentence(history))
    data = history.experiment.data
    if data.has_classes and data.n_features == 2:
        text = _("The plane in the colours of the neuron's predictions, with the data and the boundary. {sentence}")
        return text.format(sentence=sentence(history))
    if known is None or not known.is_plain or data.has_classes:
        text = _("The neuron's predictions and the data, before training and now. {sentence}")
        return text.format(sentence=sentence(history))
    text = _("The neuron's predictions and the data, before training, now, and as good as possible. {trail} {sentence}")
    regime = known.limits.regime(history.learning_rate)
    return text.format(trail=_(TRAILS[regime]), sentence=sentence(history))


def curves_alt(history: History, watched: str) -> str:
    """Say what the figure of the curves shows; `watched` is the name of the upper one."""
    first, last = history.loss[[0, -1]].tolist()
    text = _(
        "Above, {name} over the iterations. Below, the loss: {first} at the start, {last} at iteration {iterations}."
    )
    iterations = number(history.iterations)
    return text.format(name=watched, first=number(first), last=number(last), iterations=iterations)
