"""The nudge: parameters typed in mid-run, for whoever does not drag the line itself."""

import numpy as np
import streamlit as st

from core.training import History
from pages.frame.runs import live_history_of
from pages.frame.session import choose, choose_typed, is_locked, settings
from pages.settings.data import experiment_of, n_parameters
from pages.settings.link import as_text
from pages.steering.turns import is_full, nudging
from pages.widgets.show import keep
from telling.names import names_in
from wording import _, parse_numbers

KEY = "nudge"


def nudge_control() -> None:
    """Let a person type where a live run is to go on from."""
    history = live_history_of(experiment_of(settings()))
    names = "; ".join(names_in(history.experiment))
    keep(KEY, as_text(tuple(history.parameters[-1].tolist())))
    st.text_input(
        _("Now: {names}").format(names=names),
        key=KEY,
        disabled=is_locked("nudges"),
        on_change=nudge,
        args=(history,),
        help=_("Puts the run elsewhere, and training brings it back. Where there is a line, you can also drag it."),
    )


def nudge(history: History) -> None:
    """Take over the parameters that were typed, for the iteration at which the run stands."""
    text, now = st.session_state[KEY], settings()
    try:
        parameters = parse_numbers(text)
    except ValueError:
        parameters = ()
    if len(parameters) != n_parameters(now):
        choose_typed("nudges", f"{history.iterations}:{text}")
    elif not is_full(now):
        choose(**nudging(now, history.iterations, np.array(parameters)))
