"""The questions of the worksheet on learning rates: overshooting, the limit, looking finished, a round valley."""

from core.data.builtin import celsius
from core.lesson.variant import Variant
from core.theory.limits import Regime
from core.theory.quadratic import quadratic
from telling.names import regime_names
from telling.worksheet.room import Question, blanks, boxes, lines, row, said
from wording import _, number, percent


def overshooting(variant: Variant) -> Question:
    """Ask what a step makes of the error across the valley."""
    text = _(
        "Across the valley the loss of Celsius to Fahrenheit curves {steepest}. A step multiplies the error there by "
        "1 − learning rate · {steepest}. By how much at the learning rate {rate}, and what becomes of the run?"
    )
    steepest = number(float(quadratic(celsius()).eigenvalues[-1]))
    names = regime_names()
    words = [names[regime] for regime in (Regime.MONOTONE, Regime.OVERSHOOTING, Regime.DIVERGING)]
    found = _("factor = {factor}: {happens}.")
    told = {"factor": number(variant.factor), "happens": names[variant.regime]}
    return Question(
        text.format(steepest=steepest, rate=number(variant.rate_across)),
        row(blanks([_("factor")]), boxes(words)),
        said(found.format(**told)),
    )


def exploding(variant: Variant) -> Question:
    """Ask for a limit, beforehand."""
    text = _(
        "The loss of other data curves at most {steepest}. Where is the limit of the learning rate? Does a run at "
        "{rate} explode?"
    )
    stable, rate = variant.other.limits.stable, variant.other_rate
    words = [_("yes"), _("no")]
    found = _("limit = 2 / {steepest} = {limit}; {answer}.")
    told = {"steepest": number(float(variant.other.eigenvalues[-1])), "limit": number(stable)}
    return Question(
        text.format(**told, rate=number(rate)),
        row(blanks([_("limit")]), boxes(words)),
        said(found.format(**told, answer=words[int(rate < stable)])),
    )


def finishing(variant: Variant) -> Question:
    """Ask whether a run is finished."""
    weight, bias, loss = variant.end
    text = _(
        "After {iterations} iterations the loss hardly falls any more: {loss}. The weight is {weight}, the bias "
        "{bias}; the best are {best_weight} and {best_bias}, and both began at {start}. Which share of its way "
        "has each gone?"
    )
    best, start = quadratic(celsius()).best(celsius().start).tolist(), float(celsius().start[0])
    names = [_("weight"), _("bias")]
    shares = [(end - start) / (goal - start) for end, goal in zip((weight, bias), best, strict=True)]
    numbers = {
        "loss": loss,
        "weight": weight,
        "bias": bias,
        "best_weight": best[0],
        "best_bias": best[1],
        "start": start,
    }
    found = _("weight = {weight}; bias = {bias}. It is not finished: the bias has far to go.")
    weight_share, bias_share = map(percent, shares)
    return Question(
        text.format(iterations=number(variant.iterations), **{name: number(value) for name, value in numbers.items()}),
        blanks(names),
        said(found.format(weight=weight_share, bias=bias_share)),
    )


def rescaling(variant: Variant) -> Question:
    """Ask which rate lands in one step."""
    text = _(
        "In a round valley the loss curves {curvature} in every direction. Which learning rate makes the factor "
        "1 − learning rate · {curvature} zero, and what does a single step do then?"
    )
    found = _("learning rate = {rate}; a single step lands on the best.")
    return Question(
        text.format(curvature=number(variant.curvature)),
        lines(2),
        said(found.format(rate=number(1 / variant.curvature))),
    )
