"""One step after the other: which direction of the loss bounces, and which one hardly moves?"""

import streamlit as st

from charts.bounce import bounce_figure
from core.theory.outcome import errors_along_directions
from core.theory.quadratic import Quadratic
from core.training import History
from pages.player.player import Picture, player
from telling.bouncing import explained, factors
from wording import _, number

BOUNCES, HEIGHT = 40, 340


def show_bounces(history: History, known: Quadratic) -> None:
    """Show the error along the steep and the flat direction, step by step, and the factor of each."""
    parts = errors_along_directions(history, known, BOUNCES) if known.is_closed else []
    if not parts:
        return
    st.header(_("One step after the other: which direction bounces?"), anchor=False)
    st.markdown(explained(known))
    st.markdown(factors(known, history.learning_rate, len(parts)))
    texts = [f"{_('step')} {k}: " + ", ".join(number(float(p[k])) for p in parts) for k in range(len(parts[0]))]
    alt = _("The error along the steep and along the flat direction, as a share of the start's, step by step.")
    player([Picture(bounce_figure(parts), alt)], texts, key="bounce", height=HEIGHT)
