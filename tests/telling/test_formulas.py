import re
from functools import cache
from itertools import chain
from types import ModuleType

import numpy as np
import pytest

import telling.diagram
import telling.latex
import telling.samples
from core.checks import Array
from core.data.builtin import DATASETS
from core.lesson.step import Step, step_after
from core.training import History
from telling.diagram import diagram
from telling.formulas.parts import parts
from telling.latex import latex_number, long_sum
from telling.samples import sample_rows
from telling.tables import shortened_rows
from tests.telling.runs import run
from wording import LANGUAGES, SUPERSCRIPTS, number, speak

FULL = 17
ARTICLE_SAMPLE = 92
CASES = [(slug, iteration, summed) for slug in DATASETS for iteration in (0, 5, -1) for summed in (False, True)]
EVERY_CASE = pytest.mark.parametrize(("slug", "iteration", "summed"), CASES)
EVERY_DATASET = pytest.mark.parametrize("slug", DATASETS)
LATEX_NUMBER = re.compile(r"-?\d+(?:\{,\}\d{3})*(?:\.\d+)?(?: \\cdot 10\^\{-?\d+\})?")
ENDS = (0, 1, -2, -1)
ROUNDED = 5.1e-6
"""The relative error of a number with six digits, at the most."""


def history_of(slug: str, *, summed: bool = False) -> History:
    return run(slug, summed=summed, iterations=10 if slug == "weighted-sum" else 1000)


def place(slug: str, iteration: int) -> int:
    """The iteration itself; for -1 that of the run's last step."""
    return iteration if iteration >= 0 else history_of(slug).iterations - 1


@cache
def step(slug: str, iteration: int = 0, *, summed: bool = False) -> Step:
    return step_after(history_of(slug, summed=summed), place(slug, iteration))


class Truth:
    """One step as a text book computes it from the history's parameters, without the core's own functions."""

    def __init__(self, slug: str, iteration: int, *, summed: bool) -> None:
        history, now = history_of(slug, summed=summed), place(slug, iteration)
        data = history.experiment.data
        ones = [np.ones(data.n_samples)] if data.has_bias else []
        self.inputs: Array = np.column_stack([data.inputs, *ones])
        self.targets = data.targets
        self.before, self.after = history.parameters[now], history.parameters[now + 1]
        self.outputs = np.array([float(np.sum(row * self.before)) for row in self.inputs])
        self.grad_output = 2 * (self.outputs - self.targets) / (1 if summed else data.n_samples)
        self.gradient = np.array([float(np.sum(self.grad_output * column)) for column in self.inputs.T])
        self.loss = float(np.mean((self.outputs - self.targets) ** 2))
        self.learning_rate = history.experiment.learning_rate


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
    mantissa, _, power = cell.replace(",", "").replace("−", "-").partition(" × 10")
    return float(f"{mantissa}e{power.translate({sign: digit for digit, sign in SUPERSCRIPTS.items()}) or 0}")


def ends(values: Array) -> list[float]:
    found: list[float] = values.tolist()
    return found if len(found) <= 5 else [found[k] for k in ENDS]


def close(expected: list[float] | Array) -> object:
    """Equal but for the rounding of sums whose terms cancel."""
    return pytest.approx(expected, rel=1e-9, abs=1e-11)


def lines(slug: str, part: int, iteration: int = 0, *, summed: bool = False, sample: int = 0) -> list[str]:
    (found,) = parts(step(slug, iteration, summed=summed), sample, FULL, str(part))
    return found.lines


def pairs(one: list[float], other: list[float]) -> list[float]:
    return [*chain.from_iterable(zip(one, other, strict=True))]


# The substituted numbers


@EVERY_CASE
def test_the_forward_part_makes_the_output_of_inputs_and_parameters(slug: str, iteration: int, summed: bool) -> None:
    truth = Truth(slug, iteration, summed=summed)
    _formula, filled, result = lines(slug, 1, iteration, summed=summed)
    n_features = history_of(slug).experiment.data.n_features
    expected = pairs(truth.inputs[0, :n_features].tolist(), truth.before[:n_features].tolist())
    assert latex_values(right_side(filled)) == [*expected, *truth.before[n_features:]]
    assert latex_values(right_side(result)) == close(truth.outputs[:1])


@EVERY_CASE
def test_the_loss_part_makes_the_loss_of_outputs_and_targets(slug: str, iteration: int, summed: bool) -> None:
    truth = Truth(slug, iteration, summed=summed)
    _formula, filled, result = lines(slug, 2, iteration, summed=summed)
    (sum_of_squares,) = re.findall(r"\[ (.*) \]", filled)
    assert latex_values(sum_of_squares) == close(pairs(ends(truth.outputs), ends(truth.targets)))
    assert latex_values(right_side(result)) == close([truth.loss])


@EVERY_CASE
def test_the_gradient_at_the_output_is_the_factor_times_the_residual(slug: str, iteration: int, summed: bool) -> None:
    truth = Truth(slug, iteration, summed=summed)
    _formula, filled, result = lines(slug, 3, iteration, summed=summed, sample=-1)
    assert latex_values(filled)[-2:] == close([truth.outputs[-1], truth.targets[-1]])
    assert latex_values(right_side(result)) == close(truth.grad_output[-1:])


@EVERY_CASE
def test_the_chain_rule_makes_the_gradient_of_the_outputs_gradients_and_the_inputs(
    slug: str, iteration: int, summed: bool
) -> None:
    truth = Truth(slug, iteration, summed=summed)
    shown = [latex_values(right_side(line)) for line in lines(slug, 4, iteration, summed=summed)]
    for terms, column in zip(shown[1::3], truth.inputs.T, strict=True):
        assert terms == close(pairs(ends(truth.grad_output), ends(column)))
    assert [result for (result,) in shown[2::3]] == close(truth.gradient)


@EVERY_CASE
def test_the_update_makes_the_next_parameters_of_parameter_learning_rate_and_gradient(
    slug: str, iteration: int, summed: bool
) -> None:
    truth = Truth(slug, iteration, summed=summed)
    shown = [latex_values(right_side(line)) for line in lines(slug, 5, iteration, summed=summed)]
    for terms, before, slope in zip(shown[1::3], truth.before, truth.gradient, strict=True):
        assert terms == close([before, truth.learning_rate, slope])
    assert [result for (result,) in shown[2::3]] == close(truth.after)


# The article's sample, as it is written


def article(part: int, slug: str = "celsius", *, summed: bool = False, sample: int = ARTICLE_SAMPLE) -> list[str]:
    (found,) = parts(step(slug, summed=summed), sample, 6, str(part))
    return found.lines


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
    assert article(3, summed=True)[1:] == [rf"{left} = 2 (21.5 - 107.6)", rf"{left} = -172.2"]


def test_four_weights_are_numbered_and_have_no_bias() -> None:
    assert article(1, "weighted-sum", sample=0) == [
        r"\text{output} = x_1 \cdot w_1 + x_2 \cdot w_2 + x_3 \cdot w_3 + x_4 \cdot w_4",
        r"\text{output} = 1 \cdot 0.1 + 1 \cdot 0.25 + 1 \cdot 0.15 + 1 \cdot 0.3",
        r"\text{output} = 0.8",
    ]


def test_the_four_gradients_of_one_sample_are_equal() -> None:
    shown = [right_side(line) for line in article(4, "weighted-sum", sample=0)[2::3]]
    assert shown == ["-198.4"] * 4


def test_a_weight_of_several_has_its_number_in_its_own_gradient_and_update() -> None:
    assert article(4, "weighted-sum", sample=0)[3] == (
        r"\frac{\partial\,\text{loss}}{\partial w_2} = "
        r"\sum_i \frac{\partial\,\text{loss}}{\partial\,\text{output}_i} \cdot x_{i2}"
    )
    assert article(5, "weighted-sum", sample=0)[3] == (
        r"w_{2,\text{new}} = w_2 - \eta \cdot \frac{\partial\,\text{loss}}{\partial w_2}"
    )


# All parts


@EVERY_DATASET
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_of_the_five_parts_can_be_had_alone(slug: str, language: str) -> None:
    speak(language)
    five = parts(step(slug), 0, 6)
    assert [part.title[:3] for part in five] == ["1 ·", "2 ·", "3 ·", "4 ·", "5 ·"]
    assert [part for k in "12345" for part in parts(step(slug), 0, 6, k)] == five
    assert all(passage.words and passage.lines for part in five for passage in part.passages)


@EVERY_DATASET
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_has_as_many_opening_as_closing_brackets(slug: str, language: str) -> None:
    speak(language)
    for line in chain.from_iterable(part.lines for part in parts(step(slug, 5), 0, 6)):
        assert [line.count(one) for one in "{(["] == [line.count(other) for other in "})]"]


@EVERY_DATASET
def test_in_turkish_no_english_word_is_left_in_the_formulas(slug: str) -> None:
    speak("tr")
    text = " ".join(line for part in parts(step(slug), 0, 6) for line in part.lines)
    assert set(re.findall(r"\\text\{(.*?)\}", text)) == {"çıktı", "hedef", "kayıp", "yeni"}


@EVERY_CASE
def test_six_digits_are_the_same_numbers_rounded(slug: str, iteration: int, summed: bool) -> None:
    taken = step(slug, iteration, summed=summed)
    for short, long in zip(parts(taken, 0, 6), parts(taken, 0, FULL), strict=True):
        for one, other in zip(short.lines, long.lines, strict=True):
            assert latex_values(one) == pytest.approx(latex_values(other), rel=ROUNDED)


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
    assert long_sum(len(terms), lambda i: terms[i]) == text


# What it costs


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Every number that is written while the test runs."""
    found: list[float] = []

    def write(value: float, digits: int = 4) -> str:
        found.append(value)
        return number(value, digits)

    modules: tuple[ModuleType, ...] = (telling.latex, telling.samples, telling.diagram)
    for module in modules:
        monkeypatch.setattr(module, "number", write)
    return found


def test_one_step_of_celsius_writes_only_the_numbers_that_it_shows(written: list[float]) -> None:
    taken = step("celsius")
    parts(taken, ARTICLE_SAMPLE, 6)
    sample_rows(taken, 6, shortened_rows(100))
    diagram(taken, ARTICLE_SAMPLE, "all")
    assert 100 < len(written) < 150


@pytest.mark.parametrize(("active", "numbers"), [("1", 4), ("2", 9), ("3", 3), ("4", 18), ("5", 8)])
def test_a_part_that_is_not_shown_is_not_written(written: list[float], active: str, numbers: int) -> None:
    parts(step("celsius"), ARTICLE_SAMPLE, 6, active)
    assert len(written) == numbers


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


# The table of the samples


@EVERY_CASE
def test_the_sums_of_the_table_are_the_loss_and_the_gradient(slug: str, iteration: int, summed: bool) -> None:
    truth = Truth(slug, iteration, summed=summed)
    _header, rows = sample_rows(step(slug, iteration, summed=summed), FULL, [0])
    loss, *gradient = [value(cell) for cell in rows[-1][1:] if cell]
    assert [loss] == close([truth.loss])
    assert gradient == close(truth.gradient)


@EVERY_CASE
def test_each_sum_of_the_table_is_the_sum_of_its_column(slug: str, iteration: int, summed: bool) -> None:
    _header, (*body, total) = sample_rows(step(slug, iteration, summed=summed), FULL)
    for column, cell in list(enumerate(total))[1:]:
        if cell:
            addends = [value(line[column]) for line in body]
            scale = sum(map(abs, addends))
            assert value(cell) == pytest.approx(sum(addends), rel=1e-9, abs=1e-13 * scale)


@EVERY_DATASET
def test_every_number_of_the_table_is_rounded_by_the_one_rule(slug: str) -> None:
    rounded, full = (sample_rows(step(slug, 5), digits)[1] for digits in (6, FULL))
    for short, long in zip(rounded, full, strict=True):
        assert short[1:] == [number(value(cell), 6) if cell else "" for cell in long[1:]]


@EVERY_DATASET
def test_the_table_has_one_row_for_each_sample_and_one_for_the_sums(slug: str) -> None:
    header, rows = sample_rows(step(slug), 6)
    assert [line[0] for line in rows] == [*map(str, range(1, len(step(slug).targets) + 1)), "sum"]
    assert {len(line) for line in rows} == {len(header)}


def test_a_shortened_table_has_dots_where_rows_are_left_out() -> None:
    _header, all_rows = sample_rows(step("celsius"), 6)
    _header, rows = sample_rows(step("celsius"), 6, [0, 1, 5, 99])
    dots = ["…"] * len(rows[0])
    assert rows == [all_rows[0], all_rows[1], dots, all_rows[5], dots, all_rows[99], all_rows[-1]]


def test_the_article_s_sample_stands_in_the_table() -> None:
    header, (row, _sums) = sample_rows(step("celsius"), 6, [ARTICLE_SAMPLE])
    assert dict(zip(header, row, strict=True)) == {
        **{"sample": "93", "Celsius": "42", "output": "21.5", "target": "107.6", "output − target": "−86.1"},
        **{"share of the loss": "74.1321", "∂ loss / ∂ output": "−1.722"},
        **{"∂ loss / ∂ weight": "−72.324", "∂ loss / ∂ bias": "−1.722"},
    }


def test_in_turkish_no_column_has_an_english_name() -> None:
    speak("tr")
    header, _rows = sample_rows(step("celsius"), 6, [0])
    assert not {"sample", "loss", "output", "target", "weight", "bias"} & set(re.findall(r"\w+", " ".join(header)))


def test_the_table_of_a_start_that_is_too_far_away_is_written_all_the_same() -> None:
    _header, rows = sample_rows(step_after(run(start=(1e300, 0.5)), 0), 6)
    assert len(rows) == 101


# The diagram


def test_the_diagram_holds_the_article_s_numbers() -> None:
    drawn = diagram(step("celsius"), ARTICLE_SAMPLE, "all")
    assert {node.name: node.value for node in drawn["nodes"]} == {
        **{"input": "42", "weight": "0.5", "bias": "0.5", "output": "21.5", "target": "107.6", "loss": "2,360"}
    }
    slopes = {drawn["nodes"][edge.start].name: edge.slope for edge in drawn["edges"]}
    assert slopes == {
        "input": "∂output/∂input = 0.5",
        "weight": "∂output/∂weight = 42",
        "bias": "∂output/∂bias = 1",
        "output": "∂loss/∂output = −1.722",
        "target": "",
    }


def test_the_nodes_of_the_diagram_have_the_colours_of_data_neuron_and_loss() -> None:
    found = {node.name: node.meaning for node in diagram(step("celsius"), ARTICLE_SAMPLE, "all")["nodes"]}
    assert found == {
        **dict.fromkeys(("input", "target"), "data"),
        **dict.fromkeys(("weight", "bias", "output"), "now"),
        "loss": "loss",
    }


ACTIVE = {
    "1": {"inputs", "parameters"},
    "2": {"output", "target"},
    "3": {"output"},
    "4": {"output", "parameters"},
    "5": set(),
    "all": set(),
}


@EVERY_DATASET
@pytest.mark.parametrize("substep", ACTIVE)
def test_the_edges_of_the_active_part_are_strong(slug: str, substep: str) -> None:
    drawn = diagram(step(slug), 0, substep)
    kinds = {"input": "inputs", "x": "inputs", "weight": "parameters", "w": "parameters", "bias": "parameters"}
    names = [drawn["nodes"][edge.start].name.rstrip("0123456789") for edge in drawn["edges"]]
    groups = [kinds.get(name, name) for name in names]
    assert {k for k, group in enumerate(groups) if group in ACTIVE[substep]} == set(drawn["active"])


@pytest.mark.parametrize("substep", ACTIVE)
def test_the_diagram_goes_backwards_in_the_two_backward_parts(substep: str) -> None:
    assert diagram(step("celsius"), 0, substep)["backwards"] is (substep in ("3", "4"))
