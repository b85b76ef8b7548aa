"""Tables of a run, as plain HTML: light, translated, and read aloud cell by cell."""

from collections.abc import Iterable, Sequence
from html import escape

import numpy as np

from core.lesson.differences import gradient_at
from core.training import History
from telling.names import names_in
from wording import _, number

FIRST_ROWS, LAST_ROWS = 4, 3


def html_table(
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    numbers: bool = True,
    cards: bool = False,
    tall: bool = False,
) -> str:
    """Return a table in a frame that scrolls where it is too wide, also from the keyboard.

    Cells with `numbers` stand under each other, aligned to the right. On a phone each row of `cards` becomes one. A
    `tall` table scrolls up and down as well.
    """
    chosen = {"numbers": numbers, "cards": cards, "tall": tall}
    kinds = "".join(f" {kind}" for kind, is_chosen in chosen.items() if is_chosen)
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in header)
    body = "".join(f"<tr>{_cells(row, header if cards else ())}</tr>" for row in rows)
    return (
        f'<div class="table{kinds}" role="region" tabindex="0" aria-label="{escape(title)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cells(row: Sequence[str], names: Sequence[str]) -> str:
    """Return the cells of a row; on a card each says what it is called."""
    told = [f' data-name="{escape(name)}"' for name in names] or [""] * len(row)
    return "".join(f"<td{name}>{escape(cell)}</td>" for name, cell in zip(told, row, strict=True))


def shortened_rows(n_rows: int, ends: int = 3) -> list[int]:
    """Return which rows of a table are shown, counted from 0: the first and the last ones, all where there are few."""
    if n_rows <= 2 * ends + 1:
        return list(range(n_rows))
    return [*range(ends), *range(n_rows - ends, n_rows)]


def table_iterations(last: int, chosen: Sequence[int]) -> list[int]:
    """Return the iterations in the table: the first, the last and the chosen ones that the run has."""
    ends = {*range(min(FIRST_ROWS, last + 1)), *range(max(0, last - LAST_ROWS + 1), last + 1)}
    return sorted(ends | {i for i in chosen if i <= last})


def iteration_table(history: History, iterations: Sequence[int], digits: int = 8) -> str:
    """Return the table of a run: iteration, parameters, output or loss, and the gradient that the next step follows."""
    data = history.experiment.data
    names = names_in(history.experiment)
    result = _("output") if data.n_samples == 1 else _("loss")
    header = [_("iteration"), *names, result, *(f"∂ {_('loss')} / ∂ {name}" for name in names)]
    rows = ([number(value, digits) for value in _row(history, iteration)] for iteration in iterations)
    return html_table(_("Iterations of this run"), header, rows)


def _row(history: History, iteration: int) -> list[float]:
    experiment, parameters = history.experiment, history.parameters[iteration]
    with np.errstate(over="ignore", invalid="ignore"):
        gradient = gradient_at(experiment, parameters)
    result = history.outputs(iteration)[0] if experiment.data.n_samples == 1 else history.loss[iteration]
    return [iteration, *parameters.tolist(), float(result), *gradient.tolist()]


def console_listing(history: History, iterations: int) -> str:
    """Return what the weighted-sum article's program prints: weights after each update, and the output before it."""
    lines = [f"Weights:  {history.weights[0]}"]
    for i in range(min(iterations, history.iterations)):
        output = float(history.outputs(i)[0])
        lines += [f"iteration:  {i}", f"Modified Weights:  {history.weights[i + 1]}", f"Output:  {output}"]
    return "\n".join(lines)
