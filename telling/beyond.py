"""What is said of a run that is not one factor a step: with momentum, in batches, at a pace of its own, or bending."""

import math

import numpy as np

from core.losses import accuracy
from core.network import Network
from core.optimisers import Momentum, Nesterov
from core.theory.factors import has_factors
from core.theory.limits import Regime
from core.theory.quadratic import theory
from core.theory.sharpness import fixed_limits, limits_in_force
from core.training import History
from wording import _, number, percent

EDGE = 0.9
"""From this share of the limit on a run counts as being at the edge."""
AT_EDGE_OF = 1.15

Told = tuple[str, str, Regime | None]
"""A headline: its sentence, its word and its regime, as `telling.headline.Headline` takes them."""


def headline(history: History) -> Told:
    """Say in a dozen words what the run does."""
    experiment = history.experiment
    if history.diverged_at is not None:
        text = _("{{word}} at iteration {iteration}: the numbers have become too large.")
        return text.format(iteration=number(history.diverged_at)), _("Explodes"), Regime.DIVERGING
    if is_at_edge(history):
        return _("{word}: the limit has come to meet this rate."), _("At the edge"), Regime.OVERSHOOTING
    if is_separated(history):
        return _of_separated(history)
    if experiment.batches:
        text = _("Each step sees {size} of {all} samples: quick, and never quite still.")
        return text.format(size=number(experiment.batches.size), all=number(experiment.data.n_samples)), "", None
    if not has_factors(experiment.optimiser):
        return _("Each parameter has a pace of its own: the steepest direction sets no limit."), "", None
    limits = limits_in_force(history)
    if math.isinf(limits.stable):
        return _("The learning rate decides: how far does each step go?"), "", None
    return _of_regime(history, limits.regime(history.learning_rate))


def _of_regime(history: History, regime: Regime) -> Told:
    rolls = isinstance(history.experiment.optimiser, Momentum | Nesterov)
    overshoots = (_("{word} along the steepest direction, and still learns."), _("Overshoots"))
    sentences = {
        Regime.CREEPING: (_("{word}: tiny steps, far below the limit."), _("Too slow")),
        Regime.MONOTONE: (_("{word}: no direction overshoots."), _("Steady")),
        Regime.OVERSHOOTING: (_("{word} from side to side like a heavy ball."), _("Swings")) if rolls else overshoots,
        Regime.BOUNCING: (_("{word}: exactly at the limit."), _("Bounces for ever")),
        Regime.DIVERGING: (_("{word}, unless the valley becomes wider."), _("Explodes")),
    }
    if regime is Regime.DIVERGING and not is_moving(history) and theory(history.experiment) is None:
        return _("{word} of what is stable everywhere: it may jump to and fro."), _("Beyond the limit"), regime
    return *sentences[regime], regime


def _of_separated(history: History) -> Told:
    if isinstance(history.experiment.model, Network):
        return _("All samples are on the right side of the boundary."), "", None
    return _("All are on the right side, and the weights grow without end."), "", None


def is_at_edge(history: History) -> bool:
    """Return whether a limit that moves has come to the learning rate, with all samples in each step."""
    is_whole = history.experiment.batches is None
    return is_whole and is_moving(history) and EDGE <= share_of_limit(history) <= AT_EDGE_OF


def is_moving(history: History) -> bool:
    """Return whether the limit of the learning rate moves while the run trains."""
    now = history.experiment
    return fixed_limits(now.data, now.model, now.loss, now.optimiser) is None


def is_separated(history: History) -> bool:
    """Return whether there are classes, and every sample is on the right side."""
    return history.experiment.data.has_classes and accuracy_at(history, history.iterations) == 1


def share_of_limit(history: History) -> float:
    """Return the learning rate over the limit where the run ends; NaN where there is none."""
    stable = limits_in_force(history).stable
    return history.learning_rate / stable if math.isfinite(stable) and stable > 0 else math.nan


def two_numbers(history: History) -> str:
    """Say how far the rate is from the limit where the run stands, how large the loss is, and how many are right."""
    return " ".join(filter(None, (rate_sentence(history), result(history))))


def rate_sentence(history: History) -> str:
    """Say where the learning rate lies, as far as that is known."""
    rate, limits = history.learning_rate, limits_in_force(history)
    if not math.isfinite(limits.stable):
        text = _("The learning rate is {rate}; which rates are stable is not known here.")
        return text.format(rate=number(rate))
    text = _("{rate} is {share} of the limit, {stable}.")
    if is_moving(history):
        text = _("{rate} is {share} of the limit as it is here, {stable}.")
    elif history.experiment.batches:
        text = _("{rate} is {share} of the limit for all samples at once, {stable}.")
    elif theory(history.experiment) is None:
        text = _("{rate} is {share} of the limit that holds everywhere, {stable}.")
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
