"""The run as a program of PyTensor, Theano's heir: a graph of the cost, `grad`, and a function with `updates`."""

from textwrap import dedent

from core.experiment import Experiment
from core.losses import CrossEntropy, Huber, Loss, SquaredError
from core.network import Network
from core.neuron import Neuron
from core.optimisers import GradientDescent
from programs.given import batches_of, conditions, ending, heading, in_batches, left_out, samples_of
from programs.layers import by_layers, layer, layer_names
from programs.lines import indented, numbers, remark, stacked
from programs.pytensor_updates import still, updates_of
from wording import _

ACTIVATIONS = {
    "tanh": "pt.tanh({})",
    "sigmoid": "pt.sigmoid({})",
    "relu": "pt.switch({0} > 0, {0}, 0.0)",
    "identity": "{}",
}
ARTICLES_ITERATIONS = 10


def pytensor_program(experiment: Experiment) -> str:
    """Return the program; it leaves the arrays `parameters` and `loss` behind."""
    run = _listing(experiment) if _is_the_article_s(experiment) else _general(experiment)
    head = heading(experiment, "PyTensor") + "\n" + _imports(experiment)
    return stacked(head, batches_of(experiment.batches), run, apart=2) + "\n"


def _imports(experiment: Experiment) -> str:
    count = in_batches(experiment.batches, "from itertools import count\n")
    return stacked(count, "import numpy as np\nimport pytensor\nimport pytensor.tensor as pt")


def _is_the_article_s(experiment: Experiment) -> bool:
    """Whether the article's program can learn this: one sample, no bias, and nothing that changes on the way."""
    plain = experiment.optimiser == GradientDescent() and experiment.loss == SquaredError()
    steady = len(experiment.schedule) == 1 and not experiment.nudges and experiment.batches is None
    return plain and steady and experiment.model == Neuron(has_bias=False) and experiment.data.n_samples == 1


def _listing(experiment: Experiment) -> str:
    """Return the article's listing, in today's names, with the experiment's own numbers."""
    features, target = experiment.data.inputs[0].tolist(), float(experiment.data.targets[0])
    in_place = _("in place of backward")
    graph = dedent(f"""\
        x = pt.dvector("x")
        target = pt.dscalar("target")

        W = pytensor.shared({numbers(experiment.start, "np.array")}, name="W")
        print("Weights: ", W.get_value())

        y = (x * W).sum()
        cost = pt.sqr(target - y)
        {remark("gradients = pt.grad(cost, [W])", in_place)}
        W_updated = W - ({experiment.schedule[0][1]!r} * gradients[0])
        updates = [(W, W_updated)]

        f = pytensor.function([x, target], y, updates=updates)
        path = [W.get_value()]""")
    told = 'print("iteration: ", i)\nprint("Modified Weights: ", W.get_value())\nprint("Output: ", output)'
    if experiment.iterations > ARTICLES_ITERATIONS:
        told = f"if i < {ARTICLES_ITERATIONS}:\n{indented(told)}"
    body = indented(f"output = f({features!r}, {target!r})", told, "path.append(W.get_value())")
    loop = f"for i in range({experiment.iterations}):\n{body}"
    losses = f"parameters = np.array(path)\nloss = ({target!r} - parameters @ np.array({features!r})) ** 2"
    return stacked(stacked(graph, loop, apart=0), losses, left_out())


def _general(experiment: Experiment) -> str:
    graph = stacked(
        _parts(experiment), _cost(experiment), updates_of(experiment.optimiser), _functions(experiment), apart=0
    )
    end = "parameters, loss = np.array(path), np.array(losses)"
    return stacked(_given(experiment), graph, _loop(experiment), end, ending())


def _given(experiment: Experiment) -> str:
    shared = 'learning_rate = pytensor.shared(learning_rates[0], name="learning_rate")'
    return stacked(
        samples_of(experiment.data, "np.array"),
        conditions(experiment, by_layer=True),
        "" if len(experiment.schedule) == 1 else shared,
        apart=0,
    )


def _parts(experiment: Experiment) -> str:
    names, values = layer_names(experiment), by_layers(experiment, experiment.start)
    return stacked(
        'x = pt.dmatrix("x")\ntarget = pt.dvector("target")',
        *(f'{n} = pytensor.shared({layer(v, "np.array")}, name="{n}")' for n, v in zip(names, values, strict=True)),
        f"parts = [{', '.join(names)}]\n",
        apart=0,
    )


def _cost(experiment: Experiment) -> str:
    summed = " * target.shape[0]" if experiment.loss.summed else ""
    return stacked(
        _output(experiment),
        _loss(experiment.loss),
        remark(f"gradients = pt.grad(cost{summed}, parts)", _("in place of backward")),
        apart=0,
    )


def _output(experiment: Experiment) -> str:
    model = experiment.model
    if not isinstance(model, Network):
        return f"y = pt.dot(x, weights){' + bias' if model.has_bias else ''}"
    hidden = ACTIVATIONS[model.activation.name].format("sums")
    return (
        "sums = pt.dot(x, first_weights) + first_bias\n"
        f"hidden = {hidden}\n"
        "y = pt.dot(hidden, second_weights) + second_bias"
    )


def _loss(loss: Loss) -> str:
    if isinstance(loss, CrossEntropy):
        return "cost = pt.mean(pt.softplus(y) - target * y)"
    if isinstance(loss, Huber):
        sizes = f"sizes = pt.abs(target - y)\nnear = pt.minimum(sizes, {loss.delta!r})"
        return f"{sizes}\ncost = pt.mean(near * (sizes - near / 2))"
    return "cost = pt.mean(pt.sqr(target - y))"


def _functions(experiment: Experiment) -> str:
    train = "train = pytensor.function([x, target], cost, updates=updates)"
    return stacked(train, in_batches(experiment.batches, "mean_loss = pytensor.function([x, target], cost)"), apart=0)


def _loop(experiment: Experiment) -> str:
    changed = "if iteration in learning_rates:\n    learning_rate.set_value(learning_rates[iteration])"
    body = (
        "" if len(experiment.schedule) == 1 else changed,
        _nudge(experiment),
        "now = np.concatenate([part.get_value().ravel() for part in parts])",
        f"value = {'mean_loss' if experiment.batches else 'train'}(inputs, targets)",
        remark("if iteration > 0 and not np.isfinite(value):", _("it exploded")) + "\n    break",
        "path.append(now)\nlosses.append(value)",
        in_batches(experiment.batches, "batch = next(rows)\ntrain(inputs[batch], targets[batch])"),
    )
    before = stacked("path, losses = [], []", in_batches(experiment.batches, "rows = batches(len(targets))"), apart=0)
    return f"{before}\nfor iteration in range(iterations + 1):\n{indented(*body)}"


def _nudge(experiment: Experiment) -> str:
    if not experiment.nudges:
        return ""
    put = "for part, value in zip(parts, nudges[iteration]):\n    part.set_value(np.array(value))"
    return "if iteration in nudges:\n" + indented(put, still(experiment.optimiser))
