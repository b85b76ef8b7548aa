"""The run as a program of JAX: our forward, and in place of backward `jax.grad`."""

from textwrap import dedent

from core.experiment import Experiment
from core.losses import CrossEntropy, Huber, Loss
from core.network import Network
from core.optimisers import Adam, GradientDescent, Momentum, Nesterov, Optimiser, RMSProp
from programs.given import (
    batch_size_of,
    batches_of,
    ending,
    heading,
    in_batches,
    learning_rates_of,
    left_out,
    nudges_of,
    samples_of,
    turns,
)
from programs.lines import indented, numbers, remark, stacked
from programs.own_functions import constants
from wording import _

ACTIVATIONS = {"tanh": "jnp.tanh({})", "sigmoid": "jax.nn.sigmoid({})", "relu": "jax.nn.relu({})", "identity": "{}"}
NOTHING, ONE, ADAM = "", "jnp.zeros_like(parameters)", "jnp.zeros_like(parameters), jnp.zeros_like(parameters), 0"


def jax_program(experiment: Experiment) -> str:
    """Return the program; it leaves the arrays `parameters` and `loss` behind."""
    functions = _forward(experiment), _loss(experiment.loss), _step(experiment), batches_of(experiment.batches)
    run = stacked(_given(experiment), _loop(experiment), _losses(), ending())
    return heading(experiment, "JAX") + "\n" + stacked(_imports(experiment), *functions, run, apart=2) + "\n"


def _imports(experiment: Experiment) -> str:
    return stacked(
        in_batches(experiment.batches, "from itertools import count\n"),
        "import jax\nimport jax.numpy as jnp\nimport numpy as np",
        remark('jax.config.update("jax_enable_x64", True)', _("numbers of 64 bits, as ours")),
    )


def _given(experiment: Experiment) -> str:
    return stacked(
        samples_of(experiment.data, "np.array"),
        f"start = {numbers(experiment.start, 'np.array')}",
        learning_rates_of(experiment.schedule),
        f"iterations = {experiment.iterations}",
        batch_size_of(experiment.batches),
        nudges_of(experiment),
        apart=0,
    )


def _forward(experiment: Experiment) -> str:
    model, n_features = experiment.model, experiment.data.n_features
    if not isinstance(model, Network):
        output = "inputs @ parameters[:-1] + parameters[-1]" if model.has_bias else "inputs @ parameters"
        return f"def forward(parameters, inputs):\n    return {output}"
    ends = n_features * model.n_hidden, (n_features + 1) * model.n_hidden
    hidden = ACTIVATIONS[model.activation.name].format(f"inputs @ weights + parameters[{ends[0]}:{ends[1]}]")
    return dedent(f"""\
        def forward(parameters, inputs):
            weights = parameters[:{ends[0]}].reshape({n_features}, {model.n_hidden})
            hidden = {hidden}
            return hidden @ parameters[{ends[1]}:-1] + parameters[-1]""")


def _loss(loss: Loss) -> str:
    lines = {
        CrossEntropy: "jnp.mean(jax.nn.softplus(outputs) - targets * outputs)",
        Huber: "jnp.mean(near * (sizes - near / 2))",
    }
    head = "def mean_loss(parameters, inputs, targets):\n    outputs = forward(parameters, inputs)\n"
    if isinstance(loss, Huber):
        head += f"    sizes = jnp.abs(outputs - targets)\n    near = jnp.minimum(sizes, {loss.delta!r})\n"
    return head + f"    return {lines.get(type(loss), 'jnp.mean((outputs - targets) ** 2)')}"


def _step(experiment: Experiment) -> str:
    remembered = "" if _state(experiment.optimiser) == NOTHING else "state, "
    head = f"@jax.jit\ndef step(parameters, {remembered}learning_rate, inputs, targets):\n"
    gradient = remark("gradient = jax.grad(mean_loss)(parameters, inputs, targets)", _("in place of backward"))
    added_up = remark("gradient = gradient * len(targets)", _("added up, and not averaged"))
    summed = added_up if experiment.loss.summed else ""
    kept = constants(experiment.optimiser) if remembered else ""
    return stacked(kept, head + indented(gradient, summed, _update(experiment.optimiser)), apart=2)


def _state(optimiser: Optimiser) -> str:
    if isinstance(optimiser, GradientDescent):
        return NOTHING
    return ADAM if isinstance(optimiser, Adam) else ONE


def _update(optimiser: Optimiser) -> str:
    match optimiser:
        case Momentum():
            return """\
velocity = momentum * state - learning_rate * gradient
return parameters + velocity, velocity"""
        case Nesterov():
            return """\
velocity = momentum * state - learning_rate * gradient
return parameters + momentum * velocity - learning_rate * gradient, velocity"""
        case RMSProp():
            return """\
square = decay * state + (1 - decay) * gradient**2
return parameters - learning_rate * gradient / (jnp.sqrt(square) + epsilon), square"""
        case Adam():
            return """\
mean, square, steps = state[0], state[1], state[2] + 1
mean = mean_decay * mean + (1 - mean_decay) * gradient
square = square_decay * square + (1 - square_decay) * gradient**2
size = jnp.sqrt(square / (1 - square_decay**steps)) + epsilon
return parameters - learning_rate / (1 - mean_decay**steps) * mean / size, (mean, square, steps)"""
        case _:
            return "return parameters - learning_rate * gradient"


def _loop(experiment: Experiment) -> str:
    state, chosen = _state(experiment.optimiser), "[batch]" if experiment.batches else ""
    begin, also = (f"state = {state}", ", state") if state else ("", "")
    nudge = indented("parameters = np.array(nudges[iteration + 1])", begin)
    body = (
        turns(experiment),
        in_batches(experiment.batches, "batch = next(rows)"),
        f"parameters{also} = step(parameters{also}, learning_rate, inputs{chosen}, targets{chosen})",
        f"if iteration + 1 in nudges:\n{nudge}" if experiment.nudges else "",
        "path.append(np.asarray(parameters))",
    )
    rows = in_batches(experiment.batches, "rows = batches(len(targets))")
    before = stacked("parameters = start", begin, "path = [parameters]", rows, apart=0)
    return f"{before}\nfor iteration in range(iterations):\n{indented(*body)}"


def _losses() -> str:
    losses = "loss = np.asarray(jax.vmap(lambda some: mean_loss(some, inputs, targets))(parameters))"
    return stacked("parameters = np.array(path)", losses, left_out(), apart=0)
