"""What is said in the room of a class: to a student of what was noted, to the teacher of what was found."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

from core.lesson.prediction import Kind, Question
from core.lesson.truth import is_exploding, limit_of, line_at, loss_at, regime_of
from core.training import History
from telling.names import regime_names
from wording import _, number, unlike

Tried = tuple[float, float | None]
"""A learning rate, and the loss at the end; None where it exploded."""


def greeting(word: str, name: str) -> str:
    """Say who a student is in which room."""
    return _("Room **{word}**: you are **{name}**.").format(word=word, name=name)


def count_of_tries(count: int) -> str:
    """Say how many tries of a student were noted, of at least one."""
    return _("One try is noted.") if count == 1 else _("{n} tries are noted.").format(n=number(count))


def last_try(rate: float, loss: float | None, exploded_at: int | None) -> str:
    """Say which try was noted last."""
    if exploded_at is not None:
        return _("The last one: {rate} exploded at iteration {at}.").format(rate=number(rate), at=number(exploded_at))
    return _("The last one: {rate}, loss {loss}.").format(rate=number(rate), loss=number(loss or 0.0, 3))


def found_line(tries: Sequence[Tried]) -> str:
    """Say what the class has found so far: its best rate."""
    lasting = {rate: loss for rate, loss in tries if loss is not None}
    exploded = [rate for rate, loss in tries if loss is None]
    if not lasting:
        return _("Every try has exploded so far.") if exploded else _("No try yet.")
    best = min(lasting, key=lasting.__getitem__)
    return _("The best so far: {rate}, loss {loss}.").format(rate=number(best), loss=number(lasting[best], 3))


def found_limit(tries: Sequence[Tried]) -> str:
    """Say between which two rates of the class it begins to explode; nothing where that is not to be seen yet."""
    low = max((rate for rate, loss in tries if loss is not None), default=math.inf)
    high = min((rate for rate, loss in tries if loss is None), default=math.inf)
    if not low < high < math.inf:
        return ""
    between = _("It begins to explode between {low} and {high}.")
    return between.format(low=unlike(low, high, 3), high=unlike(high, low, 3))


def counts(n_students: int, n_active: int, n_tries: int, *, is_frozen: bool) -> str:
    """Say how many are in the room, how many of them have tried, and how often."""
    told = _("Students: {n} · have tried: {active} · tries: {tries}").format(
        n=number(n_students), active=number(n_active), tries=number(n_tries)
    )
    return f"{told} · {_('**frozen**')}" if is_frozen else told


def task_line(kind: str, iterations: int) -> str:
    """Say what the class is asked."""
    if kind == "land":
        return _("Land it: to the goal in few iterations, without exploding.")
    return _("Which learning rate has the least loss after {n} iterations?").format(n=number(iterations))


def score_line(scores: Sequence[int]) -> str:
    """Say how good the answers of the class were on average, of 100; nothing where there are none."""
    if not scores:
        return ""
    return _("On average the class had {score} of 100.").format(score=number(round(mean(scores))))


def truth_line(asked: Question, history: History) -> str:
    """Say what is true of a question."""
    if asked.kind is Kind.REGIME:
        return _("This learning rate: {regime}.").format(regime=regime_names()[regime_of(asked)])
    if asked.kind is Kind.LIMIT:
        return _("It explodes from {limit} on.").format(limit=number(limit_of(asked)))
    if asked.kind is Kind.LINE:
        return _("The right end came to {height}.").format(height=number(line_at(asked, history, ahead=1)[1]))
    if is_exploding(asked, history):
        return _("It explodes.")
    return _("The loss was {loss}.").format(loss=number(loss_at(asked, history)))


def ranking(landed: Sequence[tuple[str, int, int]]) -> list[tuple[str, ...]]:
    """Return place, name, explosions and iterations of who has landed, each with the best try; equals share a place.

    `landed` holds name, explosions and iterations; fewer explosions are better than fewer iterations.
    """
    best: dict[str, tuple[int, int]] = {}
    for name, *score in landed:
        best[name] = min((score[0], score[1]), best.get(name, (score[0], score[1])))
    ordered = sorted((score, name) for name, score in best.items())
    scores = [score for score, _name in ordered]
    return [(number(1 + scores.index(score)), name, *map(number, score)) for score, name in ordered]


@dataclass(frozen=True)
class Pupil:
    """What a student has done: the number of the name, tries, seconds since the last one, and how the last ones ended.

    `exploded` says of up to three last tries whether they exploded.
    """

    name: int
    count: int
    silent_for: float
    exploded: Sequence[bool]


@dataclass(frozen=True)
class State:
    """Whether a student is stuck, and what is to be said of that."""

    is_stuck: bool
    sentence: str


LONG = 120.0
"""Seconds without a try after which somebody may need help."""


def state_of(pupil: Pupil) -> State:
    """Say whether a student needs help: no try for two minutes, or nothing but explosions."""
    if len(pupil.exploded) == 3 and all(pupil.exploded):
        return State(True, _("the last three exploded"))
    if pupil.silent_for < LONG:
        return State(False, _("at work") if pupil.count else _("has just come"))
    minutes = number(int(pupil.silent_for // 60))
    if not pupil.count:
        return State(True, _("no try in {minutes} minutes").format(minutes=minutes))
    return State(True, _("none for {minutes} minutes").format(minutes=minutes))
