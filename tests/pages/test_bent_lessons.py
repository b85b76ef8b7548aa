"""Find the bug, Which way? and the loss surface where the loss is no parabola: networks, two classes, Huber's loss."""

import re
from functools import cache

import pytest

from core.lesson.suspects import LINE_UPS, OF_CLASSES, OF_NETWORKS, OF_OUTLIERS, LineUp, Verdict, behind_letters
from core.theory.slices import Slice
from pages.settings.choosing import complete
from pages.settings.page import SUSPECTS
from pages.settings.places import ball_places, own_parameter, parabola, span
from pages.settings.values import names_of_parameters
from tests.pages.shown import have_ranges
from tests.pages.visit import Visit
from wording import LANGUAGES

SCENES = {
    "sine": {"dataset": "sine"},
    "sine with rectifiers": {"dataset": "sine", "activation": "relu", "iterations": "200"},
    "XOR": {"dataset": "xor", "iterations": "200"},
    "hours": {"dataset": "hours"},
    "iris": {"dataset": "iris", "iterations": "500"},
    "two clouds apart": {"dataset": "two-clouds", "gap": "10"},
    "celsius with Huber": {"more": "on", "loss": "huber"},
    "hours by the squared error": {"dataset": "hours", "loss": "squared"},
    "a network for the hours": {"dataset": "hours", "model": "network", "hidden": "1"},
    "a network that explodes": {"dataset": "sine", "learning_rate": "30", "iterations": "500"},
    "a network that stands still": {"dataset": "sine", "learning_rate": "0", "iterations": "50"},
    "some held out, in batches": {"dataset": "hours", "held_out": "0.5", "batch": "3", "sample": "10"},
}
SMALL = {"dataset": "sine", "hidden": "2", "iterations": "50"}


@cache
def opened(page: str, scene: str) -> Visit:
    """A page with these data, only to be read."""
    return Visit(page, **SCENES[scene])


def says(visit: Visit, words: str) -> bool:
    return any(words in text for text in visit.texts)


def titles(visit: Visit) -> list[str]:
    layout = visit.player["figures"][0]["layout"]
    return [layout[name]["title"]["text"] for name in ("xaxis", "yaxis")]


@pytest.mark.parametrize("page", ["find_the_bug", "which_way", "loss_surface"])
@pytest.mark.parametrize("scene", SCENES)
def test_every_page_opens_with_its_pictures(page: str, scene: str) -> None:
    visit = opened(page, scene)
    assert visit.title
    assert visit.warnings == []
    assert page == "find_the_bug" or have_ranges(visit.figures)


@pytest.mark.parametrize("page", ["find_the_bug", "which_way", "loss_surface"])
@pytest.mark.parametrize("dataset", ["sine", "hours"])
def test_every_page_opens_in_turkish(page: str, dataset: str) -> None:
    visit = Visit(page, lang="tr", dataset=dataset, iterations="50")
    assert visit.title != Visit(page, dataset=dataset, iterations="50").title


# Find the bug


def codes(scene: str) -> list[str]:
    return [str(code.value) for code in opened("find_the_bug", scene).app.code]


@pytest.mark.parametrize(
    ("scene", "mark"),
    [
        *(("sine", "(1 - hidden**2)"), ("sine with rectifiers", "(hidden > 0)"), ("hours", "sigmoid(outputs)")),
        *(("celsius with Huber", "np.clip(outputs - targets, -delta, delta)"), ("XOR", "sigmoid(outputs)")),
        ("hours by the squared error", "2 * (outputs - targets)"),
    ],
)
def test_the_six_suspects_belong_to_model_and_loss(scene: str, mark: str) -> None:
    assert len(set(codes(scene))) == 6
    assert sum(mark in code for code in codes(scene)) >= 4


def test_the_article_s_six_stand_behind_the_letters_of_before() -> None:
    assert codes("hours by the squared error") == [str(code.value) for code in Visit("find_the_bug").app.code]


OTHER_LINE_UPS: dict[str, tuple[dict[str, str], LineUp]] = {
    "networks": ({"dataset": "sine"}, OF_NETWORKS),
    "classes": ({"dataset": "hours"}, OF_CLASSES),
    "outliers": ({"more": "on", "loss": "huber"}, OF_OUTLIERS),
}


@pytest.mark.parametrize("kind", OTHER_LINE_UPS)
def test_the_six_verdicts_are_told_right_and_their_moral_afterwards(kind: str) -> None:
    address, suspects = OTHER_LINE_UPS[kind]
    visit = Visit("find_the_bug", iterations="20", **address)
    for letter, key in behind_letters(SUSPECTS, 0, suspects).items():
        visit.pick("suspect", letter).press(f"verdict_{suspects[key].verdict.value}")
        assert says(visit, "**Right.**")
    assert [row[1] == row[2] for row in visit.table("Your verdicts")] == [True] * 6
    assert says(visit, "A loss that falls proves nothing")


def test_a_verdict_on_a_neuron_s_suspect_says_nothing_of_a_network_s() -> None:
    visit = Visit("find_the_bug", iterations="20")
    for letter in SUSPECTS:
        visit.pick("suspect", letter).press("verdict_wrong")
    visit.follow(dataset="sine", iterations="20")
    assert not says(visit, "**Not so.**")
    assert not says(visit, "**Right.**")


def test_without_an_activation_a_forgotten_slope_happens_to_agree() -> None:
    letters = behind_letters(SUSPECTS, 0, OF_NETWORKS)
    letter = next(letter for letter, key in letters.items() if key == "missing-slope")
    visit = Visit("find_the_bug", activation="identity", suspect=letter, **SMALL).press("verdict_wrong")
    assert says(visit, "Here it happens to agree:")


@pytest.mark.parametrize("dataset", ["sine", "hours"])
def test_central_differences_are_called_exact_only_for_a_parabola(dataset: str) -> None:
    bent = Visit("find_the_bug", dataset=dataset, iterations="20")
    assert not says(bent, "Central differences are exact")
    assert says(bent, "This loss is no parabola, so central differences are not exact either")
    assert says(Visit("find_the_bug", iterations="20"), "Central differences are exact")


def test_the_step_of_the_differences_is_smaller_where_the_loss_is_no_parabola() -> None:
    assert complete({"dataset": "hours"}).check_step == complete({"dataset": "sine"}).check_step == 1e-5
    assert complete({}).check_step == complete({"dataset": "hours", "loss": "squared"}).check_step == 1e-3


def test_of_a_network_every_layer_has_its_relative_difference() -> None:
    table = opened("find_the_bug", "sine").table("The gradient check, layer by layer")
    assert [row[0] for row in table] == [
        "weights into the hidden neurons",
        "biases of the hidden neurons",
        "weights into the output",
        "bias of the output",
    ]
    assert len(opened("find_the_bug", "sine").table("The gradient check at the start")) == 26


def test_a_suspect_of_a_network_has_a_run_of_its_own() -> None:
    visit = Visit("find_the_bug", **SMALL)
    ends = [visit.pick("suspect", one).player["figures"][1]["frames"][-1]["data"][0]["y"][0] for one in SUSPECTS]
    assert len(set(ends)) == 6


def test_all_line_ups_fill_the_letters() -> None:
    assert all(len(suspects) == len(SUSPECTS) for suspects in LINE_UPS)


# Which way?


@pytest.mark.parametrize("scene", ["sine", "hours", "celsius with Huber"])
def test_why_it_is_no_parabola_is_said(scene: str) -> None:
    assert says(opened("which_way", scene), "This is no parabola: ")


def test_of_a_parabola_nothing_of_the_kind_is_said() -> None:
    assert not says(Visit("which_way"), "parabola:")


def test_over_a_weight_into_the_output_it_is_said_still_to_be_one() -> None:
    assert says(Visit("which_way", parameter="7", **SMALL), "it still is a parabola")


def test_a_network_is_looked_at_first_where_its_hidden_neuron_counts_most() -> None:
    assert opened("which_way", "sine").settings.parameter == 7
    assert "w1→7" in opened("which_way", "sine").title
    for seed in range(3):
        settings = complete({"dataset": "xor", "seed": seed})
        second = settings.weights[-8:]
        assert abs(second[own_parameter(settings) - 1]) == max(map(abs, second))


@pytest.mark.parametrize("scene", ["sine", "hours", "celsius with Huber"])
@pytest.mark.parametrize("samples", ["one", "all"])
def test_the_answer_against_the_slope_is_right_and_its_step_is_told(scene: str, samples: str) -> None:
    visit = Visit("which_way", samples=samples, **SCENES[scene])
    found = parabola(visit.settings)
    assert isinstance(found, Slice)
    visit.press("smaller" if found.slope(visit.settings.at) > 0 else "larger")
    assert says(visit, "Right: against the sign of the slope, downhill.")
    assert says(visit, "it lands at ")
    landing = visit.settings.at - visit.settings.rate * found.slope(visit.settings.at)
    assert visit.trace(0, "after the step")["x"] == pytest.approx([landing])
    assert visit.trace(0, "after the step")["y"] == pytest.approx([found.loss(landing)])


def test_the_step_keeps_its_answer_when_only_the_rate_is_turned() -> None:
    visit = Visit("which_way", dataset="hours").press("larger").type("learning_rate", "5")
    assert says(visit, "The loss is greater there")
    assert "take_step" in visit.buttons


def test_that_another_optimiser_would_take_another_step_is_said() -> None:
    assert says(Visit("which_way", dataset="xor", iterations="20").press("smaller"), "the step of plain descent")
    assert not says(Visit("which_way", dataset="hours").press("smaller"), "the step of plain descent")


def test_where_a_rectifier_is_off_neither_way_is_right() -> None:
    off = {"dataset": "sine", "hidden": "1", "activation": "relu", "weights": "0.5,-1000,0.5"}
    assert says(Visit("which_way", **off).press("larger"), "This is a bottom, a top or a plain.")


@pytest.mark.parametrize(
    "chosen",
    [
        *({"dataset": name} for name in ("sine", "xor", "hours", "iris", "two-clouds")),
        {"more": True, "loss": "huber"},
        {"dataset": "tips", "more": True, "loss": "huber", "summed": True},
    ],
    ids=str,
)
def test_over_every_parameter_start_and_bottom_are_in_the_picture_and_so_is_the_bend(chosen: dict[str, object]) -> None:
    for k in range(1, len(names_of_parameters(complete(chosen))) + 1):
        settings = complete({**chosen, "parameter": k})
        found, (low, high), places = parabola(settings), span(settings), ball_places(settings)
        assert isinstance(found, Slice)
        assert low <= min(found.best, settings.at) <= max(found.best, settings.at) <= high
        assert high - low >= 2 * found.reach
        assert float(f"{settings.at:.6g}") in places
        assert list(places) == sorted(set(places))


def test_the_bottom_is_looked_for_once_whatever_the_learning_rate() -> None:
    one, other = (complete({"dataset": "hours", "learning_rate": ((0, rate),)}) for rate in (0.1, 2.0))
    assert parabola(one) is parabola(other)


# Loss surface


def test_a_network_s_map_shows_the_path_s_own_directions_first() -> None:
    visit = opened("loss_surface", "sine")
    assert titles(visit) == ["first direction", "second direction"]
    assert re.match(r"Two directions in 25 dimensions show [\d.]+ % of the path\.", visit.title)
    assert says(visit, "The map goes through the end of the path")
    assert visit.address == {"dataset": "sine"}


def test_two_parameters_are_picked_one_after_the_other_and_given_back() -> None:
    visit = Visit("loss_surface", **SMALL).pick("plane", 2)
    assert (titles(visit), visit.settings.plane) == (["w1→2", "b1"], (2, 3))
    visit.pick("plane_with", 6)
    assert (titles(visit), visit.address["plane"]) == (["w1→2", "v2"], "2,6")
    assert Visit("loss_surface", **visit.address).title == visit.title
    visit.pick("plane", 6)
    assert visit.settings.plane == (6, 7), "the second one always comes later"
    visit.pick("plane", 0)
    assert visit.address == {**SMALL}


def test_the_second_of_two_parameters_is_asked_for_only_beside_a_first_one() -> None:
    assert [box.key for box in Visit("loss_surface", **SMALL).app.selectbox] == ["dataset", "plane"]
    assert [box.key for box in Visit("loss_surface", plane="1,7", **SMALL).app.selectbox][-1] == "plane_with"


def test_one_neuron_s_map_can_show_the_path_s_own_directions_too() -> None:
    visit = Visit("loss_surface", dataset="weighted-sum", plane="path")
    assert titles(visit) == ["first direction", "second direction"]
    assert visit.address == {"dataset": "weighted-sum", "plane": "path"}
    assert visit.title.startswith("Two directions in 4 dimensions show 100 % of the path.")


def test_a_language_may_be_changed_while_a_pair_is_picked() -> None:
    visit = Visit("loss_surface", plane="1,7", **SMALL).speak("tr")
    assert (visit.settings.plane, titles(visit)) == ((1, 7), ["w1→1", "c"])


def test_a_map_that_shows_all_parameters_says_how_the_valley_bends() -> None:
    assert opened("loss_surface", "hours").title.startswith("This valley is no parabola: its curvature changes from ")
    assert titles(opened("loss_surface", "hours")) == ["weight", "bias"]
    assert not says(opened("loss_surface", "hours"), "held")


def test_a_run_that_explodes_is_said_to_leave_the_map() -> None:
    assert opened("loss_surface", "a network that explodes").title.startswith("The run explodes at iteration ")


@pytest.mark.parametrize("scene", ["sine", "hours"])
def test_the_surface_in_three_dimensions_has_the_path_of_the_map(scene: str) -> None:
    visit = Visit("loss_surface", view="3d", **SCENES[scene])
    surface, path = visit.player["figures"][0]["data"]
    assert (surface["type"], path["type"]) == ("surface", "scatter3d")
    flat = opened("loss_surface", scene).trace(0, "path")
    assert [path["x"], path["y"]] == [flat["x"], flat["y"]]


def test_of_many_parameters_the_captions_say_iteration_and_loss_only() -> None:
    assert re.fullmatch(r"iteration 0 · loss [\d.]+", opened("loss_surface", "sine").player["captions"][0])
    assert "weight" in opened("loss_surface", "hours").player["captions"][0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_verdict_has_a_name_in_every_language(language: str) -> None:
    visit = Visit("find_the_bug", lang=language, **SMALL)
    assert all(visit.buttons[f"verdict_{verdict.value}"] for verdict in Verdict)
