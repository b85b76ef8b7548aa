"""Train: pick a data set, set the learning rate, watch the neuron learn."""

import inspect
from functools import cache

import streamlit as st

from core.learning_rate import Regime, regime
from core.neuron import backward, forward, update
from core.standardising import to_original
from pages.frame.runs import Run, parameter_names, parameters, run_of
from pages.frame.session import choose, chosen
from pages.frame.shell import open_app_around_page
from pages.player.player import player
from pages.settings.table import Settings, complete
from pages.shared.finished import show_finished
from pages.shared.pictures import captions, frames_of, loss_picture, prediction_picture
from pages.shared.sentence import sentence
from pages.shared.tables import console_listing, iteration_table, table_iterations
from pages.widgets import controls
from wording import _, language, number, unlike

LISTED_ITERATIONS = 10


def show_controls(settings: Settings) -> None:
    controls.run_controls(settings)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        controls.loss_axis_control(settings)
        controls.reset_control()


def show_pictures(run: Run, settings: Settings) -> None:
    iterations = frames_of(run, settings)
    player(
        [prediction_picture(run, iterations), loss_picture(run, settings, iterations)],
        captions(run, iterations),
        key="train",
    )


def show_way_back(run: Run) -> None:
    if regime(run.learning_rate, run.limits) in (Regime.DIVERGING, Regime.BOUNCING):
        with st.container(horizontal=True, gap="small"):
            rate_button(_("Largest stable rate"), "stable", run.limits.stable, run.limits.fastest)
            rate_button(_("Fastest rate"), "fastest", run.limits.fastest, run.limits.stable)


def rate_button(label: str, key: str, rate: float, other: float) -> None:
    st.button(f"{label}: {unlike(rate, other, 3)}", key=key, on_click=lambda: choose(learning_rate=rate))


def show_metrics(run: Run) -> None:
    end = run.history.iterations
    rows = [(_("loss"), float(run.history.loss[end]), run.best_loss)]
    if run.dataset.n_samples == 1:
        rows.append((_("output"), run.output(end), float(run.dataset.targets[0])))
    values = (parameters(run.dataset, neuron) for neuron in (run.history.neuron(end), run.best))
    rows += list(zip(parameter_names(run.dataset), *values, strict=True))
    with st.container(horizontal=True, key="metrics"):
        for name, now, best in rows:
            st.metric(
                _("{name} at the end").format(name=name),
                number(now),
                _("best possible: {best}").format(best=number(best)),
                delta_color="off",
                delta_arrow="off",
                width="content",
            )
    if run.dataset is not run.original and settings.standardise:
        st.markdown(original_units(run))


def original_units(run: Run) -> str:
    now = to_original(run.original, run.history.neuron(run.history.iterations))
    values = zip(parameter_names(run.original), parameters(run.original, now), strict=True)
    return _("In original units: {parameters}.").format(parameters=", ".join(f"{n} {number(v)}" for n, v in values))


def show_details(run: Run, settings: Settings) -> None:
    names = [_("Iterations"), _("Is it finished?"), _("The code that runs"), _("The article's listing")]
    shown = names if not run.dataset.trains_bias else names[:-1]
    table, finished, code, *listing = st.tabs(shown, on_change="rerun", key=f"details_{language()}")
    with table:
        if table.open:
            show_table(run, settings)
    with finished:
        if finished.open:
            show_finished(run, settings)
    with code:
        if code.open:
            show_code()
    for tab in listing:
        if tab.open:
            tab.code(console_listing(run, LISTED_ITERATIONS), language=None)


def show_table(run: Run, settings: Settings) -> None:
    controls.typed("rows", settings, _("More iterations to show"), help=_("They get a frame in the player, too."))
    st.html(iteration_table(run, table_iterations(run.history.iterations, settings.rows)))


def show_code() -> None:
    with st.container(key="code"):
        for source in sources():
            st.code(source)


@cache
def sources() -> list[str]:
    return [inspect.getsource(function) for function in (forward, backward, update)]


open_app_around_page()
settings = complete(chosen())
left, right = st.columns([1, 3], gap="medium")
with left, st.container(key="controls"):
    show_controls(settings)
run = run_of(chosen())
with right, st.container(key="picture"):
    st.title(sentence(run), anchor=False)
    show_way_back(run)
    show_pictures(run, settings)
    show_metrics(run)
show_details(run, settings)
