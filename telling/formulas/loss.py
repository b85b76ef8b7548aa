"""Parts 2 and 3: how wrong the outputs are, by the loss in use, and how that changes with one sample's output."""

import math

from core.losses import CrossEntropy, Huber
from telling.formulas.written import Part, Passage, Written
from telling.latex import long_sum, slope_of, word
from wording import _, number


def loss(written: Written) -> Part:
    """Write the loss: what each sample adds, and their mean."""
    match written.loss:
        case Huber(delta=delta):
            words, lines = _huber(written, delta)
        case CrossEntropy():
            words, lines = _cross_entropy(written)
        case _:
            words, lines = _squared(written)
    result, told = _left() + written.result(written.step.seen_loss), f"{words} {_of_batch(written)}".rstrip()
    return Part(_("2 · Loss: how wrong"), [Passage(told, [*lines, result])])


def _left() -> str:
    return f"{word(_('loss'))} = "


def _of_batch(written: Written) -> str:
    """Say what the loss of all samples is, where the step sees a batch of them."""
    if written.step.sees_all:
        return ""
    text = _("This is the loss of the batch; that of all {all} samples is {loss}.")
    return text.format(all=number(written.data.n_samples), loss=number(written.step.loss, written.digits))


def _squared(written: Written) -> tuple[str, list[str]]:
    outputs, targets, n = written.step.outputs, written.step.targets, written.n_samples
    output, target = word(_("output")), word(_("target"))
    squares = long_sum(n, lambda i: f"({written.term(outputs[i])} - {written.term(targets[i])})^2")
    return _("The mean of the squared differences between outputs and targets."), [
        rf"{_left()}\frac{{1}}{{n}} \sum_i ({output}_i - {target}_i)^2",
        rf"{_left()}\frac{{1}}{{{n}}} [ {squares} ]",
    ]


def _huber(written: Written, delta: float) -> tuple[str, list[str]]:
    words = _(
        "The mean of ρ over the samples: half the square of errors up to δ = {delta}, and a straight line beyond, so "
        "that an outlier pulls no harder. This sample's ρ comes first."
    )
    i, step, size = written.sample, written.step, _residual(written)
    near = rf"\frac{{1}}{{2}} \cdot {written.square(size)}"
    far = rf"{written.term(delta)} \cdot ({written.term(abs(size))} - \frac{{1}}{{2}} \cdot {written.term(delta)})"
    return words.format(delta=number(delta, written.digits)), [
        rf"{_left()}\frac{{1}}{{n}} \sum_i \rho({word(_('output'))}_i - {word(_('target'))}_i)",
        r"\rho(r) = \begin{cases} \frac{1}{2} r^2 & |r| \le \delta \\"
        r" \delta \cdot (|r| - \frac{1}{2} \delta) & |r| > \delta \end{cases}",
        rf"\rho({written.result(size)}) = {near if abs(size) <= delta else far} = {written.result(step.losses[i])}",
        _mean(written),
    ]


def _residual(written: Written) -> float:
    return float(written.step.outputs[written.sample] - written.step.targets[written.sample])


def _cross_entropy(written: Written) -> tuple[str, list[str]]:
    words = _(
        "The mean of −ln p where the target is 1, and of −ln (1 − p) where it is 0: large where the right class seems "
        "unlikely. It is computed from the output, so that no digit is lost. This sample comes first."
    )
    i, step = written.sample, written.step
    power, output, target = (
        written.result(step.outputs[i]),
        written.term(step.outputs[i]),
        written.term(step.targets[i]),
    )
    likely = "p" if step.targets[i] else "(1 - p)"
    formula = rf"\ln(1 + e^{{{word(_('output'))}_i}}) - {word(_('target'))}_i \cdot {word(_('output'))}_i"
    return words, [
        rf"{_left()}\frac{{1}}{{n}} \sum_i [ {formula} ]",
        rf"-\ln {likely} = \ln(1 + e^{{{power}}}) - {target} \cdot {output} = {written.result(step.losses[i])}",
        _mean(written),
    ]


def _mean(written: Written) -> str:
    return rf"{_left()}\frac{{1}}{{{written.n_samples}}} [ {written.sum_of(written.step.losses)} ]"


def grad_output(written: Written) -> Part:
    """Write how the loss changes with the sample's output."""
    left = f"{slope_of(word(_('loss')), word(_('output')))} = "
    formula, filled = _slope(written)
    lines = [left + formula, left + filled, left + written.result(written.step.grad_output[written.sample])]
    words = _("How the loss changes with this sample's output. Positive: the output is too large.")
    return Part(_("3 · Backward: the gradient at the output"), [Passage(words, lines)])


def _slope(written: Written) -> tuple[str, str]:
    """Return the slope's formula, and the same with numbers."""
    i, step = written.sample, written.step
    output, target = word(_("output")), word(_("target"))
    residual = f"({written.term(step.outputs[i])} - {written.term(step.targets[i])})"
    match written.loss:
        case Huber(delta=delta):
            return _slope_of_huber(written, delta, residual)
        case CrossEntropy():
            factor, p = _factor(written, 1), step.predicted[i]
            return f"{factor} (p - {target})", f"{factor} ({written.term(p)} - {written.term(step.targets[i])})"
        case _:
            factor = _factor(written, 2)
            return f"{factor} ({output} - {target})", f"{factor} {residual}"


def _slope_of_huber(written: Written, delta: float, residual: str) -> tuple[str, str]:
    factor, size = _factor(written, 1), _residual(written)
    cases = r"\begin{cases} r & |r| \le \delta \\ \pm \delta & |r| > \delta \end{cases}"
    meaning = rf"\quad r = {word(_('output'))} - {word(_('target'))}"
    filled = residual if abs(size) <= delta else f"({written.result(math.copysign(delta, size))})"
    return rf"{factor} {cases} \quad {meaning}", f"{factor} {filled}"


def _factor(written: Written, factor: int) -> str:
    """Return the factor over the number of samples by which it is divided: all, or 1 where the gradient is summed."""
    divisor = written.n_samples // written.loss.summands(written.step.targets)
    if divisor == 1:
        return "" if factor == 1 else str(factor)
    return rf"\frac{{{factor}}}{{{divisor}}}"
