"""The run as a program of JAX: our forward and update, and in place of backward `jax.grad`."""

from textwrap import dedent

from core.experiment import Experiment
from core.losses import CrossEntropy, Huber, Loss
from core.network import Network
from programs.given import batches_of, conditions, ending, heading, in_batches, left_out, looped, samples_of, state_of
from programs.lines import indented, numbers, remark, stacked
from programs.own_functions import optimiser_functions
from wording import _

ACTIVATIONS = {"tanh": "jnp.tanh({})", "sigmoid": "jax.nn.sigmoid({})", "relu": "jax.nn.relu({})", "identity": "{}"}


def jax_program(experiment: Experiment) -> str:
    """Return the program; it leaves the arrays `parameters` and `loss` behind."""
    update = optimiser_functions(experiment).replace("np.", "jnp.")
    functions = _forward(experiment), _loss(experiment.loss), update, _step(experiment), batches_of(experiment.batches)
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
        conditions(experiment),
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
    state = state_of(experiment)
    head = f"@jax.jit\ndef step(parameters, learning_rate{state}, inputs, targets):\n"
    gradient = remark("gradient = jax.grad(mean_loss)(parameters, inputs, targets)", _("in place of backward"))
    added_up = remark("gradient = gradient * len(targets)", _("added up, and not averaged"))
    moved = f"return update(parameters, gradient, learning_rate{state})"
    return head + indented(gradient, added_up if experiment.loss.summed else "", moved)


def _loop(experiment: Experiment) -> str:
    state, chosen = state_of(experiment), in_batches(experiment.batches, "[batch]")
    step = f"parameters{state} = step(parameters, learning_rate{state}, inputs{chosen}, targets{chosen})"
    return looped(experiment, step, kept="np.asarray(parameters)")


def _losses() -> str:
    losses = "loss = np.asarray(jax.vmap(lambda some: mean_loss(some, inputs, targets))(parameters))"
    return stacked("parameters = np.array(path)", losses, left_out(), apart=0)
