"""One step after the other: which direction of the loss bounces, and which one hardly moves?"""

import streamlit as st

from charts.bounce import bounce_figure
from core.theory.outcome import errors_along_directions
from core.theory.quadratic import Quadratic
from core.training import History
from pages.player.player import Picture, player
from wording import _, number

BOUNCES = 40


def show_bounces(history: History, known: Quadratic) -> None:
    """Show the error along the steep and the flat direction, step by step, and the factor of each."""
    parts = errors_along_directions(history, known, BOUNCES)
    if not parts:
        return
    st.header(_("One step after the other: which direction bounces?"), anchor=False)
    st.markdown(
        _(
            "The error has a part along the steep direction of the loss and a part along the flat one, and each step "
            "multiplies them by a factor of their own. A negative factor means the other side of the valley: "
            "overshooting. So the steep direction bounces while the flat one hardly moves."
        )
    )
    rate, steepness = history.learning_rate, known.sloping[[-1, 0]][: len(parts)].tolist()
    factors = ", ".join(f"1 − {number(rate)} · {number(h)} = {number(1 - rate * h)}" for h in steepness)
    st.markdown(_("Factors at this learning rate: {factors}.").format(factors=factors))
    texts = [f"{_('step')} {k}: " + ", ".join(number(float(p[k])) for p in parts) for k in range(len(parts[0]))]
    alt = _("The error along the steep and along the flat direction, as a share of the start's, step by step.")
    player([Picture(bounce_figure(parts), alt)], texts, key="bounce", height=300)
