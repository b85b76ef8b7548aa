"""The least that Streamlit can do: a slider, and a chart of one constant line."""

import plotly.graph_objects as go
import streamlit as st

st.set_page_config(layout="wide")
value = st.select_slider("Learning rate", list(range(200)), value=100)
st.plotly_chart(go.Figure(go.Scatter(y=[1, 1])))
st.write(f"shown for {value}")
