"""Learning rate: where overshooting starts, where divergence starts, and why."""

from dataclasses import replace

import numpy as np
import streamlit as st

from charts.bounce import bounce_figure
from charts.comparison import losses_figure, predictions_figure
from charts.look import frame_iterations
from charts.u_curve import u_curve_figure
from core.closed_form import errors, final_losses
from core.learning_rate import regime
from pages.frame.runs import Run, run_of
from pages.frame.session import choose, chosen
from pages.frame.shell import open_app_around_page
from pages.player.player import Picture, player
from pages.settings.table import Settings, complete
from pages.shared.comparison import comparison_table, ready_made
from pages.shared.pictures import errors_along_directions
from pages.shared.sentence import rate_sentence, special_case
from pages.widgets import controls
from pages.widgets.rates import slider_rates
from pages.widgets.ruler import regime_names
from wording import _, number, unlike

CURVE_POINTS = 300
BOUNCES = 40


def show_controls(settings: Settings) -> None:
    controls.run_controls(settings)
    controls.reset_control()


def show_u_curve(run: Run, settings: Settings) -> None:
    slider = slider_rates(settings)
    rates = np.geomspace(slider[0], slider[-1], CURVE_POINTS)
    iterations = settings.iterations or 1
    losses = final_losses(run.dataset, run.start, rates * run.summands, iterations)
    now = float(final_losses(run.dataset, run.start, np.array([run.rate_of_mean]), iterations)[0])
    names = regime_names()
    spoken = [names[regime(rate, run.limits)] for rate in rates.tolist()]
    first = float(run.history.loss[0])
    figure = u_curve_figure(rates, losses, first, (run.learning_rate, now), run.limits, names, spoken)
    alt = _("The loss at iteration {iterations}, over the learning rate. The least is {least}, at {best}.")
    best = int(np.argmin(np.nan_to_num(losses, nan=np.inf)))
    text = alt.format(
        iterations=number(iterations),
        least=number(float(losses[best])),
        best=unlike(float(rates[best]), run.limits.stable, 2),
    )
    st.title(special_case(run) or f"{text} {rate_sentence(run)}", anchor=False)
    player([Picture(figure, text)], key="u_curve", height=380, on_click=take_clicked_rate)
    st.markdown(_("Click a point to take its learning rate to every page."))


def take_clicked_rate() -> None:
    click = st.session_state.u_curve.clicked
    if click:
        choose(learning_rate=float(f"{float(click['x']):.3g}"))


def show_side_by_side(run: Run, settings: Settings) -> None:
    st.header(_("Side by side"), anchor=False)
    rates = settings.rates or ready_made(run.limits)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        controls.typed("rates", replace(settings, rates=rates), _("Up to six learning rates"))
        controls.typed("tolerance", settings, _("Tolerance"), width=120)
        st.button(_("Too small, good, overshooting, too large"), on_click=lambda: choose(rates=None), key="ready_made")
    runs = [run_of(replace(chosen(), learning_rate=rate)) for rate in rates]
    histories = [other.history for other in runs]
    names = [f"{number(rate)}: {regime_names()[regime(rate, run.limits)]}" for rate in rates]
    iterations = frame_iterations(max(history.iterations for history in histories), settings.rows)
    player(
        [
            Picture(
                predictions_figure(run.dataset, histories, names, iterations),
                _("The predictions of each learning rate, from the same start."),
            ),
            Picture(losses_figure(histories, names, iterations), _("The loss curves of each learning rate.")),
        ],
        [f"{_('iteration')} {number(i)}" for i in iterations],
        key="side_by_side",
    )
    st.html(comparison_table(runs, settings.tolerance or 1.0))


def show_bounces(run: Run) -> None:
    parts = errors_along_directions(run, BOUNCES)
    if not parts:
        return
    st.header(_("One step after the other: which direction bounces?"), anchor=False)
    st.markdown(
        _(
            "The error has a part along the steep direction of the loss and a part along the flat one, and each step "
            "multiplies them by a factor of their own. A negative factor means the other side of the valley: "
            "overshooting. So the steep direction bounces while the flat one creeps."
        )
    )
    steep = errors(run.dataset, run.start).eigenvalues
    steep = steep[steep > 0][[-1, 0]][: len(parts)]
    factors = ", ".join(
        f"1 − {number(run.rate_of_mean)} · {number(float(h))} = {number(1 - run.rate_of_mean * float(h))}"
        for h in steep
    )
    st.markdown(_("Factors at this learning rate: {factors}.").format(factors=factors))
    steps = range(len(parts[0]))
    texts = [f"{_('step')} {k}: " + ", ".join(number(float(part[k])) for part in parts) for k in steps]
    alt = _("The error along the steep and along the flat direction, as a share of the start's, step by step.")
    player([Picture(bounce_figure(parts), alt)], texts, key="bounce", height=300)


open_app_around_page()
settings = complete(chosen())
left, right = st.columns([1, 3], gap="medium")
with left, st.container(key="controls"):
    show_controls(settings)
run = run_of(chosen())
with right, st.container(key="picture"):
    show_u_curve(run, settings)
show_side_by_side(run, settings)
show_bounces(run)
