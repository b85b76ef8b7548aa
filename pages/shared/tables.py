"""Tables of a run, as plain HTML: light, translated, and read aloud cell by cell."""

from collections.abc import Iterable, Sequence
from html import escape

import numpy as np

from core.neuron import backward, forward
from pages.frame.runs import Run, parameter_names, parameters
from wording import _, number

FIRST_ROWS, LAST_ROWS = 4, 3


def html_table(title: str, header: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: bool = True) -> str:
    """Return a table in a frame that scrolls where it is too wide, also from the keyboard.

    Cells with `numbers` stand under each other, aligned to the right.
    """
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in header)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return (
        f'<div class="table{" numbers" if numbers else ""}" role="region" tabindex="0" aria-label="{escape(title)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def shortened_rows(rows: Sequence[Sequence[str]], ends: int = 3) -> list[Sequence[str]]:
    """Return the first and the last rows, with a row of dots between them, where there are many."""
    if len(rows) <= 2 * ends + 2:
        return list(rows)
    return [*rows[:ends], ["…"] * len(rows[0]), *rows[-ends - 1 :]]


def table_iterations(last: int, chosen: Sequence[int]) -> list[int]:
    """Return the iterations in the table: the first, the last and the chosen ones that the run has."""
    ends = {*range(min(FIRST_ROWS, last + 1)), *range(max(0, last - LAST_ROWS + 1), last + 1)}
    return sorted(ends | {i for i in chosen if i <= last})


def iteration_table(run: Run, iterations: Sequence[int], digits: int = 8) -> str:
    """Return the table of a run: iteration, parameters, output or loss, and gradient."""
    names = parameter_names(run.dataset)
    result = _("output") if run.dataset.n_samples == 1 else _("loss")
    header = [_("iteration"), *names, result, *(f"∂ {_('loss')} / ∂ {name}" for name in names)]
    return html_table(
        _("Iterations of this run"), header, ([number(v, digits) for v in _row(run, i)] for i in iterations)
    )


def _row(run: Run, iteration: int) -> list[float]:
    neuron, dataset = run.history.neuron(iteration), run.dataset
    with np.errstate(over="ignore", invalid="ignore"):
        outputs = forward(neuron, dataset.inputs)
        gradient = backward(dataset.inputs, outputs, dataset.targets)
    result = float(outputs[0]) if dataset.n_samples == 1 else float(run.history.loss[iteration])
    slopes = [*gradient.weights.tolist(), gradient.bias][: len(parameter_names(dataset))]
    return [iteration, *parameters(dataset, neuron), result, *slopes]


def console_listing(run: Run, iterations: int) -> str:
    """Return what the weighted-sum article's program prints: weights after each update, and the output before it."""
    history = run.history
    lines = [f"Weights:  {history.weights[0]}"]
    for i in range(min(iterations, history.iterations)):
        lines += [f"iteration:  {i}", f"Modified Weights:  {history.weights[i + 1]}", f"Output:  {run.output(i)}"]
    return "\n".join(lines)
