"""What all programs have in common: they are Python, in the language spoken, whatever the data are called."""

import ast
from dataclasses import replace

import pytest

from core.data.builtin import celsius, weighted_sum
from core.data.dataset import Dataset
from core.experiment import Experiment
from core.lesson.suspects import suspected
from core.neuron import Neuron
from core.training import History, train
from programs import LIBRARIES, program
from tests.programs.experiments import EXPLODING, matrix
from wording import LANGUAGES, speak

EVERY_LIBRARY = pytest.mark.parametrize("library", LIBRARIES)
HOSTILE = [
    'x"""\nimport os\n',
    "x\nimport os",
    "x\r\nimport os",
    "x\u2028import os",
    "x\x0cimport os\x85",
    "\\",
    "'\"\\n",
    "</script>",
    "\u202eimport os",
    "\x00",
]


def run_on(data: Dataset) -> History:
    return train(Experiment.on(data, iterations=3))


@EVERY_LIBRARY
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_program_of_any_experiment_is_python_in_every_language(library: str, language: str) -> None:
    speak(language)
    for experiment in [*matrix(), *EXPLODING.values()]:
        ast.parse(program(train(replace(experiment, iterations=2)), library))


@EVERY_LIBRARY
@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_of_the_data_becomes_a_line_of_the_program(library: str, name: str) -> None:
    safe = replace(celsius(), name="safe", input_names=("safe",), target_name="safe")
    hostile = replace(celsius(), name=name, input_names=(name,), target_name=name)
    expected, found = (program(run_on(data), library) for data in (safe, hostile))
    assert len(ast.parse(found).body) == len(ast.parse(expected).body)
    assert "import os" not in found.splitlines()
    assert all(line.isprintable() for line in found.split("\n"))


@EVERY_LIBRARY
def test_comments_are_in_the_language_spoken(library: str) -> None:
    speak("tr")
    assert "# Overshoot: 'Celsius’tan Fahrenheit’a' " in program(run_on(celsius()), library)


@EVERY_LIBRARY
def test_a_run_that_was_cut_short_has_the_program_of_what_is_left(library: str) -> None:
    short = train(Experiment.on(celsius(), iterations=50)).until(20)
    assert program(short, library) == program(train(Experiment.on(celsius(), iterations=20)), library)


@EVERY_LIBRARY
def test_a_suspect_has_no_program_that_would_give_it_away(library: str) -> None:
    suspect = suspected(Neuron(), "listing")
    with pytest.raises(ValueError, match="only a Neuron or a Network has a program, not a SuspectNeuron"):
        program(train(Experiment.on(celsius(), model=suspect, iterations=2)), library)


def test_an_unknown_library_is_refused() -> None:
    with pytest.raises(KeyError, match="theano"):
        program(run_on(celsius()), "theano")


def test_the_article_s_example_has_the_article_s_listing() -> None:
    lines = program(train(Experiment.on(weighted_sum())), "pytensor").splitlines()
    assert {
        'W = pytensor.shared(np.array([0.1, 0.25, 0.15, 0.3]), name="W")',
        "y = (x * W).sum()",
        "cost = pt.sqr(target - y)",
        "W_updated = W - (0.1 * gradients[0])",
        "updates = [(W, W_updated)]",
        "f = pytensor.function([x, target], y, updates=updates)",
        "for i in range(10):",
        "    output = f([1.0, 1.0, 1.0, 1.0], 100.0)",
        '    print("Modified Weights: ", W.get_value())',
    } <= set(lines)
