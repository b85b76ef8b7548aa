"""The graph that a library builds of the step: folded away, for it is the second look at the same numbers."""

import streamlit as st

from charts.graph import graph_figure
from core.lesson.graph import graph_of
from core.lesson.step import Step
from pages.frame.frame import unfolding
from pages.player.player import Picture, player
from telling.graph import boxes, graph_rows
from telling.tables import html_table
from wording import _

ROW_HEIGHT = 52
"""Pixels: two lines of text, and an arrow."""


def show_graph(step: Step, sample: int) -> None:
    """Show the operations of the forward pass, and what comes back to each from the loss."""
    unfolding(_("The graph that a library builds"), "graph", lambda: _show(step, sample))


def _show(step: Step, sample: int) -> None:
    st.markdown(
        _(
            "Theano builds this graph before anything runs, PyTorch records it while forward runs. Each operation "
            "knows only its own slope. From the loss, where it is 1, the gradient ▲ goes back along the arrows, "
            "times each slope: so nobody has to write backward. Numbers are those of the chosen sample."
        ),
        width=900,
    )
    nodes = graph_of(step)
    drawn = boxes(nodes, sample)
    alt = _("The graph of operations, from the inputs down to the loss. The table says the same.")
    picture, table = st.columns(2)
    with picture:
        player([Picture(graph_figure(drawn), alt)], key="graph", height=ROW_HEIGHT * (drawn[-1].row + 1))
    table.html(html_table(_("The graph, node by node"), *graph_rows(nodes, sample)))
