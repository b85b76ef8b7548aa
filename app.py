"""Overshoot: watch one neuron learn. Run it with `streamlit run app.py`, or serve `app:app` with uvicorn.

Streamlit runs this file as a script at every visit and every click; the server imports it once, for `app`.
"""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from pages.frame.shell import run_app
from pages.player.player import plotly_address
from serving.delivery import Announce, CompressOnce
from serving.entrance import ROUTES
from serving.policy import Protect

if __name__ == "__main__":
    run_app()
else:
    document = Path(st.__file__).with_name("static") / "index.html"
    app = st.App(
        __file__,
        routes=ROUTES,
        middleware=[
            Middleware(Protect, document=document.read_text(encoding="utf-8")),
            Middleware(Announce, scripts=[plotly_address()]),
            Middleware(CompressOnce),
        ],
    )
