"""The same numbers from another hand: automatic differentiation by JAX, and the losses and optimisers of Optax."""

from collections.abc import Callable
from functools import cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from core.activations import ACTIVATIONS
from core.data.clouds import moons
from core.data.curves import sine
from core.data.dataset import Dataset
from core.experiment import Experiment, Model
from core.lesson.differences import gradient_at
from core.losses import CrossEntropy, Huber, Loss, SquaredError
from core.network import Network
from core.neuron import Neuron
from core.optimisers import Adam, GradientDescent, Momentum, Nesterov, Optimiser, RMSProp
from core.theory.sharpness import hessian
from core.training import losses, train
from tests.core.experiments import exactly

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_disable_most_optimizations", True)  # what is computed once should be compiled quickly

N_HIDDEN, DELTA, RATE = 5, 0.7, 0.05
MODELS: dict[str, Model] = {
    "neuron": Neuron(),
    **{name: Network(N_HIDDEN, activation) for name, activation in ACTIVATIONS.items()},
}
LOSSES: list[Loss] = [SquaredError(), Huber(delta=DELTA), CrossEntropy()]
BENDS: dict[str, Callable[[Any], Any]] = {
    "tanh": jnp.tanh,
    "sigmoid": jax.nn.sigmoid,
    "relu": jax.nn.relu,
    "identity": lambda z: z,
}
OPTIMISERS: dict[str, tuple[Optimiser, Any]] = {
    "descent": (GradientDescent(), optax.sgd(RATE)),
    "momentum": (Momentum(0.8), optax.sgd(RATE, momentum=0.8)),
    "nesterov": (Nesterov(0.8), optax.sgd(RATE, momentum=0.8, nesterov=True)),
    "rmsprop": (RMSProp(), optax.rmsprop(RATE, decay=0.9, eps=1e-8, eps_in_sqrt=False)),
    "adam": (Adam(), optax.adam(RATE)),
}
EVERY_MODEL = pytest.mark.parametrize("model", MODELS)


def predicted(model: str, parameters: Any, inputs: Any) -> Any:
    """The outputs, written anew: layer by layer, one sample a row of `inputs`, (n_samples, n_features)."""
    if model == "neuron":
        return inputs @ parameters[:-1] + parameters[-1]
    rows = parameters[:-1].reshape(-1, N_HIDDEN)
    weights, biases, second = rows[:-2], rows[-2], rows[-1]
    return BENDS[model](inputs @ weights + biases) @ second + parameters[-1]


def their_losses(model: str, data: Dataset) -> Callable[[Any], Any]:
    """The mean of each loss over the parameters, (n_losses,), in the order of LOSSES."""
    inputs, targets = jnp.array(data.inputs), jnp.array(data.targets)

    def found(parameters: Any) -> Any:
        outputs = predicted(model, parameters, inputs)
        each = (
            optax.squared_error(outputs, targets),
            optax.huber_loss(outputs, targets, delta=DELTA),
            optax.sigmoid_binary_cross_entropy(outputs, targets),
        )
        return jnp.stack(each).mean(axis=1)

    return found


def ours(model: str, loss: Loss, data: Dataset, **others: Any) -> Experiment:
    """The experiment that starts anywhere."""
    start = np.random.default_rng(1).normal(size=MODELS[model].n_parameters(data.n_features))
    return Experiment.on(data, model=MODELS[model], start=start, loss=loss, **others)


# A sine's targets are no classes, but its cross-entropy is a number like any other.
@pytest.mark.parametrize("data", [sine(), moons()], ids=["one feature", "two features"])
@EVERY_MODEL
def test_every_loss_of_every_model_and_its_gradient_are_those_of_automatic_differentiation(
    model: str, data: Dataset
) -> None:
    theirs = their_losses(model, data)
    start = np.array(ours(model, LOSSES[0], data).start)
    values, gradients = jax.jit(lambda there: (theirs(there), jax.jacrev(theirs)(there)))(start)
    for loss, value, gradient in zip(LOSSES, np.asarray(values), np.asarray(gradients), strict=True):
        experiment = ours(model, loss, data)
        assert losses(experiment, start[np.newaxis])[0] == exactly(value)
        assert gradient_at(experiment, start) == pytest.approx(gradient, rel=1e-10, abs=1e-12)


@EVERY_MODEL
def test_the_hessian_of_every_loss_of_every_model_is_that_of_automatic_differentiation(model: str) -> None:
    start = np.array(ours(model, LOSSES[0], moons()).start)
    hessians = jax.jit(jax.jacfwd(jax.jacrev(their_losses(model, moons()))))(start)
    for loss, expected in zip(LOSSES, np.asarray(hessians), strict=True):
        assert hessian(ours(model, loss, moons()), start) == pytest.approx(expected, rel=1e-10, abs=1e-12)


@cache
def their_gradient() -> Callable[[Any], Any]:
    """The gradient of the squared error of a tanh network on the sine."""
    theirs = their_losses("tanh", sine())
    gradient: Callable[[Any], Any] = jax.jit(jax.grad(lambda there: theirs(there)[0]))
    return gradient


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_ten_steps_of_every_optimiser_are_those_of_optax(optimiser: str) -> None:
    mine, theirs = OPTIMISERS[optimiser]
    history = train(ours("tanh", LOSSES[0], sine(), learning_rate=RATE, optimiser=mine, iterations=10))
    parameters: Any = jnp.array(history.parameters[0])
    state = theirs.init(parameters)
    for after in history.parameters[1:]:
        moves, state = theirs.update(their_gradient()(parameters), state, parameters)
        parameters = optax.apply_updates(parameters, moves)
        assert after == pytest.approx(np.asarray(parameters), rel=1e-10, abs=1e-12)
