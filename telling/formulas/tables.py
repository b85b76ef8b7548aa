"""The tables that stand among the formulas: the hidden neurons for one sample, and all parameters of the step."""

from core.lesson.hidden import HiddenLayer
from telling.formulas.written import Written
from telling.names import names_in
from telling.tables import html_table
from wording import _, number


def hidden_table(written: Written, hidden: HiddenLayer) -> str:
    """Return the table of each hidden neuron's sum, value, weight into the output and product, and of their sum."""
    i, step = written.sample, written.step
    columns = (hidden.sums[i], hidden.values[i], hidden.second, hidden.products[i])
    neurons = zip(*(_written(written, column.tolist()) for column in columns), strict=True)
    ends = _written(written, [float(step.parameters[-1]), float(step.outputs[i])])
    return html_table(
        _("The hidden neurons for this sample"),
        [_("neuron"), _("sum z"), _("value h"), _("weight v"), "v · h"],
        [
            *([number(k), *row] for k, row in enumerate(neurons, start=1)),
            *([name, "", "", "", end] for name, end in zip((_("bias c"), _("output")), ends, strict=True)),
        ],
    )


def parameter_table(written: Written, *, with_update: bool) -> str:
    """Return the table of all parameters and their gradients; `with_update`, also how they change and to what."""
    step = written.step
    columns = [step.parameters, step.gradient, *([step.after - step.parameters, step.after] if with_update else [])]
    header = [_("parameter"), _("value"), _("gradient"), *([_("change"), _("new value")] if with_update else [])]
    rows = zip(names_in(step.experiment), *(_written(written, column.tolist()) for column in columns), strict=True)
    return html_table(_("All parameters of this step"), header, [[*row] for row in rows], tall=True)


def _written(written: Written, values: list[float]) -> list[str]:
    return [number(value, written.digits) for value in values]
