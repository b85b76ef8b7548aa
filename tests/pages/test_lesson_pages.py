import re
from functools import cache

import pytest

from core.data.builtin import DATASETS
from core.lesson import suspects
from core.lesson.suspects import Verdict, behind_letters
from pages.settings.page import SUSPECTS
from pages.settings.places import ball_places
from tests.pages.shown import have_ranges
from tests.pages.visit import Visit
from wording import LANGUAGES

LESSONS = ("one_step", "which_way", "find_the_bug")
EVERY_LESSON = pytest.mark.parametrize("page", LESSONS)
EVERY_DATASET = pytest.mark.parametrize("dataset", DATASETS)
EVERY_LANGUAGE = pytest.mark.parametrize("lang", LANGUAGES)
SAMPLES = "All samples of this step, and their sums"
CHECK = "The gradient check at the start"
NEARBY = "A small step to either side"
FORMULA = "$\\displaystyle"
MORE_EXTREMES = {
    "a step of the differences that rounding swallows": {"check_step": "1e-15", "bias": "32"},
    "the largest step of the differences": {"check_step": "100"},
    "a ball far outside the picture": {"at": "1e300"},
    "a ball at the bottom": {"at": "1.8"},
    "a start next to the bottom": {"weights": "1.8", "bias": "32.0000001"},
    "one sample of input zero": {"samples": "one", "sample": "51"},
    "flat data with one sample": {"dataset": "weighted-sum", "features": "0,0,0,0", "samples": "one"},
    "an output that meets a target of 1e17": {
        **{"dataset": "weighted-sum", "target": "1e17", "learning_rate": "0.125", "iteration": "1", "squares": "on"}
    },
    "an iteration far beyond the end of an exploding run": {"learning_rate": "0.0013", "iteration": "100000"},
    "squares of an exploding run": {"learning_rate": "0.01", "iteration": "80", "squares": "on", "digits": "on"},
}


@cache
def opened(page: str, dataset: str = "celsius") -> Visit:
    """A page with a data set, only to be read."""
    return Visit(page, dataset=dataset)


def formulas(visit: Visit) -> list[str]:
    return [line.removeprefix(FORMULA).strip("$ ") for line in visit.texts if line.startswith(FORMULA)]


def parts(visit: Visit) -> list[str]:
    return [str(title.value)[0] for title in visit.app.header if "·" in str(title.value)]


def traces(visit: Visit, figure: int) -> list[str]:
    return [trace["name"] for trace in visit.player["figures"][figure]["data"]]


def ball(visit: Visit) -> float:
    (place,) = visit.trace(0, "now")["x"]
    return float(place)


def says(visit: Visit, words: str) -> bool:
    return any(words in text for text in visit.texts)


# What holds on all three pages


@EVERY_LESSON
def test_a_lesson_opens_with_two_or_more_sentences_and_ends_with_four_tasks_or_more(page: str) -> None:
    visit = opened(page)
    assert len(re.findall(r"[.?!:](\s|$)", visit.texts[0])) >= 2
    tasks = [name for name in visit.buttons if "_task_" in name]
    assert tasks == [f"{page}_task_{k}" for k in range(len(tasks))]
    assert len(tasks) >= 4


@EVERY_LESSON
@EVERY_LANGUAGE
def test_every_task_is_set_up_by_its_button_and_by_the_link_it_makes(page: str, lang: str) -> None:
    visit = Visit(page, dataset="tips", lang=lang)
    for task in [name for name in visit.buttons if "_task_" in name]:
        visit.press(task)
        assert visit.warnings == []
        assert visit.chosen.keys() > {"lang"}
        linked = Visit(page, **visit.address)
        assert (linked.settings, linked.title) == (visit.settings, visit.title)


@pytest.mark.parametrize("run", MORE_EXTREMES)
def test_an_extreme_lesson_is_shown_all_the_same(run: str) -> None:
    for page in LESSONS:
        visit = Visit(page, **MORE_EXTREMES[run])
        assert visit.title
        assert visit.warnings == []
        assert page == "find_the_bug" or have_ranges(visit.figures)


# One step


@pytest.fixture
def one_step() -> Visit:
    return Visit("one_step")


def test_the_page_opens_with_the_article_s_first_step_and_sample(one_step: Visit) -> None:
    assert one_step.title == "From iteration 0 to 1: the loss goes from 2,360 to 1,941."
    assert one_step.field("sample") == "93"
    assert r"\text{output} = 42 \cdot 0.5 + 0.5" in formulas(one_step)
    (nodes,) = one_step.player["figures"][0]["data"]
    values = dict(re.findall(r"<b>(.*?)</b><br>(.*)", "\n".join(nodes["text"])))
    assert values == {
        **{"input": "42", "weight": "0.5", "bias": "0.5", "output": "21.5", "target": "107.6", "loss": "2,360"}
    }


def test_the_buttons_step_forth_and_back_but_not_before_the_start(one_step: Visit) -> None:
    one_step.press("step_back")
    assert one_step.title.startswith("From iteration 0 to 1:")
    one_step.press("step_forth").press("step_forth").press("step_back")
    assert one_step.address == {"iteration": "1"}
    assert one_step.title.startswith("From iteration 1 to 2:")


def test_the_buttons_do_not_step_beyond_the_end() -> None:
    visit = Visit("one_step", iteration="9999").press("step_forth").press("step_forth").press("step_back")
    assert visit.title.startswith("From iteration 9,998 to 9,999:")


def test_from_beyond_the_end_of_a_shorter_run_one_step_back_is_seen() -> None:
    visit = Visit("one_step", iteration="500", iterations="100")
    assert visit.field("iteration") == "99"
    assert visit.press("step_back").title.startswith("From iteration 98 to 99:")


def test_the_field_jumps_to_an_iteration_and_nonsense_stays_there(one_step: Visit) -> None:
    for text in ("1000", "1,000", "1e3", "later"):
        one_step.type("iteration", text)
        assert one_step.title.startswith("From iteration 1,000 to 1,001: the loss goes from 665")
    assert len(one_step.warnings) == 1


@EVERY_DATASET
def test_each_part_can_be_seen_alone_or_all_at_once(dataset: str) -> None:
    visit = Visit("one_step", dataset=dataset)
    assert parts(visit) == ["1", "2", "3", "4", "5"]
    for part in "12345":
        assert parts(visit.pick("substep", part)) == [part]


@pytest.mark.parametrize(
    ("substep", "arrows", "moves", "asked"),
    [
        *[("1", 3, False, True), ("2", 2, False, True), ("3", 1, False, True), ("4", 3, False, True)],
        *[("5", 0, True, False), ("all", 0, True, False)],
    ],
)
def test_the_line_moves_with_the_update_only_before_which_the_learner_predicts(
    substep: str, arrows: int, moves: bool, asked: bool
) -> None:
    visit = Visit("one_step", substep=substep)
    notes = visit.player["figures"][0]["layout"]["annotations"]
    assert len([note for note in notes if note["showarrow"] and note["arrowwidth"] > 2]) == arrows
    assert ("after the update" in traces(visit, 1)) is moves
    assert ("guess_weight" in {field.key for field in visit.app.text_input}) is asked


def test_another_sample_changes_formulas_and_diagram(one_step: Visit) -> None:
    one_step.type("sample", "1")
    assert one_step.address == {"sample": "1"}
    assert any("-50" in line and "42" not in line for line in formulas(one_step)[:2])


def test_the_switches_draw_squares_show_every_digit_and_all_rows() -> None:
    visit = Visit("one_step", iteration="3")
    assert "1.03981498950" not in " ".join(formulas(visit))
    assert len(visit.table(SAMPLES)) == 8
    visit.flip("squares").flip("digits").flip("all_rows")
    assert visit.address == {"iteration": "3", "squares": "on", "digits": "on"}
    assert len(visit.player["figures"][1]["layout"]["shapes"]) > 10
    assert "1.03981498950" in " ".join(formulas(visit))
    assert len(visit.table(SAMPLES)) == 101


def test_the_sums_under_the_table_are_the_gradient(one_step: Visit) -> None:
    assert [cell for cell in one_step.table(SAMPLES)[-1] if cell][-2:] == ["−2,135.6", "−61.7"]


def check(visit: Visit, **guesses: str) -> list[str]:
    for name, text in guesses.items():
        visit.app.text_input(f"guess_{name}").set_value(text)
    (button,) = [name for name, label in visit.buttons.items() if label == "Check"]
    visit.press(button)
    return [text for text in visit.texts if re.match(r"(weight|bias|w\d):", text)]


def test_a_prediction_is_answered_for_each_parameter_and_nonsense_costs_nothing() -> None:
    visit = Visit("one_step", substep="4")
    before = visit.settings
    assert check(visit, weight="0,71356", bias="0.49383") == [
        "weight: right. It becomes 0.71356.",
        "bias: off by −0.01234. It looks as if the gradient was added instead of subtracted.",
    ]
    assert check(visit, weight="hm", bias="") == [
        "weight: that is not a number yet. Type one such as 0.5; nothing is lost."
    ]
    assert visit.field("guess_weight") == "hm"
    assert (visit.settings, visit.warnings) == (before, [])


def test_the_four_weights_are_predicted_too() -> None:
    visit = Visit("one_step", dataset="weighted-sum", substep="4")
    assert check(visit, w1="19.94", w4="20,14") == ["w1: right. It becomes 19.94.", "w4: right. It becomes 20.14."]


# Which way?


@pytest.fixture
def which_way() -> Visit:
    return Visit("which_way")


@pytest.mark.parametrize(("answer", "told"), [("larger", "Right: "), ("smaller", "Not this way: ")])
def test_only_after_an_answer_which_is_told_right_or_wrong_the_step_is_shown(
    which_way: Visit, answer: str, told: str
) -> None:
    assert "take_step" not in which_way.buttons
    assert "after the step" not in traces(which_way, 0)
    which_way.press(answer)
    assert says(which_way, told)
    assert which_way.trace(0, "after the step")["x"] == pytest.approx([0.71356])
    which_way.press("take_step")
    assert ball(which_way) == pytest.approx(0.71356)
    assert "take_step" not in which_way.buttons
    assert not says(which_way, told)


def test_on_the_other_side_of_the_valley_the_answer_is_the_other(which_way: Visit) -> None:
    assert says(which_way.type("at", "3").press("smaller"), "Right: ")


def test_at_the_bottom_neither_answer_is_right() -> None:
    assert says(Visit("which_way", dataset="weighted-sum", weights="25,25,25,25").press("larger"), "Neither: ")


@pytest.mark.parametrize(
    ("rate", "told"),
    [
        ("0.001", "On the other side of the valley: it overshoots."),
        ("0.0015", "On the other side of the valley and farther away: it explodes."),
    ],
)
def test_a_step_to_the_other_side_is_told(which_way: Visit, rate: str, told: str) -> None:
    assert says(which_way.type("learning_rate", rate).press("larger"), told)


def test_field_and_slider_move_the_ball(which_way: Visit) -> None:
    place = ball_places(which_way.settings)[10]
    assert ball(which_way.slide("at", place)) == place
    assert which_way.address == {"at": repr(place)}
    assert ball(which_way.type("at", "1,5")) == 1.5


def test_one_sample_gives_the_article_s_question_and_answer(which_way: Visit) -> None:
    which_way.press("which_way_task_0")
    question = str(which_way.app.header[0].value)
    assert question.startswith("The weight is 0.8, the loss 123.4")
    assert which_way.table(NEARBY)[1][:2] == ["0.8", "123.45"]
    assert says(which_way.press("larger"), "Right: ")


@EVERY_DATASET
def test_every_parameter_has_its_parabola_and_a_slider_on_which_no_two_places_look_the_same(dataset: str) -> None:
    visit = Visit("which_way", dataset=dataset, at="1.7")
    names = {"weighted-sum": ["w1", "w2", "w3", "w4"]}.get(dataset, ["weight", "bias"])
    for k, name in [*enumerate(names, start=1)][::-1]:
        visit.pick("parameter", k)
        assert name in visit.title
        assert visit.player["figures"][0]["layout"]["xaxis"]["title"]["text"] == name
        assert ball(visit) == pytest.approx(DATASETS[dataset]().start[k - 1])
        options = visit.slider("at").options
        assert len(set(options)) == len(options)


def test_the_table_holds_the_slope_which_shrinks_from_far_away_to_near(which_way: Visit) -> None:
    assert which_way.header(NEARBY) == ["weight", "loss", "change of the loss", "slope"]
    assert which_way.table(NEARBY)[1] == ["0.5", "2,359.91", "0", "−2,135.6"]
    # 1667 (w - 0.5) - 2135.6
    for place, slope in (("-5", "−11,304.1"), ("1.7", "−135.2"), ("1.78", "−1.84")):
        assert which_way.type("at", place).table(NEARBY)[1][-1] == slope


def test_a_step_far_beyond_all_numbers_keeps_a_link_that_opens() -> None:
    visit = Visit("which_way", learning_rate="1e300").press("larger").press("take_step")
    assert Visit("which_way", **visit.address).warnings == []


# Find the bug


@pytest.fixture
def bug() -> Visit:
    return Visit("find_the_bug")


def letter(suspect: str) -> str:
    return next(letter for letter, hidden in behind_letters(SUSPECTS, 0).items() if hidden == suspect)


def codes(visit: Visit) -> list[str]:
    return [str(code.value) for code in visit.app.code]


def test_there_are_six_suspects_with_codes_of_their_own_which_another_seed_shuffles(bug: Visit) -> None:
    letters = sorted(text for text in bug.texts if re.fullmatch(r"\*\*[A-F]\*\*", text))
    before = codes(bug)
    assert letters == [f"**{letter}**" for letter in SUSPECTS]
    assert len(before) == len(set(before)) == 6
    bug.type("shuffle", "1")
    assert codes(bug) != before
    assert sorted(codes(bug)) == sorted(before)


@pytest.mark.parametrize("suspect", suspects.SUSPECTS)
def test_a_verdict_is_told_right_or_wrong_once_it_is_given(suspect: str) -> None:
    visit = Visit("find_the_bug", suspect=letter(suspect))
    assert not says(visit, "**Right.**")
    assert not says(visit, "**Not so.**")
    for verdict in Verdict:
        visit.press(f"verdict_{verdict.value}")
        assert says(visit, "**Right.**") is (suspects.SUSPECTS[suspect].verdict is verdict)
        assert says(visit, "**Not so.**") is (suspects.SUSPECTS[suspect].verdict is not verdict)


@pytest.mark.parametrize(("lang", "score"), [("en", "Your verdicts"), ("tr", "Kararlarınız")])
def test_only_after_six_verdicts_which_are_counted_the_true_story_is_told(lang: str, score: str) -> None:
    visit, told = Visit("find_the_bug", lang=lang), []
    for k, one in enumerate(SUSPECTS, start=1):
        visit.pick("suspect", one).press("verdict_wrong")
        told.append(len(visit.app.header))
        assert len(visit.table(score)) == k
    assert told == [2, 2, 2, 2, 2, 3]
    assert says(visit, {"en": "1.873", "tr": "1,873"}[lang])


def test_a_wrong_suspect_that_happens_to_agree_is_told() -> None:
    visit = Visit("find_the_bug", dataset="weighted-sum", suspect=letter("missing-sum")).press("verdict_wrong")
    assert says(visit, "it happens to agree")


def test_the_check_shows_the_listing_s_gradient_beside_the_differences() -> None:
    visit = Visit("find_the_bug", suspect=letter("listing"))
    weight, bias, _apart = visit.table(CHECK)
    assert [weight[0], weight[1], weight[3]] == ["weight", "−1,098.65", "−2,135.6"]
    assert [bias[0], bias[1], bias[3]] == ["bias", "−61.7", "−61.7"]


def test_the_step_of_the_check_changes_its_differences(bug: Visit) -> None:
    bug.slide("check_step", 10.0)
    assert bug.address == {"check_step": "10.0"}
    assert bug.table(CHECK)[0][2] == "6,199.4"  # −2,135.6 + 10/2 · 1667


def test_another_suspect_trains_another_run_from_the_same_start(bug: Visit) -> None:
    runs = [bug.pick("suspect", one).player["figures"][1]["frames"] for one in SUSPECTS]
    assert len({frames[0]["data"][0]["y"][0] for frames in runs}) == 1
    assert len({frames[-1]["data"][0]["y"][0] for frames in runs}) == 6
