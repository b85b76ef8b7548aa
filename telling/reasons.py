"""What stands behind “Why?” for a run that is not one factor a step: what decides there whether a rate is stable."""

import math

from core.network import Network
from core.optimisers import Momentum, Nesterov
from core.theory.factors import has_factors, stable_product
from core.theory.in_force import LimitKind, limit_kind, limits_at, limits_in_force
from core.theory.quadratic import theory
from core.training import History
from telling.beyond import is_separated
from wording import _, number

ROUNDING = 1e-9
"""A limit that is greater by a smaller share is the same."""


def reasons(history: History) -> list[str]:
    """Return paragraphs, as Markdown."""
    experiment = history.experiment
    told = _of_batches(history) if experiment.batches else []
    if isinstance(experiment.optimiser, Momentum | Nesterov):
        told.append(_of_momentum(experiment.optimiser))
    elif not has_factors(experiment.optimiser):
        told.append(_of_pace())
    if theory(experiment) is None and math.isfinite(limits_in_force(history).stable):
        told.append(_of_moving_limit(history) if limit_kind(experiment) is LimitKind.MOVING else _of_bound(history))
    return [*told, *_of_separable(history)]


def _of_batches(history: History) -> list[str]:
    known = theory(history.experiment)
    floor = _(
        "At a constant learning rate the run ends in a ball around the best, the larger the greater the rate: the "
        "noise floor. With a rate that falls it goes on: see Schedule."
    )
    if known and known.best_loss == 0:
        floor = _("These data have no noise, so every batch agrees at the best: no floor.")
    text = _(
        "**Batches**: each step follows the gradient of a few samples, which points only roughly downhill. {floor} An "
        "epoch is over when every sample has been seen once."
    )
    return [text.format(floor=floor)]


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


def _of_moving_limit(history: History) -> str:
    text = _(
        "**The limit moves**: this loss is no parabola, so its sharpness, the largest eigenvalue of the Hessian, "
        "changes as the parameters do. The limit is {product} over the sharpness of the place where the run stands. "
        "Networks tend to become sharper until the limit has come down to the learning rate, and then train on at this "
        "edge of stability (Cohen et al. 2021)."
    )
    return text.format(product=number(stable_product(history.experiment.optimiser), 3))


def _of_bound(history: History) -> str:
    """Say where the limit comes from, and what it is where the run ends, if the loss is flatter there."""
    text = _(
        "**The limit**: this loss is no parabola, but where it curves most, its curvature is that of {greatest} · X'X "
        "for each sample. That gives a rate that is stable wherever the run stands: {bound}."
    )
    if limit_kind(history.experiment) is not LimitKind.EVERYWHERE:
        text = _(
            "**The limit**: this loss is no parabola, but where it curves most, its curvature is that of {greatest} · "
            "X'X for each sample. That gives the limit of the steepest place: {bound}."
        )
    bound, here = limits_in_force(history).stable, limits_at(history, history.iterations).stable
    told = text.format(greatest=number(history.experiment.loss.greatest_curvature, 3), bound=number(bound, 3))
    if here <= bound * (1 + ROUNDING):
        return told
    flatter = _("Where the run ends the loss is flatter, and the limit there is {here}.")
    return f"{told} {flatter.format(here=number(here, 3))}"


def _of_separable(history: History) -> list[str]:
    """Say why the weights of one neuron grow without end, where they do: nothing of all other runs."""
    if isinstance(history.experiment.model, Network) or not is_separated(history):
        return []
    return [
        _(
            "**Without end**: all samples are on the right side, so larger weights make every probability more certain "
            "and the loss smaller. There is no best: the weights grow for ever, ever more slowly."
        )
    ]
