import math
import re
from itertools import pairwise

import pytest

from core.datasets import DATASETS
from core.learning_rate import Limits, Regime, limits, regime
from pages.widgets.rates import learning_rates
from pages.widgets.ruler import place
from telling.ruler import spoken
from tests.pages.visit import Visit
from wording import LANGUAGES, number, speak

EVERY = pytest.mark.parametrize("slug", DATASETS)
WITH_A_BIAS = pytest.mark.parametrize("slug", ["celsius", "noisy-thermometer", "tips"])
ZONE = re.compile(r'<i class="(\w+)" style="left:([\d.]+)%;width:([\d.]+)%">')
MARK = re.compile(r'<b class="(\w+)" style="left:([\d.]+)%">')


def slider(slug: str) -> tuple[float, ...]:
    dataset = DATASETS[slug]()
    return learning_rates(limits(dataset).stable, dataset.learning_rate)


def drawn_zones(visit: Visit) -> dict[str, tuple[float, float]]:
    """Where each zone begins and ends, in percent of the slider."""
    return {name: (float(left), float(left) + float(width)) for name, left, width in ZONE.findall(visit.html)}


def drawn_marks(visit: Visit) -> dict[str, float]:
    return {name: float(left) for name, left in MARK.findall(visit.html)}


@EVERY
def test_the_zones_cover_every_learning_rate_from_0_without_a_gap(slug: str) -> None:
    found = limits(DATASETS[slug]()).zones()
    assert (found[0][1], found[-1][2]) == (0.0, math.inf)
    assert [(a[2], b[1]) for a, b in pairwise(found) if a[2] != b[1]] == []


@EVERY
def test_every_rate_on_the_slider_lies_in_the_zone_of_its_regime(slug: str) -> None:
    found = limits(DATASETS[slug]())
    for rate in slider(slug):
        if regime(rate, found) is not Regime.BOUNCING:
            assert next(zone for zone, low, high in found.zones() if low <= rate <= high) is regime(rate, found)


def test_the_zones_change_at_the_limits() -> None:
    assert Limits(1.0, 1.9, 2.0).zones() == [
        (Regime.CREEPING, 0.0, 0.1),
        (Regime.MONOTONE, 0.1, 1.0),
        (Regime.OVERSHOOTING, 1.0, 2.0),
        (Regime.DIVERGING, 2.0, math.inf),
    ]


@EVERY
def test_places_on_the_ruler_go_up_with_the_rates(slug: str) -> None:
    places = [place(rate, slider(slug)) for rate in slider(slug)]
    assert places == sorted(set(places))
    assert (places[0], places[-1]) == (0.0, 1.0)


@EVERY
def test_each_rate_on_the_slider_has_the_place_of_its_step(slug: str) -> None:
    steps = slider(slug)
    assert [place(rate, steps) for rate in steps] == pytest.approx([k / (len(steps) - 1) for k in range(len(steps))])


@pytest.mark.parametrize(("rate", "expected"), [(0.0, 0.0), (1e-9, 0.0), (1e9, 1.0), (math.inf, 1.0)])
def test_a_rate_off_the_slider_stands_at_its_end(rate: float, expected: float) -> None:
    assert place(rate, slider("celsius")) == expected


def test_between_two_steps_a_place_is_logarithmic() -> None:
    assert place(10.0, [1.0, 100.0]) == pytest.approx(0.5)


@EVERY
def test_the_drawn_zones_lie_side_by_side_over_the_whole_slider(slug: str) -> None:
    found = list(drawn_zones(Visit("train", dataset=slug)).values())
    assert (found[0][0], found[-1][1]) == pytest.approx((0.0, 100.0), abs=0.02)
    assert [pair for pair in pairwise(found) if abs(pair[0][1] - pair[1][0]) > 0.02] == []


@EVERY
def test_the_limit_on_the_ruler_is_where_the_slider_s_steps_begin_to_diverge(slug: str) -> None:
    steps, found = slider(slug), limits(DATASETS[slug]())
    edge = drawn_zones(Visit("train", dataset=slug))["diverging"][0] / 100 * (len(steps) - 1)
    assert steps[math.floor(edge + 1e-2)] <= found.stable * (1 + 1e-9)
    assert steps[math.ceil(edge - 1e-2)] >= found.stable * (1 - 1e-9)


@EVERY
def test_the_fastest_rate_on_the_ruler_lies_between_monotone_and_diverging(slug: str) -> None:
    visit = Visit("train", dataset=slug)
    star = drawn_marks(visit)["fastest"]
    assert drawn_zones(visit)["overshooting"][0] - 0.02 <= star <= drawn_zones(visit)["diverging"][0] + 0.02


@pytest.mark.parametrize(
    ("rate", "zone"), [("2e-6", "creeping"), ("3e-4", "monotone"), ("9e-4", "overshooting"), ("5e-3", "diverging")]
)
def test_the_pointer_stands_in_the_zone_of_the_current_rate(rate: str, zone: str) -> None:
    visit = Visit("train", learning_rate=rate)
    low, high = drawn_zones(visit)[zone]
    assert low < drawn_marks(visit)["now"] < high


@pytest.mark.parametrize("rate", ["2e-6", "3e-4", "9e-4", "5e-3"])
def test_the_pointer_stands_where_the_slider_does(rate: str) -> None:
    visit = Visit("train", learning_rate=rate)
    steps = slider("celsius")
    expected = 100 * steps.index(visit.slider("learning_rate").value) / (len(steps) - 1)
    assert drawn_marks(visit)["now"] == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(
    ("rate", "name"), [("2e-6", "creeping"), ("3e-4", "monotone"), ("9e-4", "overshooting"), ("5e-3", "diverging")]
)
def test_the_legend_stresses_the_current_regime(rate: str, name: str) -> None:
    assert re.findall(r"<strong>(.*?)</strong>", Visit("train", learning_rate=rate).html) == [name]


@pytest.mark.parametrize("page", ["train", "learning_rate", "loss_surface"])
def test_every_page_with_a_learning_rate_has_a_ruler(page: str) -> None:
    assert Visit(page).html.count('class="ruler"') == 1


def test_flat_data_have_no_ruler() -> None:
    assert 'class="ruler"' not in Visit("train", dataset="weighted-sum", features="0,0,0,0").html


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_ruler_s_spoken_text_is_in_the_page(lang: str) -> None:
    html = Visit("train", lang=lang, learning_rate="0.0008").html
    speak(lang)
    assert f'role="img" aria-label="{spoken(0.0008, limits(DATASETS["celsius"]()))}"' in html


@WITH_A_BIAS
def test_summing_moves_the_ruler_s_limits_by_the_number_of_samples(slug: str) -> None:
    dataset = DATASETS[slug]()
    visit = Visit("train", dataset=slug, summed="on")
    assert f"overshooting up to {number(limits(dataset).stable / dataset.n_samples, 3)}," in visit.html


@WITH_A_BIAS
def test_standardising_moves_the_ruler_s_limit_to_1(slug: str) -> None:
    assert "overshooting up to 1," in Visit("train", dataset=slug, standardise="on").html


@pytest.mark.parametrize(("slug", "fastest"), [("celsius", "0.0012"), ("weighted-sum", "0.125"), ("tips", "0.00212")])
def test_the_fastest_rate_is_written_under_the_ruler(slug: str, fastest: str) -> None:
    shown = [markdown.value for markdown in Visit("train", dataset=slug).app.markdown]
    assert f":small[★ fastest: {fastest}]" in shown
