import math
import re
from itertools import pairwise
from typing import Any

import pytest
import streamlit

from core.data.builtin import DATASETS
from core.theory.limits import Limits
from pages.settings.choosing import complete
from pages.settings.data import theory_of
from pages.settings.places import rates_on_dial
from pages.widgets.ruler import place, show_ruler
from telling.ruler import spoken
from wording import LANGUAGES, speak

EVERY = pytest.mark.parametrize("dataset", DATASETS)
ZONES = pytest.mark.parametrize(
    ("rate", "zone"), [(2e-6, "too slow"), (3e-4, "steady"), (9e-4, "overshoots"), (5e-3, "explodes")]
)
ZONE = re.compile(r'<i class="(\w+)" style="left:([\d.]+)%;width:([\d.]+)%">')
MARK = re.compile(r'<b class="(\w+)" style="left:([\d.]+)%">')


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The HTML that is put on the page."""
    found: list[str] = []
    monkeypatch.setattr(streamlit, "html", found.append)
    return found


def dial(**chosen: Any) -> tuple[Limits, tuple[float, ...]]:
    settings = complete(chosen)
    return theory_of(settings).limits, rates_on_dial(settings)


def drawn_zones(html: str) -> dict[str, tuple[float, float]]:
    """Where each zone begins and ends, in percent of the slider."""
    return {name: (float(left), float(left) + float(width)) for name, left, width in ZONE.findall(html)}


def drawn_marks(html: str) -> dict[str, float]:
    return {name: float(left) for name, left in MARK.findall(html)}


@EVERY
def test_each_rate_on_the_slider_has_the_place_of_its_step(dataset: str) -> None:
    _limits, steps = dial(dataset=dataset)
    places = [place(rate, steps) for rate in steps]
    assert places == pytest.approx([k / (len(steps) - 1) for k in range(len(steps))])
    assert (places[0], places[-1]) == (0.0, 1.0)


@pytest.mark.parametrize(("rate", "expected"), [(0.0, 0.0), (1e-9, 0.0), (1e9, 1.0), (math.inf, 1.0)])
def test_a_rate_off_the_slider_stands_at_its_end(rate: float, expected: float) -> None:
    assert place(rate, dial()[1]) == expected


def test_between_two_steps_a_place_is_logarithmic() -> None:
    assert place(10.0, [1.0, 100.0]) == pytest.approx(0.5)


@EVERY
def test_the_drawn_zones_lie_side_by_side_over_the_whole_slider(dataset: str, shown: list[str]) -> None:
    show_ruler(1e-3, *dial(dataset=dataset))
    found = list(drawn_zones(shown[0]).values())
    assert (found[0][0], found[-1][1]) == pytest.approx((0.0, 100.0), abs=0.02)
    assert [pair for pair in pairwise(found) if abs(pair[0][1] - pair[1][0]) > 0.02] == []


@EVERY
def test_the_limit_on_the_ruler_is_where_the_slider_s_steps_begin_to_diverge(dataset: str, shown: list[str]) -> None:
    limits, steps = dial(dataset=dataset)
    show_ruler(1e-3, limits, steps)
    edge = drawn_zones(shown[0])["diverging"][0] / 100 * (len(steps) - 1)
    assert steps[math.floor(edge + 1e-2)] <= limits.stable * (1 + 1e-9)
    assert steps[math.ceil(edge - 1e-2)] >= limits.stable * (1 - 1e-9)


@EVERY
def test_the_fastest_rate_on_the_ruler_lies_between_monotone_and_diverging(dataset: str, shown: list[str]) -> None:
    show_ruler(1e-3, *dial(dataset=dataset))
    zones, star = drawn_zones(shown[0]), drawn_marks(shown[0])["fastest"]
    assert zones["overshooting"][0] - 0.02 <= star <= zones["diverging"][0] + 0.02


@pytest.mark.parametrize("rate", [2e-6, 3e-4, 9e-4, 5e-3])
def test_the_pointer_stands_in_the_zone_of_the_current_rate(rate: float, shown: list[str]) -> None:
    limits, steps = dial()
    show_ruler(rate, limits, steps)
    low, high = drawn_zones(shown[0])[limits.regime(rate).value]
    assert low < drawn_marks(shown[0])["now"] < high


@ZONES
def test_the_legend_stresses_the_current_regime(rate: float, zone: str, shown: list[str]) -> None:
    show_ruler(rate, *dial())
    assert re.findall(r"<strong>(.*?)</strong>", shown[0]) == [zone]


def test_flat_data_have_no_ruler(shown: list[str]) -> None:
    show_ruler(0.1, *dial(dataset="weighted-sum", features=(0.0, 0.0, 0.0, 0.0)))
    assert shown == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_ruler_says_aloud_what_it_shows(lang: str, shown: list[str]) -> None:
    speak(lang)
    limits, steps = dial()
    show_ruler(0.0008, limits, steps)
    assert f'role="img" aria-label="{spoken(0.0008, limits)}"' in shown[0]


@pytest.mark.parametrize(("dataset", "fastest"), [("celsius", 0.0012), ("weighted-sum", 0.125), ("tips", 0.00212)])
def test_the_star_stands_at_the_fastest_rate(dataset: str, fastest: float, shown: list[str]) -> None:
    limits, steps = dial(dataset=dataset)
    show_ruler(1e-3, limits, steps)
    assert drawn_marks(shown[0])["fastest"] == pytest.approx(100 * place(fastest, steps), abs=0.5)
