"""The worksheet and its key, as HTML."""

import base64
import re
from html import unescape

import pytest

from core.lesson.variant import Variant
from telling.lessons import LESSONS
from telling.worksheet import answer_key, questions, worksheet
from wording import LANGUAGES, speak

EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
VARIANTS = [Variant(number) for number in range(1, 5)]


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", " ", html))


def cells(html: str) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", html)[1:]
    return [re.findall(r"<td>(.*?)</td>", row) for row in rows]


def answers(variant: Variant) -> list[str]:
    return [plain(question.answer).strip() for question in questions(variant)]


def drawings(html: str) -> list[str]:
    return [base64.b64decode(found).decode() for found in re.findall(r"base64,([^\"]*)\"", html)]


def test_there_is_a_question_for_each_lesson() -> None:
    assert len(questions(Variant(1))) == len(LESSONS)
    assert len(re.findall("<li>", worksheet(Variant(1)))) == len(re.findall("<li>", answer_key(Variant(1)))) == 12


def test_a_sheet_is_two_pages_and_a_key_one() -> None:
    assert worksheet(Variant(1)).count('<section class="page') == 2
    assert answer_key(Variant(1)).count('<section class="page') == 1


def test_a_sheet_has_room_for_name_and_date_and_says_its_variant_on_every_page() -> None:
    html = worksheet(Variant(17))
    assert "<span>Name</span><span>Date</span>" in html
    assert html.count("Variant 17") == 2
    assert "Variant 17" in answer_key(Variant(17))


@EVERY_LANGUAGE
def test_two_variants_have_no_question_with_numbers_in_common(language: str) -> None:
    speak(language)
    one, other = ([question.text for question in questions(Variant(k))] for k in (6, 7))
    same = [k + 1 for k in range(12) if one[k] == other[k]]
    assert same == [11]  # whose drawing is another one
    assert questions(Variant(6))[10].room != questions(Variant(7))[10].room


@EVERY_LANGUAGE
@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: str(variant.number))
def test_nothing_of_a_sheet_or_key_is_left_unfilled_or_untranslated(variant: Variant, language: str) -> None:
    english = {question.text for question in questions(variant)}
    speak(language)
    assert "{" not in worksheet(variant) + answer_key(variant)
    assert language == "en" or not english & {question.text for question in questions(variant)}


def test_the_sheet_does_not_hold_its_answers() -> None:
    html = plain(worksheet(Variant(1)))
    assert [
        answer for answer in ("−676", "2.9986", "−0.8337", "0.25", "26; 22; 23; 29", "63.2") if answer in html
    ] == []


def test_the_key_of_a_variant_worked_by_hand() -> None:
    # Variant 1: weight 1.5, bias 0, −20 °C; 1.5 · −20 = −30, and −20 · 9/5 + 32 = −4.
    found = answers(Variant(1))
    assert found[0] == "output = −30; target = −4; output − target = −26; its square = 676"
    assert found[1] == "smaller, for a step goes against the sign of the slope."
    assert "0.0012" in found[3]
    assert found[4:8] == [
        "factor = −0.8337: overshoots.",
        "limit = 2 / 8 = 0.25; yes.",
        "weight = 99.5 %; bias = 63.2 %. It is not finished: the bias has far to go.",
        "learning rate = 0.125; a single step lands on the best.",
    ]
    assert found[8] == "26; 22; 23; 29"
    assert found[9] == "−3,746.4; wrong"
    assert found[10].startswith("Yes")
    assert found[11].startswith("edge = 40; below.")


def test_the_table_begins_with_the_start_and_the_key_goes_on_from_there() -> None:
    room, answer = questions(Variant(1))[2].room, questions(Variant(1))[2].answer
    assert cells(room)[0] == ["1", "1.5", "0", "", "", "", ""]
    assert [len(row) for row in cells(room)] == [7] * 4
    # 42 · 1.5 = 63; 63 − 107.6 = −44.6; times 84 and times 2; 1.5 + 0.0004 · 3746.4 = 2.99856.
    assert cells(answer)[0] == ["1", "1.5", "0", "63", "−44.6", "−3,746.4", "−89.2"]
    assert cells(answer)[1][:3] == ["2", "2.9986", "0.03568"]
    assert cells(answer)[3] == ["after", "2.6355", "0.027036", "–", "–", "–", "–"]


def test_the_graph_is_empty_on_the_sheet_and_has_its_curve_and_wall_in_the_key() -> None:
    (empty, _corners), (solved,) = drawings(worksheet(Variant(1))), drawings(answer_key(Variant(1)))
    assert "polyline" not in empty
    assert "polyline" in solved
    assert "stroke-dasharray" in solved


def test_every_drawing_has_a_text_alternative() -> None:
    for html in (worksheet(Variant(1)), answer_key(Variant(1))):
        assert html.count("<img") == len(re.findall(r'<img [^>]*alt="[^"]+"', html)) > 0


def test_turkish_sheets_write_a_decimal_comma_even_in_drawings() -> None:
    speak("tr")
    assert "10.000" in drawings(worksheet(Variant(1)))[0]
    assert "1,5" in plain(worksheet(Variant(1)))
