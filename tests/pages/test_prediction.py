"""Predict first: each page about a run opens with the question, and shows the run once that is answered."""

import json
from typing import Any

import pytest

from core.data.builtin import DATASETS
from core.data.more import MORE_DATASETS
from core.lesson.prediction import EXPLODES, Kind, Question
from core.lesson.truth import limit_of, line_at, loss_at, regime_of
from core.theory.limits import Regime
from core.training import train
from pages.frame.shell import PAGES
from pages.predicting.asked import ABOUT_A_RUN
from pages.settings.choosing import complete
from pages.settings.data import experiment_of
from tests.pages.visit import Visit
from wording import exact, number, speak

QUESTIONS = [kind.value for kind in Kind]
BY_NUMBER = ("loss", "limit")
EVERY_QUESTION = pytest.mark.parametrize("predict", QUESTIONS)
EVERY_PAGE = pytest.mark.parametrize("page", sorted(ABOUT_A_RUN))
TRUE_WORDS = {"explodes": "0.0013", "overshoots": "0.0011"}


def asked(visit: Visit) -> Question:
    question: Question = visit.app.session_state["asked"]
    return question


def is_asking(visit: Visit) -> bool:
    return "first_check" in visit.buttons


def is_told(visit: Visit) -> bool:
    return "next_try" in visit.buttons


def drag(visit: Visit, heights: list[Any], **more: Any) -> Visit:
    """Let the picture report where a hand has moved its handles."""
    return visit.tell("nudge", x=[0, 1], y=heights, done=True, **more)


def choose(visit: Visit, regime: Regime) -> Visit:
    (choice,) = [group for group in visit.app.button_group if str(group.key).startswith("first_choice")]
    choice.set_value(regime)
    return visit._run()


def put_truth(visit: Visit) -> Visit:
    """Put in what is true, as a person would."""
    question = asked(visit)
    history = train(question.experiment)
    if question.kind is Kind.LINE:
        return drag(visit, list(line_at(question, history, ahead=1)))
    if question.kind is Kind.REGIME:
        return choose(visit, regime_of(question))
    truth = loss_at(question, history) if question.kind is Kind.LOSS else limit_of(question)
    visit._speak()
    return visit.type("first_typed", exact(truth))


def answer_truly(visit: Visit) -> Visit:
    question = asked(visit)
    if question.kind is Kind.LOSS and loss_at(question, train(question.experiment)) == EXPLODES:
        return visit.press("first_explodes")
    return put_truth(visit).press("first_check")


def score(visit: Visit) -> int:
    answers: dict[Question, Any] = visit.app.session_state["predictions"]
    return int(answers[asked(visit)].score)


def has_dial(visit: Visit) -> bool:
    return any("stops" in component for component in visit._components)


def headers(visit: Visit) -> list[str]:
    return [str(header.value) for header in visit.app.header]


def sent(visit: Visit) -> str:
    """All that the page sends to the browser."""
    return "\n".join(str(element.proto) for element in visit.app.main)


def test_every_page_about_a_run_asks() -> None:
    assert {*PAGES} - {"your_data", "class_board", "teach", "about"} == ABOUT_A_RUN


@EVERY_PAGE
@EVERY_QUESTION
def test_a_page_opens_with_the_question_alone_and_shows_its_run_once_that_is_answered(page: str, predict: str) -> None:
    visit = Visit(page, predict=predict, dataset="celsius", iterations="200")
    assert is_asking(visit)
    assert len(visit.players) == 1
    assert not has_dial(visit)
    assert not any(key.endswith("task_0") or key in {"reset", "board"} for key in visit.buttons)
    put_truth(visit).press("first_check")
    assert is_told(visit)
    assert not is_asking(visit)
    assert len(visit.players) > 1 or "reset" in visit.buttons


@pytest.mark.parametrize("page", ["your_data", "teach", "about"])
def test_pages_without_a_run_ask_nothing(page: str) -> None:
    visit = Visit(page, predict="loss")
    assert not is_asking(visit)


@EVERY_QUESTION
@pytest.mark.parametrize("lang", ["en", "tr"])
def test_the_right_answer_has_all_points_in_every_language(predict: str, lang: str) -> None:
    visit = put_truth(Visit("train", predict=predict, lang=lang, learning_rate="0.0011")).press("first_check")
    assert score(visit) == 100
    assert any(text in {"**100 of 100**", "**100 üzerinden 100**"} for text in visit.texts)


@EVERY_QUESTION
def test_another_answer_has_fewer_points_and_a_sentence_with_both(predict: str) -> None:
    visit = Visit("train", predict=predict, learning_rate="0.0011")
    if predict == "regime":
        choose(visit, Regime.CREEPING)
    elif predict == "line":
        drag(visit, [-24.5, -100.0])
    else:
        visit.type("first_typed", "0.0000017")
    visit.press("first_check")
    assert score(visit) < 50
    (verdict, *_others) = headers(visit)
    assert "you said" in verdict.lower()
    assert visit.player["figures"][0]["alt"] == verdict


@pytest.mark.parametrize("predict", BY_NUMBER)
@pytest.mark.parametrize("text", ["a lot", "", "-1", "0", "1e400"])
def test_nonsense_is_answered_with_a_sentence_and_costs_nothing(predict: str, text: str) -> None:
    visit = Visit("train", predict=predict).type("first_typed", text)
    (warning,) = visit.warnings
    assert "lost" in warning
    visit.press("first_check")
    assert is_asking(visit)
    assert "predictions" not in visit.app.session_state or visit.app.session_state["predictions"] == {}
    assert is_told(put_truth(visit).press("first_check"))


def test_a_number_in_turkish_is_read_as_turkish_writes_it() -> None:
    visit = Visit("train", predict="limit", lang="tr").type("first_typed", "0,0012").press("first_check")
    assert score(visit) == 100
    assert headers(visit)[0].startswith("0,0012 dediniz, doğrusu 0,0012: ")


def test_who_has_chosen_none_of_the_four_is_told_so() -> None:
    visit = Visit("train", predict="regime").press("first_check")
    assert visit.warnings == ["Choose one of the four first. Nothing is lost."]
    assert is_asking(visit)


def test_it_explodes_is_an_answer() -> None:
    visit = Visit("train", predict="loss", learning_rate="0.0013").press("first_explodes")
    assert score(visit) == 100
    assert headers(visit)[0].startswith("It explodes, as you said")


@EVERY_QUESTION
def test_there_is_a_next_try_which_is_a_question_nobody_has_touched(predict: str) -> None:
    visit = put_truth(Visit("train", predict=predict)).press("first_check").press("next_try")
    first = asked(visit)
    assert is_asking(visit)
    assert visit.settings.variant == 1
    put_truth(visit).press("first_check").press("next_try")
    assert is_asking(visit)
    assert asked(visit).experiment != first.experiment
    fresh = Visit("train", predict=predict, variant="2")
    assert visit.player == fresh.player


def test_after_the_last_variant_comes_the_first_again_untouched() -> None:
    visit = put_truth(Visit("train", predict="loss", variant="1")).press("first_check")
    visit.app.session_state["chosen"] = {**visit.chosen, "variant": 999}
    visit.app.session_state["settings"] = complete(visit.app.session_state["chosen"])
    visit.press("board")
    assert is_asking(visit)
    put_truth(visit).press("first_check").press("next_try")
    assert (visit.settings.variant, is_asking(visit)) == (1, True)


def test_the_numbers_of_a_variant_are_in_force_and_in_the_address() -> None:
    visit = Visit("train", predict="line", variant="4")
    assert visit.address == {
        "learning_rate": "0.00085",
        "weights": "-0.521",
        "bias": "64.9",
        "predict": "line",
        "variant": "4",
    }
    assert asked(visit).experiment == experiment_of(visit.settings)


def test_each_session_draws_a_number_of_its_own_once(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([4, 10, 1])
    monkeypatch.setattr("secrets.randbelow", lambda below: next(drawn))
    first, second = (Visit("train", predict="regime", variant="own") for _visitor in range(2))
    assert (first.address["variant"], second.address["variant"]) == ("5", "11")
    assert first.settings.rate != second.settings.rate
    assert first.follow(predict="regime", variant="own").address["variant"] == "5"


def test_who_gets_the_address_of_a_session_gets_its_question() -> None:
    first = Visit("train", predict="line", variant="own")
    second = Visit("train", **first.address)
    assert asked(first) == asked(second)
    assert first.player == second.player


def test_an_answered_question_stays_what_it_was_while_the_dial_is_turned() -> None:
    visit = put_truth(Visit("train", predict="regime", learning_rate="0.0011")).press("first_check")
    before = headers(visit)[0], visit.player
    visit.slide("learning_rate", 0.0001)
    assert visit.settings.rate == 0.0001
    assert (headers(visit)[0], visit.player) == before
    visit.pick("dataset", "tips")
    assert (headers(visit)[0], visit.player) == before
    assert asked(visit.press("next_try")).experiment.data.name == "Restaurant bills and tips"


def test_an_answer_holds_on_every_page() -> None:
    visit = put_truth(Visit("train", predict="loss")).press("first_check")
    assert is_told(visit.go("learning_rate"))
    assert is_told(visit.go("one_step"))
    assert is_asking(visit.press("next_try"))
    assert is_asking(visit.go("train"))


def test_reset_and_tasks_do_not_take_the_question_back() -> None:
    visit = put_truth(Visit("train", predict="loss")).press("first_check").press("reset")
    assert visit.settings.predict == "loss"
    assert is_told(visit)


def test_a_locked_learning_rate_is_no_end_of_the_tries() -> None:
    visit = put_truth(Visit("train", predict="regime", lock="learning_rate")).press("first_check").press("next_try")
    assert asked(visit).experiment == asked(Visit("train", predict="regime", variant="1")).experiment


@pytest.mark.parametrize("word", TRUE_WORDS)
def test_nothing_of_the_truth_is_sent_before_the_answer(word: str) -> None:
    visit = Visit("train", predict="loss", learning_rate=TRUE_WORDS[word], iterations="100")
    truth = loss_at(asked(visit), train(asked(visit).experiment))
    speak("en")
    assert number(truth) not in sent(visit)
    assert f"{truth:.4g}"[:5] not in sent(visit)
    assert word not in json.dumps(visit.players).lower()
    drag(visit, [2360.0, 40.0])
    assert number(truth) not in sent(visit)
    assert number(truth) in sent(visit.press("first_check"))


@pytest.mark.parametrize("predict", ["line", "loss", "regime"])
def test_before_the_answer_the_picture_does_not_depend_on_the_learning_rate(predict: str) -> None:
    figures = [Visit("train", predict=predict, learning_rate=rate).player["figures"] for rate in ("0.0001", "0.0013")]
    assert figures[0] == figures[1]


def test_a_handle_moves_what_the_field_says() -> None:
    visit = drag(Visit("train", predict="loss"), [2360.0, 40.1234])
    assert visit.field("first_typed") == "40.1"
    assert visit.trace(0, "your loss")["y"][-1] == 40.1
    assert visit.live["answered"] == 1


def test_what_is_typed_moves_the_point() -> None:
    visit = Visit("train", predict="loss").type("first_typed", "40")
    assert visit.trace(0, "your loss")["y"][-1] == 40


@pytest.mark.parametrize(("predict", "heights"), [("loss", [2360.0, 950.0]), ("line", [-35.2, 35.5])])
def test_a_click_that_comes_together_with_the_last_move_of_a_hand_counts_that_move(
    predict: str, heights: list[float]
) -> None:
    visit = Visit("train", predict=predict)
    visit.app.button("first_check").click()
    drag(visit, heights)
    assert is_told(visit)
    assert score(visit) == 100


@pytest.mark.parametrize(
    "heights", [[1.0], "high", None, [1.0, "2"], [1.0, float("1e999")], [True, 1.0], [1.0, None], {}]
)
def test_what_no_hand_can_have_done_is_not_believed(heights: Any) -> None:
    visit = Visit("train", predict="loss")
    before = visit.player
    assert drag(visit, heights).player == before


def test_no_handle_is_put_beyond_the_picture() -> None:
    visit = drag(Visit("train", predict="line"), [-1e9, 1e9])
    low, high = visit.player["figures"][0]["layout"]["yaxis"]["range"]
    assert visit.trace(0, "your line")["y"] == [low, high]


@EVERY_QUESTION
def test_the_language_can_be_changed_while_a_question_waits_and_after_it(predict: str) -> None:
    visit = put_truth(Visit("train", predict=predict, learning_rate="0.0011")).speak("tr")
    assert is_asking(visit)
    visit.press("first_check")
    assert score(visit) == 100
    assert "dediniz" in headers(visit)[0] or "Dediğiniz gibi" in headers(visit)[0]
    assert "you said" in headers(visit.speak("en"))[0].lower()


@pytest.mark.parametrize("dataset", [*DATASETS, *MORE_DATASETS, "own"])
@EVERY_QUESTION
def test_on_every_data_set_a_question_is_asked_or_it_is_said_why_not(dataset: str, predict: str) -> None:
    visit = Visit("train", predict=predict, dataset=dataset, iterations="30", variant="3")
    reasons = [str(info.value) for info in visit.app.info]
    assert is_asking(visit) is not bool(reasons)
    if reasons:
        assert reasons[0].startswith("Here no question comes first. ")
        assert len(visit.players) == 1
        assert has_dial(visit)
    else:
        assert is_told(put_truth(visit).press("first_check"))


def test_a_live_run_is_asked_about_as_long_as_it_usually_is() -> None:
    visit = Visit("train", predict="loss", live="on")
    assert asked(visit).experiment.iterations == 10_000
    assert is_told(put_truth(visit).press("first_check"))


@EVERY_QUESTION
@pytest.mark.parametrize(
    "extreme", [{"weights": "1e150"}, {"bias": "-1e140"}, {"learning_rate": "1e300"}, {"weights": "1e-300"}]
)
def test_at_the_edge_of_the_numbers_a_question_is_asked_and_answered_or_it_is_said_why_not(
    predict: str, extreme: dict[str, str]
) -> None:
    visit = Visit("train", predict=predict, iterations="20", **extreme)
    if is_asking(visit):
        assert is_told(answer_truly(visit))
    else:
        assert visit.app.info


@pytest.mark.parametrize("rate", ["0", "0.0011997596157320228"])
@EVERY_QUESTION
def test_a_rate_that_moves_nothing_and_one_that_bounces_for_ever_have_an_answer(predict: str, rate: str) -> None:
    visit = Visit("train", predict=predict, learning_rate=rate)
    if predict == "regime":
        choose(visit, Regime.CREEPING if rate == "0" else Regime.DIVERGING)
    else:
        put_truth(visit)
    visit.press("first_check")
    assert is_told(visit)
    assert score(visit) >= 70


def test_several_answers_have_a_mean() -> None:
    visit = Visit("train", predict="regime")
    choose(visit, Regime.MONOTONE).press("first_check").press("next_try")
    put_truth(visit).press("first_check")
    assert "2 answers, 100 on average" in visit.texts


def test_the_link_builder_offers_a_question_with_the_same_or_own_numbers() -> None:
    visit = Visit("teach").open_tab("A link for the class", "for_teachers_")
    visit.pick("teach_predict_en", "line")
    assert "predict=line" in sent(visit)
    assert "variant=" not in sent(visit)
    visit.app.button_group(key="teach_own_numbers_en").set_value(True)
    assert "predict=line&variant=own" in sent(visit._run())
