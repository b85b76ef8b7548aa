"""The first four lessons: what a neuron says, which way it must go, one step, and how large a step can be."""

import numpy as np

from core.data.builtin import celsius
from core.lesson.step import Step, step_after
from core.theory.quadratic import quadratic
from core.theory.settling import settles_at
from core.theory.slices import Parabola
from telling.lessons.lesson import Lesson, Link, Numbers
from telling.lessons.runs import ARTICLE_ROW, known_of_thermometer, thermometer
from wording import N_, _, number, percent

WEIGHT, BIAS = 0.8, 62.88919449
"""The article's question: here the loss of its sample is 123.45."""
LESS, MORE, BEYOND_BEST = 0.7, 0.9, 1.3
TOLERANCE = 0.5
RATES = (0.0001, 0.00054, 0.00096)
TOO_LARGE = 0.0013
WAITING = {"wait": "on", "predict": "limit"}


def first_step() -> Step:
    """Return the article's first step."""
    return step_after(thermometer(), 0)


def _predicting() -> Numbers:
    step = first_step()
    output, target = float(step.outputs[ARTICLE_ROW]), float(step.targets[ARTICLE_ROW])
    return {
        "input": number(float(step.inputs[ARTICLE_ROW, 0])),
        "weight": number(float(step.parameters[0])),
        "bias": number(float(step.parameters[1])),
        "output": number(output),
        "target": number(target),
        "missing": number(target - output),
        "loss": number(step.loss),
        "others": number(len(step.targets) - 1),
        "squares": _("Residuals as squares"),
    }


def question() -> Parabola:
    """Return the loss of the article's sample over the weight."""
    return quadratic(celsius().only(ARTICLE_ROW)).parabola(np.array([WEIGHT, BIAS]), 0)


def _turning() -> Numbers:
    parabola, rate = question(), celsius().learning_rate
    slope = parabola.slope(WEIGHT)
    return {
        "weight": number(WEIGHT),
        "loss": number(float(parabola.loss(WEIGHT))),
        "slope": number(slope),
        "less": number(LESS),
        "more": number(MORE),
        "rate": number(rate),
        "after": number(WEIGHT - rate * slope),
        "beyond": number(BEYOND_BEST),
        "rising": number(parabola.slope(BEYOND_BEST)),
        "larger": _("larger →"),
        "smaller": _("← smaller"),
        "take": _("Take the step"),
    }


def _stepping() -> Numbers:
    step, best = first_step(), float(known_of_thermometer().best(celsius().start)[0])
    weight, slope = float(step.parameters[0]), float(step.gradient[0])
    return {
        "weight": number(weight),
        "slope": number(slope, 5),
        "bias_slope": number(float(step.gradient[1])),
        "rate": number(step.learning_rate),
        "wrong": number(weight - slope, 5),
        "after": number(float(step.after[0]), 8),
        "before": number(step.loss),
        "then": number(step.next_loss),
        "share": percent(float(step.after[0] - weight) / (best - weight)),
        "predict": _("Predict the next values"),
        "check": _("Check"),
    }


def _comparing() -> Numbers:
    known, start = known_of_thermometer(), celsius().start
    arrived = [max(filter(None, settles_at(known, start, rate, TOLERANCE))) for rate in RATES]
    return {
        **{name: number(rate) for name, rate in zip(("slow", "good", "fast"), RATES, strict=True)},
        **{f"{name}_at": number(at) for name, at in zip(("slow", "good", "fast"), arrived, strict=True)},
        "tolerance": number(TOLERANCE),
        "too_large": number(TOO_LARGE),
        "check": _("Check"),
        "limit": number(known.limits.stable),
    }


FIRST_STEPS = (
    Lesson(
        title=N_("What a neuron says, and how wrong it is"),
        minutes=10,
        link=Link("one_step", {"substep": "1", "wait": "on"}),
        ask=N_(
            "This neuron multiplies by {weight} and adds {bias}. What does it say for {input} degrees Celsius, and how "
            "wrong is it?"
        ),
        says=N_("{target}, of course: a computer knows the formula."),
        show=(
            N_(
                "Part 1: {input} · {weight} + {bias} = {output}. Nobody told it the formula. It has these two numbers, "
                "and {missing} degrees are missing."
            ),
            N_(
                "Part 2: the loss squares what is missing, here and for the {others} other samples, and takes the "
                "mean: {loss}. The switch “{squares}” draws some of them."
            ),
        ),
        conclude=N_("A neuron is a weight and a bias, and the loss says in one number how wrong they are."),
        numbers=_predicting,
        then=Link("one_step", {"substep": "2", "squares": "on"}),
    ),
    Lesson(
        title=N_("The slope says which way"),
        minutes=10,
        link=Link("which_way", {"samples": "one", "weights": repr(WEIGHT), "bias": repr(BIAS), "wait": "on"}),
        ask=N_(
            "The weight is {weight}, the loss {loss}, and the slope there {slope}. Should the weight become {less} or "
            "{more}? Have everybody vote."
        ),
        says=N_("{less}: the loss must become smaller, so the weight must, too."),
        show=(
            N_("Press what most voted for: “{smaller}” or “{larger}”. Negative means downhill to the right: {more}."),
            N_("Press “{take}”: at the learning rate {rate} the weight becomes {after}, and the slope flatter."),
            N_(
                "Type {beyond} for the value of the parameter. There the slope is {rising}, and now smaller is the "
                "right way."
            ),
        ),
        conclude=N_("Go against the sign of the slope: it says which way, and its size says how steeply."),
        numbers=_turning,
    ),
    Lesson(
        title=N_("One step by hand"),
        minutes=15,
        link=Link("one_step", {"substep": "4", "wait": "on", "predict": "line"}),
        ask=N_(
            "All samples together give the weight a slope of {slope}, and the bias {bias_slope}. The weight is "
            "{weight}, the learning rate {rate}. What is the next weight? Calculate before anybody says a number."
        ),
        says=N_("{wrong}: the slope says how far to go."),
        show=(
            N_(
                "First the page itself asks where the line will be. Let somebody draw what most say, and press "
                "“{check}”: the weight goes {share} of its way, no more."
            ),
            N_("Type {wrong} under “{predict}” and check it: the page says what was forgotten."),
            N_("Now together: {weight} − {rate} · ({slope}) = {after}. Type it."),
            N_("Go to part 5: after this one step the loss has fallen from {before} to {then}."),
        ),
        conclude=N_("The slope says which way and how steeply; the learning rate says how far."),
        numbers=_stepping,
        then=Link("one_step", {"substep": "5"}),
    ),
    Lesson(
        title=N_("Is bigger always faster?"),
        minutes=10,
        link=Link("learning_rate", {"rates": ",".join(map(repr, (*RATES[1:], TOO_LARGE))), **WAITING}),
        ask=N_(
            "The article takes the learning rate {slow}. What becomes of the loss at the end with five, ten or a "
            "hundred times as much? Draw the curve first."
        ),
        says=N_("The bigger, the faster: the curve only goes down."),
        show=(
            N_("First the page itself asks for the limit: type what most say, and press “{check}”."),
            N_("It falls deeper and deeper, until it is a wall: at {limit}."),
            N_(
                "The table below: within {tolerance} from iteration {slow_at} at {slow}, from {good_at} at {good}, "
                "from {fast_at} at {fast}. At {too_large}: never."
            ),
            N_("Click left and right of the wall: the dial goes there, too."),
        ),
        conclude=N_("Bigger is faster up to a limit; beyond it, it is never right again."),
        numbers=_comparing,
        then=Link("train", {"learning_rate": repr(RATES[-1])}),
    ),
)
