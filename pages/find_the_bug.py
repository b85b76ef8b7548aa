"""Find the bug: six backward passes, five of them with a bug, and the gradient check that finds it."""

import streamlit as st

from charts.iterations import frame_iterations
from core.lesson.suspects import behind_letters, line_up, suspected
from pages.frame.answers import told_theory
from pages.frame.frame import START_CONTROLS, controls_beside, opening, tasks
from pages.frame.runs import history_of
from pages.frame.session import is_waiting, settings
from pages.frame.shell import open_app_around_page
from pages.player.player import player
from pages.sections.check import show_check, show_v_curve
from pages.sections.pictures import suspect_pictures
from pages.sections.verdict import show_score, show_verdict
from pages.settings.data import experiment_of
from pages.settings.page import SUSPECTS
from pages.take_home.take_home import take_home_button
from pages.take_home.texts import file_name, spreadsheets, these_runs
from pages.widgets.buttons import answer_button, reset_button
from telling.captions import captions
from telling.code import code_of
from telling.suspects import how_to_read
from wording import _


def show_code() -> None:
    with st.container(key="code"):
        # Row by row: on a phone, where columns stand under each other, the letters stay in order.
        for first in range(0, len(hidden), 2):
            for column, letter in zip(st.columns(2), [*hidden][first : first + 2], strict=True):
                column.markdown(f"**{letter}**")
                column.code(code_of(hidden[letter], right.model, right.loss), wrap_lines=True)
    if names := how_to_read(right.model, right.loss):
        st.markdown(names)


def show_training() -> None:
    history = history_of(suspect)
    iterations = frame_iterations(history.iterations)
    pictures = suspect_pictures(history, told_theory(right), iterations, now.suspect)
    player(pictures, captions(history, iterations), key="suspect_training", height=280)
    name = file_name(now, f"suspect-{now.suspect}")
    take_home_button("suspect_training", name, spreadsheets(name, these_runs([""], [suspect])))


open_app_around_page()
now = settings()
right = experiment_of(now)
hidden = behind_letters(SUSPECTS, now.shuffle, line_up(right.model, right.loss))
suspect = experiment_of(now, model=suspected(right.model, hidden[now.suspect]))
st.title(_("Six backward passes, five of them with a bug: find the bugs."), anchor=False)
opening(
    _(
        "Read the code of each suspect and watch it train: several look right. Then check its gradient against finite "
        "differences, which need no derivation at all, and give your verdict."
    )
)
show_code()
with controls_beside(
    "suspect", "shuffle", "check_step", "dataset", "learning_rate", "iterations", START_CONTROLS, reset_button
) as below:
    show_training()
with below:
    answer_button()
    if not is_waiting():
        show_check(suspect, now.check_step)
    show_verdict(suspect, now.suspect, hidden[now.suspect])
    show_score(right, hidden)
    if not is_waiting():
        show_v_curve(right, now.check_step)
tasks(
    [
        (_("Start at a weight of −0.1: which suspect explodes now that settled before?"), {"weights": "-0.1"}),
        (_("At a learning rate of 0.0009, who explodes although the right one settles?"), {"learning_rate": "0.0009"}),
        (_("Too small a step for the differences: which of their digits are still right?"), {"check_step": "1e-13"}),
        (_("The same six on the weighted sum: why do two of them become right?"), {"dataset": "weighted-sum"}),
        (_("Six of a network: one explodes and has the right direction. Which one?"), {"dataset": "sine"}),
        (
            _("Two classes, and a start that is surely wrong: which suspect hardly corrects it?"),
            {"dataset": "hours", "weights": "-3"},
        ),
    ],
    "find_the_bug",
)
