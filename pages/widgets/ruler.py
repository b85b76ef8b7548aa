"""The ruler under the learning-rate slider: the regimes as zones on the slider's own scale."""

from collections.abc import Sequence
from html import escape

import numpy as np
import streamlit as st

from core.learning_rate import CREEPING_SHARE, Limits, Regime, regime
from wording import _, number


def regime_names() -> dict[Regime, str]:
    """Return what the regimes are called."""
    return {
        Regime.CREEPING: _("creeping"),
        Regime.MONOTONE: _("monotone"),
        Regime.OVERSHOOTING: _("overshooting"),
        Regime.BOUNCING: _("bouncing for ever"),
        Regime.DIVERGING: _("diverging"),
    }


def zones(limits: Limits) -> list[tuple[Regime, float, float]]:
    """Return each regime that is more than one learning rate, with the rates between which it holds."""
    bounds = [0.0, CREEPING_SHARE * limits.monotone, limits.monotone, limits.stable, np.inf]
    order = (Regime.CREEPING, Regime.MONOTONE, Regime.OVERSHOOTING, Regime.DIVERGING)
    return list(zip(order, bounds, bounds[1:], strict=False))


def place(rate: float, slider: Sequence[float]) -> float:
    """Return where a rate stands on the slider, from 0 at its left end to 1 at its right."""
    logarithms = np.log(slider)
    return float(np.interp(np.log(max(rate, 1e-300)), logarithms, np.linspace(0, 1, len(slider))))


def show_ruler(rate: float, limits: Limits, slider: Sequence[float]) -> None:
    """Show the zones, the fastest rate and the current one under a slider with these values."""
    strip = "".join(
        f'<i class="{zone.value}" style="left:{100 * place(low, slider):.2f}%;'
        f'width:{100 * (place(high, slider) - place(low, slider)):.2f}%"></i>'
        for zone, low, high in zones(limits)
    )
    marks = "".join(
        f'<b class="{kind}" style="left:{100 * place(value, slider):.2f}%">{sign}</b>'
        for kind, value, sign in (("fastest", limits.fastest, "★"), ("now", rate, "▲"))
    )
    current = regime(rate, limits)
    legend = "".join(_named(zone, current) for zone, _low, _high in zones(limits))
    st.html(
        f'<div class="ruler" role="img" aria-label="{escape(spoken(rate, limits))}">'
        f'<div class="strip">{strip}{marks}</div><div class="legend" aria-hidden="true">{legend}</div></div>'
    )


def _named(zone: Regime, current: Regime) -> str:
    name = escape(regime_names()[zone])
    return f'<span><i class="{zone.value}"></i>{f"<strong>{name}</strong>" if zone is current else name}</span>'


def spoken(rate: float, limits: Limits) -> str:
    """Say what the ruler shows."""
    text = _(
        "Learning rates: creeping up to {creeping}, monotone up to {monotone}, overshooting up to {stable}, and "
        "diverging above. The fastest is {fastest}. Now {rate}: {regime}."
    )
    return text.format(
        creeping=number(CREEPING_SHARE * limits.monotone, 3),
        monotone=number(limits.monotone, 3),
        stable=number(limits.stable, 3),
        fastest=number(limits.fastest, 3),
        rate=number(rate),
        regime=regime_names()[regime(rate, limits)],
    )
