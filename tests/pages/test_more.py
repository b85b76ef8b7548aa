from functools import cache
from types import SimpleNamespace

import pytest

from core.data.builtin import DATASETS
from core.data.more import MORE_DATASETS
from core.optimisers import OPTIMISERS
from pages.frame import session, shell
from tests.pages.visit import Visit
from wording import LANGUAGES

NEW = {"model", "hidden", "activation", "loss", "delta", "optimiser", "momentum", "batch", "batch_seed", "held_out"}
"""Keys of the controls that appear only once more neurons are opened."""


@cache
def opened(dataset: str = "sine", **chosen: str) -> Visit:
    """A Train page, only to be read."""
    return Visit("train", dataset=dataset, **chosen)


def keys(visit: Visit) -> set[str]:
    app = visit.app
    controls = [*app.selectbox, *app.select_slider, *app.text_input, *app.button_group, *app.toggle]
    return {str(control.key).split("_tr_")[0].split("_en_")[0] for control in controls}


def trace_names(visit: Visit, figure: int) -> set[str]:
    return {trace["name"] for trace in visit.player["figures"][figure]["data"]}


# Nothing on a beginner's page grows


@pytest.mark.parametrize("dataset", DATASETS)
def test_a_beginner_meets_no_new_control_and_four_data_sets_beside_own_data(dataset: str) -> None:
    visit = opened(dataset)
    assert not keys(visit) & NEW
    (picked,) = [box for box in visit.app.selectbox if box.key == "dataset"]
    assert len(picked.options) == len(DATASETS) + 1


def test_opened_there_are_all_data_sets_and_closed_again_four() -> None:
    visit = Visit("train").press("more")
    (picked,) = [box for box in visit.app.selectbox if box.key == "dataset"]
    assert len(picked.options) == len(DATASETS) + len(MORE_DATASETS) + 1
    assert {"model", "loss", "optimiser"} <= keys(visit)
    assert not keys(visit.press("more")) & NEW
    assert visit.address == {}


def test_who_closes_it_comes_back_to_one_neuron_and_a_line() -> None:
    visit = Visit("train", dataset="xor").press("more")
    assert (visit.settings.dataset, visit.settings.model, visit.settings.optimiser) == ("celsius", "neuron", "descent")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("dataset", ["celsius", "weighted-sum", "tips"])
def test_where_a_line_is_enough_no_hidden_layer_is_offered_and_the_page_says_why(dataset: str, lang: str) -> None:
    visit = opened(dataset, more="on", lang=lang)
    (model,) = [group for group in visit.app.button_group if group.key == "model"]
    assert len(model.options) == 1
    assert len([caption for caption in visit.app.caption if str(caption.value)]) == 1


def test_a_link_with_a_hidden_layer_for_a_line_is_answered_with_a_message() -> None:
    visit = opened("celsius", more="on", model="network")
    assert visit.settings.model == "neuron"
    assert len(visit.warnings) == 1


def test_cross_entropy_is_offered_for_classes_only() -> None:
    offered = {}
    for dataset in ("sine", "hours"):
        (loss,) = [box for box in opened(dataset).app.selectbox if box.key == "loss"]
        offered[dataset] = len(loss.options)
    assert offered == {"sine": 2, "hours": 3}


# Every data set and model opens


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("dataset", MORE_DATASETS)
def test_every_data_set_opens_with_either_model(dataset: str, lang: str) -> None:
    for model in ("neuron", "network"):
        visit = opened(dataset, model=model, lang=lang, iterations="40")
        assert visit.warnings == []
        assert visit.title
        assert len(visit.player["figures"]) == (3 if model == "network" else 2)


@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize("dataset", ["celsius", "weighted-sum", "hours", "xor"])
def test_every_optimiser_trains_every_kind_of_model(dataset: str, optimiser: str) -> None:
    visit = opened(dataset, more="on", optimiser=optimiser, iterations="60")
    assert (visit.warnings, visit.settings.optimiser) == ([], optimiser)
    losses = visit.moved(-1, "now")[0]["y"] + visit.moved(-1, "now")[-1]["y"]
    assert losses[-1] is None or losses[-1] < losses[0]


def test_the_link_restores_a_network() -> None:
    sent = Visit("train", dataset="sine", hidden="5", activation="sigmoid", optimiser="momentum", momentum="0.5")
    sent.slide("learning_rate", 0.03)
    received = Visit("train", **sent.address)
    assert received.player == sent.player
    assert received.settings == sent.settings


# The pictures of a network


def test_the_network_s_diagram_is_between_prediction_and_curves() -> None:
    assert trace_names(opened(), 1) >= {"hidden neurons", "output"}
    assert "edge" in trace_names(opened(), 2)


def test_the_dial_has_no_fixed_limits_and_the_player_says_where_they_are() -> None:
    visit = opened()
    limits = visit.player["limits"]
    assert len(limits) == len(visit.player["names"])
    assert [tuple(sorted(bounds)) for bounds in limits] == [tuple(bounds) for bounds in limits]
    assert visit.dial["bounds"] == limits[-1]
    assert len({stable for _creeping, _monotone, stable in limits}) > 10


def test_one_neuron_has_limits_that_stand_still() -> None:
    assert opened("celsius").player["limits"] == []
    assert opened("hours").player["limits"] == []
    assert opened("hours").dial["bounds"]


def test_momentum_moves_the_limits_on_the_dial() -> None:
    plain, heavy = (opened("celsius", more="on", **more).dial["bounds"] for more in ({}, {"optimiser": "momentum"}))
    assert heavy[-1] == pytest.approx(1.9 * plain[-1])
    nesterov = opened("celsius", more="on", optimiser="nesterov", momentum="0.5").dial["bounds"]
    assert nesterov[-1] == pytest.approx(0.75 * plain[-1])


def test_adam_has_no_limits_on_the_dial() -> None:
    assert (opened("celsius", more="on", optimiser="adam").dial["bounds"]) == []


def test_a_click_on_a_neuron_leaves_it_out_and_another_brings_it_back() -> None:
    visit = Visit("train", dataset="sine", iterations="50")
    diagram = visit.trace(1, "hidden neurons")
    click = {"figure": 1, "curve": 0, "x": diagram["x"][2], "y": diagram["y"][2]}
    visit.click_figure(0, **click)
    assert (visit.settings.muted, visit.address["muted"]) == ((3,), "3")
    assert any("Without hidden neuron 3 the loss would be" in text for text in visit.texts)
    assert visit.click_figure(0, **click).settings.muted == ()


def test_a_click_elsewhere_leaves_all_in() -> None:
    visit = Visit("train", dataset="sine", iterations="50")
    for click in ({"figure": 0, "curve": 0, "x": 1.0, "y": 0.0}, {"figure": 1, "curve": 0, "x": 2.0, "y": 0.0}):
        assert visit.click_figure(0, **click).settings.muted == ()


# Batches and the held-out part


def test_in_batches_the_first_epoch_is_marked_on_the_axis() -> None:
    layout = opened("noisy-thermometer", more="on", batch="10").player["figures"][-1]["layout"]
    assert [note["text"] for note in layout["annotations"]].count("1 epoch") == 1
    assert layout["shapes"][0]["x0"] == pytest.approx(1.0414, abs=1e-4)  # log10(1 + 10)


def test_without_batches_no_epoch_is_marked() -> None:
    assert not opened("noisy-thermometer", more="on").player["figures"][-1]["layout"].get("shapes")


def test_a_held_out_part_has_its_own_curve_points_and_number() -> None:
    visit = opened("noisy-thermometer", more="on", held_out="0.2")
    assert "held-out part" in trace_names(visit, 1)
    assert len(visit.trace(0, "held out")["x"]) == 20
    assert len(visit.trace(0, "data")["x"]) == 80
    assert "held-out part" in visit.player["captions"][-1]


def test_a_batch_larger_than_what_is_trained_on_is_answered_with_a_message() -> None:
    assert len(opened("noisy-thermometer", more="on", held_out="0.5", batch="80").warnings) == 1


def test_of_classes_the_captions_say_which_share_is_right() -> None:
    assert opened("hours").player["captions"][-1].endswith("80 % right")


# The start, the code, the table


def test_the_seed_of_a_network_s_start_is_seen_and_another_one_is_another_run() -> None:
    visit = Visit("train", dataset="sine", iterations="20")
    assert visit.field("seed") == "1"
    before = visit.player
    assert visit.press("draw").field("seed") == "2"
    assert visit.player != before


def test_the_code_that_runs_is_the_network_s() -> None:
    visit = Visit("train", dataset="xor", iterations="20").open_tab("The code that runs")
    code = "\n".join(str(block.value) for block in visit.app.code)
    assert "grad_sums = grad_hidden * self.activation.slope(hidden)" in code
    assert "self.mean_decay**steps" in code  # Adam's, with which XOR is learned


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_live_network_trains_on(lang: str) -> None:
    visit = Visit("train", dataset="sine", live="on", iterations="100", lang=lang)
    visit.tell("play", at=100, upto=200, pace=50.0)
    assert visit.settings.iterations == 200
    assert visit.player["names"][0] == "100"
    assert visit.warnings == []


def test_a_live_network_can_be_steered() -> None:
    visit = Visit("train", dataset="sine", live="on", iterations="100")
    visit.turn(0.2, at=100)
    assert visit.settings.learning_rate == ((0, 0.1), (100, 0.2))


# The moving limit


def test_the_moving_limit_opens_with_five_rates_of_which_three_end_at_the_edge() -> None:
    visit = Visit("moving_limit")
    assert visit.settings.dataset == "sine"
    assert visit.settings.rates == (0.05, 0.1, 0.2, 0.3, 0.4)
    assert visit.title == "3 of 5 learning rates end at the edge of stability, 1 beyond it."
    ends = [row[5] for row in visit.table("How near the edge each run is")]
    assert ends[:4] == ["below the edge", "at the edge", "at the edge", "at the edge"]
    assert ends[4].startswith("explodes at iteration")


@pytest.mark.parametrize("held", ["start", "weights", "seed", "more", "sample", "learning_rate"])
def test_the_moving_limit_opens_whatever_the_link_locks(held: str) -> None:
    assert Visit("moving_limit", lock=held).to_take_home


@pytest.mark.parametrize("more", [{}, {"more": "on"}])
def test_the_moving_limit_names_what_was_wrong_with_the_link_that_opened_it(more: dict[str, str]) -> None:
    (warning,) = Visit("moving_limit", valley="perhaps", **more).warnings
    assert warning.startswith("Valley: “perhaps” is not ")


def test_the_moving_limit_is_in_the_navigation_only_once_more_neurons_are_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    offered = {}
    for more in (False, True):
        monkeypatch.setattr(session, "settings", lambda more=more: SimpleNamespace(more=more, hide=(), lock=()))
        offered[more] = [name for name in shell.PAGES if shell.is_in_navigation(name)]
    assert offered[True] == list(shell.PAGES)
    assert offered[False] == [name for name in shell.PAGES if name != "moving_limit"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "chosen",
    [
        {"dataset": "celsius", "more": "on"},
        {"dataset": "xor"},
        {"dataset": "hours"},
        {"dataset": "sine", "optimiser": "adam"},
        {"dataset": "sine", "optimiser": "momentum", "momentum": "0.5"},
        {"dataset": "two-clouds", "rates": "0,0.1"},
    ],
    ids=str,
)
def test_the_moving_limit_is_shown_for_everything(chosen: dict[str, str], lang: str) -> None:
    visit = Visit("moving_limit", iterations="60", lang=lang, **chosen)
    assert visit.warnings == []
    assert visit.title


def test_of_classes_the_upper_curve_is_the_share_on_the_right_side_and_can_be_the_sharpness() -> None:
    visit = Visit("train", dataset="hours")
    assert visit.settings.watch == "accuracy"
    upper = visit.trace(1, "share on the right side")
    assert upper["y"][-1] == 0.8
    assert "edge" not in trace_names(visit, 1)
    assert "edge" in trace_names(visit.pick("watch", "sharpness"), 1)


def test_the_gap_between_two_clouds_can_be_moved() -> None:
    visit = Visit("train", dataset="two-clouds").slide("gap", -0.4)
    assert (visit.settings.gap, visit.address["gap"]) == (-0.4, "-0.4")


def test_adding_up_the_gradient_is_not_offered_where_its_length_says_nothing() -> None:
    assert "summed" not in {toggle.key for toggle in opened("xor").app.toggle}
    assert "summed" in {toggle.key for toggle in opened("sine").app.toggle}


def test_one_step_of_classes_does_not_show_what_comes_after_it() -> None:
    visit = Visit("one_step", dataset="two-clouds")
    assert [
        t["name"] for figure in visit.figures for t in figure["data"] if t.get("name", "").startswith("step ")
    ] == []


def test_another_optimiser_keeps_the_iterations() -> None:
    visit = Visit("train", more="on", iterations="300").pick("optimiser", "momentum")
    assert visit.settings.iterations == 300


def test_of_adam_no_edge_is_shown_or_claimed() -> None:
    visit = Visit("moving_limit", dataset="sine", optimiser="adam", iterations="60")
    assert visit.title == "For this optimiser no edge is known: each parameter has a pace of its own."
    assert "the edge: sharpness" not in visit.header("How near the edge each run is")
    assert "edge of stability" not in trace_names(visit, 0)


def test_with_momentum_the_edge_is_that_of_momentum() -> None:
    visit = Visit("moving_limit", dataset="sine", optimiser="momentum", momentum="0.5", rates="0.05", iterations="60")
    assert visit.table("How near the edge each run is")[0][1] == "60"


def test_racing_optimisers_are_compared_by_what_was_measured() -> None:
    visit = Visit("learning_rate", more="on", compare="optimisers", iterations="1000")
    texts = [str(heading.value) for heading in visit.app.subheader]
    assert any("none arrives in this run" in text for text in texts)


def test_with_momentum_the_upper_curve_of_a_run_that_settles_is_drawn_to_its_end() -> None:
    visit = opened("celsius", more="on", optimiser="momentum", learning_rate="0.0018", iterations="500")
    assert len(visit.trace(1, "weight")["x"]) > 100
