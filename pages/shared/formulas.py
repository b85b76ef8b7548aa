"""The five parts of one training step: each with its formula, the same with this step's numbers, and the result."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.checks import Array
from core.losses import mean_squared_error_slope
from core.neuron import Gradient, Neuron, backward, forward, update
from core.training import trained_part
from pages.frame.runs import Run, parameter_names
from wording import _, number

SHOWN_TERMS = 2
"""Terms of a long sum that are written out at either end."""


@dataclass(frozen=True, eq=False)
class Step:
    """One training step from `neuron` to `after`, with everything computed on the way; `sample` counts from 0."""

    run: Run
    neuron: Neuron
    sample: int
    outputs: Array
    loss: float
    grad_output: Array
    gradient: Gradient
    after: Neuron
    digits: int

    def result(self, value: float) -> str:
        """Write a number for LaTeX, rounded by the one rule."""
        return latex_number(value, self.digits)

    def tex(self, value: float) -> str:
        """Write a number for the middle of a formula: a negative one in brackets."""
        return f"({self.result(value)})" if value < 0 else self.result(value)


@dataclass(frozen=True)
class Part:
    """A part of the step: its title, what it says in words, and its lines of LaTeX."""

    title: str
    words: str
    lines: list[str]


def step_of(run: Run, iteration: int, sample: int, digits: int = 6) -> Step:
    """Take the step that follows `iteration` apart."""
    dataset, neuron = run.dataset, run.history.neuron(iteration)
    outputs = forward(neuron, dataset.inputs)
    gradient = trained_part(backward(dataset.inputs, outputs, dataset.targets), dataset)
    scaled = Gradient(gradient.weights * run.summands, gradient.bias * run.summands)
    return Step(
        run=run,
        neuron=neuron,
        sample=sample,
        outputs=outputs,
        loss=float(run.history.loss[iteration]),
        grad_output=mean_squared_error_slope(outputs, dataset.targets) * run.summands,
        gradient=scaled,
        after=update(neuron, scaled, run.learning_rate),
        digits=digits,
    )


def latex_number(value: float, digits: int) -> str:
    """Write a number for LaTeX, in the notation of the language."""
    if not math.isfinite(value):
        return rf"\text{{{number(value)}}}"
    text = number(value, digits).replace("−", "-").replace(",", "{,}")
    if "×" in text:
        mantissa, power = text.split(" × 10")
        plain = power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
        text = rf"{mantissa} \cdot 10^{{{plain}}}"
    return text


def shortened(terms: Sequence[str]) -> str:
    """Join the terms of a sum, with dots in place of the middle of a long one."""
    if len(terms) > 2 * SHOWN_TERMS + 1:
        terms = [*terms[:SHOWN_TERMS], r"\dots", *terms[-SHOWN_TERMS:]]
    return " + ".join(terms)


def parts(step: Step) -> list[Part]:
    """Return the five parts in the order in which they are computed."""
    five = [_forward(step), _loss(step), _grad_output(step), _gradient(step), _update(step)]
    return [Part(part.title, part.words, [worded(line) for line in part.lines]) for part in five]


def worded(line: str) -> str:
    """Return a line of LaTeX with its words in the language of the page."""
    for english, word in (("output", _("output")), ("target", _("target")), ("loss", _("loss"))):
        line = line.replace(rf"\text{{{english}}}", rf"\text{{{word}}}")
    return line


def names(step: Step) -> list[str]:
    """Return LaTeX names of the trained parameters: w (or w_1, w_2, ...), and b."""
    n = step.run.dataset.n_features
    weights = ["w"] if n == 1 else [f"w_{j}" for j in range(1, n + 1)]
    return [*weights, "b"] if step.run.dataset.trains_bias else weights


def _forward(step: Step) -> Part:
    dataset, i = step.run.dataset, step.sample
    symbols = names(step)
    inputs = ["x"] if dataset.n_features == 1 else [f"x_{j}" for j in range(1, dataset.n_features + 1)]
    terms = [rf"{x} \cdot {w}" for x, w in zip(inputs, symbols, strict=False)]
    filled = [
        rf"{step.tex(x)} \cdot {step.tex(w)}"
        for x, w in zip(dataset.inputs[i].tolist(), step.neuron.weights.tolist(), strict=True)
    ]
    bias, number_of_bias = ([], []) if not dataset.trains_bias else (["b"], [step.tex(step.neuron.bias)])
    return Part(
        _("1 · Forward: the output"),
        _("The input times the weight, plus the bias, is the output."),
        [
            r"\text{output} = " + " + ".join([*terms, *bias]),
            r"\text{output} = " + " + ".join([*filled, *number_of_bias]),
            rf"\text{{output}} = {step.result(float(step.outputs[i]))}",
        ],
    )


def _loss(step: Step) -> Part:
    targets = step.run.dataset.targets
    n = len(targets)
    terms = [f"({step.tex(o)} - {step.tex(t)})^2" for o, t in zip(step.outputs.tolist(), targets.tolist(), strict=True)]
    return Part(
        _("2 · Loss: how wrong"),
        _("The mean of the squared differences between outputs and targets."),
        [
            r"\text{loss} = \frac{1}{n} \sum_i (\text{output}_i - \text{target}_i)^2",
            rf"\text{{loss}} = \frac{{1}}{{{n}}} [ {shortened(terms)} ]",
            rf"\text{{loss}} = {step.result(step.loss)}",
        ],
    )


def factor(step: Step) -> str:
    """Return the factor of the output's gradient: 2/n for the mean, 2 where the gradient is summed."""
    n = step.run.dataset.n_samples // step.run.summands
    return "2" if n == 1 else rf"\frac{{2}}{{{n}}}"


def _grad_output(step: Step) -> Part:
    i = step.sample
    output, target = float(step.outputs[i]), float(step.run.dataset.targets[i])
    left = r"\frac{\partial\,\text{loss}}{\partial\,\text{output}}"
    return Part(
        _("3 · Backward: the gradient at the output"),
        _("How the loss changes with this sample's output. Positive: the output is too large."),
        [
            rf"{left} = {factor(step)} (\text{{output}} - \text{{target}})",
            rf"{left} = {factor(step)} ({step.tex(output)} - {step.tex(target)})",
            rf"{left} = {step.result(float(step.grad_output[i]))}",
        ],
    )


def _gradient(step: Step) -> Part:
    lines = []
    dataset = step.run.dataset
    columns = [*dataset.inputs.T, np.ones(dataset.n_samples)]
    slopes = [*step.gradient.weights.tolist(), step.gradient.bias]
    for j, name in enumerate(names(step)):
        left = rf"\frac{{\partial\,\text{{loss}}}}{{\partial {name}}}"
        last = r"1" if name == "b" else ("x_i" if dataset.n_features == 1 else f"x_{{i{j + 1}}}")
        chain = r"\frac{\partial\,\text{loss}}{\partial\,\text{output}_i}"
        terms = [
            rf"{step.tex(g)} \cdot {step.tex(x)}"
            for g, x in zip(step.grad_output.tolist(), columns[j].tolist(), strict=True)
        ]
        lines += [
            rf"{left} = \sum_i {chain} \cdot {last}",
            rf"{left} = {shortened(terms)}",
            rf"{left} = {step.result(slopes[j])}",
        ]
    return Part(
        _("4 · Backward: the gradients of weight and bias, by the chain rule"),
        _("The output's gradient times what the output owes to the parameter, added up over all samples."),
        lines,
    )


def _update(step: Step) -> Part:
    lines, new = [], _("new")
    before = [*step.neuron.weights.tolist(), step.neuron.bias]
    slopes = [*step.gradient.weights.tolist(), step.gradient.bias]
    after = [*step.after.weights.tolist(), step.after.bias]
    for j, name in enumerate(names(step)):
        letter, _underline, place = name.partition("_")
        left = rf"{letter}_{{{place + ',' if place else ''}\text{{{new}}}}}"
        lines += [
            rf"{left} = {name} - \eta \cdot \frac{{\partial\,\text{{loss}}}}{{\partial {name}}}",
            rf"{left} = {step.tex(before[j])} - {step.tex(step.run.learning_rate)} \cdot {step.tex(slopes[j])}",
            rf"{left} = {step.result(after[j])}",
        ]
    return Part(
        _("5 · Update: one step downhill"),
        _("Each parameter moves against its gradient, by the learning rate η times the gradient."),
        lines,
    )


def sample_rows(step: Step, digits: int) -> tuple[list[str], list[list[str]]]:
    """Return the header and rows of the table of samples, with the sums in the last row."""
    dataset = step.run.dataset
    residuals = step.outputs - dataset.targets
    parts_of_gradient = step.grad_output[:, np.newaxis] * np.column_stack([dataset.inputs, np.ones(dataset.n_samples)])
    parts_of_gradient = parts_of_gradient[:, : len(parameter_names(dataset))]
    columns = [step.outputs, dataset.targets, residuals, residuals**2 / dataset.n_samples, step.grad_output]
    body = np.column_stack([dataset.inputs, *columns, parts_of_gradient])
    sums = [float(v) for v in (np.sum(body[:, -len(parts_of_gradient[0]) - 2], axis=0), *parts_of_gradient.sum(axis=0))]
    inputs = [_(name) for name in dataset.input_names]
    header = [
        _("sample"),
        *inputs,
        _("output"),
        _("target"),
        _("output − target"),
        _("share of the loss"),
        f"∂ {_('loss')} / ∂ {_('output')}",
        *(f"∂ {_('loss')} / ∂ {name}" for name in parameter_names(dataset)),
    ]
    rows = [[number(i + 1), *(number(float(v), digits) for v in row)] for i, row in enumerate(body)]
    blank = [""] * (len(inputs) + 3)
    total = [_("sum"), *blank, number(sums[0], digits), "", *(number(v, digits) for v in sums[1:])]
    return header, [*rows, total]
