"""The ruler under the learning-rate slider: the regimes as zones on the slider's own scale."""

import math
from collections.abc import Sequence
from html import escape

import numpy as np
import streamlit as st

from core.theory.limits import Limits, Regime
from telling.names import regime_names
from telling.ruler import spoken


def place(rate: float, slider: Sequence[float]) -> float:
    """Return where a rate stands on the slider, from 0 at its left end to 1 at its right."""
    logarithms = np.log(slider)
    return float(np.interp(np.log(max(rate, 1e-300)), logarithms, np.linspace(0, 1, len(slider))))


def show_ruler(rate: float, limits: Limits, slider: Sequence[float]) -> None:
    """Show the zones, the fastest rate and the current one under a slider with these values; none without a limit."""
    if not math.isfinite(limits.stable):
        return
    zones = [(zone, place(low, slider), place(high, slider)) for zone, low, high in limits.zones()]
    strip = "".join(
        f'<i class="{zone.value}" style="left:{100 * left:.2f}%;width:{100 * (right - left):.2f}%"></i>'
        for zone, left, right in zones
    )
    marks = "".join(
        f'<b class="{kind}" style="left:{100 * place(value, slider):.2f}%">{sign}</b>'
        for kind, value, sign in (("fastest", limits.fastest, "★"), ("now", rate, "▲"))
    )
    current = limits.regime(rate)
    legend = "".join(_named(zone, current) for zone, _left, _right in zones)
    st.html(
        f'<div class="ruler" role="img" aria-label="{escape(spoken(rate, limits))}">'
        f'<div class="strip">{strip}{marks}</div><div class="legend" aria-hidden="true">{legend}</div></div>'
    )


def _named(zone: Regime, current: Regime) -> str:
    name = escape(regime_names()[zone])
    return f'<span><i class="{zone.value}"></i>{f"<strong>{name}</strong>" if zone is current else name}</span>'
