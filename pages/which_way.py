"""Which way? The loss over one parameter: should it become larger or smaller, and how far does the step go?"""

import streamlit as st

from charts.parabola import parabola_figure
from pages.frame.frame import START_CONTROLS, controls_beside, opening, tasks
from pages.frame.session import is_waiting, settings
from pages.frame.shell import open_app_around_page
from pages.player.player import Picture, player
from pages.sections.direction import show_question, show_step
from pages.settings.places import parabola as parabola_of
from pages.settings.places import span as span_of
from pages.settings.values import names_of_parameters
from pages.take_home.take_home import take_home_button
from pages.take_home.texts import file_name
from pages.widgets.buttons import answer_button, reset_button
from telling.parabola import nearby_table, shape
from wording import _

open_app_around_page()
now = settings()
parabola, span = parabola_of(now), span_of(now)
name = names_of_parameters(now)[now.parameter - 1]
st.title(_("Which way should the {name} go, and how far?").format(name=name), anchor=False)
opening(
    _(
        "The article asks: the weight is 0.8 and the loss is 123.45, should the weight become 0.9 or 0.7? The slope of "
        "the loss answers: its sign says which way, its size how steeply, and the learning rate says how far to go. "
        "Answer first, then see."
    )
)
sample = ("sample",) if now.samples == "one" else ()
with controls_beside(
    "dataset", "parameter", "samples", *sample, "at", "learning_rate", START_CONTROLS, reset_button
) as below:
    answered = show_question(parabola, now.at, name)
    told = answered or not is_waiting()
    landing = now.at - now.rate * parabola.slope(now.at)
    figure = parabola_figure(parabola, now.at, span, name, landing=landing if answered else None, with_bottom=told)
    bent = shape(parabola)
    alt = _("The loss over the {name}: a parabola, the ball on it, and its tangent.")
    if bent:
        alt = _("The loss over the {name}: a curve, the ball on it, and its tangent.")
    player([Picture(figure, alt.format(name=name))], key="which_way", height=360)
    take_home_button("which_way", file_name(now))
    if bent and told:
        st.markdown(bent)
    if answered:
        show_step(parabola, now.at, now.rate, landing)
with below:
    answer_button()
    if told:
        st.html(nearby_table(parabola, now.at, span, name))
tasks(
    [
        (
            _("The article's question: one sample, 42 degrees to 107.6, weight 0.8, loss 123.45. 0.9 or 0.7?"),
            {"samples": "one", "sample": "93", "weights": "0.8", "bias": "62.88919449"},
        ),
        (_("From far away and from near: move the ball towards the bottom. What does the slope do?"), {"at": "1.7"}),
        (_("The bias's valley is flat: at the same learning rate its steps are tiny."), {"parameter": "2"}),
        (_("Too large a learning rate: where does the step land?"), {"learning_rate": "0.0015"}),
        (_("A weight into a hidden neuron: from where does downhill lead into another valley?"), {"dataset": "sine"}),
        (_("Two classes: why does the slope hardly change far on the wrong side?"), {"dataset": "hours", "at": "-3"}),
    ],
    "which_way",
)
