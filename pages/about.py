"""About: what this is, where it comes from, and which keys it knows."""

import streamlit as st

from pages.frame.shell import VERSION, open_app_around_page
from telling.tables import html_table
from wording import _

open_app_around_page()
st.title(_("Overshoot: watch one neuron learn"), anchor=False)
with st.container(width=760):
    st.markdown(
        _(
            "Pick a data set, set the learning rate, press Play: the line turns and rises into place while a marker "
            "runs down the loss curve. Drag the learning rate up, and the line overshoots, bounces and flies out of "
            "the frame. Every picture comes from a real run: forward, backward and update, as many times as you said."
        )
    )
    st.header(_("Where it comes from"), anchor=False)
    st.markdown(
        _(
            "Two articles, both contained here completely. “One-neuron neural network in Python, with mathematical "
            "intuition” (2021) teaches one weight and one bias to turn Celsius into Fahrenheit. “Theano: a trivial "
            "training example” teaches four weights to make a sum reach 100. The restaurant tips are from Bryant and "
            "Smith, Practical Data Analysis (1995), the irises from Fisher (1936), the hours studied from Wikipedia's "
            "“Logistic regression”."
        )
    )
    st.header(_("Where next"), anchor=False)
    st.markdown(
        _(
            "“More neurons” on the Train page goes on where the article ends: classes, a hidden layer, optimisers, "
            "mini-batches, and a limit of the learning rate that moves while the network trains. Momentum is by Polyak "
            "(1964) and Nesterov (1983), RMSProp by Tieleman and Hinton (2012), Adam by Kingma and Ba (2015), the edge "
            "of stability by Cohen, Kaur, Li, Kolter and Talwalkar (2021)."
        )
    )
    st.header(_("Keys"), anchor=False)
    keys = [
        ("P", _("play or pause")),
        (", .", _("one frame back or forth")),
        ("L", _("go to the learning rate; then the arrow keys move it")),
        ("V", _("live, and back: the run can be steered while it trains")),
        (". T H", _("while live: train one, ten or a hundred iterations")),
        ("A", _("the article's learning rate again")),
        (_("Shift + arrow"), _("on the dial: a fine step")),
        ("B", _("the board: picture, dial and headline alone, for the back row; and back")),
        ("0", _("reset: the data set's own start, learning rate and iterations")),
    ]
    st.html(html_table(_("Keys"), [_("Key"), _("What it does")], keys, numbers=False))
    st.header(_("Links"), anchor=False)
    st.markdown(
        _(
            "The address of the page always holds what you have set. Copy it, and whoever opens it sees the same run, "
            "start included."
        )
    )
    st.header(_("Privacy"), anchor=False)
    st.markdown(_("Nothing leaves this app: no outside server is called, nothing is tracked, nothing is stored."))
    st.header(_("How to cite"), anchor=False)
    st.code(f"Overshoot: watch one neuron learn. Version {VERSION}, 2026.", language=None, wrap_lines=True)
