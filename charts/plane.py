"""The prediction over two features: the plane, coloured by what the model says of each of its points."""

from collections.abc import Collection, Iterator
from typing import Any

import numpy as np

from charts.look import CLASS_COLOURS, CLASS_SYMBOLS, Figure, Range, axis, layout, padded, quietly
from charts.predicted import predicted, says_probabilities
from charts.samples import both_parts, with_unit
from charts.traces import Moving, Trace, figure, points
from charts.trail_of_boundaries import trail_of_boundaries
from charts.zero_lines import Frame, is_parted, zero_lines
from core.checks import Array
from core.data.dataset import Dataset
from core.network import Network
from core.training import History
from wording import _

GRID = 36
FULL, HALF = 100, 50
"""What is predicted is coloured in so many steps; in the middle the classes part."""
MARGIN = 0.08
WIDEST_DIFFERENCE = 4.0
"""Two features whose extents differ by no more have axes of the same scale, so that a disc looks like a disc."""
ASPECT = 1.5
"""How wide such a picture is at least, in heights: there is room beside the samples."""
NEAR_WHITE, TINT = "#F7F7F4", 0.52
"""The colour between the classes, and how much of its own colour a class has where the model is sure of it."""
OUTLINE = {"width": 1, "color": "white"}


def mixed(colour: str, other: str, share: float) -> str:
    """Return a colour with a `share` of another, both as #rrggbb."""
    parts = ([int(each[k : k + 2], 16) for k in (1, 3, 5)] for each in (colour, other))
    return "#" + "".join(f"{round(a + share * (b - a)):02X}" for a, b in zip(*parts, strict=True))


LOOK = {
    "zmin": 0,
    "zmax": FULL,
    "zsmooth": "fast",
    "showscale": False,
    "hoverinfo": "skip",
    "colorscale": [
        [0, mixed(NEAR_WHITE, CLASS_COLOURS[0], TINT)],
        [0.5, NEAR_WHITE],
        [1, mixed(NEAR_WHITE, CLASS_COLOURS[1], TINT)],
    ],
}


@quietly
def plane_figure(
    history: History,
    iterations: list[int],
    *,
    muted: Collection[int] = (),
    held_out: Dataset | None = None,
    with_trail: bool = True,
    recent: bool = False,
) -> Figure:
    """Draw the plane in the colours of the prediction, each hidden neuron's line and the samples; a frame an iteration.

    A neuron's line is where its weighted sum is 0. The `muted` hidden neurons, counted from 0, are left out of the
    prediction. `held_out` are samples that training does not see. A single neuron's boundary leaves a trail: of the
    first steps, or if `recent` of the last ones before each frame.
    """
    data = both_parts(history.experiment.data, held_out)
    frame = frame_of(data)
    return figure(
        [
            _ground(history, data, frame, iterations, muted),
            *(
                trail_of_boundaries(history, frame, iterations, recent=recent)
                if with_trail and is_parted(history)
                else ()
            ),
            *zero_lines(history, frame, iterations, muted),
            *_samples(history.experiment.data),
            *(_held_out(held_out) if held_out else ()),
        ],
        _layout(data, frame),
        iterations,
    )


def frame_of(data: Dataset) -> Frame:
    """Return the ranges of both axes: all samples, and where the axes have one scale more to their sides."""
    x, y = (padded(float(column.min()), float(column.max()), MARGIN) for column in data.inputs.T)
    if not _have_one_scale((x, y)):
        return x, y
    missing = max(ASPECT * (y[1] - y[0]) - (x[1] - x[0]), 0.0)
    return (x[0] - missing / 2, x[1] + missing / 2), y


def _have_one_scale(frame: Frame) -> bool:
    width, height = (high - low for low, high in frame)
    return 1 / WIDEST_DIFFERENCE <= width / height <= WIDEST_DIFFERENCE


def _layout(data: Dataset, frame: Frame) -> dict[str, Any]:
    titles = [with_unit(_(name), data.input_unit) for name in data.input_names]
    together = {"scaleanchor": "x"} if _have_one_scale(frame) else {}
    return layout(
        xaxis=axis(titles[0], frame[0], constrain="domain", constraintoward="left", showgrid=False),
        yaxis=axis(titles[1], frame[1], constrain="domain", showgrid=False, **together),
    )


def _ground(history: History, data: Dataset, frame: Frame, iterations: list[int], muted: Collection[int]) -> Moving:
    """Return the coloured plane; its `zmid`, where it has one, tells the player where to draw the boundary."""
    x, y = (np.linspace(*range_, GRID) for range_ in frame)
    inputs = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    low, high = _ends(history, data)
    said = predicted(history, iterations, inputs, muted)
    shades = FULL * (np.clip(np.nan_to_num(said, nan=low), low, high) - low) / (high - low)
    rows = shades.round().astype(int).reshape(-1, GRID, GRID).tolist()
    middle = {"zmid": HALF} if data.has_classes and isinstance(history.experiment.model, Network) else {}
    ground = {"type": "heatmap", "name": _("now"), "x": x.tolist(), "y": y.tolist(), "z": rows[-1], **LOOK, **middle}
    return Moving(ground, [{"z": each} for each in rows])


def _ends(history: History, data: Dataset) -> Range:
    """Return the predictions that have the full colours: 0 and 1 of classes, else the least and the greatest target."""
    if data.has_classes or says_probabilities(history):
        return 0.0, 1.0
    low, high = float(data.targets.min()), float(data.targets.max())
    return low, high if high > low else low + 1.0


def _samples(data: Dataset) -> list[Trace]:
    """Return the training samples: each class in its colour and symbol, outlined to stand out on its colour."""
    return [
        _marks(name, inputs, {**colour, "symbol": symbol, "line": OUTLINE})
        for name, inputs, colour, symbol in _kinds(data)
    ]


def _held_out(data: Dataset) -> list[Trace]:
    """Return the samples held out: the same, but open."""
    return [
        _marks(
            _("held out"),
            inputs,
            {"color": "white", "symbol": symbol, "line": {**colour, "width": 2}},
            showlegend=not k,
        )
        for k, (_name, inputs, colour, symbol) in enumerate(_kinds(data))
    ]


def _kinds(data: Dataset) -> Iterator[tuple[str, Array, Trace, str]]:
    """Yield name, inputs, colour and symbol of each class; where there are none, all samples by their targets."""
    if not data.has_classes:
        ends = {"cmin": float(data.targets.min()), "cmax": float(data.targets.max())}
        shades = [[0, CLASS_COLOURS[0]], [0.5, NEAR_WHITE], [1, CLASS_COLOURS[1]]]
        yield _("data"), data.inputs, {"color": data.targets.tolist(), "colorscale": shades, **ends}, "circle"
        return
    for k, (name, colour, symbol) in enumerate(zip(data.class_names, CLASS_COLOURS, CLASS_SYMBOLS, strict=True)):
        yield _(name), data.inputs[data.targets == k], {"color": colour}, symbol


def _marks(name: str, inputs: Array, marker: Trace, **parts: Any) -> Trace:
    return points(name, inputs[:, 0], inputs[:, 1], {"size": 9, **marker}, **parts)
