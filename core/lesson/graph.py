"""The graph of a step, as the libraries build it: each operation of the forward pass, and the gradient that comes back.

Nothing here knows the model's own `backward`: each operation knows only how to pass a gradient on to what it was made
of, and the chain rule is a walk through the graph from its end to its beginning.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from core.activations import Activation
from core.checks import Array
from core.lesson.step import Step
from core.losses import CrossEntropy, Loss, SquaredError
from core.network import Network


@dataclass(frozen=True, eq=False)
class Node:
    """A value of the graph: a leaf, `of` nothing, or what the operation `name` makes of the nodes at these places.

    `back` takes d loss / d value and returns what each of these nodes owes to it. The `gradient` is the sum of all
    that came back to this node, of the value's shape, once the graph has been walked back.
    """

    name: str
    value: Array
    of: tuple[int, ...] = ()
    back: Callable[[Array], tuple[Array, ...]] = lambda grad: ()
    gradient: Array = field(default_factory=lambda: np.zeros(()))


@dataclass
class Tape:
    """The nodes in the order in which they were computed: what a library records while the forward pass runs."""

    nodes: list[Node] = field(default_factory=list)

    def leaf(self, name: str, value: Array) -> int:
        """Record a value that is given; return its place."""
        return self._put(Node(name, np.asarray(value)))

    def matmul(self, left: int, right: int) -> int:
        """Record left @ right, of inputs and weights; d/d left is grad @ right', and d/d right is left' @ grad."""
        a, b = self._values(left, right)

        def back(grad: Array) -> tuple[Array, ...]:
            return np.multiply.outer(grad, b) if b.ndim == 1 else grad @ b.T, a.T @ grad

        return self._put(Node("matmul", a @ b, (left, right), back))

    def add(self, left: int, right: int) -> int:
        """Record left + right; a bias is added to each sample, so its gradient is the sum over the samples."""
        a, b = self._values(left, right)
        return self._put(Node("add", a + b, (left, right), lambda grad: (grad, grad.sum(axis=0))))

    def subtract(self, left: int, right: int) -> int:
        """Record left - right."""
        a, b = self._values(left, right)
        return self._put(Node("subtract", a - b, (left, right), lambda grad: (grad, -grad)))

    def square(self, of: int) -> int:
        """Record the squares."""
        (a,) = self._values(of)
        return self._put(Node("square", a * a, (of,), lambda grad: (2 * a * grad,)))

    def activate(self, of: int, activation: Activation) -> int:
        """Record what an activation makes of the sums."""
        value = activation.value(*self._values(of))
        return self._put(Node(activation.name, value, (of,), lambda grad: (grad * activation.slope(value),)))

    def losses(self, outputs: int, targets: int, loss: Loss) -> int:
        """Record each sample's loss as one operation, as the libraries have it for cross-entropy and Huber."""
        a, b = self._values(outputs, targets)
        each = loss.value(a[:, np.newaxis], b[:, np.newaxis])
        slope = loss.slope(a, b) * (len(b) / loss.summands(b))  # that of one sample's loss, not of the mean
        name = "cross_entropy" if isinstance(loss, CrossEntropy) else "huber"
        # What a target owes to the loss nobody asks for: it cannot be changed.
        return self._put(Node(name, each, (outputs, targets), lambda grad: (slope * grad, np.zeros_like(b))))

    def mean(self, of: int) -> int:
        """Record the mean over the samples."""
        (a,) = self._values(of)
        return self._put(Node("mean", a.mean(), (of,), lambda grad: (np.full(a.shape, grad / a.size),)))

    def sum(self, of: int) -> int:
        """Record the sum over the samples."""
        (a,) = self._values(of)
        return self._put(Node("sum", a.sum(), (of,), lambda grad: (np.full(a.shape, grad),)))

    def _values(self, *places: int) -> list[Array]:
        return [self.nodes[place].value for place in places]

    def _put(self, node: Node) -> int:
        self.nodes.append(node)
        return len(self.nodes) - 1


def backwards(nodes: list[Node]) -> list[Node]:
    """Return the nodes with their gradients: from the last one, the loss, where it is 1, back to the leaves."""
    gradients = [np.zeros_like(node.value) for node in nodes]
    gradients[-1] = np.ones_like(nodes[-1].value)
    for node, gradient in zip(reversed(nodes), reversed(gradients), strict=True):
        for place, owed in zip(node.of, node.back(gradient), strict=True):
            gradients[place] += owed
    return [replace(node, gradient=gradient) for node, gradient in zip(nodes, gradients, strict=True)]


def graph_of(step: Step) -> list[Node]:
    """Return the graph of the loss whose gradient a step follows, over the samples that it sees."""
    tape = Tape()
    with np.errstate(over="ignore", invalid="ignore"):
        outputs = _outputs(tape, step)
        targets, loss = tape.leaf("targets", step.targets), step.experiment.loss
        if isinstance(loss, SquaredError):
            each = tape.square(tape.subtract(outputs, targets))
        else:
            each = tape.losses(outputs, targets, loss)
        (tape.sum if loss.summed else tape.mean)(each)
        return backwards(tape.nodes)


def _outputs(tape: Tape, step: Step) -> int:
    """Record the forward pass; return the place of the outputs."""
    data, model = step.experiment.data, step.experiment.model
    inputs = tape.leaf("inputs", step.inputs[:, : data.n_features])
    if not isinstance(model, Network):
        sums = tape.matmul(inputs, tape.leaf("weights", step.parameters[: data.n_features]))
        return tape.add(sums, tape.leaf("bias", step.parameters[-1])) if model.has_bias else sums
    first, second, bias = model.layers(step.parameters, step.inputs.shape[1])
    sums = tape.add(tape.matmul(inputs, tape.leaf("weights", first[:-1])), tape.leaf("biases", first[-1]))
    hidden = tape.activate(sums, model.activation)
    return tape.add(tape.matmul(hidden, tape.leaf("second weights", second)), tape.leaf("bias", bias[0]))
