"""A plain Streamlit app: a slider, and a chart of one constant line."""

import pandas as pd
import plotly.express as px
import streamlit as st

st.set_page_config(layout="wide")
value = st.select_slider("Learning rate", list(range(200)), value=100)
st.plotly_chart(px.line(pd.DataFrame({"loss": [1, 1]})))
st.write(f"shown for {value}")
