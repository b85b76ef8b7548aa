"""What is said of a run that is not one factor a step: with momentum, in batches, at a pace of its own, or bending."""

import math
from collections.abc import Mapping

import numpy as np

from core.losses import CrossEntropy, accuracy
from core.network import Network
from core.optimisers import Momentum, Nesterov
from core.theory.factors import has_factors
from core.theory.in_force import LimitKind, is_at_edge, limit_kind, limits_at, limits_in_force
from core.theory.limits import Regime
from core.theory.quadratic import theory
from core.training import History
from wording import N_, _, number, percent

AGAINST_LIMIT = {
    LimitKind.EXACT: N_("{rate} is {share} of the limit, {stable}."),
    LimitKind.WHOLE: N_("{rate} is {share} of the limit for all samples at once, {stable}."),
    LimitKind.EVERYWHERE: N_("{rate} is {share} of the limit that holds everywhere, {stable}."),
    LimitKind.STEEPEST: N_("{rate} is {share} of the limit where it is steepest, {stable}."),
    LimitKind.MOVING: N_("{rate} is {share} of the limit as it is here, {stable}."),
}
Told = tuple[str, str, Regime | None]
"""A headline: its sentence, its word and its regime, as `telling.headline.Headline` takes them."""


def headline(history: History) -> Told:
    """Say in a dozen words what the run does."""
    experiment = history.experiment
    if history.diverged_at is not None:
        text = _("{{word}} at iteration {iteration}: the numbers have become too large.")
        return text.format(iteration=number(history.diverged_at)), _("Explodes"), Regime.DIVERGING
    if limit_kind(experiment) is LimitKind.MOVING and experiment.batches is None and is_at_edge(history):
        return _("{word}: the limit has come to meet this rate."), _("At the edge"), Regime.OVERSHOOTING
    if is_separated(history):
        return _of_separated(history)
    if experiment.batches:
        return _of_batches(history), "", None
    if not has_factors(experiment.optimiser):
        return _("Each parameter has a pace of its own: the steepest direction sets no limit."), "", None
    if math.isinf(limits_in_force(history).stable):
        return _("The learning rate decides: how far does each step go?"), "", None
    return _of_regime(history, limit_kind(experiment))


def _of_batches(history: History) -> str:
    """Say what a step sees; of data without noise, on which at the best all batches agree, that too."""
    known, size = theory(history.experiment), history.experiment.batches.size if history.experiment.batches else 0
    text = _("Each step sees {size} of {all} samples: quick, and never quite still.")
    if known and known.best_loss == 0:
        text = _("Each step sees {size} of {all} samples, and at the best they all agree.")
    return text.format(size=number(size), all=number(history.experiment.data.n_samples))


def _of_regime(history: History, kind: LimitKind) -> Told:
    """Say what this rate does where the run stands; past a limit that holds everywhere it may do anything."""
    regime = limits_in_force(history).regime(history.learning_rate)
    if kind in (LimitKind.EVERYWHERE, LimitKind.STEEPEST):
        if regime is Regime.DIVERGING:
            return _("{word} of what is surely stable: it may jump to and fro."), _("Beyond the limit"), regime
        regime = limits_at(history, history.iterations).regime(history.learning_rate)
    if isinstance(history.experiment.optimiser, Momentum | Nesterov):
        return *_rolling(kind)[regime], regime
    return *_stepping(kind)[regime], regime


def _stepping(kind: LimitKind) -> Mapping[Regime, tuple[str, str]]:
    """Return what a rate does in each regime, and the word for it."""
    return {
        Regime.CREEPING: (_("{word}: tiny steps, far below the limit."), _("Too slow")),
        Regime.MONOTONE: (_("{word}: no direction overshoots."), _("Steady")),
        Regime.OVERSHOOTING: (_("{word} along the steepest direction, and still learns."), _("Overshoots")),
        Regime.BOUNCING: (_("{word}: exactly at the limit."), _("Bounces for ever")),
        Regime.DIVERGING: (_past(kind), _("Explodes")),
    }


def _rolling(kind: LimitKind) -> Mapping[Regime, tuple[str, str]]:
    """Return the same with momentum."""
    return {
        **_stepping(kind),
        Regime.MONOTONE: (_("{word}: so slow that a ball at rest would not swing."), _("Steady")),
        Regime.OVERSHOOTING: (_("{word} from side to side like a heavy ball."), _("Swings")),
    }


def _past(kind: LimitKind) -> str:
    if kind is LimitKind.MOVING:
        return _("{word}, unless the valley becomes wider.")
    return _("{word}: every step lands farther away.")


def _of_separated(history: History) -> Told:
    if isinstance(history.experiment.model, Network):
        return _("All samples are on the right side of the boundary."), "", None
    return _("All are on the right side, and the weights grow without end."), "", None


def is_separated(history: History) -> bool:
    """Return whether every sample is on the right side; of one neuron only where there then is no best."""
    experiment = history.experiment
    counts = isinstance(experiment.model, Network) or isinstance(experiment.loss, CrossEntropy)
    return experiment.data.has_classes and counts and accuracy_at(history, history.iterations) == 1


def two_numbers(history: History) -> str:
    """Say how far the rate is from the limit where the run stands, how large the loss is, and how many are right."""
    return " ".join(filter(None, (rate_sentence(history), result(history))))


def rate_sentence(history: History) -> str:
    """Say where the learning rate lies, as far as that is known."""
    rate, limits = history.learning_rate, limits_in_force(history)
    if not math.isfinite(limits.stable):
        text = _("The learning rate is {rate}; which rates are stable is not known here.")
        return text.format(rate=number(rate))
    text = _(AGAINST_LIMIT[limit_kind(history.experiment)])
    return text.format(rate=number(rate), share=percent(rate / limits.stable, 3), stable=number(limits.stable, 3))


def result(history: History) -> str:
    """Say what the loss is at the end, and of classes which share of the samples is on the right side."""
    said = _("Loss {loss}.").format(loss=number(float(history.loss[-1]), 3))
    if not history.experiment.data.has_classes:
        return said
    right = _("{share} of the samples are on the right side.")
    return f"{said} {right.format(share=percent(accuracy_at(history, history.iterations), 3))}"


def accuracy_at(history: History, iteration: int) -> float:
    """Return the share of the samples on the right side of one half."""
    loss, data = history.experiment.loss, history.experiment.data
    with np.errstate(over="ignore", invalid="ignore"):
        return float(accuracy(loss.predicted(history.outputs(iteration)), data.targets))


def sentence(history: History) -> str:
    """Say what the run did, and where its rate lies."""
    first, last = (number(loss, 3) for loss in history.loss[[0, -1]].tolist())
    text = _("By iteration {iterations} the loss has gone from {first} to {last}.")
    told = text.format(iterations=number(history.iterations), first=first, last=last)
    return f"{told} {rate_sentence(history)}"
