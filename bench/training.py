"""How much the readable training loop costs: 100 samples, 10,000 iterations, with the whole history."""

import numpy as np

from bench.timing import report, side_by_side
from core.checks import Array
from core.datasets import celsius
from core.training import losses, train

ITERATIONS = 10_000
LEARNING_RATE = 1e-4
DATASET = celsius()
DESIGN = np.column_stack([DATASET.inputs, np.ones(DATASET.n_samples)])


def ours() -> Array:
    """Run `core.training.train`: forward, backward, update and everything they say."""
    return train(DATASET, DATASET.start, LEARNING_RATE, ITERATIONS).loss


def one_expression() -> Array:
    """Run a NumPy loop of one expression a step, bias folded into the weights."""
    parameters = np.empty((ITERATIONS + 1, 2))
    parameters[0] = now = np.array([0.5, 0.5])
    rate = 2 * LEARNING_RATE / DATASET.n_samples
    for i in range(1, ITERATIONS + 1):
        now = now - rate * (DESIGN.T @ (DESIGN @ now - DATASET.targets))
        parameters[i] = now
    return losses(DATASET, parameters[:, :1], parameters[:, 1])


def tightest() -> Array:
    """Run the same loop without a single allocation, every factor folded in beforehand, every function bound."""
    parameters = np.empty((ITERATIONS + 1, 2))
    parameters[0] = 0.5
    residuals, step = np.empty(DATASET.n_samples), np.empty(2)
    scaled, targets, design = DESIGN.T * (2 * LEARNING_RATE / DATASET.n_samples), DATASET.targets, DESIGN
    dot, subtract, now = np.dot, np.subtract, parameters[0]
    for after in parameters[1:]:
        dot(design, now, residuals)
        subtract(residuals, targets, residuals)
        dot(scaled, residuals, step)
        subtract(now, step, after)
        now = after
    return losses(DATASET, parameters[:, :1], parameters[:, 1])


def pure_python() -> list[float]:
    """Run the article's program as it is written: lists and comprehensions, the loss in every forward pass."""
    inputs, targets = DATASET.inputs[:, 0].tolist(), DATASET.targets.tolist()
    weight, bias, n, history = 0.5, 0.5, len(targets), []
    for _ in range(ITERATIONS):
        outputs = [c * weight + bias for c in inputs]
        history.append(sum((f - o) ** 2 for f, o in zip(targets, outputs, strict=True)) / n)
        grad_output = [2 * (o - f) / n for f, o in zip(targets, outputs, strict=True)]
        weight -= LEARNING_RATE * sum(c * g for c, g in zip(inputs, grad_output, strict=True))
        bias -= LEARNING_RATE * sum(grad_output)
    return history


def main() -> None:
    """Print what each of the four costs, after making sure that they compute the same."""
    for other in (one_expression(), tightest(), np.array([*pure_python(), ours()[-1]])):
        np.testing.assert_allclose(other, ours(), rtol=1e-9)
    times = side_by_side(
        {
            "tightest NumPy loop, no allocation": tightest,
            "NumPy loop, one expression a step": one_expression,
            "train: forward, backward, update": ours,
            "pure Python lists, as the article writes it": pure_python,
        }
    )
    title = (
        f"Training, {DATASET.n_samples} samples x {ITERATIONS:,} iterations, with history and losses (processor time)"
    )
    report(title, times, "ms", "tightest NumPy loop, no allocation")
    print(f"  train / one expression a step: {list(times.values())[2] / list(times.values())[1]:.2f} x")
