"""Your data: a file, cells from a spreadsheet, a grid or clicks into a picture become a data set like any other."""

import streamlit as st

from pages.frame.session import choose, settings
from pages.frame.shell import open_app_around_page
from pages.sections.brought import current, draft, show_grid_anew, take_file
from pages.sections.columns import show_brought
from pages.sections.grid import names_control, show_grid
from pages.sections.own_picture import show_picture
from pages.sections.rescaling import show_rescaling
from pages.settings.learner import OWN
from pages.settings.link import to_address
from pages.settings.own import MOST_ROWS, TOO_MANY
from pages.widgets.table_door import table_door
from wording import _, number


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
            use = {"dataset": OWN, "own": current()}
            st.button(_("Use these"), key="own_use", type="primary", on_click=choose, kwargs=use)
        st.markdown(_travelling(), width="content")


def _travelling() -> str:
    if to_address({"dataset": OWN, "own": current()}).get("own") == TOO_MANY:
        text = _("{n} rows: they stay in this session. Up to {most} travel in the link.")
        return text.format(n=number(len(current().rows)), most=number(MOST_ROWS))
    return _("{n} rows: they travel in the link.").format(n=number(len(current().rows)))


open_app_around_page()
if st.session_state.arrived:
    show_grid_anew()
st.title(_("Bring data of your own, and watch a neuron learn them."), anchor=False)
left, right = st.columns(2, gap="medium")
with left, st.container(key="own_left"):
    table_door(take_file)
    show_brought()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.markdown(_("**The rows**: change, add or delete them."), width="content")
        names_control()
    show_grid()
with right, st.container(key="own_right"):
    show_picture()
    show_state()
    show_rescaling()
