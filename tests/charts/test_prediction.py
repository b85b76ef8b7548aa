import pytest

from charts.prediction import leaves_picture_at, prediction_figure
from core.theory.quadratic import theory
from tests.charts.runs import at_rate, history, iterations, prediction, prediction_of, summed_at_rate
from tests.charts.seen import names

STEPS = [f"step {k}" for k in range(1, 9)]
LINE = ["data", "before training", *STEPS, "steps", "best possible", "now", "left the picture"]
WEIGHTS = ["now", "before training", "best possible", "output", "steps", "target", "left the picture"]


@pytest.mark.parametrize(
    ("run", "traces"),
    [
        ("a line that settles", LINE),
        ("a line by a wrong gradient", [name for name in LINE if name != "best possible"]),
        ("weights that settle", WEIGHTS),
        ("one weight of one sample", WEIGHTS),
        ("weights by a wrong gradient", [name for name in WEIGHTS if name != "best possible"]),
        ("several features that settle", ["perfect", "before training", "now"]),
    ],
)
def test_the_picture_fits_the_number_of_samples_and_features_and_what_is_known(run: str, traces: list[str]) -> None:
    ticks = STEPS if traces[0] == "now" else []  # each has left two ticks on the bars
    assert [name for name in names(prediction(run)) if name not in ticks] == traces


def test_a_prediction_that_stays_in_its_picture_never_leaves_it() -> None:
    assert leaves_picture_at(prediction("a line that settles")) is None


@pytest.mark.parametrize(("learning_rate", "step"), [(0.005, 1), (0.0013, 3)])
def test_the_step_is_told_at_which_a_line_leaves_its_picture(learning_rate: float, step: int) -> None:
    assert leaves_picture_at(prediction_of(at_rate(learning_rate))) == step


@pytest.mark.parametrize(("learning_rate", "step"), [(0.24, None), (0.26, 2), (0.3, 1)])
def test_the_step_is_told_at_which_an_output_leaves_its_picture(learning_rate: float, step: int | None) -> None:
    # The picture ends 12 beyond 0 and 199.2. At 0.26 a step leaves -1.08 of 99.2: first 207.1 and then -15.7.
    assert leaves_picture_at(prediction_of(summed_at_rate(learning_rate))) == step


@pytest.mark.parametrize("run", ["several features that explode", "several features that settle"])
def test_nothing_is_told_of_samples_that_stand_one_by_one(run: str) -> None:
    assert leaves_picture_at(prediction(run)) is None


@pytest.mark.parametrize("run", ["a line that leaves the picture", "weights that explode"])
def test_it_leaves_at_the_same_step_whatever_frames_are_chosen(run: str) -> None:
    found = history(run)
    few = prediction_figure(found, theory(found.experiment), [0, found.iterations])
    assert leaves_picture_at(few) == leaves_picture_at(prediction(run)) is not None
    assert iterations(found) != [0, found.iterations]
