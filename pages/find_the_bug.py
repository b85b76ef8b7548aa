"""Find the bug: six backward passes, and the gradient check that tells which of them is right."""

from collections.abc import Mapping

import numpy as np
import streamlit as st

from charts.differences import differences_figure
from charts.look import frame_iterations
from charts.loss_curve import loss_figure
from charts.picture import picture_figure
from core.gradient_check import (
    RULES,
    Rule,
    Verdict,
    central_differences,
    difference_errors,
    forward_differences,
    gradient_vector,
    relative_difference,
)
from core.neuron import forward
from core.training import History
from pages.frame.lesson import opening, tasks
from pages.frame.runs import Run, parameter_names, parameters, run_of
from pages.frame.session import chosen
from pages.frame.shell import open_app_around_page
from pages.player.player import Picture, player
from pages.settings.table import Settings, complete
from pages.shared.suspects import code_of, history_of, suspects, told, verdict_names
from pages.shared.tables import html_table
from pages.widgets import controls
from wording import _, number

AGREEMENT = 1e-6
STEPS = np.logspace(-15, 2, 120)


def show_code(hidden: Mapping[str, str]) -> None:
    with st.container(key="code"):
        columns = st.columns(2)
    for k, (letter, slug) in enumerate(hidden.items()):
        with columns[k % 2]:
            st.markdown(f"**{letter}**")
            st.code(code_of(slug), wrap_lines=True)


def show_training(run: Run, slug: str, letter: str) -> None:
    history = history_of(run, slug)
    iterations = frame_iterations(history.iterations)
    line = picture_figure(run.dataset, history, run.best, iterations)
    curve = loss_figure(history, run.best_loss, iterations, logarithmic=False, unit=run.dataset.target_unit)
    player(
        [
            Picture(line, _("What the backward pass {letter} makes of the prediction.").format(letter=letter)),
            Picture(curve, _("The loss while training with the backward pass {letter}.").format(letter=letter)),
        ],
        [caption(run, history, iteration) for iteration in iterations],
        key="suspect_training",
        height=280,
    )


def caption(run: Run, history: History, iteration: int) -> str:
    values = zip(parameter_names(run.dataset), parameters(run.dataset, history.neuron(iteration)), strict=True)
    return " · ".join(
        [f"{_('iteration')} {number(iteration)}", f"{_('loss')} {number(float(history.loss[iteration]))}"]
        + [f"{name} {number(value)}" for name, value in values]
    )


def show_check(run: Run, rule: Rule, step: float) -> None:
    dataset, start = run.dataset, run.start
    outputs = forward(start, dataset.inputs)
    analytic = gradient_vector(dataset, rule.backward(dataset.inputs, outputs, dataset.targets))
    one_sided = gradient_vector(dataset, forward_differences(dataset, start, step))
    two_sided = gradient_vector(dataset, central_differences(dataset, start, step))
    rows = [
        [name, *(number(float(v), 8) for v in values)]
        for name, *values in zip(parameter_names(dataset), analytic, one_sided, two_sided, strict=True)
    ]
    apart = [relative_difference(analytic, other) for other in (one_sided, two_sided)]
    rows.append([_("relative difference"), "", *(number(value, 3) for value in apart)])
    header = [_("parameter"), _("this backward pass"), _("forward differences"), _("central differences")]
    st.html(html_table(_("The gradient check at the start"), header, rows))


def show_v_curve(run: Run, step: float) -> None:
    forward_errors, central_errors = difference_errors(run.dataset, run.start, STEPS)
    alt = _("The relative error of forward and central differences over their step, for the right gradient.")
    player([Picture(differences_figure(STEPS, forward_errors, central_errors, step), alt)], key="v_curve", height=260)
    st.markdown(
        _(
            "Forward differences: too large a step truncates, for the parabola bends away; too small a step rounds, "
            "for two nearly equal losses are subtracted. So the error is a V. Central differences are exact for a "
            "parabola, whatever the step, because what bends away on one side is made up for on the other: only "
            "rounding is left."
        )
    )


def agrees(run: Run, rule: Rule) -> bool:
    dataset, start = run.dataset, run.start
    analytic = rule.backward(dataset.inputs, forward(start, dataset.inputs), dataset.targets)
    both = (gradient_vector(dataset, gradient) for gradient in (analytic, central_differences(dataset, start)))
    return relative_difference(*both) < AGREEMENT


def show_verdict(run: Run, letter: str, slug: str) -> None:
    given: dict[tuple[str, str], Verdict] = st.session_state.setdefault("verdicts", {})
    names = verdict_names()
    st.subheader(_("Your verdict on {letter}").format(letter=letter), anchor=False)
    with st.container(horizontal=True):
        for verdict, name in names.items():
            st.button(name, key=f"verdict_{verdict.value}", on_click=give_verdict, args=(letter, slug, verdict))
    if (letter, slug) in given:
        st.markdown(told(slug, given[(letter, slug)]))
        if RULES[slug].verdict is not Verdict.RIGHT and agrees(run, RULES[slug]):
            st.markdown(_("With these data it happens to agree. Choose another data set to see it fail."))


def give_verdict(letter: str, slug: str, verdict: Verdict) -> None:
    st.session_state.verdicts[(letter, slug)] = verdict


def show_score(hidden: Mapping[str, str]) -> None:
    given: dict[tuple[str, str], Verdict] = st.session_state.setdefault("verdicts", {})
    names = verdict_names()
    rows = [
        [letter, names[given[(letter, slug)]], names[RULES[slug].verdict]]
        for letter, slug in hidden.items()
        if (letter, slug) in given
    ]
    if rows:
        header = [_("suspect"), _("your verdict"), _("the truth")]
        st.html(html_table(_("Your verdicts"), header, rows, numbers=False))
    if len(rows) == len(hidden):
        show_story()


def show_story() -> None:
    st.header(_("The true story"), anchor=False)
    st.markdown(
        _(
            "The article derives the gradient of the weight with the input, and its published listing multiplies by "
            "the output. The picture convinced everyone for years: the line lands so near that nobody looked twice. "
            "What gives it away: after the article's iterations the weight is 1.873 and not 1.8, and from a start "
            "weight of −0.1 the same code explodes. A wrong factor, 2 or the number of samples, only rescales the "
            "learning rate; a wrong input is a wrong direction. A gradient check takes three lines, and would have "
            "found it on the first day."
        )
    )


def show_controls(settings: Settings, hidden: Mapping[str, str]) -> None:
    controls.side_by_side("suspect", settings, _("Suspect"), {letter: letter for letter in hidden})
    controls.typed("shuffle", settings, _("Seed of the names"), width=150, help=_("Another seed shuffles the names."))
    controls.check_step_control(settings)
    controls.dataset_control()
    controls.learning_rate_control(settings)
    controls.iterations_control(settings)
    controls.start_controls(settings)
    controls.reset_control()


open_app_around_page()
settings = complete(chosen())
run = run_of(chosen())
hidden = suspects(settings.shuffle)
slug = hidden[settings.suspect]
st.title(_("Six backward passes: one is right. Which?"), anchor=False)
opening(
    _(
        "Read the code of each suspect and watch it train: several look right. Then check its gradient against finite "
        "differences, which need no derivation at all, and give your verdict."
    )
)
show_code(hidden)
left, right = st.columns([1, 3], gap="medium")
with left, st.container(key="controls"):
    show_controls(settings, hidden)
with right, st.container(key="picture"):
    show_training(run, slug, settings.suspect)
    show_check(run, RULES[slug], settings.check_step)
    show_verdict(run, settings.suspect, slug)
    show_score(hidden)
    show_v_curve(run, settings.check_step)
tasks(
    [
        (_("Start at a weight of −0.1: which suspect explodes now that settled before?"), {"weights": "-0.1"}),
        (_("At a learning rate of 0.0009, who explodes although the right one settles?"), {"learning_rate": "0.0009"}),
        (_("Too small a step for the differences: which of their digits are still right?"), {"check_step": "1e-13"}),
        (_("The same six on the weighted sum: why do two of them become right?"), {"dataset": "weighted-sum"}),
    ],
    "find_the_bug",
)
