import re

import pytest

from core.data.builtin import DATASETS
from core.data.more import MORE_DATASETS
from core.lesson.step import Step, step_after
from core.optimisers import OPTIMISERS
from core.training import train
from pages.settings.data import experiment_of
from telling.names import names_in
from tests.pages.shown import have_ranges
from tests.pages.visit import Visit
from wording import LANGUAGES, exact, number

SAMPLES = "All samples of this step, and their sums"
PARAMETERS = "All parameters of this step"
MODELS = [(slug, "neuron") for slug in [*DATASETS, *MORE_DATASETS]] + [(slug, "network") for slug in MORE_DATASETS]


def steps(visit: Visit) -> Step:
    """The step that the page shows, as the core takes it."""
    return step_after(train(experiment_of(visit.settings)), visit.settings.iteration)


def titles(visit: Visit) -> list[str]:
    return [str(title.value) for title in visit.app.header]


def strong(visit: Visit) -> int:
    notes = visit.player["figures"][0]["layout"]["annotations"]
    return len([note for note in notes if note["showarrow"] and note["arrowwidth"] > 3])


@pytest.mark.parametrize(("dataset", "model"), MODELS)
@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_every_data_set_model_and_optimiser_has_all_five_parts(dataset: str, model: str, optimiser: str) -> None:
    odd = [*OPTIMISERS].index(optimiser) % 2  # the languages by turns, and with one of them batches
    rest = {"batch": "7"} if odd and dataset != "weighted-sum" else {}
    address = {"dataset": dataset, "model": model, "optimiser": optimiser, "iterations": "3", **rest}
    visit = Visit("one_step", more="on", iteration="2", lang=[*LANGUAGES][odd], **address)
    assert visit.warnings == []
    assert [title[:3] for title in titles(visit)][:5] == [f"{k} ·" for k in range(1, 6)]
    assert have_ranges(visit.figures)


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_the_parameters_in_the_table_are_those_of_the_run(optimiser: str) -> None:
    visit = Visit("one_step", dataset="sine", optimiser=optimiser, iterations="3", iteration="1", substep="5")
    rows, history = visit.table(PARAMETERS), train(experiment_of(visit.settings))
    assert [row[0] for row in rows] == names_in(history.experiment)
    assert [row[1] for row in rows] == [number(value, 6) for value in history.parameters[1].tolist()]
    assert [row[-1] for row in rows] == [number(value, 6) for value in history.parameters[2].tolist()]


def test_of_a_network_only_the_bias_of_the_output_is_to_be_predicted() -> None:
    visit = Visit("one_step", dataset="sine", iterations="3", substep="4")
    assert [field.key for field in visit.app.text_input if str(field.key).startswith("guess_")] == ["guess_c"]
    after = float(steps(visit).after[-1])
    visit.app.text_input("guess_c").set_value(exact(after))
    visit.press(next(key for key, label in visit.buttons.items() if label == "Check"))
    assert f"c: right. It becomes {number(after, 8)}." in visit.texts
    assert len(visit.header(PARAMETERS)) == 3  # without the new values


@pytest.mark.parametrize(("substep", "arrows"), [("1", 2), ("2", 2), ("3", 1), ("4", 3), ("5", 0), ("all", 0)])
def test_the_way_through_the_network_is_strong_where_its_part_is_active(substep: str, arrows: int) -> None:
    assert strong(Visit("one_step", dataset="sine", iterations="3", substep=substep)) == arrows


def test_a_sample_outside_the_batch_is_told_and_the_first_of_the_batch_is_shown() -> None:
    visit = Visit("one_step", more="on", batch="10", iterations="3")
    step = steps(visit)
    shown = int(step.rows[0]) + 1
    assert "This step sees a batch of 10 of the 100 samples." in " ".join(visit.texts)
    assert f"Sample 93 is not among those that it sees; sample {shown} is shown" in " ".join(visit.texts)
    assert visit.table(SAMPLES)[0][0] == str(shown)
    visit.type("sample", str(int(step.rows[4]) + 1))
    assert "is not among" not in " ".join(visit.texts)
    assert "42 \\cdot 0.5" not in " ".join(visit.texts)


def test_the_loss_in_the_title_is_that_of_all_samples() -> None:
    visit = Visit("one_step", more="on", batch="10", iterations="3")
    step = steps(visit)
    assert visit.title.endswith(f"from {number(step.loss)} to {number(step.next_loss)}.")
    assert step.seen_loss != step.loss
    assert visit.table(SAMPLES)[-1][-4] == number(step.seen_loss, 6)


def test_with_a_held_out_part_there_are_fewer_samples_to_pick_from() -> None:
    visit = Visit("one_step", more="on", held_out="0.2", iterations="3")
    assert visit.app.text_input("sample").label == "Sample, up to 80"
    assert "is not among" not in " ".join(visit.texts)
    visit.type("sample", "81")
    assert len(visit.warnings) == 1


def test_a_sample_that_is_held_out_since_is_replaced() -> None:
    visit = Visit("one_step", more="on", held_out="0.5", sample="93", iterations="3")
    assert len(visit.table(SAMPLES)) > 1


@pytest.mark.parametrize(
    ("address", "squares"),
    [
        ({}, True),
        ({"dataset": "sine"}, True),
        ({"dataset": "hours"}, False),
        ({"more": "on", "loss": "huber"}, False),
        ({"dataset": "xor", "loss": "squared"}, False),
    ],
)
def test_squares_are_offered_only_where_residuals_are_squared_and_drawn(address: dict[str, str], squares: bool) -> None:
    visit = Visit("one_step", iterations="3", **address)
    assert ("squares" in {toggle.key for toggle in visit.app.toggle}) is squares


def test_in_turkish_the_numbers_of_a_network_have_a_comma() -> None:
    visit = Visit("one_step", dataset="sine", iterations="3", lang="tr", substep="4")
    sums = [text for text in visit.texts if "sum_i" not in text and re.search(r"partial c\}", text)]
    assert sums
    assert "{,}" in sums[0]


# The graph


@pytest.mark.parametrize("dataset", [*DATASETS, *MORE_DATASETS])
@pytest.mark.parametrize(("locale", "node"), [("en", "inputs"), ("tr", "girdiler")])
def test_the_graph_unfolds_for_every_data_set_in_both_languages(dataset: str, locale: str, node: str) -> None:
    visit = Visit("one_step", locale=locale, dataset=dataset)
    assert f"<td>{node}</td>" not in visit.html
    assert f"<td>{node}</td>" in visit.unfold("graph").html


def test_the_graph_follows_the_chosen_sample() -> None:
    visit = Visit("one_step").unfold("graph")
    assert visit.table("The graph, node by node")[0][4] == "42"
    assert visit.type("sample", "1").table("The graph, node by node")[0][4] == "−50"
