"""The ball on the parabola of one parameter: where its step lands, and what a small step to either side does."""

from core.theory.slices import OneParameter
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
    if (landing - parabola.best) * (now - parabola.best) >= 0:
        return text
    if abs(landing - parabola.best) > abs(now - parabola.best):
        return text + " " + _("On the other side of the valley and farther away: it explodes.")
    return text + " " + _("On the other side of the valley: it overshoots.")


def nearby_table(parabola: OneParameter, now: float, span: tuple[float, float], name: str) -> str:
    """Return the table of loss, its change and its slope here and a small step to either side."""
    small, here = SMALL_STEP * (span[1] - span[0]), float(parabola.loss(now))
    rows = [
        [number(value, 6) for value in (p, float(parabola.loss(p)), float(parabola.loss(p)) - here, parabola.slope(p))]
        for p in (now - small, now, now + small)
    ]
    return html_table(_("A small step to either side"), [name, _("loss"), _("change of the loss"), _("slope")], rows)
