"""How much the readable network costs: the default one on the sine, 2,000 iterations, with the whole history."""

from itertools import pairwise

import jax
import numpy as np

from bench.timing import report, side_by_side
from core.checks import Array
from core.data.curves import sine
from core.experiment import Experiment
from core.network import Network
from core.training import losses, train

MODEL, DATA, ITERATIONS, LEARNING_RATE = Network(8), sine(), 2000, 0.1
START = MODEL.start(1, seed=1)
EXPERIMENT = Experiment.on(DATA, model=MODEL, start=START, learning_rate=LEARNING_RATE, iterations=ITERATIONS)
INPUTS, TARGETS, HIDDEN = MODEL.seen(DATA.inputs), DATA.targets, MODEL.n_hidden


def ours() -> Array:
    """Run `core.training.train`: forward, backward, update through two layers, and everything they say."""
    return train(EXPERIMENT).loss


def tightened() -> Array:
    """Run the same in one loop by hand: the hidden layer computed once a step, factors folded in, no functions."""
    history = np.empty((ITERATIONS + 1, len(START)))
    history[0] = START
    turned, factor = INPUTS.T.copy(), 2 * LEARNING_RATE / len(TARGETS)
    ends = 2 * HIDDEN
    for now, after in pairwise(history):
        second = now[ends:-1]
        hidden = np.tanh(INPUTS.dot(now[:ends].reshape(2, HIDDEN)))
        step = (hidden.dot(second) + now[-1] - TARGETS) * factor
        sums = step[:, np.newaxis] * second
        sums *= 1 - hidden * hidden
        after[:ends] = now[:ends] - turned.dot(sums).ravel()
        after[ends:-1] = second - step.dot(hidden)
        after[-1] = now[-1] - step.sum()
    return losses(EXPERIMENT, history)


def with_jax() -> Array:
    """Run the same as one scan, jitted: compiled before it is timed."""
    return np.asarray(SCAN(START))


def _scan(start: jax.Array) -> jax.Array:
    def loss(parameters: jax.Array) -> jax.Array:
        hidden = jax.numpy.tanh(INPUTS @ parameters[: 2 * HIDDEN].reshape(2, HIDDEN))
        return jax.numpy.mean((hidden @ parameters[2 * HIDDEN : -1] + parameters[-1] - TARGETS) ** 2)

    def step(parameters: jax.Array, _: None) -> tuple[jax.Array, jax.Array]:
        value, gradient = jax.value_and_grad(loss)(parameters)
        return parameters - LEARNING_RATE * gradient, value

    last, values = jax.lax.scan(step, start, None, length=ITERATIONS)
    return jax.numpy.append(values, loss(last))


SCAN = jax.jit(_scan)
CANDIDATES = {
    "NumPy loop, tightened by hand": tightened,
    "train: forward, backward, update": ours,
    "JAX scan, jitted, warm": with_jax,
}


def main() -> None:
    """Print what each of them costs, after making sure that they compute the same."""
    jax.config.update("jax_enable_x64", True)
    for other in (tightened(), with_jax()):  # at the edge of stability rounding grows: only the beginning is the same
        np.testing.assert_allclose(other[:500], ours()[:500], rtol=1e-6)
    times = side_by_side(CANDIDATES)
    tight, readable, _jax = times.values()
    report(
        f"A network of {HIDDEN} hidden neurons, {ITERATIONS:,} iterations (processor time)",
        times,
        "ms",
        next(iter(times)),
    )
    print(f"  train / tightened: {readable / tight:.2f} x")
