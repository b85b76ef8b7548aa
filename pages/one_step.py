"""One step: every number inside one training step, forwards and backwards."""

from typing import Any

import streamlit as st

from core.lesson.step import step_after
from pages.frame.frame import DATA_CONTROLS, START_CONTROLS, controls_beside, opening, tasks
from pages.frame.runs import history_of
from pages.frame.session import choose, is_locked, is_waiting, settings
from pages.frame.shell import open_app_around_page
from pages.sections.graph import show_graph
from pages.sections.guess import show_guess
from pages.sections.step import show_batch, show_parts, show_pictures, show_samples, step_title
from pages.settings.data import experiment_of
from pages.widgets.buttons import answer_button, reset_button
from pages.widgets.show import show
from telling.live import elsewhere
from wording import _, number

FULL_DIGITS = 17


def step_bar() -> None:
    with st.container(key="step_bar", horizontal=True, vertical_alignment="bottom", gap="small"):
        move: dict[str, Any] = {"on_click": go_to, "disabled": is_locked("iteration")}
        st.button(_("Step back"), args=(iteration - 1,), shortcut="Left", key="step_back", **move)
        st.button(_("Step forth"), args=(iteration + 1,), shortcut="Right", key="step_forth", **move)
        show("substep")


def go_to(iteration: int) -> None:
    choose(iteration=min(max(0, iteration), last))


def iteration_field() -> None:
    show("iteration", title=_("Iteration, up to {last}").format(last=number(last)), value=iteration)


open_app_around_page()
now = settings()
history = history_of(experiment_of(now))
last = max(history.iterations - 1, 0)
iteration = min(now.iteration, last)
step = step_after(history, iteration)
sample = step.place_of(now.sample - 1) or 0
digits = FULL_DIGITS if now.digits else 6
st.title(step_title(history, step, iteration, is_told=not is_waiting()), anchor=False)
opening(
    _(
        "Training repeats one step: forward, loss, backward, update. Here is one of them with every number. Go "
        "through its five parts one at a time or all at once, step on with the arrow keys, and before part 5 predict "
        "its result."
    )
)
step_bar()
with controls_beside(
    "dataset",
    (iteration_field, "sample"),
    "learning_rate",
    DATA_CONTROLS,
    START_CONTROLS,
    "squares",
    "digits",
    reset_button,
) as below:
    show_pictures(step, sample, now, is_told=not is_waiting())
with below:
    show_batch(step, sample, now.sample - 1)
    if nudged_to := dict(now.nudges).get(iteration + 1):
        st.markdown(elsewhere(history, nudged_to))
    show_parts(step, sample, digits, now.substep, is_told=not is_waiting())
    answer_button()
    if now.substep in "1234" or is_waiting():
        show_guess(step)
show_samples(step, digits)
show_graph(step, sample)
ARTICLE = _("The article's sample, 42 degrees to 107.6: what are output, loss and gradient for it at the start?")
tasks(
    [
        (ARTICLE, {"substep": "3", "sample": "93"}),
        (_("After 100 iterations the steep direction is done. Whose gradient is still large?"), {"iteration": "100"}),
        (
            _("Overshooting: watch the sign of the weight's gradient change from step to step."),
            {"learning_rate": "0.0011", "substep": "4"},
        ),
        (
            _("Four weights and one sample: all four gradients are equal. Why?"),
            {"dataset": "weighted-sum", "substep": "4"},
        ),
        (_("A network: follow the slope back through two layers."), {"dataset": "sine", "substep": "4"}),
        (_("Adam's first step: why do all parameters change alike?"), {"dataset": "xor", "substep": "5"}),
    ],
    "one_step",
)
