"""One training step: its pictures, its parts as formulas, and the table of its samples."""

import streamlit as st

from charts.dependencies import dependencies_figure
from charts.residuals import is_plane, residuals_figure
from core.lesson.step import Step
from core.network import Network
from core.training import History
from pages.player.player import Picture, player
from pages.settings.table import Settings
from pages.take_home.take_home import take_home_button
from pages.take_home.texts import file_name, of_the_run
from telling.diagram import diagram
from telling.formulas.parts import parts
from telling.samples import sample_rows
from telling.sentence import special_case
from telling.tables import html_table, shortened_rows
from wording import _, number

HEIGHT, OF_NETWORK = 300, 400
RESULT = "5"
"""The part of a step that says what it leads to."""


def step_title(history: History, step: Step, iteration: int, *, is_told: bool) -> str:
    """Return the sentence on top: what the step does to the loss, or while that waits the question."""
    if not is_told:
        return _("Iteration {now}: what will this step change, and which way?").format(now=number(iteration))
    text = _("From iteration {now} to {after}: the loss goes from {before} to {then}.")
    places = {"now": number(iteration), "after": number(iteration + 1)}
    return special_case(history) or text.format(**places, before=number(step.loss), then=number(step.next_loss))


def show_pictures(step: Step, sample: int, settings: Settings, *, is_told: bool = True) -> None:
    """Show what is computed from what, and the residuals; the line after the update only once it may be seen."""
    after, has_layers = is_told and settings.substep in ("all", "5"), isinstance(step.experiment.model, Network)
    dependencies = dependencies_figure(**diagram(step, sample, settings.substep))
    residuals = residuals_figure(step, sample, after=after, squares=settings.squares)
    text = _("The data, the prediction, and the residuals between them.")
    if is_plane(step):
        text = _("The plane, coloured by the prediction, with the data; this sample has a ring.")
    share = 1.4 if has_layers else 1.2
    pictures = [
        Picture(dependencies, _("The dependency diagram: which value is computed from which."), share),
        Picture(residuals, text),
    ]
    player(pictures, key="one_step", height=OF_NETWORK if has_layers else HEIGHT)
    take_home_button("one_step", file_name(settings), of_the_run(file_name(settings)))


def show_batch(step: Step, sample: int, chosen: int) -> None:
    """Say how many samples the step sees, and where the `chosen` one is not among them, which one is shown."""
    texts, shown = [], int(step.rows[sample])
    if not step.sees_all:
        text = _("This step sees a batch of {size} of the {all} samples.")
        texts.append(text.format(size=number(len(step.rows)), all=number(step.experiment.data.n_samples)))
    if shown != chosen:
        text = _("Sample {chosen} is not among those that it sees; sample {shown} is shown, the first of them.")
        texts.append(text.format(chosen=number(chosen + 1), shown=number(shown + 1)))
    if texts:
        st.markdown(" ".join(texts))


def show_parts(step: Step, sample: int, digits: int, active: str, *, is_told: bool = True) -> None:
    """Show each active part: its title, and passages of words, lines of LaTeX and a table; the result only if told."""
    shown = parts(step, sample, digits, active)
    for part in shown if is_told or active not in ("all", RESULT) else shown[:-1]:
        st.header(part.title, anchor=False)
        for passage in part.passages:
            st.markdown(passage.words)
            for line in passage.lines:
                st.markdown(f"$\\displaystyle {line}$")  # and not st.latex, whose formulas do not wrap on a phone
            if passage.table:
                st.html(passage.table)


def show_samples(step: Step, digits: int) -> None:
    """Show what each sample adds, and the sums."""
    st.header(_("How the samples add up"), anchor=False)
    everything = st.toggle(_("All rows"), key="all_rows")
    shown = None if everything else shortened_rows(len(step.outputs))
    header, rows = sample_rows(step, digits, shown)
    st.html(html_table(_("All samples of this step, and their sums"), header, rows))
