"""What stands under the controls of the Train page: tabs with all the rest."""

import inspect
from functools import cache
from textwrap import dedent

import streamlit as st

from core.data.standardising import to_original
from core.neuron import Neuron
from core.optimisers import update
from core.training import History
from pages.sections.finished import show_finished
from pages.settings.data import original
from pages.settings.table import Settings
from pages.widgets.show import show
from telling.names import parameter_names
from telling.tables import console_listing, iteration_table, table_iterations
from wording import _, language, number

LISTED_ITERATIONS = 10


def original_units(history: History, settings: Settings) -> str:
    """Say what the parameters at the end are for inputs that are not standardised."""
    data = original(settings)
    values = zip(parameter_names(data), to_original(data, history.parameters[-1]).tolist(), strict=True)
    return _("In original units: {parameters}.").format(parameters=", ".join(f"{n} {number(v)}" for n, v in values))


def show_details(history: History, settings: Settings) -> None:
    """Show the tabs; only the open one costs anything."""
    names = [_("Iterations"), _("Is it finished?"), _("The code that runs"), _("The article's listing")]
    shown = names[:-1] if history.experiment.model.has_bias else names
    table, finished, code, *listing = st.tabs(shown, on_change="rerun", key=f"details_{language()}")
    if table.open:
        with table:
            show("rows")
            st.html(iteration_table(history, table_iterations(history.iterations, settings.rows)))
    if finished.open:
        with finished:
            show_finished(history, settings.tolerance)
    if code.open:
        with code, st.container(key="code"):
            for source in sources():
                st.code(source)
    for tab in listing:
        if tab.open:
            tab.code(console_listing(history, LISTED_ITERATIONS), language=None)


@cache
def sources() -> list[str]:
    """Return the three functions that train, as they run."""
    return [dedent(inspect.getsource(function)) for function in (Neuron.forward, Neuron.backward, update)]
