import pytest

from tests.charts.runs import prediction
from tests.charts.seen import names

LINE = ["data", "before training", "best possible", "now"]
WEIGHTS = ["now", "before training", "best possible", "target", "output", "output"]


@pytest.mark.parametrize(
    ("run", "traces"),
    [
        ("a line that settles", LINE),
        ("a line by a wrong gradient", ["data", "before training", "now"]),
        ("weights that settle", WEIGHTS),
        ("one weight of one sample", WEIGHTS),
        ("weights by a wrong gradient", ["now", "before training", "target", "output", "output"]),
        ("several features that settle", ["perfect", "before training", "now"]),
    ],
)
def test_the_picture_fits_the_number_of_samples_and_features_and_what_is_known(run: str, traces: list[str]) -> None:
    assert names(prediction(run)) == traces
