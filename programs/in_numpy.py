"""The run as a program of NumPy alone: the very functions that ran, so that it has the same numbers to the last bit."""

from textwrap import dedent

from core.experiment import Experiment
from core.losses import CrossEntropy
from core.training import OUTPUTS_AT_ONCE
from programs.given import batches_of, conditions, ending, heading, in_batches, left_out, looped, samples_of, state_of
from programs.lines import comment, indented, numbers, remark, stacked
from programs.own_functions import loss_functions, model_functions, optimiser_functions
from wording import _


def numpy_program(experiment: Experiment) -> str:
    """Return the program; it leaves the arrays `parameters` and `loss` behind."""
    functions = (
        loss_functions(experiment.loss),
        model_functions(experiment),
        optimiser_functions(experiment),
        batches_of(experiment.batches),
    )
    run = stacked(_given(experiment), _loop(experiment), _losses(), ending(), _picture(experiment))
    return heading(experiment, "NumPy") + "\n" + stacked(_imports(experiment), *functions, run, apart=2) + "\n"


def _imports(experiment: Experiment) -> str:
    return stacked(
        in_batches(experiment.batches, "from itertools import count\n"),
        "import numpy as np",
        remark('np.seterr(over="ignore", invalid="ignore")', _("a run that explodes is a result, too")),
    )


def _given(experiment: Experiment) -> str:
    bias = "inputs = np.column_stack([inputs, np.ones(len(inputs))])"
    return stacked(
        samples_of(experiment.data, "np.array"),
        remark(bias, _("the 1 is the input of the bias")) if experiment.model.has_bias else "",
        f"start = {numbers(experiment.start, 'np.array')}",
        conditions(experiment),
        apart=0,
    )


def _loop(experiment: Experiment) -> str:
    state, chosen = state_of(experiment), in_batches(experiment.batches, "[batch]")
    return looped(
        experiment,
        f"outputs = forward(parameters, inputs{chosen})",
        remark("if not np.isfinite(outputs[0]):", _("it exploded")) + "\n    break",
        f"gradient = backward(parameters, inputs{chosen}, outputs, targets{chosen})",
        f"parameters{state} = update(parameters, gradient, learning_rate{state})",
        kept="parameters",
    )


def _losses() -> str:
    """Return the lines that find all losses, in blocks as large as where the run was computed."""
    blocks = comment(_("The losses, of so many iterations at once: a product of another size may round differently."))
    return (
        blocks
        + dedent(f"""
        block = 1 + {OUTPUTS_AT_ONCE:_} // len(targets)
        padded = np.zeros((-(-len(path) // block), block, len(start)))
        padded.reshape(-1, len(start))[: len(path)] = path
        loss = np.concatenate([loss_value(forward(some, inputs), targets) for some in padded])[: len(path)]

        parameters = np.array(path)
        """)
        + left_out("finite[-1] &= len(loss) > iterations")
    )


def _picture(experiment: Experiment) -> str:
    """Return the lines that draw the run, where Plotly is installed."""
    figure = _line_and_loss(experiment) if experiment.data.n_features == 1 else _loss_alone()
    how = _("For a picture: pip install plotly")
    return stacked(
        "try:\n    from plotly.subplots import make_subplots",
        f"except ImportError:\n    print({how!r})",
        f"else:\n{indented(*figure, 'figure.show()')}",
        apart=0,
    )


def _loss_alone() -> tuple[str, ...]:
    title = _("loss")
    return (
        f"figure = make_subplots(subplot_titles=[{title!r}])",
        "figure.add_scatter(y=loss, showlegend=False)",
        'figure.update_yaxes(type="log")',
    )


def _line_and_loss(experiment: Experiment) -> tuple[str, ...]:
    titles, x, y = [_("prediction"), _("loss")], _(experiment.data.input_names[0]), _(experiment.data.target_name)
    predicted = "forward({0}, inputs[order])"
    if isinstance(experiment.loss, CrossEntropy):
        predicted = f"sigmoid({predicted})"
    line = f"figure.add_scatter(x=inputs[order, 0], y={predicted}, name={{1!r}}, row=1, col=1)"
    return (
        f"figure = make_subplots(cols=2, subplot_titles={titles!r})",
        "order = inputs[:, 0].argsort()",
        f'figure.add_scatter(x=inputs[:, 0], y=targets, mode="markers", name={y!r}, row=1, col=1)',
        line.format("parameters[0]", _("before training")),
        line.format("parameters[-1]", _("after training")),
        f"figure.update_xaxes(title={x!r}, row=1, col=1)",
        "figure.add_scatter(y=loss, showlegend=False, row=1, col=2)",
        'figure.update_yaxes(type="log", row=1, col=2)',
    )
