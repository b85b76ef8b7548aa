from typing import Any

import numpy as np
import pytest

from core.activations import ACTIVATIONS, sigmoid
from core.data.clouds import xor
from core.data.curves import sine
from core.data.more import hours
from core.experiment import Experiment, Model
from core.lesson.suspects import LINE_UPS, SUSPECTS, Verdict, line_up, suspected
from core.losses import CrossEntropy, Huber, Loss, SquaredError
from core.network import Network
from core.neuron import Neuron
from telling.answers import told
from telling.checking import check_tables
from telling.code import code_of
from telling.suspects import agrees_by_chance, how_to_read, moral, stories
from tests.telling.runs import cells, rows
from wording import LANGUAGES, speak

LOSSES: list[Loss] = [SquaredError(), CrossEntropy(), Huber(delta=0.5)]
NETWORKS = [Network(3, activation) for activation in ACTIVATIONS.values()]
MODELS: list[Model] = [Neuron(), *NETWORKS]
LEARNERS = [(model, loss) for loss in LOSSES for model in MODELS]
CASES = [(model, loss, key) for model, loss in LEARNERS for key in line_up(model, loss)]


def slope(loss: Loss, outputs: Any, targets: Any) -> Any:
    return loss.slope(outputs, targets) * len(targets)


@pytest.mark.parametrize(("model", "loss", "key"), CASES)
def test_the_code_that_is_shown_can_be_run_and_is_the_suspect_s(model: Model, loss: Loss, key: str) -> None:
    namespace: dict[str, Any] = {"np": np, "sigmoid": sigmoid}
    exec(code_of(key, model, loss), namespace)
    data, backward = xor(), line_up(model, loss)[key].backward
    start = np.random.default_rng(0).normal(size=model.n_parameters(2))
    inputs = model.seen(data.inputs)
    outputs = model.forward(start, inputs)
    if isinstance(model, Network):
        first, second, _bias = model.layers(start, 3)
        known = (inputs, model.hidden(start, inputs), outputs, data.targets, first, second)
        ours = backward(*known, lambda o, t: slope(loss, o, t), model.activation.slope)
    else:
        known = (data.inputs, outputs, data.targets, *((loss.delta,) if isinstance(loss, Huber) else ()))
        ours = backward(*known)
    for found, shown in zip(ours, namespace["backward"](*known), strict=True):
        assert shown == pytest.approx(found, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize(("model", "loss", "key"), CASES)
def test_no_code_betrays_itself_by_a_name_a_docstring_or_a_remark(model: Model, loss: Loss, key: str) -> None:
    code = code_of(key, model, loss)
    assert code.startswith("def backward(inputs, ")
    assert not any(mark in code for mark in ('"""', "#", "slope", line_up(model, loss)[key].backward.__name__))


@pytest.mark.parametrize(("model", "loss"), LEARNERS)
def test_six_codes_of_a_line_up_are_six_different_ones(model: Model, loss: Loss) -> None:
    assert len({code_of(key, model, loss) for key in line_up(model, loss)}) == 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_suspect_of_every_line_up_has_a_story_of_its_own(language: str) -> None:
    speak(language)
    keys = {key for suspects in LINE_UPS for key in suspects}
    assert stories().keys() == keys
    assert len(set(stories().values())) == len(keys)


def test_a_verdict_on_any_suspect_is_told_right_or_wrong() -> None:
    for suspects in LINE_UPS:
        for key, suspect in suspects.items():
            for verdict in Verdict:
                assert told(key, verdict).startswith("**Right.**" if verdict is suspect.verdict else "**Not so.**")


def test_the_article_s_story_is_told_of_its_own_six_only() -> None:
    for model, loss in LEARNERS:
        assert ("1.873" in moral(model, loss)) is (line_up(model, loss) is SUSPECTS)
        assert ("activation" in agrees_by_chance(model, loss)) is (line_up(model, loss) is not SUSPECTS)


def test_the_names_in_a_code_are_explained_where_words_alone_do_not() -> None:
    assert how_to_read(Neuron(), SquaredError()) == ""
    assert "`sigmoid`" in how_to_read(Neuron(), CrossEntropy())
    assert "0.5" in how_to_read(Neuron(), Huber(delta=0.5))
    for name in ("first", "second", "hidden", "inputs"):
        assert f"`{name}`" in how_to_read(Network(), SquaredError())


def test_of_a_network_the_check_says_which_layer_is_wrong() -> None:
    model = Network(3)
    wrong = Experiment.on(sine(), model=suspected(model, "weighted-sums"), start=model.start(1, 0))
    layers, parameters = check_tables(wrong, 1e-5)
    off = {name: central for name, _forward, central in rows(layers)}
    assert float(off["weights into the output"]) > 0.1
    assert all("10" in off[name] for name in off if name != "weights into the output")
    assert len(rows(parameters)) == 1 + 10
    assert rows(parameters)[0][0] == "relative difference"
    assert "tall" in parameters


def test_of_one_neuron_the_check_has_one_table_with_the_difference_last() -> None:
    (table,) = check_tables(Experiment.on(hours(), loss=CrossEntropy()), 1e-5)
    assert [row[0] for row in rows(table)] == ["weight", "bias", "relative difference"]
    assert cells(table, "th")[0] == "parameter"
