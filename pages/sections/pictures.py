"""The pictures of a run that most pages show: what the neuron predicts, its loss, and what bounces."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from charts.curves import curves_figure
from charts.iterations import IterationScale, sharpness_iterations
from charts.look import Figure
from charts.loss_curve import loss_figure
from charts.network_diagram import network_diagram_figure
from charts.prediction import prediction_figure
from charts.valley import valley_figure
from core.checks import Array
from core.data.dataset import Dataset
from core.theory.forecast import Forecast, forecast
from core.theory.in_force import fixed_limits_of
from core.theory.limits import Limits
from core.theory.quadratic import Quadratic, theory
from core.theory.watched import watched
from core.training import History
from pages.frame.answers import told_theory
from pages.frame.session import is_waiting
from pages.player.player import Picture
from telling.captions import curves_alt, prediction_alt
from telling.names import handle_names, watched_name
from wording import _

FORECAST_POINTS = 61
GIVING_AWAY = {"error", "sharpness"}
"""What can be watched and is theory itself: while answers wait, the weight is watched instead."""


def prediction_picture(
    history: History,
    iterations: list[int],
    share: float | None = None,
    *,
    with_trail: bool = True,
    recent: bool = False,
    handles: bool = False,
    muted: Sequence[int] = (),
    held_out: Dataset | None = None,
) -> Picture:
    """Return the picture of what the neuron predicts, beside the best that is possible.

    The trail is that of the first steps, or with `recent` of the last ones; with `handles` a hand can move the line.
    `muted` hidden neurons, numbered from 1, are left out.
    """
    known = told_theory(history.experiment)
    left_out = [neuron - 1 for neuron in muted]
    figure = prediction_figure(
        history, known, iterations, with_trail=with_trail, recent=recent, muted=left_out, held_out=held_out
    )
    if is_waiting():
        figure = _without_growth(figure)
    names = handle_names(history.experiment.data) if handles else ()
    alt = _("The predictions and the data, before training and now.") if is_waiting() else prediction_alt(history)
    return Picture(figure, alt, share or _share(history), names)


def _without_growth(figure: Figure) -> Figure:
    """Return the figure without the factor by which an exploding run grows."""
    data = [{**t, "text": t["text"][:1]} if t.get("name") == _("left the picture") else t for t in figure["data"]]
    return {**figure, "data": data}


def _share(history: History) -> float:
    """Return how much of the row's width suits the picture: a plane is hardly wider than high."""
    return 0.9 if history.experiment.data.n_features == 2 else 1.3


def curves_picture(
    history: History,
    iterations: list[int],
    watch: str,
    loss_axis: str,
    scale: IterationScale,
    *,
    live: bool = False,
    held_out: Dataset | None = None,
) -> Picture:
    """Return the picture of what bounces, above the loss that does not show it; of a `live` run with a forecast."""
    known = told_theory(history.experiment)
    watch = "weight" if is_waiting() and watch in GIVING_AWAY else watch
    name = watched_name(history, watch)
    second = watched(history, theory(history.experiment), watch, sharpness_iterations(history.iterations, iterations))
    if known is None:  # the axis has room for what a stable rate can reach, but nothing on it says what is best
        second = replace(second, best=None)
    best_loss = known.best_loss if known else None
    figure = curves_figure(
        history,
        best_loss,
        second,
        name,
        iterations,
        scale=scale,
        loss_axis=loss_axis,
        limits=_known_limits(history),
        ahead=_ahead(history, known, scale) if live else None,
        held_out=held_out,
    )
    return Picture(figure, curves_alt(history, name))


def _ahead(history: History, known: Quadratic | None, scale: IterationScale) -> Forecast:
    """Return where a live run goes from here; nothing of it while answers wait."""
    if is_waiting():
        return Forecast(np.array([]), np.array([]), None)
    return forecast(history, known, steps_ahead(history, scale))


def _known_limits(history: History) -> Limits | None:
    """Return the limits that hold wherever the run stands; None where there are none, or they move."""
    fixed = fixed_limits_of(history.experiment)
    return fixed if not is_waiting() and fixed and math.isfinite(fixed.stable) else None


def steps_ahead(history: History, scale: IterationScale) -> Array:
    """Return for how many steps the forecast is drawn: evenly up to where the axis ends."""
    left = scale.last - history.iterations
    return np.unique(np.linspace(0, left, FORECAST_POINTS).round()) if left > 0 else np.array([0.0])


def valley_picture(history: History, known: Quadratic, iterations: list[int]) -> Picture:
    """Return the valley: the loss as a bowl, and the ball in it."""
    value = "output" if history.experiment.data.n_samples == 1 else "weight"
    name = watched_name(history, value)
    alt = _("The loss over the {name} as a bowl, and a ball that jumps from step to step.").format(name=name)
    return Picture(valley_figure(history, known, watched(history, known, value), name, iterations), alt, 0.75)


def diagram_picture(history: History, iterations: list[int], muted: Sequence[int]) -> Picture:
    """Return the picture of the network with its live weights; a click on a hidden neuron leaves it out."""
    alt = _("The network: inputs, hidden neurons, output. The thicker a line, the larger the weight.")
    names = [_(name) for name in history.experiment.data.input_names]
    figure = network_diagram_figure(history, iterations, names, muted=[neuron - 1 for neuron in muted])
    return Picture(figure, alt, 0.75)


def suspect_pictures(history: History, known: Quadratic | None, iterations: list[int], letter: str) -> list[Picture]:
    """Return the two pictures of what a suspect's backward pass makes of a run, of which the best is `known`."""
    line = _("What the backward pass {letter} makes of the prediction.").format(letter=letter)
    curve = _("The loss while training with the backward pass {letter}.").format(letter=letter)
    return [
        Picture(prediction_figure(history, known, iterations), line),
        Picture(loss_figure(history, known.best_loss if known else None, iterations), curve),
    ]
