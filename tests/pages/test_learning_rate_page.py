import re
from functools import cache

import numpy as np
import pytest

from core.closed_form import final_losses
from core.datasets import DATASETS, celsius
from core.learning_rate import Regime
from pages.settings.table import Settings
from telling.names import regime_names
from tests.pages.shown import EXTREMES, header, players, table
from tests.pages.visit import Visit
from wording import LANGUAGES, speak

EVERY_DATASET = pytest.mark.parametrize("dataset", DATASETS)
EVERY_LANGUAGE = pytest.mark.parametrize("lang", LANGUAGES)
COMPARED = "The learning rates compared"


@cache
def opened(dataset: str, lang: str) -> Visit:
    """The page with a data set, only to be read."""
    return Visit("learning_rate", dataset=dataset, lang=lang)


@pytest.fixture
def visit() -> Visit:
    return Visit("learning_rate")


@EVERY_DATASET
@EVERY_LANGUAGE
def test_every_data_set_opens_without_a_complaint(dataset: str, lang: str) -> None:
    assert opened(dataset, lang).warnings == []


@EVERY_DATASET
@EVERY_LANGUAGE
def test_every_data_set_opens_with_u_curve_comparison_and_bounces(dataset: str, lang: str) -> None:
    curve, comparison, bounce = players(opened(dataset, lang))
    assert [len(player["figures"]) for player in (curve, comparison, bounce)] == [1, 2, 1]


@EVERY_DATASET
@EVERY_LANGUAGE
def test_every_figure_has_a_text_for_those_who_cannot_see_it(dataset: str, lang: str) -> None:
    alts = [figure["alt"] for player in players(opened(dataset, lang)) for figure in player["figures"]]
    assert len(set(alts)) == 4
    assert all(alts)
    assert not set("{}") & set("".join(alts))


@EVERY_DATASET
@EVERY_LANGUAGE
def test_every_frame_has_a_caption(dataset: str, lang: str) -> None:
    for player in players(opened(dataset, lang)):
        assert len(player["captions"]) == len(player["names"])


@EVERY_DATASET
def test_the_title_names_the_least_loss_and_where_it_is(dataset: str) -> None:
    assert re.search(r"The least is .+, at .+\.", opened(dataset, "en").title)


@EVERY_DATASET
def test_only_the_u_curve_can_be_clicked(dataset: str) -> None:
    assert [player["clickable"] for player in players(opened(dataset, "en"))] == [True, False, False]


@EVERY_DATASET
def test_the_u_curve_holds_the_final_losses_of_300_rates_over_the_slider(dataset: str) -> None:
    curve = players(opened(dataset, "en"))[0]["figures"][0]["data"][0]
    slider = opened(dataset, "en").slider("learning_rate")
    made = DATASETS[dataset]()
    rates = np.geomspace(float(curve["x"][0]), float(curve["x"][-1]), 300)
    losses = final_losses(made, made.start, rates, made.iterations)
    seen = losses < made.n_samples * final_losses(made, made.start, np.array([0.0]), 1)[0]
    assert curve["x"] == pytest.approx(rates.tolist())
    assert len(slider.options) > 100
    assert np.array(curve["y"], dtype=float)[seen] == pytest.approx(losses[seen], rel=1e-6, nan_ok=True)


@pytest.mark.parametrize("iterations", [1, 100, 100_000])
def test_the_iterations_slider_changes_the_u_curve(visit: Visit, iterations: int) -> None:
    before = players(visit)[0]["figures"][0]["data"][0]
    visit.slide("iterations", iterations)
    curve = players(visit)[0]["figures"][0]["data"][0]
    (expected,) = final_losses(celsius(), celsius().start, np.array([curve["x"][100]]), iterations)
    assert curve["y"] != before["y"]
    assert curve["y"][100] == pytest.approx(expected, rel=1e-9)
    assert f"at iteration {iterations:,}, over" in visit.title


def test_the_diamond_on_the_u_curve_follows_the_learning_rate(visit: Visit) -> None:
    visit.slide("learning_rate", 0.0008)
    assert players(visit)[0]["figures"][0]["data"][1]["x"] == [0.0008]


def test_the_diamond_stands_at_the_last_loss_of_the_run(visit: Visit) -> None:
    (loss,) = players(visit)[0]["figures"][0]["data"][1]["y"]
    assert loss == pytest.approx(18.183695593848714, rel=1e-9)


def test_the_u_curve_of_the_summed_gradient_lies_at_smaller_rates(visit: Visit) -> None:
    mean = players(visit)[0]["figures"][0]["data"][0]
    summed = players(Visit("learning_rate", summed="on"))[0]["figures"][0]["data"][0]
    assert summed["x"][0] == pytest.approx(mean["x"][0] / 100)


# Side by side


@EVERY_DATASET
def test_the_ready_made_rates_are_each_in_a_regime_of_its_own(dataset: str) -> None:
    regimes = [row[1] for row in table(opened(dataset, "en"), COMPARED)]
    assert regimes == ["creeping", "monotone", "overshooting", "diverging"]


@EVERY_DATASET
@EVERY_LANGUAGE
def test_the_table_speaks_of_regimes_in_the_page_s_language(dataset: str, lang: str) -> None:
    html = opened(dataset, lang).html
    speak(lang)
    assert all(f"<td>{regime_names()[regime]}</td>" in html for regime in (Regime.CREEPING, Regime.DIVERGING))


def test_the_table_names_regime_settling_loss_and_parameters(visit: Visit) -> None:
    assert header(visit, COMPARED) == [
        *("learning rate", "regime", "within 0.5 from iteration", "iterations", "loss at the end", "weight", "bias")
    ]


def test_typed_rates_are_compared(visit: Visit) -> None:
    visit.type("rates", "0.0001; 0.001; 0.00119")
    assert visit.address == {"rates": "0.0001,0.001,0.00119"}
    assert [row[0] for row in table(visit, COMPARED)] == ["0.0001", "0.001", "0.00119"]


def test_the_table_holds_the_published_iterations_to_half_a_degree(visit: Visit) -> None:
    visit.type("rates", "0.0001 0.001 0.00119")
    assert [row[2] for row in table(visit, COMPARED)] == ["20,720", "2,071", "1,740"]


def test_the_table_holds_the_published_end_of_the_article_s_run(visit: Visit) -> None:
    visit.type("rates", "0.0001")
    assert table(visit, COMPARED) == [["0.0001", "monotone", "20,720", "10,000", "18.18", "1.797", "27.74"]]


def test_up_to_six_rates_are_drawn_together(visit: Visit) -> None:
    visit.type("rates", "1e-5, 2e-5, 3e-5, 4e-5, 5e-5, 6e-5")
    predictions, losses = players(visit)[1]["figures"]
    assert len(predictions["data"]) == 1 + 6
    assert len(losses["data"]) == 6 + 6


@pytest.mark.parametrize("text", ["1,2,3,4,5,6,7", "-1", "abc", "nan", "1e999"])
def test_rates_that_cannot_be_compared_change_nothing_but_leave_a_complaint(visit: Visit, text: str) -> None:
    visit.type("rates", text)
    assert visit.settings == Settings()
    assert [text in warning for warning in visit.warnings] == [True]


def test_the_ready_made_button_brings_the_four_rates_back(visit: Visit) -> None:
    visit.type("rates", "0.0001").press("ready_made")
    assert visit.address == {}
    assert len(table(visit, COMPARED)) == 4
    assert visit.field("rates") == "2.4e-05; 0.00054; 0.00096; 0.0013"


def test_rates_side_by_side_leave_the_run_s_own_rate_alone(visit: Visit) -> None:
    assert visit.type("rates", "0.001").settings == Settings(rates=(0.001,))


@pytest.mark.parametrize(
    ("rates", "reason"),
    [
        ("0", "never: nothing moves"),
        ("0.0013", "never: every step makes it worse"),
        ("0.001199759615731202", "never: it bounces for ever"),
        ("1e-20", "never: the steps are too short"),
    ],
)
def test_a_rate_that_never_settles_says_why(visit: Visit, rates: str, reason: str) -> None:
    visit.type("rates", rates)
    assert [row[2] for row in table(visit, COMPARED)] == [reason]


def test_another_tolerance_moves_the_iterations_in_the_table(visit: Visit) -> None:
    visit.type("rates", "0.001").type("tolerance", "5")
    # The stepped run's bias is 5.0064 away after 919 iterations, and 4.9964 after 920.
    assert table(visit, COMPARED)[0][2] == "920"
    assert visit.address == {"rates": "0.001", "tolerance": "5.0"}


def test_a_rate_twice_is_shown_twice(visit: Visit) -> None:
    assert len(table(visit.type("rates", "0.001, 0.001"), COMPARED)) == 2


# Bounces


def test_the_first_bounces_of_celsius_have_the_factors_in_the_text(visit: Visit) -> None:
    visit.slide("learning_rate", 0.0008)
    (text,) = [markdown.value for markdown in visit.app.markdown if "Factors" in markdown.value]
    assert text == ("Factors at this learning rate: 1 − 0.0008 · 1,667 = −0.3336, 1 − 0.0008 · 1.999 = 0.9984.")


def test_the_bounces_follow_these_factors(visit: Visit) -> None:
    visit.slide("learning_rate", 0.0008)
    steep, flat = (trace["y"] for trace in players(visit)[2]["figures"][0]["data"])
    assert steep[:3] == pytest.approx([1.0, -0.33360048048, 0.11128928057], rel=1e-8)
    assert flat[:2] == pytest.approx([1.0, 1 - 0.0008 * 1.9993994], rel=1e-8)


@pytest.mark.parametrize("address", [{"dataset": "weighted-sum"}, {"standardise": "on"}])
def test_a_round_valley_has_one_direction_or_two_alike(address: dict[str, str]) -> None:
    parts = [trace["y"] for trace in players(Visit("learning_rate", **address))[2]["figures"][0]["data"]]
    assert len(parts) == 1 or parts[0][:5] == pytest.approx(parts[1][:5])


# Links, and other pages


@pytest.mark.parametrize("page", ["train", "loss_surface", "learning_rate"])
@pytest.mark.parametrize(
    ("name", "text", "settings"),
    [
        ("standardise", "on", Settings(standardise=True)),
        ("summed", "on", Settings(summed=True)),
        ("tolerance", "0.25", Settings(tolerance=0.25)),
        ("rates", "0.001,0.002", Settings(rates=(0.001, 0.002))),
        ("plane", "2,1", Settings(plane=(2, 1))),
        ("view", "3d", Settings(view="3d")),
    ],
)
def test_a_link_restores_each_new_setting_and_stays_as_it_is(
    page: str, name: str, text: str, settings: Settings
) -> None:
    visit = Visit(page, **{name: text})
    assert visit.settings == settings
    assert visit.address == {name: text}
    assert visit.warnings == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *(("standardise", text) for text in ("true", "1", "")),
        *(("summed", text) for text in ("yes", "ON")),
        *(("tolerance", text) for text in ("0", "-1", "abc", "nan", "inf", "")),
        *(("rates", text) for text in ("", "-1", "1,2,3,4,5,6,7", "abc", "1e400", "0.1,,0.2")),
        *(("plane", text) for text in ("1", "1,1", "0,1", "1,3", "1,2,3", "abc", "-1,2", "1.5,2", "")),
        *(("view", text) for text in ("2d", "3D", "")),
    ],
)
def test_a_bad_value_in_a_link_is_named_and_the_default_used(name: str, text: str) -> None:
    visit = Visit("learning_rate", **{name: text})
    assert visit.settings == Settings()
    assert visit.address == {}
    assert [f"“{text}”" in warning for warning in visit.warnings] == [True]


def test_the_weighted_sum_s_plane_may_span_its_last_weights() -> None:
    assert Visit("loss_surface", dataset="weighted-sum", plane="3,4").settings.plane == (3, 4)


def test_the_weighted_sum_has_no_fifth_parameter() -> None:
    visit = Visit("loss_surface", dataset="weighted-sum", plane="4,5")
    assert visit.settings.plane == (1, 2)
    assert len(visit.warnings) == 1


def test_rates_and_tolerance_come_along_to_the_other_pages_and_back(visit: Visit) -> None:
    visit.type("rates", "0.001").type("tolerance", "2").go("train").go("learning_rate")
    assert visit.address == {"rates": "0.001", "tolerance": "2.0"}
    assert (visit.field("rates"), visit.field("tolerance")) == ("0.001", "2")


def test_another_data_set_brings_its_own_rates_and_tolerance(visit: Visit) -> None:
    visit.type("rates", "0.001").type("tolerance", "2").pick("dataset", "tips")
    assert visit.address == {"dataset": "tips"}


@pytest.mark.parametrize("extreme", EXTREMES)
def test_an_extreme_run_is_shown_all_the_same(extreme: str) -> None:
    visit = Visit("learning_rate", **EXTREMES[extreme])
    assert visit.title
    assert len(players(visit)) >= 2


@pytest.mark.parametrize("extreme", EXTREMES)
def test_the_title_of_an_extreme_run_holds_no_missing_number(extreme: str) -> None:
    title = Visit("learning_rate", **EXTREMES[extreme]).title
    assert not re.search(r"\bnan\b|\binf\b|no number", title)
