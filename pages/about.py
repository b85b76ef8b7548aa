"""What this is."""

import streamlit as st

from pages.shared.shell import open_app_around_page

open_app_around_page()
st.write("about")
