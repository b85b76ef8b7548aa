import pytest

from core.data.builtin import DATASETS
from core.theory.limits import Limits
from core.theory.quadratic import quadratic
from tests.pages.shown import EXTREMES
from tests.pages.visit import Visit
from wording import LANGUAGES

TAB = {"en": "Is it finished?", "tr": "Bitti mi?"}
SETTLING, PACE = "When each parameter is near enough", "The pace of each direction"


def finished(lang: str = "en", **address: str) -> Visit:
    """The Train page with the tab open."""
    return Visit("train", lang=lang, **address).open_tab(TAB[lang])


@pytest.mark.parametrize("dataset", DATASETS)
def test_the_tab_opens_for_every_data_set_with_a_picture_that_is_not_drawn_before(dataset: str) -> None:
    for lang in LANGUAGES:
        visit = Visit("train", dataset=dataset, lang=lang)
        assert len(visit.players) == 1
        assert len(visit.open_tab(TAB[lang]).players) == 2


def test_the_tab_of_an_extreme_run_is_shown_all_the_same() -> None:
    pictures = {extreme: len(finished(**address).players) for extreme, address in EXTREMES.items()}
    assert pictures == dict.fromkeys(EXTREMES, 2)


def test_the_tab_holds_what_the_article_s_run_still_needs_and_the_published_paces() -> None:
    visit = finished()
    weight, bias = visit.table(SETTLING)
    assert weight[:2] == ["weight", "0.002561"]
    assert bias == ["bias", "4.265", "20,720 (10,720 beyond this run)"]
    assert visit.table(PACE) == [["1,667", "0.8333", "3.801"], ["1.999", "0.9998", "3,466"]]
    drawn = next(trace for trace in visit.figures[-1]["data"] if trace["name"] == "bias")
    assert drawn["y"][-1] == pytest.approx(32 - 27.73512588225364, rel=1e-9)


def test_another_tolerance_changes_the_iterations_and_the_address() -> None:
    visit = finished().type("tolerance", "5")
    assert visit.address["tolerance"] == "5.0"
    assert visit.header(SETTLING)[2] == "within 5 from iteration"
    # The stepped run's bias is 5.0007 away after 9,204 iterations, and 4.9997 after 9,205.
    assert visit.table(SETTLING)[1][2] == "9,205"


def test_a_tolerance_that_is_none_changes_nothing_but_leaves_a_complaint() -> None:
    visit = finished()
    for text in ("0", "-1", "abc", "", "1e999"):
        assert visit.type("tolerance", text).settings.tolerance == 0.5
        assert len(visit.warnings) == 1


@pytest.mark.parametrize("learning_rate", ["0", "0.01", "0.001199759615731202"])
def test_a_parameter_that_never_settles_says_so(learning_rate: str) -> None:
    assert finished(learning_rate=learning_rate).table(SETTLING)[0][2] == "never"


# What to do about a run that explodes


def limits(dataset: str = "celsius") -> Limits:
    return quadratic(DATASETS[dataset]()).limits


def ways_back(visit: Visit) -> dict[str, str]:
    return {key: label for key, label in visit.buttons.items() if key in ("stable", "fastest")}


@pytest.mark.parametrize("dataset", DATASETS)
@pytest.mark.parametrize("name", ["stable", "fastest"])
def test_a_button_sets_the_rate_of_a_run_that_explodes(dataset: str, name: str) -> None:
    rate = 5 * limits(dataset).stable
    visit = Visit("train", dataset=dataset, learning_rate=repr(rate)).press(name)
    assert visit.settings.rate == getattr(limits(dataset), name)


def test_the_known_rates_are_written_so_that_they_differ() -> None:
    visit = Visit("train", learning_rate="0.01")
    assert ways_back(visit) == {"stable": "The limit: 0.0012", "fastest": "Fastest in the long run: 0.001198"}
    assert visit.press("stable").title.startswith("Bounces for ever")
    assert visit.press("fastest").title.startswith("Overshoots")


def test_flat_data_offer_no_known_rates() -> None:
    assert ways_back(Visit("train", dataset="weighted-sum", features="0,0,0,0")) == {}


@pytest.mark.parametrize(
    ("address", "fastest"),
    [({"learning_rate": "0.001", "summed": "on"}, 1.198322e-5), ({"learning_rate": "2", "standardise": "on"}, 0.5)],
)
def test_the_ways_back_know_the_summed_gradient_and_standardised_inputs(
    address: dict[str, str], fastest: float
) -> None:
    assert Visit("train", **address).press("fastest").settings.rate == pytest.approx(fastest, rel=1e-5)
