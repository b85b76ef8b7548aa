"""Choices for Hypothesis, made from the table of settings: a new row is tested without a word here."""

from collections.abc import Callable, Collection, Mapping, Sequence
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import settings
from hypothesis import strategies as st

from core.data.own import LARGEST, OwnData, safe_names
from pages.settings.choosing import complete, fitting, is_allowed
from pages.settings.controls import CONTROLS, LOCKABLE
from pages.settings.kinds import MAX_NUMBER
from pages.settings.model import MAX_SEED
from pages.settings.table import TABLE, Settings

PROPERTY = settings(deadline=None, derandomize=True, max_examples=50)

NUMBERS: Mapping[type, st.SearchStrategy[Any]] = {
    float: st.floats(0.0, 10.0) | st.floats(-MAX_NUMBER, MAX_NUMBER) | st.integers(-100, 100).map(float),
    int: st.integers(1, 5) | st.integers(0, 100_000) | st.integers(0, MAX_SEED),
}


NAMES: Mapping[str, Sequence[str]] = {"hide": tuple(CONTROLS), "lock": LOCKABLE}


def in_order(name: str, drawn: Collection[str]) -> tuple[str, ...]:
    """The names that a list of names can hold, as it holds them."""
    return tuple(value for value in NAMES[name] if value in drawn)


def pool(name: str, default: Any) -> st.SearchStrategy[Any]:
    """Values of a setting's type, with its default among them; most of them allowed."""
    hint = get_type_hints(Settings)[name]
    if name in NAMES:
        return st.just(default) | st.sets(st.sampled_from(NAMES[name]), max_size=4).map(
            lambda drawn: in_order(name, drawn)
        )
    return st.just(default) | _of_type(hint, TABLE[name].kind.allowed, default)


@st.composite
def own_data(draw: st.DrawFn) -> OwnData:
    """Own data as somebody may bring them, of numbers or of two classes."""
    n_columns, n_rows, has_classes = draw(st.integers(2, 4)), draw(st.integers(2, 6)), draw(st.booleans())
    names = safe_names(draw(st.lists(st.text(max_size=9), min_size=n_columns, max_size=n_columns)))
    features = st.lists(
        st.floats(-10, 10) | st.floats(-LARGEST, LARGEST), min_size=n_columns - 1, max_size=n_columns - 1
    )
    target = st.sampled_from([0.0, 1.0]) if has_classes else st.floats(-10, 10)
    rows = tuple((*draw(features), draw(target)) for _row in range(n_rows))
    return OwnData(names, rows, safe_names(draw(st.tuples(st.text(), st.text()))) if has_classes else ())


def _of_type(hint: Any, allowed: str, default: Any) -> st.SearchStrategy[Any]:
    if hint is OwnData:
        return own_data()
    if hint is bool:
        return st.booleans()
    if hint in NUMBERS:
        return NUMBERS[hint]
    if get_origin(hint) is UnionType:
        return _of_type(get_args(hint)[0], allowed, default)
    if hint is str:
        return st.sampled_from(allowed.split(", "))
    if get_origin(get_args(hint)[0]) is tuple:
        return turns(NUMBERS[float] if get_args(get_args(hint)[0])[1] is float else n_numbers(st.integers(1, 5)))
    return n_numbers(st.just(len(default or ())) | st.integers(0, 6), get_args(hint)[0])


def n_numbers(lengths: st.SearchStrategy[int], kind: type = float) -> st.SearchStrategy[tuple[Any, ...]]:
    """As many numbers as one of these lengths says."""
    return lengths.flatmap(lambda n: st.tuples(*[NUMBERS[kind]] * n))


def turns(what: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[tuple[int, Any], ...]]:
    """Iterations that go forward, some from 0 on, and what there is from each of them on: a schedule, or nudges."""
    later = st.sets(st.integers(1, 20), max_size=3)
    iterations = st.tuples(st.booleans(), later).map(lambda drawn: sorted({0} | drawn[1] if drawn[0] else drawn[1]))
    return iterations.flatmap(lambda each: st.tuples(*[st.tuples(st.just(at), what) for at in each]))


@st.composite
def choices(draw: st.DrawFn, *, beside: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What somebody may have chosen: a few settings, each with a value that is allowed and suits those above it."""
    names = {"dataset", *draw(st.sets(st.sampled_from(list(TABLE)), max_size=8))}
    chosen: dict[str, Any] = {}
    for name in (name for name in TABLE if name in names):
        value = draw(pool(name, getattr(complete(chosen), name)))
        if may_be_chosen(name, value, chosen):
            chosen[name] = value
    return {**chosen, **(beside or {})}


def may_be_chosen(name: str, value: Any, chosen: Mapping[str, Any]) -> bool:
    """Whether the app takes this value beside what is chosen already."""
    try:
        return is_allowed(name, value) and fitting(name, value, complete(chosen)) == value
    except ValueError:
        return False


@st.composite
def changes(draw: st.DrawFn) -> tuple[dict[str, Any], str, Any]:
    """What was chosen, and one setting with the value that it is changed to; None takes the choice back."""
    chosen = draw(choices())
    name = draw(st.sampled_from(list(TABLE)))
    value = draw(st.none() | pool(name, getattr(complete(chosen), name)))
    return chosen, name, value if may_be_chosen(name, value, chosen) else None


TEXTS = st.text(max_size=20) | st.text("0123456789.,;eE+-− ×⁻⁶", max_size=20)
"""Anything at all, and what looks like numbers."""


def written(write: Callable[[str, Any], str]) -> st.SearchStrategy[dict[str, str]]:
    """Texts by the name of the setting: good ones as `write` writes them, and others of any kind."""
    good = choices().map(lambda chosen: {name: write(name, value) for name, value in chosen.items()})
    bad = st.dictionaries(st.sampled_from([*TABLE, "other"]), TEXTS, max_size=6)
    return st.builds(lambda first, second: {**first, **second}, good, bad)
