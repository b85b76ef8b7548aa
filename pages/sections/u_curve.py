"""The U-curve: the loss at the end over 300 learning rates, in closed form."""

import math

import numpy as np
import streamlit as st

from charts.u_curve import u_curve_figure
from core.checks import Array
from core.schedule import constant
from core.theory.best_rate import best_rate
from core.theory.limits import Limits
from core.theory.quadratic import Quadratic
from core.training import History
from pages.frame.session import choose
from pages.player.player import Picture, player
from telling.names import regime_names
from telling.sentence import rate_sentence, special_case
from wording import _, number, unlike

CURVE_POINTS = 300


def show_u_curve(history: History, known: Quadratic, places: tuple[float, ...], iterations: int) -> None:
    """Show the loss after so many iterations over the learning rates of the dial; a click takes one of them."""
    experiment, start = history.experiment, history.parameters[0]
    rates = np.geomspace(places[0], places[-1], CURVE_POINTS)
    losses = known.final_losses(start, rates, iterations)
    now = float(known.final_losses(start, np.array([experiment.learning_rate]), iterations)[0])
    best = best_rate(known, start, rates, iterations)
    names, chosen = regime_names(), (experiment.learning_rate, now)
    spoken = [names[known.limits.regime(rate)] for rate in rates.tolist()]
    figure = u_curve_figure(rates, losses, float(history.loss[0]), chosen, known.limits, names, spoken)
    text = _summary(known, start, best, iterations)
    st.title(special_case(history) or f"{text} {rate_sentence(history)}", anchor=False)
    player([Picture(figure, text)], key="u_curve", height=380, on_click=take_clicked_rate)
    st.markdown(_("Click a point to take its learning rate to every page."))
    if math.isfinite(known.limits.stable):
        st.markdown(f"{_long_run(known.limits, best, iterations)} {_textbook_words()}")


def _summary(known: Quadratic, start: Array, best: float, iterations: int) -> str:
    return _("The loss at iteration {iterations}, over the learning rate. The least is {least}, at {best}.").format(
        iterations=number(iterations),
        least=number(float(known.final_losses(start, np.array([best]), iterations)[0])),
        best=unlike(best, known.limits.stable, 3),
    )


def _long_run(limits: Limits, best: float, iterations: int) -> str:
    """Name the fastest rate in the long run and the limit; where another is better so far, say why."""
    rates = {"fastest": unlike(limits.fastest, limits.stable, 3), "stable": unlike(limits.stable, limits.fastest, 3)}
    text = _("★ is the fastest in the long run, {fastest}; the limit is {stable}.").format(**rates)
    written = unlike(best, limits.stable, 3)
    if best >= limits.fastest or written == rates["fastest"]:
        return text
    why = _(
        "By iteration {iterations}, {best} gets farther: at ★ the steep direction, which weighs most in the loss, dies "
        "out no faster than the flat one, and a smaller rate is rid of it sooner."
    )
    return f"{text} {why.format(iterations=number(iterations), best=written)}"


def _textbook_words() -> str:
    return _("Textbooks say monotone for steady, oscillating for overshooting and diverging for exploding.")


def take_clicked_rate() -> None:
    """Take over the learning rate that was clicked on."""
    click = st.session_state.u_curve.clicked
    if click:
        choose(learning_rate=constant(float(f"{float(click['x']):.3g}")))
