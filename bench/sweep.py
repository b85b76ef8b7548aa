"""The U-curve: 300 learning rates x 10,000 iterations, final losses, in closed form and stepped with JAX."""

import statistics
import time
from collections.abc import Callable

import jax
import numpy as np

from core.data.builtin import celsius
from core.losses import MEAN_SQUARED_ERROR
from core.neuron import Neuron
from core.theory.quadratic import Quadratic, quadratic

RATES, ITERATIONS, ROUNDS = 300, 10_000, 5
DATA = celsius()
LEARNING_RATES = np.geomspace(1e-6, 0.999 * quadratic(DATA).limits.stable, RATES)


def stepped() -> Callable[[], np.ndarray]:
    """Return the sweep as JAX would do it: one scan over the iterations, mapped over the learning rates, jitted."""
    jax.config.update("jax_enable_x64", True)
    inputs, targets = jax.numpy.array(DATA.inputs[:, 0]), jax.numpy.array(DATA.targets)

    def loss(parameters: jax.Array) -> jax.Array:
        return jax.numpy.mean((inputs * parameters[0] + parameters[1] - targets) ** 2)

    def final_loss(rate: jax.Array) -> jax.Array:
        def step(parameters: jax.Array, _: None) -> tuple[jax.Array, None]:
            return parameters - rate * jax.grad(loss)(parameters), None

        start = jax.numpy.array([0.5, 0.5])
        return loss(jax.lax.scan(step, start, None, length=ITERATIONS)[0])

    sweep = jax.jit(jax.vmap(final_loss))
    return lambda: np.asarray(sweep(LEARNING_RATES))


def closed() -> np.ndarray:
    """Return the sweep in closed form, eigenvalues and all: not the theory that the app makes once and keeps."""
    return Quadratic(DATA, Neuron(), MEAN_SQUARED_ERROR).final_losses(DATA.start, LEARNING_RATES, ITERATIONS)


def seconds(run: Callable[[], object], repeat: int) -> float:
    """Return the median time of `repeat` calls, in seconds."""
    times = []
    for _ in range(repeat):
        started = time.perf_counter()
        run()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def main() -> None:
    """Print both times, after making sure that both compute the same."""
    with_jax = stepped()
    np.testing.assert_allclose(with_jax(), closed(), rtol=1e-6, atol=1e-12)
    ours, theirs = seconds(closed, 200), seconds(with_jax, ROUNDS)
    print(f"\nFinal losses of {RATES} learning rates x {ITERATIONS:,} iterations (wall time)")
    print(f"  closed form                      {1000 * ours:10.3f} ms")
    print(f"  JAX, vmap over scan, jitted, warm{1000 * theirs:10.3f} ms   {theirs / ours:,.0f} times as long")
