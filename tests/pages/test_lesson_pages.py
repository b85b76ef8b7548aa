import re
from functools import cache
from typing import Any

import pytest

from core.datasets import DATASETS
from core.gradient_check import RULES
from pages.settings.table import SUSPECTS, Settings, complete
from pages.shared.suspects import code_of, suspects
from tests.pages.shown import EXTREMES, header, table
from tests.pages.visit import Visit
from wording import LANGUAGES, speak

LESSONS = ("one_step", "which_way", "find_the_bug")
EVERY_LESSON = pytest.mark.parametrize("page", LESSONS)
EVERY_DATASET = pytest.mark.parametrize("dataset", DATASETS)
EVERY_LANGUAGE = pytest.mark.parametrize("lang", LANGUAGES)
SAMPLES = "All samples of this step, and their sums"
CHECK = "The gradient check at the start"
NEARBY = "A small step to either side"
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
RUNS = {**EXTREMES, **MORE_EXTREMES}


@cache
def opened(page: str, dataset: str = "celsius", lang: str = "en") -> Visit:
    """A page with a data set, only to be read."""
    return Visit(page, dataset=dataset, lang=lang)


FORMULA = "$\\displaystyle"


def texts(visit: Visit) -> list[str]:
    return [str(text.value) for text in visit.app.markdown if not str(text.value).startswith(FORMULA)]


def formulas(visit: Visit) -> list[str]:
    lines = [str(line.value) for line in visit.app.markdown]
    return [line.removeprefix(FORMULA).strip("$ ") for line in lines if line.startswith(FORMULA)]


def parts(visit: Visit) -> list[str]:
    return [str(title.value)[0] for title in visit.app.subheader if "·" in str(title.value)]


def buttons(visit: Visit) -> list[str]:
    return [str(button.key) for button in visit.app.button]


def ball(visit: Visit) -> float:
    (place,) = visit.trace(0, "now")["x"]
    return float(place)


def says(visit: Visit, beginning: str) -> bool:
    return any(text.startswith(beginning) for text in texts(visit))


# What holds on all three pages


@EVERY_LESSON
@EVERY_DATASET
@EVERY_LANGUAGE
def test_a_lesson_opens_with_every_data_set_without_a_complaint(page: str, dataset: str, lang: str) -> None:
    visit = opened(page, dataset, lang)
    assert visit.warnings == []
    assert visit.title


@EVERY_LESSON
@EVERY_DATASET
@EVERY_LANGUAGE
def test_every_picture_has_a_text_for_those_who_cannot_see_it(page: str, dataset: str, lang: str) -> None:
    alts = [figure["alt"] for player in opened(page, dataset, lang).players for figure in player["figures"]]
    assert len(set(alts)) == len(alts) > 0
    assert all(alts)
    assert not set("{}") & set("".join(alts))


@EVERY_LESSON
def test_a_lesson_opens_with_two_or_more_sentences(page: str) -> None:
    first = texts(opened(page))[0]
    assert len(re.findall(r"[.?!:](\s|$)", first)) >= 2


@EVERY_LESSON
def test_a_lesson_ends_with_four_tasks(page: str) -> None:
    assert [name for name in buttons(opened(page)) if "_task_" in name] == [f"{page}_task_{k}" for k in range(4)]


@EVERY_LESSON
@pytest.mark.parametrize("task", range(4))
@EVERY_LANGUAGE
def test_every_task_is_set_up_by_its_button_and_by_the_link_it_makes(page: str, task: int, lang: str) -> None:
    visit = Visit(page, dataset="tips", lang=lang).press(f"{page}_task_{task}")
    assert visit.warnings == []
    assert visit.settings != Settings(lang=lang)
    linked = Visit(page, **visit.address)
    assert complete(linked.settings) == complete(visit.settings)
    assert linked.title == visit.title


@EVERY_LESSON
@pytest.mark.parametrize("name", RUNS)
def test_a_run_that_nobody_asks_for_is_shown_as_well(page: str, name: str) -> None:
    visit = Visit(page, **RUNS[name])
    assert visit.title
    assert visit.warnings == []


@pytest.mark.parametrize("page", ["one_step", "which_way"])
@pytest.mark.parametrize("name", RUNS)
def test_every_axis_of_such_a_run_has_a_range(page: str, name: str) -> None:
    for player in Visit(page, **RUNS[name]).players:
        for figure in player["figures"]:
            axes = [figure["layout"][axis]["range"] for axis in ("xaxis", "yaxis")]
            assert all(low is not None and high is not None and low < high for low, high in axes)


@EVERY_LESSON
@pytest.mark.parametrize(
    ("name", "text"),
    [
        *(("iteration", text) for text in ("-1", "0.5", "100001", "soon")),
        *(("sample", text) for text in ("0", "101", "1.5", "all")),
        *(("substep", text) for text in ("0", "6", "")),
        *(("squares", text) for text in ("yes", "1")),
        *(("digits", text) for text in ("17", "")),
        *(("parameter", text) for text in ("0", "3", "weight")),
        *(("samples", text) for text in ("1", "none")),
        *(("at", text) for text in ("nan", "1e301", "here")),
        *(("suspect", text) for text in ("G", "a", "")),
        *(("shuffle", text) for text in ("-1", "2147483648", "x")),
        *(("check_step", text) for text in ("0", "-1e-3", "101", "1e-16", "small")),
    ],
)
def test_a_bad_value_in_the_link_is_told_and_the_default_is_used(page: str, name: str, text: str) -> None:
    visit = Visit(page, **{name: text})
    assert len(visit.warnings) == 1
    assert f"“{text}” is not" in visit.warnings[0]
    assert visit.settings == Settings()


@EVERY_LESSON
def test_the_settings_of_a_lesson_survive_a_visit_to_the_other_pages(page: str) -> None:
    address = {
        **{"iteration": "3", "sample": "90", "substep": "4", "squares": "on", "digits": "on", "parameter": "2"},
        **{"samples": "one", "at": "0.75", "suspect": "C", "shuffle": "5", "check_step": "1e-07"},
    }
    visit = Visit(page, **address)
    before = visit.settings
    for other in ("train", *(lesson for lesson in LESSONS if lesson != page), "about", page):
        visit.go(other)
    assert visit.settings == before
    assert visit.address == address


@EVERY_LESSON
@EVERY_LANGUAGE
def test_no_formula_has_a_placeholder_left_in_its_text(page: str, lang: str) -> None:
    assert not [text for text in texts(opened(page, lang=lang)) if re.search(r"\{\w+\}", text)]


# One step


@pytest.fixture
def one_step() -> Visit:
    return Visit("one_step")


def test_the_first_step_goes_from_the_loss_2_360_to_1_941(one_step: Visit) -> None:
    assert one_step.title == "From iteration 0 to 1: the loss goes from 2,360 to 1,941."


def test_the_page_opens_with_the_article_s_sample(one_step: Visit) -> None:
    assert one_step.field("sample") == "93"
    assert r"\text{output} = 42 \cdot 0.5 + 0.5" in formulas(one_step)


def test_the_buttons_step_forth_and_back(one_step: Visit) -> None:
    one_step.press("step_forth").press("step_forth").press("step_back")
    assert one_step.settings.iteration == 1
    assert one_step.title.startswith("From iteration 1 to 2:")


def test_stepping_back_at_the_start_stays_there(one_step: Visit) -> None:
    one_step.press("step_back")
    assert one_step.settings.iteration == 0


def test_stepping_forth_at_the_end_stays_there() -> None:
    visit = Visit("one_step", iteration="9999").press("step_forth").press("step_forth").press("step_back")
    assert visit.title.startswith("From iteration 9,998 to 9,999:")


def test_from_beyond_the_end_of_a_shorter_run_one_step_back_is_seen() -> None:
    visit = Visit("one_step", iteration="500", iterations="100").press("step_back")
    assert visit.title.startswith("From iteration 98 to 99:")


def test_the_field_shows_the_iteration_that_is_shown() -> None:
    assert Visit("one_step", iteration="500", iterations="100").field("iteration") == "99"


@pytest.mark.parametrize("text", ["1000", "1,000", "1e3"])
def test_the_field_jumps_to_an_iteration(one_step: Visit, text: str) -> None:
    one_step.type("iteration", text)
    assert one_step.title.startswith("From iteration 1,000 to 1,001: the loss goes from 665")


def test_an_iteration_that_is_none_changes_nothing(one_step: Visit) -> None:
    one_step.type("iteration", "later")
    assert one_step.settings.iteration == 0
    assert len(one_step.warnings) == 1


@EVERY_DATASET
@pytest.mark.parametrize("part", "12345")
def test_each_part_can_be_seen_alone(dataset: str, part: str) -> None:
    assert parts(Visit("one_step", dataset=dataset, substep=part)) == [part]


@EVERY_DATASET
def test_all_parts_can_be_seen_at_once(dataset: str) -> None:
    assert parts(opened("one_step", dataset)) == ["1", "2", "3", "4", "5"]


def test_another_part_is_picked(one_step: Visit) -> None:
    assert parts(one_step.pick("substep", "3")) == ["3"]


@pytest.mark.parametrize(("substep", "moves"), [("1", False), ("4", False), ("5", True), ("all", True)])
def test_the_line_moves_with_the_update_only(substep: str, moves: bool) -> None:
    names = [part["name"] for part in Visit("one_step", substep=substep).player["figures"][1]["data"]]
    assert ("after the update" in names) is moves


@pytest.mark.parametrize(("substep", "arrows"), [("1", 3), ("2", 2), ("3", 1), ("4", 3), ("5", 0), ("all", 0)])
def test_the_diagram_shows_the_active_part_strongly(substep: str, arrows: int) -> None:
    notes = Visit("one_step", substep=substep).player["figures"][0]["layout"]["annotations"]
    assert len([note for note in notes if note["showarrow"] and note["arrowwidth"] > 2]) == arrows


def test_the_diagram_holds_the_article_s_numbers(one_step: Visit) -> None:
    (nodes,) = one_step.player["figures"][0]["data"]
    values = dict(re.findall(r"<b>(.*?)</b><br>(.*)", "\n".join(nodes["text"])))
    assert values == {
        **{"input": "42", "weight": "0.5", "bias": "0.5", "output": "21.5", "target": "107.6", "loss": "2,360"}
    }


def test_the_toggle_draws_squares(one_step: Visit) -> None:
    one_step.app.toggle("squares").set_value(True).run()
    assert len(one_step.player["figures"][1]["layout"]["shapes"]) > 30
    assert one_step.settings.squares


def test_the_toggle_shows_every_digit() -> None:
    visit = Visit("one_step", iteration="3")
    assert "1.03981498950" not in " ".join(formulas(visit))
    visit.app.toggle("digits").set_value(True).run()
    assert "1.03981498950" in " ".join(formulas(visit))


def test_the_table_is_short_until_all_rows_are_wanted(one_step: Visit) -> None:
    assert len(table(one_step, SAMPLES)) == 8
    one_step.app.toggle("all_rows").set_value(True).run()
    assert len(table(one_step, SAMPLES)) == 101


def test_the_sums_under_the_table_are_loss_and_gradient(one_step: Visit) -> None:
    assert [cell for cell in table(one_step, SAMPLES)[-1] if cell][-2:] == ["−2,135.6", "−61.7"]


@pytest.mark.parametrize(("substep", "asked"), [("1", True), ("4", True), ("5", False), ("all", False)])
def test_the_learner_predicts_only_while_the_update_is_hidden(substep: str, asked: bool) -> None:
    fields = [str(field.key) for field in Visit("one_step", substep=substep).app.text_input]
    assert ("guess_weight" in fields) is asked


def check(visit: Visit, **guesses: str) -> list[str]:
    for name, text in guesses.items():
        visit.app.text_input(f"guess_{name}").set_value(text)
    (button,) = [button for button in visit.app.button if button.label == "Check"]
    button.click().run()
    return [text for text in texts(visit) if re.match(r"(weight|bias|w\d):", text)]


def test_a_prediction_is_answered_for_each_parameter() -> None:
    assert check(Visit("one_step", substep="4"), weight="0,71356", bias="0.49383") == [
        "weight: right. It becomes 0.71356.",
        "bias: off by −0.01234. It looks as if the gradient was added instead of subtracted.",
    ]


def test_nonsense_costs_nothing() -> None:
    visit = Visit("one_step", substep="4")
    before = visit.settings
    assert check(visit, weight="hm") == ["weight: that is not a number yet. Type one such as 0.5; nothing is lost."]
    assert visit.settings == before
    assert visit.field("guess_weight") == "hm"


def test_the_four_weights_are_predicted_too() -> None:
    visit = Visit("one_step", dataset="weighted-sum", substep="4")
    assert check(visit, w1="19.94", w4="20,14") == ["w1: right. It becomes 19.94.", "w4: right. It becomes 20.14."]


# Which way?


@pytest.fixture
def which_way() -> Visit:
    return Visit("which_way")


def test_before_the_answer_no_step_is_shown(which_way: Visit) -> None:
    assert "take_step" not in buttons(which_way)
    assert "after the step" not in [part["name"] for part in which_way.player["figures"][0]["data"]]


@pytest.mark.parametrize(("answer", "told"), [("larger", "Right: "), ("smaller", "Not this way: ")])
def test_an_answer_is_told_right_or_wrong_and_reveals_the_step(which_way: Visit, answer: str, told: str) -> None:
    which_way.press(answer)
    assert says(which_way, told)
    assert which_way.trace(0, "after the step")["x"] == pytest.approx([0.71356])
    assert "take_step" in buttons(which_way)


def test_on_the_other_side_of_the_valley_the_answer_is_the_other(which_way: Visit) -> None:
    which_way.type("at", "3")
    assert says(which_way.press("smaller"), "Right: ")


def test_at_the_bottom_neither_answer_is_right() -> None:
    visit = Visit("which_way", dataset="weighted-sum", weights="25,25,25,25").press("larger")
    assert says(visit, "Neither: ")


def test_taking_the_step_moves_the_ball_to_its_landing_and_asks_again(which_way: Visit) -> None:
    which_way.press("larger").press("take_step")
    assert ball(which_way) == pytest.approx(0.71356)
    assert "take_step" not in buttons(which_way)


def test_a_step_that_overshoots_is_told(which_way: Visit) -> None:
    which_way.type("learning_rate", "0.001").press("larger")
    assert any("On the other side of the valley: it overshoots." in text for text in texts(which_way))


def test_a_step_that_explodes_is_told(which_way: Visit) -> None:
    which_way.type("learning_rate", "0.0015").press("larger")
    assert any("On the other side of the valley and farther away: it explodes." in t for t in texts(which_way))


def test_the_field_moves_the_ball(which_way: Visit) -> None:
    which_way.type("at", "1,5")
    assert ball(which_way) == 1.5


@EVERY_DATASET
def test_no_two_places_on_the_ball_s_slider_look_the_same(dataset: str) -> None:
    options = opened("which_way", dataset).slider("at").options
    assert len(set(options)) == len(options)


def test_one_sample_gives_the_article_s_loss_of_123_45(which_way: Visit) -> None:
    which_way.press("which_way_task_0")
    (question,) = [str(title.value) for title in which_way.app.subheader]
    assert question.startswith("The weight is 0.8, the loss 123.4")
    assert table(which_way, NEARBY)[1][:2] == ["0.8", "123.45"]


def test_the_article_s_weight_should_become_0_9(which_way: Visit) -> None:
    which_way.press("which_way_task_0").press("larger")
    assert says(which_way, "Right: ")


@EVERY_DATASET
def test_every_parameter_has_its_parabola(dataset: str) -> None:
    names = {"weighted-sum": ["w1", "w2", "w3", "w4"]}.get(dataset, ["weight", "bias"])
    for k, name in enumerate(names, start=1):
        visit = Visit("which_way", dataset=dataset, parameter=str(k))
        assert name in visit.title
        assert visit.player["figures"][0]["layout"]["xaxis"]["title"]["text"] == name


def test_another_parameter_s_ball_stands_at_its_own_start() -> None:
    second: Any = 2
    assert ball(Visit("which_way", at="1.7").pick("parameter", second)) == 0.5


def test_the_slope_of_the_start_is_the_gradient(which_way: Visit) -> None:
    assert table(which_way, NEARBY)[1] == ["0.5", "2,359.91", "0", "−2,135.6"]
    assert header(which_way, NEARBY) == ["weight", "loss", "change of the loss", "slope"]


@pytest.mark.parametrize(("place", "slope"), [("-5", "−11,304.1"), ("1.7", "−135.2"), ("1.78", "−1.84")])
def test_the_slope_shrinks_from_far_away_to_near(place: str, slope: str) -> None:
    # 1667 (w - 0.5) - 2135.6
    assert table(Visit("which_way", at=place), NEARBY)[1][-1] == slope


def test_a_step_far_beyond_all_numbers_keeps_a_link_that_opens() -> None:
    visit = Visit("which_way", learning_rate="1e300").press("larger").press("take_step")
    assert Visit("which_way", **visit.address).warnings == []


# Find the bug


@pytest.fixture
def bug() -> Visit:
    return Visit("find_the_bug")


def test_there_are_six_suspects(bug: Visit) -> None:
    letters = sorted(text for text in texts(bug) if re.fullmatch(r"\*\*[A-F]\*\*", text))
    assert letters == [f"**{letter}**" for letter in SUSPECTS]
    assert len(bug.app.code) == len({str(code.value) for code in bug.app.code}) == 6


def test_no_code_betrays_itself_by_a_name_or_a_docstring(bug: Visit) -> None:
    for code in (str(code.value) for code in bug.app.code):
        assert code.startswith("def backward(inputs, outputs, targets):\n    grad_output = ")
        assert not any(mark in code for mark in ('"""', "#"))
        assert not any(rule.backward.__name__ in code for rule in RULES.values())


@pytest.mark.parametrize("slug", RULES)
def test_the_code_that_is_shown_can_be_run_and_is_the_rule(slug: str) -> None:
    namespace: dict[str, Any] = {}
    exec("import numpy as np\nfrom core.neuron import Gradient\n" + code_of(slug), namespace)
    dataset = DATASETS["celsius"]()
    outputs = 0.5 * dataset.inputs[:, 0] + 0.5
    ours, shown = (
        backward(dataset.inputs, outputs, dataset.targets) for backward in (RULES[slug].backward, namespace["backward"])
    )
    assert (shown.weights.tolist(), shown.bias) == (ours.weights.tolist(), ours.bias)


def test_behind_the_letters_are_all_rules_for_every_seed() -> None:
    assert all(sorted(suspects(seed).values()) == sorted(RULES) for seed in range(20))


def test_another_seed_shuffles_the_suspects(bug: Visit) -> None:
    before = [str(code.value) for code in bug.app.code]
    bug.type("shuffle", "1")
    after = [str(code.value) for code in bug.app.code]
    assert before != after
    assert sorted(before) == sorted(after)


def letter(slug: str, seed: int = 0) -> str:
    return next(letter for letter, hidden in suspects(seed).items() if hidden == slug)


@pytest.mark.parametrize("verdict", ["right", "rescaled", "wrong"])
@pytest.mark.parametrize("slug", RULES)
def test_a_verdict_is_told_right_or_wrong(slug: str, verdict: str) -> None:
    visit = Visit("find_the_bug", suspect=letter(slug)).press(f"verdict_{verdict}")
    assert says(visit, "**Right.**" if RULES[slug].verdict.value == verdict else "**Not so.**")


def test_before_a_verdict_nothing_is_told(bug: Visit) -> None:
    assert not says(bug, "**Right.**")
    assert not says(bug, "**Not so.**")


@EVERY_LANGUAGE
def test_only_after_six_verdicts_the_true_story_is_told(lang: str) -> None:
    visit = Visit("find_the_bug", lang=lang)
    told = []
    for one in SUSPECTS:
        visit.pick("suspect", one).press("verdict_wrong")
        told.append(len(visit.app.header))
    assert told == [1, 1, 1, 1, 1, 2]


def test_the_true_story_names_the_wrong_weight_and_the_start_that_explodes(bug: Visit) -> None:
    for one in SUSPECTS:
        bug.pick("suspect", one).press("verdict_right")
    assert any("1.873" in text and "−0.1" in text for text in texts(bug))
    assert len(table(bug, "Your verdicts")) == 6


def test_a_wrong_rule_that_happens_to_agree_is_told() -> None:
    visit = Visit("find_the_bug", dataset="weighted-sum", suspect=letter("missing-sum")).press("verdict_wrong")
    assert any("it happens to agree" in text for text in texts(visit))


def test_the_check_shows_the_listing_s_gradient_beside_the_differences() -> None:
    rows = table(Visit("find_the_bug", suspect=letter("listing")), CHECK)
    assert [rows[0][0], rows[0][1], rows[0][3]] == ["weight", "−1,098.65", "−2,135.6"]
    assert [rows[1][0], rows[1][1], rows[1][3]] == ["bias", "−61.7", "−61.7"]


def test_the_step_of_the_check_changes_its_differences(bug: Visit) -> None:
    before = table(bug, CHECK)
    bug.follow(check_step="10")
    assert table(bug, CHECK)[0][2] == "6,199.4"  # −2,135.6 + 10/2 · 1667
    assert table(bug, CHECK)[0][2] != before[0][2]


@EVERY_LANGUAGE
def test_the_score_lists_each_verdict_and_the_truth(lang: str) -> None:
    speak(lang)
    visit = Visit("find_the_bug", lang=lang, suspect="A").press("verdict_right")
    title = {"en": "Your verdicts", "tr": "Kararlarınız"}[lang]
    assert len(re.findall(rf'aria-label="{title}"', visit.html)) == 1
