"""The tables of the gradient check: each slope beside its differences, and of a network how far off each layer is."""

import numpy as np

from core.checks import Array
from core.experiment import Experiment
from core.lesson.differences import central_differences, forward_differences, gradient_at, relative_difference
from core.network import Network
from telling.names import names_in
from telling.tables import html_table
from wording import _, number

FEW = 6
"""A table of more parameters than these scrolls, and begins with the relative difference."""


def check_tables(experiment: Experiment, step: float) -> list[str]:
    """Return the tables: the gradient at the start by this experiment's backward pass and by differences of a step."""
    start = np.array(experiment.start)
    analytic = gradient_at(experiment, start)
    differences = [find(experiment, start, step) for find in (forward_differences, central_differences)]
    model, of_parameters = experiment.model, _of_parameters(experiment, analytic, differences)
    return [_of_layers(model, analytic, differences), of_parameters] if isinstance(model, Network) else [of_parameters]


def _of_parameters(experiment: Experiment, analytic: Array, differences: list[Array]) -> str:
    rows = [
        [name, *(number(float(value), 8) for value in values)]
        for name, *values in zip(names_in(experiment), analytic, *differences, strict=True)
    ]
    many = len(rows) > FEW
    summary = [_("relative difference"), "", *_apart(analytic, differences)]
    rows = [summary, *rows] if many else [*rows, summary]
    header = [_("parameter"), _("this backward pass"), _("forward differences"), _("central differences")]
    return html_table(_("The gradient check at the start"), header, rows, tall=many)


def _of_layers(model: Network, analytic: Array, differences: list[Array]) -> str:
    rows = [
        [name, *_apart(analytic[part], [other[part] for other in differences])]
        for name, part in _layers(model, len(analytic)).items()
    ]
    header = [_("relative difference"), _("forward differences"), _("central differences")]
    return html_table(_("The gradient check, layer by layer"), header, rows)


def _layers(model: Network, n_parameters: int) -> dict[str, slice]:
    """Return where each layer's weights and biases are among the parameters, by their names."""
    bias, weights, biases = n_parameters - 1, n_parameters - 1 - model.n_hidden, n_parameters - 1 - 2 * model.n_hidden
    return {
        _("weights into the hidden neurons"): slice(0, biases),
        _("biases of the hidden neurons"): slice(biases, weights),
        _("weights into the output"): slice(weights, bias),
        _("bias of the output"): slice(bias, n_parameters),
    }


def _apart(analytic: Array, differences: list[Array]) -> list[str]:
    return [number(relative_difference(analytic, other), 3) for other in differences]
