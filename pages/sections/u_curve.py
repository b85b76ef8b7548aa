"""The U-curve: the loss at the end over the learning rates of the dial, in closed form or found by trying."""

import math

import numpy as np
import streamlit as st

from charts.u_curve import Sign, tried_figure, u_curve_figure
from core.checks import Array
from core.schedule import constant
from core.theory.best_rate import best_rate
from core.theory.in_force import LimitKind, limit_kind, limits_at, limits_in_force
from core.theory.quadratic import Quadratic, theory
from core.training import History
from pages.frame.session import choose, is_free
from pages.frame.sweeps import Sweep, sweep_of
from pages.player.player import Picture, player
from telling import trying
from telling.names import limit_names, regime_names
from telling.reasons import reasons
from telling.sentence import rate_sentence, special_case
from wording import _, number, unlike

CURVE_POINTS, HEIGHT = 300, 380


def show_u_curve(history: History, places: tuple[float, ...]) -> None:
    """Show the loss at the end over the learning rates of the dial; a click takes one of them."""
    known = theory(history.experiment)
    if known and known.is_closed:
        _show_computed(history, known, places)
    else:
        _show_tried(history, places)


def _show_computed(history: History, known: Quadratic, places: tuple[float, ...]) -> None:
    experiment, start, iterations = history.experiment, history.parameters[0], history.experiment.iterations
    rates = np.geomspace(places[0], places[-1], CURVE_POINTS)
    losses = known.final_losses(start, rates, iterations)
    now = float(known.final_losses(start, np.array([experiment.learning_rate]), iterations)[0])
    best = best_rate(known, start, rates, iterations)
    names, chosen = regime_names(), (experiment.learning_rate, now)
    spoken = [names[known.limits.regime(rate)] for rate in rates.tolist()]
    figure = u_curve_figure(rates, losses, float(history.loss[0]), chosen, known.limits, names, spoken)
    text = _summary(known, start, best, iterations)
    _show(history, Picture(figure, text))
    if math.isfinite(known.limits.stable):
        st.markdown(f"{_long_run(known, best, iterations)} {_textbook_words()}")


def _show_tried(history: History, places: tuple[float, ...]) -> None:
    sweep = sweep_of(history.experiment, places[0], places[-1])
    rates, losses = sweep.rates, sweep.losses
    figure = tried_figure(rates, losses, float(history.loss[0]), _now(history, sweep), _signs(history))
    _show(history, Picture(figure, trying.summary(rates, losses, sweep.iterations)))
    said = (
        trying.shortened(sweep.iterations, history.experiment.iterations),
        trying.outcome(rates, losses),
        trying.why_tried(history),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(" ".join(filter(None, said)))
        with st.popover(_("Why?"), type="tertiary"):
            st.markdown("\n\n".join(reasons(history)))


def _show(history: History, picture: Picture) -> None:
    """Show the picture, and above it what it says."""
    st.title(special_case(history) or f"{picture.alt} {rate_sentence(history)}", anchor=False)
    is_open = is_free("learning_rate")
    player([picture], key="u_curve", height=HEIGHT, on_click=take_clicked_rate if is_open else None)
    if is_open:
        st.markdown(_("Click a point to take its learning rate to every page."))


def _now(history: History, sweep: Sweep) -> tuple[float, float]:
    """Return the rate in the hand, and the loss of its run after as many iterations as were tried."""
    is_there = history.diverged_at is None or history.diverged_at > sweep.iterations
    return history.experiment.learning_rate, float(history.loss[sweep.iterations]) if is_there else math.inf


def _signs(history: History) -> list[Sign]:
    """Return the limits that have a line: the one that always holds, or where it moves the first and the last."""
    stable = limits_in_force(history).stable
    kind = limit_kind(history.experiment)
    if kind is not LimitKind.MOVING:
        return [(stable, limit_names()[kind], "solid", "right")]
    first = (limits_at(history, 0).stable, _("limit at the start"), "dot")
    lower, upper = sorted((first, (stable, _("limit at the end"), "solid")))
    return [(*lower, "right"), (*upper, "left")]


def _summary(known: Quadratic, start: Array, best: float, iterations: int) -> str:
    return _("The loss at iteration {iterations}, over the learning rate. The least is {least}, at {best}.").format(
        iterations=number(iterations),
        least=number(float(known.final_losses(start, np.array([best]), iterations)[0])),
        best=unlike(best, known.limits.stable, 3),
    )


def _long_run(known: Quadratic, best: float, iterations: int) -> str:
    """Name the fastest rate in the long run and the limit; where another is better so far, say why."""
    limits = known.limits
    rates = {"fastest": unlike(limits.fastest, limits.stable, 3), "stable": unlike(limits.stable, limits.fastest, 3)}
    text = _("★ is the fastest in the long run, {fastest}; the limit is {stable}.").format(**rates)
    written = unlike(best, limits.stable, 3)
    if not known.is_plain or best >= limits.fastest or written == rates["fastest"]:
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
