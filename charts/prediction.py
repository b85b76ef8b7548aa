"""What the neuron predicts, drawn in the way that fits the number of features and samples."""

from charts.line import line_figure
from charts.look import Figure
from charts.predicted_actual import predicted_actual_figure
from charts.weighted_sum import weighted_sum_figure
from core.theory.quadratic import Quadratic
from core.training import History


def prediction_figure(
    history: History,
    theory: Quadratic | None,
    iterations: list[int],
    *,
    with_trail: bool = True,
    recent: bool = False,
) -> Figure:
    """Draw a single sample's weights and output, the line over one feature, or predicted against actual.

    What is best possible is left out where there is no theory; `iterations` get a frame each. The trail is that of the
    first steps, or with `recent` of the last ones before each frame; the layout's meta names what a hand can take.
    """
    data = history.experiment.data
    if data.n_samples == 1:
        return weighted_sum_figure(history, theory, iterations, with_trail=with_trail, recent=recent)
    if data.n_features == 1:
        return line_figure(history, theory, iterations, with_trail=with_trail, recent=recent)
    return predicted_actual_figure(history, iterations)


def leaves_picture_at(figure: Figure) -> int | None:
    """Return the iteration since which the prediction is out of its picture; None where it stays, or has come back."""
    left: int | None = figure["layout"].get("meta", {}).get("left_at")
    return left
