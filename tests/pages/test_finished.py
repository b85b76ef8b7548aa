import pytest

from core.datasets import DATASETS
from core.learning_rate import Limits, limits
from pages.settings.table import Settings, complete, sensible_tolerance
from tests.pages.shown import EXTREMES, header, players, table
from tests.pages.visit import Visit
from wording import LANGUAGES

TAB = {"en": "Is it finished?", "tr": "Bitti mi?"}
SETTLING, PACE = "When each parameter is near enough", "The pace of each direction"


def finished(lang: str = "en", **address: str) -> Visit:
    """The Train page with the tab open."""
    visit = Visit("train", lang=lang, **address)
    visit.app.session_state[f"details_{lang}"] = next(t.label for t in visit.app.tabs if t.label == TAB[lang])
    return visit._run()


@pytest.mark.parametrize("dataset", DATASETS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_tab_opens_for_every_data_set_with_a_picture_of_its_own(dataset: str, lang: str) -> None:
    assert len(players(finished(lang, dataset=dataset))) == 2


def test_until_the_tab_is_opened_its_picture_is_not_drawn() -> None:
    assert len(players(Visit("train"))) == 1


def test_the_article_s_run_needs_10_720_iterations_more() -> None:
    rows = table(finished(), SETTLING)
    assert rows[1] == ["bias", "4.265", "20,720 (10,720 beyond this run)"]


def test_the_weight_of_the_article_s_run_is_within_the_tolerance_early() -> None:
    name, distance, iteration = table(finished(), SETTLING)[0]
    assert (name, distance) == ("weight", "0.002561")
    assert int(iteration) < 20


@pytest.mark.parametrize(("rate", "text"), [("0.001", "2,071"), ("0.00119", "1,740")])
def test_a_parameter_that_settles_within_the_run_has_its_iteration(rate: str, text: str) -> None:
    assert table(finished(learning_rate=rate), SETTLING)[1][2] == text


@pytest.mark.parametrize("rate", ["0", "0.01", "0.001199759615731202"])
def test_a_parameter_that_never_settles_says_so(rate: str) -> None:
    assert table(finished(learning_rate=rate), SETTLING)[0][2] == "never"


def test_another_tolerance_changes_the_iterations_and_the_address() -> None:
    visit = finished().type("tolerance", "5")
    assert visit.address["tolerance"] == "5.0"
    assert header(visit, SETTLING)[2] == "within 5 from iteration"
    # The stepped run's bias is 5.0007 away after 9,204 iterations, and 4.9997 after 9,205.
    assert table(visit, SETTLING)[1][2] == "9,205"


@pytest.mark.parametrize("text", ["0", "-1", "abc", "", "1e999"])
def test_a_tolerance_that_is_none_changes_nothing_but_leaves_a_complaint(text: str) -> None:
    visit = finished().type("tolerance", text)
    assert complete(visit.settings).tolerance == 0.5
    assert len(visit.warnings) == 1


@pytest.mark.parametrize(
    ("dataset", "tolerance"), [("celsius", 0.5), ("noisy-thermometer", 0.5), ("tips", 0.01), ("weighted-sum", 0.1)]
)
def test_each_data_set_has_a_sensible_tolerance(dataset: str, tolerance: float) -> None:
    assert sensible_tolerance(DATASETS[dataset]()) == tolerance


def test_the_paces_are_those_of_the_published_eigenvalues() -> None:
    steep, flat = table(finished(), PACE)
    assert steep == ["1,667", "0.8333", "3.801"]
    assert flat == ["1.999", "0.9998", "3,466"]


def test_the_weighted_sum_has_one_pace() -> None:
    assert table(finished(dataset="weighted-sum"), PACE) == [["8", "0.2", "0.4307"]]


def test_the_progress_ends_at_the_distance_in_the_table() -> None:
    figure = players(finished())[1]["figures"][0]
    bias = next(trace for trace in figure["data"] if trace["name"] == "bias")
    assert bias["y"][-1] == pytest.approx(32 - 27.73512588225364, rel=1e-9)


@pytest.mark.parametrize("extreme", EXTREMES)
def test_the_tab_of_an_extreme_run_is_shown_all_the_same(extreme: str) -> None:
    assert len(players(finished(**EXTREMES[extreme]))) == 2


# What to do about a run that explodes


def shown_limits(dataset: str = "celsius") -> Limits:
    return limits(DATASETS[dataset]())


def buttons(visit: Visit) -> dict[str, str]:
    return {button.key: button.label for button in visit.app.button if button.key in ("stable", "fastest")}


@pytest.mark.parametrize("dataset", DATASETS)
@pytest.mark.parametrize("name", ["stable", "fastest"])
def test_a_button_sets_the_rate_of_a_run_that_explodes(dataset: str, name: str) -> None:
    rate = 5 * shown_limits(dataset).stable
    visit = Visit("train", dataset=dataset, learning_rate=repr(rate)).press(name)
    assert visit.settings == Settings(dataset=dataset, learning_rate=getattr(shown_limits(dataset), name))


def test_at_the_largest_stable_rate_the_way_to_the_fastest_stays_open() -> None:
    visit = Visit("train", learning_rate="0.01").press("stable")
    assert visit.title.startswith("Bounces for ever")
    assert buttons(visit).keys() == {"stable", "fastest"}


def test_at_the_fastest_rate_no_way_back_is_needed() -> None:
    assert buttons(Visit("train", learning_rate="0.01").press("fastest")) == {}


def test_the_two_buttons_of_celsius_show_different_rates() -> None:
    found = buttons(Visit("train", learning_rate="0.01"))
    assert found == {"stable": "Largest stable rate: 0.0012", "fastest": "Fastest rate: 0.001198"}


@pytest.mark.parametrize("rate", ["0", "0.0001", "0.0008"])
def test_a_run_that_settles_needs_no_way_back(rate: str) -> None:
    assert buttons(Visit("train", learning_rate=rate)) == {}


def test_the_buttons_know_the_limits_of_the_summed_gradient() -> None:
    visit = Visit("train", learning_rate="0.001", summed="on").press("fastest")
    assert visit.settings.learning_rate == pytest.approx(shown_limits().fastest / 100, rel=1e-12)


def test_the_buttons_know_the_limits_of_standardised_inputs() -> None:
    visit = Visit("train", learning_rate="2", standardise="on").press("fastest")
    assert visit.settings.learning_rate == pytest.approx(0.5, rel=1e-12)
