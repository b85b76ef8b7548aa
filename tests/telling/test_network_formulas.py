import re
from typing import Any

import pytest

from core.activations import IDENTITY, SIGMOID, TANH
from core.batches import Batches
from core.data.builtin import DATASETS
from core.data.dataset import Dataset
from core.data.more import MORE_DATASETS
from core.experiment import Experiment
from core.lesson.step import Step, step_after
from core.losses import CrossEntropy, Huber, Loss, SquaredError
from core.network import Network
from core.neuron import Neuron
from core.optimisers import OPTIMISERS, Adam, Momentum, Nesterov, Optimiser, RMSProp
from core.training import train
from telling.diagram import diagram
from telling.formulas.parts import parts
from telling.names import names_in
from telling.samples import sample_rows
from tests.core.experiments import EVERY_ACTIVATION, EVERY_LOSS, EVERY_OPTIMISER
from tests.core.lesson.by_hand import step_by_hand
from tests.telling.evaluated import values_by_name
from tests.telling.runs import cells, rows
from wording import LANGUAGES, number, speak

FULL = 17
LOSS = r"\frac{\partial\,\text{loss}}{\partial"
OVER_OUTPUT = rf"{LOSS}\,\text{{output}}}}"
SHARE = rf"{LOSS}\,\text{{output}}_i}}"


def lines(step: Step, part: int, digits: int = 6, sample: int = 0) -> list[str]:
    (found,) = parts(step, sample, digits, str(part))
    return found.lines


def tables(step: Step, part: str) -> list[str]:
    return [passage.table for found in parts(step, 0, 6, part) for passage in found.passages if passage.table]


def close(values: Any) -> Any:
    return pytest.approx(values, rel=1e-9, abs=1e-12)


# By hand: two hidden neurons with ReLU


def test_forward_goes_through_the_neuron_that_adds_most_and_then_to_the_output() -> None:
    assert lines(step_by_hand(), 1) == [
        r"z_k = x \cdot w_{1 \to k} + b_k",
        r"z_{1} = 2 \cdot 0.5 + 0.1 = 1.1",
        r"h_k = \max(0, z_k)",
        r"h_{1} = \max(0, 1.1) = 1.1",
        r"\text{output} = \sum_k v_k \cdot h_k + c",
        r"\text{output} = 3 \cdot 1.1 + (-2) \cdot 0 + 0.5",
        r"\text{output} = 3.8",
    ]


def test_the_hidden_neurons_stand_in_a_table_with_what_they_add() -> None:
    (table,) = tables(step_by_hand(), "1")
    assert cells(table, "th") == ["neuron", "sum z", "value h", "weight v", "v · h"]
    assert rows(table) == [
        ["1", "1.1", "1.1", "3", "3.3"],
        ["2", "−1.8", "0", "−2", "0"],
        ["bias c", "", "", "", "0.5"],
        ["output", "", "", "", "3.8"],
    ]


def test_backward_goes_through_both_layers() -> None:
    assert lines(step_by_hand(), 4) == [
        rf"{LOSS} v_{{1}}}} = \sum_i {SHARE} \cdot h_{{i,1}}",
        rf"{LOSS} v_{{1}}}} = 2 \cdot 1.1 + (-1.9) \cdot 0 = 2.2",
        rf"{LOSS} c}} = \sum_i {SHARE}",
        rf"{LOSS} c}} = 2 + (-1.9) = 0.1",
        rf"{LOSS} h_{{1}}}} = {OVER_OUTPUT} \cdot v_{{1}}",
        rf"{LOSS} h_{{1}}}} = 2 \cdot 3 = 6",
        r"\frac{\partial\,h_{1}}{\partial z_{1}} = \begin{cases} 1 & z_{1} > 0 \\ 0 & z_{1} \le 0 \end{cases} = 1",
        rf"{LOSS} z_{{1}}}} = {LOSS} h_{{1}}}} \cdot \frac{{\partial\,h_{{1}}}}{{\partial z_{{1}}}}",
        rf"{LOSS} z_{{1}}}} = 6 \cdot 1 = 6",
        rf"{LOSS} w_{{1 \to 1}}}} = \sum_i {LOSS} z_{{i,1}}}} \cdot x_i",
        rf"{LOSS} w_{{1 \to 1}}}} = 6 \cdot 2 + 0 \cdot (-1) = 12",
        rf"{LOSS} b_{{1}}}} = \sum_i {LOSS} z_{{i,1}}}}",
        rf"{LOSS} b_{{1}}}} = 6 + 0 = 6",
    ]


def test_the_other_sample_is_followed_through_the_other_neuron() -> None:
    found = values_by_name(lines(step_by_hand(), 4, sample=1))
    assert found[rf"{LOSS} v_{{2}}}}"] == close([-2.28] * 2)
    assert found[rf"{LOSS} h_{{2}}}}"] == close([3.8] * 2)
    assert found[rf"{LOSS} w_{{1 \to 2}}}}"] == close([-3.8] * 2)
    assert found[rf"{LOSS} b_{{2}}}}"] == close([3.8] * 2)


def test_the_update_is_written_for_the_output_s_bias_and_all_parameters_stand_in_a_table() -> None:
    step = step_by_hand()
    assert lines(step, 5)[1:] == [r"c_{\text{new}} = 0.5 - 0.1 \cdot 0.1", r"c_{\text{new}} = 0.49"]
    (table,) = tables(step, "5")
    assert cells(table, "th") == ["parameter", "value", "gradient", "change", "new value"]
    assert rows(table) == [
        ["w1→1", "0.5", "12", "−1.2", "−0.7"],
        ["w1→2", "−1", "−3.8", "0.38", "−0.62"],
        ["b1", "0.1", "6", "−0.6", "−0.5"],
        ["b2", "0.2", "3.8", "−0.38", "−0.18"],
        ["v1", "3", "2.2", "−0.22", "2.78"],
        ["v2", "−2", "−2.28", "0.228", "−1.772"],
        ["c", "0.5", "0.1", "−0.01", "0.49"],
    ]


def test_before_the_update_the_table_has_no_new_values_which_are_still_to_be_predicted() -> None:
    (table,) = tables(step_by_hand(), "4")
    assert cells(table, "th") == ["parameter", "value", "gradient"]
    assert 'class="table numbers tall" role="region" tabindex="0"' in table
    assert len(tables(step_by_hand(), "all")) == 2  # of the hidden neurons, and of all parameters once


@pytest.mark.parametrize(
    ("activation", "value", "slope"),
    [
        (TANH, r"h_{1} = \tanh(1.1) = 0.800499", "1 - h_{1}^2 = 1 - 0.800499^2 = 0.359201"),
        (
            SIGMOID,
            r"h_{1} = \frac{1}{1 + e^{-1.1}} = 0.75026",
            r"h_{1} \cdot (1 - h_{1}) = 0.75026 \cdot (1 - 0.75026) = 0.18737",
        ),
        (IDENTITY, "h_{2} = -1.8", "1"),
    ],
)
def test_each_activation_has_its_value_and_its_slope(activation: Any, value: str, slope: str) -> None:
    step = step_by_hand(activation)
    assert lines(step, 1)[3] == value
    (found,) = [line for line in lines(step, 4) if line.startswith(r"\frac{\partial\,h")]
    assert found.split(" = ", 1)[1] == slope


# Losses


def test_two_classes_have_a_probability() -> None:
    (passage,) = parts(step_by_hand(loss=CrossEntropy()), 0, 6, "1")[0].passages[2:]
    assert "“yes”" in passage.words
    assert passage.lines == [r"p = \frac{1}{1 + e^{-\text{output}}}", r"p = \frac{1}{1 + e^{-3.8}} = 0.978119"]
    assert lines(step_by_hand(loss=CrossEntropy()), 1, sample=1)[-1] == r"p = \frac{1}{1 + e^{-(-1.9)}} = 0.130108"


def test_the_cross_entropy_comes_from_the_output() -> None:
    step = step_by_hand(loss=CrossEntropy(), targets=(1.0, 0.0))
    _formula, own, mean, result = lines(step, 2, sample=1)
    assert own == r"-\ln (1 - p) = \ln(1 + e^{-1.9}) - 0 \cdot (-1.9) = 0.139387"
    assert lines(step, 2)[1] == r"-\ln p = \ln(1 + e^{3.8}) - 1 \cdot 3.8 = 0.0221242"
    assert mean == r"\text{loss} = \frac{1}{2} [ 0.0221242 + 0.139387 ]"
    assert result == r"\text{loss} = 0.0807555"


def test_the_slope_of_the_cross_entropy_is_how_far_the_probability_is_off() -> None:
    assert lines(step_by_hand(loss=CrossEntropy()), 3, sample=1) == [
        rf"{OVER_OUTPUT} = \frac{{1}}{{2}} (p - \text{{target}})",
        rf"{OVER_OUTPUT} = \frac{{1}}{{2}} (0.130108 - 0)",
        rf"{OVER_OUTPUT} = 0.0650542",
    ]


@pytest.mark.parametrize(
    ("delta", "own", "slope"),
    [
        (5.0, r"\rho(2) = \frac{1}{2} \cdot 2^2 = 2", r"\frac{1}{2} (3.8 - 1.8)"),
        (1.0, r"\rho(2) = 1 \cdot (2 - \frac{1}{2} \cdot 1) = 1.5", r"\frac{1}{2} (1)"),
    ],
)
def test_huber_s_loss_is_a_square_near_and_a_line_far_away(delta: float, own: str, slope: str) -> None:
    step = step_by_hand(loss=Huber(delta=delta))
    assert lines(step, 2)[2] == own
    assert lines(step, 3)[1] == f"{OVER_OUTPUT} = {slope}"


@pytest.mark.parametrize("loss", [CrossEntropy(summed=True), Huber(summed=True)])
def test_a_summed_slope_has_no_division(loss: Loss) -> None:
    assert not any(r"\frac{1}{2}" in line for line in lines(step_by_hand(loss=loss), 3))


def test_a_batch_has_its_own_loss_and_the_loss_of_all_is_told() -> None:
    step = step_after(train(Experiment.on(DATASETS["celsius"](), iterations=1, batches=Batches(10))), 0)
    (part,) = parts(step, 0, 6, "2")
    assert part.passages[0].words.endswith("This is the loss of the batch; that of all 100 samples is 2,359.91.")
    assert part.lines[1].startswith(r"\text{loss} = \frac{1}{10} [ ")
    assert lines(step, 3)[0].startswith(rf"{OVER_OUTPUT} = \frac{{2}}{{10}} ")
    assert lines(step, 2, FULL)[-1] == rf"\text{{loss}} = {number(step.seen_loss, FULL).replace(',', '{,}')}"


# Optimisers


def test_momentum_adds_the_new_velocity() -> None:
    step = step_by_hand(iteration=1, optimiser=Momentum(0.5))
    found = values_by_name(lines(step, 5, FULL))
    assert found[r"\text{velocity}_{\text{new}}"] == close([step.next_state[0][-1]] * 2)
    assert found[r"c_{\text{new}}"] == close([step.after[-1]] * 2)
    assert step.state[0][-1] != 0


def test_nesterov_adds_a_part_of_the_new_velocity_and_the_step_downhill() -> None:
    step = step_by_hand(iteration=1, optimiser=Nesterov(0.5))
    found = values_by_name(lines(step, 5, FULL))
    assert found[r"\text{velocity}_{\text{new}}"] == close([step.next_state[0][-1]] * 2)
    assert found[r"c_{\text{new}}"] == close([step.after[-1]] * 2)


def test_rmsprop_divides_by_the_root_of_the_mean_square() -> None:
    step = step_by_hand(iteration=1, optimiser=RMSProp())
    found = values_by_name(lines(step, 5, FULL))
    assert found[r"\text{mean square}_{\text{new}}"] == close([step.next_state[0][-1]] * 2)
    assert found[r"c_{\text{new}}"] == close([step.after[-1]] * 2)


def test_adam_s_first_step_is_as_long_as_the_learning_rate() -> None:
    assert lines(step_by_hand(optimiser=Adam()), 5) == [
        rf"\text{{mean}}_{{\text{{new}}}} = 0.9 \cdot \text{{mean}} + 0.1 \cdot {LOSS} c}}",
        r"\text{mean}_{\text{new}} = 0.9 \cdot 0 + 0.1 \cdot 0.1 = 0.01",
        r"\text{mean square}_{\text{new}} = 0.999 \cdot \text{mean square} + 0.001 \cdot "
        rf"\left( {LOSS} c}} \right)^2",
        r"\text{mean square}_{\text{new}} = 0.999 \cdot 0 + 0.001 \cdot 0.1^2 = 0.00001",
        r"c_{\text{new}} = c - \eta \cdot \frac{\text{mean}_{\text{new}} \,/\, (1 - 0.9^{t})}"
        r"{\sqrt{\text{mean square}_{\text{new}} \,/\, (1 - 0.999^{t})} + \varepsilon}",
        r"c_{\text{new}} = 0.5 - 0.1 \cdot \frac{0.01 \,/\, (1 - 0.9^{1})}"
        r"{\sqrt{0.00001 \,/\, (1 - 0.999^{1})} + 1 \cdot 10^{-8}} = 0.4",
    ]


def test_adam_s_second_step_makes_up_for_the_beginning_at_zero() -> None:
    step = step_by_hand(iteration=1, optimiser=Adam())
    found = values_by_name(lines(step, 5, FULL))
    assert found[r"\text{mean}_{\text{new}}"] == close([step.next_state[0][-1]] * 2)
    assert found[r"\text{mean square}_{\text{new}}"] == close([step.next_state[1][-1]] * 2)
    assert found[r"c_{\text{new}}"] == close([step.after[-1]] * 2)
    assert "t = 2" in parts(step, 0, 6, "5")[0].passages[0].words


@EVERY_OPTIMISER
def test_one_neuron_s_first_weight_is_written_out_too(optimiser: Optimiser) -> None:
    step = step_after(train(Experiment.on(DATASETS["tips"](), iterations=3, optimiser=optimiser)), 2)
    found = values_by_name(lines(step, 5, FULL))
    assert found[r"w_{\text{new}}"] == close([step.after[0]] * 2)


# Every loss, activation and optimiser


@EVERY_LOSS
@EVERY_ACTIVATION
@EVERY_OPTIMISER
def test_the_numbers_of_every_line_make_its_result(loss: Loss, activation: Any, optimiser: Optimiser) -> None:
    step = step_by_hand(activation, 2, loss=loss, optimiser=optimiser, learning_rate=0.01)
    found = values_by_name(line for part in parts(step, 0, FULL) for line in part.lines)
    compared = {name: values for name, values in found.items() if len(values) > 1}
    assert len(compared) >= 11
    for name, values in compared.items():
        assert values == pytest.approx([values[-1]] * len(values), rel=1e-9, abs=1e-11), name


@EVERY_LOSS
@EVERY_OPTIMISER
def test_the_parameters_in_the_table_are_the_core_s(loss: Loss, optimiser: Optimiser) -> None:
    step = step_by_hand(TANH, 2, loss=loss, optimiser=optimiser, learning_rate=0.01)
    (table,) = tables(step, "5")
    columns = [[*column] for column in zip(*rows(table), strict=True)]
    names, before, slopes, _changes, after = columns
    assert names == names_in(step.experiment)
    for shown, values in ((before, step.parameters), (slopes, step.gradient), (after, step.after)):
        assert shown == [number(value, 6) for value in values.tolist()]


EVERYTHING = [(slug, "neuron") for slug in [*DATASETS, *MORE_DATASETS]] + [(slug, "network") for slug in MORE_DATASETS]


def losses_for(data: Dataset) -> list[Loss]:
    return [SquaredError(), Huber(), *([CrossEntropy()] if data.has_classes else [])]


@pytest.mark.parametrize(("slug", "model"), EVERYTHING)
def test_every_data_set_is_written_with_every_loss_and_optimiser_in_both_languages(slug: str, model: str) -> None:
    data = {**DATASETS, **MORE_DATASETS}[slug]()
    learner = Network(16) if model == "network" else Neuron(data.has_bias)
    own = learner.start(data.n_features, 1) if isinstance(learner, Network) else data.start
    common: dict[str, Any] = {"model": learner, "start": tuple(own), "batches": Batches(3), "iterations": 2}
    for loss in losses_for(data):
        for k, make in enumerate(OPTIMISERS.values()):
            step = step_after(train(Experiment.on(data, **common, loss=loss, optimiser=make())), 1)
            speak([*LANGUAGES][k % len(LANGUAGES)])
            for line in (line for part in parts(step, 0, 6) for line in part.lines):
                assert [line.count(one) for one in "{(["] == [line.count(other) for other in "})]"]
            header, body = sample_rows(step, 6)
            assert {len(row) for row in body} == {len(header)}
            assert diagram(step, 0, "4")["active"]


@EVERY_OPTIMISER
def test_in_turkish_no_english_word_is_left_in_the_formulas_of_a_network(optimiser: Optimiser) -> None:
    speak("tr")
    step = step_by_hand(optimiser=optimiser, loss=CrossEntropy())
    text = " ".join(line for part in parts(step, 0, 6) for line in part.lines)
    words = set(re.findall(r"\\text\{(.*?)\}", text))
    assert not {"output", "loss", "target", "new", "velocity", "mean", "mean square"} & words


# The table of the samples


def test_a_network_s_samples_show_no_products_but_the_sum_of_the_slopes() -> None:
    header, body = sample_rows(step_by_hand(), 6)
    shown = ["sample", "x0", "output", "target", "output − target", "share of the loss", "∂ loss / ∂ output"]
    assert header == shown
    assert body == [
        ["1", "2", "3.8", "1.8", "2", "2", "2"],
        ["2", "−1", "−1.9", "0", "−1.9", "1.805", "−1.9"],
        ["sum", "", "", "", "", "3.805", "0.1"],
    ]


def test_with_classes_the_samples_show_their_probability() -> None:
    header, (_first, second, _sums) = sample_rows(step_by_hand(loss=CrossEntropy()), 6)
    assert dict(zip(header, second, strict=True)) == {
        **{"sample": "2", "x0": "−1", "output": "−1.9", "p": "0.130108", "target": "0", "p − target": "0.130108"},
        **{"share of the loss": "0.0696934", "∂ loss / ∂ output": "0.0650542"},
    }


def test_the_samples_of_a_batch_have_the_numbers_that_they_have_in_the_data() -> None:
    step = step_after(train(Experiment.on(DATASETS["celsius"](), iterations=1, batches=Batches(10))), 0)
    _header, body = sample_rows(step, 6)
    assert [row[0] for row in body] == [*(number(row + 1) for row in step.rows.tolist()), "sum"]
    assert body[-1][-3:] == ["", *(number(slope, 6) for slope in step.gradient.tolist())]
    assert body[-1][-4] == number(step.seen_loss, 6)


# The diagram


def test_the_diagram_of_a_network_follows_the_way_through_the_chosen_neuron() -> None:
    drawn = diagram(step_by_hand(), 0, "4")
    names = [node.name or node.inside for node in drawn["nodes"]]
    assert names == ["input", "1", "h1", "2", "1", "output", "target", "loss"]
    main = {(names[e.start], names[e.end]): e.slope for e in drawn["edges"] if e.main}
    assert main == {
        ("input", "h1"): "∂h1/∂w1→1<br>= 2",
        ("h1", "output"): "∂output/∂h1<br>= 3",
        ("output", "loss"): "∂loss/∂output<br>= 2",
        ("target", "loss"): "",
    }


def test_the_slopes_on_the_way_multiply_to_what_the_sample_adds_to_the_weight_s_gradient() -> None:
    # By hand: 2 · 3 · 2 of the first sample's 12, to which the second adds nothing.
    slopes = [edge.slope.split("= ")[1] for edge in diagram(step_by_hand(), 0, "all")["edges"] if edge.slope]
    assert slopes == ["2", "3", "2"]


ENDS = {"1": 7, "2": 2, "3": 1, "4": 8, "5": 0, "all": 0}


@pytest.mark.parametrize("substep", ENDS)
def test_each_part_has_its_own_strong_edges(substep: str) -> None:
    drawn = diagram(step_by_hand(), 0, substep)
    assert len(drawn["active"]) == ENDS[substep]
    ends = {drawn["nodes"][drawn["edges"][k].end].name for k in drawn["active"]}
    assert ("loss" in ends) is (substep in ("2", "3", "4"))
    assert drawn["backwards"] is (substep in ("3", "4"))


def test_of_two_features_both_slopes_into_the_neuron_are_told() -> None:
    data = MORE_DATASETS["xor"]()
    chosen: dict[str, Any] = {"model": Network(16), "start": tuple(Network(16).start(2, 1)), "loss": CrossEntropy()}
    drawn = diagram(step_after(train(Experiment.on(data, **chosen, iterations=1)), 0), 0, "all")
    (first, *_others) = [edge.slope for edge in drawn["edges"] if edge.slope]
    assert first.count("∂w1→") == first.count("∂w2→") == 1
    assert len([node for node in drawn["nodes"] if node.x == drawn["nodes"][3].x and node.inside]) == 2  # and the 1
