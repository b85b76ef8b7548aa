"""The table of the samples of one step: what each adds to the loss and to the gradient."""

from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from core.checks import Array
from core.lesson.step import Step
from telling.names import names_in
from wording import _, number


def sample_rows(step: Step, digits: int, shown: Iterable[int] | None = None) -> tuple[list[str], list[list[str]]]:
    """Return header and rows of the table: the `shown` samples, counted from 0 (all for None), and the sums.

    A row of dots stands where samples between two shown ones are left out.
    """
    chosen = list(range(len(step.outputs)) if shown is None else shown)
    rows = [
        [number(sample + 1), *(number(value, digits) for value in values)]
        for sample, values in zip(chosen, _values(step, chosen).tolist(), strict=True)
    ]
    gaps = [place for place, (one, next_one) in enumerate(pairwise(chosen), start=1) if next_one > one + 1]
    for place in reversed(gaps):
        rows.insert(place, ["…"] * len(rows[0]))
    return _header(step), [*rows, _sums(step, digits)]


def _values(step: Step, chosen: list[int]) -> Array:
    """Return a row of numbers for each chosen sample, in the order of the header."""
    experiment = step.history.experiment
    outputs, targets, grad_output = (
        column[chosen, np.newaxis] for column in (step.outputs, step.targets, step.grad_output)
    )
    with np.errstate(over="ignore", invalid="ignore"):
        shares = experiment.loss.value(outputs, targets)[:, np.newaxis] / len(step.targets)
        residuals, products = outputs - targets, grad_output * step.inputs[chosen]
    return np.hstack([experiment.data.inputs[chosen], outputs, targets, residuals, shares, grad_output, products])


def _header(step: Step) -> list[str]:
    data, loss = step.history.experiment.data, _("loss")
    return [
        _("sample"),
        *(_(name) for name in data.input_names),
        _("output"),
        _("target"),
        _("output − target"),
        _("share of the loss"),
        *(f"∂ {loss} / ∂ {name}" for name in (_("output"), *names_in(step.history.experiment))),
    ]


def _sums(step: Step, digits: int) -> list[str]:
    blank = [""] * (len(step.history.experiment.data.input_names) + 3)
    gradient = [number(slope, digits) for slope in step.gradient.tolist()]
    return [_("sum"), *blank, number(step.loss, digits), "", *gradient]
