"""What an experiment is given, as lines of a program: data, learning rates, batches and nudges; and the loop over it.

Whatever has a name of its own goes through `repr`: no text of another's can become a line of the program.
"""

from textwrap import dedent

import numpy as np

from core.batches import Batches
from core.checks import Array
from core.data.dataset import Dataset
from core.experiment import Experiment
from core.optimisers import GradientDescent
from core.schedule import Schedule
from programs.layers import by_layers
from programs.lines import comment, indented, listed, mapping, numbers, row, stacked
from wording import _

TURN = "if iteration in learning_rates:\n    learning_rate = learning_rates[iteration]"
"""What changes the learning rate on the way."""


def heading(experiment: Experiment, library: str) -> str:
    """Return the comment with which a program begins."""
    text = _("Overshoot: the run on {data}, step by step, with {library}.")
    return comment(text.format(data=repr(_(experiment.data.name)), library=library))


def samples_of(data: Dataset, array: str) -> str:
    """Return the lines with all samples; `array` makes an array of a list."""
    names = ", ".join(repr(_(name)) for name in (*data.input_names, data.target_name))
    return stacked(
        comment(_("The data: {columns}").format(columns=names)),
        f"inputs = {_matrix(data.inputs, array)}",
        f"targets = {_targets(data, array)}",
        apart=0,
    )


def _targets(data: Dataset, array: str) -> str:
    """Return the targets, where they are degrees Fahrenheit by their formula."""
    with np.errstate(over="ignore"):
        fahrenheit = data.inputs[:, 0] * 9 / 5 + 32
    if data.n_features == 1 and fahrenheit.tobytes() == data.targets.tobytes():
        return "inputs[:, 0] * 9 / 5 + 32"
    return numbers(data.targets.tolist(), array)


def _matrix(inputs: Array, array: str) -> str:
    """Return a matrix, laid out in memory as this one is: by that its products may round differently."""
    if inputs.shape[1] == 1:
        return _column(inputs[:, 0], array) + ".reshape(-1, 1)"
    if not inputs.flags.c_contiguous:
        return listed(map(row, inputs.T.tolist()), array) + ".T"
    return listed(map(row, inputs.tolist()), array)


def _column(values: Array, array: str) -> str:
    """Return a column, shortly where the values go up by one."""
    first, end = float(values[0]), float(values[-1]) + 1.0
    if len(values) == end - first > 3 and np.arange(first, end).tobytes() == values.tobytes():
        return f"{array.partition('.')[0]}.arange({first!r}, {end!r})"
    return numbers(values.tolist(), array)


def conditions(experiment: Experiment, *, by_layer: bool = False) -> str:
    """Return the learning rates, how many iterations and batches there are, and the nudges, as one list or by layer."""
    return stacked(
        _learning_rates(experiment.schedule),
        f"iterations = {experiment.iterations}",
        _batch_size(experiment.batches),
        _nudges(experiment, by_layer),
        apart=0,
    )


def _learning_rates(schedule: Schedule) -> str:
    if len(schedule) == 1:
        return f"learning_rate = {schedule[0][1]!r}"
    from_when = comment(_("From which iteration on there is which learning rate"))
    return f"{from_when}\nlearning_rates = {mapping(schedule)}"


def _batch_size(batches: Batches | None) -> str:
    return f"batch_size, batch_seed = {batches.size}, {batches.seed}" if batches else ""


def _nudges(experiment: Experiment, by_layer: bool) -> str:
    if not experiment.nudges:
        return ""
    values = [(at, by_layers(experiment, p) if by_layer else list(p)) for at, p in experiment.nudges]
    why = comment(_("Where a hand put the parameters on the way"))
    return f"{why}\nnudges = {mapping(values)}"


def batches_of(batches: Batches | None) -> str:
    """Return the function that yields which samples each step sees."""
    if batches is None:
        return ""
    says = _("Yield which samples each step sees, shuffled anew for each epoch.")
    return dedent(f'''\
        def batches(n_samples):
            """{says}"""
            for epoch in count():
                order = np.random.default_rng((batch_seed, epoch)).permutation(n_samples)
                for first in range(0, n_samples, batch_size):
                    yield order[first : first + batch_size]''')


def in_batches(batches: Batches | None, lines: str) -> str:
    """Return what only a run in batches needs: lines, or a part of one."""
    return lines if batches else ""


def looped(experiment: Experiment, *step: str, kept: str) -> str:
    """Return the loop over a step's lines; after each of them it keeps the parameters as `kept` writes them."""
    begin = "state = begin(parameters)" if state_of(experiment) else ""
    body = (
        "" if len(experiment.schedule) == 1 else TURN,
        in_batches(experiment.batches, "batch = next(rows)"),
        *step,
        _nudge(begin) if experiment.nudges else "",
        f"path.append({kept})",
    )
    rows = in_batches(experiment.batches, "rows = batches(len(targets))")
    before = stacked("parameters = start", begin, "path = [parameters]", rows, apart=0)
    return f"{before}\nfor iteration in range(iterations):\n{indented(*body)}"


def _nudge(begin: str) -> str:
    return "if iteration + 1 in nudges:\n" + indented("parameters = np.array(nudges[iteration + 1])", begin)


def state_of(experiment: Experiment) -> str:
    """Return the state as one more argument, where the optimiser remembers anything."""
    return "" if isinstance(experiment.optimiser, GradientDescent) else ", state"


def ending() -> str:
    """Return the lines that say how the run began and how it ended."""
    names, exploded = _("iteration, loss, parameters"), _("It exploded.")
    return dedent(f"""\
        print({names!r})
        for iteration in sorted({{0, 1, 2, len(loss) // 2, len(loss) - 1}} & set(range(len(loss)))):
            print(iteration, loss[iteration], parameters[iteration])
        if len(loss) <= iterations:
            print({exploded!r})""")


def left_out(*more: str) -> str:
    """Return the lines that end a run just before it has exploded; `more` may say of what else it is the end."""
    return stacked(
        comment(_("What is no number any more is left out.")),
        "finite = np.isfinite(parameters).all(axis=1) & np.isfinite(loss)",
        *more,
        "if not finite.all():",
        "    end = max(np.argmin(finite), 1)",
        "    parameters, loss = parameters[:end], loss[:end]",
        apart=0,
    )
