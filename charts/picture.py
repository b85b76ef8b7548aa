"""Which picture shows a run: the one that fits the number of features and samples."""

from charts.look import Figure
from charts.predicted_actual import predicted_actual_figure
from charts.prediction import prediction_figure
from charts.weighted_sum import weighted_sum_figure
from core.datasets import Dataset
from core.neuron import Neuron
from core.training import History


def picture_figure(dataset: Dataset, history: History, best: Neuron, iterations: list[int]) -> Figure:
    """Draw the prediction over one feature, a single sample's weights and output, or predicted against actual."""
    if dataset.n_samples == 1:
        return weighted_sum_figure(dataset, history, best, iterations)
    if dataset.n_features == 1:
        return prediction_figure(dataset, history, best, iterations)
    return predicted_actual_figure(dataset, history, iterations)
