"""Class board: a room in which thirty people try side by side, and draw the curve together."""

import streamlit as st

from pages.frame.shell import open_app_around_page
from pages.room.board import show_board, show_invitation
from pages.room.entrance import show_entrance, trouble_sentence
from pages.room.membership import Trouble, member
from pages.room.steering import show_steering
from pages.settings.tasks import PAGE
from wording import _


def show_door() -> None:
    st.title(_("Thirty people try, and together they draw the curve."), anchor=False)
    why = st.query_params.get("trouble", "")
    if why in {trouble.value for trouble in Trouble}:
        st.warning(trouble_sentence(Trouble(why)))
    show_entrance()
    st.markdown(
        _(
            "Nobody gives a name: students are animals here. A room keeps learning rates, losses and answers, nothing "
            "about who somebody is, and vanishes after a day. So that who reloads is still the same, the browser keeps "
            "a random number in a cookie, for a day."
        )
    )


open_app_around_page()
now = member()
if now is None:
    show_door()
elif now.student:
    st.title(_("You are in the room."), anchor=False)
    st.page_link(f"pages/{PAGE}.py", label=_("To the task"), icon=":material/play_arrow:")
    show_entrance()
else:
    left, right = st.columns([3.4, 1], gap="medium")
    with left, st.container(key="board_left"):
        show_board(now.room)
    with right, st.container(key="board_right"):
        show_invitation(now.room)
        show_steering(now.room)
