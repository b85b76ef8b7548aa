import json
import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.builtin import DATASETS
from core.schedule import constant
from core.theory.par import par
from core.theory.settling import near_enough
from core.training import train
from pages.frame.runs import live_history_of
from pages.settings.data import experiment_of, start
from pages.settings.places import MAX_ITERATIONS
from pages.settings.schedules import MAX_ENTRIES
from pages.steering.reports import Portion
from tests.pages.known import known_of
from tests.pages.settings.strategies import PROPERTY
from tests.pages.visit import Visit

STABLE = 0.0008
EXPLOSIVE = 0.0013
PORTION = {"upto": 40, "pace": 20}


def live(**address: str) -> Visit:
    return Visit("train", live="on", **address)


def names(visit: Visit) -> list[int]:
    return [int(name) for name in visit.player["names"]]


def limit(visit: Visit) -> float:
    return known_of(visit.settings).limits.stable


def test_a_link_to_a_live_run_stands_at_its_start_and_offers_to_train_on() -> None:
    visit = live()
    assert (names(visit), visit.settings.iterations) == ([0], 0)
    assert visit.live["on"] is True


def test_the_switch_makes_a_run_live_where_it_stands_and_what_came_later_is_forgotten() -> None:
    visit = Visit("train", iterations="500").tell("switch", on=True, at=120)
    assert (visit.settings.live, visit.settings.iterations) == (True, 120)
    assert visit.address == {"live": "on", "iterations": "120"}


def test_a_run_that_has_not_arrived_goes_on_at_its_end() -> None:
    assert Visit("train", iterations="500").tell("switch", on=True, at=500).settings.iterations == 500


@pytest.mark.parametrize("rate", ["0.0009", "0.005"])
def test_a_run_that_is_over_begins_anew_when_it_is_made_live(rate: str) -> None:
    assert Visit("train", learning_rate=rate).tell("switch", on=True, at=MAX_ITERATIONS).settings.iterations == 0


def test_a_run_that_is_no_longer_live_is_the_run_it_has_become() -> None:
    visit = live().tell("play", at=0, **PORTION).tell("rest", at=33).tell("switch", on=False, at=33)
    assert visit.address == {"iterations": "33"}
    assert names(visit)[-1] == 33


def test_a_live_run_that_is_switched_off_at_its_start_is_the_data_set_s_own() -> None:
    assert live().tell("switch", on=False, at=0).address == {}


def test_play_gives_a_portion_that_begins_where_the_run_stands() -> None:
    visit = live().tell("play", at=0, **PORTION)
    assert (names(visit)[0], names(visit)[-1]) == (0, 40)
    assert visit.live == {
        "said": "Steady",
        "on": True,
        "answered": 1,
        "turned": 0,
        "playing": True,
        "pace": 20.0,
        "stops": False,
        "switch": "free",
    }


def test_more_begins_where_the_picture_is_and_goes_on() -> None:
    visit = live().tell("play", at=0, **PORTION).tell("more", at=25, upto=80, pace=20)
    assert (names(visit)[0], names(visit)[-1]) == (25, 80)


def test_a_report_that_comes_late_takes_nothing_back() -> None:
    visit = (
        live().tell("play", at=0, **PORTION).turn(STABLE, at=30, upto=70, pace=20).tell("more", at=20, upto=50, pace=20)
    )
    assert visit.settings.learning_rate == ((0, 0.0001), (30, STABLE))
    assert visit.settings.iterations == 70


def test_fast_runs_are_told_in_few_frames_and_bouncing_ones_are_still_seen_to_bounce() -> None:
    visit = live().tell("play", at=0, upto=20_000, pace=10_000)
    gaps = [later - earlier for earlier, later in pairwise(names(visit))]
    assert len(gaps) <= 100
    assert sum(gap % 2 == 0 for gap in gaps) <= 1


def test_the_dial_changes_the_rate_from_now_on() -> None:
    visit = live().tell("play", at=0, **PORTION).turn(STABLE, at=30, upto=70, pace=20)
    assert visit.settings.learning_rate == ((0, 0.0001), (30, STABLE))
    assert (names(visit)[0], names(visit)[-1]) == (30, 70)
    assert visit.dial["rate"] == STABLE


def test_a_turn_that_is_heard_after_the_pause_that_followed_it_steers_but_does_not_train_on() -> None:
    visit = live().tell("play", at=0, **PORTION).tell("rest", at=30).turn(STABLE, at=30, upto=70, pace=20, after=1)
    assert visit.settings.learning_rate == ((0, 0.0001), (30, STABLE))
    assert visit.settings.iterations == 30


def test_the_dial_of_a_run_at_rest_leaves_it_where_it_is() -> None:
    visit = live(iterations="30").turn(STABLE, at=30)
    assert (visit.settings.iterations, visit.settings.rate) == (30, STABLE)
    assert visit.address == {"live": "on", "iterations": "30", "learning_rate": f"0:0.0001,30:{STABLE}"}


def test_the_dial_of_a_run_that_is_not_live_makes_it_one_rate() -> None:
    visit = Visit("train", learning_rate="0:0.0001,40:0.0009", iterations="100").slide("learning_rate", STABLE)
    assert visit.settings.learning_rate == constant(STABLE)


def test_a_typed_rate_holds_from_now_on_too() -> None:
    visit = live(iterations="30")
    visit.report("typed", {"text": "0.0009", "n": 1, "at": 30})
    assert visit.settings.learning_rate == ((0, 0.0001), (30, 0.0009))


def test_rest_forgets_what_was_computed_but_not_seen() -> None:
    visit = live().tell("play", at=0, **PORTION).tell("rest", at=17)
    assert visit.settings.iterations == 17
    assert names(visit)[-1] == 17


def test_play_after_looking_back_goes_on_from_there_with_the_rate_of_then() -> None:
    visit = live(learning_rate=f"0:0.0001,50:{STABLE}", iterations="90").tell("play", at=20, upto=60, pace=20)
    assert visit.settings.learning_rate == constant(0.0001)
    assert visit.settings.iterations == 60


def test_a_run_pauses_where_it_arrives() -> None:
    visit = live(learning_rate="0.0009").tell("play", at=0, upto=30_000, pace=10_000)
    settings, known = visit.settings, known_of(visit.settings)
    assert visit.live["stops"] is True
    history = train(experiment_of(settings))
    assert near_enough(known, history.parameters[-2:], settings.tolerance).tolist() == [False, True]
    visit.tell("rest", at=settings.iterations)
    assert any(text.startswith("Arrived: at iteration") for text in visit.texts)


def test_a_run_that_explodes_pauses_says_what_would_have_saved_it_and_can_go_back() -> None:
    visit = live(learning_rate=f"0:{STABLE},40:{EXPLOSIVE}", iterations="41").tell("play", at=41, upto=8000, pace=5000)
    assert visit.live["stops"] is True
    visit.tell("rest", at=names(visit)[-1])
    assert visit.title == f"Exploded at iteration {visit.settings.iterations:,}."
    assert any("Any rate below" in text for text in visit.texts)
    visit.press("way_back")
    assert (visit.settings.iterations, visit.settings.learning_rate) == (40, constant(STABLE))
    assert visit.address == {"live": "on", "iterations": "40", "learning_rate": str(STABLE)}


def test_turning_down_after_an_explosion_brings_the_run_back_from_its_last_number() -> None:
    visit = live(learning_rate=str(EXPLOSIVE)).tell("play", at=0, upto=9000, pace=5000)
    last = names(visit)[-1]
    visit.tell("rest", at=last).turn(STABLE, at=last).tell("play", at=last, upto=last + 30_000, pace=10_000)
    assert train(experiment_of(visit.settings)).diverged_at is None


def test_what_lies_ahead_is_said_while_the_run_is_live() -> None:
    assert any("If nothing is touched, it arrives at iteration" in text for text in live(iterations="30").texts)
    steered = live(iterations="30").turn(EXPLOSIVE, at=30)
    (text,) = [text for text in steered.texts if "If nothing is touched, it explodes at iteration" in text]
    announced = int("".join(filter(str.isdigit, text.split("explodes at iteration")[1])))
    steered.tell("play", at=30, upto=9000, pace=5000)
    assert abs(steered.settings.iterations - announced) <= 1


def test_a_run_ends_where_the_longest_one_does() -> None:
    visit = live(learning_rate="0.000001", iterations=str(MAX_ITERATIONS - 10)).tell(
        "play", at=MAX_ITERATIONS - 10, upto=MAX_ITERATIONS + 500, pace=1000
    )
    assert (visit.settings.iterations, visit.live["stops"]) == (MAX_ITERATIONS, True)
    visit.tell("rest", at=MAX_ITERATIONS)
    assert "A run has no more than 100,000 iterations." in visit.texts


def test_a_run_with_as_many_changes_as_fit_into_a_link_takes_no_more_and_says_so() -> None:
    rates = ",".join(f"{k}:0.000{k % 2 + 1}" for k in range(MAX_ENTRIES))
    visit = live(learning_rate=rates, iterations="300")
    before = visit.settings
    visit.turn(STABLE, at=300)
    assert visit.settings == before
    assert any("as many as fit into a link" in text for text in visit.texts)


def test_a_hand_on_the_line_puts_a_live_run_elsewhere_and_training_goes_on_from_there() -> None:
    visit = live(iterations="30").tell("nudge", at=30, x=[0.0, 10.0], y=[100.0, 90.0], done=True)
    assert visit.settings.nudges == ((30, (-1.0, 100.0)),)
    visit.tell("play", at=30, upto=50, pace=20)
    history = train(experiment_of(visit.settings))
    assert history.parameters[30].tolist() == [-1.0, 100.0]
    assert history.iterations == 50


def test_at_the_start_of_a_live_run_and_of_one_that_is_not_live_it_is_another_start() -> None:
    for visit in (live(), Visit("train", iterations="50")):
        visit.tell("nudge", at=0, x=[0.0, 10.0], y=[20.0, 50.0], done=True)
        assert start(visit.settings).tolist() == [3.0, 20.0]
        assert visit.settings.nudges == ()


def test_a_start_put_down_by_hand_is_the_same_line_when_the_inputs_are_rescaled() -> None:
    visit = Visit("train", standardise="on").tell("nudge", at=0, x=[-1.0, 1.0], y=[20.0, 50.0], done=True)
    assert start(visit.settings) == pytest.approx([15.0, 35.0], rel=1e-3)


def test_a_bar_that_is_moved_is_another_weight() -> None:
    visit = live(dataset="weighted-sum", iterations="3")
    visit.tell("nudge", at=3, x=[0, 1, 2, 3], y=[1.5, 0.2, 0.3, 0.4], done=True)
    assert visit.settings.nudges == ((3, (1.5, 0.2, 0.3, 0.4)),)


def test_a_typed_nudge_keeps_every_digit_and_a_hand_has_four() -> None:
    visit = live(iterations="30").type("nudge", "1.23456789; 30.5")
    assert visit.settings.nudges == ((30, (1.23456789, 30.5)),)
    visit.tell("nudge", at=30, x=[0.0, 1.0], y=[1.23456789, 2.23456789], done=True)
    assert visit.settings.nudges == ((30, (1.0, 1.235)),)


@pytest.mark.parametrize("text", ["", "1", "1; 2; 3", "a; b", "nan; 1"])
def test_a_typed_nudge_that_makes_no_sense_is_complained_about_and_changes_nothing(text: str) -> None:
    visit = live(iterations="30").type("nudge", text)
    assert visit.settings.nudges == ()
    assert len(visit.warnings) == 1


def test_no_hand_changes_a_run_more_often_than_fits_into_a_link() -> None:
    nudges = ";".join(f"{k}:1.0,{k}.0" for k in range(1, MAX_ENTRIES + 1))
    visit = live(iterations="300", nudges=nudges).type("nudge", "2; 3")
    assert len(visit.settings.nudges) == MAX_ENTRIES
    assert Visit("train", **visit.address).warnings == []


NONSENSE: list[Any] = [
    None,
    7,
    {},
    {"n": "1", "kind": "play", "at": 0},
    {"n": 1, "kind": "run away", "at": 0},
    {"n": 1, "kind": ["play"], "at": 0},
    *({"n": 1, "kind": "play", "at": at, **PORTION} for at in (-1, 1.5, "0", None, True, 10**20)),
    *(
        {"n": 1, "kind": "nudge", "at": 0, "done": True, **what}
        for what in (
            {},
            {"x": [0, 1], "y": [1]},
            {"x": [1, 1], "y": [1, 2]},
            {"x": "ab", "y": "cd"},
            {"x": [0, 1], "y": [1, math.inf]},
            {"x": [0, 1], "y": [1e308, -1e308]},
            {"x": [0, 1, 2], "y": [1, 2, 3]},
            {"x": None, "y": None},
        )
    ),
    {"n": 1, "kind": "switch", "at": 0, "on": "off"},
]


@pytest.mark.parametrize("report", NONSENSE, ids=repr)
def test_a_report_that_makes_no_sense_changes_nothing(report: Any) -> None:
    visit = live(iterations="5")
    before = visit.settings
    (player, *_others) = [found for found in visit._elements("bidi_component") if '"plotly"' in found.proto.json]
    visit._trigger(player.proto.id, "steered", json.loads(json.dumps({"reports": [report]})))
    assert visit.settings == before


@pytest.mark.parametrize("told", [None, 7, [], {}, {"reports": None}, {"reports": 3}, {"reports": {"n": 1}}], ids=repr)
def test_what_is_no_report_at_all_changes_nothing(told: Any) -> None:
    visit = live(iterations="5")
    before = visit.settings
    (player, *_others) = [found for found in visit._elements("bidi_component") if '"plotly"' in found.proto.json]
    visit._trigger(player.proto.id, "steered", told)
    assert visit.settings == before


def test_reports_that_overtook_each_other_are_all_taken_once_and_in_order() -> None:
    visit = live()
    play, rest = {"n": 1, "kind": "play", "at": 0, **PORTION}, {"n": 2, "kind": "rest", "at": 17}
    (player, *_others) = [found for found in visit._elements("bidi_component") if '"plotly"' in found.proto.json]
    for reports in ([play, rest], [rest, {"n": 3, "kind": "play", "at": 17, "upto": 18, "pace": 20}]):
        visit._trigger(player.proto.id, "steered", {"reports": reports})
    assert (visit.settings.iterations, visit.live["answered"]) == (18, 3)


def with_a_portion_not_shown(visit: Visit) -> Visit:
    """As if the run of the script that was to show it had been cut short."""
    visit.app.session_state["portion"] = Portion(20, 20, stops=False), visit.settings
    return visit


def test_a_portion_is_shown_by_the_next_run_if_its_own_was_cut_short() -> None:
    visit = with_a_portion_not_shown(live(iterations="40")).unfold("start")
    assert (names(visit)[0], names(visit)[-1]) == (20, 40)


def test_a_portion_whose_page_was_left_before_it_was_shown_is_not_shown_when_one_comes_back() -> None:
    visit = with_a_portion_not_shown(live(iterations="40").go("one_step")).go("train")
    assert (names(visit)[0], names(visit)[-1]) == (0, 40)
    assert not visit.live["playing"]


def test_a_portion_of_a_run_is_not_shown_of_the_one_at_another_address() -> None:
    visit = with_a_portion_not_shown(live(iterations="40")).follow(live="on", iterations="50")
    assert (names(visit)[0], names(visit)[-1]) == (0, 50)
    assert not visit.live["playing"]


@pytest.mark.parametrize("upto", [-5, 0, 1.5, "9", None, 10**30])
@pytest.mark.parametrize("pace", [20, 0, -1, "fast", None])
def test_a_portion_that_makes_no_sense_is_none_or_a_short_one(upto: Any, pace: Any) -> None:
    visit = live(learning_rate="0.000001").tell("play", at=0, upto=upto, pace=pace)
    assert 0 <= visit.settings.iterations <= MAX_ITERATIONS


@given(
    st.lists(
        st.tuples(st.sampled_from(["more", "play", "rest", "turn", "nudge"]), st.integers(0, 60), st.integers(0, 90)),
        max_size=8,
    )
)
@PROPERTY
def test_whatever_the_hands_do_the_run_on_screen_is_the_one_that_its_link_makes_again(
    deeds: list[tuple[str, int, int]],
) -> None:
    visit = live(dataset="weighted-sum", learning_rate="0.05")
    for kind, at, more in deeds:
        if kind == "turn":
            visit.turn(0.01 * (1 + more), at=at, upto=at + more, pace=20)
        else:
            visit.tell(kind, at=at, upto=at + more, pace=20, x=[0, 1, 2, 3], y=[at, 1, 2, 3], done=True)
    shown = live_history_of(experiment_of(visit.settings))
    again = train(experiment_of(Visit("train", **visit.address).settings))
    assert np.array_equal(shown.parameters, again.parameters)
    assert np.array_equal(shown.loss, again.loss)
    assert shown.diverged_at == again.diverged_at


def test_a_landing_is_live_starts_far_away_and_names_its_par() -> None:
    visit = Visit("train", land="3")
    settings, known = visit.settings, known_of(visit.settings)
    assert (settings.live, settings.iterations) == (True, 0)
    best = par(known, start(settings), settings.tolerance)
    assert any(f"Par is {best:,}" in text for text in visit.texts)


def test_every_landing_has_a_start_of_its_own_far_from_the_best() -> None:
    for dataset in DATASETS:
        starts = [tuple(start(Visit("train", dataset=dataset, land=str(k)).settings)) for k in (1, 2, 10)]
        assert len(set(starts)) == 3


def test_a_landing_is_scored_and_its_link_dares_a_neighbour() -> None:
    visit = Visit("train", land="1", learning_rate="0.0011").tell("play", at=0, upto=30_000, pace=10_000)
    iterations = visit.settings.iterations
    visit.tell("rest", at=iterations)
    assert any(text.startswith(f"**Landed in {iterations:,} iterations, with 0 explosions.") for text in visit.texts)
    (link,) = [code.value for code in visit.app.code if "beat=" in code.value]
    assert f"land=1&beat={iterations}" in link
    dared = Visit("train", land="1", beat=str(iterations))
    assert any(f"landed in {iterations:,} and dares you" in text for text in dared.texts)


def test_an_explosion_in_a_landing_counts_once_it_is_undone() -> None:
    visit = Visit("train", land="2").turn(EXPLOSIVE, at=0).tell("play", at=0, upto=20_000, pace=10_000)
    visit.tell("rest", at=names(visit)[-1]).press("way_back")
    assert (visit.settings.explosions, visit.settings.iterations) == (1, 0)


def test_a_reset_keeps_the_run_live_and_the_landing() -> None:
    visit = Visit("train", land="2").tell("play", at=0, **PORTION).press("reset")
    assert (visit.settings.live, visit.settings.land, visit.settings.iterations) == (True, 2, 0)


@pytest.mark.parametrize("name", ["step_decay", "warm_up", "cosine"])
def test_a_ready_made_schedule_is_in_force_in_the_address_and_in_its_field(name: str) -> None:
    visit = Visit("train", iterations="1000").press(name)
    assert len(visit.settings.learning_rate) > 1
    again = Visit("train", **visit.address)
    assert again.settings.learning_rate == visit.settings.learning_rate
    assert again.app.text_input("schedule").value == visit.app.text_input("schedule").value


@pytest.mark.parametrize("lang", ["en", "tr"])
def test_what_the_schedule_s_field_shows_can_be_typed_again(lang: str) -> None:
    visit = Visit("train", lang=lang, learning_rate="0:0.0001,40:0.0009,90:1e-06", iterations="100")
    visit.type("schedule", f"{visit.app.text_input('schedule').value} ")
    assert visit.settings.learning_rate == ((0, 0.0001), (40, 0.0009), (90, 1e-6))
    assert visit.warnings == []


@pytest.mark.parametrize("text", ["5:0.1", "0:0.1; 0:0.2", "0:x", "nonsense", "0:-1"])
def test_a_schedule_that_makes_no_sense_is_complained_about_and_changes_nothing(text: str) -> None:
    visit = Visit("train").type("schedule", text)
    assert visit.settings.learning_rate == constant(0.0001)
    assert any(text in warning for warning in visit.warnings)


@pytest.mark.parametrize("page", ["learning_rate", "loss_surface", "one_step", "which_way", "find_the_bug", "about"])
@pytest.mark.parametrize("lang", ["en", "tr"])
def test_every_page_shows_a_steered_run(page: str, lang: str) -> None:
    address = {"learning_rate": "0:0.0001,40:0.0009,90:0.0013", "nudges": "50:1.0,40.0", "iterations": "120"}
    Visit(page, lang=lang, **address)
    Visit(page, lang=lang, live="on")
