"""What the neuron predicts, drawn in the way that fits the number of features and samples."""

from charts.line import line_figure
from charts.look import Figure
from charts.predicted_actual import predicted_actual_figure
from charts.weighted_sum import weighted_sum_figure
from core.checks import Array
from core.training import History


def prediction_figure(history: History, best: Array | None, iterations: list[int]) -> Figure:
    """Draw a single sample's weights and output, the line over one feature, or predicted against actual.

    `best` (n_parameters,) is left out where it is None; `iterations` get a frame each and begin with 0.
    """
    data = history.experiment.data
    if data.n_samples == 1:
        return weighted_sum_figure(history, best, iterations)
    if data.n_features == 1:
        return line_figure(history, best, iterations)
    return predicted_actual_figure(history, best, iterations)
