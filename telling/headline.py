"""The headline above the picture: what it shows in at most a dozen words, and beneath it two numbers that matter."""

import math
import sys
from dataclasses import dataclass

from core.schedule import learning_rate_at
from core.theory.limits import Regime, half_life
from core.theory.outcome import predicted_growth, shares_left, slowest_factor
from core.theory.quadratic import Quadratic, theory
from core.theory.settling import has_arrived
from core.theory.stretches import stretches
from core.training import History
from telling import beyond
from telling.sentence import SETTLED, special_case
from wording import N_, _, number, percent, unlike

AT_ONCE = 1e-9
"""A step that leaves less than this of the error has left nothing."""

WORDS = {
    Regime.CREEPING: N_("Too slow"),
    Regime.MONOTONE: N_("Steady"),
    Regime.OVERSHOOTING: N_("Overshoots"),
    Regime.BOUNCING: N_("Bounces for ever"),
    Regime.DIVERGING: N_("Explodes"),
}
ARRIVED = {
    Regime.CREEPING: N_("{word}: tiny steps, but so many of them that it arrives."),
    Regime.MONOTONE: N_("{word}: every step comes nearer, and it arrives."),
    Regime.OVERSHOOTING: N_("{word} at every step, and still arrives."),
    Regime.BOUNCING: N_("{word}, but happens to stand where it should."),
    Regime.DIVERGING: N_("{word}, sooner or later: this rate is past the limit."),
}
UNDERWAY = {
    Regime.CREEPING: N_("{word}: tiny steps, and not there yet."),
    Regime.MONOTONE: N_("{word}: every step comes nearer, but it is not there yet."),
    Regime.OVERSHOOTING: N_("{word} at every step, and is not there yet."),
    Regime.BOUNCING: N_("{word}: from side to side, and never nearer."),
    Regime.DIVERGING: N_("{word}: every step lands farther away."),
}

RAISED = N_("{word} since the rate was raised at {iteration}.")
LOWERED = N_("{word} since the rate was lowered at {iteration}.")


@dataclass(frozen=True)
class Headline:
    """A sentence of which the `word` stands for the regime and has its colour; None where there is no regime."""

    sentence: str
    word: str = ""
    regime: Regime | None = None

    def __str__(self) -> str:
        return self.sentence.format(word=self.word)


def headline(history: History, tolerance: float | None = None) -> Headline:
    """Say what this run does; with a `tolerance` it has arrived once every parameter is as near as that."""
    known = theory(history.experiment)
    if special_case(history):
        return Headline(_special(history, known))
    if known is None or not known.is_plain:
        return Headline(*beyond.headline(history))
    if is_steered(history):
        return _steered(history, known, tolerance)
    regime = known.limits.regime(history.learning_rate)
    if regime is Regime.MONOTONE and abs(slowest_factor(history, known)) < AT_ONCE:
        return Headline(_("{word}: a single step lands on the best."), _(WORDS[regime]), regime)
    sentences = ARRIVED if _is_there(history, known, tolerance) else UNDERWAY
    return Headline(_(sentences[regime]), _(WORDS[regime]), regime)


def is_steered(history: History) -> bool:
    """Return whether anything but its start and one rate has made this run what it is."""
    return len(history.experiment.schedule) > 1 or bool(history.experiment.nudges)


def _steered(history: History, known: Quadratic, tolerance: float | None) -> Headline:
    """Say what the run does since it came into its last regime."""
    *before, last = stretches(history, known.limits)
    word = _(WORDS[last.regime])
    if history.diverged_at is not None:
        exploded = _("Exploded at iteration {iteration}.").format(iteration=number(history.diverged_at))
        return Headline("{word}", exploded, last.regime)
    is_there = _is_there(history, known, tolerance)
    if is_there or not before:
        return Headline(_((ARRIVED if is_there else UNDERWAY)[last.regime]), word, last.regime)
    rates = [learning_rate_at(history.experiment.schedule, at) for at in (last.first - 1, last.first)]
    text = RAISED if rates[1] > rates[0] else LOWERED
    return Headline(_(text).replace("{iteration}", number(last.first)), word, last.regime)


def _is_there(history: History, known: Quadratic, tolerance: float | None) -> bool:
    if tolerance is not None and has_arrived(history, known, tolerance):
        return True
    return history.diverged_at is None and bool(shares_left(history, known).max() <= SETTLED)


def _special(history: History, known: Quadratic | None) -> str:
    if history.diverged_at == 0:
        return _("This start is too far away.")
    if history.learning_rate == 0:
        return _("Nothing moves: every step has length zero.")
    if known and known.is_flat:
        return _("These data are flat: there is nothing to learn.")
    return _("Already there: this start is the best possible.")


def two_numbers(history: History) -> str:
    """Say how far this rate is from the limit, and what a step makes of the error."""
    known, rate = theory(history.experiment), history.learning_rate
    if special := special_case(history):
        return special
    if known is None or not known.is_plain:
        return beyond.two_numbers(history)
    return _against_limit(rate, known.limits.stable, _of_error(history, known))


def _against_limit(rate: float, stable: float, error: str) -> str:
    if math.isclose(rate, stable, rel_tol=1e-12):
        return _("{rate} is exactly the limit; {error}").format(rate=number(rate), error=error)
    written = unlike(rate, stable)
    if rate < stable:
        text = _("{rate} is {share} of the limit; {error}")
        return text.format(rate=written, share=unlike(rate / stable, 1.0, 2, percent), error=error)
    times = unlike(min(rate / stable, sys.float_info.max), 1.0, 3)
    return _("{rate} is {times} times the limit; {error}").format(rate=written, times=times, error=error)


def _of_error(history: History, known: Quadratic) -> str:
    regime, left = known.limits.regime(history.learning_rate), slowest_factor(history, known)
    if regime is Regime.DIVERGING:
        growth = unlike(predicted_growth(history, known), 1.0, 3)
        return _("each step makes the error {growth} times as large.").format(growth=growth)
    steps = math.inf if regime is Regime.BOUNCING else half_life(left)
    if math.isinf(steps):
        return _("each step leaves the error as large as it was.")
    if steps <= 1:
        return _("one step does it all.") if left < AT_ONCE else _("every step takes away half the error or more.")
    return _("half the error is gone every {steps} steps.").format(steps=number(math.ceil(steps)))
