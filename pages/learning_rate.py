"""Learning rate: where overshooting starts, where exploding starts, and why."""

import streamlit as st

from core.theory.quadratic import theory
from pages.frame.frame import RUN_CONTROLS, controls_beside
from pages.frame.runs import history_of
from pages.frame.session import is_waiting, settings
from pages.frame.shell import open_app_around_page
from pages.sections.bounces import show_bounces
from pages.sections.more import more_controls
from pages.sections.noise_floor import show_noise_floor
from pages.sections.side_by_side import show_side_by_side
from pages.sections.u_curve import show_u_curve
from pages.settings.data import at_one_rate, experiment_of
from pages.settings.places import rates_on_dial
from pages.widgets.buttons import answer_button, reset_button
from wording import _

open_app_around_page()
now = settings()
with controls_beside(*RUN_CONTROLS, *([more_controls] if now.more else []), reset_button) as below:
    history = history_of(experiment_of(at_one_rate(now)))
    if is_waiting():
        question = _("From which learning rate on does it overshoot, from which does it explode? Which is best?")
        st.title(question, anchor=False)
        st.markdown(_("Say three numbers first. Train shows what each of them does."))
        answer_button()
    else:
        show_u_curve(history, rates_on_dial(now))
        with below:
            show_noise_floor(history)
if not is_waiting():
    show_side_by_side(history, now)
    if known := theory(history.experiment):
        show_bounces(history, known)
