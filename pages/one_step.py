"""One step: every number inside one training step, forwards and backwards."""

import math
from dataclasses import replace

import streamlit as st

from charts.residuals import residuals_figure
from pages.frame.lesson import opening, tasks
from pages.frame.runs import run_of
from pages.frame.session import choose, chosen
from pages.frame.shell import open_app_around_page
from pages.player.player import Picture, player
from pages.settings.table import Settings, complete
from pages.shared.diagram import diagram_figure
from pages.shared.formulas import Part, Step, parts, sample_rows, step_of
from pages.shared.sentence import special_case
from pages.shared.tables import html_table, shortened_rows
from pages.widgets import controls
from pages.widgets.guess import show_guess
from wording import _, number

FULL_DIGITS = 17


def show_controls(settings: Settings, last: int, n_samples: int) -> None:
    controls.dataset_control()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.button(_("Step back"), on_click=go_to, args=(settings.iteration - 1, last), shortcut="Left", key="step_back")
        st.button(
            _("Step forth"), on_click=go_to, args=(settings.iteration + 1, last), shortcut="Right", key="step_forth"
        )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        controls.typed("iteration", settings, _("Iteration, up to {last}").format(last=number(last)), width=150)
        if n_samples > 1:
            controls.typed("sample", settings, _("Sample, up to {last}").format(last=number(n_samples)), width=150)
    names = {"all": _("all"), **{k: k for k in "12345"}}
    controls.side_by_side("substep", settings, _("Part of the step"), names)
    controls.learning_rate_control(settings)
    controls.data_controls(settings)
    controls.start_controls(settings)
    st.toggle(_("Residuals as squares"), **controls.bound("squares", settings.squares))
    st.toggle(_("Every digit"), help=_("Otherwise six digits are shown."), **controls.bound("digits", settings.digits))
    controls.reset_control()


def go_to(iteration: int, last: int) -> None:
    choose(iteration=min(max(0, iteration), last))


def title(step: Step, iteration: int) -> str:
    text = _("From iteration {now} to {after}: the loss goes from {before} to {then}.")
    history = step.run.history
    then = float(history.loss[iteration + 1]) if iteration < history.iterations else math.inf
    return text.format(now=number(iteration), after=number(iteration + 1), before=number(step.loss), then=number(then))


def show_parts(step: Step, active: str) -> None:
    for k, part in enumerate(parts(step), start=1):
        if active in ("all", str(k)):
            show_part(part)


def show_part(part: Part) -> None:
    st.subheader(part.title, anchor=False)
    st.markdown(part.words)
    for line in part.lines:
        st.markdown(f"$\\displaystyle {line}$")  # and not st.latex, whose formulas do not wrap on a phone


def show_samples(step: Step) -> None:
    st.subheader(_("How the samples add up"), anchor=False)
    full = st.toggle(_("All rows"), key="all_rows")
    header, rows = sample_rows(step, step.digits)
    st.html(html_table(_("All samples of this step, and their sums"), header, rows if full else shortened_rows(rows)))


open_app_around_page()
settings = complete(chosen())
run = run_of(chosen())
last = max(run.history.iterations - 1, 0)
iteration = min(settings.iteration, last)
step = step_of(run, iteration, (settings.sample or 1) - 1, FULL_DIGITS if settings.digits else 6)
st.title(special_case(run) or title(step, iteration), anchor=False)
opening(
    _(
        "Training repeats one step: forward, loss, backward, update. Here is one of them with every number. Go "
        "through its five parts one at a time or all at once, step on with the arrow keys, and before part 5 predict "
        "its result."
    )
)
left, right = st.columns([1, 3], gap="medium")
with left, st.container(key="controls"):
    show_controls(replace(settings, iteration=iteration), last, run.dataset.n_samples)
with right, st.container(key="picture"):
    after = step.after if settings.substep in ("all", "5") else None
    residuals = residuals_figure(run.dataset, step.neuron, after, step.sample, squares=settings.squares)
    player(
        [
            Picture(
                diagram_figure(step, settings.substep), _("The dependency diagram: which value is computed from which.")
            ),
            Picture(residuals, _("The data, the prediction, and the residuals between them.")),
        ],
        key="one_step",
        height=300,
    )
    show_parts(step, settings.substep)
    if settings.substep in "1234":
        show_guess(step)
show_samples(step)
tasks(
    [
        (
            _("The article's sample, 42 degrees to 107.6: what are output, loss and gradient for it at the start?"),
            {"substep": "3", "sample": "93"},
        ),
        (
            _("After 100 iterations the steep direction is done. Whose gradient is still large?"),
            {"iteration": "100"},
        ),
        (
            _("Overshooting: watch the sign of the weight's gradient change from step to step."),
            {"learning_rate": "0.0011", "substep": "4"},
        ),
        (
            _("Four weights and one sample: all four gradients are equal. Why?"),
            {"dataset": "weighted-sum", "substep": "4"},
        ),
    ],
    "one_step",
)
