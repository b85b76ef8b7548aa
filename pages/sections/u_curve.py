"""The U-curve: the loss at the end over 300 learning rates, in closed form."""

import numpy as np
import streamlit as st

from charts.u_curve import u_curve_figure
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
    names, chosen = regime_names(), (experiment.learning_rate, now)
    spoken = [names[known.limits.regime(rate)] for rate in rates.tolist()]
    figure = u_curve_figure(rates, losses, float(history.loss[0]), chosen, known.limits, names, spoken)
    text = _summary(rates, losses, known, iterations)
    st.title(special_case(history) or f"{text} {rate_sentence(history)}", anchor=False)
    player([Picture(figure, text)], key="u_curve", height=380, on_click=take_clicked_rate)
    st.markdown(_("Click a point to take its learning rate to every page."))


def _summary(rates: np.ndarray, losses: np.ndarray, known: Quadratic, iterations: int) -> str:
    best = int(np.argmin(np.nan_to_num(losses, nan=np.inf)))
    return _("The loss at iteration {iterations}, over the learning rate. The least is {least}, at {best}.").format(
        iterations=number(iterations),
        least=number(float(losses[best])),
        best=unlike(float(rates[best]), known.limits.stable, 2),
    )


def take_clicked_rate() -> None:
    """Take over the learning rate that was clicked on."""
    click = st.session_state.u_curve.clicked
    if click:
        choose(learning_rate=float(f"{float(click['x']):.3g}"))
