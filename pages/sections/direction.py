"""Which way? The learner says first in which direction the parameter should go, and takes the step afterwards."""

import numpy as np
import streamlit as st

from core.theory.slices import OneParameter, Parabola
from pages.frame.session import choose, is_free, settings
from pages.settings.kinds import MAX_NUMBER
from telling.parabola import step_sentence
from wording import _, number


def show_question(parabola: OneParameter, now: float, name: str) -> bool:
    """Ask for the direction first; return whether it has been answered for this place."""
    place = (name, now, parabola)
    question = _("The {name} is {now}, the loss {loss}, the slope there {slope}. Should the {name} grow or shrink?")
    numbers = {"now": now, "loss": float(parabola.loss(now)), "slope": parabola.slope(now)}
    st.header(question.format(name=name, **{key: number(value) for key, value in numbers.items()}), anchor=False)
    with st.container(horizontal=True):
        st.button(_("← smaller"), key="smaller", on_click=give_answer, args=(place, -1))
        st.button(_("larger →"), key="larger", on_click=give_answer, args=(place, 1))
    given = st.session_state.get("direction")
    if not given or given[0] != place:
        return False
    right = -np.sign(parabola.slope(now))
    if right == 0 and isinstance(parabola, Parabola):
        st.markdown(_("Neither: the slope is zero. This is the bottom of the valley."))
    elif right == 0:
        st.markdown(_("Neither: the slope is zero. This is a bottom, a top or a plain."))
    elif given[1] == right:
        st.markdown(_("Right: against the sign of the slope, downhill."))
    else:
        st.markdown(_("Not this way: that goes uphill. A positive slope means that growing makes the loss grow."))
    return True


def give_answer(place: object, direction: int) -> None:
    """Keep the answer together with the place it was given for."""
    st.session_state.direction = (place, direction)


def show_step(parabola: OneParameter, now: float, learning_rate: float, landing: float) -> None:
    """Say where the step lands, and let the learner take it."""
    st.markdown(step_sentence(parabola, now, learning_rate))
    if settings().optimiser != "descent":
        st.markdown(_("This is the step of plain descent; the chosen optimiser would take another one."))
    st.button(_("Take the step"), key="take_step", on_click=take_step, args=(landing,), disabled=not is_free("at"))


def take_step(landing: float) -> None:
    """Put the ball where the step lands."""
    choose(at=min(max(landing, -MAX_NUMBER), MAX_NUMBER))
