"""Runs as a table that spreadsheets open (CSV), with every digit of every number."""

import csv
import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from io import StringIO
from itertools import repeat

from core.data.dataset import Dataset
from core.losses import accuracy
from core.schedule import learning_rates
from core.training import OUTPUTS_AT_ONCE, History, losses
from telling.names import names_in
from wording import _

SEPARATORS = {".": ",", ",": ";"}
"""What parts the cells where numbers have a decimal point, and where they have a decimal comma."""
MOST_NUMBERS = 600_000
"""Longer tables leave iterations out: so many numbers are 10 MB, and 100,000 iterations of one neuron."""
BYTE_ORDER_MARK = "\ufeff"
"""By which spreadsheets know that the letters are UTF-8."""
BEGINS_A_FORMULA = tuple("=+-@")


def spreadsheet(runs: Sequence[tuple[str, History]], decimal: str, held_out: Dataset | None = None) -> str:
    """Return one CSV table of the runs, one below the other, each with its name where there are several.

    Columns: iteration, learning rate of the step that follows, every parameter, loss, of classes the share on the right
    side, and loss and share of a `held_out` part. `decimal` is the mark before the decimals, "." or ",".
    """
    text, step = StringIO(newline=""), steps_apart(history for _name, history in runs)
    table = csv.writer(text, delimiter=SEPARATORS[decimal])
    several, first = len(runs) > 1, runs[0][1]
    table.writerow(map(no_formula, [*([_("run")] if several else []), *_header(first, held_out)]))
    for name, history in runs:
        columns = [_written(column, decimal) for column in _columns(history, step, held_out)]
        table.writerows(zip(*([repeat(no_formula(name))] if several else []), *columns, strict=False))
    return BYTE_ORDER_MARK + text.getvalue()


def table_of(header: Sequence[str], rows: Iterable[Sequence[object]], decimal: str) -> str:
    """Return one CSV table; of a row each number has all its digits, and None is an empty cell."""
    text = StringIO(newline="")
    table = csv.writer(text, delimiter=SEPARATORS[decimal])
    table.writerow(map(no_formula, header))
    table.writerows([_cell(value, decimal) for value in row] for row in rows)
    return BYTE_ORDER_MARK + text.getvalue()


def _cell(value: object, decimal: str) -> str:
    if isinstance(value, float):
        return repr(value).replace(".", decimal)
    return "" if value is None else no_formula(str(value))


def _written(numbers: list[float], decimal: str) -> list[str]:
    """Return each number with all its digits."""
    return "\n".join(map(repr, numbers)).replace(".", decimal).split("\n")


def no_formula(name: str) -> str:
    """Return a name so that no spreadsheet takes it for a formula, and computes it."""
    return f"'{name}" if name.strip().startswith(BEGINS_A_FORMULA) else name


def steps_apart(runs: Iterable[History]) -> int:
    """Return how many iterations apart the rows of a table are.

    Where it is not each of them, an odd number: a run that jumps from side to side is seen to jump.
    """
    numbers = sum(len(history.loss) * (3 + history.parameters.shape[1]) for history in runs)
    return math.ceil(numbers / MOST_NUMBERS) // 2 * 2 + 1 if numbers > MOST_NUMBERS else 1


def _header(history: History, held_out: Dataset | None) -> list[str]:
    results = [_("loss"), _("share on the right side")] if history.experiment.data.has_classes else [_("loss")]
    of_held_out = [f"{_('held-out part')}: {result}" for result in results] if held_out else []
    return [_("iteration"), _("learning rate"), *names_in(history.experiment), *results, *of_held_out]


def _columns(history: History, step: int, held_out: Dataset | None) -> list[list[float]]:
    """Return the columns of numbers, with a row for every `step`-th iteration, and for the last one."""
    kept = sorted({*range(0, len(history.loss), step), history.iterations})
    rates = [*learning_rates(history.experiment.schedule, history.iterations), history.learning_rate]
    columns = [kept, [rates[i] for i in kept], *history.parameters[kept].T.tolist(), history.loss[kept].tolist()]
    columns += _shares(history, kept, history.experiment.data)
    if held_out:
        columns.append(losses(replace(history.experiment, data=held_out), history.parameters[kept]).tolist())
        columns += _shares(history, kept, held_out)
    return columns


def _shares(history: History, iterations: list[int], data: Dataset) -> list[list[float]]:
    """Return the share of samples on the right side at each iteration, as the only column; none without classes."""
    if not data.has_classes:
        return []
    size = 1 + OUTPUTS_AT_ONCE // data.n_samples
    blocks = (iterations[first : first + size] for first in range(0, len(iterations), size))
    said = (history.experiment.loss.predicted(history.outputs(block, data.inputs)) for block in blocks)
    return [[share for outputs in said for share in accuracy(outputs, data.targets).tolist()]]
