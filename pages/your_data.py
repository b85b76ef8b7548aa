"""Your data: a file, cells from a spreadsheet, a grid or clicks into a picture become a data set like any other."""

import streamlit as st

from pages.frame.session import is_free, settings
from pages.frame.shell import open_app_around_page
from pages.sections.brought import current, draft, show_grid_anew, take_file
from pages.sections.columns import show_brought
from pages.sections.grid import names_control, show_grid
from pages.sections.own_picture import show_picture
from pages.sections.rescaling import show_rescaling
from pages.settings.learner import OWN
from pages.settings.own import LONGEST, MOST_LINKED, TOO_MANY, write_own
from pages.widgets.buttons import choose_button
from pages.widgets.table_door import table_door
from wording import _, number


def show_door() -> None:
    if not is_free(OWN):
        st.markdown(_("The link holds the data: they cannot be changed here."))
        return
    table_door(take_file)
    show_brought()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.markdown(_("**The rows**: change, add or delete them."), width="content")
        names_control()
    show_grid()


def show_state() -> None:
    """Say what is trained on now, and lead there."""
    now = draft()
    if now.own() is None:
        st.markdown(_("Two points at least make a data set."))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if settings().dataset == OWN:  # a link, for the browser's history knows no other way to a page
            st.page_link("pages/train.py", label=_("Train on these"), icon=":material/play_arrow:")
        else:
            choose_button(_("Use these"), "own_use", {"dataset": OWN, OWN: current()}, type="primary")
        st.markdown(_travelling(), width="content")


def _travelling() -> str:
    text = _("{n} rows: they travel in the link.")
    if write_own(current()) == TOO_MANY:
        text = _("{n} rows: they stay in this session. A link carries up to {most} rows and {letters} characters.")
    return text.format(n=number(len(current().rows)), most=number(MOST_LINKED), letters=number(LONGEST))


open_app_around_page()
if st.session_state.arrived:
    show_grid_anew()
st.title(_("Bring data of your own, and watch a neuron learn them."), anchor=False)
left, right = st.columns(2, gap="medium")
with left, st.container(key="own_left"):
    show_door()
with right, st.container(key="own_right"):
    show_picture()
    show_state()
    show_rescaling()
