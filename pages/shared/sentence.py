"""The sentence above the picture: what happened in this run, made from its own numbers."""

import math
import sys

import numpy as np

from core.learning_rate import Regime, eigenvalues, half_life, regime, step_factors
from pages.frame.runs import Run, parameter_names, parameters
from wording import _, number, percent, unlike

ROUNDING = 1e-9
"""Losses that differ by a smaller share than this are equal but for rounding."""
SETTLED = 1e-3
"""A parameter has settled when less than this share of its way from the start to the best value is left."""


def sentence(run: Run) -> str:
    """Say what this run did, and where something can be done about it, what."""
    if special := special_case(run):
        return special
    if run.history.diverged_at is not None:
        return _exploded(run, run.history.diverged_at)
    return f"{_outcome(run)} {rate_sentence(run)}"


def special_case(run: Run) -> str:
    """Say what is wrong with a run that never gets going; nothing for all others."""
    if run.history.diverged_at == 0:
        return _(
            "This start is too far away: its loss is greater than the largest number there is here, {largest}. "
            "Choose weights and bias nearer to zero."
        ).format(largest=number(sys.float_info.max))
    if run.learning_rate == 0:
        return _("Nothing moves: with a learning rate of 0 every step has length zero. Choose a greater one.")
    if math.isinf(run.limits.stable):
        return _("These data are flat: every feature is zero, so no weight can change the output.")
    if at_best(run, 0):
        return _("This start is already the best possible: the gradient is zero there, and nothing is left to learn.")
    return ""


def at_best(run: Run, iteration: int) -> bool:
    """Return whether every parameter is where it should be, but for rounding."""
    now, best = (np.array(parameters(run.dataset, n)) for n in (run.history.neuron(iteration), run.best))
    return bool(np.allclose(now, best, rtol=1e-9, atol=1e-9))


def share_left(run: Run) -> list[float]:
    """Return, for each parameter, which share of its way from the start to the best value is left at the end."""
    start, end, best = (
        np.array(parameters(run.dataset, neuron))
        for neuron in (run.history.neuron(0), run.history.neuron(run.history.iterations), run.best)
    )
    # A parameter that starts at its best value is measured by the longest way of the others.
    way = np.maximum(np.abs(start - best), 1e-3 * np.abs(start - best).max())
    shares: list[float] = (np.abs(end - best) / way).tolist()
    return shares


def _exploded(run: Run, iteration: int) -> str:
    happened = _("Exploded: at iteration {iteration} the numbers left the finite world.").format(
        iteration=number(iteration)
    )
    return f"{happened} {rate_sentence(run)} {_growth(run)}"


def _growth(run: Run) -> str:
    """Say by which factor the error grew per step: measured in the run, and as the theory predicts it."""
    if not run.history.iterations:
        text = _("The theory says that each step makes the error {predicted} times as large.")
        return text.format(predicted=number(predicted_growth(run)))
    text = _(
        "Each step made the error {measured} times as large; the theory says |1 − {rate} · {steepest}| = {predicted}."
    )
    return text.format(
        measured=unlike(measured_growth(run), 1.0),
        rate=number(run.learning_rate),
        steepest=number(2 / run.limits.stable),
        predicted=unlike(predicted_growth(run), 1.0),
    )


def measured_growth(run: Run) -> float:
    """Return how many times as far off the last step left the run: the root of the quotient of its last two losses."""
    before, after = (run.history.loss[k] - run.best_loss for k in (-2, -1)) if run.history.iterations else (1.0, 1.0)
    return math.sqrt(after / before) if before > 0 else math.nan


def predicted_growth(run: Run) -> float:
    """Return the factor of the steepest direction, |1 - learning_rate * largest eigenvalue|."""
    return abs(1 - 2 * run.learning_rate / run.limits.stable)


def _outcome(run: Run) -> str:
    history = run.history
    first, last = float(history.loss[0]), float(history.loss[-1])
    values = {"iterations": number(history.iterations), "first": number(first, 3), "last": number(last, 3)}
    if regime(run.learning_rate, run.limits) is Regime.BOUNCING:
        text = _("Bounces for ever: at iteration {iterations} the error along the steep direction is as large as ever.")
        return text.format(**values)
    if last > first * (1 + ROUNDING):
        grown = _("Flying apart: by iteration {iterations} the loss has grown from {first} to {last}.")
        return f"{grown.format(**values)} {_growth(run)}"
    left = share_left(run)
    if max(left) <= SETTLED:
        return _("Learned: at iteration {iterations} the loss is {last}; the least possible is {least}.").format(
            **values, least=number(run.best_loss, 3)
        )
    return _unfinished(run, int(np.argmax(left)))


def _unfinished(run: Run, worst: int) -> str:
    if run.dataset.n_samples == 1:
        name, now = _("output"), run.output(run.history.iterations)
        goal = float(run.dataset.targets[0])
    else:
        name = parameter_names(run.dataset)[worst]
        now = parameters(run.dataset, run.history.neuron(run.history.iterations))[worst]
        goal = parameters(run.dataset, run.best)[worst]
    return _("Not finished: at iteration {iterations} the {name} is still {now}, and {goal} would be best.").format(
        iterations=number(run.history.iterations), name=name, now=unlike(now, goal), goal=number(goal)
    )


def rate_sentence(run: Run) -> str:
    """Say where this learning rate lies among the limits, and at which pace it learns."""
    values = {"rate": number(run.learning_rate), "stable": number(run.limits.stable, 3)}
    share = run.learning_rate / run.limits.stable
    match regime(run.learning_rate, run.limits):
        case Regime.DIVERGING:
            text = _("The learning rate {rate} is {times} times the largest stable one, {stable}.")
        case Regime.BOUNCING:
            text = _("The learning rate {rate} is exactly the largest stable one.")
        case Regime.OVERSHOOTING:
            text = _(
                "{rate} is {share} of the largest stable learning rate, {stable}: it overshoots at every step along "
                "the steep direction and still settles; {pace}"
            )
        case _:
            text = _("{rate} is {share} of the largest stable learning rate, {stable}: no step overshoots; {pace}")
    times = unlike(min(share, sys.float_info.max), 1.0, 3)
    return text.format(**values, share=unlike(share, 1.0, 3, percent), times=times, pace=_pace(run))


def slowest_factor(run: Run) -> float:
    """Return what one step multiplies the slowest error by: the greatest |1 - learning_rate * eigenvalue|."""
    with np.errstate(over="ignore"):
        factors = np.abs(step_factors(run.rate_of_mean, eigenvalues(run.dataset)))
    return float(factors.max()) if factors.size else 1.0


def _pace(run: Run) -> str:
    factor = slowest_factor(run)
    if factor < 1e-9:
        return _("one step does it all.")
    steps = half_life(factor)
    if math.isinf(steps):
        return _("a step is too short to be seen.")
    text = _("each step leaves {factor} of the slowest error, so halving it takes {steps} steps.")
    if steps <= 1:
        text = _("each step leaves {factor} of the slowest error, no more than half.")
    return text.format(factor=number(factor), steps=number(math.ceil(steps)))
