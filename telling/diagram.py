"""The dependency diagram of one step, with its own values and slopes."""

from dataclasses import replace
from typing import TypedDict

from charts.dependencies import Edge, Node
from core.lesson.hidden import HiddenLayer, hidden_layer
from core.lesson.step import Step
from core.losses import CrossEntropy
from wording import _, number

DIGITS = 4
MIDDLE, RIGHT = 1.2, 2.2
"""Where output and loss of one neuron stand."""
HIDDEN, SECOND, LAST = 1.1, 2.2, 3.3
"""Where the hidden neurons, output and loss of a network stand."""
INPUTS_REACH, HIDDEN_REACH = 1.2, 2.2
"""How far up and down these stand."""
ROOM_FOR_NUMBERS = 8
"""Of more hidden neurons than these only the chosen one shows its number."""
LARGE, SMALL = 16.0, 12.0
"""The nodes of hidden neurons, where there is room, and where there is little."""


class Diagram(TypedDict):
    """What `charts.dependencies.dependencies_figure` draws."""

    nodes: list[Node]
    edges: list[Edge]
    active: list[int]
    backwards: bool


def diagram(step: Step, sample: int, substep: str) -> Diagram:
    """Return the diagram for a sample that the step sees, counted from 0; the edges of the active part are strong.

    `substep` is "1" to "5" or "all"; from "3" on it goes backwards.
    """
    hidden = hidden_layer(step)
    if hidden is None:
        nodes, edges, owing = _neuron(step, sample)
    else:
        nodes, edges, owing = _network(step, sample, hidden)
    active = _active(substep, len(edges) - 2, owing)
    return Diagram(nodes=nodes, edges=edges, active=active, backwards=substep in ("3", "4"))


def _active(substep: str, output: int, owing: list[int]) -> list[int]:
    """Return the edges of the active part: into the output, into the loss, back from it, back to the parameters.

    `output` is the edge from the output into the loss, and `owing` are those that end at a parameter, or pass one.
    """
    return {"1": [*range(output)], "2": [output, output + 1], "3": [output], "4": [output, *owing]}.get(substep, [])


def _slope(of: str, over: str, value: float, *, stacked: bool = False) -> str:
    return f"∂{of}/∂{over}{'<br>' if stacked else ' '}= {number(value, DIGITS)}"


def _ends(step: Step, sample: int, middle: float, right: float, below: float, *, apart: bool = False) -> list[Node]:
    """Return the nodes on the right: output, target and loss; their names `apart` from many edges on the left."""
    shown, target = (number(float(values[sample]), DIGITS) for values in (step.outputs, step.targets))
    if isinstance(step.experiment.loss, CrossEntropy):
        shown += f"<br>p = {number(float(step.predicted[sample]), DIGITS)}"
    return [
        Node(_("output"), shown, middle, 0.0, side="top right" if apart else "top center"),
        Node(_("target"), target, middle, -below, "data", side="top left" if apart else "top center"),
        Node(_("loss"), number(step.seen_loss, DIGITS), right, 0.0, "loss"),
    ]


def _into_loss(step: Step, sample: int, output: int, *, below: bool) -> list[Edge]:
    slope = _slope(_("loss"), _("output"), float(step.grad_output[sample]), stacked=below)
    return [Edge(output, output + 2, slope, below=below), Edge(output + 1, output + 2)]


def _neuron(step: Step, sample: int) -> tuple[list[Node], list[Edge], list[int]]:
    values, slopes = _left(step, sample)
    output = len(values)
    parameters = [k for k in range(output) if _is_parameter(k, output)]
    # Of several features only what the gradient needs: for more there is no room.
    shown = range(output) if step.experiment.data.n_features == 1 else parameters
    edges = [
        Edge(k, output, _slope(_("output"), name, slope) if k in shown else "")
        for k, ((name, _value), slope) in enumerate(zip(values, slopes, strict=True))
    ]
    nodes = [*_nodes(values), *_ends(step, sample, MIDDLE, RIGHT, 1.0)]
    return nodes, [*edges, *_into_loss(step, sample, output, below=False)], parameters


def _left(step: Step, sample: int) -> tuple[list[tuple[str, float]], list[float]]:
    """Return names and values of the nodes on the left, inputs and weights by turns, then the bias; and slopes.

    The slope is what the output owes to each: the weight to an input, the input to a weight, 1 to the bias.
    """
    data = step.experiment.data
    one = data.n_features == 1
    values: list[tuple[str, float]] = []
    slopes: list[float] = []
    pairs = zip(step.inputs[sample, : data.n_features].tolist(), step.parameters.tolist(), strict=False)
    for j, (x, weight) in enumerate(pairs, start=1):
        values += [(_("input") if one else f"x{j}", x), (_("weight") if one else f"w{j}", weight)]
        slopes += [weight, x]
    if data.has_bias:
        values.append((_("bias"), float(step.parameters[-1])))
        slopes.append(1.0)
    return values, slopes


def _nodes(values: list[tuple[str, float]]) -> list[Node]:
    gap = 2.0 / max(len(values) - 1, 1)
    return [
        Node(name, number(value, DIGITS), 0.0, 1.0 - k * gap, "now" if _is_parameter(k, len(values)) else "data")
        for k, (name, value) in enumerate(values)
    ]


def _is_parameter(k: int, n_values: int) -> bool:
    """Return whether a node on the left is a parameter: every other one, and the bias, which has no input."""
    return bool(k % 2 or (k == n_values - 1 and n_values % 2))


def _network(step: Step, sample: int, hidden: HiddenLayer) -> tuple[list[Node], list[Edge], list[int]]:
    chosen, n_inputs = hidden.strongest(sample), step.inputs.shape[1]
    one = n_inputs + hidden.n_hidden
    edges = [
        *(Edge(j, n_inputs + k, main=False) for j in range(n_inputs) for k in range(hidden.n_hidden)),
        *(Edge(k, one + 1, main=False) for k in range(n_inputs, one + 1)),
    ]
    for place, slope in _way(step, sample, hidden, chosen).items():
        edges[place] = replace(edges[place], slope=slope, main=True, below=True)
    ends = _ends(step, sample, SECOND, LAST, HIDDEN_REACH, apart=True)
    nodes = [*_inputs(step, sample), *_hidden(hidden, sample, chosen), *ends]
    return nodes, [*edges, *_into_loss(step, sample, one + 1, below=True)], [*range(len(edges))]


def _way(step: Step, sample: int, hidden: HiddenLayer, chosen: int) -> dict[int, str]:
    """Return the slopes on the way through the chosen neuron, by the place of their edge; one place has all inputs'."""
    name, features, n_hidden = f"h{chosen + 1}", step.inputs[sample, :-1], hidden.n_hidden
    owed = (hidden.slopes[sample, chosen] * features).tolist()
    into = [_slope(name, f"w{j}→{chosen + 1}", value, stacked=len(owed) == 1) for j, value in enumerate(owed, start=1)]
    first = {j * n_hidden + chosen: "" for j in range(len(features))}
    out = _slope(_("output"), name, float(hidden.second[chosen]), stacked=True)
    return {**first, chosen: "<br>".join(into), step.inputs.shape[1] * n_hidden + chosen: out}


def _inputs(step: Step, sample: int) -> list[Node]:
    features = step.inputs[sample, :-1].tolist()
    names = [_("input")] if len(features) == 1 else [f"x{j}" for j in range(1, len(features) + 1)]
    heights = _heights(len(features) + 1, INPUTS_REACH)
    inputs = zip(names, features, heights, strict=False)
    return [*(Node(name, number(x, DIGITS), 0.0, y, "data") for name, x, y in inputs), _one(0.0, heights[-1])]


def _hidden(hidden: HiddenLayer, sample: int, chosen: int) -> list[Node]:
    heights, roomy = _heights(hidden.n_hidden + 1, HIDDEN_REACH), hidden.n_hidden <= ROOM_FOR_NUMBERS
    value = number(float(hidden.values[sample, chosen]), DIGITS)
    others = [
        Node("", "", HIDDEN, y, size=LARGE if roomy else SMALL, inside=str(k) if roomy else "")
        for k, y in enumerate(heights, start=1)
    ]
    others[chosen] = replace(others[chosen], name=f"h{chosen + 1}", value=value, size=LARGE, inside=str(chosen + 1))
    return [*others[:-1], _one(HIDDEN, heights[-1])]


def _one(x: float, y: float) -> Node:
    """Return the 1 whose weights are the biases."""
    return Node("", "", x, y, "one", LARGE, "1")


def _heights(n_nodes: int, reach: float) -> list[float]:
    """Return how high the nodes of a column stand, from the top down."""
    return [reach - 2 * reach * k / (n_nodes - 1) for k in range(n_nodes)]
