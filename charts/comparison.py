"""Several learning rates from the same start: their loss curves in one chart, their predictions in another, in step."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from charts.look import DATA, Figure, axis, drawable, frames, layout, padded, quietly, window, with_unit
from charts.loss_curve import curve_iterations
from core.checks import Array
from core.datasets import Dataset
from core.training import History
from wording import _

# Paul Tol's bright palette: safe for colour-blind people, and none of the colours that mean something in `charts.look`.
COLOURS = ("#4477AA", "#EE6677", "#228833", "#CCBB44", "#66CCEE", "#AA3377")
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
REACH = 0.6


def losses_figure(histories: Sequence[History], names: Sequence[str], iterations: list[int]) -> Figure:
    """Draw each history's loss over the iterations, logarithmic, with a marker each."""
    last = max(iterations[-1], 1)
    low, high = _decades(histories)
    shown = [_kept(curve_iterations(iterations[-1], iterations), history) for history in histories]
    n = len(histories)
    return {
        "data": [
            *(_curve(k, names[k], shown[k], histories[k]) for k in range(n)),
            *(_marker(k, iterations[-1], histories[k]) for k in range(n)),
        ],
        "frames": frames(
            iterations,
            list(range(n, 2 * n)),
            [[_point(i, history) for history in histories] for i in iterations],
        ),
        "layout": layout(
            xaxis=axis(_("iteration"), padded(0, last, 0.03)),
            yaxis=axis(_("loss"), padded(low, high), type="log", exponentformat="power", nticks=8),
        ),
    }


def _kept(iterations: list[int], history: History) -> list[int]:
    return [i for i in iterations if i <= history.iterations]


def _decades(histories: Sequence[History]) -> tuple[float, float]:
    """Return the powers of ten between which the curves are shown: from the least loss to a little above the start."""
    all_losses = np.concatenate([history.loss for history in histories])
    top = 1e3 * float(histories[0].loss[0])
    seen = all_losses[np.isfinite(all_losses) & (all_losses > 1e-30) & (all_losses <= (top or 1.0))]
    return (float(np.log10(seen.min())), float(np.log10(seen.max()))) if seen.size else (0.0, 1.0)


def _positive(loss: float) -> float | None:
    return loss if math.isfinite(loss) and loss > 0 else None


def _point(iteration: int, history: History) -> dict[str, Any]:
    at = min(iteration, history.iterations)
    return {"x": [at], "y": [_positive(float(history.loss[at]))]}


def _curve(k: int, name: str, shown: list[int], history: History) -> dict[str, Any]:
    y = [_positive(float(history.loss[i])) for i in shown]
    return {"type": "scatter", "mode": "lines", "name": name, "x": shown, "y": y, "line": _line(k)}


def _marker(k: int, iteration: int, history: History) -> dict[str, Any]:
    marker = {"color": COLOURS[k], "size": 12, "symbol": "diamond", "line": {"width": 1.5, "color": "white"}}
    return {"type": "scatter", "mode": "markers", "showlegend": False, "marker": marker, **_point(iteration, history)}


def _line(k: int) -> dict[str, Any]:
    return {"color": COLOURS[k], "width": 3, "dash": DASHES[k]}


@quietly
def predictions_figure(
    dataset: Dataset, histories: Sequence[History], names: Sequence[str], iterations: list[int]
) -> Figure:
    """Draw each history's outputs: as a line over one feature, else over the samples; one frame an iteration."""
    x = _abscissa(dataset)
    order = np.argsort(x) if dataset.n_features == 1 else np.arange(len(x))
    ends = order[[0, -1]] if dataset.n_features == 1 and len(x) > 1 else order
    outputs = np.array([_outputs(dataset, history, iterations)[:, ends] for history in histories])
    y_range = window(dataset.targets, outputs, REACH)
    outputs = drawable(outputs, y_range)
    shown = x[ends].tolist()
    mode = "lines" if dataset.n_features == 1 else "markers"
    points = {"color": DATA, "size": 7, "opacity": 0.6}
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "markers",
                "name": _("data"),
                "x": x.tolist(),
                "y": dataset.targets.tolist(),
                "marker": points,
            },
            *(
                {
                    "type": "scatter",
                    "mode": mode,
                    "name": name,
                    "x": shown,
                    "y": outputs[k, -1].tolist(),
                    "line": _line(k),
                    "marker": {"color": COLOURS[k], "size": 12},
                }
                for k, name in enumerate(names)
            ),
        ],
        "frames": frames(
            iterations,
            list(range(1, len(histories) + 1)),
            [[{"x": shown, "y": y} for y in outputs[:, at].tolist()] for at in range(len(iterations))],
        ),
        "layout": layout(
            xaxis=axis(_abscissa_title(dataset), padded(float(x.min()), float(x.max()))),
            yaxis=axis(with_unit(_(dataset.target_name), dataset.target_unit), y_range),
            showlegend=False,
        ),
    }


def _abscissa(dataset: Dataset) -> Array:
    return dataset.inputs[:, 0] if dataset.n_features == 1 else np.arange(1.0, dataset.n_samples + 1)


def _abscissa_title(dataset: Dataset) -> str:
    return with_unit(_(dataset.input_names[0]), dataset.input_unit) if dataset.n_features == 1 else _("sample")


def _outputs(dataset: Dataset, history: History, iterations: list[int]) -> Array:
    at = np.minimum(iterations, history.iterations)
    outputs: Array = history.weights[at] @ dataset.inputs.T + history.bias[at, np.newaxis]
    return outputs
