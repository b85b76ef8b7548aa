"""The moving limit: how sharp the loss is where a run stands, and the edge to which training goes by itself."""

from dataclasses import replace

import streamlit as st

from charts.iterations import frame_iterations
from charts.moving_limit import moving_limit_figure
from charts.side_by_side import predictions_figure
from core.schedule import constant
from pages.frame.frame import START_CONTROLS, controls_beside, opening, tasks
from pages.frame.runs import histories_of
from pages.frame.session import begin_with, chosen, is_locked, is_waiting, settings
from pages.frame.shell import open_app_around_page
from pages.player.player import Picture, player
from pages.settings.data import at_one_rate, experiment_of, n_trained
from pages.settings.link import to_address
from pages.settings.table import TABLE
from pages.take_home.take_home import take_home_button
from pages.take_home.texts import file_name, spreadsheets, these_runs
from pages.widgets.buttons import answer_button, reset_button
from telling.captions import iteration_captions
from telling.edge import explained, headline, table
from wording import _, number


def show_runs() -> None:
    ready = at_one_rate(replace(now, batch=n_trained(now)))  # the sharpness is that of all samples
    runs = [replace(ready, learning_rate=constant(rate)) for rate in now.rates]
    experiments = [experiment_of(run) for run in runs]
    histories = histories_of(experiments)
    names = [number(rate) for rate in now.rates]
    iterations = frame_iterations(max(history.iterations for history in histories), now.rows)
    captions = iteration_captions(iterations)
    predictions = Picture(predictions_figure(histories, names, iterations), _("What each run predicts."))
    if is_waiting():
        st.title(_("How sharp does the loss become where each run ends?"), anchor=False)
        answer_button()
        player([predictions], captions, key="moving_limit", height=440)
        return
    text = headline(histories)
    st.title(text, anchor=False)
    opening(
        _(
            "A step overshoots, and farther each time, where the sharpness is greater than 2 / learning rate; with "
            "momentum that number is another. For a line and a squared error the sharpness never changes. For a "
            "network it does: watch where it goes."
        )
    )
    alt = _("How near the edge of stability each learning rate is, above its loss, over the iterations. {headline}")
    edge = Picture(moving_limit_figure(histories, names, iterations), alt.format(headline=text), 1.9)
    player([edge, predictions], captions, key="moving_limit", height=440)
    name = file_name(now, "rates")
    take_home_button("moving_limit", name, spreadsheets(name, these_runs(names, experiments)))
    st.html(table(histories))
    st.markdown("\n\n".join(explained()), width=900)


open_app_around_page()
# Who has chosen nothing sees first what this page is about: in a second run where the navigation did not know it yet.
if all(TABLE[name].kept for name in chosen()) and not is_locked("dataset"):
    is_offered = settings().more
    begin_with(dataset="sine")
    if settings().more and not is_offered:  # a new session reads its address once more, and what is wrong with it
        st.switch_page("pages/moving_limit.py", query_params={**st.query_params.to_dict(), **to_address(chosen())})
now = settings()
with controls_beside(
    "dataset",
    "rates",
    "iterations",
    "model",
    "hidden",
    "activation",
    "loss",
    "delta",
    "optimiser",
    "momentum",
    START_CONTROLS,
    reset_button,
):
    show_runs()
tasks(
    [
        (_("The five rates again: which three end at the edge, and which one never comes near?"), {"dataset": "sine"}),
        (
            _("Momentum 0.5: the edge lies at 3 over the learning rate. Does the sharpness go there, too?"),
            {"dataset": "sine", "optimiser": "momentum", "momentum": "0.5", "rates": "0.05,0.1,0.2"},
        ),
        (
            _("Twice as many hidden neurons: from which of the five rates on does it explode now?"),
            {"dataset": "sine", "hidden": "16"},
        ),
        (
            _("One neuron and a squared error: the sharpness stands still, and what was computed beforehand holds."),
            {"dataset": "celsius", "more": "on", "rates": "0.0001,0.0006,0.0011,0.0013"},
        ),
    ],
    "moving_limit",
)
