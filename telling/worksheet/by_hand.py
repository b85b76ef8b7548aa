"""The first questions of the worksheet: output and error, which way, three steps, and a curve to draw."""

from core.data.builtin import celsius
from core.lesson.step import Step
from core.lesson.variant import STEPS, Variant
from core.theory.quadratic import quadratic
from telling.worksheet.drawings import graph
from telling.worksheet.room import Question, blanks, boxes, lines, said, table
from wording import _, number


def predicting(variant: Variant) -> Question:
    """Ask what the neuron says, and how wrong it is."""
    weight, bias = variant.start
    text = _(
        "A neuron has the weight {weight} and the bias {bias}. What does it say for {degrees} °C, and how wrong is it?"
    )
    missing = variant.output - variant.target
    names = [_("output"), _("target"), _("output − target"), _("its square")]
    values = (variant.output, variant.target, missing, missing**2)
    return Question(
        text.format(weight=number(weight), bias=number(bias), degrees=number(variant.degrees)),
        blanks(names),
        said("; ".join(f"{name} = {number(value, 6)}" for name, value in zip(names, values, strict=True))),
    )


def turning(variant: Variant) -> Question:
    """Ask which way the weight should go."""
    weight, slope = variant.asked_weight, variant.parabola.slope(variant.asked_weight)
    words = [_("larger"), _("smaller")]
    text = _(
        "At the weight {weight} the slope of the loss is {slope}. Should the weight become larger or smaller? Why?"
    )
    why = _("{way}, for a step goes against the sign of the slope.")
    return Question(
        text.format(weight=number(weight), slope=number(slope)),
        boxes(words) + lines(2),
        said(why.format(way=words[int(slope > 0)])),
    )


def stepping(variant: Variant) -> Question:
    """Ask for three steps, with one sample."""
    weight, bias = variant.start
    text = _(
        "Three steps with the one sample 42 °C, {target} °F, from the weight {weight} and the bias {bias}, at the "
        "learning rate {rate}. Slope of the weight: 2 · (output − target) · 42; of the bias: 2 · (output − target). "
        "Then parameter − learning rate · slope."
    )
    target = number(float(variant.sample.targets[0]))
    told = {"target": target, "weight": number(weight), "bias": number(bias), "rate": number(variant.learning_rate)}
    header = [
        _("step"),
        _("weight"),
        _("bias"),
        _("output"),
        _("output − target"),
        _("slope of the weight"),
        _("slope of the bias"),
    ]
    given = [["1", number(weight), number(bias), *[""] * 4]]
    room = [*given, *([str(k), *[""] * 6] for k in range(2, STEPS + 1)), [_("after"), *[""] * 2, *["–"] * 4]]
    steps = variant.steps
    after = [_("after"), *(number(value, 5) for value in steps[-1].after.tolist()), *["–"] * 4]
    return Question(text.format(**told), table(header, room), table(header, [*map(_row, steps), after]))


def _row(step: Step) -> list[str]:
    missing = float(step.outputs[0] - step.targets[0])
    values = [*step.parameters.tolist(), float(step.outputs[0]), missing, *step.gradient.tolist()]
    return [str(step.iteration + 1), *(number(value, 5) for value in values)]


def drawing(variant: Variant) -> Question:
    """Ask for the curve of the loss over the learning rate, before it is seen."""
    text = _(
        "Before you see it: draw the loss after {iterations} iterations over the learning rate, for Celsius to "
        "Fahrenheit. Mark where it explodes."
    )
    answer = _("It falls, and at the limit 2 / {steepest} = {limit} there is a wall: beyond it every run explodes.")
    known = quadratic(celsius())
    wall = {"steepest": number(float(known.eigenvalues[-1])), "limit": number(known.limits.stable)}
    return Question(
        text.format(iterations=number(variant.iterations_of_curve)),
        graph(variant),
        said(answer.format(**wall)) + graph(variant, solved=True),
    )
