"""How much the readable training loop costs: 100 samples, 10,000 iterations, with the whole history."""

from collections import deque

import numpy as np

from bench.programs import whole_programs
from bench.timing import report, side_by_side
from core.checks import Array
from core.data.builtin import celsius
from core.experiment import Experiment
from core.stepping import steps
from core.training import losses, train

EXPERIMENT = Experiment.on(celsius())
DATA, ITERATIONS, LEARNING_RATE = EXPERIMENT.data, EXPERIMENT.iterations, EXPERIMENT.learning_rate
DESIGN = EXPERIMENT.model.seen(DATA.inputs)
RATE = 2 * LEARNING_RATE / DATA.n_samples


def ours() -> Array:
    """Run `core.training.train`: forward, backward, update and everything they say."""
    return train(EXPERIMENT).loss


def steps_alone() -> None:
    """Run `core.stepping.steps` and keep nothing."""
    deque(steps(EXPERIMENT), maxlen=0)


def one_expression() -> Array:
    """Run a NumPy loop of one expression a step."""
    parameters = np.empty((ITERATIONS + 1, 2))
    parameters[0] = now = np.array([0.5, 0.5])
    for i in range(1, ITERATIONS + 1):
        now = now - RATE * (DESIGN.T @ (DESIGN @ now - DATA.targets))
        parameters[i] = now
    return losses(EXPERIMENT, parameters)


def tightest() -> Array:
    """Run the same loop without a single allocation, every factor folded in beforehand, every function bound."""
    parameters = np.empty((ITERATIONS + 1, 2))
    parameters[0] = 0.5
    residuals, step = np.empty(DATA.n_samples), np.empty(2)
    scaled, targets, design = DESIGN.T * RATE, DATA.targets, DESIGN
    dot, subtract, now = np.dot, np.subtract, parameters[0]
    for after in parameters[1:]:
        dot(design, now, residuals)
        subtract(residuals, targets, residuals)
        dot(scaled, residuals, step)
        subtract(now, step, after)
        now = after
    return losses(EXPERIMENT, parameters)


def pure_python() -> list[float]:
    """Run the article's program as it is written: lists and comprehensions, the loss in every forward pass."""
    inputs, targets = DATA.inputs[:, 0].tolist(), DATA.targets.tolist()
    weight, bias, n, history = 0.5, 0.5, len(targets), []
    for _ in range(ITERATIONS):
        outputs = [c * weight + bias for c in inputs]
        history.append(sum((f - o) ** 2 for f, o in zip(targets, outputs, strict=True)) / n)
        grad_output = [2 * (o - f) / n for f, o in zip(targets, outputs, strict=True)]
        weight -= LEARNING_RATE * sum(c * g for c, g in zip(inputs, grad_output, strict=True))
        bias -= LEARNING_RATE * sum(grad_output)
    return history


CANDIDATES = {
    "tightest NumPy loop, no allocation": tightest,
    "NumPy loop, one expression a step": one_expression,
    "train: forward, backward, update": ours,
    "  of these the steps alone, nothing kept": steps_alone,
    "pure Python lists, as the article writes it": pure_python,
}


def main() -> None:
    """Print what each of them costs, after making sure that they compute the same."""
    for other in (one_expression(), tightest(), np.array([*pure_python(), ours()[-1]])):
        np.testing.assert_allclose(other, ours(), rtol=1e-9)
    times = side_by_side({**CANDIDATES, **whole_programs()})
    tight, expression, readable, *_others = times.values()
    title = f"Training, {DATA.n_samples} samples x {ITERATIONS:,} iterations, with history and losses (processor time)"
    report(title, times, "ms", next(iter(CANDIDATES)))
    print(f"  train / tightest: {readable / tight:.2f} x, train / one expression a step: {readable / expression:.2f} x")
