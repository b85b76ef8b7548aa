"""The dependency diagram of one step, with its own values and slopes."""

from charts.dependencies import Edge, Node, dependencies_figure
from charts.look import Figure
from pages.shared.formulas import Step
from wording import _, number

DIGITS = 4


def diagram_figure(step: Step, substep: str) -> Figure:
    """Draw the diagram for the chosen sample; the active part's edges are strong, backwards from part 3 on."""
    nodes, edges = _parameters(step), []
    output = len(nodes)
    i = step.sample
    nodes += [
        Node(_("output"), number(float(step.outputs[i]), DIGITS), 1.2, 0.0),
        Node(_("target"), number(float(step.run.dataset.targets[i]), DIGITS), 1.2, -1.0),
        Node(_("loss"), number(step.loss, DIGITS), 2.2, 0.0),
    ]
    edges += [Edge(k, output, slope) for k, slope in enumerate(_slopes(step))]
    edges += [Edge(output, output + 2, number(float(step.grad_output[i]), DIGITS)), Edge(output + 1, output + 2)]
    return dependencies_figure(nodes, edges, _active(substep, output, len(edges)), backwards=substep in ("3", "4"))


def _parameters(step: Step) -> list[Node]:
    """Return the nodes on the left: inputs and weights by turns, then the bias."""
    dataset = step.run.dataset
    one = dataset.n_features == 1
    values: list[tuple[str, float]] = []
    for j in range(dataset.n_features):
        values.append((_("input") if one else f"x{j + 1}", float(dataset.inputs[step.sample, j])))
        values.append((_("weight") if one else f"w{j + 1}", float(step.neuron.weights[j])))
    if dataset.trains_bias:
        values.append((_("bias"), step.neuron.bias))
    top, gap = 1.0, 2.0 / max(len(values) - 1, 1)
    return [Node(name, number(value, DIGITS), 0.0, top - k * gap) for k, (name, value) in enumerate(values)]


def _slopes(step: Step) -> list[str]:
    """Return what the output owes to each node on the left: the weight for an input, the input for a weight, 1."""
    dataset = step.run.dataset
    slopes = []
    for j in range(dataset.n_features):
        slopes += [float(step.neuron.weights[j]), float(dataset.inputs[step.sample, j])]
    if dataset.trains_bias:
        slopes.append(1.0)
    return [number(slope, DIGITS) for slope in slopes]


def _active(substep: str, output: int, edges: int) -> list[int]:
    """Return the edges of the active part: into the output, into the loss, back from it, back to the parameters."""
    into_output, into_loss = list(range(output)), [edges - 2, edges - 1]
    parameters = [k for k in into_output if k % 2 or (k == output - 1 and output % 2)]
    return {"1": into_output, "2": into_loss, "3": [edges - 2], "4": [edges - 2, *parameters], "5": []}.get(substep, [])
