"""The same numbers from another hand: JAX's automatic differentiation, and the optimisers of Optax."""

import math
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from core.activations import ACTIVATIONS
from core.checks import Array
from core.data.builtin import tips
from core.data.clouds import moons
from core.data.curves import sine
from core.data.dataset import Dataset
from core.experiment import Experiment, Model
from core.lesson.differences import gradient_at
from core.losses import CrossEntropy, Huber, Loss, SquaredError
from core.network import Network
from core.neuron import Neuron
from core.optimisers import Adam, GradientDescent, Momentum, Nesterov, Optimiser, RMSProp
from core.schedule import constant
from core.theory.sharpness import hessian
from core.training import losses, train
from tests.core.experiments import exactly

jax.config.update("jax_enable_x64", True)

N_HIDDEN = 5
BENDING: dict[str, Callable[[Any], Any]] = {
    "tanh": jnp.tanh,
    "sigmoid": jax.nn.sigmoid,
    "relu": jax.nn.relu,
    "identity": lambda z: z,
}
MODELS: dict[str, Model] = {
    "neuron": Neuron(),
    **{name: Network(N_HIDDEN, activation) for name, activation in ACTIVATIONS.items()},
}
LOSSES: dict[str, Loss] = {"squared": SquaredError(), "huber": Huber(delta=0.7), "cross-entropy": CrossEntropy()}
THEIRS: dict[str, Callable[[Any, Any], Any]] = {
    "squared": lambda outputs, targets: optax.squared_error(outputs, targets),
    "huber": lambda outputs, targets: optax.huber_loss(outputs, targets, delta=0.7),
    "cross-entropy": lambda outputs, targets: optax.sigmoid_binary_cross_entropy(outputs, targets),
}
DATA: list[Dataset] = [sine(), moons()]
EVERY_MODEL = pytest.mark.parametrize("model", MODELS)
EVERY_LOSS = pytest.mark.parametrize("loss", LOSSES)
"""Of one feature and of two; a sine is no class, but the cross-entropy of any target is a number."""


def forward(model: str, parameters: Any, inputs: Any) -> Any:
    """Predict, written anew: one sample a row of `inputs`, (n_samples, n_features)."""
    if model == "neuron":
        *weights, bias = parameters
        return inputs @ jnp.stack(weights) + bias
    n_features = inputs.shape[1]
    layer, (*_first, bias) = parameters[:-1].reshape(n_features + 2, N_HIDDEN), parameters
    weights, biases, second = layer[:n_features], layer[n_features], layer[n_features + 1]
    return BENDING[model](inputs @ weights + biases) @ second + bias


def their_loss(model: str, loss: str, data: Dataset) -> Callable[[Any], Any]:
    """The mean loss over the parameters."""
    inputs, targets = jnp.array(data.inputs), jnp.array(data.targets)
    return lambda parameters: jnp.mean(THEIRS[loss](forward(model, parameters, inputs), targets))


def experiment(model: str, loss: str, data: Dataset, **others: Any) -> Experiment:
    """The experiment that starts away from every kink."""
    size = MODELS[model].n_parameters(data.n_features)
    start = np.random.default_rng(1).normal(size=size)
    return Experiment.on(data, model=MODELS[model], start=start, loss=LOSSES[loss], **others)


# Values and gradients


@pytest.mark.parametrize("data", DATA, ids=["one feature", "two features"])
@EVERY_LOSS
@EVERY_MODEL
def test_loss_and_gradient_of_every_model_are_those_of_automatic_differentiation(
    model: str, loss: str, data: Dataset
) -> None:
    ours = experiment(model, loss, data)
    start = np.array(ours.start)
    value, gradient = jax.jit(jax.value_and_grad(their_loss(model, loss, data)))(start)
    assert losses(ours, start[np.newaxis])[0] == exactly(float(value))
    assert gradient_at(ours, start) == pytest.approx(np.asarray(gradient), rel=1e-10, abs=1e-12)


@EVERY_LOSS
@EVERY_MODEL
def test_the_hessian_of_every_model_is_that_of_automatic_differentiation(model: str, loss: str) -> None:
    ours = experiment(model, loss, moons())
    start = np.array(ours.start)
    theirs = jax.jit(jax.hessian(their_loss(model, loss, moons())))(start)
    assert hessian(ours, start) == pytest.approx(np.asarray(theirs), rel=1e-9, abs=1e-12)


# Optimisers


RATE = 0.05
OPTIMISERS: dict[str, tuple[Optimiser, Any]] = {
    "descent": (GradientDescent(), optax.sgd(RATE)),
    "momentum": (Momentum(0.8), optax.sgd(RATE, momentum=0.8)),
    "nesterov": (Nesterov(0.8), optax.sgd(RATE, momentum=0.8, nesterov=True)),
    "rmsprop": (RMSProp(), optax.rmsprop(RATE, decay=0.9, eps=1e-8, eps_in_sqrt=False)),
    "adam": (Adam(), optax.adam(RATE)),
}


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_ten_steps_of_every_optimiser_are_those_of_optax(optimiser: str) -> None:
    ours, theirs = OPTIMISERS[optimiser]
    run = experiment("tanh", "squared", sine(), schedule=constant(RATE), optimiser=ours, iterations=10)
    their_gradient = GRADIENT
    parameters: Any = jnp.array(run.start)
    state, places = theirs.init(parameters), [parameters]
    for _ in range(10):
        updates, state = theirs.update(their_gradient(parameters), state, parameters)
        parameters = optax.apply_updates(parameters, updates)
        places.append(parameters)
    assert train(run).parameters == pytest.approx(np.array(places), rel=1e-10, abs=1e-12)


GRADIENT = jax.jit(jax.grad(their_loss("tanh", "squared", sine())))
