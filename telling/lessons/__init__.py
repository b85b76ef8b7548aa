"""Twelve lessons for a teacher with a projector and no preparation: a course of three times 45 minutes."""

from telling.lessons.beyond import BEYOND
from telling.lessons.first_steps import FIRST_STEPS
from telling.lessons.learning_rates import LEARNING_RATES
from telling.lessons.lesson import Lesson, Link, Told, told
from wording import N_

PERIODS: tuple[tuple[str, tuple[Lesson, ...]], ...] = (
    (N_("First period: one step"), FIRST_STEPS),
    (N_("Second period: the learning rate"), LEARNING_RATES),
    (N_("Third period: other data, other models"), BEYOND),
)
"""The course: what each 45 minutes are about, and their lessons."""
LESSONS = tuple(lesson for _title, lessons in PERIODS for lesson in lessons)

__all__ = ["LESSONS", "PERIODS", "Lesson", "Link", "Told", "told"]
