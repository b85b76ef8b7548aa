"""The verdicts of “Find the bug”: given for each suspect, counted, and at the end what is to be learned of them."""

from collections.abc import Mapping

import numpy as np
import streamlit as st

from core.experiment import Experiment
from core.lesson.differences import agrees
from core.lesson.suspects import Suspect, Verdict, line_up
from telling.answers import told
from telling.names import verdict_names
from telling.suspects import agrees_by_chance, moral
from telling.tables import html_table
from wording import _

Given = dict[tuple[str, Suspect], Verdict]


def given() -> Given:
    """Return the verdicts of this session, by letter and suspect."""
    verdicts: Given = st.session_state.setdefault("verdicts", {})
    return verdicts


def show_verdict(experiment: Experiment, letter: str, key: str) -> None:
    """Ask for the verdict on the suspect with this key, by which the experiment's model learns, and answer it."""
    suspect = line_up(experiment.model, experiment.loss)[key]
    st.header(_("Your verdict on {letter}").format(letter=letter), anchor=False)
    with st.container(horizontal=True):
        for verdict, name in verdict_names().items():
            st.button(name, key=f"verdict_{verdict.value}", on_click=give, args=(letter, suspect, verdict))
    if (letter, suspect) in given():
        st.markdown(told(key, given()[(letter, suspect)]))
        if suspect.verdict is not Verdict.RIGHT and agrees(experiment, np.array(experiment.start)):
            st.markdown(agrees_by_chance(experiment.model, experiment.loss))


def give(letter: str, suspect: Suspect, verdict: Verdict) -> None:
    """Keep a verdict."""
    given()[(letter, suspect)] = verdict


def show_score(experiment: Experiment, hidden: Mapping[str, str]) -> None:
    """Show the verdicts given so far beside the truth; after the last one, what there is to learn."""
    names, suspects = verdict_names(), line_up(experiment.model, experiment.loss)
    behind = {letter: suspects[key] for letter, key in hidden.items()}
    rows = [
        [letter, names[given()[(letter, suspect)]], names[suspect.verdict]]
        for letter, suspect in behind.items()
        if (letter, suspect) in given()
    ]
    if rows:
        header = [_("suspect"), _("your verdict"), _("the truth")]
        st.html(html_table(_("Your verdicts"), header, rows, numbers=False))
    if len(rows) == len(hidden):
        st.header(_("The true story"), anchor=False)
        st.markdown(moral(experiment.model, experiment.loss))
