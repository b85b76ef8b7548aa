"""The dependency diagram of one step, with its own values and slopes."""

from typing import TypedDict

from charts.dependencies import Edge, Node
from core.lesson.step import Step
from wording import _, number

DIGITS = 4


class Diagram(TypedDict):
    """What `charts.dependencies.dependencies_figure` draws."""

    nodes: list[Node]
    edges: list[Edge]
    active: list[int]
    backwards: bool


def diagram(step: Step, sample: int, substep: str) -> Diagram:
    """Return the diagram for a sample, counted from 0; the edges of the active part are strong.

    `substep` is "1" to "5" or "all"; from "3" on it goes backwards.
    """
    values, slopes = _left(step, sample)
    output = len(values)
    # Of several features only what the gradient needs: for more there is no room.
    shown = range(output) if step.history.experiment.data.n_features == 1 else _parameters(output)
    nodes = [
        *_nodes(values),
        Node(_("output"), number(float(step.outputs[sample]), DIGITS), 1.2, 0.0),
        Node(_("target"), number(float(step.targets[sample]), DIGITS), 1.2, -1.0, "data"),
        Node(_("loss"), number(step.loss, DIGITS), 2.2, 0.0, "loss"),
    ]
    edges = [
        *(
            Edge(k, output, _slope(_("output"), name, slope) if k in shown else "")
            for k, ((name, _value), slope) in enumerate(zip(values, slopes, strict=True))
        ),
        Edge(output, output + 2, _slope(_("loss"), _("output"), float(step.grad_output[sample]))),
        Edge(output + 1, output + 2),
    ]
    return Diagram(nodes=nodes, edges=edges, active=_active(substep, output), backwards=substep in ("3", "4"))


def _slope(of: str, over: str, value: float) -> str:
    return f"∂{of}/∂{over} = {number(value, DIGITS)}"


def _left(step: Step, sample: int) -> tuple[list[tuple[str, float]], list[float]]:
    """Return names and values of the nodes on the left, inputs and weights by turns, then the bias; and slopes.

    The slope is what the output owes to each: the weight to an input, the input to a weight, 1 to the bias.
    """
    data = step.history.experiment.data
    one = data.n_features == 1
    values: list[tuple[str, float]] = []
    slopes: list[float] = []
    pairs = zip(data.inputs[sample].tolist(), step.parameters.tolist(), strict=False)
    for j, (x, weight) in enumerate(pairs, start=1):
        values += [(_("input") if one else f"x{j}", x), (_("weight") if one else f"w{j}", weight)]
        slopes += [weight, x]
    if data.has_bias:
        values.append((_("bias"), float(step.parameters[-1])))
        slopes.append(1.0)
    return values, slopes


def _nodes(values: list[tuple[str, float]]) -> list[Node]:
    gap, parameters = 2.0 / max(len(values) - 1, 1), _parameters(len(values))
    return [
        Node(name, number(value, DIGITS), 0.0, 1.0 - k * gap, "now" if k in parameters else "data")
        for k, (name, value) in enumerate(values)
    ]


def _parameters(n_values: int) -> list[int]:
    """Return which of the nodes on the left are parameters: every other one, and the bias, which has no input."""
    return [k for k in range(n_values) if k % 2 or (k == n_values - 1 and n_values % 2)]


def _active(substep: str, output: int) -> list[int]:
    """Return the edges of the active part: into the output, into the loss, back from it, back to the parameters."""
    parameters = _parameters(output)
    return {"1": [*range(output)], "2": [output, output + 1], "3": [output], "4": [output, *parameters]}.get(
        substep, []
    )
