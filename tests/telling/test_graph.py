"""What is written on the graph of a step: values, what comes back, and the same as a table."""

from charts.graph import COLOURS, graph_figure
from core.data.builtin import celsius
from core.data.more import MORE_DATASETS
from core.experiment import Experiment
from core.lesson.graph import graph_of
from core.lesson.step import step_after
from core.losses import CrossEntropy
from core.network import Network
from core.training import train
from telling.graph import boxes, graph_rows
from wording import speak

ARTICLES = graph_of(step_after(train(Experiment.on(celsius(), iterations=1)), 0))
SAMPLE = 92  # 42 degrees


def network() -> Experiment:
    data = MORE_DATASETS["xor"]()
    model = Network(8)
    return Experiment.on(data, model=model, start=model.start(2, 1), loss=CrossEntropy(), iterations=1)


def test_the_article_s_sample_is_worked_by_hand() -> None:
    # 0.5 · 42 = 21, + 0.5 = 21.5, − 107.6 = −86.1, squared 7,413; back 1, 1/100, 2 · −86.1 / 100
    said = [box.text.split("<br>")[-1] for box in boxes(ARTICLES, SAMPLE) if not box.beside]
    assert said == ["= 42", "= 21 ▲ −1.722", "= 21.5 ▲ −1.722", "= −86.1 ▲ −1.722", "= 7,413 ▲ 0.01", "= 2,360 ▲ 1"]


def test_parameters_have_their_whole_gradient_and_data_have_none() -> None:
    beside = {
        box.text.split("</b>")[0][3:]: box.text.split("<br>")[-1] for box in boxes(ARTICLES, SAMPLE) if box.beside
    }
    assert beside == {"weights": "= 0.5 ▲ −2,136", "bias": "= 0.5 ▲ −61.7", "targets": "= 107.6"}


def test_what_is_given_stands_in_the_row_of_what_is_made_of_it() -> None:
    nodes = graph_of(step_after(train(network()), 0))
    drawn = boxes(nodes, 0)
    for k, box in enumerate(drawn):
        if box.beside:
            assert box.row == next(other.row for other in drawn if k in other.of)
    rows = [box.row for box in drawn if not box.beside]
    assert rows == list(range(len(rows)))


def test_arrays_without_a_number_for_each_sample_are_told_by_their_shape() -> None:
    header, rows = graph_rows(graph_of(step_after(train(network()), 0)), 0)
    assert len(header) == 6
    assert rows[1][1:] == ["weights", "", "2 × 8", "…", "…"]
    assert rows[5][1:4] == ["tanh", "4", "200 × 8"]
    assert rows[-1][3] == "a number"


def test_the_table_has_a_row_for_each_node_and_speaks_turkish() -> None:
    speak("tr")
    header, rows = graph_rows(ARTICLES, SAMPLE)
    assert header[1] == "düğüm"
    assert [row[1] for row in rows][:2] == ["girdiler", "ağırlıklar"]
    assert rows[4][4] == "21,5"


def test_the_picture_has_a_node_for_each_and_an_arrow_for_each_that_something_is_made_of() -> None:
    drawn = boxes(ARTICLES, SAMPLE)
    figure = graph_figure(drawn)
    assert sum(len(trace["x"]) for trace in figure["data"]) == len(ARTICLES)
    assert len(figure["layout"]["annotations"]) == sum(len(node.of) for node in ARTICLES)
    assert {box.meaning for box in drawn} == set(COLOURS)
