"""The ball on the loss over one parameter: where its step lands, and what a small step to either side does."""

from core.activations import IDENTITY, Activation
from core.losses import CrossEntropy, Huber
from core.network import Network
from core.theory.slices import OneParameter, Parabola, Slice
from telling.tables import html_table
from wording import _, number

SMALL_STEP = 0.05
"""The step left and right that is shown in numbers, as a share of the picture's width."""


def step_sentence(parabola: OneParameter, now: float, rate: float) -> str:
    """Say how long the step is and where it lands, on which side of the valley."""
    step = -rate * parabola.slope(now)
    landing = now + step
    text = _("The step is −{rate} · {slope} = {step}: it lands at {landing}.").format(
        rate=number(rate), slope=number(parabola.slope(now)), step=number(step), landing=number(landing)
    )
    beyond = _beyond(parabola, now, landing) if isinstance(parabola, Parabola) else _elsewhere(parabola, now, landing)
    return f"{text} {beyond}".rstrip()


def _beyond(parabola: Parabola, now: float, landing: float) -> str:
    if (landing - parabola.best) * (now - parabola.best) >= 0:
        return ""
    if abs(landing - parabola.best) > abs(now - parabola.best):
        return _("On the other side of the valley and farther away: it explodes.")
    return _("On the other side of the valley: it overshoots.")


def _elsewhere(found: Slice, now: float, landing: float) -> str:
    """Say what is to be said where there may be several valleys: only what holds at the place itself."""
    there = float(found.loss(landing))
    if not there <= float(found.loss(now)):
        return _("The loss is greater there, {loss}: the step is too long.").format(loss=number(there))
    if found.slope(landing) * found.slope(now) < 0:
        return _("There the slope has the other sign: it overshoots.")
    return ""


def shape(found: OneParameter) -> str:
    """Say in a sentence or two why the loss over this parameter is no parabola; nothing where it is one by theory."""
    if isinstance(found, Parabola):
        return ""
    return f"{_why_bent(found)} {_without_bottom(found)}".rstrip()


def _why_bent(found: Slice) -> str:
    loss, activation = found.experiment.loss, activation_before(found)
    if activation is not None and activation is not IDENTITY:
        return _(
            "This is no parabola: the parameter acts through a hidden neuron, and that bends. There can be several "
            "valleys, and plains farther out."
        )
    if isinstance(loss, CrossEntropy):
        return _(
            "This is no parabola: for a sample far on the wrong side the cross-entropy grows evenly, far on the right "
            "side it falls to zero."
        )
    if isinstance(loss, Huber):
        text = _("This is no parabola: for errors beyond {delta} Huber's loss grows evenly, so its sides are straight.")
        return text.format(delta=number(loss.delta))
    return _("Over this parameter it still is a parabola: the output follows it evenly.")


def _without_bottom(found: Slice) -> str:
    return "" if found.has_bottom else _("From here it falls as far as one looks: there is no best one nearby.")


def activation_before(found: Slice) -> Activation | None:
    """Return the activation through which the parameter acts on the output; None where it acts on it directly."""
    model, n_features = found.experiment.model, found.experiment.data.n_features
    if isinstance(model, Network) and found.index < (n_features + 1) * model.n_hidden:
        return model.activation
    return None


def nearby_table(parabola: OneParameter, now: float, span: tuple[float, float], name: str) -> str:
    """Return the table of loss, its change and its slope here and a small step to either side."""
    small, here = SMALL_STEP * (span[1] - span[0]), float(parabola.loss(now))
    rows = [
        [number(value, 6) for value in (p, float(parabola.loss(p)), float(parabola.loss(p)) - here, parabola.slope(p))]
        for p in (now - small, now, now + small)
    ]
    return html_table(_("A small step to either side"), [name, _("loss"), _("change of the loss"), _("slope")], rows)
