"""What an experiment is given, as lines of a program: data, start, learning rates, batches and nudges.

Whatever has a name of its own goes through `repr`: no text of another's can become a line of the program.
"""

from textwrap import dedent
from typing import Any

import numpy as np

from core.batches import Batches
from core.checks import Array
from core.data.dataset import Dataset
from core.experiment import Experiment
from core.network import Network
from core.schedule import Schedule
from programs.lines import comment, listed, mapping, numbers, row, stacked
from wording import _


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


def learning_rates_of(schedule: Schedule) -> str:
    """Return the learning rate, or from which iteration on there is which."""
    if len(schedule) == 1:
        return f"learning_rate = {schedule[0][1]!r}"
    from_when = comment(_("From which iteration on there is which learning rate"))
    return f"{from_when}\nlearning_rates = {mapping(schedule)}"


def turns(experiment: Experiment) -> str:
    """Return the lines of the loop that change the learning rate."""
    if len(experiment.schedule) == 1:
        return ""
    return "if iteration in learning_rates:\n    learning_rate = learning_rates[iteration]"


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


def batch_size_of(batches: Batches | None) -> str:
    """Return how large the batches are, and what they are drawn with."""
    return f"batch_size, batch_seed = {batches.size}, {batches.seed}" if batches else ""


def in_batches(batches: Batches | None, line: str) -> str:
    """Return a line that only a run in batches needs."""
    return line if batches else ""


def nudges_of(experiment: Experiment, *, by_layer: bool = False) -> str:
    """Return the parameters that a hand has put elsewhere, as one list or by layer."""
    if not experiment.nudges:
        return ""
    values = [(at, by_layers(experiment, p) if by_layer else list(p)) for at, p in experiment.nudges]
    why = comment(_("Where a hand put the parameters on the way"))
    return f"{why}\nnudges = {mapping(values)}"


def by_layers(experiment: Experiment, parameters: tuple[float, ...]) -> list[Any]:
    """Return parameters as lists: weights and bias, of a network those of the first layer and then of the second."""
    model, n_features = experiment.model, experiment.data.n_features
    if not isinstance(model, Network):
        return [list(parameters[:n_features]), *parameters[n_features:]]
    first, second, bias = model.layers(np.array(parameters), n_features + 1)
    return [first[:-1].tolist(), first[-1].tolist(), second.tolist(), float(bias[0])]


def layer(part: list[Any] | float, array: str) -> str:
    """Return one of these parts as an array."""
    if not isinstance(part, list):
        return f"{array}({part!r})"
    return listed(map(row, part), array) if isinstance(part[0], list) else numbers(part, array)


def layer_names(experiment: Experiment) -> list[str]:
    """Return what the programs call these parts."""
    if isinstance(experiment.model, Network):
        return ["first_weights", "first_bias", "second_weights", "second_bias"]
    return ["weights", "bias"] if experiment.model.has_bias else ["weights"]


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
