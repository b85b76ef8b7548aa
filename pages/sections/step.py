"""One training step: its pictures, its parts as formulas, and the table of its samples."""

import streamlit as st

from charts.dependencies import dependencies_figure
from charts.residuals import residuals_figure
from core.lesson.step import Step
from pages.player.player import Picture, player
from pages.settings.table import Settings
from telling.diagram import diagram
from telling.formulas import parts
from telling.samples import sample_rows
from telling.tables import html_table, shortened_rows
from wording import _


def show_pictures(step: Step, settings: Settings) -> None:
    """Show what is computed from what, and the residuals; the line after the update only once it may be seen."""
    sample, after = settings.sample - 1, settings.substep in ("all", "5")
    dependencies = dependencies_figure(**diagram(step, sample, settings.substep))
    residuals = residuals_figure(step, sample, after=after, squares=settings.squares)
    pictures = [
        Picture(dependencies, _("The dependency diagram: which value is computed from which."), 1.2),
        Picture(residuals, _("The data, the prediction, and the residuals between them.")),
    ]
    player(pictures, key="one_step", height=300)


def show_parts(step: Step, sample: int, digits: int, active: str) -> None:
    """Show each active part: its title, what it says in words, and its lines of LaTeX."""
    for part in parts(step, sample, digits, active):
        st.header(part.title, anchor=False)
        st.markdown(part.words)
        for line in part.lines:
            st.markdown(f"$\\displaystyle {line}$")  # and not st.latex, whose formulas do not wrap on a phone


def show_samples(step: Step, digits: int) -> None:
    """Show what each sample adds, and the sums."""
    st.header(_("How the samples add up"), anchor=False)
    everything = st.toggle(_("All rows"), key="all_rows")
    shown = None if everything else shortened_rows(len(step.outputs))
    header, rows = sample_rows(step, digits, shown)
    st.html(html_table(_("All samples of this step, and their sums"), header, rows))
