"""The graph of a step: walked back it gives the gradient that the model's own backward gives."""

from typing import Any

import numpy as np
import pytest

from core.activations import ACTIVATIONS
from core.batches import Batches
from core.data.builtin import celsius, weighted_sum
from core.data.more import MORE_DATASETS
from core.experiment import Experiment
from core.lesson.graph import Node, graph_of
from core.lesson.step import Step, step_after
from core.losses import CrossEntropy, Huber, Loss, SquaredError
from core.network import Network
from core.training import train

LOSSES = [SquaredError(), SquaredError(summed=True), Huber(delta=0.3), CrossEntropy(), CrossEntropy(summed=True)]
GIVEN = ("inputs", "targets")


def step_of(dataset: str, model: Network | None, loss: Loss, **others: Any) -> Step:
    data = MORE_DATASETS[dataset]() if dataset in MORE_DATASETS else celsius()
    if model is not None:
        others = {"model": model, "start": model.start(data.n_features, 1), **others}
    return step_after(train(Experiment.on(data, iterations=3, learning_rate=1e-3, loss=loss, **others)), 2)


def owed(nodes: list[Node]) -> np.ndarray:
    """The gradients of the parameters, in their order."""
    return np.concatenate([node.gradient.ravel() for node in nodes if not node.of and node.name not in GIVEN])


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("dataset", ["hours", "xor"])
@pytest.mark.parametrize("model", [None, *(Network(3, each) for each in ACTIVATIONS.values())])
def test_the_walk_back_gives_the_gradient_of_the_model(dataset: str, model: Network | None, loss: Loss) -> None:
    step = step_of(dataset, model, loss)
    np.testing.assert_allclose(owed(graph_of(step)), step.gradient, rtol=1e-12, atol=1e-14)


def test_a_batch_has_a_graph_of_its_own_samples() -> None:
    step = step_of("sine", Network(4), SquaredError(), batches=Batches(7))
    nodes = graph_of(step)
    assert nodes[0].value.shape == (7, 1)
    np.testing.assert_allclose(owed(nodes), step.gradient, rtol=1e-12, atol=1e-14)


def test_the_graph_of_the_article_s_neuron_has_nine_nodes() -> None:
    names = [node.name for node in graph_of(step_of("celsius", None, SquaredError()))]
    before = ["inputs", "weights", "matmul", "bias", "add", "targets", "subtract", "square", "mean"]
    assert names == before


def test_the_weighted_sum_has_no_bias_in_its_graph_and_ends_at_its_loss() -> None:
    step = step_after(train(Experiment.on(weighted_sum(), iterations=2)), 0)
    nodes = graph_of(step)
    assert "bias" not in [node.name for node in nodes]
    assert float(nodes[-1].value) == step.loss == pytest.approx(99.2**2)
    assert float(nodes[-1].gradient) == 1.0


def test_each_node_is_made_of_earlier_ones() -> None:
    nodes = graph_of(step_of("xor", Network(3), CrossEntropy()))
    assert all(place < k for k, node in enumerate(nodes) for place in node.of)


def test_a_run_that_explodes_has_a_graph_without_a_warning() -> None:
    nodes = graph_of(step_after(train(Experiment.on(celsius(), start=(1e200, 0.0), iterations=5)), 0))
    assert np.isposinf(nodes[-1].value)
