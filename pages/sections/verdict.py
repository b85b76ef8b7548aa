"""The verdicts of “Find the bug”: given for each suspect, counted, and at the end the true story."""

from collections.abc import Mapping

import numpy as np
import streamlit as st

from core.experiment import Experiment
from core.lesson.differences import agrees
from core.lesson.suspects import SUSPECTS, Verdict
from telling.answers import told
from telling.names import verdict_names
from telling.tables import html_table
from wording import _

Given = dict[tuple[str, str], Verdict]


def given() -> Given:
    """Return the verdicts of this session, by letter and suspect."""
    verdicts: Given = st.session_state.setdefault("verdicts", {})
    return verdicts


def show_verdict(experiment: Experiment, letter: str, suspect: str) -> None:
    """Ask for the verdict on a suspect, and answer it."""
    st.header(_("Your verdict on {letter}").format(letter=letter), anchor=False)
    with st.container(horizontal=True):
        for verdict, name in verdict_names().items():
            st.button(name, key=f"verdict_{verdict.value}", on_click=give, args=(letter, suspect, verdict))
    if (letter, suspect) in given():
        st.markdown(told(suspect, given()[(letter, suspect)]))
        if SUSPECTS[suspect].verdict is not Verdict.RIGHT and agrees(experiment, np.array(experiment.start)):
            st.markdown(_("With these data it happens to agree. Choose another data set to see it fail."))


def give(letter: str, suspect: str, verdict: Verdict) -> None:
    """Keep a verdict."""
    given()[(letter, suspect)] = verdict


def show_score(hidden: Mapping[str, str]) -> None:
    """Show the verdicts given so far beside the truth; after the last one, the story."""
    names = verdict_names()
    rows = [
        [letter, names[given()[(letter, suspect)]], names[SUSPECTS[suspect].verdict]]
        for letter, suspect in hidden.items()
        if (letter, suspect) in given()
    ]
    if rows:
        header = [_("suspect"), _("your verdict"), _("the truth")]
        st.html(html_table(_("Your verdicts"), header, rows, numbers=False))
    if len(rows) == len(hidden):
        show_story()


def show_story() -> None:
    """Tell what happened to the article's listing."""
    st.header(_("The true story"), anchor=False)
    st.markdown(
        _(
            "The article derives the gradient of the weight with the input, and its published listing multiplies by "
            "the output. The picture convinced everyone for years: the line lands so near that nobody looked twice. "
            "What gives it away: after the article's iterations the weight is 1.873 and not 1.8, and from a start "
            "weight of −0.1 the same code explodes. A wrong factor, 2 or the number of samples, only rescales the "
            "learning rate; a wrong input is a wrong direction. A gradient check takes three lines, and would have "
            "found it on the first day."
        )
    )
