"""What is said of a run that is not one factor a step: with momentum, in batches, at a pace of its own, or bending."""

import math

import numpy as np

from core.losses import accuracy
from core.optimisers import Momentum, Nesterov
from core.theory.factors import has_factors, stable_product
from core.theory.limits import Regime
from core.theory.quadratic import theory
from core.theory.sharpness import limits_in_force
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
    if experiment.batches:
        text = _("Each step sees {size} of {all} samples: quick, and never quite still.")
        return text.format(size=number(experiment.batches.size), all=number(experiment.data.n_samples)), "", None
    if not has_factors(experiment.optimiser):
        return _("Each parameter has a pace of its own: the steepest direction sets no limit."), "", None
    return _of_regime(history, limits_in_force(history).regime(history.learning_rate))


def _of_regime(history: History, regime: Regime) -> Told:
    rolls = isinstance(history.experiment.optimiser, Momentum | Nesterov)
    is_moving = theory(history.experiment) is None
    if is_moving and EDGE <= share_of_limit(history) <= AT_EDGE_OF:
        return _("{word}: the limit has come to meet this rate."), _("At the edge"), Regime.OVERSHOOTING
    sentences = {
        Regime.CREEPING: (_("{word}: tiny steps, far below the limit."), _("Too slow")),
        Regime.MONOTONE: (_("{word}: no direction overshoots."), _("Steady")),
        Regime.OVERSHOOTING: (
            (_("{word} from side to side like a heavy ball."), _("Swings"))
            if rolls
            else (_("{word} along the steepest direction, and still learns."), _("Overshoots"))
        ),
        Regime.BOUNCING: (_("{word}: exactly at the limit."), _("Bounces for ever")),
        Regime.DIVERGING: (_("{word}, if the valley does not become wider."), _("Explodes")),
    }
    return *sentences[regime], regime


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
        return _("{rate} is the learning rate; which rates are stable is not known here.").format(rate=number(rate))
    text = _("{rate} is {share} of the limit, {stable}.")
    if theory(history.experiment) is None:
        text = _("{rate} is {share} of the limit as it is here, {stable}.")
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


def why(history: History) -> list[str]:
    """Return paragraphs, as Markdown, on what decides here whether a rate is stable."""
    experiment = history.experiment
    told = [_of_batches()] if experiment.batches else []
    if isinstance(experiment.optimiser, Momentum | Nesterov):
        told.append(_of_momentum(experiment.optimiser))
    elif not has_factors(experiment.optimiser):
        told.append(_of_pace())
    if theory(experiment) is None:
        told.append(_of_moving_limit())
    return [*told, *_of_separable(history)]


def _of_batches() -> str:
    return _(
        "**Batches**: each step follows the gradient of a few samples, which points only roughly downhill. At a "
        "constant learning rate the run ends in a ball around the best, the larger the greater the rate: the noise "
        "floor. With a rate that falls it goes on: see Schedule. An epoch is over when every sample has been seen once."
    )


def _of_momentum(optimiser: Momentum | Nesterov) -> str:
    product = number(stable_product(optimiser), 3)
    if isinstance(optimiser, Nesterov):
        text = _(
            "**Nesterov's momentum** {b} looks where the ball is rolling before it takes the gradient. Stable below "
            "2 (1 + b) / (1 + 2 b) = {product}, over the largest eigenvalue."
        )
    else:
        text = _(
            "**Momentum** {b} adds a part of the last move to the next one, like a heavy ball. It is stable below "
            "2 (1 + b) = {product}, over the largest eigenvalue: farther than plain descent, and it swings long before."
        )
    return text.format(b=number(optimiser.momentum), product=product)


def _of_pace() -> str:
    return _(
        "**A pace for each parameter**: RMSProp and Adam divide each gradient by its usual size, so that a step is "
        "about as long as the learning rate, however steep the valley. What limits plain descent does not hold: no "
        "rate explodes at once, but near the best the steps stay as long as the rate, and so it ends in a band around "
        "the best that is about as wide. What is known: with all samples in each step Adam settles where the "
        "sharpness, measured in its own paces, is about 38 over the learning rate (Cohen et al. 2022)."
    )


def _of_moving_limit() -> str:
    return _(
        "**The limit moves**: this loss is no parabola, so its sharpness, the largest eigenvalue of the Hessian, "
        "changes as the parameters do. The limit is 2 over the sharpness of the place where the run stands. Networks "
        "tend to become sharper until the limit has come down to the learning rate, and then train on at this edge of "
        "stability (Cohen et al. 2021)."
    )


def _of_separable(history: History) -> list[str]:
    """Say why the weights of one neuron grow without end, where they do: nothing of all other runs."""
    experiment = history.experiment
    if (
        theory(experiment) is not None
        or not experiment.data.has_classes
        or accuracy_at(history, history.iterations) < 1
    ):
        return []
    return [
        _(
            "**Without end**: all samples are on the right side, so larger weights make every probability more certain "
            "and the loss smaller. There is no best: the weights grow for ever, ever more slowly."
        )
    ]
