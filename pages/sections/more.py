"""More neurons: what learns, and how, for those who have understood the one."""

import streamlit as st

from pages.frame.frame import folded
from pages.frame.session import choose, is_hidden, is_locked, settings
from pages.settings.learner import has_network
from pages.settings.values import is_of_lines
from pages.widgets.show import show
from wording import _


def more_button() -> None:
    """Open what goes beyond one neuron on a line, or close it again."""
    if is_hidden("more"):
        return
    on = settings().more
    st.button(
        _("One neuron again") if on else _("More neurons"),
        key="more",
        on_click=close if on else choose,
        disabled=is_locked("more"),
        kwargs={} if on else {"more": True},
        help=_("Other models, losses and optimisers, mini-batches, and data that no line fits."),
    )


def close() -> None:
    """Go back to one neuron, on data that it is enough for."""
    now = settings()
    choose(more=None, dataset=now.dataset if is_of_lines(now.dataset) else None)


def more_controls() -> None:
    """Show what learns from the data, and how."""
    if is_hidden("more"):
        return
    now = settings()
    with st.container(horizontal=True, vertical_alignment="bottom", key="more_controls"):
        show("model")
        if now.model == "network":
            with st.container(width=190):
                show("hidden")
            show("activation")
        with st.container(width=200):
            show("loss")
        show("delta")
        with st.container(width=210):
            show("optimiser")
        if now.optimiser in ("momentum", "nesterov"):
            with st.container(width=270):
                show("momentum")
        folded(_("Batches"), ("batch", "batch_seed"))
        folded(_("Held-out part"), ("held_out", "held_out_seed"))
        more_button()
    if not has_network(now.dataset):
        st.caption(_("A line is all that these data need: a hidden layer is offered for curves and classes."))
