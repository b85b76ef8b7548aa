"""The five parts of one training step: each with its formula, the same with this step's numbers, and the result."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.data.dataset import Dataset
from core.lesson.step import Step
from telling.latex import latex_number, long_sum, numbered, slope_of, symbols, word
from wording import _


@dataclass(frozen=True)
class Part:
    """A part of the step: its title, what it says in words, and its lines of LaTeX."""

    title: str
    words: str
    lines: list[str]


@dataclass(frozen=True, eq=False)
class Written:
    """A step and how it is written: for which `sample`, counted from 0, and with how many digits."""

    step: Step
    sample: int
    digits: int

    @property
    def data(self) -> Dataset:
        return self.step.history.experiment.data

    def result(self, value: float) -> str:
        """Write a number on its own, rounded by the one rule."""
        return latex_number(float(value), self.digits)

    def term(self, value: float) -> str:
        """Write a number for the middle of a formula: a negative one in brackets."""
        return f"({self.result(value)})" if value < 0 else self.result(value)


def parts(step: Step, sample: int, digits: int, active: str = "all") -> list[Part]:
    """Return the parts in the order in which they are computed: all, or the `active` one, "1" to "5"."""
    written = Written(step, sample, digits)
    return [make(written) for name, make in PARTS.items() if active in ("all", name)]


def _forward(written: Written) -> Part:
    data, step = written.data, written.step
    values = zip(step.inputs[written.sample], step.parameters, strict=True)
    filled = [rf"{written.term(x)} \cdot {written.term(p)}" for x, p in [*values][: data.n_features]]
    bias = [written.term(step.parameters[-1])] if data.has_bias else []
    letters = zip(numbered("x", data.n_features), symbols(data), strict=False)
    left = f"{word(_('output'))} = "
    return Part(
        _("1 · Forward: the output"),
        _("The input times the weight, plus the bias, is the output."),
        [
            left + " + ".join([*(rf"{x} \cdot {w}" for x, w in letters), *(["b"] if bias else [])]),
            left + " + ".join([*filled, *bias]),
            left + written.result(step.outputs[written.sample]),
        ],
    )


def _loss(written: Written) -> Part:
    outputs, targets, n = written.step.outputs, written.step.targets, written.data.n_samples
    output, target, left = word(_("output")), word(_("target")), f"{word(_('loss'))} = "
    squares = long_sum(n, lambda i: f"({written.term(outputs[i])} - {written.term(targets[i])})^2")
    return Part(
        _("2 · Loss: how wrong"),
        _("The mean of the squared differences between outputs and targets."),
        [
            rf"{left}\frac{{1}}{{n}} \sum_i ({output}_i - {target}_i)^2",
            rf"{left}\frac{{1}}{{{n}}} [ {squares} ]",
            left + written.result(written.step.loss),
        ],
    )


def _grad_output(written: Written) -> Part:
    step, i, data = written.step, written.sample, written.data
    loss, output, target = word(_("loss")), word(_("output")), word(_("target"))
    divisor = data.n_samples // step.history.experiment.loss.summands(data.targets)
    left = f"{slope_of(loss, output)} = " + ("2" if divisor == 1 else rf"\frac{{2}}{{{divisor}}}")
    return Part(
        _("3 · Backward: the gradient at the output"),
        _("How the loss changes with this sample's output. Positive: the output is too large."),
        [
            f"{left} ({output} - {target})",
            f"{left} ({written.term(step.outputs[i])} - {written.term(data.targets[i])})",
            f"{slope_of(loss, output)} = {written.result(step.grad_output[i])}",
        ],
    )


def _gradient(written: Written) -> Part:
    return Part(
        _("4 · Backward: the gradients of weight and bias, by the chain rule"),
        _("The output's gradient times what the output owes to the parameter, added up over all samples."),
        [line for j, name in enumerate(symbols(written.data)) for line in _gradient_of(written, j, name)],
    )


def _gradient_of(written: Written, j: int, name: str) -> list[str]:
    step, loss, output = written.step, word(_("loss")), word(_("output"))
    left = f"{slope_of(loss, name)} = "
    owed = {"b": "1", "w": "x_i"}.get(name, f"x_{{i{j + 1}}}")
    products = long_sum(
        len(step.outputs), lambda i: rf"{written.term(step.grad_output[i])} \cdot {written.term(step.inputs[i, j])}"
    )
    chain = slope_of(loss, f"{output}_i")
    return [rf"{left}\sum_i {chain} \cdot {owed}", left + products, left + written.result(step.gradient[j])]


def _update(written: Written) -> Part:
    return Part(
        _("5 · Update: one step downhill"),
        _("Each parameter moves against its gradient, by the learning rate η times the gradient."),
        [line for j, name in enumerate(symbols(written.data)) for line in _update_of(written, j, name)],
    )


def _update_of(written: Written, j: int, name: str) -> list[str]:
    step, new = written.step, word(_("new"))
    letter, _underline, place = name.partition("_")
    left = f"{letter}_{{{place + ',' if place else ''}{new}}} = "
    before, rate, slope = map(written.term, (step.parameters[j], step.learning_rate, step.gradient[j]))
    return [
        rf"{left}{name} - \eta \cdot {slope_of(word(_('loss')), name)}",
        rf"{left}{before} - {rate} \cdot {slope}",
        left + written.result(step.after[j]),
    ]


PARTS: Mapping[str, Callable[[Written], Part]] = {
    "1": _forward,
    "2": _loss,
    "3": _grad_output,
    "4": _gradient,
    "5": _update,
}
