"""The table of the samples of one step: what each adds to the loss and to the gradient."""

from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from core.checks import Array
from core.lesson.step import Step
from core.losses import CrossEntropy
from core.network import Network
from telling.names import names_in
from wording import _, number


def sample_rows(step: Step, digits: int, shown: Iterable[int] | None = None) -> tuple[list[str], list[list[str]]]:
    """Return header and rows of the table: the `shown` of the samples that the step sees (all for None), and the sums.

    `shown` are their places, counted from 0. A row of dots stands where samples between two shown ones are left out.
    """
    chosen = list(range(len(step.outputs)) if shown is None else shown)
    rows = [
        [number(sample + 1), *(number(value, digits) for value in values)]
        for sample, values in zip(step.rows[chosen].tolist(), _values(step, chosen).tolist(), strict=True)
    ]
    gaps = [place for place, (one, next_one) in enumerate(pairwise(chosen), start=1) if next_one > one + 1]
    for place in reversed(gaps):
        rows.insert(place, ["…"] * len(rows[0]))
    header = _header(step)
    return header, [*rows, _sums(step, digits, len(header))]


def _has_two_layers(step: Step) -> bool:
    """Return whether the gradients of the parameters are no simple products, and are left out."""
    return isinstance(step.experiment.model, Network)


def _says_probability(step: Step) -> bool:
    return isinstance(step.experiment.loss, CrossEntropy)


def _values(step: Step, chosen: list[int]) -> Array:
    """Return a row of numbers for each chosen sample, in the order of the header."""
    probability = [step.predicted] if _says_probability(step) else []
    with np.errstate(over="ignore", invalid="ignore"):
        columns = [*probability, step.targets, step.predicted - step.targets, step.losses / len(step.targets)]
        products = [] if _has_two_layers(step) else [*(step.grad_output * step.inputs.T)]
    features = step.inputs[:, : step.experiment.data.n_features]
    return np.column_stack([features, step.outputs, *columns, step.grad_output, *products])[chosen]


def _header(step: Step) -> list[str]:
    experiment, loss = step.experiment, _("loss")
    parameters = [] if _has_two_layers(step) else names_in(experiment)
    predicted = ["p", _("target"), _("p − target")] if _says_probability(step) else [_("target"), _("output − target")]
    return [
        _("sample"),
        *(_(name) for name in experiment.data.input_names),
        _("output"),
        *predicted,
        _("share of the loss"),
        *(f"∂ {loss} / ∂ {name}" for name in (_("output"), *parameters)),
    ]


def _sums(step: Step, digits: int, n_columns: int) -> list[str]:
    """Return the sums of the columns that are added up: the loss, and the gradient."""
    if _has_two_layers(step):
        slopes = [number(float(step.gradient[-1]), digits)]
    else:
        slopes = ["", *(number(slope, digits) for slope in step.gradient.tolist())]
    end = [number(step.seen_loss, digits), *slopes]
    return [_("sum"), *[""] * (n_columns - len(end) - 1), *end]
