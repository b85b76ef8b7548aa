"""The worksheet and its key: a question for each of the twelve lessons, with numbers of a variant's own."""

from collections.abc import Sequence
from html import escape

from core.lesson.variant import Variant
from telling.worksheet import by_hand, on_models, on_rates
from telling.worksheet.room import Question
from wording import _, number

PAGES = (
    (by_hand.predicting, by_hand.turning, by_hand.stepping, by_hand.drawing),
    (
        *(on_rates.overshooting, on_rates.exploding, on_rates.finishing, on_rates.rescaling),
        *(on_models.answering, on_models.checking, on_models.separating, on_models.at_the_edge),
    ),
)
"""The questions on each page, in the order of the lessons."""


def questions(variant: Variant) -> list[Question]:
    """Return all questions of a variant."""
    return [ask(variant) for page in PAGES for ask in page]


def worksheet(variant: Variant) -> str:
    """Return the sheet that a student gets, as HTML: two pages."""
    first, second = PAGES
    title = _title(_("Overshoot: worksheet"), variant)
    who = "".join(f"<span>{escape(word)}</span>" for word in (_("Name"), _("Date")))
    return (
        f'<section class="page">{title}<div class="person">{who}</div>'
        f"{_list([ask(variant) for ask in first], 1, room=True)}</section>"
        f'<section class="page">{title}'
        f"{_list([ask(variant) for ask in second], len(first) + 1, room=True)}</section>"
    )


def answer_key(variant: Variant) -> str:
    """Return the key of a variant, as HTML: one page."""
    title = _title(_("Overshoot: key of the worksheet"), variant)
    return f'<section class="page key">{title}{_list(questions(variant), 1, room=False)}</section>'


def _title(text: str, variant: Variant) -> str:
    told = _("Variant {k}").format(k=number(variant.number))
    return f'<header><strong>{escape(text)}</strong><span class="variant">{escape(told)}</span></header>'


def _list(asked: Sequence[Question], first: int, *, room: bool) -> str:
    items = (
        f"<li><p>{escape(question.text)}</p>{question.room}</li>" if room else f"<li>{question.answer}</li>"
        for question in asked
    )
    return f'<ol start="{first}">{"".join(items)}</ol>'
