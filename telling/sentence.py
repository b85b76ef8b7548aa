"""The sentence above the picture: what happened in this run, made from its own numbers."""

import math
import sys

from core.theory.limits import Regime, half_life
from core.theory.outcome import at_best, measured_growth, predicted_growth, shares_left, slowest_factor
from core.theory.quadratic import Quadratic, theory
from core.training import History
from telling import beyond
from telling.names import names_in
from wording import _, number, percent, unlike

ROUNDING = 1e-9
"""Losses that differ by a smaller share than this are equal but for rounding."""
SETTLED = 1e-3
"""A parameter has settled when less than this share of its way from the start to the best value is left."""


def sentence(history: History) -> str:
    """Say what this run did, and where something can be done about it, what."""
    if special := special_case(history):
        return special
    known = theory(history.experiment)
    if history.diverged_at is not None:
        return _exploded(history, known)
    if known is None or not known.is_plain:
        return beyond.sentence(history)
    return f"{_outcome(history, known)} {rate_sentence(history)}"


def special_case(history: History) -> str:
    """Say what is wrong with a run that never gets going; nothing for all others."""
    known = theory(history.experiment)
    if history.diverged_at == 0:
        return _(
            "This start is too far away: its loss is greater than the largest number there is here, {largest}. "
            "Choose weights and bias nearer to zero."
        ).format(largest=number(sys.float_info.max))
    if history.learning_rate == 0:
        return _("Nothing moves: with a learning rate of 0 every step has length zero. Choose a greater one.")
    if known and known.is_flat:
        return _("These data are flat: every feature is zero, so no weight can change the output.")
    if known and at_best(history, known, 0):
        return _("This start is already the best possible: the gradient is zero there, and nothing is left to learn.")
    return ""


def rate_sentence(history: History) -> str:
    """Say where this learning rate lies among the limits, and at which pace it learns."""
    rate, known = history.learning_rate, theory(history.experiment)
    if known is None or not known.is_plain:
        return beyond.rate_sentence(history)
    stable = known.limits.stable
    match known.limits.regime(rate):
        case Regime.DIVERGING:
            text = _("The learning rate {rate} is {times} times the limit, {stable}.")
        case Regime.BOUNCING:
            text = _("The learning rate {rate} is exactly the limit.")
        case Regime.OVERSHOOTING:
            text = _(
                "{rate} is {share} of the limit, {stable}: it overshoots at every step along "
                "the steep direction and still settles; {pace}"
            )
        case _:
            text = _("{rate} is {share} of the limit, {stable}: no step overshoots; {pace}")
    return text.format(
        rate=number(rate),
        stable=number(stable, 3),
        share=unlike(rate / stable, 1.0, 3, percent),
        times=unlike(min(rate / stable, sys.float_info.max), 1.0, 3),
        pace=_pace(slowest_factor(history, known)),
    )


def _pace(factor: float) -> str:
    if factor < 1e-9:
        return _("one step does it all.")
    steps = half_life(factor)
    if math.isinf(steps):
        return _("a step is too short to be seen.")
    text = _("each step leaves {factor} of the slowest error, so halving it takes {steps} steps.")
    if steps <= 1:
        text = _("each step leaves {factor} of the slowest error, no more than half.")
    return text.format(factor=number(factor), steps=number(math.ceil(steps)))


def _losses(history: History) -> dict[str, str]:
    first, last = (number(loss, 3) for loss in history.loss[[0, -1]].tolist())
    return {"iterations": number(history.iterations), "first": first, "last": last}


def _exploded(history: History, known: Quadratic | None) -> str:
    happened = _("Exploded: at iteration {iteration} the numbers became greater than a computer can hold.").format(
        iteration=number(history.diverged_at or 0)
    )
    if known and known.is_plain:
        return f"{happened} {rate_sentence(history)} {_growth(history, known)}"
    return f"{happened} {beyond.rate_sentence(history)}"


def _growth(history: History, known: Quadratic) -> str:
    """Say by which factor the error grew per step: measured in the run, and as the theory predicts it."""
    predicted = predicted_growth(history, known)
    if not history.iterations:
        text = _("The theory says that each step makes the error {predicted} times as large.")
        return text.format(predicted=number(predicted))
    text = _(
        "Each step made the error {measured} times as large; the theory says |1 − {rate} · {steepest}| = {predicted}."
    )
    return text.format(
        measured=unlike(measured_growth(history, known), 1.0),
        rate=number(history.learning_rate),
        steepest=number(2 / known.limits.stable),
        predicted=unlike(predicted, 1.0),
    )


def _outcome(history: History, known: Quadratic) -> str:
    values = _losses(history)
    if known.limits.regime(history.learning_rate) is Regime.BOUNCING:
        text = _("Bounces for ever: at iteration {iterations} the error along the steep direction is as large as ever.")
        return text.format(**values)
    if history.loss[-1] > history.loss[0] * (1 + ROUNDING):
        grown = _("Flying apart: by iteration {iterations} the loss has grown from {first} to {last}.")
        return f"{grown.format(**values)} {_growth(history, known)}"
    left = shares_left(history, known)
    if left.max() <= SETTLED:
        text = _("Learned: at iteration {iterations} the loss is {last}; the least possible is {least}.")
        return text.format(**values, least=number(known.best_loss, 3))
    return _unfinished(history, known, int(left.argmax()))


def _unfinished(history: History, known: Quadratic, worst: int) -> str:
    """Say how far the parameter is that has the longest way left; of one sample, its output."""
    end, data = history.iterations, history.experiment.data
    if data.n_samples == 1:
        name, now, goal = _("output"), float(history.outputs(end)[0]), float(data.targets[0])
    else:
        name, now = names_in(history.experiment)[worst], float(history.parameters[end, worst])
        goal = float(known.best(history.parameters[0])[worst])
    return _("Not finished: at iteration {iterations} the {name} is still {now}, and {goal} would be best.").format(
        iterations=number(end), name=name, now=unlike(now, goal), goal=number(goal)
    )
