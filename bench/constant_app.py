"""A plain Streamlit app: a slider, and a chart of one constant line, as high as the slider says."""

import pandas as pd
import plotly.express as px
import streamlit as st

if __name__ == "__main__":
    st.set_page_config(layout="wide")
    value = st.select_slider("Learning rate", list(range(200)), value=100)
    st.plotly_chart(px.line(pd.DataFrame({"loss": [value, value]}), range_y=[0, 200]))
else:
    app = st.App(__file__)
