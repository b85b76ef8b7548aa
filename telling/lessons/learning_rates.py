"""Four lessons on the learning rate: overshooting, exploding, looking finished, and rescaled inputs."""

import math

from core.data.builtin import celsius, tips
from core.data.standardising import standardise
from core.lesson.prediction import LOOKED_AHEAD
from core.theory.limits import half_life
from core.theory.outcome import predicted_growth, slowest_factor
from core.theory.quadratic import quadratic
from core.theory.settling import settles_at
from core.training import History
from telling.lessons.lesson import Lesson, Link, Numbers
from telling.lessons.runs import exploded, known_of_thermometer, line, thermometer
from wording import N_, _, number, percent

OVERSHOOTS, STEADY, EXPLODES, SETTLES = 0.00119, 0.0005, 0.0013, 0.0011
TOLERANCE, EARLY, LONGER = 0.5, 100, 50_000
RATE_OF_TIPS, ITERATIONS_OF_TIPS = 0.002, 20_000
IN_ONE_STEP = 0.5


def halved_after(history: History) -> str:
    """Return every how many steps half the error is gone."""
    return number(math.ceil(half_life(slowest_factor(history, known_of_thermometer()))))


def _overshooting() -> Numbers:
    run, known = thermometer(OVERSHOOTS), known_of_thermometer()
    first, second, third = run.weights[1:4, 0].tolist()
    return {
        "rate": number(OVERSHOOTS),
        "best": number(float(known.best(run.parameters[0])[0])),
        "first": number(first),
        "second": number(second),
        "third": number(third),
        "halved": halved_after(run),
        "steady": number(STEADY),
        "steady_halved": halved_after(thermometer(STEADY)),
        "check": _("Check"),
    }


def _exploding() -> Numbers:
    run, known = exploded(EXPLODES), known_of_thermometer()
    return {
        "rate": number(EXPLODES),
        "exploded": number(run.diverged_at or 0),
        "growth": number(predicted_growth(run, known), 3),
        "times": number(EXPLODES / known.limits.stable, 3),
        "steepest": number(float(known.eigenvalues[-1])),
        "limit": number(known.limits.stable),
        "settles": number(SETTLES),
        **{"early": number(LOOKED_AHEAD), "start": number(float(run.loss[0]))},
        "then": number(float(run.loss[LOOKED_AHEAD])),
        "check": _("Check"),
        "why": _("Why?"),
    }


def _finishing() -> Numbers:
    run, known = thermometer(), known_of_thermometer()
    best = known.best(run.parameters[0]).tolist()
    end = run.parameters[-1].tolist()
    settled = max(filter(None, settles_at(known, celsius().start, run.learning_rate, TOLERANCE)))
    return {
        "iterations": number(run.iterations),
        "weight": number(end[0]),
        "bias": number(end[1]),
        "loss": number(float(run.loss[-1])),
        **{"best_weight": number(best[0]), "best_bias": number(best[1])},
        "settled": number(settled),
        "tolerance": number(TOLERANCE),
        "longer": number(LONGER),
        "then_bias": number(float(thermometer(iterations=LONGER).bias[-1])),
        "least": number(quadratic(tips()).best_loss),
        "tab": _("Is it finished?"),
    }


def _rescaling() -> Numbers:
    run, known = thermometer(iterations=EARLY), known_of_thermometer()
    round_valley = standardise(celsius())
    landed = line(round_valley, IN_ONE_STEP, 1)
    best = known.best(run.parameters[0]).tolist()
    return {
        "iterations": number(EARLY),
        **{"weight": number(float(run.weights[-1, 0])), "bias": number(float(run.bias[-1]))},
        **{"best_weight": number(best[0]), "best_bias": number(best[1])},
        "share": percent(round(1 - landed.loss[-1] / landed.loss[0], 12)),
        **{"steep": number(float(known.eigenvalues[-1])), "flat": number(float(known.eigenvalues[0]), 2)},
        "both": number(float(quadratic(round_valley).eigenvalues[0])),
        "rate": number(IN_ONE_STEP),
        "limit": number(known.limits.stable),
        **{"fast": number(OVERSHOOTS), "fast_bias": number(float(thermometer(OVERSHOOTS, EARLY).bias[-1]))},
        "rescale": _("Rescale the inputs"),
    }


LEARNING_RATES = (
    Lesson(
        title=N_("Overshooting is no failure"),
        minutes=10,
        link=Link("train", {"learning_rate": repr(OVERSHOOTS), "wait": "on", "predict": "regime"}),
        ask=N_("At {rate} each step jumps across to the other side. Will this run ever arrive?"),
        says=N_("No: it jumps over the best weight every time, so the learning rate is too large."),
        show=(
            N_("First the page itself asks what the rate does: choose what most say, and press “{check}”."),
            N_(
                "The upper curve: the weight goes to {first}, {second}, {third}, from side to side of {best}, and each "
                "time a little nearer. The loss only falls."
            ),
            N_("The line under the headline: half the error is gone every {halved} steps."),
            N_("Type {steady}, which never jumps across: it needs {steady_halved} steps for the same."),
        ),
        conclude=N_("Below the limit overshooting is no failure: here it is even faster."),
        numbers=_overshooting,
        then=Link("train", {"learning_rate": repr(STEADY)}),
    ),
    Lesson(
        title=N_("An explosion is no broken program"),
        minutes=10,
        link=Link("train", {"learning_rate": repr(EXPLODES), "wait": "on", "predict": "loss"}),
        ask=N_(
            "At {rate} the numbers grow until, at iteration {exploded}, the computer has none left. What is broken?"
        ),
        says=N_("The program has a bug: it writes NaN."),
        show=(
            N_(
                "First the page itself asks for the loss at iteration {early}, which starts at {start}. Let somebody "
                "drag the point, and press “{check}”: it is {then}."
            ),
            N_("{rate} is {times} times the limit, and each step makes the error {growth} times as large: always."),
            N_(
                "Press “{why}”: the steepest direction has the curvature {steepest}, so the limit is 2 / {steepest} = "
                "{limit}."
            ),
            N_("Type {settles}: the same program, and it arrives."),
        ),
        conclude=N_("Nothing is broken: the learning rate has passed a limit that can be computed beforehand."),
        numbers=_exploding,
        then=Link("train", {"learning_rate": repr(SETTLES)}),
    ),
    Lesson(
        title=N_("A flat loss is not a finished one"),
        minutes=15,
        link=Link("train", {"iteration_axis": "linear", "wait": "on"}),
        ask=N_("{iterations} iterations: the loss is flat, the line looks right. Is it finished?"),
        says=N_("Yes: the loss does not fall any more."),
        show=(
            N_(
                "Under the picture: the weight is {weight} of {best_weight}, but the bias {bias} of {best_bias}. The "
                "loss is {loss}, and could be 0."
            ),
            N_("The tab “{tab}”: the bias is within {tolerance} only from iteration {settled}."),
            N_("Set the iterations to {longer}: the bias becomes {then_bias}."),
            N_("The second link, real tips: there the loss stays at {least}, and it is finished. No line is better."),
        ),
        conclude=N_("Flat means slow. Whether it is finished, only the best possible can say, and that need not be 0."),
        numbers=_finishing,
        then=Link(
            "train",
            {"dataset": "tips", "learning_rate": repr(RATE_OF_TIPS), "iterations": str(ITERATIONS_OF_TIPS)},
        ),
    ),
    Lesson(
        title=N_("Rescaled inputs: a round valley"),
        minutes=10,
        link=Link("train", {"iterations": str(EARLY)}),
        ask=N_(
            "After {iterations} iterations the weight is {weight} of {best_weight}, but the bias {bias} of "
            "{best_bias}. What would help the bias?"
        ),
        says=N_("A larger learning rate."),
        show=(
            N_("Type {fast}: even then the bias comes only to {fast_bias}. And beyond {limit} everything explodes."),
            N_("The loss curves {steep} in one direction and {flat} in the other. One learning rate must do for both."),
            N_(
                "The second link has switched on “{rescale}”: now both curve alike, {both}, and the learning rate "
                "{rate} takes away {share} of the loss in a single step."
            ),
        ),
        conclude=N_("Rescaled inputs make the valley round, and then one learning rate suits all directions."),
        numbers=_rescaling,
        then=Link("train", {"standardise": "on", "learning_rate": repr(IN_ONE_STEP)}),
    ),
)
