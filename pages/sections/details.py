"""What stands under the controls of the Train page: tabs with all the rest."""

import inspect
from functools import lru_cache
from textwrap import dedent

import streamlit as st

from core.data.standardising import to_original
from core.experiment import Model
from core.optimisers import GradientDescent, Optimiser, update
from core.training import History
from pages.frame.answers import told_theory
from pages.sections.finished import show_finished
from pages.sections.libraries import show_libraries
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
    parts = [
        (_("Iterations"), _show_table),
        (_("The code that runs"), _show_code),
        (_("In the libraries"), _show_libraries),
    ]
    if told_theory(history.experiment):
        parts.insert(1, (_("Is it finished?"), _show_finished))
    if not history.experiment.model.has_bias:
        parts.append((_("The article's listing"), _show_listing))
    tabs = st.tabs([name for name, _show in parts], on_change="rerun", key=f"details_{len(parts)}_{language()}")
    for tab, (_name, show_part) in zip(tabs, parts, strict=True):
        if tab.open:
            with tab:
                show_part(history, settings)


def _show_table(history: History, settings: Settings) -> None:
    show("rows")
    st.html(iteration_table(history, table_iterations(history.iterations, settings.rows)))


def _show_finished(history: History, settings: Settings) -> None:
    show_finished(history, settings.tolerance)


def _show_code(history: History, _settings: Settings) -> None:
    with st.container(key="code"):
        for source in sources(history.experiment.model, history.experiment.optimiser):
            st.code(source)


def _show_libraries(history: History, _settings: Settings) -> None:
    show_libraries(history)


def _show_listing(history: History, _settings: Settings) -> None:
    st.code(console_listing(history, LISTED_ITERATIONS), language=None)


@lru_cache
def sources(model: Model, optimiser: Optimiser) -> list[str]:
    """Return the functions that train, as they run: forward, backward, update."""
    step = update if isinstance(optimiser, GradientDescent) else optimiser.step
    return [dedent(inspect.getsource(function)) for function in (model.forward, model.backward, step)]
