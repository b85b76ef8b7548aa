"""The schedule: a learning rate that changes on the way, typed or ready-made."""

from collections.abc import Callable

import streamlit as st

from core.schedule import Schedule, cosine, step_decay, warm_up
from pages.frame.session import choose_typed, is_locked, settings
from pages.settings.link import as_text
from pages.widgets.buttons import choose_button
from pages.widgets.show import keep
from wording import _

KEY = "schedule"


def schedule_controls() -> None:
    """Let a person type a schedule, or take a ready-made one that fits the rate in the hand and the iterations."""
    keep(KEY, as_text(settings().learning_rate))
    st.text_input(
        _("Learning rate from iteration on"),
        key=KEY,
        disabled=is_locked(KEY),
        on_change=lambda: choose_typed("learning_rate", st.session_state[KEY]),
        help=_(
            "Such as 0:0.0001; 980:0.0013, or one rate for all. The dial makes it one rate again, unless it is live."
        ),
    )
    with st.container(horizontal=True):
        _ready_made(
            _("Step decay"), step_decay, _("A tenth after half of the iterations, a hundredth after three quarters.")
        )
        _ready_made(_("Warm-up"), warm_up, _("Grows in ten stairs over the first tenth of the iterations."))
        _ready_made(_("Cosine"), cosine, _("Falls along half a cosine, down to almost nothing."))


def _ready_made(label: str, make: Callable[[float, int], Schedule], help: str) -> None:
    now = settings()
    greatest = max(rate for _beginning, rate in now.learning_rate)
    schedule = make(greatest, max(now.iterations, 1))
    choose_button(label, make.__name__, {"learning_rate": schedule}, help=help)
