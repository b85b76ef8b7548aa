import re
from functools import cache
from itertools import chain

import numpy as np
import pytest

from core.datasets import DATASETS
from core.neuron import Neuron, backward, forward
from pages.frame.runs import Run, parameters, run_of
from pages.settings.table import Settings
from pages.shared.formulas import Step, latex_number, names, parts, sample_rows, shortened, step_of
from wording import SUPERSCRIPTS, number, speak

FULL = 17
ARTICLE_SAMPLE = 92
ITERATIONS = (0, 1, 5, -1)
CASES = [(slug, iteration, summed) for slug in DATASETS for iteration in ITERATIONS for summed in (False, True)]
EVERY_CASE = pytest.mark.parametrize(("slug", "iteration", "summed"), CASES)
LATEX_NUMBER = re.compile(r"-?\d+(?:\{,\}\d{3})*(?:\.\d+)?(?: \\cdot 10\^\{-?\d+\})?")
ENDS = (0, 1, -2, -1)
ROUNDED = 5.1e-6
"""The relative error of a number with six digits, at the most."""


@cache
def run(slug: str, *, summed: bool = False) -> Run:
    return run_of(Settings(dataset=slug, summed=summed))


@cache
def step(slug: str, iteration: int, *, summed: bool = False, sample: int = 0, digits: int = FULL) -> Step:
    """A step of a run; iteration -1 is its last one."""
    return step_of(run(slug, summed=summed), place(slug, iteration), sample, digits)


def place(slug: str, iteration: int) -> int:
    return iteration if iteration >= 0 else run(slug).history.iterations - 1


def latex_values(text: str) -> list[float]:
    """The numbers of a piece of English LaTeX, without exponents of squares and indices of names."""
    bare = re.sub(r"\)\^2|[wx]_\{?\w+\}?", ")", text)
    return [
        float(found.replace("{,}", "").replace(r" \cdot 10^{", "e").replace("}", ""))
        for found in LATEX_NUMBER.findall(bare)
    ]


def right_side(line: str) -> str:
    return line.split(" = ", 1)[1]


def value(cell: str) -> float:
    """The number in a cell of an English table."""
    plain = cell.replace(",", "").replace("−", "-")
    mantissa, _, power = plain.partition(" × 10")
    return float(f"{mantissa}e{power.translate({sign: digit for digit, sign in SUPERSCRIPTS.items()}) or 0}")


def ends(values: list[float]) -> list[float]:
    return values if len(values) <= 5 else [values[k] for k in ENDS]


def grad_outputs(taken: Step) -> list[float]:
    """The gradient at each output, from the history's neuron: 2/n (output - target), or without n where summed."""
    dataset = taken.run.dataset
    outputs = forward(taken.neuron, dataset.inputs)
    found: list[float] = (2 * (outputs - dataset.targets) / dataset.n_samples * taken.run.summands).tolist()
    return found


def shown_lines(taken: Step, part: int) -> list[str]:
    return parts(taken)[part - 1].lines


# The step


@EVERY_CASE
def test_a_step_starts_at_the_history_s_neuron(slug: str, iteration: int, summed: bool) -> None:
    taken, now = step(slug, iteration, summed=summed), place(slug, iteration)
    history = taken.run.history
    assert taken.neuron.weights.tolist() == history.weights[now].tolist()
    assert (taken.neuron.bias, taken.loss) == (history.bias[now], history.loss[now])


@EVERY_CASE
def test_a_step_ends_at_the_history_s_next_neuron(slug: str, iteration: int, summed: bool) -> None:
    taken, after = step(slug, iteration, summed=summed), place(slug, iteration) + 1
    history = taken.run.history
    expected = [*history.weights[after].tolist(), history.bias[after]]
    assert [*taken.after.weights.tolist(), taken.after.bias] == pytest.approx(expected, rel=1e-12)


@EVERY_CASE
def test_the_loss_is_the_mean_of_the_squared_residuals(slug: str, iteration: int, summed: bool) -> None:
    taken = step(slug, iteration, summed=summed)
    assert taken.loss == pytest.approx(float(np.mean((taken.outputs - taken.run.dataset.targets) ** 2)), rel=1e-9)


# The substituted numbers


@EVERY_CASE
def test_the_forward_part_holds_the_sample_s_inputs_and_the_history_s_parameters(
    slug: str, iteration: int, summed: bool
) -> None:
    taken, history = step(slug, iteration, summed=summed), run(slug, summed=summed).history
    inputs, weights = taken.run.dataset.inputs[0].tolist(), history.weights[place(slug, iteration)].tolist()
    bias = [float(history.bias[place(slug, iteration)])] if taken.run.dataset.trains_bias else []
    expected = [*chain.from_iterable(zip(inputs, weights, strict=True)), *bias]
    assert latex_values(right_side(shown_lines(taken, 1)[1])) == expected


@EVERY_CASE
def test_the_forward_part_s_result_is_the_output(slug: str, iteration: int, summed: bool) -> None:
    taken = step(slug, iteration, summed=summed)
    expected = forward(taken.run.history.neuron(place(slug, iteration)), taken.run.dataset.inputs)[0]
    assert latex_values(right_side(shown_lines(taken, 1)[-1])) == [expected]


@EVERY_CASE
def test_the_loss_part_holds_outputs_and_targets(slug: str, iteration: int, summed: bool) -> None:
    taken = step(slug, iteration, summed=summed)
    (sum_of_squares,) = re.findall(r"\[ (.*) \]", shown_lines(taken, 2)[1])
    dataset = taken.run.dataset
    outputs = forward(taken.run.history.neuron(place(slug, iteration)), dataset.inputs).tolist()
    expected = zip(ends(outputs), ends(dataset.targets.tolist()), strict=True)
    assert latex_values(sum_of_squares) == [*chain.from_iterable(expected)]


@EVERY_CASE
def test_the_loss_part_s_result_is_the_history_s_loss(slug: str, iteration: int, summed: bool) -> None:
    taken = step(slug, iteration, summed=summed)
    expected = taken.run.history.loss[place(slug, iteration)]
    assert latex_values(right_side(shown_lines(taken, 2)[-1])) == [expected]


@EVERY_CASE
def test_the_gradient_at_the_output_holds_the_sample_s_output_and_target(
    slug: str, iteration: int, summed: bool
) -> None:
    taken = step(slug, iteration, summed=summed)
    substituted = shown_lines(taken, 3)[1]
    assert latex_values(substituted)[-2:] == [taken.outputs[0], taken.run.dataset.targets[0]]


@EVERY_CASE
def test_the_gradient_at_the_output_is_the_factor_times_the_residual(slug: str, iteration: int, summed: bool) -> None:
    taken = step(slug, iteration, summed=summed)
    assert latex_values(right_side(shown_lines(taken, 3)[-1])) == pytest.approx(grad_outputs(taken)[:1], rel=1e-12)


@EVERY_CASE
def test_the_chain_rule_holds_each_output_s_gradient_times_the_input(slug: str, iteration: int, summed: bool) -> None:
    taken = step(slug, iteration, summed=summed)
    dataset = taken.run.dataset
    columns = [*dataset.inputs.T.tolist(), [1.0] * dataset.n_samples][: len(names(taken))]
    shown = [latex_values(right_side(line)) for line in shown_lines(taken, 4)[1::3]]
    for terms, column in zip(shown, columns, strict=True):
        expected = zip(ends(grad_outputs(taken)), ends(column), strict=True)
        assert terms == pytest.approx([*chain.from_iterable(expected)], rel=1e-12)


@EVERY_CASE
def test_the_chain_rule_s_results_are_the_gradient(slug: str, iteration: int, summed: bool) -> None:
    taken = step(slug, iteration, summed=summed)
    dataset, history = taken.run.dataset, taken.run.history
    neuron = history.neuron(place(slug, iteration))
    gradient = backward(dataset.inputs, forward(neuron, dataset.inputs), dataset.targets)
    slopes = [*gradient.weights.tolist(), gradient.bias][: len(names(taken))]
    shown = [latex_values(right_side(line))[0] for line in shown_lines(taken, 4)[2::3]]
    assert shown == pytest.approx([slope * taken.run.summands for slope in slopes], rel=1e-12)


@EVERY_CASE
def test_the_update_holds_parameter_learning_rate_and_gradient(slug: str, iteration: int, summed: bool) -> None:
    taken = step(slug, iteration, summed=summed)
    before = parameters(taken.run.dataset, taken.run.history.neuron(place(slug, iteration)))
    slopes = [*taken.gradient.weights.tolist(), taken.gradient.bias]
    shown = [latex_values(right_side(line)) for line in shown_lines(taken, 5)[1::3]]
    assert shown == [
        [value, taken.run.learning_rate, slope] for value, slope in zip(before, slopes[: len(before)], strict=True)
    ]


@EVERY_CASE
def test_the_update_s_results_are_the_history_s_next_parameters(slug: str, iteration: int, summed: bool) -> None:
    taken = step(slug, iteration, summed=summed)
    expected = parameters(taken.run.dataset, taken.run.history.neuron(place(slug, iteration) + 1))
    shown = [latex_values(right_side(line))[0] for line in shown_lines(taken, 5)[2::3]]
    assert shown == pytest.approx(expected, rel=1e-12)


def test_a_link_cannot_set_a_bias_that_is_not_trained_and_not_shown() -> None:
    taken = step_of(run_of(Settings(dataset="weighted-sum", bias=5.0)), 0, 0)
    assert taken.outputs[0] == pytest.approx(0.8)


# The article's sample, as it is written


def article(part: int) -> list[str]:
    return shown_lines(step("celsius", 0, sample=ARTICLE_SAMPLE, digits=6), part)


def test_the_article_s_sample_goes_forward_to_21_5() -> None:
    assert article(1) == [
        r"\text{output} = x \cdot w + b",
        r"\text{output} = 42 \cdot 0.5 + 0.5",
        r"\text{output} = 21.5",
    ]


def test_the_sum_of_the_squares_is_written_with_dots() -> None:
    assert article(2)[1] == (
        r"\text{loss} = \frac{1}{100} [ ((-24.5) - (-58))^2 + ((-24) - (-56.2))^2"
        r" + \dots + (24.5 - 118.4)^2 + (25 - 120.2)^2 ]"
    )


def test_the_article_s_sample_has_a_hundredth_of_twice_its_residual_as_gradient() -> None:
    left = r"\frac{\partial\,\text{loss}}{\partial\,\text{output}}"
    assert article(3) == [
        rf"{left} = \frac{{2}}{{100}} (\text{{output}} - \text{{target}})",
        rf"{left} = \frac{{2}}{{100}} (21.5 - 107.6)",
        rf"{left} = -1.722",
    ]


def test_the_gradients_of_weight_and_bias_at_the_start_are_the_article_s() -> None:
    assert article(4)[2::3] == [
        r"\frac{\partial\,\text{loss}}{\partial w} = -2{,}135.6",
        r"\frac{\partial\,\text{loss}}{\partial b} = -61.7",
    ]


def test_the_update_takes_the_learning_rate_times_the_gradient_away() -> None:
    assert article(5)[1::3] == [
        r"w_{\text{new}} = 0.5 - 0.0001 \cdot (-2{,}135.6)",
        r"b_{\text{new}} = 0.5 - 0.0001 \cdot (-61.7)",
    ]
    assert article(5)[2::3] == [r"w_{\text{new}} = 0.71356", r"b_{\text{new}} = 0.50617"]


def test_the_summed_gradient_at_the_output_has_no_division() -> None:
    left = r"\frac{\partial\,\text{loss}}{\partial\,\text{output}}"
    taken = step("celsius", 0, summed=True, sample=ARTICLE_SAMPLE, digits=6)
    assert shown_lines(taken, 3)[1:] == [rf"{left} = 2 (21.5 - 107.6)", rf"{left} = -172.2"]


def test_four_weights_are_numbered_and_have_no_bias() -> None:
    taken = step("weighted-sum", 0, digits=6)
    assert shown_lines(taken, 1) == [
        r"\text{output} = x_1 \cdot w_1 + x_2 \cdot w_2 + x_3 \cdot w_3 + x_4 \cdot w_4",
        r"\text{output} = 1 \cdot 0.1 + 1 \cdot 0.25 + 1 \cdot 0.15 + 1 \cdot 0.3",
        r"\text{output} = 0.8",
    ]


def test_the_four_gradients_of_one_sample_are_equal() -> None:
    shown = [right_side(line) for line in shown_lines(step("weighted-sum", 0, digits=6), 4)[2::3]]
    assert shown == ["-198.4"] * 4


@pytest.mark.parametrize("slug", DATASETS)
def test_there_are_five_parts_numbered_in_order(slug: str) -> None:
    assert [part.title[:3] for part in parts(step(slug, 0))] == ["1 ·", "2 ·", "3 ·", "4 ·", "5 ·"]
    assert all(part.words and part.lines for part in parts(step(slug, 0)))


@pytest.mark.parametrize("slug", DATASETS)
@pytest.mark.parametrize("language", ["en", "tr"])
def test_every_line_has_as_many_opening_as_closing_brackets(slug: str, language: str) -> None:
    speak(language)
    for part in parts(step(slug, 1, digits=6)):
        for line in part.lines:
            assert [line.count(one) for one in "{(["] == [line.count(other) for other in "})]"]


# Long sums


@pytest.mark.parametrize(
    ("terms", "text"),
    [
        ("a", "a"),
        ("abcde", "a + b + c + d + e"),
        ("abcdef", r"a + b + \dots + e + f"),
        ("abcdefghij", r"a + b + \dots + i + j"),
    ],
)
def test_only_a_long_sum_is_shortened_with_dots(terms: str, text: str) -> None:
    assert shortened(list(terms)) == text


# Numbers in LaTeX


@pytest.mark.parametrize(
    ("value", "english", "turkish"),
    [
        (0.0, "0", "0"),
        (0.5, "0.5", "0{,}5"),
        (-0.25, "-0.25", "-0{,}25"),
        (1234.5, "1{,}234.5", "1.234{,}5"),
        (1234567.0, "1{,}234{,}567", "1.234.567"),
        (1.5e12, r"1.5 \cdot 10^{12}", r"1{,}5 \cdot 10^{12}"),
        (-2.5e-9, r"-2.5 \cdot 10^{-9}", r"-2{,}5 \cdot 10^{-9}"),
        (1e300, r"1 \cdot 10^{300}", r"1 \cdot 10^{300}"),
    ],
)
def test_a_number_is_written_in_the_notation_of_the_language(value: float, english: str, turkish: str) -> None:
    speak("en")
    assert latex_number(value, 6) == english
    speak("tr")
    assert latex_number(value, 6) == turkish


def test_what_is_no_number_is_written_as_words() -> None:
    assert latex_number(float("nan"), 6) == r"\text{no number}"


def test_in_turkish_the_formulas_speak_turkish() -> None:
    speak("tr")
    assert article(1)[1] == r"\text{çıktı} = 42 \cdot 0{,}5 + 0{,}5"


@pytest.mark.parametrize("slug", DATASETS)
def test_in_turkish_no_english_word_is_left_in_the_formulas(slug: str) -> None:
    speak("tr")
    for part in parts(step(slug, 0)):
        words = re.findall(r"\\text\{(.*?)\}", " ".join(part.lines))
        assert not {"output", "target", "loss", "new"} & set(words)


# Rounding


@EVERY_CASE
def test_six_digits_are_the_same_numbers_rounded(slug: str, iteration: int, summed: bool) -> None:
    rounded, full = (step(slug, iteration, summed=summed, digits=digits) for digits in (6, FULL))
    for short, long in zip(parts(rounded), parts(full), strict=True):
        for one, other in zip(short.lines, long.lines, strict=True):
            assert latex_values(one) == pytest.approx(latex_values(other), rel=ROUNDED)


@EVERY_CASE
def test_every_number_of_the_table_is_rounded_by_the_one_rule(slug: str, iteration: int, summed: bool) -> None:
    taken = step(slug, iteration, summed=summed)
    rounded, full = sample_rows(taken, 6)[1], sample_rows(taken, FULL)[1]
    for short, long in zip(rounded, full, strict=True):
        assert short[1:] == [number(value(cell), 6) if cell else "" for cell in long[1:]]


# The table of the samples


def row(slug: str, index: int, digits: int = FULL, *, iteration: int = 0, summed: bool = False) -> list[str]:
    return sample_rows(step(slug, iteration, summed=summed), digits)[1][index]


@EVERY_CASE
def test_the_sums_of_the_table_are_the_loss_and_the_gradient(slug: str, iteration: int, summed: bool) -> None:
    taken = step(slug, iteration, summed=summed)
    last = [value(cell) for cell in row(slug, -1, iteration=iteration, summed=summed)[1:] if cell]
    history, now = taken.run.history, place(slug, iteration)
    neuron: Neuron = history.neuron(now)
    dataset = taken.run.dataset
    gradient = backward(dataset.inputs, forward(neuron, dataset.inputs), dataset.targets)
    slopes = [*gradient.weights.tolist(), gradient.bias][: len(names(taken))]
    assert last[0] == pytest.approx(history.loss[now], rel=1e-9)
    assert last[1:] == pytest.approx([slope * taken.run.summands for slope in slopes], rel=1e-9, abs=1e-12)


@EVERY_CASE
def test_each_sum_of_the_table_is_the_sum_of_its_column(slug: str, iteration: int, summed: bool) -> None:
    _, (*body, total) = sample_rows(step(slug, iteration, summed=summed), FULL)
    for column, cell in list(enumerate(total))[1:]:
        if cell:
            addends = [value(line[column]) for line in body]
            scale = sum(map(abs, addends))
            assert value(cell) == pytest.approx(sum(addends), rel=1e-9, abs=1e-13 * scale)


@pytest.mark.parametrize("slug", DATASETS)
def test_the_table_has_one_row_for_each_sample_and_one_for_the_sums(slug: str) -> None:
    header, rows = sample_rows(step(slug, 0), 6)
    assert [line[0] for line in rows] == [*map(str, range(1, run(slug).dataset.n_samples + 1)), "sum"]
    assert {len(line) for line in rows} == {len(header)}


def test_the_article_s_sample_stands_in_the_table() -> None:
    assert row("celsius", ARTICLE_SAMPLE, 6) == [
        *("93", "42", "21.5", "107.6", "−86.1", "74.1321", "−1.722", "−72.324", "−1.722")
    ]


def test_the_columns_of_the_table_are_named() -> None:
    assert sample_rows(step("celsius", 0), 6)[0] == [
        *("sample", "Celsius", "output", "target", "output − target", "share of the loss"),
        *("∂ loss / ∂ output", "∂ loss / ∂ weight", "∂ loss / ∂ bias"),
    ]


def test_in_turkish_no_column_has_an_english_name() -> None:
    speak("tr")
    header, _ = sample_rows(step("celsius", 0), 6)
    assert not {"sample", "loss", "output", "target", "weight", "bias"} & set(re.findall(r"\w+", " ".join(header)))
