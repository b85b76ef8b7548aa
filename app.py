"""Overshoot: watch one neuron learn. Run it with `streamlit run app.py`."""

from pages.frame.shell import run_app

run_app()
