"""Train: pick a data set, set the learning rate, watch the neuron learn."""

import inspect
from functools import cache

import streamlit as st

from charts.look import frame_iterations
from charts.loss_curve import loss_figure
from charts.picture import picture_figure
from core.neuron import backward, forward, update
from pages.shared import controls
from pages.shared.player.player import Picture, player
from pages.shared.run import Run, parameter_names, parameters, run_of
from pages.shared.sentence import sentence
from pages.shared.settings import Settings, chosen, complete
from pages.shared.shell import open_app_around_page
from pages.shared.tables import console_listing, iteration_table, table_iterations
from wording import _, number

LISTED_ITERATIONS = 10


def show_controls(settings: Settings) -> None:
    controls.dataset_control()
    controls.learning_rate_control(settings)
    controls.iterations_control(settings)
    controls.data_controls(settings)
    controls.start_controls(settings)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        controls.loss_axis_control(settings)
        controls.reset_control()


def show_pictures(run: Run, settings: Settings) -> None:
    iterations = frame_iterations(run.history.iterations, settings.rows)
    picture = picture_figure(run.dataset, run.history, run.best, iterations)
    logarithmic = settings.loss_axis == "log"
    curve = loss_figure(run.history, run.best_loss, iterations, logarithmic=logarithmic, unit=run.dataset.target_unit)
    player(
        [Picture(picture, picture_alt(run), share=1.3), Picture(curve, curve_alt(run))],
        [caption(run, i) for i in iterations],
    )


def picture_alt(run: Run) -> str:
    return _("The neuron's predictions and the data, before training, now, and as good as possible. {sentence}").format(
        sentence=sentence(run)
    )


def curve_alt(run: Run) -> str:
    return _("The loss over the iterations: from {first} at the start to {last} at iteration {iterations}.").format(
        first=number(float(run.history.loss[0])),
        last=number(float(run.history.loss[-1])),
        iterations=number(run.history.iterations),
    )


def caption(run: Run, iteration: int) -> str:
    now = parameters(run.dataset, run.history.neuron(iteration))
    parts = [f"{_('iteration')} {number(iteration)}", f"{_('loss')} {number(float(run.history.loss[iteration]))}"]
    if run.dataset.n_samples == 1:
        parts.append(f"{_('output')} {number(run.output(iteration))}")
    parts += [f"{name} {number(v)}" for name, v in zip(parameter_names(run.dataset), now, strict=True)]
    return " · ".join(parts)


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


def show_details(run: Run, settings: Settings) -> None:
    names = [_("Iterations"), _("The code that runs"), _("The article's listing")]
    table, code, *listing = st.tabs(names if not run.dataset.trains_bias else names[:2])
    with table:
        show_table(run, settings)
    with code:
        show_code()
    for tab in listing:
        tab.code(console_listing(run, LISTED_ITERATIONS), language=None)


def show_table(run: Run, settings: Settings) -> None:
    controls.typed("rows", settings, _("More iterations to show"), help=_("They get a frame in the player, too."))
    st.html(iteration_table(run, table_iterations(run.history.iterations, settings.rows)))


def show_code() -> None:
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
    show_pictures(run, settings)
    show_metrics(run)
show_details(run, settings)
