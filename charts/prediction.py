"""What the model predicts, drawn in the way that fits it and the number of features and samples."""

from collections.abc import Collection

from charts.bent import bent_figure
from charts.line import line_figure
from charts.look import Figure
from charts.plane import plane_figure
from charts.predicted import says_probabilities
from charts.predicted_actual import predicted_actual_figure
from charts.weighted_sum import weighted_sum_figure
from core.data.dataset import Dataset
from core.network import Network
from core.theory.quadratic import Quadratic
from core.training import History


def prediction_figure(
    history: History,
    theory: Quadratic | None,
    iterations: list[int],
    *,
    with_trail: bool = True,
    recent: bool = False,
    muted: Collection[int] = (),
    held_out: Dataset | None = None,
) -> Figure:
    """Draw a single sample's weights and output, the line or curve over one feature, the plane, or predicted vs actual.

    What is best possible is left out where there is no theory; `iterations` get a frame each. The trail is that of the
    first steps, or with `recent` of the last ones before each frame; the layout's meta names what a hand can take. The
    `muted` hidden neurons, counted from 0, are left out; `held_out` are samples that training does not see.
    """
    data, trails = history.experiment.data, {"with_trail": with_trail, "recent": recent}
    if data.n_samples == 1 and not _is_network(history):
        return weighted_sum_figure(history, theory, iterations, **trails)
    if data.n_features == 1 and is_bent(history):
        return bent_figure(history, iterations, muted=muted, held_out=held_out, **trails)
    if data.n_features == 1:
        return line_figure(history, theory, iterations, held_out=held_out, **trails)
    if data.n_features == 2 and (data.has_classes or _is_network(history)):
        return plane_figure(history, iterations, muted=muted, held_out=held_out, **trails)
    return predicted_actual_figure(history, iterations)


def is_bent(history: History) -> bool:
    """Return whether the prediction over one feature is drawn as a curve: that of a network, or of two classes."""
    return _is_network(history) or history.experiment.data.has_classes or says_probabilities(history)


def _is_network(history: History) -> bool:
    return isinstance(history.experiment.model, Network)


def leaves_picture_at(figure: Figure) -> int | None:
    """Return the iteration since which the prediction is out of its picture; None where it stays, or has come back."""
    left: int | None = figure["layout"].get("meta", {}).get("left_at")
    return left
